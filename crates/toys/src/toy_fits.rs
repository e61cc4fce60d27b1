//! The fits of one toy after the other.

use histfactory_inference::{FitError, Minimum, NegativeLogLikelihood, Setup, TestStatistic, minimize_likelihood};
use histfactory_likelihood::Dataset;

use crate::closed_fits::AnyClosedFits;
use crate::statistic::ToyStatistic;

/// A conditional fit this far below the free one shows that the free fit was not at the lowest minimum.
const LOWER_MINIMUM: f64 = 1e-6;

/// The statistic of one data set after the other, with fits that start where the data were made.
#[derive(Clone, Debug)]
pub struct ToyFits {
    objective: NegativeLogLikelihood,
    /// From the point at which toys are made.
    free: Setup,
    /// From the conditional fit of the observed data.
    conditional: Setup,
    /// Where fits start that fail from there.
    usual: Vec<f64>,
    statistic: ToyStatistic,
    /// Where the likelihood has that form.
    closed: Option<AnyClosedFits>,
}

impl ToyFits {
    /// For toys made at `generating`, which lies within the bounds of `setup`.
    pub fn new(objective: NegativeLogLikelihood, setup: &Setup, generating: &[f64], statistic: ToyStatistic) -> Self {
        let mut conditional = setup.clone();
        if let ToyStatistic::Profile { poi, tested, conditional: point, .. } = &statistic {
            conditional.start.copy_from_slice(point);
            conditional.start[*poi] = *tested;
            conditional.fixed[*poi] = true;
        }
        let free = Setup { start: generating.to_vec(), ..setup.clone() };
        let closed = AnyClosedFits::new(objective.model(), setup, generating, &statistic);
        Self { closed, objective, free, conditional, usual: setup.start.clone(), statistic }
    }

    /// The data, to be replaced by those of a toy.
    pub fn data_mut(&mut self) -> &mut Dataset {
        self.objective.data_mut()
    }

    /// The statistic of the present data.
    ///
    /// # Errors
    /// [`FitError`] where a fit does not converge.
    pub fn statistic(&mut self) -> Result<f64, FitError> {
        if let Some(closed) = &mut self.closed
            && let Some(statistic) = closed.statistic(self.objective.data())
        {
            return Ok(statistic);
        }
        self.general_statistic()
    }

    /// The same, always by the general minimiser.
    ///
    /// # Errors
    /// [`FitError`] where a fit does not converge.
    pub fn general_statistic(&mut self) -> Result<f64, FitError> {
        let free = self.fit(&self.free.clone())?;
        match &self.statistic {
            ToyStatistic::Deviance => Ok(free.value),
            ToyStatistic::Profile { statistic, poi, tested, .. } => self.profile(*statistic, *poi, *tested, free),
        }
    }

    fn profile(
        &mut self,
        statistic: TestStatistic,
        poi: usize,
        tested: f64,
        mut free: Minimum,
    ) -> Result<f64, FitError> {
        if statistic.vanishes(tested, free.point[poi]) {
            return Ok(0.0);
        }
        let conditional = self.fit(&self.conditional.clone())?;
        if conditional.value < free.value - LOWER_MINIMUM {
            let start = conditional.point.clone();
            free = minimize_likelihood(&mut self.objective, &Setup { start, ..self.free.clone() })?;
        }
        let vanishes = statistic.vanishes(tested, free.point[poi]);
        Ok(if vanishes { 0.0 } else { (conditional.value - free.value).max(0.0) })
    }

    /// A fit, from the usual start where it fails from its own.
    fn fit(&mut self, setup: &Setup) -> Result<Minimum, FitError> {
        minimize_likelihood(&mut self.objective, setup).or_else(|_| {
            let mut start = self.usual.clone();
            if let ToyStatistic::Profile { poi, .. } = self.statistic {
                start[poi] = setup.start[poi];
            }
            minimize_likelihood(&mut self.objective, &Setup { start, ..setup.clone() })
        })
    }
}
impl ToyFits {
    #[doc(hidden)]
    pub fn closed_statistic(&mut self) -> Option<f64> {
        self.closed.as_mut()?.statistic(self.objective.data())
    }
}
