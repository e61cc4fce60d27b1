//! Fit set-ups as they cross the boundary.

use histfactory_inference::{FitError, Held, Setup};
use wasm_bindgen::prelude::*;

/// A set-up of `parameters` entries from `start`, `lower`, `upper`, one after the other, and marks of fixed ones.
pub(crate) fn setup(
    parameters: usize,
    values: &[f64],
    fixed: &[u8],
    [iterations, starts]: [u32; 2],
) -> Result<Setup, JsError> {
    if values.len() != 3 * parameters || fixed.len() != parameters {
        return Err(JsError::new("a fit's set-up does not match the model"));
    }
    let (start, bounds) = values.split_at(parameters);
    let (lower, upper) = bounds.split_at(parameters);
    let inside = (0..parameters).all(|i| lower[i] <= start[i] && start[i] <= upper[i] && start[i].is_finite());
    if !inside {
        return Err(JsError::new("a fit's start lies outside its bounds"));
    }
    Ok(Setup {
        start: start.to_vec(),
        lower: lower.to_vec(),
        upper: upper.to_vec(),
        fixed: fixed.iter().map(|&mark| mark != 0).collect(),
        max_iterations: u64::from(iterations),
        starts,
    })
}

/// What holds a parameter, as a number.
pub(crate) fn held_code(held: Held) -> f64 {
    match held {
        Held::Free => 0.0,
        Held::Fixed => 1.0,
        Held::AtLower => 2.0,
        Held::AtUpper => 3.0,
        Held::AtKink => 4.0,
    }
}

/// The answer of a fit that did not converge.
pub(crate) fn failure(error: FitError) -> Vec<f64> {
    vec![f64::from(error.0.code())]
}
