//! The way into the domain of a likelihood, for fits whose start lies outside it.

use histfactory_likelihood::{Dataset, Evaluator, Expansion, Model, Sides};

use crate::dense_curvature::DenseCurvature;
use crate::objective::Objective;

/// Share of a bin's count (at least of one) that its rate should have inside the domain.
const SHARE: f64 = 0.01;
/// Weight of a bin outside the domain against the constraints.
const WEIGHT: f64 = 1e4;

/// A function with its minimum inside the domain of a likelihood, where there is one: for each bin whose rate lies
/// below a small share of its count, the squared distance to that, beside the constraints' deviance.
///
/// It is finite everywhere, so it can be minimised from any start.
pub struct Domain<'a> {
    model: &'a Model,
    data: &'a Dataset,
    evaluator: Evaluator,
    expansion: Expansion,
    curvature: DenseCurvature,
}

impl<'a> Domain<'a> {
    /// Of the likelihood of `model` and `data`.
    pub fn new(model: &'a Model, data: &'a Dataset) -> Self {
        Self {
            model,
            data,
            evaluator: Evaluator::new(model),
            expansion: Expansion::new(model),
            curvature: DenseCurvature::new(model.parameters()),
        }
    }
}

/// How far a rate lies below what it should be, over that.
fn shortfall(count: f64, rate: f64) -> (f64, f64) {
    let target = SHARE * count.max(1.0);
    (((target - rate) / target).max(0.0), target)
}

impl Objective for Domain<'_> {
    type Curvature = DenseCurvature;

    fn dimension(&self) -> usize {
        self.model.parameters()
    }

    fn kinked(&self) -> &[bool] {
        self.model.kinked()
    }

    fn value(&mut self, point: &[f64]) -> f64 {
        let rates = self.evaluator.rates(self.model, point);
        let outside: f64 = rates
            .iter()
            .zip(self.data.main())
            .map(|(&rate, &count)| shortfall(count, rate).0)
            .map(|short| WEIGHT * short * short)
            .sum();
        outside + self.evaluator.twice_constraint_deviance(self.model, self.data, point)
    }

    fn gradient(&mut self, point: &[f64], sides: &[Sides], gradient: &mut [f64]) {
        let counts = self.data.main();
        let weights = |bin: usize, rate| {
            let (short, target) = shortfall(counts[bin], rate);
            let second = if short > 0.0 { WEIGHT / (target * target) } else { 0.0 };
            (-WEIGHT * short / target, second)
        };
        self.expansion.expand_weighted(self.model, self.data, point, sides, weights, gradient);
    }

    fn expand(&mut self, point: &[f64], sides: &[Sides], gradient: &mut [f64]) {
        self.gradient(point, sides, gradient);
        self.expansion.hessian(self.model, self.data, point, self.curvature.entries_mut());
    }

    fn approximate(&mut self, point: &[f64]) {
        self.expansion.gauss_newton(self.model, self.data, point, self.curvature.entries_mut());
    }

    fn curvature(&self) -> &DenseCurvature {
        &self.curvature
    }
}
