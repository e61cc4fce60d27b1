//! Fits with some parameters held at given values.

use std::borrow::Cow;

use histfactory_likelihood::elementary::clamp;
use histfactory_likelihood::{Sides, add_scaled};

use crate::conditional::LOWER_MINIMUM;
use crate::covariance::Covariance;
use crate::fit::{Minimum, Setup, minimize_likelihood, minimize_likelihood_elsewhere};
use crate::negative_log_likelihood::NegativeLogLikelihood;
use crate::objective::Objective;
use crate::status::FitError;

/// Why a search along a profile ended before its goal.
#[derive(Clone, Debug)]
pub(crate) enum Interruption {
    /// A fit that it cannot do without failed.
    Failed(FitError),
    /// A fit came out lower than the free one: a point from which to repeat that one.
    Lower(Vec<f64>),
}

impl From<FitError> for Interruption {
    fn from(error: FitError) -> Self {
        Self::Failed(error)
    }
}

/// A conditional fit.
#[derive(Clone, Debug)]
pub(crate) struct ConditionalFit {
    pub minimum: Minimum,
    /// How far −2 ln L lies above its free minimum; never negative.
    pub rise: f64,
}

/// Fits of one likelihood with the same parameters held, at values that change.
pub(crate) struct ConditionalFits<'a> {
    objective: &'a mut NegativeLogLikelihood,
    held: &'a [usize],
    best: &'a Minimum,
    /// That at the best fit, with the held parameters free.
    covariance: Cow<'a, Covariance>,
    /// The usual start and what other ones the set-up asks for.
    starts: &'a [Vec<f64>],
    setup: Setup,
}

impl<'a> ConditionalFits<'a> {
    /// With the parameters `held`; `best` is the free minimum that was found with `setup` from the `starts`, and
    /// `covariance` that at the minimum with them free.
    pub fn new(
        objective: &'a mut NegativeLogLikelihood,
        setup: &Setup,
        starts: &'a [Vec<f64>],
        best: &'a Minimum,
        covariance: Cow<'a, Covariance>,
        held: &'a [usize],
    ) -> Self {
        let mut setup = setup.clone();
        for &parameter in held {
            setup.fixed[parameter] = true;
        }
        Self { objective, held, best, covariance, starts, setup }
    }

