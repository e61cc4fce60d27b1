//! −2 ln L of a model and data as an objective.

use std::marker::PhantomData;

use histfactory_likelihood::{Dataset, Evaluator, Expansion, Model, Sides};

use crate::domain::DomainTerms;
use crate::objective::Objective;
use crate::structured_curvature::StructuredCurvature;

/// −2 ln L less its saturated part, a function of the model's parameters that is nowhere negative.
///
/// The saturated part depends on the data alone; without it differences keep their digits.
pub type NegativeLogLikelihood<'a> = RateObjective<'a, PoissonTerms>;

impl<'a> NegativeLogLikelihood<'a> {
    /// The way into its domain: a function that is finite everywhere, with its minimum inside.
    pub fn domain(&self) -> RateObjective<'a, DomainTerms> {
        RateObjective::new(self.model, self.data)
    }
}

/// A function of expected rates beside the constraints of a model.
pub trait RateTerms {
    /// The function at a point, constraints included.
    fn value(evaluator: &mut Evaluator, model: &Model, data: &Dataset, point: &[f64]) -> f64;

    /// Expands it at a point and writes its gradient.
    fn expand(
        expansion: &mut Expansion,
        model: &Model,
        data: &Dataset,
        point: &[f64],
        sides: &[Sides],
        gradient: &mut [f64],
    );
}

/// The Poisson terms of a likelihood.
pub struct PoissonTerms;

impl RateTerms for PoissonTerms {
    fn value(evaluator: &mut Evaluator, model: &Model, data: &Dataset, point: &[f64]) -> f64 {
        evaluator.twice_deviance(model, data, point)
    }

    fn expand(
        expansion: &mut Expansion,
        model: &Model,
        data: &Dataset,
        point: &[f64],
        sides: &[Sides],
        gradient: &mut [f64],
    ) {
        expansion.expand(model, data, point, sides, gradient);
    }
}

/// A function of rates as an objective, with scratch memory of its own.
pub struct RateObjective<'a, T> {
    model: &'a Model,
    data: &'a Dataset,
    curvature: StructuredCurvature<'a>,
    terms: PhantomData<T>,
}

impl<'a, T> RateObjective<'a, T> {
    /// Of `model` and `data`.
    pub fn new(model: &'a Model, data: &'a Dataset) -> Self {
        Self { model, data, curvature: StructuredCurvature::new(model), terms: PhantomData }
    }
}

impl<'a, T: RateTerms> Objective for RateObjective<'a, T> {
    type Curvature = StructuredCurvature<'a>;

    fn kinked(&self) -> &[bool] {
        self.model.kinked()
    }

    fn value(&mut self, point: &[f64]) -> f64 {
        T::value(self.curvature.expansion().evaluator(), self.model, self.data, point)
    }

    fn gradient(&mut self, point: &[f64], sides: &[Sides], gradient: &mut [f64]) {
        T::expand(self.curvature.expansion(), self.model, self.data, point, sides, gradient);
    }

    fn expand(&mut self, point: &[f64], sides: &[Sides], gradient: &mut [f64]) {
        self.gradient(point, sides, gradient);
        self.curvature.expansion().hessian(self.model, self.data, point);
        self.curvature.refresh();
    }

    fn approximate(&mut self, point: &[f64]) {
        self.curvature.expansion().gauss_newton(self.model, self.data, point);
        self.curvature.forget();
    }

    fn curvature(&mut self) -> &mut StructuredCurvature<'a> {
        &mut self.curvature
    }
}
