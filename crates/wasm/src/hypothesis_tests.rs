//! Hypothesis tests on one data set.

use std::sync::Arc;

use histfactory_inference::{FitError, HypothesisTest, HypothesisTests, Setup, TestStatistic};
use histfactory_likelihood::{Dataset, Model};
use wasm_bindgen::prelude::*;

use crate::setup::failure;

/// Tests of values of the parameter of interest, with what they share computed once.
#[wasm_bindgen]
pub struct CoreHypothesisTests {
    pub(crate) tests: Result<HypothesisTests, FitError>,
}

/// Prepares tests, once what they are asked for is known to be possible.
pub(crate) fn prepare(
    model: Arc<Model>,
    data: Dataset,
    setup: Setup,
    poi: usize,
    statistic: u32,
) -> Result<Result<HypothesisTests, FitError>, JsError> {
    let statistic = match statistic {
        0 => TestStatistic::Discovery,
        1 => TestStatistic::Upper,
        2 => TestStatistic::UpperBounded,
        _ => return Err(JsError::new("unknown test statistic")),
    };
    let asimov = statistic.asimov_poi();
    if poi >= setup.start.len() || setup.fixed[poi] || asimov < setup.lower[poi] || asimov > setup.upper[poi] {
        return Err(JsError::new("the parameter of interest cannot be tested"));
    }
    Ok(HypothesisTests::new(model, data, setup, poi, statistic))
}

/// A test as 27 numbers: best fit of the parameter, statistic on data, on Asimov data; CLs, CLs+b, CLb, ln CLs; then the
/// five expected CLs, CLs+b, CLb, ln CLs, each at −2σ … +2σ.
pub(crate) fn numbers(test: &HypothesisTest) -> Vec<f64> {
    let tails = test.tails;
    let mut out = vec![test.best_poi, test.observed, test.asimov, tails.cls, tails.clsb, tails.clb, tails.ln_cls];
    out.extend(test.expected.iter().map(|tails| tails.cls));
    out.extend(test.expected.iter().map(|tails| tails.clsb));
    out.extend(test.expected.iter().map(|tails| tails.clb));
    out.extend(test.expected.iter().map(|tails| tails.ln_cls));
    out
}

#[wasm_bindgen]
impl CoreHypothesisTests {
    /// Tests a value: `[status]`, then the numbers of the test.
    pub fn test(&mut self, value: f64) -> Vec<f64> {
        let test = match self.tests.as_mut().map_err(|error| *error).and_then(|tests| tests.test(value)) {
            Ok(test) => test,
            Err(error) => return failure(error),
        };
        let mut out = vec![0.0];
        out.extend(numbers(&test));
        out
    }

    /// Status of the fits that prepare the tests: the free fit and the one at the Asimov value.
    #[wasm_bindgen(getter)]
    pub fn status(&self) -> u32 {
        self.tests.as_ref().map_or_else(|error| error.0.code(), |_| 0)
    }

    /// How often a test found a lower free minimum; tests from before the last time are out of date.
    #[wasm_bindgen(getter)]
    pub fn revision(&self) -> u32 {
        self.tests.as_ref().map_or(0, HypothesisTests::revision)
    }

    /// `[status]`, then the Asimov data: main, then auxiliary.
    #[wasm_bindgen(js_name = asimovData)]
    pub fn asimov_data(&self) -> Vec<f64> {
        match &self.tests {
            Ok(tests) => {
                let (main, auxiliary) = tests.asimov_data();
                [&[0.0], main, auxiliary].concat()
            }
            Err(error) => failure(*error),
        }
    }
}
