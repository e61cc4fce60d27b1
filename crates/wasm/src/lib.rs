//! The core's face towards JavaScript: flat arrays in, flat arrays out.
//!
//! TypeScript checks every input before it comes here; what still does not fit is a program error and thrown as an
//! `Error`. A fit that did not converge is an answer: arrays that come from fits begin with the code of their
//! [`Status`](histfactory_inference::Status), and end there unless it is 0. Nothing here panics.

mod hypothesis_tests;
mod model;
mod setup;

pub use hypothesis_tests::CoreHypothesisTests;
pub use model::CoreModel;
use wasm_bindgen::prelude::*;

/// The transformed statistic that an expected limit at `sigmas` (−2 … +2) must reach on Asimov data: the √q_A at
/// which CLs of that background-only experiment equals `level`.
///
/// From CLs = (1 − Φ(√q_A − N))/Φ(N) = α: √q_A = N + Φ⁻¹(1 − α Φ(N)) (arXiv:1007.1727, eq. 89 and CLs).
#[wasm_bindgen(js_name = expectedRootAsimov)]
pub fn expected_root_asimov(level: f64, sigmas: f64) -> f64 {
    sigmas + histfactory_inference::quantile(level * histfactory_inference::survival(-sigmas))
}
