//! What is computed of a toy.

use histfactory_inference::TestStatistic;

/// What is computed of a toy.
#[derive(Clone, Debug)]
pub enum ToyStatistic {
    /// A profile-likelihood test statistic of one value of the parameter of interest.
    Profile {
        /// Which one.
        statistic: TestStatistic,
        /// Index of the parameter of interest.
        poi: usize,
        /// The tested value.
        tested: f64,
        /// The conditional best fit of the observed data there: where the toys' conditional fits start.
        conditional: Vec<f64>,
    },
    /// −2 ln L at the free fit less that of the saturated model: the goodness of fit.
    Deviance,
}
