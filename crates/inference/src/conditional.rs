//! A data set with its lowest minimum, and fits with the parameter of interest held.

use std::sync::Arc;

use histfactory_likelihood::elementary::clamp;
use histfactory_likelihood::{Dataset, Sides};

use crate::cholesky::Definiteness;
use crate::curvature::Curvature;
use crate::fit::{Minimum, Setup, minimize_likelihood, minimize_likelihood_elsewhere};
use crate::negative_log_likelihood::NegativeLogLikelihood;
use crate::objective::Objective;
use crate::starts::other_start;
use crate::status::FitError;

/// A constrained fit this far below the free one shows that the free fit was not at the lowest minimum.
pub(crate) const LOWER_MINIMUM: f64 = 1e-6;

/// A data set with its lowest minimum.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub data: Arc<Dataset>,
    pub best: Vec<f64>,
    pub best_value: f64,
    /// Once it has been asked for; there may be none.
    tangent: Option<Option<Tangent>>,
}

/// Where the minimum goes when the parameter of interest is moved away from the best fit, to first order.
#[derive(Clone, Debug)]
pub(crate) struct Tangent {
    /// dθ/dμ of every parameter, 1 for that of interest and 0 for those that are held.
    direction: Vec<f64>,
    /// Second derivative of the profiled −2 ln L.
    curvature: f64,
}

/// The lowest fit with the parameter of interest held.
#[derive(Clone, Debug)]
pub(crate) struct Conditional {
    pub minimum: Minimum,
    /// Derivative of the profiled −2 ln L by the parameter of interest: that of −2 ln L itself, as all others are at
    /// their minimum.
    pub slope: f64,
}

impl Sample {
    /// With the minimum found for it.
    pub fn new(data: Arc<Dataset>, best: Vec<f64>, best_value: f64) -> Self {
        Self { data, best, best_value, tangent: None }
    }

    /// The lowest fit with parameter `poi` at `value`.
    ///
    /// Published likelihoods have more than one minimum at some values. The fit is therefore made from two starts, the
    /// best fit, moved along its tangent, and the usual one, and the lower minimum is taken. Neither depends on what was
    /// fitted before, so a value has the same answer, to the last bit, alone and in any scan. A set-up with several starts
    /// adds the others.
    pub fn constrained(
        &mut self,
        objective: &mut NegativeLogLikelihood,
        setup: &Setup,
        poi: usize,
        value: f64,
    ) -> Result<Conditional, FitError> {
        let predicted = self.predict(objective, setup, poi, value);
        let mut setup = setup.clone();
        setup.fixed[poi] = true;
        setup.start[poi] = value;
        let usual = core::mem::replace(&mut setup.start, predicted);
        let near = minimize_likelihood(objective, &setup);
        setup.start = usual;
        let mut minimum = match near {
            Ok(near) => match minimize_likelihood_elsewhere(objective, &setup, &near) {
                Ok(Some(other)) if other.value < near.value => other,
                _ => near,
            },
            Err(_) => minimize_likelihood(objective, &setup)?,
        };
        for index in 1..setup.starts {
            let other = Setup { start: other_start(objective.model(), &setup, index), ..setup.clone() };
            match minimize_likelihood_elsewhere(objective, &other, &minimum) {
                Ok(Some(other)) if other.value < minimum.value => minimum = other,
                _ => {}
            }
        }
        let mut gradient = vec![0.0; minimum.point.len()];
        objective.set_walls(&minimum.walls);
        objective.gradient(&minimum.point, &vec![Sides::Below; minimum.point.len()], &mut gradient);
        objective.set_walls(&[]);
        Ok(Conditional { slope: gradient[poi], minimum })
    }

