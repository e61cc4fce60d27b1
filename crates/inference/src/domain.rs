//! The way into the domain of a likelihood, for fits whose start lies outside it.
//!
//! For each bin whose rate lies below a small share of its count, the squared distance to that. Beside the constraints
//! this is finite everywhere, so that it can be minimised from any start, and its minimum lies inside the domain where
//! there is a way in.

use histfactory_likelihood::{Dataset, Evaluator, Model};

/// Share of a bin's count (at least of one) that its rate should have inside the domain.
const SHARE: f64 = 0.01;
/// Weight of a bin outside the domain against the constraints.
const WEIGHT: f64 = 1e4;

/// How far a rate lies below what it should be, over that, and that.
fn shortfall(count: f64, rate: f64) -> (f64, f64) {
    let target = SHARE * count.max(1.0);
    (((target - rate) / target).max(0.0), target)
}

/// The distance at a point, constraints included.
pub(crate) fn distance(evaluator: &mut Evaluator, model: &Model, data: &Dataset, point: &[f64]) -> f64 {
    let rates = evaluator.rates(model, point);
    let short = rates.iter().zip(data.main()).map(|(&rate, &count)| shortfall(count, rate).0);
    let outside: f64 = short.map(|short| WEIGHT * short * short).sum();
    outside + evaluator.twice_constraint_deviance(model, data, point)
}

/// Half its first and second derivative by the rate of a bin with `count` counts.
pub(crate) fn weights(count: f64, rate: f64) -> (f64, f64) {
    let (short, target) = shortfall(count, rate);
    let second = if short > 0.0 { WEIGHT / (target * target) } else { 0.0 };
    (-WEIGHT * short / target, second)
}
