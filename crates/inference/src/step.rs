//! The step of a damped Newton method inside a box.

use crate::curvature::Curvature;

/// A step and what it needs while it is formed; one entry per variable.
#[derive(Clone, Debug, Default)]
pub(crate) struct Step {
    /// Where the step leads.
    pub trial: Vec<f64>,
    /// The step itself; on entry to [`bend`](Self::bend) the one without walls.
    pub by: Vec<f64>,
    /// The walls.
    pub lower: Vec<f64>,
    pub upper: Vec<f64>,
    active: Vec<bool>,
    solution: Vec<f64>,
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
            solution: vector(),
            bent: vector(),
        }
    }

    /// Solves for the step without walls from `gradient` over the variables marked `free`, for which the curvature is
    /// factored, and returns half the fall of its linear part; `None` where the curvature is not positive.
    pub fn solve<C: Curvature>(&mut self, curvature: &mut C, free: &[bool], gradient: &[f64]) -> Option<f64> {
        for ((by, slope), &free) in self.by.iter_mut().zip(gradient).zip(free) {
            *by = if free { -slope } else { 0.0 };
        }
        curvature.solve(free, &mut self.by).then(|| -0.5 * dot(gradient, &self.by))
    }

    /// Bends the step to the walls and returns the fall it promises, writing where it leads.
    ///
    /// Variables that would leave the box are put on its wall and the others solved again, until none leaves. `None`
    /// where no fall is promised: more damping then helps, as the step turns towards the (scaled) gradient.
    pub fn bend<C: Curvature>(
        &mut self,
        curvature: &mut C,
        free: &[bool],
        gradient: &[f64],
        point: &[f64],
    ) -> Option<f64> {
        self.active.copy_from_slice(free);
        self.trial.copy_from_slice(point);
        self.solution.copy_from_slice(&self.by);
        self.by.fill(0.0);
        loop {
            let mut left = false;
            for index in (0..point.len()).filter(|&index| free[index]) {
                if !self.active[index] {
                    continue;
                }
                let moved = point[index] + self.solution[index];
                self.trial[index] = moved.clamp(self.lower[index], self.upper[index]);
                self.by[index] = self.trial[index] - point[index];
                if self.trial[index] != moved {
                    self.active[index] = false;
                    left = true;
                }
            }
            if !left || !self.active.contains(&true) {
                break;
            }
            // Those that stay are solved again, with the others on the walls.
            for (by, &active) in self.by.iter_mut().zip(&self.active) {
                if active {
                    *by = 0.0;
                }
            }
            curvature.product(&self.by, &mut self.bent);
            for (index, value) in self.solution.iter_mut().enumerate() {
                *value = if self.active[index] { -(gradient[index] + self.bent[index]) } else { 0.0 };
            }
            if !curvature.solve(&self.active, &mut self.solution) {
                return None;
            }
        }
        curvature.product(&self.by, &mut self.bent);
        let promised = -dot(gradient, &self.by) - 0.5 * dot(&self.by, &self.bent);
        (promised > 0.0).then_some(promised)
    }
}

pub(crate) fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}
