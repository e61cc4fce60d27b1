//! CLs of μ = 1 from toys.

use std::sync::Arc;

use histfactory_inference::{NegativeLogLikelihood, Setup, TestStatistic, minimize_likelihood};
use histfactory_toys::{Ensemble, EnsembleSetup, ToyStatistic};
use serde_json::json;

use crate::Outcome;
use crate::compiled::Compiled;

/// How far below the statistic of the data a toy's counts as equal, as in `ts/toys/tailSample.ts`.
const TIE: f64 = 1e-7;

/// CLs from `count` toys of either hypothesis, auxiliary data fluctuated.
pub fn cls(compiled: &Compiled, count: u64) -> Outcome {
    let Compiled { model, data, setup, poi } = compiled;
    let poi = poi.ok_or("no parameter of interest")?;
    let observed = data.dataset(model)?;
    let at = |value: f64| {
        let mut held = Setup { start: setup.start.clone(), fixed: setup.fixed.clone(), ..setup.clone() };
        held.start[poi] = value;
        held.fixed[poi] = true;
        let mut objective = NegativeLogLikelihood::new(Arc::clone(model), Arc::new(observed.clone()));
        minimize_likelihood(&mut objective, &held).map(|minimum| minimum.point).map_err(|error| format!("{error:?}"))
    };
    let tested = at(1.0)?;
    let ensemble = |stream: u64, point: Vec<f64>| {
        let statistic = TestStatistic::UpperBounded;
        let setup = EnsembleSetup {
            seed: 1,
            stream,
            points: vec![point],
            fluctuate: true,
            auxiliary: observed.auxiliary().to_vec(),
            fit: setup.clone(),
            statistic: ToyStatistic::Profile { statistic, poi, tested: 1.0, conditional: tested.clone() },
        };
        Ensemble::new(Arc::clone(model), setup).map_err(|error| format!("{error:?}"))
    };
    let mut signal = ensemble(1, tested.clone())?;
    let mut background = ensemble(0, at(0.0)?)?;
    let numbers = [observed.main(), observed.auxiliary()].concat();
    let statistic = signal.of_data(model, &numbers).map_err(|error| format!("{error:?}"))?.statistic;
    let least = statistic - TIE * statistic.max(1.0);
    let fraction = |toys: &mut Ensemble| {
        let beyond = (0..count).filter(|&index| toys.toy(index).statistic >= least).count();
        beyond as f64 / count as f64
    };
    let (clsb, clb) = (fraction(&mut signal), fraction(&mut background));
    Ok(json!({ "cls": clsb / clb }))
}