    /// The free minimum.
    pub fn best(&self) -> &'a Minimum {
        self.best
    }

    /// The held parameters.
    pub fn held(&self) -> &'a [usize] {
        self.held
    }

    /// The bound that a parameter moves towards: the upper one for a positive direction.
    pub fn bound(&self, parameter: usize, direction: f64) -> f64 {
        if direction > 0.0 { self.setup.upper[parameter] } else { self.setup.lower[parameter] }
    }

    /// A length on the scale on which a parameter moves: its standard deviation, or where the curvature has none to give
    /// a part of the way between its bounds.
    pub fn scale(&self, parameter: usize) -> f64 {
        let deviation = self.covariance.deviations[parameter];
        if deviation > 0.0 && deviation.is_finite() {
            return deviation;
        }
        let part = 0.05 * (self.setup.upper[parameter] - self.setup.lower[parameter]);
        if part.is_finite() { part } else { 0.1 * self.best.point[parameter].abs().max(1.0) }
    }

    /// The correlation of two parameters at the best fit.
    pub fn correlation(&self, first: usize, second: usize) -> f64 {
        self.column(first)[second] / (self.scale(first) * self.scale(second))
    }

    /// How all parameters follow, to first order, when the held ones move away from the best fit by `moves`.
    ///
    /// One held parameter after the other is moved, the others following in proportion to their covariance with it, those
    /// moved before held.
    pub fn response(&self, moves: &[f64]) -> Vec<f64> {
        let mut moved = vec![0.0; self.best.point.len()];
        let mut columns: Vec<(usize, Vec<f64>)> = Vec::with_capacity(self.held.len());
        for (&parameter, by) in self.held.iter().zip(moves) {
            let mut column = self.column(parameter);
            for (before, other) in &columns {
                add_scaled(&mut column, -other[parameter] / other[*before], other);
            }
            let variance = column[parameter];
            if variance > 0.0 {
                let left = by - moved[parameter];
                add_scaled(&mut moved, left / variance, &column);
                columns.push((parameter, column));
            }
            moved[parameter] = *by;
        }
        moved
    }

    /// The minimum reached from `start` with the held parameters at `values`.
    pub fn fit_from(&mut self, start: &[f64], values: &[f64]) -> Result<ConditionalFit, Interruption> {
        self.start_from(start, values);
        let minimum = minimize_likelihood(self.objective, &self.setup)?;
        self.conditional(minimum)
    }

    /// The lowest one of the minima reached from the best fit, moved along, and from the usual starts; it depends on
    /// nothing else.
    pub fn lowest(&mut self, values: &[f64]) -> Result<ConditionalFit, Interruption> {
        let predicted = self.predicted(values);
        let mut lowest = self.fit_from(&predicted, values);
        for start in self.starts {
            lowest = match lowest {
                Ok(known) => Ok(self.elsewhere(start, values, &known)?.unwrap_or(known)),
                Err(Interruption::Failed(_)) => self.fit_from(start, values),
                lower => lower,
            };
        }
        lowest
    }

    /// The minimum that the best fit or a usual start leads to where that lies lower than the one that is known.
    pub fn lower(&mut self, values: &[f64], known: &ConditionalFit) -> Result<Option<ConditionalFit>, Interruption> {
        let predicted = self.predicted(values);
        let mut lower = self.elsewhere(&predicted, values, known)?;
        for start in self.starts {
            lower = self.elsewhere(start, values, lower.as_ref().unwrap_or(known))?.or(lower);
        }
        Ok(lower)
    }

    /// The derivative of the profiled −2 ln L at a conditional minimum, along a direction of the held parameters: that of
    /// −2 ln L itself, as it is stationary in the others.
    pub fn slope(&mut self, minimum: &Minimum, direction: &[f64]) -> f64 {
        let mut sides = vec![Sides::Below; minimum.point.len()];
        for (&parameter, &component) in self.held.iter().zip(direction) {
            sides[parameter] = if component > 0.0 { Sides::Above } else { Sides::Below };
        }
        let mut gradient = vec![0.0; minimum.point.len()];
        // On the edge of the domain the walls take part: −2 ln L is stationary only with them.
        self.objective.set_walls(&minimum.walls);
        self.objective.gradient(&minimum.point, &sides, &mut gradient);
        self.objective.set_walls(&[]);
        self.held.iter().zip(direction).map(|(&parameter, component)| gradient[parameter] * component).sum()
    }

    /// Covariances with one parameter.
    fn column(&self, parameter: usize) -> Vec<f64> {
        let mut unit = vec![0.0; self.best.point.len()];
        unit[parameter] = 1.0;
        self.covariance.product(&unit)
    }

    /// The best fit with all parameters moved as the held ones demand, or these alone where that is better.
    fn predicted(&mut self, values: &[f64]) -> Vec<f64> {
        let moves: Vec<f64> = self.held.iter().zip(values).map(|(&i, value)| value - self.best.point[i]).collect();
        let mut moved = self.response(&moves);
        add_scaled(&mut moved, 1.0, &self.best.point);
        self.start_from(&moved, values);
        let value = self.objective.value(&self.setup.start);
        let plain = &self.best.point;
        self.start_from(plain, values);
        if value < self.objective.value(&self.setup.start) { moved } else { plain.clone() }
    }

    /// A lower minimum than the one that is known, where another start leads to one.
    fn elsewhere(
        &mut self,
        start: &[f64],
        values: &[f64],
        known: &ConditionalFit,
    ) -> Result<Option<ConditionalFit>, Interruption> {
        self.start_from(start, values);
        match minimize_likelihood_elsewhere(self.objective, &self.setup, &known.minimum) {
            Ok(Some(other)) if other.value < known.minimum.value => self.conditional(other).map(Some),
            _ => Ok(None),
        }
    }

    /// Sets the start, inside the bounds and with the held parameters at `values`.
    fn start_from(&mut self, start: &[f64], values: &[f64]) {
        let Setup { start: from, lower, upper, .. } = &mut self.setup;
        for (index, value) in from.iter_mut().enumerate() {
            *value = clamp(start[index], lower[index], upper[index]);
        }
        for (&parameter, &value) in self.held.iter().zip(values) {
            from[parameter] = value;
        }
    }

    fn conditional(&self, minimum: Minimum) -> Result<ConditionalFit, Interruption> {
        if minimum.value < self.best.value - LOWER_MINIMUM {
            return Err(Interruption::Lower(minimum.point));
        }
        Ok(ConditionalFit { rise: (minimum.value - self.best.value).max(0.0), minimum })
    }
}
