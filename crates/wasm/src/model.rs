//! A loaded model.

use std::sync::Arc;

use histfactory_inference::{Covariance, fit, impacts, rate_uncertainties};
use histfactory_likelihood::{Dataset, Evaluator, Model};
use wasm_bindgen::prelude::*;

use crate::covariance::{flatten, unflatten};
use crate::hypothesis_tests::{CoreHypothesisTests, prepare};
use crate::profile::CoreProfile;
use crate::setup::{failure, held_code, setup};
use crate::upper_limits::CoreUpperLimits;

/// A model in the core's memory, with the scratch memory of its evaluations.
#[wasm_bindgen]
pub struct CoreModel {
    model: Arc<Model>,
    evaluator: Evaluator,
}

#[wasm_bindgen]
impl CoreModel {
    /// Loads a compiled model (`structure` and `numbers` as in `ts/model/compiledModel.ts`).
    #[wasm_bindgen(constructor)]
    pub fn new(structure: &[u32], numbers: &[f64]) -> Result<CoreModel, JsError> {
        let model = Model::from_flat(structure, numbers)?;
        Ok(Self { evaluator: Evaluator::new(&model), model: Arc::new(model) })
    }

    /// Expected rate of every main bin.
    pub fn rates(&mut self, parameters: &[f64]) -> Result<Vec<f64>, JsError> {
        self.check(parameters)?;
        Ok(self.evaluator.rates(&self.model, parameters).to_vec())
    }

    /// Expected rates of every sample, block by block.
    #[wasm_bindgen(js_name = sampleRates)]
    pub fn sample_rates(&mut self, parameters: &[f64]) -> Result<Vec<f64>, JsError> {
        self.check(parameters)?;
        Ok(self.evaluator.sample_rates(&self.model, parameters).to_vec())
    }

    /// Expected auxiliary measurement of every constraint.
    #[wasm_bindgen(js_name = expectedAuxiliary)]
    pub fn expected_auxiliary(&self, parameters: &[f64]) -> Result<Vec<f64>, JsError> {
        self.check(parameters)?;
        Ok(self.model.constraints().iter().map(|term| term.expected(parameters[term.parameter])).collect())
    }

    /// −2 ln L with all constants.
    #[wasm_bindgen(js_name = twiceNll)]
    pub fn twice_nll(&mut self, parameters: &[f64], data: &[f64]) -> Result<f64, JsError> {
        self.check(parameters)?;
        let data = Dataset::new(&self.model, data)?;
        Ok(self.evaluator.twice_nll(&self.model, &data, parameters))
    }

    /// A fit: `[status, iterations, twiceNll, edm, gradient, improved, number of minima, number of walls]`, −2 ln L of the
    /// minima, the bins of the walls; then parameters, uncertainties and what holds each (0 nothing, 1 fixed, 2 lower bound,
    /// 3 upper bound, 4 kink), then the covariance as one array.
    ///
    /// `values` is start, lower, upper, one after the other.
    pub fn fit(
        &self,
        data: &[f64],
        values: &[f64],
        fixed: &[u8],
        iterations: u32,
        starts: u32,
    ) -> Result<Vec<f64>, JsError> {
        let setup = setup(self.model.parameters(), values, fixed, [iterations, starts])?;
        let data = Dataset::new(&self.model, data)?;
        let fit = match fit(Arc::clone(&self.model), Arc::new(data), &setup) {
            Ok(fit) => fit,
            Err(error) => return Ok(failure(error)),
        };
        let walls = &fit.minimum.walls;
        let mut out = vec![0.0, fit.minimum.iterations as f64, fit.twice_nll, fit.minimum.edm, fit.gradient];
        out.extend([f64::from(u8::from(fit.improved)), fit.minima.len() as f64, walls.len() as f64]);
        out.extend(&fit.minima);
        out.extend(walls.iter().map(|wall| wall.bin as f64));
        out.extend(&fit.minimum.point);
        out.extend(&fit.covariance.deviations);
        out.extend(fit.minimum.held.iter().map(|&held| held_code(held)));
        out.extend(flatten(&fit.covariance));
        Ok(out)
    }

