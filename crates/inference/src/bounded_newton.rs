//! Newton's method with bounds, for functions with an exact Hessian.

mod descent;

use argmin::core::{Error, Problem, Solver, State, TerminationReason, TerminationStatus};
use histfactory_likelihood::Sides;
use histfactory_likelihood::elementary::clamp;

use crate::cholesky::Definiteness;
use crate::curvature::Curvature;
use crate::fit_state::FitState;
use crate::objective::Objective;
use crate::status::Status;
use crate::step::Step;

/// A minimum is reached when the estimated distance to it is below this. The last digit of −2 ln L is about 10⁻¹⁴,
/// so nothing smaller could be seen.
const EDM_GOAL: f64 = 1e-15;
/// Where rounding keeps the distance from falling further, as along a nearly flat direction, it must still be below
/// this, which moves no p-value by more than its eighth digit.
const EDM_ACCEPTED: f64 = 1e-8;
/// Estimated distance from which one more step leads to the minimum's own rounding.
const EDM_SETTLED: f64 = 1e-8;
/// How exactly, over that distance, the Newton step must promise the value of a known minimum.
const NEARLY_MET: f64 = 0.2;
/// Estimated distance below which it shows to which minimum a minimisation leads.
const EDM_NEAR: f64 = 0.02;
/// Gradient in natural units below which a point may be a saddle or lie on a flat direction.
const SMALL_GRADIENT: f64 = 1e-6;
/// Eigenvalue in natural units below which the curvature counts as negative.
const NEGATIVE_CURVATURE: f64 = -1e-9;
/// Steps in a row that stop short at the edge of the domain after which the minimum is taken to lie there.
const EDGE_PATIENCE: u32 = 4;
/// Iterations without progress, all below the rounding of the function or within the accepted distance, after which the
/// minimisation ends.
const PATIENCE: u32 = 4;
/// Damping that gives flat directions a length, a large one: where there is no curvature the slope leads far.
const FLAT_DAMPING: f64 = 1e-8;

/// What keeps a variable from moving at the end of a minimisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Nothing: it is at a minimum.
    Free,
    /// It was fixed from the start.
    Fixed,
    /// The function falls beyond its lower bound.
    AtLower,
    /// The function falls beyond its upper bound.
    AtUpper,
    /// It sits in a kink: the function rises to either side of 0.
    AtKink,
}

/// Damped Newton steps inside a box, a solver for [`argmin::core::Executor`].
///
/// Each iteration solves the quadratic model with Levenberg–Marquardt damping in natural units (√H_ii), puts
/// variables that would leave the box on its wall, and takes the step if the function falls (Bertsekas, *Projected
/// Newton methods*, 1982; Nocedal and Wright, *Numerical Optimization*, ch. 4). Near the minimum the damping is zero
/// and convergence quadratic. Steps never cross a kink at 0: they stop on it, and go on from there if one side leads
/// down.
///
/// ```
/// use argmin::core::Executor;
/// use histfactory_inference::{BoundedNewton, FitState, NegativeLogLikelihood, Status};
/// use histfactory_likelihood::{Dataset, Model};
/// // One bin, rate 5·μ + 50, 52 counts: the minimum is at μ = 0.4.
/// let model = Model::from_flat(&[1, 1, 1, 2, 0, 4, 5, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0], &[5.0, 50.0])?;
/// let data = Dataset::new(&model, &[52.0])?;
/// let solver = BoundedNewton::new(&[0.0], &[10.0], &[false]);
/// let run = Executor::new(NegativeLogLikelihood::new(model.into(), data.into()), solver)
///     .configure(|_| FitState::start(vec![1.0], 100))
///     .timer(false)
///     .run()?;
/// assert_eq!(run.state.status, Some(Status::Converged));
/// assert!((run.state.point[0] - 0.4).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct BoundedNewton {
    lower: Vec<f64>,
    upper: Vec<f64>,
    held: Vec<Held>,
    fixed: Vec<bool>,
    free: Vec<bool>,
    sides: Vec<Sides>,
    gradient: Vec<f64>,
    other_gradient: Vec<f64>,
    step: Step,
    damping: f64,
    last_edm: f64,
    /// Iterations in a row whose step promised less than the rounding of the function.
    idle: u32,
    /// Iterations within the accepted distance that have not halved it.
    slow: u32,
    /// The most negative curvature where the gradient last vanished.
    lowest_curvature: f64,
    /// Whether the last longer step would have left the domain.
    at_edge: bool,
    /// Steps in a row of which longer ones would have left the domain.
    edge_steps: u32,
    /// Whether several of them end the minimisation.
    leaves_edges: bool,
    /// A minimum whose neighbourhood ends the minimisation: the point and the function there.
    known: Option<(Vec<f64>, f64)>,
    /// The distance at which the minimisation ends without a last step, where the function alone is asked for.
    value_goal: f64,
}

