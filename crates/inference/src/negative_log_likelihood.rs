//! −2 ln L of a model and data as an objective.

use histfactory_likelihood::{Dataset, Evaluator, Expansion, Model, Sides};

use crate::dense_curvature::DenseCurvature;
use crate::domain::Domain;
use crate::objective::Objective;

/// −2 ln L less its saturated part, a function of the model's parameters that is nowhere negative.
///
/// The saturated part depends on the data alone; without it differences keep their digits.
pub struct NegativeLogLikelihood<'a> {
    model: &'a Model,
    data: &'a Dataset,
    evaluator: Evaluator,
    expansion: Expansion,
    curvature: DenseCurvature,
}

impl<'a> NegativeLogLikelihood<'a> {
    /// Of `model` and `data`, with scratch memory of its own.
    pub fn new(model: &'a Model, data: &'a Dataset) -> Self {
        Self {
            model,
            data,
            evaluator: Evaluator::new(model),
            expansion: Expansion::new(model),
            curvature: DenseCurvature::new(model.parameters()),
        }
    }

    /// The way into its domain.
    pub fn domain(&self) -> Domain<'a> {
        Domain::new(self.model, self.data)
    }
}

impl Objective for NegativeLogLikelihood<'_> {
    type Curvature = DenseCurvature;

    fn dimension(&self) -> usize {
        self.model.parameters()
    }

    fn kinked(&self) -> &[bool] {
        self.model.kinked()
    }

    fn value(&mut self, point: &[f64]) -> f64 {
        self.evaluator.twice_deviance(self.model, self.data, point)
    }

    fn gradient(&mut self, point: &[f64], sides: &[Sides], gradient: &mut [f64]) {
        self.expansion.expand(self.model, self.data, point, sides, gradient);
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
