//! Toy data of one hypothesis.

use histfactory_likelihood::{ConstraintKind, Dataset, Evaluator, Model};
use histfactory_random::{NormalSampler, Philox, PoissonSampler};

use crate::ensemble::EnsembleError;

/// Draws data sets at one point of a model: main counts, and auxiliary measurements unless these are kept as observed.
///
/// What depends on the point alone, rates and sampling tables, is made once.
#[derive(Clone, Debug)]
pub struct Generator {
    main: Vec<PoissonSampler>,
    /// Empty where auxiliary measurements are kept.
    auxiliary: Vec<Auxiliary>,
}

/// How one auxiliary measurement is drawn.
#[derive(Clone, Debug)]
enum Auxiliary {
    Gaussian { mean: f64, deviation: f64 },
    Poisson(PoissonSampler),
}

impl Generator {
    /// Of `model` at `point`, with auxiliary measurements that fluctuate or not.
    ///
    /// # Errors
    /// [`EnsembleError::OutsideDomain`] where a rate or an expected auxiliary count is negative or not finite.
    pub fn new(model: &Model, point: &[f64], fluctuate: bool) -> Result<Self, EnsembleError> {
        let sampler = |mean: f64| {
            let valid = mean.is_finite() && mean >= 0.0;
            if valid { Ok(PoissonSampler::new(mean)) } else { Err(EnsembleError::OutsideDomain) }
        };
        let rates = Evaluator::new(model).rates(model, point).to_vec();
        let auxiliary = model.constraints().iter().filter(|_| fluctuate).map(|term| {
            let mean = term.expected(point[term.parameter]);
            Ok::<_, EnsembleError>(match term.kind {
                ConstraintKind::Gaussian => Auxiliary::Gaussian { mean, deviation: term.scale },
                ConstraintKind::Poisson => Auxiliary::Poisson(sampler(mean)?),
            })
        });
        let auxiliary = auxiliary.collect::<Result<Vec<_>, EnsembleError>>()?;
        Ok(Self { main: rates.into_iter().map(sampler).collect::<Result<_, _>>()?, auxiliary })
    }

    /// Draws one data set: main bins in order, then the constraints.
    pub fn draw(&self, random: &mut Philox, normal: &NormalSampler, data: &mut Dataset) {
        let (main, auxiliary) = data.values_mut();
        for (count, sampler) in main.iter_mut().zip(&self.main) {
            *count = sampler.draw(random);
        }
        for (measured, how) in auxiliary.iter_mut().zip(&self.auxiliary) {
            *measured = match how {
                Auxiliary::Gaussian { mean, deviation } => mean + deviation * normal.draw(random),
                Auxiliary::Poisson(sampler) => sampler.draw(random),
            };
        }
    }
}
