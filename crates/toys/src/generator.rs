//! Toy data of one hypothesis.

use histfactory_likelihood::{ConstraintKind, Dataset, Evaluator, Model};
use histfactory_random::{MeanError, NormalSampler, Philox, PoissonSamplers};

use crate::ensemble::EnsembleError;

/// Draws data sets at one point of a model: main counts, and auxiliary measurements unless these are kept as observed.
///
/// That of a fixed parameter always is: it measures nothing that is unknown, and a parameter may be fixed for having none.
/// Test statistics do not see it, but the goodness of fit would.
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
    /// Of `model` at `point`, with auxiliary measurements that fluctuate or not, and with these parameters fixed.
    ///
    /// # Errors
    /// [`EnsembleError::OutsideDomain`] where a rate or an expected auxiliary count is negative or not finite.
    pub fn new(model: &Model, point: &[f64], fluctuate: bool, fixed: &[bool]) -> Result<Self, EnsembleError> {
        let main = PoissonSamplers::new(Evaluator::new(model).rates(model, point))?;
        let (mut poisson, mut means, mut gaussian) = (Vec::new(), Vec::new(), Vec::new());
        let drawn = |parameter: usize| fluctuate && fixed.get(parameter) != Some(&true);
        for (constraint, term) in model.constraints().iter().enumerate().filter(|(_, term)| drawn(term.parameter)) {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// One bin with two samples, each with a per-bin factor: parameters 1 and 2, with Poisson and Gaussian constraints.
    fn model() -> Model {
        let structure = [1, 3, 1, 2, 2, 4, 5, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 2, 1, 1, 2, 0];
        Model::from_flat(&structure, &[5.0, 50.0, 100.0, 0.1]).unwrap()
    }

    #[test]
    fn auxiliary_measurements_of_fixed_parameters_stay() {
        let model = model();
        let observed = [50.0, 97.0, 1.03];
        let drawn = |fluctuate: bool, fixed: [bool; 3]| {
            let mut data = Dataset::new(&model, &observed).unwrap();
            let mut generator = Generator::new(&model, &[1.0, 1.0, 1.0], fluctuate, &fixed).unwrap();
            generator.draw(&mut Philox::new([1, 2], [0, 3, 0, 0]), &mut data);
            [data.auxiliary()[0] != 97.0, data.auxiliary()[1] != 1.03]
        };
        assert_eq!(drawn(true, [false, false, false]), [true, true]);
        assert_eq!(drawn(true, [false, true, false]), [false, true]);
        assert_eq!(drawn(true, [false, false, true]), [true, false]);
        assert_eq!(drawn(false, [false, false, false]), [false, false]);
    }
}