impl BoundedNewton {
    /// For variables between `lower` and `upper`, those marked `fixed` kept at their start values.
    pub fn new(lower: &[f64], upper: &[f64], fixed: &[bool]) -> Self {
        Self {
            lower: lower.to_vec(),
            upper: upper.to_vec(),
            held: vec![Held::Free; fixed.len()],
            fixed: fixed.to_vec(),
            free: vec![false; fixed.len()],
            sides: vec![Sides::Below; fixed.len()],
            gradient: vec![0.0; fixed.len()],
            other_gradient: vec![0.0; fixed.len()],
            step: Step::new(fixed.len()),
            damping: 0.0,
            last_edm: f64::INFINITY,
            idle: 0,
            slow: 0,
            lowest_curvature: 0.0,
            at_edge: false,
            edge_steps: 0,
            leaves_edges: false,
            known: None,
            value_goal: 0.0,
        }
    }

    /// The same, for the least value alone: it ends once the estimated distance to the minimum is below `goal`, and takes
    /// that off the value.
    pub(crate) fn for_value(self, goal: f64) -> Self {
        Self { value_goal: goal, ..self }
    }

    /// Forgets the last minimisation; says anew whether several steps that stop short at the edge of the domain end one.
    pub(crate) fn begin_anew(&mut self, leaves_edges: bool) {
        self.leaves_edges = leaves_edges;
        (self.damping, self.last_edm, self.lowest_curvature) = (0.0, f64::INFINITY, 0.0);
        (self.idle, self.slow, self.edge_steps, self.at_edge) = (0, 0, 0, false);
    }

    /// The same, but with an end as soon as several steps in a row stop short at the edge of the domain.
    pub fn leaving_edges(self) -> Self {
        Self { leaves_edges: true, ..self }
    }

    /// The same, but with an end as soon as the way leads to a minimum that is known already.
    pub fn avoiding(self, point: &[f64], value: f64) -> Self {
        Self { known: Some((point.to_vec(), value)), ..self }
    }

    /// What holds each variable at the last point.
    pub fn held(&self) -> &[Held] {
        &self.held
    }

    /// Expands the objective at `point`, with the side of each kink that leads down, and marks what is held.
    fn expand<O: Objective>(&mut self, objective: &mut O, point: &[f64]) {
        let in_kink = |objective: &O, index: usize| objective.kinked()[index] && point[index] == 0.0;
        let any_kink = (0..point.len()).any(|index| in_kink(objective, index) && !self.fixed[index]);
        self.sides.fill(Sides::Below);
        if any_kink {
            self.sides.fill(Sides::Above);
            objective.gradient(point, &self.sides, &mut self.other_gradient);
            self.sides.fill(Sides::Below);
            objective.gradient(point, &self.sides, &mut self.gradient);
            for index in (0..point.len()).filter(|&index| in_kink(objective, index)) {
                let (up, down) = (-self.other_gradient[index], self.gradient[index]);
                self.sides[index] = if up > down { Sides::Above } else { Sides::Below };
            }
        }
        objective.expand(point, &self.sides, &mut self.gradient);
        for (index, &slope) in self.gradient.iter().enumerate() {
            self.held[index] = if self.fixed[index] {
                Held::Fixed
            } else if point[index] <= self.lower[index] && slope > 0.0 {
                Held::AtLower
            } else if point[index] >= self.upper[index] && slope < 0.0 {
                Held::AtUpper
            } else if any_kink && in_kink(objective, index) && self.rises_both_ways(index) {
                Held::AtKink
            } else {
                Held::Free
            };
            self.free[index] = self.held[index] == Held::Free;
        }
        self.raise_walls(objective.kinked(), point);
    }

    /// Whether the side of a kink that leads down most leads up.
    fn rises_both_ways(&self, index: usize) -> bool {
        match self.sides[index] {
            Sides::Above => self.gradient[index] >= 0.0,
            Sides::Below => self.gradient[index] <= 0.0,
        }
    }

    /// Sets the step's walls: the box less what lies beyond a kink.
    fn raise_walls(&mut self, kinked: &[bool], point: &[f64]) {
        self.step.lower.copy_from_slice(&self.lower);
        self.step.upper.copy_from_slice(&self.upper);
        for index in (0..point.len()).filter(|&index| kinked[index]) {
            if point[index] > 0.0 || (point[index] == 0.0 && self.sides[index] == Sides::Above) {
                self.step.lower[index] = self.lower[index].max(0.0);
            } else {
                self.step.upper[index] = self.upper[index].min(0.0);
            }
        }
    }

