//! An ensemble of toys.

use std::sync::Arc;

use histfactory_inference::{Setup, TestStatistic};
use histfactory_likelihood::Model;
use histfactory_toys::{Ensemble, EnsembleSetup, Toy, ToyStatistic};
use wasm_bindgen::prelude::*;

/// Toys of one hypothesis, made ready.
#[wasm_bindgen]
pub struct CoreEnsemble {
    model: Arc<Model>,
    ensemble: Ensemble,
}

#[wasm_bindgen]
impl CoreEnsemble {
    /// Of a compiled model (`structure` and `numbers` as in `ts/model/compiledModel.ts`).
    ///
    /// `points` holds the generating points one after the other, `values` start, lower, upper likewise; `statistic` is 0
    /// (q0), 1 (q), 2 (qtilde) or 3 (deviance, without `conditional`).
    #[wasm_bindgen(constructor)]
    #[allow(clippy::too_many_arguments)]
    pub fn new(
        structure: &[u32],
        numbers: &[f64],
        auxiliary: &[f64],
        points: &[f64],
        values: &[f64],
        fixed: &[u8],
        iterations: u32,
        starts: u32,
        statistic: u32,
        poi: usize,
        mu: f64,
        conditional: &[f64],
        fluctuate: bool,
        seed: f64,
        stream: u32,
    ) -> Result<CoreEnsemble, JsError> {
        let model = Arc::new(Model::from_flat(structure, numbers)?);
        let size = model.parameters();
        if size == 0 || values.len() != 3 * size || !points.len().is_multiple_of(size) {
            return Err(JsError::new("a toy study's set-up does not match the model"));
        }
        let (start, bounds) = values.split_at(size);
        let (lower, upper) = bounds.split_at(size);
        let profile =
            |statistic| ToyStatistic::Profile { statistic, poi, tested: mu, conditional: conditional.to_vec() };
        let statistic = match statistic {
            0 => profile(TestStatistic::Discovery),
            1 => profile(TestStatistic::Upper),
            2 => profile(TestStatistic::UpperBounded),
            3 => ToyStatistic::Deviance,
            _ => return Err(JsError::new("unknown test statistic")),
        };
        let fit = Setup {
            start: start.to_vec(),
            lower: lower.to_vec(),
            upper: upper.to_vec(),
            fixed: fixed.iter().map(|&mark| mark != 0).collect(),
            max_iterations: u64::from(iterations),
            starts,
        };
        let setup = EnsembleSetup {
            seed: seed as u64,
            stream: u64::from(stream),
            points: points.chunks_exact(size).map(<[f64]>::to_vec).collect(),
            fluctuate,
            auxiliary: auxiliary.to_vec(),
            fit,
            statistic,
        };
        Ok(Self { ensemble: Ensemble::new(Arc::clone(&model), setup)?, model })
    }

    /// Makes `count` toys from number `first` on: their statistics (NaN where a fit failed), then how their fits ended (0
    /// converged), then ln of their weights.
    pub fn run(&mut self, first: f64, count: usize) -> Vec<f64> {
        let mut out = vec![0.0; 3 * count];
        let (statistics, rest) = out.split_at_mut(count);
        let (statuses, weights) = rest.split_at_mut(count);
        let slots = statistics.iter_mut().zip(statuses).zip(weights);
        for (index, ((statistic, status), weight)) in (first as u64..).zip(slots) {
            let toy = self.ensemble.toy(index);
            (*statistic, *status, *weight) = (toy.statistic, f64::from(toy.status.code()), toy.ln_weight);
        }
        out
    }

    /// `[status, statistic]` of given data, found as a toy's.
    #[wasm_bindgen(js_name = statisticOf)]
    pub fn statistic_of(&mut self, data: &[f64]) -> Result<Vec<f64>, JsError> {
        let Toy { statistic, status, .. } = self.ensemble.of_data(&self.model, data)?;
        Ok(vec![f64::from(status.code()), statistic])
    }
}