    /// What the constraints alone know of the parameters, as a covariance in one array; those marked `fixed` and those
    /// without a constraint are certain.
    #[wasm_bindgen(js_name = constraintCovariance)]
    pub fn constraint_covariance(&self, fixed: &[u8]) -> Vec<f64> {
        let mut deviations = vec![0.0; self.model.parameters()];
        for term in self.model.constraints() {
            if fixed.get(term.parameter) == Some(&0) {
                deviations[term.parameter] = term.width();
            }
        }
        flatten(&Covariance::independent(deviations))
    }

    /// Standard deviations of the rates: per main bin, then per channel of its sum.
    #[wasm_bindgen(js_name = rateUncertainties)]
    pub fn rate_uncertainties(&self, parameters: &[f64], covariance: &[f64]) -> Result<Vec<f64>, JsError> {
        self.check(parameters)?;
        let covariance = unflatten(covariance)?;
        self.check(&covariance.deviations)?;
        let uncertainties = rate_uncertainties(&self.model, parameters, &covariance);
        Ok([uncertainties.bins, uncertainties.channels].concat())
    }

    /// Prepares tests of parameter `poi` with statistic 0 (q0), 1 (q) or 2 (qtilde).
    #[wasm_bindgen(js_name = hypothesisTests)]
    #[allow(clippy::too_many_arguments)]
    pub fn hypothesis_tests(
        &self,
        data: &[f64],
        values: &[f64],
        fixed: &[u8],
        iterations: u32,
        starts: u32,
        poi: usize,
        statistic: u32,
    ) -> Result<CoreHypothesisTests, JsError> {
        let setup = setup(self.model.parameters(), values, fixed, [iterations, starts])?;
        let data = Dataset::new(&self.model, data)?;
        Ok(CoreHypothesisTests { tests: prepare(Arc::clone(&self.model), data, setup, poi, statistic)? })
    }

    /// Prepares the search for limits on parameter `poi` with statistic 1 (q) or 2 (qtilde), for the level 1 − confidence
    /// level.
    #[wasm_bindgen(js_name = upperLimits)]
    #[allow(clippy::too_many_arguments)]
    pub fn upper_limits(
        &self,
        data: &[f64],
        values: &[f64],
        fixed: &[u8],
        iterations: u32,
        starts: u32,
        poi: usize,
        statistic: u32,
        level: f64,
    ) -> Result<CoreUpperLimits, JsError> {
        let tests = self.hypothesis_tests(data, values, fixed, iterations, starts, poi, statistic)?;
        CoreUpperLimits::prepare(tests.tests, level)
    }

    /// Makes the free fit and prepares what is asked of the profiles around it.
    #[wasm_bindgen(js_name = profileLikelihood)]
    pub fn profile_likelihood(
        &self,
        data: &[f64],
        values: &[f64],
        fixed: &[u8],
        iterations: u32,
        starts: u32,
    ) -> Result<CoreProfile, JsError> {
        let setup = setup(self.model.parameters(), values, fixed, [iterations, starts])?;
        let data = Dataset::new(&self.model, data)?;
        Ok(CoreProfile::prepare(Arc::clone(&self.model), data, setup))
    }

    /// What moves the best fit of `parameter`: its standard deviation from the main counts, then per parameter the
    /// covariance with it, then per parameter what a standard deviation of its auxiliary measurement does.
    pub fn impacts(
        &self,
        data: &[f64],
        parameters: &[f64],
        covariance: &[f64],
        parameter: usize,
    ) -> Result<Vec<f64>, JsError> {
        self.check(parameters)?;
        let covariance = unflatten(covariance)?;
        self.check(&covariance.deviations)?;
        if parameter >= parameters.len() {
            return Err(JsError::new("there is no such parameter"));
        }
        let data = Dataset::new(&self.model, data)?;
        let impacts = impacts(&self.model, &data, parameters, &covariance, parameter);
        Ok([&[impacts.statistical], &impacts.covariances[..], &impacts.auxiliary[..]].concat())
    }

    fn check(&self, parameters: &[f64]) -> Result<(), JsError> {
        if parameters.len() == self.model.parameters() {
            return Ok(());
        }
        Err(JsError::new("a parameter vector does not match the model"))
    }
}