    /// Solves for the Newton step over the free variables and returns the fall it promises, the estimated distance to the
    /// minimum; `None` where the curvature is not positive.
    fn newton<C: Curvature>(&mut self, curvature: &mut C, damping: f64) -> Option<f64> {
        if curvature.factor(&self.free, damping) == Definiteness::Indefinite {
            return None;
        }
        self.step.solve(curvature, &self.free, &self.gradient)
    }

    /// Whether the Newton step, with `edm` left to its minimum, leads to the known one: it ends nearer to that than where
    /// it began, and promises its value.
    fn leads_to_known<C: Curvature>(&self, curvature: &C, state: &FitState, edm: f64) -> bool {
        let Some((known, value)) = &self.known else { return false };
        let reach = (2.0 * edm).sqrt();
        edm <= EDM_NEAR
            && (state.value - edm - value).abs() <= NEARLY_MET * edm + rounding(*value)
            && known.iter().enumerate().all(|(index, known)| {
                let moved =
                    if self.free[index] { state.point[index] + self.step.by[index] } else { state.point[index] };
                let target = clamp(moved, self.step.lower[index], self.step.upper[index]);
                (target - known).abs() * curvature.unit(index) <= reach + 1e-7
            })
    }

    /// A last step from where quadratic convergence makes it exact, if the distance left after it, by the same curvature,
    /// is below the goal.
    fn polish<O: Objective>(&mut self, objective: &mut O, state: &mut FitState) -> bool {
        let Step { trial, by, lower, upper, .. } = &mut self.step;
        for (index, value) in trial.iter_mut().enumerate() {
            *value = state.point[index];
            if self.free[index] {
                *value = clamp(*value + by[index], lower[index], upper[index]);
            }
        }
        let value = objective.value(trial);
        if value.is_nan() || value > state.value + rounding(state.value) {
            return false;
        }
        objective.gradient(trial, &self.sides, &mut self.other_gradient);
        let still_held =
            self.held.iter().zip(&self.gradient).zip(&self.other_gradient).all(|((held, before), after)| {
                !matches!(held, Held::AtLower | Held::AtUpper | Held::AtKink) || before.signum() == after.signum()
            });
        let Some(edm) = self.step.distance(objective.curvature(), &self.free, &self.other_gradient) else {
            return false;
        };
        if !still_held || edm > EDM_GOAL {
            return false;
        }
        state.point.copy_from_slice(&self.step.trial);
        (state.value, state.edm) = (value, edm);
        // What the same curvature says is left, for the parameters' last digits.
        self.step.correct(&self.free);
        let corrected = objective.value(&self.step.trial);
        if corrected <= value {
            state.point.copy_from_slice(&self.step.trial);
            state.value = corrected;
        }
        true
    }

    /// The largest slope of a free variable, in natural units.
    fn largest_slope<C: Curvature>(&self, curvature: &C) -> f64 {
        let slopes = self.gradient.iter().enumerate().filter(|&(index, _)| self.free[index]);
        slopes.fold(0.0, |largest: f64, (index, slope)| largest.max(slope.abs() / curvature.unit(index)))
    }

    /// Holds the free variables that lie on a bound and are not drawn away from it; says whether there were any.
    fn hold_on_walls<C: Curvature>(&mut self, curvature: &C, point: &[f64]) -> bool {
        let mut any = false;
        for (index, &value) in point.iter().enumerate() {
            let (at_lower, at_upper) = (value <= self.lower[index], value >= self.upper[index]);
            let drawn = self.gradient[index].abs() > SMALL_GRADIENT * curvature.unit(index);
            if self.free[index] && (at_lower || at_upper) && !drawn {
                self.free[index] = false;
                self.held[index] = if at_lower { Held::AtLower } else { Held::AtUpper };
                any = true;
            }
        }
        any
    }

    /// A lower point along the direction of most negative curvature, if there is one, in the step's `trial`.
    fn leave_saddle<O: Objective>(&mut self, objective: &mut O, state: &FitState) -> Option<f64> {
        let (eigenvalue, mode) = objective.curvature().lowest_mode(&self.free);
        self.lowest_curvature = eigenvalue;
        if eigenvalue > NEGATIVE_CURVATURE {
            return None;
        }
        let Step { trial, lower, upper, .. } = &mut self.step;
        for length in [1.0, 0.3, 0.1, 0.03, 0.01] {
            for sign in [1.0, -1.0] {
                for (index, value) in trial.iter_mut().enumerate() {
                    *value = clamp(state.point[index] + sign * length * mode[index], lower[index], upper[index]);
                }
                let value = objective.value(trial);
                if value < state.value - rounding(state.value) {
                    return Some(value);
                }
            }
        }
        None
    }
}

/// The size of the last digits of a function value of this size.
fn rounding(value: f64) -> f64 {
    1e-14 * (1.0 + value.abs())
}

