//! A fit: the minimum of −2 ln L with its covariance.

use argmin::core::{Executor, State};
use histfactory_likelihood::{Dataset, Model, Sides};

use crate::bounded_newton::{BoundedNewton, Held};
use crate::covariance::Covariance;
use crate::fit_state::FitState;
use crate::negative_log_likelihood::NegativeLogLikelihood;
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
    let (state, held) = run(objective, setup, setup.start.clone(), setup.max_iterations)?;
    match state.status {
        Some(Status::Converged) => {
            Ok(Minimum { iterations: state.get_iter(), held, value: state.value, edm: state.edm, point: state.point })
        }
        Some(status) => Err(FitError(status)),
        None => Err(FitError(Status::IterationLimit)),
    }
}

/// Minimises −2 ln L. Where the start lies outside the domain, a point inside it is looked for first.
///
/// # Errors
/// [`FitError`] with the reason where no minimum was reached.
pub fn minimize_likelihood(objective: &mut NegativeLogLikelihood<'_>, setup: &Setup) -> Result<Minimum, FitError> {
    if objective.value(&setup.start).is_finite() {
        return minimize(objective, setup);
    }
    let start = enter_domain(objective, setup)?;
    minimize(objective, &Setup { start, ..setup.clone() })
}

/// A point of the domain, on the way from the start towards the minimum of the distance to it.
fn enter_domain(objective: &mut NegativeLogLikelihood<'_>, setup: &Setup) -> Result<Vec<f64>, FitError> {
    let mut distance = objective.domain();
    let mut point = setup.start.clone();
    for _ in 0..setup.max_iterations {
        let (state, _) = run(&mut distance, setup, point, 1)?;
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
    setup: &Setup,
    point: Vec<f64>,
    iterations: u64,
) -> Result<(FitState, Vec<Held>), FitError> {
    let solver = BoundedNewton::new(&setup.lower, &setup.upper, &setup.fixed);
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
pub fn fit(model: &Model, data: &Dataset, setup: &Setup) -> Result<Fit, FitError> {
    let mut objective = NegativeLogLikelihood::new(model, data);
    let minimum = minimize_likelihood(&mut objective, setup)?;
    let size = minimum.point.len();
    let free: Vec<bool> = minimum.held.iter().map(|&held| held == Held::Free).collect();
    // The curvature of the point itself: the minimiser may have gone on a last step, or on an approximation.
    objective.expand(&minimum.point, &vec![Sides::Below; size], &mut vec![0.0; size]);
    let covariance = objective.curvature().covariance(&free);
    Ok(Fit { twice_nll: data.twice_saturated() + minimum.value, minimum, covariance })
}
