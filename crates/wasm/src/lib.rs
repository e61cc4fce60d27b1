//! The core's face towards JavaScript: flat arrays in, flat arrays out.
//!
//! TypeScript checks every input before it comes here; what still does not fit is a program error and thrown as an
//! `Error`. A fit that did not converge is an answer: arrays that come from fits begin with the code of their
//! [`Status`](histfactory_inference::Status), and end there unless it is 0. Nothing here panics.

mod covariance;
mod hypothesis_tests;
mod model;
mod setup;

pub use covariance::correlation;
pub use hypothesis_tests::CoreHypothesisTests;
pub use model::CoreModel;
use wasm_bindgen::prelude::*;

/// Natural logarithm, the same in every engine, which `Math.log` need not be.
#[wasm_bindgen(js_name = naturalLogarithm)]
pub fn natural_logarithm(x: f64) -> f64 {
    histfactory_likelihood::elementary::ln(x)
}

/// The √q_A at which the CLs expected at −2σ … +2σ of background-only experiments is `level`, five numbers.
#[wasm_bindgen(js_name = asimovRootsAt)]
pub fn asimov_roots_at(level: f64) -> Vec<f64> {
    histfactory_inference::asimov_roots_at(level).to_vec()
}
