//! Toy data of one hypothesis.

use histfactory_likelihood::{ConstraintKind, Dataset, Evaluator, Model};
use histfactory_random::{MeanError, NormalSampler, Philox, PoissonSamplers};

use crate::ensemble::EnsembleError;

/// Draws data sets at one point of a model: main counts, and auxiliary measurements unless these are kept as observed.
///
/// What depends on the point alone, rates and sampling tables, is made once.
#[derive(Clone, Debug)]
pub struct Generator {
    main: PoissonSamplers,
    /// Constraints with a Poisson term, with their samplers.
    poisson: Vec<usize>,
    samplers: PoissonSamplers,
    counts: Vec<f64>,
    gaussian: Vec<Gaussian>,
    normal: NormalSampler,
}

/// A constraint with a Gaussian term.
#[derive(Clone, Copy, Debug)]
struct Gaussian {
    constraint: usize,
    mean: f64,
    deviation: f64,
}

impl Generator {
    /// Of `model` at `point`, with auxiliary measurements that fluctuate or not.
    ///
    /// # Errors
    /// [`EnsembleError::OutsideDomain`] where a rate or an expected auxiliary count is negative or not finite.
    pub fn new(model: &Model, point: &[f64], fluctuate: bool) -> Result<Self, EnsembleError> {
        let main = PoissonSamplers::new(Evaluator::new(model).rates(model, point))?;
        let (mut poisson, mut means, mut gaussian) = (Vec::new(), Vec::new(), Vec::new());
        for (constraint, term) in model.constraints().iter().enumerate().filter(|_| fluctuate) {
            let mean = term.expected(point[term.parameter]);
            match term.kind {
                ConstraintKind::Gaussian => gaussian.push(Gaussian { constraint, mean, deviation: term.scale }),
                ConstraintKind::Poisson => {
                    poisson.push(constraint);
                    means.push(mean);
                }
            }
        }
        let counts = vec![0.0; means.len()];
        Ok(Self {
            main,
            poisson,
            samplers: PoissonSamplers::new(&means)?,
            counts,
            gaussian,
            normal: NormalSampler::new(),
        })
    }

    /// Draws one data set: main bins in order, then auxiliary counts in order, then the other auxiliary measurements.
    pub fn draw(&mut self, random: &mut Philox, data: &mut Dataset) {
        let (main, auxiliary) = data.values_mut();
        self.main.draw(random, main);
        self.samplers.draw(random, &mut self.counts);
        for (&constraint, &count) in self.poisson.iter().zip(&self.counts) {
            auxiliary[constraint] = count;
        }
        for &Gaussian { constraint, mean, deviation } in &self.gaussian {
            auxiliary[constraint] = mean + deviation * self.normal.draw(random);
        }
    }
}

impl From<MeanError> for EnsembleError {
    fn from(_: MeanError) -> Self {
        Self::OutsideDomain
    }
}
