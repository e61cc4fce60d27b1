//! Tests of values of the parameter of interest on one data set.

use std::sync::Arc;

use histfactory_likelihood::{Dataset, Evaluator, Model};

use crate::asymptotic::{TailProbabilities, TestStatistic, expected_tails, observed_tails};
use crate::fit::{Minimum, Setup, minimize_likelihood};
use crate::negative_log_likelihood::NegativeLogLikelihood;
use crate::objective::Objective;
use crate::status::FitError;

/// A constrained fit this far below the free one shows that the free fit was not at the lowest minimum.
const LOWER_MINIMUM: f64 = 1e-6;

/// Tests of any number of values on one data set.
///
/// The free fit, the Asimov data and the best fit to them do not depend on the tested value and are found once; the
/// best fit to Asimov data is the point they were made at, where the deviance is exactly 0.
///
/// Published likelihoods have more than one minimum at some tested values. Each constrained fit is therefore made from
/// two starts, the usual one and the best fit, and the lower minimum is taken. Neither depends on what was tested
/// before, so a value has the same answer, to the last bit, alone and in any scan.
#[derive(Clone, Debug)]
pub struct HypothesisTests {
    model: Arc<Model>,
    setup: Setup,
    poi: usize,
    statistic: TestStatistic,
    data: Sample,
    asimov: Sample,
    revision: u32,
}

/// A data set with its lowest minimum.
#[derive(Clone, Debug)]
struct Sample {
    data: Dataset,
    best: Vec<f64>,
    best_value: f64,
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
        let free = minimize_likelihood(&mut NegativeLogLikelihood::new(&model, &data), &setup)?;
        let mut data = Sample { data, best_value: free.value, best: free.point };
        let conditional = data.constrained(&model, &setup, poi, statistic.asimov_poi())?;
        data.lower(&model, &setup, &conditional)?;
        let asimov = asimov_data(&model, &conditional.point);
        // Values that come from a fit inside the domain are valid data.
        let asimov = Dataset::new(&model, &asimov).map_err(|_| FitError(crate::status::Status::OutsideDomain))?;
        let best_value = NegativeLogLikelihood::new(&model, &asimov).value(&conditional.point);
        let asimov = Sample { data: asimov, best_value, best: conditional.point };
        Ok(Self { model, setup, poi, statistic, data, asimov, revision: 0 })
    }

    /// Tests `value`, which lies within the bounds of the parameter of interest.
    ///
    /// # Errors
    /// [`FitError`] where a fit does not converge.
    pub fn test(&mut self, value: f64) -> Result<HypothesisTest, FitError> {
        let (observed, revised) = self.data.statistic(&self.model, &self.setup, self.poi, self.statistic, value)?;
        let (asimov, _) = self.asimov.statistic(&self.model, &self.setup, self.poi, self.statistic, value)?;
        self.revision += u32::from(revised);
        Ok(HypothesisTest {
            best_poi: self.data.best[self.poi],
            observed,
            asimov,
            tails: observed_tails(self.statistic, observed, asimov),
            expected: expected_tails(self.statistic, asimov),
        })
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

impl Sample {
    /// The statistic at `value`, and whether a lower free minimum turned up on the way.
    fn statistic(
        &mut self,
        model: &Model,
        setup: &Setup,
        poi: usize,
        statistic: TestStatistic,
        value: f64,
    ) -> Result<(f64, bool), FitError> {
        if statistic.vanishes(value, self.best[poi]) {
            return Ok((0.0, false));
        }
        let conditional = self.constrained(model, setup, poi, value)?;
        let revised = self.lower(model, setup, &conditional)?;
        let vanishes = statistic.vanishes(value, self.best[poi]);
        Ok((if vanishes { 0.0 } else { (conditional.value - self.best_value).max(0.0) }, revised))
    }

    /// The lowest fit with the parameter of interest at `value`.
    fn constrained(&self, model: &Model, setup: &Setup, poi: usize, value: f64) -> Result<Minimum, FitError> {
        let mut objective = NegativeLogLikelihood::new(model, &self.data);
        let usual = setup.start.clone();
        let mut setup = setup.clone();
        setup.fixed[poi] = true;
        let mut from = |start: &[f64]| {
            setup.start.copy_from_slice(start);
            setup.start[poi] = value;
            minimize_likelihood(&mut objective, &setup)
        };
        match (from(&usual), from(&self.best)) {
            (Ok(usual), Ok(best)) => Ok(if best.value < usual.value { best } else { usual }),
            (usual, best) => usual.or(best),
        }
    }

    /// Takes over a lower minimum that a constrained fit has shown to exist; says whether there was one.
    fn lower(&mut self, model: &Model, setup: &Setup, conditional: &Minimum) -> Result<bool, FitError> {
        if conditional.value >= self.best_value - LOWER_MINIMUM {
            return Ok(false);
        }
        let mut setup = setup.clone();
        setup.start.clone_from(&conditional.point);
        let free = minimize_likelihood(&mut NegativeLogLikelihood::new(model, &self.data), &setup)?;
        (self.best, self.best_value) = (free.point, free.value);
        Ok(true)
    }
}

/// Expected main counts and auxiliary measurements at a point.
fn asimov_data(model: &Model, point: &[f64]) -> Vec<f64> {
    let mut data = Evaluator::new(model).rates(model, point).to_vec();
    data.extend(model.constraints().iter().map(|term| term.expected(point[term.parameter])));
    data
}
