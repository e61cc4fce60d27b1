//! Fits and hypothesis tests on HistFactory likelihoods.
//!
//! - [`fit`] minimises −2 ln L within bounds and gives parameters, covariance and a certificate of convergence;
//! - [`HypothesisTests`] tests values of the parameter of interest with the asymptotic formulae;
//! - [`ProfileLikelihood`] gives profiles and, from them, intervals of one parameter, [`ContourSearch`] contours of two;
//! - [`impacts`] says what moves the best fit of a parameter;
//! - [`rate_uncertainties`] propagates a covariance to the expected rates.
//!
//! The minimiser, [`BoundedNewton`], is an [`argmin`] solver for any [`Objective`]; what it needs of second
//! derivatives is the [`Curvature`] trait, which [`StructuredCurvature`] fulfils for likelihoods.

mod asymptotic;
mod bounded_newton;
mod cholesky;
mod conditional;
mod conditional_fits;
mod contour;
mod covariance;
mod curvature;
mod domain;
mod fit;
mod fit_state;
mod hypothesis_tests;
mod impacts;
mod interval;
mod local_blocks;
mod nearby_fits;
mod negative_log_likelihood;
mod normal;
mod objective;
mod profile;
mod rate_uncertainties;
mod rise;
mod rise_search;
mod root;
mod sampled_curve;
mod starts;
mod status;
mod step;
mod structured_curvature;
mod symmetric_eigen;
mod upper_limits;
mod walls;

pub use asymptotic::{Band, TailProbabilities, TestStatistic, asimov_roots_at, expected_tails, observed_tails};
pub use bounded_newton::{BoundedNewton, Held};
pub use cholesky::{Cholesky, Definiteness};
pub use contour::{ContourPoint, ContourSearch};
pub use covariance::Covariance;
pub use curvature::Curvature;
pub use fit::{Fit, Minimum, Setup, fit, minimize, minimize_likelihood};
pub use fit_state::FitState;
pub use hypothesis_tests::{HypothesisTest, HypothesisTests};
pub use impacts::{Impacts, impacts};
pub use interval::{Interval, IntervalEnd};
pub use nearby_fits::NearbyFits;
pub use negative_log_likelihood::NegativeLogLikelihood;
pub use normal::{ln_survival, quantile, survival};
pub use objective::Objective;
pub use profile::{ProfileLikelihood, ProfilePoint};
pub use rate_uncertainties::{RateUncertainties, rate_uncertainties};
pub use rise::{contour_rise, interval_rise};
pub use rise_search::Stop;
pub use starts::{Minima, minimize_from_starts};
pub use status::{FitError, Status};
pub use structured_curvature::StructuredCurvature;
pub use upper_limits::{Limit, UpperLimits};
pub use walls::Wall;
