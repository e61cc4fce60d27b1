//! Fits of data sets that scatter around a known one, as toys do.

use histfactory_likelihood::Sides;
use histfactory_likelihood::elementary::clamp;

use crate::bounded_newton::BoundedNewton;
use crate::cholesky::Definiteness;
use crate::curvature::Curvature;
use crate::fit::{Setup, minimize_likelihood, run};
use crate::negative_log_likelihood::NegativeLogLikelihood;
use crate::objective::Objective;
use crate::starts::other_start;
use crate::status::{FitError, Status};

/// Estimated distance to the minimum at which a fit ends. It is taken off the value, and what that neglects is of the
/// order of its power 3/2.
const EDM_GOAL: f64 = 1e-6;

/// The least −2 ln L of one data set after the other, all scattered around a known one.
///
/// What the known data set, the *reference*, has in common with the others is made once: the derivatives of the rates at
/// its minimum and the factored second derivatives there. With them the first Newton step of a fit costs one product and
/// one solution. Nothing is allocated in a fit that takes its usual way.
///
/// A fit asks for the value of the minimum only, to 10⁻⁹, and does not look whether its end is a saddle, to which no
/// step leads that goes down. With `starts` above 1 in the set-up others follow, and the lowest minimum counts.
///
/// ```
/// use histfactory_inference::{NearbyFits, NegativeLogLikelihood, Setup};
/// use histfactory_likelihood::{Dataset, Model};
/// // One bin, rate 5·μ + 50: around 55 counts, whose minimum is at μ = 1.
/// let model = Model::from_flat(&[1, 1, 1, 2, 0, 4, 5, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0], &[5.0, 50.0])?;
/// let data = Dataset::new(&model, &[55.0])?;
/// let mut objective = NegativeLogLikelihood::new(model.into(), data.into());
/// let setup = Setup {
///     start: vec![0.5],
///     lower: vec![0.0],
///     upper: vec![10.0],
///     fixed: vec![false],
///     max_iterations: 100,
///     starts: 1,
/// };
/// let mut fits = NearbyFits::new(&objective, &setup, &[1.0]);
/// objective.data_mut().values_mut().0[0] = 62.0;
/// fits.fit(&mut objective)?;
/// assert!((fits.point()[0] - 2.4).abs() < 1e-3 && fits.value() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct NearbyFits {
    setup: Setup,
    /// The objective of the reference, expanded at its minimum; none where the second derivatives are not positive.
    reference: Option<Box<NegativeLogLikelihood>>,
    free: Vec<bool>,
    gradient: Vec<f64>,
    step: Vec<f64>,
    minimiser: BoundedNewton,
    /// The starts beyond the first.
    others: Vec<Vec<f64>>,
    /// Where the last fit has ended.
    point: Vec<f64>,
    value: f64,
    /// Where one start of several has ended.
    best: Vec<f64>,
}

impl NearbyFits {
    /// For data sets around that of `reference`, whose minimum is `minimum`. The start of the set-up is the usual one, the
    /// second where several are asked for.
    pub fn new(reference: &NegativeLogLikelihood, setup: &Setup, minimum: &[f64]) -> Self {
        let size = minimum.len();
        let others = match setup.starts {
            0 | 1 => Vec::new(),
            starts => {
                let scattered = (2..starts).map(|index| other_start(reference.model(), setup, index));
                core::iter::once(setup.start.clone()).chain(scattered).collect()
            }
        };
        let setup = Setup { start: minimum.to_vec(), ..setup.clone() };
        let mut reference = Box::new(reference.clone());
        let mut gradient = vec![0.0; size];
        let free: Vec<bool> = setup.fixed.iter().map(|fixed| !fixed).collect();
        let inside = reference.value(minimum).is_finite();
        if inside {
            reference.curvature().set_ranges(&setup.lower, &setup.upper);
            reference.expand(minimum, &vec![Sides::Below; size], &mut gradient);
        }
        let positive = inside && reference.curvature().definiteness(&free) == Definiteness::Positive;
        Self {
            reference: positive.then_some(reference),
            free,
            gradient,
            step: vec![0.0; size],
            minimiser: BoundedNewton::new(&setup.lower, &setup.upper, &setup.fixed).for_value(EDM_GOAL),
            others,
            point: minimum.to_vec(),
            value: 0.0,
            best: minimum.to_vec(),
            setup,
        }
    }

    /// Fits the data of `objective`.
    ///
    /// # Errors
    /// [`FitError`] with the reason where no minimum was reached.
    pub fn fit(&mut self, objective: &mut NegativeLogLikelihood) -> Result<(), FitError> {
        self.predict(objective);
        let mut outcome = self.go_on(objective);
        for index in 0..self.others.len() {
            let value = if outcome.is_ok() { self.value } else { f64::INFINITY };
            self.best.copy_from_slice(&self.point);
            self.point.copy_from_slice(&self.others[index]);
            let other = self.go_on(objective);
            if other.is_ok() && self.value < value {
                outcome = Ok(());
            } else {
                self.point.copy_from_slice(&self.best);
                self.value = value;
            }
        }
        outcome
    }

    /// Fits the data of `objective` from `start`.
    ///
    /// # Errors
    /// [`FitError`] with the reason where no minimum was reached.
    pub fn fit_from(&mut self, objective: &mut NegativeLogLikelihood, start: &[f64]) -> Result<(), FitError> {
        self.point.copy_from_slice(start);
        self.go_on(objective)
    }

    /// Where the last fit has ended, close to the minimum.
    pub fn point(&self) -> &[f64] {
        &self.point
    }

    /// The minimum of −2 ln L less its saturated part.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// Where the Newton step from the reference's minimum leads, inside the bounds, in `point`.
    fn predict(&mut self, objective: &NegativeLogLikelihood) {
        let Setup { start, lower, upper, .. } = &self.setup;
        self.point.copy_from_slice(start);
        let Some(reference) = &mut self.reference else { return };
        reference.gradient_of(objective.data(), start, &mut self.gradient);
        for ((step, slope), free) in self.step.iter_mut().zip(&self.gradient).zip(&self.free) {
            *step = if *free { -slope } else { 0.0 };
        }
        if !reference.curvature().solve(&self.free, &mut self.step, 0.0) {
            return;
        }
        for (index, (value, step)) in self.point.iter_mut().zip(&self.step).enumerate() {
            *value = clamp(*value + step, lower[index], upper[index]);
        }
    }

    /// Fits from `point`.
    fn go_on(&mut self, objective: &mut NegativeLogLikelihood) -> Result<(), FitError> {
        let Setup { start, max_iterations, .. } = &self.setup;
        if !objective.value(&self.point).is_finite() {
            self.point.copy_from_slice(start);
        }
        self.minimiser.begin_anew(objective.data().main().contains(&0.0));
        objective.curvature().solve_roughly(true);
        let outcome = run(objective, &mut self.minimiser, core::mem::take(&mut self.point), *max_iterations);
        objective.curvature().solve_roughly(false);
        let state = match outcome {
            Ok(state) => state,
            Err(error) => {
                self.point.clone_from(start);
                return Err(error);
            }
        };
        (self.value, self.point) = (state.value, state.point);
        if state.status == Some(Status::Converged) { Ok(()) } else { self.fit_anew(objective) }
    }

    /// The whole way of a fit: into the domain, and to minima on its edge.
    fn fit_anew(&mut self, objective: &mut NegativeLogLikelihood) -> Result<(), FitError> {
        let minimum = minimize_likelihood(objective, &self.setup)?;
        (self.value, self.point) = (minimum.value, minimum.point);
        Ok(())
    }
}
