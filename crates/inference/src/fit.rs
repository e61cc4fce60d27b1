//! A fit: the minimum of −2 ln L with its covariance.

use std::sync::Arc;

use argmin::core::{Executor, State};
use histfactory_likelihood::{Dataset, Model, Sides};

use crate::bounded_newton::{BoundedNewton, Held};
use crate::covariance::Covariance;
use crate::fit_state::FitState;
use crate::negative_log_likelihood::{NegativeLogLikelihood, Terms};
use crate::objective::Objective;
use crate::status::{FitError, Status};

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
}

/// A converged fit with uncertainties.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The minimum.
    pub minimum: Minimum,
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
    let solver = BoundedNewton::new(&setup.lower, &setup.upper, &setup.fixed);
    minimum(run(objective, solver, setup.start.clone(), setup.max_iterations)?)
}

/// Minimises −2 ln L. Where the start lies outside the domain, a point inside it is looked for first.
///
/// # Errors
/// [`FitError`] with the reason where no minimum was reached.
pub fn minimize_likelihood(objective: &mut NegativeLogLikelihood, setup: &Setup) -> Result<Minimum, FitError> {
    let start = start_inside(objective, setup)?;
    let solver = BoundedNewton::new(&setup.lower, &setup.upper, &setup.fixed);
    minimum(run(objective, solver, start, setup.max_iterations)?)
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
    let start = start_inside(objective, setup)?;
    let solver = BoundedNewton::new(&setup.lower, &setup.upper, &setup.fixed).avoiding(&known.point, known.value);
    let (state, held) = run(objective, solver, start, setup.max_iterations)?;
    if state.status == Some(Status::KnownMinimum) { Ok(None) } else { minimum((state, held)).map(Some) }
}

fn minimum((state, held): (FitState, Vec<Held>)) -> Result<Minimum, FitError> {
    match state.status {
        Some(Status::Converged) => {
            Ok(Minimum { iterations: state.get_iter(), held, value: state.value, edm: state.edm, point: state.point })
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
        let solver = BoundedNewton::new(&setup.lower, &setup.upper, &setup.fixed);
        let run = run(objective, solver, point, 1);
        objective.set_terms(Terms::Poisson);
        let (state, _) = run?;
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

/// Runs the minimiser from `point` for at most `iterations`.
fn run<O: Objective>(
    objective: &mut O,
    solver: BoundedNewton,
    point: Vec<f64>,
    iterations: u64,
) -> Result<(FitState, Vec<Held>), FitError> {
    let run = Executor::new(objective, solver)
        .configure(|_: FitState| FitState::start(point, iterations))
        .timer(false)
        .run()
        .map_err(|_| FitError(Status::Stalled))?;
    Ok((run.state, run.solver.held().to_vec()))
}

/// Fits `model` to `data`.
///
/// # Errors
/// [`FitError`] with the reason where no minimum was reached; a fit that did not converge has no numbers.
pub fn fit(model: Arc<Model>, data: Arc<Dataset>, setup: &Setup) -> Result<Fit, FitError> {
    let twice_saturated = data.twice_saturated();
    let mut objective = NegativeLogLikelihood::new(model, data);
    let minimum = minimize_likelihood(&mut objective, setup)?;
    let size = minimum.point.len();
    let free: Vec<bool> = minimum.held.iter().map(|&held| held == Held::Free).collect();
    // The curvature of the point itself: the minimiser may have gone on a last step, or on an approximation.
    objective.expand(&minimum.point, &vec![Sides::Below; size], &mut vec![0.0; size]);
    let covariance = objective.curvature().covariance(&free);
    Ok(Fit { twice_nll: twice_saturated + minimum.value, minimum, covariance })
}
