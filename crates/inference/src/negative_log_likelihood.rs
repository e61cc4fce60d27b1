//! −2 ln L of a model and data as an objective.

use std::sync::Arc;

use histfactory_likelihood::{Dataset, Model, Sides, poisson_weights};

use crate::domain;
use crate::objective::Objective;
use crate::structured_curvature::StructuredCurvature;
use crate::walls::{Wall, Walls};

/// −2 ln L less its saturated part, a function of the model's parameters that is nowhere negative.
///
/// The saturated part depends on the data alone; without it differences keep their digits. One objective serves any
/// number of data sets of its model, one after the other, with the same scratch memory.
#[derive(Clone, Debug)]
pub struct NegativeLogLikelihood {
    model: Arc<Model>,
    data: Arc<Dataset>,
    curvature: StructuredCurvature,
    terms: Terms,
}

/// What the rates contribute.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Terms {
    /// The Poisson terms of the likelihood.
    Poisson,
    /// The same with walls at the edge of the domain.
    Walled(Walls),
    /// The squared distance to the likelihood's domain in their place: finite everywhere, with its minimum inside.
    Domain,
}

impl NegativeLogLikelihood {
    /// Of `model` and `data`.
    pub fn new(model: Arc<Model>, data: Arc<Dataset>) -> Self {
        Self { curvature: StructuredCurvature::new(Arc::clone(&model)), model, data, terms: Terms::Poisson }
    }

    /// The model.
    pub fn model(&self) -> &Arc<Model> {
        &self.model
    }

    /// The data.
    pub fn data(&self) -> &Arc<Dataset> {
        &self.data
    }

    /// Goes on with other data of the same model.
    pub fn set_data(&mut self, data: Arc<Dataset>) {
        self.data = data;
    }

    /// The data, to be replaced by others of the same model; copied first where someone else holds them too.
    pub fn data_mut(&mut self) -> &mut Dataset {
        Arc::make_mut(&mut self.data)
    }

    /// Writes the gradient of −2 ln L of other data at `point`, the point of the last expansion.
    pub(crate) fn gradient_of(&mut self, data: &Dataset, point: &[f64], gradient: &mut [f64]) {
        self.curvature.expansion().gradient_of(&self.model, data, point, gradient);
    }

    /// Goes on with the walls that hold rates at a minimum: its derivatives are those of −2 ln L between them.
    pub fn set_walls(&mut self, walls: &[Wall]) {
        self.terms =
            if walls.is_empty() { Terms::Poisson } else { Terms::Walled(Walls::rigid(walls, self.model.bins())) };
    }

    /// Goes on with other terms; gives back those from before.
    pub(crate) fn set_terms(&mut self, terms: Terms) -> Terms {
        core::mem::replace(&mut self.terms, terms)
    }

    /// The walls at the edge of the domain, as they are seen from `point`.
    pub(crate) fn walls(&mut self, point: &[f64]) -> Walls {
        Walls::new(self.curvature.expansion().evaluator(), &self.model, &self.data, point)
    }

    /// Expected rate of every main bin.
    pub(crate) fn rates(&mut self, point: &[f64]) -> &[f64] {
        self.curvature.expansion().evaluator().rates(&self.model, point)
    }
}

impl Objective for NegativeLogLikelihood {
    type Curvature = StructuredCurvature;

    fn kinked(&self) -> &[bool] {
        self.model.kinked()
    }

    fn value(&mut self, point: &[f64]) -> f64 {
        let evaluator = self.curvature.expansion().evaluator();
        match &self.terms {
            Terms::Poisson => evaluator.twice_deviance(&self.model, &self.data, point),
            Terms::Walled(walls) => {
                evaluator.twice_deviance_but(&self.model, &self.data, point, |bin, rate| walls.value(bin, rate))
            }
            Terms::Domain => domain::distance(evaluator, &self.model, &self.data, point),
        }
    }

    fn least(&self) -> f64 {
        if self.terms == Terms::Poisson { 0.0 } else { f64::NEG_INFINITY }
    }

    fn gradient(&mut self, point: &[f64], sides: &[Sides], gradient: &mut [f64]) {
        let (model, data) = (&self.model, &self.data);
        let expansion = self.curvature.expansion();
        match &self.terms {
            Terms::Poisson => expansion.expand(model, data, point, sides, gradient),
            Terms::Walled(walls) => {
                let poisson = |bin: usize, rate| poisson_weights(data.main()[bin], rate);
                let weights = |bin, rate| walls.weights(bin, rate).unwrap_or_else(|| poisson(bin, rate));
                expansion.expand_weighted(model, data, point, sides, weights, gradient);
            }
            Terms::Domain => {
                let weights = |bin, rate| domain::weights(data.main()[bin], rate);
                expansion.expand_weighted(model, data, point, sides, weights, gradient);
            }
        }
    }

    fn expand(&mut self, point: &[f64], sides: &[Sides], gradient: &mut [f64]) {
        self.gradient(point, sides, gradient);
        self.curvature.expansion().hessian(&self.model, &self.data, point);
        self.curvature.refresh();
    }

    fn approximate(&mut self, point: &[f64]) {
        self.curvature.expansion().gauss_newton(&self.model, &self.data, point);
        self.curvature.forget();
    }

    fn curvature(&mut self) -> &mut StructuredCurvature {
        &mut self.curvature
    }

    fn begin(&mut self) {
        if let Terms::Walled(walls) = &mut self.terms {
            walls.forget();
        }
    }

    fn foresees(&self) -> bool {
        matches!(self.terms, Terms::Walled(_))
    }

    fn foresee(&mut self, trial: &[f64]) -> bool {
        let Terms::Walled(walls) = &mut self.terms else { return false };
        walls.foresee(self.curvature.expansion().evaluator().rates(&self.model, trial))
    }
}
