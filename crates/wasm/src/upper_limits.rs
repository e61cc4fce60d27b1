//! The search for the limits of one data set.

use histfactory_inference::{FitError, HypothesisTests, Limit, UpperLimits};
use wasm_bindgen::prelude::*;

use crate::hypothesis_tests::numbers;
use crate::setup::failure;

/// The search for the observed limit and the five expected ones, a fit at a time.
#[wasm_bindgen]
pub struct CoreUpperLimits {
    search: Result<UpperLimits, FitError>,
}

impl CoreUpperLimits {
    pub(crate) fn prepare(tests: Result<HypothesisTests, FitError>, level: f64) -> Result<Self, JsError> {
        if !(level > 0.0 && level < 1.0) {
            return Err(JsError::new("the level is not between 0 and 1"));
        }
        Ok(Self { search: tests.map(|tests| UpperLimits::new(tests, level)) })
    }
}

#[wasm_bindgen]
impl CoreUpperLimits {
    /// Makes the next fit: `[status, whether all limits are known, fits made]`.
    pub fn step(&mut self) -> Vec<f64> {
        match &mut self.search {
            Ok(search) => match search.step() {
                Ok(done) => vec![0.0, f64::from(u8::from(done)), f64::from(search.fits())],
                Err(error) => failure(error),
            },
            Err(error) => failure(*error),
        }
    }

    /// Status of the fits that prepare the search: the free fit and the one at the Asimov value.
    #[wasm_bindgen(getter)]
    pub fn status(&self) -> u32 {
        self.search.as_ref().map_or_else(|error| error.0.code(), |_| 0)
    }

    /// The observed limit, then those expected at −2σ … +2σ, each as 0 and its value, or 1 (none up to the upper bound) or
    /// 2 (none from the lowest value on) and 0; then the tested points, each its value and the numbers of its test. Empty
    /// before all limits are known.
    pub fn result(&self) -> Vec<f64> {
        let Ok(search) = &self.search else { return Vec::new() };
        let Some((observed, expected)) = search.limits() else { return Vec::new() };
        let pair = |limit: Limit| match limit {
            Limit::Found(value) => [0.0, value],
            Limit::AboveRange => [1.0, 0.0],
            Limit::BelowRange => [2.0, 0.0],
        };
        let mut out = pair(observed).to_vec();
        out.extend(expected.into_iter().flat_map(pair));
        for (value, test) in search.tested() {
            out.push(value);
            out.extend(numbers(&test));
        }
        out
    }
}