    /// Takes over a lower minimum that a constrained fit has shown to exist; says whether there was one.
    pub fn lower(
        &mut self,
        objective: &mut NegativeLogLikelihood,
        setup: &Setup,
        conditional: &Conditional,
    ) -> Result<bool, FitError> {
        if conditional.minimum.value >= self.best_value - LOWER_MINIMUM {
            return Ok(false);
        }
        let setup = Setup { start: conditional.minimum.point.clone(), ..setup.clone() };
        objective.set_data(Arc::clone(&self.data));
        let free = minimize_likelihood(objective, &setup)?;
        *self = Self::new(Arc::clone(&self.data), free.point, free.value);
        Ok(true)
    }

    /// Derivative of the profiled −2 ln L at the best fit: 0 but where the parameter of interest is at a bound.
    pub fn slope(&self, objective: &mut NegativeLogLikelihood, setup: &Setup, poi: usize) -> f64 {
        if self.best[poi] > setup.lower[poi] && self.best[poi] < setup.upper[poi] {
            return 0.0;
        }
        objective.set_data(Arc::clone(&self.data));
        let mut gradient = vec![0.0; self.best.len()];
        objective.gradient(&self.best, &vec![Sides::Below; self.best.len()], &mut gradient);
        gradient[poi]
    }

    /// Second derivative of the profiled −2 ln L at the best fit, where it is positive and [`tangent`](Self::tangent) has
    /// been asked for.
    pub fn curvature(&self) -> Option<f64> {
        self.tangent.as_ref()?.as_ref().map(|tangent| tangent.curvature)
    }

    /// The way of the minimum from the best fit on; `None` where that has no positive curvature.
    pub fn tangent(&mut self, objective: &mut NegativeLogLikelihood, setup: &Setup, poi: usize) -> Option<&Tangent> {
        if self.tangent.is_none() {
            objective.set_data(Arc::clone(&self.data));
            self.tangent = Some(tangent(objective, setup, poi, &self.best));
        }
        self.tangent.as_ref()?.as_ref()
    }

    /// A start for `value`: the best fit moved along its tangent, or in the parameter of interest alone where that is
    /// better. Leaves the objective on these data.
    fn predict(&mut self, objective: &mut NegativeLogLikelihood, setup: &Setup, poi: usize, value: f64) -> Vec<f64> {
        let mut plain = self.best.clone();
        plain[poi] = value;
        let moved = value - self.best[poi];
        let predicted = self.tangent(objective, setup, poi).map(|tangent| tangent.direction.clone());
        objective.set_data(Arc::clone(&self.data));
        let Some(mut predicted) = predicted else { return plain };
        for (index, entry) in predicted.iter_mut().enumerate() {
            *entry = clamp(self.best[index] + moved * *entry, setup.lower[index], setup.upper[index]);
        }
        predicted[poi] = value;
        if objective.value(&predicted) < objective.value(&plain) { predicted } else { plain }
    }
}

fn tangent(objective: &mut NegativeLogLikelihood, setup: &Setup, poi: usize, best: &[f64]) -> Option<Tangent> {
    let size = best.len();
    let mut gradient = vec![0.0; size];
    objective.expand(best, &vec![Sides::Below; size], &mut gradient);
    let free: Vec<bool> = (0..size)
        .map(|index| {
            let on_wall = best[index] <= setup.lower[index] || best[index] >= setup.upper[index];
            let in_kink = objective.kinked()[index] && best[index] == 0.0;
            index != poi && !setup.fixed[index] && !on_wall && !in_kink
        })
        .collect();
    let curvature = objective.curvature();
    let mut along = vec![0.0; size];
    along[poi] = 1.0;
    let mut bent = vec![0.0; size];
    curvature.product(&along, &mut bent);
    if curvature.factor(&free, 0.0) == Definiteness::Indefinite {
        return None;
    }
    let mut direction: Vec<f64> = bent.iter().zip(&free).map(|(bent, &free)| if free { -bent } else { 0.0 }).collect();
    if !curvature.solve(&free, &mut direction, 1e-12) {
        return None;
    }
    let curvature = bent[poi] + bent.iter().zip(&direction).map(|(bent, along)| bent * along).sum::<f64>();
    direction[poi] = 1.0;
    (curvature > 0.0).then_some(Tangent { direction, curvature })
}
