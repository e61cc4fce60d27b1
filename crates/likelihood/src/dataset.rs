//! Observed data, or those of a toy experiment.

use std::fmt;

use crate::constraint::ConstraintKind;
use crate::model::Model;
use crate::poisson::twice_saturated;
use crate::sum::CompensatedSum;

/// Main counts and auxiliary measurements.
#[derive(Clone, Debug)]
pub struct Dataset {
    pub(crate) main: Vec<f64>,
    pub(crate) auxiliary: Vec<f64>,
}

/// Why numbers are not data of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatasetError {
    /// Not as many numbers as bins and constraints.
    Length,
    /// The number at this index is negative where a count is expected, or not finite.
    NotACount(usize),
}

impl fmt::Display for DatasetError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length => formatter.write_str("not as many numbers as bins and constraints"),
            Self::NotACount(index) => write!(formatter, "entry {index} is negative or not finite"),
        }
    }
}

impl std::error::Error for DatasetError {}

impl Dataset {
    /// From one vector: main counts, then auxiliary measurements. Counts may be real (Asimov data).
    ///
    /// # Errors
    /// [`DatasetError`] for a wrong length, a negative count or a number that is not finite.
    pub fn new(model: &Model, data: &[f64]) -> Result<Self, DatasetError> {
        if data.len() != model.data_length() {
            return Err(DatasetError::Length);
        }
        let (main, auxiliary) = data.split_at(model.bins());
        let count = |kind| kind == ConstraintKind::Poisson;
        let is_count = main.iter().map(|_| true).chain(model.constraints().iter().map(|term| count(term.kind)));
        for (index, (value, is_count)) in data.iter().zip(is_count).enumerate() {
            if !value.is_finite() || (is_count && *value < 0.0) {
                return Err(DatasetError::NotACount(index));
            }
        }
        Ok(Self { main: main.to_vec(), auxiliary: auxiliary.to_vec() })
    }

    /// −2 ln L of the saturated model: what [`crate::Evaluator::twice_nll`] has beyond the deviance.
    #[inline(never)]
    pub fn twice_saturated(&self, model: &Model) -> f64 {
        let mut sum = CompensatedSum::default();
        for &count in &self.main {
            sum.add(twice_saturated(count));
        }
        for (term, &measured) in model.constraints().iter().zip(&self.auxiliary) {
            sum.add(term.twice_saturated(measured));
        }
        sum.value()
    }

    /// Main counts and auxiliary measurements, to be replaced by others of the same kind: what must be a count stays finite
    /// and not negative.
    pub fn values_mut(&mut self) -> (&mut [f64], &mut [f64]) {
        (&mut self.main, &mut self.auxiliary)
    }

    /// Main counts, one per bin.
    pub fn main(&self) -> &[f64] {
        &self.main
    }

    /// Auxiliary measurements, one per constraint.
    pub fn auxiliary(&self) -> &[f64] {
        &self.auxiliary
    }
}
