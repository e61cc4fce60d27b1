//! The step of a damped Newton method inside a box.

use histfactory_likelihood::elementary::clamp;

use crate::curvature::{Curvature, forcing};

/// Squared error of a step, measured by the curvature, that is too small for any use: far below the distance to the
/// minimum at which a fit ends.
const FINEST: f64 = 1e-20;

/// A step and what it needs while it is formed; one entry per variable.
#[derive(Clone, Debug, Default)]
pub(crate) struct Step {
    /// Where the step leads.
    pub trial: Vec<f64>,
    /// The step itself; on entry to [`bend`](Self::bend) the one without walls.
    pub by: Vec<f64>,
    /// Squared length of the step without walls, measured by the curvature.
    length: f64,
    /// The walls.
    pub lower: Vec<f64>,
    pub upper: Vec<f64>,
    active: Vec<bool>,
    correction: Vec<f64>,
    bent: Vec<f64>,
}

impl Step {
    pub fn new(size: usize) -> Self {
        let vector = || vec![0.0; size];
        Self {
            trial: vector(),
            by: vector(),
            lower: vector(),
            upper: vector(),
            active: vec![false; size],
            correction: vector(),
            length: 0.0,
            bent: vector(),
        }
    }

    /// Solves for the step without walls from `gradient` over the variables marked `free`, for which the curvature is
    /// factored, and returns half the fall of its linear part; `None` where the curvature is not positive.
    pub fn solve<C: Curvature>(&mut self, curvature: &mut C, free: &[bool], gradient: &[f64]) -> Option<f64> {
        for ((by, slope), &free) in self.by.iter_mut().zip(gradient).zip(free) {
            *by = if free { -slope } else { 0.0 };
        }
        if !curvature.solve(free, &mut self.by, FINEST) {
            return None;
        }
        self.length = -dot(gradient, &self.by);
        Some(0.5 * self.length)
    }

    /// The distance to the minimum, ½ gᵀH⁻¹g, for another gradient and the same curvature.
    pub fn distance<C: Curvature>(&mut self, curvature: &mut C, free: &[bool], gradient: &[f64]) -> Option<f64> {
        for ((entry, slope), &free) in self.correction.iter_mut().zip(gradient).zip(free) {
            *entry = if free { *slope } else { 0.0 };
        }
        curvature.solve(free, &mut self.correction, FINEST).then(|| 0.5 * dot(gradient, &self.correction))
    }

    /// Moves the free variables of the trial, inside the walls, by what [`distance`](Self::distance) has solved for.
    pub fn correct(&mut self, free: &[bool]) {
        for (index, value) in self.trial.iter_mut().enumerate().filter(|&(index, _)| free[index]) {
            *value = clamp(*value - self.correction[index], self.lower[index], self.upper[index]);
        }
    }

    /// Bends the step to the walls and returns the fall it promises, writing where it leads.
    ///
    /// Variables that would leave the box are put on its wall and the others solved again, until none leaves. `None`
    /// where no fall is promised: more damping then helps, as the step turns towards the (scaled) gradient.
    pub fn bend<C: Curvature>(
        &mut self,
        curvature: &mut C,
        free: &[bool],
        damping: f64,
        gradient: &[f64],
        point: &[f64],
    ) -> Option<f64> {
        self.active.copy_from_slice(free);
        self.trial.copy_from_slice(point);
        let accuracy = forcing(self.length);
        loop {
            let left = self.stay_inside(point);
            curvature.product(&self.by, &mut self.bent);
            if !left || !self.active.contains(&true) {
                break;
            }
            // What those that stay have left to do, with the others on the walls.
            for (index, value) in self.correction.iter_mut().enumerate() {
                *value = if self.active[index] {
                    let damped = damping * curvature.unit(index).powi(2) * self.by[index];
                    -(gradient[index] + self.bent[index] + damped)
                } else {
                    0.0
                };
            }
            if !curvature.solve(&self.active, &mut self.correction, accuracy) {
                return None;
            }
            self.by.iter_mut().zip(&self.correction).for_each(|(by, correction)| *by += correction);
        }
        let promised = -dot(gradient, &self.by) - 0.5 * dot(&self.by, &self.bent);
        (promised > 0.0).then_some(promised)
    }

    /// Puts the active variables that would leave the box on its wall; says whether there were any.
    fn stay_inside(&mut self, point: &[f64]) -> bool {
        let mut left = false;
        for (index, &value) in point.iter().enumerate() {
            if !self.active[index] {
                continue;
            }
            let moved = value + self.by[index];
            self.trial[index] = clamp(moved, self.lower[index], self.upper[index]);
            if self.trial[index] != moved {
                self.by[index] = self.trial[index] - value;
                self.active[index] = false;
                left = true;
            }
        }
        left
    }
}

pub(crate) fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}