impl<O: Objective> Solver<O, FitState> for BoundedNewton {
    fn name(&self) -> &str {
        "bounded Newton"
    }

    fn init(
        &mut self,
        problem: &mut Problem<O>,
        mut state: FitState,
    ) -> Result<(FitState, Option<argmin::core::KV>), Error> {
        if let Some(objective) = &mut problem.problem {
            state.value = objective.value(&state.point);
            objective.curvature().set_ranges(&self.lower, &self.upper);
        }
        let inside = state.value.is_finite();
        Ok((if inside { state } else { state.end(Status::OutsideDomain) }, None))
    }

    fn next_iter(
        &mut self,
        problem: &mut Problem<O>,
        mut state: FitState,
    ) -> Result<(FitState, Option<argmin::core::KV>), Error> {
        let Some(objective) = &mut problem.problem else {
            return Ok((state.end(Status::Stalled), None));
        };
        objective.begin();
        self.expand(objective, &state.point);
        let mut newton = self.newton(objective.curvature(), 0.0);
        if let Some(edm) = newton.filter(|&edm| edm <= self.value_goal) {
            state.edm = edm;
            state.value = (state.value - edm).max(objective.least());
            return Ok((state.end(Status::Converged), None));
        }
        let still = self.largest_slope(objective.curvature()) < SMALL_GRADIENT;
        if newton.is_some_and(|edm| edm <= EDM_SETTLED)
            && objective.curvature().definiteness(&self.free) == Definiteness::Indefinite
        {
            newton = None;
        }
        if newton.is_none() {
            if still && let Some(value) = self.leave_saddle(objective, &state) {
                state.point.copy_from_slice(&self.step.trial);
                state.value = value;
                return Ok((state, None));
            }
            // What lies on a wall without slope may bend the function down only beyond it.
            if self.hold_on_walls(objective.curvature(), &state.point) {
                newton = self.newton(objective.curvature(), 0.0);
            }
        }
        let convex = newton.is_some();
        if still && !convex && self.lowest_curvature > -FLAT_DAMPING {
            // Along a flat direction the gradient vanishes, and so does its share of the damped distance.
            newton = self.newton(objective.curvature(), FLAT_DAMPING);
        }
        state.edm = newton.unwrap_or(f64::INFINITY).min(state.value - objective.least());
        if state.edm <= EDM_ACCEPTED {
            self.slow = if state.edm > 0.5 * self.last_edm { self.slow + 1 } else { 0 };
            self.last_edm = state.edm;
            if self.slow >= PATIENCE && objective.curvature().definiteness(&self.free) != Definiteness::Indefinite {
                return Ok((state.end(Status::Converged), None));
            }
        }
        if convex && self.leads_to_known(objective.curvature(), &state, state.edm) {
            return Ok((state.end(Status::KnownMinimum), None));
        }
        if state.edm <= EDM_SETTLED && self.polish(objective, &mut state) {
            return Ok((state.end(Status::Converged), None));
        }
        if !convex {
            objective.approximate(&state.point);
        }
        let mut state = self.descend(objective, state, convex);
        self.edge_steps = if self.at_edge { self.edge_steps + 1 } else { 0 };
        let last = state.get_iter() + 1 >= state.get_max_iters();
        let edged = self.at_edge && self.leaves_edges;
        if state.status.is_none() && edged && (last || self.edge_steps >= EDGE_PATIENCE) {
            state = state.end(Status::EdgeOfDomain);
        }
        Ok((state, None))
    }

    fn terminate(&mut self, state: &FitState) -> TerminationStatus {
        match state.status {
            Some(Status::Converged) => TerminationStatus::Terminated(TerminationReason::SolverConverged),
            Some(status) => TerminationStatus::Terminated(TerminationReason::SolverExit(status.to_string())),
            None if state.get_iter() >= state.get_max_iters() => {
                TerminationStatus::Terminated(TerminationReason::MaxItersReached)
            }
            None => TerminationStatus::NotTerminated,
        }
    }
}

/// Lent to an executor, it is there for the next minimisation.
impl<O: Objective> Solver<O, FitState> for &mut BoundedNewton {
    fn name(&self) -> &str {
        Solver::<O, FitState>::name(&**self)
    }

    fn init(
        &mut self,
        problem: &mut Problem<O>,
        state: FitState,
    ) -> Result<(FitState, Option<argmin::core::KV>), Error> {
        (**self).init(problem, state)
    }

    fn next_iter(
        &mut self,
        problem: &mut Problem<O>,
        state: FitState,
    ) -> Result<(FitState, Option<argmin::core::KV>), Error> {
        (**self).next_iter(problem, state)
    }

    fn terminate(&mut self, state: &FitState) -> TerminationStatus {
        Solver::<O, FitState>::terminate(&mut **self, state)
    }
}
