//! What the minimiser asks of a function.

use histfactory_likelihood::Sides;

use crate::curvature::Curvature;

/// A function of several variables, smooth except for kinks at 0 of known variables.
pub trait Objective {
    /// Second derivatives at a point.
    type Curvature: Curvature;

    /// Variables with a kink at 0: there the slope from below and from above differ.
    fn kinked(&self) -> &[bool];

    /// The function at `point`; infinite outside its domain.
    fn value(&mut self, point: &[f64]) -> f64;

    /// A number that the function is nowhere below.
    fn least(&self) -> f64 {
        f64::NEG_INFINITY
    }

    /// Writes the gradient at `point`, inside the domain; slopes at kinks are taken from `sides`.
    fn gradient(&mut self, point: &[f64], sides: &[Sides], gradient: &mut [f64]);

    /// Writes the gradient likewise and computes the second derivatives.
    fn expand(&mut self, point: &[f64], sides: &[Sides], gradient: &mut [f64]);

    /// Replaces the second derivatives of the last [`expand`](Self::expand) by an approximation that is nowhere
    /// negative, for steps where the exact ones are.
    fn approximate(&mut self, point: &[f64]);

    /// The second derivatives at the point of the last [`expand`](Self::expand).
    fn curvature(&mut self) -> &mut Self::Curvature;

    /// Begins an iteration: what [`foresee`](Self::foresee) has brought is forgotten.
    fn begin(&mut self) {}

    /// Whether [`foresee`](Self::foresee) can make a difference.
    fn foresees(&self) -> bool {
        false
    }

    /// Lets expansions take into account what lies on the way to `trial`, where a step went wrong; says whether they are
    /// different now.
    fn foresee(&mut self, _trial: &[f64]) -> bool {
        false
    }
}

impl<T: Objective> Objective for &mut T {
    type Curvature = T::Curvature;

    fn kinked(&self) -> &[bool] {
        (**self).kinked()
    }

    fn value(&mut self, point: &[f64]) -> f64 {
        (**self).value(point)
    }

    fn least(&self) -> f64 {
        (**self).least()
    }

    fn gradient(&mut self, point: &[f64], sides: &[Sides], gradient: &mut [f64]) {
        (**self).gradient(point, sides, gradient);
    }

    fn expand(&mut self, point: &[f64], sides: &[Sides], gradient: &mut [f64]) {
        (**self).expand(point, sides, gradient);
    }

    fn approximate(&mut self, point: &[f64]) {
        (**self).approximate(point);
    }

    fn curvature(&mut self) -> &mut T::Curvature {
        (**self).curvature()
    }

    fn begin(&mut self) {
        (**self).begin();
    }

    fn foresees(&self) -> bool {
        (**self).foresees()
    }

    fn foresee(&mut self, trial: &[f64]) -> bool {
        (**self).foresee(trial)
    }
}
