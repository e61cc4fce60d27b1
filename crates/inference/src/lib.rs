//! Fits and hypothesis tests on HistFactory likelihoods.
//!
//! - [`fit`] minimises −2 ln L within bounds and gives parameters, covariance and a certificate of convergence;
//! - [`HypothesisTests`] tests values of the parameter of interest with the asymptotic formulae;
//! - [`rate_uncertainties`] propagates a covariance to the expected rates.
//!
//! The minimiser, [`BoundedNewton`], is an [`argmin`] solver for any [`Objective`]; what it needs of second
//! derivatives is the [`Curvature`] trait, so a structured Hessian can take the place of the dense one.

mod asymptotic;
mod bounded_newton;
mod curvature;
mod dense_curvature;
mod domain;
mod fit;
mod fit_state;
mod hypothesis_tests;
mod negative_log_likelihood;
mod normal;
mod objective;
mod rate_uncertainties;
mod status;
mod step;

pub use asymptotic::{Band, TailProbabilities, TestStatistic, asimov_roots_at, expected_tails, observed_tails};
pub use bounded_newton::{BoundedNewton, Held};
pub use curvature::{Covariance, Curvature, Factor};
pub use dense_curvature::DenseCurvature;
pub use domain::DomainTerms;
pub use fit::{Fit, Minimum, Setup, fit, minimize, minimize_likelihood};
pub use fit_state::FitState;
pub use hypothesis_tests::{HypothesisTest, HypothesisTests};
pub use negative_log_likelihood::{NegativeLogLikelihood, PoissonTerms, RateObjective, RateTerms};
pub use normal::{ln_survival, quantile, survival};
pub use objective::Objective;
pub use rate_uncertainties::{RateUncertainties, rate_uncertainties};
pub use status::{FitError, Status};
