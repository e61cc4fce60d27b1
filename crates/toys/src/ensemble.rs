//! An ensemble: toys of one hypothesis and what is computed of them.

use std::fmt;
use std::sync::Arc;

use histfactory_inference::{NegativeLogLikelihood, Setup, Status};
use histfactory_likelihood::{Dataset, DatasetError, Model};
use histfactory_random::Philox;

use crate::generator::Generator;
use crate::importance::Mixture;
use crate::statistic::ToyStatistic;
use crate::toy_fits::ToyFits;

/// How toys are made and what is computed of each.
#[derive(Clone, Debug)]
pub struct EnsembleSetup {
    /// With `stream`, the key of the random numbers.
    pub seed: u64,
    /// Which hypothesis of a study this is.
    pub stream: u64,
    /// Where toys are generated: one point, or several of which toy i takes number i modulo their number, weighted back
    /// to the first.
    pub points: Vec<Vec<f64>>,
    /// Whether auxiliary measurements are drawn too.
    pub fluctuate: bool,
    /// The observed auxiliary measurements, kept where they are not.
    pub auxiliary: Vec<f64>,
    /// Bounds and fixed parameters of every fit, and the usual start.
    pub fit: Setup,
    /// What is computed.
    pub statistic: ToyStatistic,
}

/// Why an ensemble cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnsembleError {
    /// Not as many numbers as parameters or constraints.
    Length,
    /// No generating point.
    NoPoint,
    /// A rate at a generating point is negative or not finite.
    OutsideDomain,
    /// A start lies outside the bounds.
    OutsideBounds,
}

impl fmt::Display for EnsembleError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Length => "not as many numbers as parameters or constraints",
            Self::NoPoint => "no generating point",
            Self::OutsideDomain => "an expected rate or auxiliary count is negative or not finite",
            Self::OutsideBounds => "a start lies outside the bounds",
        })
    }
}

impl std::error::Error for EnsembleError {}

impl From<DatasetError> for EnsembleError {
    fn from(_: DatasetError) -> Self {
        Self::Length
    }
}

/// What came out of a toy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Toy {
    /// The statistic; NaN where a fit failed.
    pub statistic: f64,
    /// How its fits ended.
    pub status: Status,
    /// ln of its weight: 0 with one generating point.
    pub ln_weight: f64,
}

/// Toys of one hypothesis, made ready.
///
/// ```
/// use std::sync::Arc;
/// use histfactory_inference::{Setup, Status, TestStatistic};
/// use histfactory_likelihood::Model;
/// use histfactory_toys::{Ensemble, EnsembleSetup, ToyStatistic};
/// // One bin, rate 5·μ + 50; toys without signal, and the statistic of μ = 3.
/// let structure = [1, 1, 1, 2, 0, 4, 5, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0];
/// let model = Arc::new(Model::from_flat(&structure, &[5.0, 50.0])?);
/// let fit = Setup {
///     start: vec![1.0],
///     lower: vec![0.0],
///     upper: vec![10.0],
///     fixed: vec![false],
///     max_iterations: 200,
///     starts: 1,
/// };
/// let statistic = ToyStatistic::Profile {
///     statistic: TestStatistic::UpperBounded,
///     poi: 0,
///     tested: 3.0,
///     conditional: vec![3.0],
/// };
/// let (points, auxiliary) = (vec![vec![0.0]], Vec::new());
/// let setup = EnsembleSetup { seed: 1, stream: 0, points, fluctuate: true, auxiliary, fit, statistic };
/// let mut toys = Ensemble::new(Arc::clone(&model), setup)?;
/// let toy = toys.toy(7);
/// assert!(toy.status == Status::Converged && toy.statistic >= 0.0);
/// // 65 counts are what μ = 3 expects.
/// assert!(toys.of_data(&model, &[65.0])?.statistic < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Ensemble {
    random: Philox,
    generators: Vec<Generator>,
    mixture: Mixture,
    /// One per generating point.
    fits: Vec<ToyFits>,
}

