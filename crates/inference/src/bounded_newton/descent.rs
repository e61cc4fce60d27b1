//! One iteration's step: as long as the function allows it, damped where it does not.

use histfactory_likelihood::elementary::clamp;

use super::{BoundedNewton, EDM_ACCEPTED, FLAT_DAMPING, PATIENCE, rounding};
use crate::fit_state::FitState;
use crate::objective::Objective;
use crate::status::Status;

/// Estimated distance below which a step is tried without damping, whatever the last ones needed.
const EDM_UNDAMPED: f64 = 1e-2;
/// Share of the promised fall with which a step is taken.
const SUFFICIENT: f64 = 1e-4;
/// Steps after one that went up in which the function must have fallen below where it was.
const LONGEST_DETOUR: u32 = 5;
/// Damping after a step that was too long: in natural units less would hardly change it.
const FIRST_DAMPING: f64 = 0.02;
/// Damping that is as good as none.
const SMALLEST_DAMPING: f64 = 1e-7;
/// Steps of one iteration that are formed anew because of what they ran into.
const FORESIGHTS: u32 = 4;
const LARGEST_DAMPING: f64 = 1e14;

impl BoundedNewton {
    /// Takes a step that lowers the function; ends the minimisation where there is none. With `convex`, the undamped step
    /// stands ready; otherwise an approximation takes the place of the second derivatives.
    pub(super) fn descend<O: Objective>(&mut self, objective: &mut O, mut state: FitState, convex: bool) -> FitState {
        // Near a minimum no damping is needed, in most places.
        let mut damping = if convex && state.edm < EDM_UNDAMPED { 0.0 } else { self.damping };
        let mut solved = convex && damping == 0.0;
        let mut foresights = if objective.foresees() { FORESIGHTS } else { 0 };
        self.at_edge = false;
        while damping < LARGEST_DAMPING {
            let ready = solved || self.newton(objective.curvature(), damping).is_some();
            solved = false;
            let promised = if ready {
                self.step.bend(objective.curvature(), &self.free, damping, &self.gradient, &state.point)
            } else {
                None
            };
            let Some(promised) = promised else {
                damping = clamp(1e3 * damping, FLAT_DAMPING, 8.0 * damping.max(FIRST_DAMPING));
                continue;
            };
            let value = objective.value(&self.step.trial);
            let noise = rounding(state.value);
            let ratio = (state.value - value) / promised;
            let below_rounding = promised < 10.0 * noise;
            if ratio > SUFFICIENT || (below_rounding && value <= state.value + noise) {
                self.damping = if below_rounding || ratio > 0.75 {
                    lowered(damping)
                } else if ratio < 0.25 {
                    raised(damping)
                } else {
                    damping
                };
                let idle = below_rounding && state.edm > EDM_ACCEPTED;
                self.idle = if idle { self.idle + 1 } else { 0 };
                state.point.copy_from_slice(&self.step.trial);
                state.value = value;
                return if self.idle < PATIENCE { state } else { state.end(self.failure()) };
            }
            self.at_edge = value.is_infinite();
            if self.at_edge && self.leaves_edges && damping > 1.0 {
                return state.end(Status::EdgeOfDomain);
            }
            if foresights > 0 {
                foresights -= 1;
                let other = objective.foresee(&self.step.trial);
                if !other {
                    objective.begin();
                    foresights = 0;
                }
                self.expand_again(objective, &state.point, convex);
                if other {
                    continue;
                }
            }
            if damping == 0.0 && self.damping > 0.0 {
                damping = self.damping;
                continue;
            }
            if value.is_finite() && damping < FIRST_DAMPING {
                if let Some(value) = self.go_on(objective, damping, value, state.value - SUFFICIENT * promised) {
                    state.point.copy_from_slice(&self.step.trial);
                    state.value = value;
                    self.damping = damping;
                    return state;
                }
                self.expand_again(objective, &state.point, convex);
            }
            damping = raised(damping);
        }
        self.end_at_rounding(state)
    }

    /// Expands the objective where it was expanded before, approximately unless `convex`.
    fn expand_again<O: Objective>(&mut self, objective: &mut O, point: &[f64], convex: bool) {
        self.expand(objective, point);
        if !convex {
            objective.approximate(point);
        }
    }

    /// Newton steps on from a trial that went up to `height`; the function where they lead once that is below `goal`.
    ///
    /// In a narrow valley that bends, as free factors of one another make, the step along it climbs its side, and the
    /// next ones lead down to its bottom, further along than any damped step could go (the watchdog of Chamberlain,
    /// Powell, Lemarechal and Pedersen, Math. Prog. Study 16 (1982) 1).
    fn go_on<O: Objective>(&mut self, objective: &mut O, damping: f64, mut height: f64, goal: f64) -> Option<f64> {
        for _ in 0..LONGEST_DETOUR {
            let point = self.step.trial.clone();
            self.expand(objective, &point);
            if self.newton(objective.curvature(), damping).is_none() {
                objective.approximate(&point);
                self.newton(objective.curvature(), damping)?;
            }
            self.step.bend(objective.curvature(), &self.free, damping, &self.gradient, &point)?;
            let value = objective.value(&self.step.trial);
            if value < goal {
                return Some(value);
            }
            if value.is_nan() || value > 0.25 * height {
                return None;
            }
            height = value;
        }
        None
    }

    /// No step leads down: that is a minimum only if the estimated distance says so.
    fn end_at_rounding(&self, state: FitState) -> FitState {
        let status = if state.edm <= EDM_ACCEPTED { Status::Converged } else { self.failure() };
        state.end(status)
    }

    /// Why no step leads down.
    fn failure(&self) -> Status {
        if self.at_edge && self.leaves_edges { Status::EdgeOfDomain } else { Status::Stalled }
    }
}

fn raised(damping: f64) -> f64 {
    if damping > 0.0 { 8.0 * damping } else { FIRST_DAMPING }
}

fn lowered(damping: f64) -> f64 {
    if damping > SMALLEST_DAMPING { damping / 8.0 } else { 0.0 }
}
