//! A fit: the minimum of −2 ln L with its covariance.

use std::sync::Arc;

use argmin::core::{Executor, State};
use histfactory_likelihood::{Dataset, Model, Sides};

use crate::bounded_newton::{BoundedNewton, Held};
use crate::covariance::Covariance;
use crate::curvature::Curvature;
use crate::fit_state::FitState;
use crate::negative_log_likelihood::{NegativeLogLikelihood, Terms};
use crate::objective::Objective;
use crate::starts::{Minima, minimize_from_starts};
use crate::status::{FitError, Status};
use crate::walls::Wall;

/// Where a fit starts and what it may move; one entry per parameter.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Start values, inside the bounds.
    pub start: Vec<f64>,
    /// Lower bounds.
    pub lower: Vec<f64>,
    /// Upper bounds, none below the lower one.
    pub upper: Vec<f64>,
    /// Parameters kept at their start values.
    pub fixed: Vec<bool>,
    /// Iterations after which the fit is given up.
    pub max_iterations: u64,
    /// Starts of a fit that looks for the lowest minimum: `start`, and others around it.
    pub starts: u32,
}

/// A converged minimum.
#[derive(Clone, Debug)]
pub struct Minimum {
    /// Parameters at the minimum.
    pub point: Vec<f64>,
    /// The function there: −2 ln L less its saturated part.
    pub value: f64,
    /// Estimated vertical distance to the minimum.
    pub edm: f64,
    /// Iterations used.
    pub iterations: u64,
    /// What holds each parameter.
    pub held: Vec<Held>,
    /// The bins without counts whose rate is at its end, 0.
    pub walls: Vec<Wall>,
}

/// A converged fit with uncertainties.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The minimum, the lowest that was found.
    pub minimum: Minimum,
    /// −2 ln L at every different minimum that was found, ascending.
    pub minima: Vec<f64>,
    /// Whether a later start led lower than the first.
    pub improved: bool,
    /// The largest slope of a free parameter, in natural units (over the root of its own second derivative).
    pub gradient: f64,
    /// −2 ln L with all constants.
    pub twice_nll: f64,
    /// Covariance of the parameters that are free at the minimum.
    pub covariance: Covariance,
}

/// Minimises an objective.
///
/// # Errors
/// [`FitError`] with the reason where no minimum was reached.
pub fn minimize<O: Objective>(objective: &mut O, setup: &Setup) -> Result<Minimum, FitError> {
    let mut solver = BoundedNewton::new(&setup.lower, &setup.upper, &setup.fixed);
    let state = run(objective, &mut solver, setup.start.clone(), setup.max_iterations)?;
    minimum(state, &solver)
}

/// Minimises −2 ln L. Where the start lies outside the domain, a point inside it is looked for first; a minimum may lie on
/// the edge of the domain.
///
/// # Errors
/// [`FitError`] with the reason where no minimum was reached.
pub fn minimize_likelihood(objective: &mut NegativeLogLikelihood, setup: &Setup) -> Result<Minimum, FitError> {
    let solver = BoundedNewton::new(&setup.lower, &setup.upper, &setup.fixed);
    minimize_with(objective, setup, solver)?.ok_or(FitError(Status::KnownMinimum))
}

/// Minimises −2 ln L likewise, but gives up with `None` once the way leads to the minimum `known`.
///
/// # Errors
/// [`FitError`] with the reason where no minimum was reached.
pub fn minimize_likelihood_elsewhere(
    objective: &mut NegativeLogLikelihood,
    setup: &Setup,
    known: &Minimum,
) -> Result<Option<Minimum>, FitError> {
    let solver = BoundedNewton::new(&setup.lower, &setup.upper, &setup.fixed).avoiding(&known.point, known.value);
    minimize_with(objective, setup, solver)
}

/// Minimises −2 ln L with a given solver; `None` where the way leads to a minimum that this knows.
fn minimize_with(
    objective: &mut NegativeLogLikelihood,
    setup: &Setup,
    solver: BoundedNewton,
) -> Result<Option<Minimum>, FitError> {
    let start = start_inside(objective, setup)?;
    let edged = objective.data().main().contains(&0.0);
    let mut solver = if edged { solver.leaving_edges() } else { solver };
    let state = run(objective, &mut solver, start, setup.max_iterations)?;
    match state.status {
        Some(Status::KnownMinimum) => Ok(None),
        Some(Status::EdgeOfDomain) if edged => minimize_between_walls(objective, setup, state.point).map(Some),
        _ => minimum(state, &solver).map(Some),
    }
}

