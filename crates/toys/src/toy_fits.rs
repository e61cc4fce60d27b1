//! The fits of one toy after the other.

use std::sync::Arc;

use histfactory_inference::{FitError, NearbyFits, NegativeLogLikelihood, Setup, TestStatistic, minimize_likelihood};
use histfactory_likelihood::{Dataset, Evaluator};

use crate::closed_fits::AnyClosedFits;
use crate::ensemble::EnsembleError;
use crate::statistic::ToyStatistic;

/// A conditional fit this far below the free one shows that the free fit was not at the lowest minimum.
const LOWER_MINIMUM: f64 = 1e-6;

/// The statistic of one data set after the other, with fits that start near where the data were made.
#[derive(Clone, Debug)]
pub struct ToyFits {
    objective: NegativeLogLikelihood,
    free: NearbyFits,
    test: Option<Test>,
    /// Where the likelihood has that form.
    closed: Option<AnyClosedFits>,
}

/// What is tested, with the fits at the tested value.
#[derive(Clone, Debug)]
struct Test {
    statistic: TestStatistic,
    poi: usize,
    tested: f64,
    conditional: NearbyFits,
}

impl ToyFits {
    /// For toys made at `generating`, which lies within the bounds of `setup`; `objective` has the observed data.
    ///
    /// # Errors
    /// [`EnsembleError::OutsideDomain`] where the expected data at `generating` are not data of the model.
    pub fn new(
        mut objective: NegativeLogLikelihood,
        setup: &Setup,
        generating: &[f64],
        statistic: &ToyStatistic,
    ) -> Result<Self, EnsembleError> {
        let model = Arc::clone(objective.model());
        let closed = AnyClosedFits::new(&model, setup, generating, statistic)
            .filter(|closed| setup.starts <= 1 || closed.convex());
        // The data expected at the generating point have their minimum there.
        let mut expected = Evaluator::new(&model).rates(&model, generating).to_vec();
        expected.extend(model.constraints().iter().map(|term| term.expected(generating[term.parameter])));
        let observed = Arc::clone(objective.data());
        objective.set_data(Arc::new(Dataset::new(&model, &expected).map_err(|_| EnsembleError::OutsideDomain)?));
        let free = NearbyFits::new(&objective, setup, generating);
        let test = match statistic {
            ToyStatistic::Deviance => None,
            ToyStatistic::Profile { statistic, poi, tested, conditional } => {
                let mut at = Setup { start: conditional.clone(), starts: 1, ..setup.clone() };
                at.start[*poi] = *tested;
                at.fixed[*poi] = true;
                let minimum = minimize_likelihood(&mut objective, &at).map_or(at.start.clone(), |found| found.point);
                let mut usual = Setup { fixed: at.fixed, ..setup.clone() };
                usual.start[*poi] = *tested;
                let conditional = NearbyFits::new(&objective, &usual, &minimum);
                Some(Test { statistic: *statistic, poi: *poi, tested: *tested, conditional })
            }
        };
        objective.set_data(observed);
        Ok(Self { objective, free, test, closed })
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
        let Self { objective, free, test, .. } = self;
        free.fit(objective)?;
        let Some(Test { statistic, poi, tested, conditional }) = test else { return Ok(free.value()) };
        if statistic.vanishes(*tested, free.point()[*poi]) {
            return Ok(0.0);
        }
        conditional.fit(objective)?;
        if conditional.value() < free.value() - LOWER_MINIMUM {
            free.fit_from(objective, conditional.point())?;
        }
        let vanishes = statistic.vanishes(*tested, free.point()[*poi]);
        Ok(if vanishes { 0.0 } else { (conditional.value() - free.value()).max(0.0) })
    }
}
