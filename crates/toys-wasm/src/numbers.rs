//! Elementary functions and distributions that the statistics of toys need, the same to the last bit in every engine.

use histfactory_inference::quantile;
use histfactory_likelihood::elementary;
use wasm_bindgen::prelude::*;

/// e to the power of each entry.
#[wasm_bindgen]
pub fn exponentials(mut exponents: Vec<f64>) -> Vec<f64> {
    for exponent in &mut exponents {
        *exponent = elementary::exp(*exponent);
    }
    exponents
}

/// The natural logarithm of a positive number.
#[wasm_bindgen]
pub fn logarithm(x: f64) -> f64 {
    elementary::ln(x)
}

/// The x that a standard normal number exceeds with this probability, between 0 and 1.
#[wasm_bindgen(js_name = normalQuantile)]
pub fn normal_quantile(probability: f64) -> f64 {
    quantile(probability)
}

/// The probability that χ² with so many degrees of freedom is `x` or more.
#[wasm_bindgen(js_name = chiSquareSurvival)]
pub fn chi_square_survival(x: f64, degrees: u32) -> f64 {
    histfactory_toys::chi_square_survival(x, degrees)
}
