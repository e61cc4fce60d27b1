//! Constraint terms: what the auxiliary measurements say about a parameter.

use crate::poisson::{twice_deviance, twice_saturated};

/// Shape of a constraint term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConstraintKind {
    /// a ~ Normal(θ, σ).
    Gaussian,
    /// a ~ Poisson(θτ), continued to real a.
    Poisson,
}

/// One auxiliary measurement of one parameter.
#[derive(Clone, Copy, Debug)]
pub struct Constraint {
    /// Index of the constrained parameter.
    pub parameter: usize,
    /// Shape of the term.
    pub kind: ConstraintKind,
    /// σ of a Gaussian, τ of a Poisson term; positive.
    pub scale: f64,
}

impl Constraint {
    /// The expected auxiliary measurement at θ.
    pub fn expected(&self, theta: f64) -> f64 {
        match self.kind {
            ConstraintKind::Gaussian => theta,
            ConstraintKind::Poisson => theta * self.scale,
        }
    }

    /// Standard deviation of the parameter that the term alone implies: σ, or 1/√τ (pyhf's `width`).
    pub fn width(&self) -> f64 {
        match self.kind {
            ConstraintKind::Gaussian => self.scale,
            ConstraintKind::Poisson => 1.0 / self.scale.sqrt(),
        }
    }

    /// −2 ln of the term at its best θ: the part that depends on no parameter.
    pub fn twice_saturated(&self, measured: f64) -> f64 {
        match self.kind {
            ConstraintKind::Gaussian => crate::elementary::ln(2.0 * core::f64::consts::PI * self.scale * self.scale),
            ConstraintKind::Poisson => twice_saturated(measured),
        }
    }

    /// −2 ln of the term less its saturated part.
    #[inline]
    pub fn twice_deviance(&self, measured: f64, theta: f64) -> f64 {
        match self.kind {
            ConstraintKind::Gaussian => {
                let pull = (theta - measured) / self.scale;
                pull * pull
            }
            ConstraintKind::Poisson => twice_deviance(measured, theta * self.scale),
        }
    }

    /// First and second derivative of [`twice_deviance`](Self::twice_deviance) by θ.
    #[inline]
    pub fn derivatives(&self, measured: f64, theta: f64) -> (f64, f64) {
        match self.kind {
            ConstraintKind::Gaussian => {
                let weight = 2.0 / (self.scale * self.scale);
                (weight * (theta - measured), weight)
            }
            ConstraintKind::Poisson if measured > 0.0 => {
                let ratio = measured / theta;
                (2.0 * ((theta * self.scale - measured) / theta), 2.0 * ratio / theta)
            }
            ConstraintKind::Poisson => (2.0 * self.scale, 0.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivatives_are_those_of_the_value() {
        for (kind, scale, measured) in [
            (ConstraintKind::Gaussian, 0.02, 1.0),
            (ConstraintKind::Poisson, 120.0, 117.5),
            (ConstraintKind::Poisson, 3.0, 0.0),
        ] {
            let constraint = Constraint { parameter: 0, kind, scale };
            for theta in [0.7, 1.0, 1.3] {
                let h = 1e-4;
                let [low, mid, high] = [theta - h, theta, theta + h].map(|t| constraint.twice_deviance(measured, t));
                let (first, second) = constraint.derivatives(measured, theta);
                assert!((first - (high - low) / (2.0 * h)).abs() < 1e-5 * (1.0 + first.abs()));
                assert!((second - (high - 2.0 * mid + low) / (h * h)).abs() < 1e-4 * (1.0 + second.abs()));
            }
        }
    }
}
