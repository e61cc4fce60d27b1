//! The profile likelihood of one data set.

use std::borrow::Cow;
use std::sync::Arc;

use histfactory_likelihood::{Dataset, Model, Sides};

use crate::bounded_newton::Held;
use crate::conditional_fits::{ConditionalFits, Interruption};
use crate::covariance::Covariance;
use crate::fit::{Fit, Setup, fit};
use crate::negative_log_likelihood::NegativeLogLikelihood;
use crate::objective::Objective;
use crate::starts::other_start;
use crate::status::FitError;

/// −2 ln L of a model and data, minimised with some of the parameters held.
///
/// Intervals, contours and profiles are relative to the free minimum, which is found once. Where a conditional fit shows
/// a lower one, the free fit is repeated from there and what was asked for begins again; the rise above the minimum is
/// never negative.
///
/// ```
/// use std::sync::Arc;
/// use histfactory_inference::{ProfileLikelihood, Setup, Stop};
/// use histfactory_likelihood::{Dataset, Model};
/// // One bin, rate 5·μ + 50, 60 counts: the minimum is at μ = 2.
/// let model = Model::from_flat(&[1, 1, 1, 2, 0, 4, 5, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0], &[5.0, 50.0])?;
/// let data = Dataset::new(&model, &[60.0])?;
/// let setup = Setup {
///     start: vec![1.0],
///     lower: vec![-5.0],
///     upper: vec![10.0],
///     fixed: vec![false],
///     max_iterations: 100,
///     starts: 1,
/// };
/// let mut profile = ProfileLikelihood::new(Arc::new(model), Arc::new(data), setup)?;
/// let interval = profile.interval(0, 1.0)?;
/// assert_eq!((interval.lower.stop, interval.upper.stop), (Stop::Risen, Stop::Risen));
/// let rate = 50.0 + 5.0 * interval.upper.value;
/// assert!((2.0 * (rate - 60.0 - 60.0 * (rate / 60.0_f64).ln()) - 1.0).abs() < 1e-8);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ProfileLikelihood {
    objective: NegativeLogLikelihood,
    setup: Setup,
    starts: Vec<Vec<f64>>,
    best: Fit,
    revision: u32,
}

/// A point of a profile.
#[derive(Clone, Debug)]
pub struct ProfilePoint {
    /// How far −2 ln L lies above its minimum; never negative.
    pub rise: f64,
    /// All parameters: those held, and the others at their conditional best fit.
    pub parameters: Vec<f64>,
}

impl ProfileLikelihood {
    /// Makes the free fit.
    ///
    /// # Errors
    /// [`FitError`] where it does not converge.
    pub fn new(model: Arc<Model>, data: Arc<Dataset>, setup: Setup) -> Result<Self, FitError> {
        let best = fit(Arc::clone(&model), Arc::clone(&data), &setup)?;
        let others = (1..setup.starts).map(|index| other_start(&model, &setup, index));
        let starts = std::iter::once(setup.start.clone()).chain(others).collect();
        Ok(Self { objective: NegativeLogLikelihood::new(model, data), setup, starts, best, revision: 0 })
    }

    /// The free fit.
    pub fn best(&self) -> &Fit {
        &self.best
    }

    /// How often a lower free minimum was found. What was computed before the last time is out of date.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// The conditional best fit with the parameters `held` at `values`, which lie within their bounds.
    ///
    /// It is made from two starts, the best fit and the usual one, and the lower minimum is taken. Neither depends on what
    /// was computed before. A set-up with several starts adds the others.
    ///
    /// # Errors
    /// [`FitError`] where a fit does not converge.
    pub fn point(&mut self, held: &[usize], values: &[f64]) -> Result<ProfilePoint, FitError> {
        let conditional = self.attempt(held, |fits| fits.lowest(values))?;
        Ok(ProfilePoint { rise: conditional.rise, parameters: conditional.minimum.point })
    }

    /// Runs a search with the parameters `held`, and again for as long as it finds lower minima.
    pub(crate) fn attempt<T>(
        &mut self,
        held: &[usize],
        search: impl Fn(&mut ConditionalFits<'_>) -> Result<T, Interruption>,
    ) -> Result<T, FitError> {
        loop {
            let Self { objective, setup, starts, best, .. } = self;
            let covariance = covariance_with(objective, best, held);
            let found = search(&mut ConditionalFits::new(objective, setup, starts, &best.minimum, covariance, held));
            match found {
                Ok(found) => return Ok(found),
                Err(Interruption::Failed(error)) => return Err(error),
                Err(Interruption::Lower(start)) => {
                    let (model, data) = (Arc::clone(objective.model()), Arc::clone(objective.data()));
                    self.best = fit(model, data, &Setup { start, ..setup.clone() })?;
                    self.revision += 1;
                }
            }
        }
    }
}

/// The covariance with the parameters `moved` free where the fit holds them at a bound or in a kink.
fn covariance_with<'a>(objective: &mut NegativeLogLikelihood, best: &'a Fit, moved: &[usize]) -> Cow<'a, Covariance> {
    let Fit { minimum, covariance, .. } = best;
    if moved.iter().all(|&parameter| minimum.held[parameter] == Held::Free) {
        return Cow::Borrowed(covariance);
    }
    let size = minimum.point.len();
    let free: Vec<bool> = (0..size).map(|i| minimum.held[i] == Held::Free || moved.contains(&i)).collect();
    objective.set_walls(&minimum.walls);
    objective.expand(&minimum.point, &vec![Sides::Below; size], &mut vec![0.0; size]);
    let covariance = objective.curvature().covariance(&free);
    objective.set_walls(&[]);
    Cow::Owned(covariance)
}
