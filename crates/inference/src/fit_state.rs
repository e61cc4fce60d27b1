//! The state that `argmin` carries from one iteration to the next.

use std::collections::HashMap;
use std::time::Duration;

use argmin::core::{Problem, State, TerminationReason, TerminationStatus};

use crate::status::Status;

/// Where a minimisation stands.
#[derive(Clone, Debug, Default)]
pub struct FitState {
    /// The best point so far; every step taken goes down.
    pub point: Vec<f64>,
    /// The function there.
    pub value: f64,
    /// Estimated vertical distance to the minimum, ½ gᵀH⁻¹g on the variables free to move.
    pub edm: f64,
    /// Set when the minimisation ends.
    pub status: Option<Status>,
    iterations: u64,
    max_iterations: u64,
    termination: TerminationStatus,
    counts: HashMap<String, u64>,
}

impl FitState {
    /// From a start point, giving up after `max_iterations`.
    pub fn start(point: Vec<f64>, max_iterations: u64) -> Self {
        Self { point, value: f64::INFINITY, edm: f64::INFINITY, max_iterations, ..Self::default() }
    }

    /// Marks the end of the minimisation.
    pub(crate) fn end(mut self, status: Status) -> Self {
        self.status = Some(status);
        self
    }
}

impl State for FitState {
    type Param = Vec<f64>;
    type Float = f64;

    fn new() -> Self {
        Self::default()
    }

    fn update(&mut self) {}

    fn get_param(&self) -> Option<&Vec<f64>> {
        Some(&self.point)
    }

    fn get_best_param(&self) -> Option<&Vec<f64>> {
        Some(&self.point)
    }

    fn get_max_iters(&self) -> u64 {
        self.max_iterations
    }

    fn increment_iter(&mut self) {
        self.iterations += 1;
    }

    fn get_iter(&self) -> u64 {
        self.iterations
    }

    fn get_cost(&self) -> f64 {
        self.value
    }

    fn get_best_cost(&self) -> f64 {
        self.value
    }

    fn get_target_cost(&self) -> f64 {
        f64::NEG_INFINITY
    }

    fn func_counts<O>(&mut self, _problem: &Problem<O>) {}

    fn get_func_counts(&self) -> &HashMap<String, u64> {
        &self.counts
    }

    fn time(&mut self, _time: Option<Duration>) -> &mut Self {
        self
    }

    fn get_time(&self) -> Option<Duration> {
        None
    }

    fn get_last_best_iter(&self) -> u64 {
        self.iterations
    }

    fn is_best(&self) -> bool {
        true
    }

    fn terminate_with(mut self, reason: TerminationReason) -> Self {
        self.termination = TerminationStatus::Terminated(reason);
        self
    }

    fn get_termination_status(&self) -> &TerminationStatus {
        &self.termination
    }

    fn get_termination_reason(&self) -> Option<&TerminationReason> {
        match &self.termination {
            TerminationStatus::Terminated(reason) => Some(reason),
            TerminationStatus::NotTerminated => None,
        }
    }
}
