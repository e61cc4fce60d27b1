//! Toy experiments of HistFactory likelihoods: data drawn at a point of the parameters, and the test statistic of each.
//!
//! An [`Ensemble`] makes the toys of one hypothesis. Toy number i depends on the ensemble's set-up and on i alone: its
//! random numbers come from a counter ([`histfactory_random::Philox`]) that holds i, so that it is the same toy in any
//! order, on any number of workers and on any machine.

mod chi_square;
mod closed_fits;
mod ensemble;
mod generator;
mod importance;
mod statistic;
mod toy_fits;

pub use chi_square::chi_square_survival;
pub use ensemble::{Ensemble, EnsembleError, EnsembleSetup, Toy};
pub use generator::Generator;
pub use statistic::ToyStatistic;
pub use toy_fits::ToyFits;