/// Minimises −2 ln L where it falls up to the edge of its domain.
fn minimize_between_walls(
    objective: &mut NegativeLogLikelihood,
    setup: &Setup,
    start: Vec<f64>,
) -> Result<Minimum, FitError> {
    /// Rounds of multipliers; each leaves a hundredth of the distance, or the walls are made stiffer.
    const ROUNDS: usize = 30;
    let mut walls = objective.walls(&setup.start);
    let mut setup = Setup { start, ..setup.clone() };
    for _ in 0..ROUNDS {
        objective.set_terms(Terms::Walled(walls));
        let result = minimize(objective, &setup);
        let Terms::Walled(settling) = objective.set_terms(Terms::Poisson) else { break };
        walls = settling;
        let minimum = result?;
        if walls.settle(objective.rates(&minimum.point)) {
            let value = objective.value(&minimum.point);
            return Ok(Minimum { value, walls: walls.holding(), ..minimum });
        }
        setup.start = minimum.point;
    }
    Err(FitError(Status::EdgeOfDomain))
}

fn minimum(state: FitState, solver: &BoundedNewton) -> Result<Minimum, FitError> {
    let iterations = state.get_iter();
    let held = solver.held().to_vec();
    match state.status {
        Some(Status::Converged) => {
            let FitState { point, value, edm, .. } = state;
            Ok(Minimum { point, value, edm, iterations, held, walls: Vec::new() })
        }
        Some(status) => Err(FitError(status)),
        None => Err(FitError(Status::IterationLimit)),
    }
}

/// The start, or where that lies outside the domain a point inside it.
fn start_inside(objective: &mut NegativeLogLikelihood, setup: &Setup) -> Result<Vec<f64>, FitError> {
    if objective.value(&setup.start).is_finite() { Ok(setup.start.clone()) } else { enter_domain(objective, setup) }
}

/// A point of the domain, on the way from the start towards the minimum of the distance to it.
fn enter_domain(objective: &mut NegativeLogLikelihood, setup: &Setup) -> Result<Vec<f64>, FitError> {
    let mut point = setup.start.clone();
    for _ in 0..setup.max_iterations {
        objective.set_terms(Terms::Domain);
        let mut solver = BoundedNewton::new(&setup.lower, &setup.upper, &setup.fixed);
        let run = run(objective, &mut solver, point, 1);
        objective.set_terms(Terms::Poisson);
        let state = run?;
        if objective.value(&state.point).is_finite() {
            return Ok(state.point);
        }
        if state.status.is_some() {
            break;
        }
        point = state.point;
    }
    Err(FitError(Status::OutsideDomain))
}

/// Runs the minimiser from `point` for at most `iterations`; the state in which it ended.
pub(crate) fn run<O: Objective>(
    objective: &mut O,
    solver: &mut BoundedNewton,
    point: Vec<f64>,
    iterations: u64,
) -> Result<FitState, FitError> {
    let run = Executor::new(objective, solver)
        .configure(|_: FitState| FitState::start(point, iterations))
        .timer(false)
        .run()
        .map_err(|_| FitError(Status::Stalled))?;
    Ok(run.state)
}

/// Fits `model` to `data`.
///
/// # Errors
/// [`FitError`] with the reason where no minimum was reached; a fit that did not converge has no numbers.
pub fn fit(model: Arc<Model>, data: Arc<Dataset>, setup: &Setup) -> Result<Fit, FitError> {
    let twice_saturated = data.twice_saturated(&model);
    let mut objective = NegativeLogLikelihood::new(model, data);
    let Minima { lowest: minimum, values, improved } = minimize_from_starts(&mut objective, setup)?;
    let size = minimum.point.len();
    let free: Vec<bool> = minimum.held.iter().map(|&held| held == Held::Free).collect();
    objective.set_walls(&minimum.walls);
    // The curvature of the point itself: the minimiser may have gone on a last step, or on an approximation.
    let mut slopes = vec![0.0; size];
    objective.expand(&minimum.point, &vec![Sides::Below; size], &mut slopes);
    let curvature = objective.curvature();
    let natural = slopes.iter().enumerate().filter(|&(index, _)| free[index]);
    let gradient = natural.fold(0.0, |most: f64, (index, slope)| most.max(slope.abs() / curvature.unit(index)));
    let covariance = curvature.covariance(&free);
    let minima = values.into_iter().map(|value| twice_saturated + value).collect();
    Ok(Fit { minima, improved, gradient, twice_nll: twice_saturated + minimum.value, minimum, covariance })
}
