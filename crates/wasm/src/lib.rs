//! The core's face towards JavaScript: flat arrays in, flat arrays out.
//!
//! TypeScript checks every input before it comes here; what still does not fit is a program error and thrown as an
//! `Error`. A fit that did not converge is an answer: arrays that come from fits begin with the code of their
//! [`Status`](histfactory_inference::Status), and end there unless it is 0. Nothing here panics.

mod covariance;
mod hypothesis_tests;
mod model;
mod profile;
mod setup;
mod upper_limits;

pub use covariance::correlation;
pub use hypothesis_tests::CoreHypothesisTests;
pub use model::CoreModel;
pub use profile::{CoreProfile, rise_at};
pub use upper_limits::CoreUpperLimits;
