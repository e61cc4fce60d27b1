//! Tests of values of the parameter of interest on one data set.

use std::sync::Arc;

use histfactory_likelihood::{Dataset, Evaluator, Model};

use crate::asymptotic::{TailProbabilities, TestStatistic, expected_tails, observed_tails};
use crate::conditional::Sample;
use crate::fit::Setup;
use crate::negative_log_likelihood::NegativeLogLikelihood;
use crate::objective::Objective;
use crate::sampled_curve::Knot;
use crate::starts::minimize_from_starts;
use crate::status::{FitError, Status};

/// Tests of any number of values on one data set.
///
/// The free fit, the Asimov data and the best fit to them do not depend on the tested value and are found once; the
/// best fit to Asimov data is the point they were made at, where the deviance is exactly 0.
#[derive(Clone, Debug)]
pub struct HypothesisTests {
    setup: Setup,
    poi: usize,
    statistic: TestStatistic,
    data: Sample,
    asimov: Sample,
    revision: u32,
    objective: NegativeLogLikelihood,
}

/// One tested value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HypothesisTest {
    /// Best fit of the parameter of interest.
    pub best_poi: f64,
    /// The statistic on the data.
    pub observed: f64,
    /// The statistic on the Asimov data.
    pub asimov: f64,
    /// Observed tail probabilities.
    pub tails: TailProbabilities,
    /// Tail probabilities expected at −2σ … +2σ.
    pub expected: [TailProbabilities; 5],
}

impl HypothesisTests {
    /// Prepares tests: the free fit, the fit at the Asimov value and the Asimov data (nuisance parameters at their
    /// conditional best fit to the data).
    ///
    /// The parameter of interest `poi` is free in `setup`, and its bounds contain the Asimov value.
    ///
    /// # Errors
    /// [`FitError`] where a fit does not converge.
    pub fn new(
        model: Arc<Model>,
        data: Dataset,
        setup: Setup,
        poi: usize,
        statistic: TestStatistic,
    ) -> Result<Self, FitError> {
        let data = Arc::new(data);
        let mut objective = NegativeLogLikelihood::new(Arc::clone(&model), Arc::clone(&data));
        let free = minimize_from_starts(&mut objective, &setup)?.lowest;
        let mut data = Sample::new(data, free.point, free.value);
        let conditional = data.constrained(&mut objective, &setup, poi, statistic.asimov_poi())?;
        data.lower(&mut objective, &setup, &conditional)?;
        let point = conditional.minimum.point;
        let asimov = asimov_data(&model, &point);
        // Values that come from a fit inside the domain are valid data.
        let asimov = Arc::new(Dataset::new(&model, &asimov).map_err(|_| FitError(Status::OutsideDomain))?);
        objective.set_data(Arc::clone(&asimov));
        let best_value = objective.value(&point);
        let asimov = Sample::new(asimov, point, best_value);
        Ok(Self { setup, poi, statistic, data, asimov, revision: 0, objective })
    }

    /// Tests `value`, which lies within the bounds of the parameter of interest.
    ///
    /// # Errors
    /// [`FitError`] where a fit does not converge.
    pub fn test(&mut self, value: f64) -> Result<HypothesisTest, FitError> {
        let (observed, _) = self.data_statistic(value)?;
        let (asimov, _) = self.asimov_statistic(value)?;
        Ok(self.of_statistics(observed, asimov))
    }

    /// The statistic on the data, and its derivative by the tested value.
    pub(crate) fn data_statistic(&mut self, value: f64) -> Result<(f64, f64), FitError> {
        let Self { setup, poi, statistic, objective, .. } = self;
        let (statistic, revised) = statistic_of(&mut self.data, objective, setup, *poi, *statistic, value)?;
        self.revision += u32::from(revised);
        Ok(statistic)
    }

    /// The statistic on the Asimov data, and its derivative by the tested value.
    pub(crate) fn asimov_statistic(&mut self, value: f64) -> Result<(f64, f64), FitError> {
        let Self { setup, poi, statistic, objective, .. } = self;
        Ok(statistic_of(&mut self.asimov, objective, setup, *poi, *statistic, value)?.0)
    }

    /// The test of a value with these statistics on data and on Asimov data.
    pub(crate) fn of_statistics(&self, observed: f64, asimov: f64) -> HypothesisTest {
        HypothesisTest {
            best_poi: self.best_poi(),
            observed,
            asimov,
            tails: observed_tails(self.statistic, observed, asimov),
            expected: expected_tails(self.statistic, asimov),
        }
    }

    /// The test statistic.
    pub(crate) fn statistic(&self) -> TestStatistic {
        self.statistic
    }

    /// Bounds of the parameter of interest.
    pub(crate) fn bounds(&self) -> [f64; 2] {
        [self.setup.lower[self.poi], self.setup.upper[self.poi]]
    }

    /// Best fit of the parameter of interest to the data.
    pub(crate) fn best_poi(&self) -> f64 {
        self.data.best[self.poi]
    }

    /// Best fit of the parameter of interest to the Asimov data.
    pub(crate) fn asimov_best(&self) -> f64 {
        self.asimov.best[self.poi]
    }

    /// The best fit to the data: −2 ln L has a slope there only at a bound.
    pub(crate) fn data_best(&mut self) -> Knot {
        let slope = self.data.slope(&mut self.objective, &self.setup, self.poi);
        Knot { at: self.best_poi(), value: 0.0, slope }
    }

    /// Second derivative of the profiled −2 ln L at the best fit to the data, where it is positive.
    pub(crate) fn data_curvature(&self) -> Option<f64> {
        self.data.curvature()
    }

    /// Second derivative of the profiled −2 ln L at the best fit to the Asimov data, where it is positive.
    pub(crate) fn asimov_curvature(&self) -> Option<f64> {
        self.asimov.curvature()
    }

    /// Works out how the minima go on from the best fits.
    pub(crate) fn prepare_tangents(&mut self) {
        let Self { setup, poi, objective, .. } = self;
        self.data.tangent(objective, setup, *poi);
        self.asimov.tangent(objective, setup, *poi);
    }

    /// How often a test has found a lower free minimum. Tests from before the last time are out of date.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// The Asimov data: expected main counts, then expected auxiliary measurements.
    pub fn asimov_data(&self) -> (&[f64], &[f64]) {
        (self.asimov.data.main(), self.asimov.data.auxiliary())
    }
}

/// The statistic of a sample at `value` with its derivative, and whether a lower free minimum turned up on the way.
fn statistic_of(
    sample: &mut Sample,
    objective: &mut NegativeLogLikelihood,
    setup: &Setup,
    poi: usize,
    statistic: TestStatistic,
    value: f64,
) -> Result<((f64, f64), bool), FitError> {
    if statistic.vanishes(value, sample.best[poi]) {
        return Ok(((0.0, 0.0), false));
    }
    let conditional = sample.constrained(objective, setup, poi, value)?;
    let revised = sample.lower(objective, setup, &conditional)?;
    let vanishes = statistic.vanishes(value, sample.best[poi]);
    let above = (conditional.minimum.value - sample.best_value).max(0.0);
    Ok((if vanishes { (0.0, 0.0) } else { (above, conditional.slope) }, revised))
}

/// Expected main counts and auxiliary measurements at a point.
fn asimov_data(model: &Model, point: &[f64]) -> Vec<f64> {
    let mut data = Evaluator::new(model).rates(model, point).to_vec();
    data.extend(model.constraints().iter().map(|term| term.expected(point[term.parameter])));
    data
}