impl Ensemble {
    /// Of a model.
    ///
    /// # Errors
    /// [`EnsembleError`] for a set-up that does not fit the model.
    pub fn new(model: Arc<Model>, setup: EnsembleSetup) -> Result<Self, EnsembleError> {
        check(&model, &setup)?;
        let generator = |point: &Vec<f64>| Generator::new(&model, point, setup.fluctuate, &setup.fit.fixed);
        let generators = setup.points.iter().map(generator).collect::<Result<Vec<_>, _>>()?;
        let mixture = Mixture::new(&model, &setup.points, setup.fluctuate);
        let mut data = vec![0.0; model.bins()];
        data.extend_from_slice(&setup.auxiliary);
        let data = Dataset::new(&model, &data)?;
        let fits = |point: &Vec<f64>| {
            let objective = NegativeLogLikelihood::new(Arc::clone(&model), Arc::new(data.clone()));
            ToyFits::new(objective, &setup.fit, point, &setup.statistic)
        };
        let fits = setup.points.iter().map(fits).collect::<Result<_, _>>()?;
        let random = Philox::new([setup.seed, setup.stream], [0; 4]);
        Ok(Self { random, generators, mixture, fits })
    }

    /// Makes and fits toy number `index`.
    pub fn toy(&mut self, index: u64) -> Toy {
        let component = (index % self.generators.len() as u64) as usize;
        self.random.start_toy(index, 0);
        self.generators[component].draw(&mut self.random, self.fits[component].data_mut());
        self.fitted(component)
    }

    /// The statistic of given data, found as a toy's is.
    ///
    /// # Errors
    /// [`EnsembleError`] for data that are not of the model.
    pub fn of_data(&mut self, model: &Model, data: &[f64]) -> Result<Toy, EnsembleError> {
        *self.fits[0].data_mut() = Dataset::new(model, data)?;
        Ok(self.fitted(0))
    }

    /// What comes of the data that a component's fits have.
    fn fitted(&mut self, component: usize) -> Toy {
        let fits = &mut self.fits[component];
        let ln_weight = self.mixture.ln_weight(fits.data_mut());
        let (statistic, status) = match fits.statistic() {
            Ok(statistic) => (statistic, Status::Converged),
            Err(error) => (f64::NAN, error.0),
        };
        Toy { statistic, status, ln_weight }
    }
}

fn check(model: &Model, setup: &EnsembleSetup) -> Result<(), EnsembleError> {
    let parameters = model.parameters();
    let Setup { start, lower, upper, fixed, .. } = &setup.fit;
    let inside = |point: &[f64]| {
        point.iter().zip(lower.iter().zip(upper)).all(|(value, (lower, upper))| lower <= value && value <= upper)
    };
    if setup.points.is_empty() {
        return Err(EnsembleError::NoPoint);
    }
    let mut points: Vec<&[f64]> = setup.points.iter().map(Vec::as_slice).collect();
    points.push(start);
    if let ToyStatistic::Profile { poi, tested, conditional, .. } = &setup.statistic {
        if *poi >= parameters || fixed.get(*poi) != Some(&false) {
            return Err(EnsembleError::Length);
        }
        let within = lower.get(*poi).is_some_and(|lower| lower <= tested)
            && upper.get(*poi).is_some_and(|upper| tested <= upper);
        if !within {
            return Err(EnsembleError::OutsideBounds);
        }
        points.push(conditional);
    }
    let lengths = points.iter().all(|point| point.len() == parameters)
        && lower.len() == parameters
        && upper.len() == parameters
        && fixed.len() == parameters
        && setup.auxiliary.len() == model.constraints().len();
    if !lengths {
        return Err(EnsembleError::Length);
    }
    if points.into_iter().all(inside) { Ok(()) } else { Err(EnsembleError::OutsideBounds) }
}
