//! What a fitted parameter owes to each of the others and to each measurement.

use histfactory_likelihood::{ConstraintKind, Dataset, Expansion, Model, Sides};

use crate::covariance::Covariance;

/// What moves the best fit of one parameter, to first order. One entry per parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Impacts {
    /// Its covariance with each parameter: divided by a parameter's variance, how much it follows that one.
    pub covariances: Vec<f64>,
    /// How far it moves when the auxiliary measurement of each parameter goes up by its standard deviation (σ of a
    /// Gaussian, √a of a Poisson one); 0 where there is none.
    pub auxiliary: Vec<f64>,
    /// Its standard deviation from the fluctuations of the main counts alone.
    pub statistical: f64,
}

/// The impacts on `parameter` at the best fit `point` of `model` to `data`, from the `covariance` there.
///
/// With C the covariance, a change δx of a measurement moves the best fit by −C ∂²(−ln L)/∂θ∂x δx: C Jᵀ δn/λ for a
/// count, C δa/σ² for a Gaussian measurement, C δa/θ for a Poisson one. The squares of all, with δ one standard
/// deviation, add up to the variance where rates are linear in the parameters (Pinto et al., arXiv:2307.04007).
pub fn impacts(model: &Model, data: &Dataset, point: &[f64], covariance: &Covariance, parameter: usize) -> Impacts {
    let mut unit = vec![0.0; point.len()];
    unit[parameter] = 1.0;
    let covariances = covariance.product(&unit);
    let mut auxiliary = vec![0.0; point.len()];
    for (term, &measured) in model.constraints().iter().zip(data.auxiliary()) {
        let moved = covariances[term.parameter];
        auxiliary[term.parameter] += match term.kind {
            ConstraintKind::Gaussian => moved / term.scale,
            ConstraintKind::Poisson if measured > 0.0 => moved * measured.sqrt() / point[term.parameter],
            ConstraintKind::Poisson => 0.0,
        };
    }
    let mut expansion = Expansion::new(model);
    expansion.expand_rates(model, point, &vec![Sides::Below; point.len()]);
    let rates = expansion.evaluator().rates(model, point).to_vec();
    let mut variance = 0.0;
    for (bin, (&rate, &count)) in rates.iter().zip(data.main()).enumerate() {
        if count > 0.0 {
            let mut moved = 0.0;
            expansion.rate_derivatives(model, bin, |parameter, slope| moved += covariances[parameter] * slope);
            let moved = moved / rate;
            variance += moved * moved * count;
        }
    }
    Impacts { covariances, auxiliary, statistical: variance.sqrt() }
}
