//! Weights of toys that are generated at several points (importance sampling).
//!
//! Toy i is generated at point i modulo J, so of N toys N/J come from each. With the density p_j of the data at point j,
//! the balance heuristic (Veach and Guibas, *Optimally combining sampling techniques for Monte Carlo rendering*, SIGGRAPH
//! 1995) weights each by p_0/(Σ_j p_j/J): averages of weighted toys are those of plain toys of the first point, without
//! bias, and no weight exceeds J.

use histfactory_likelihood::elementary::{exp, ln};
use histfactory_likelihood::{ConstraintKind, Dataset, Evaluator, Model, dot};

/// The densities of data at several points over that at the first one.
#[derive(Clone, Debug)]
pub(crate) struct Mixture {
    others: Vec<Ratio>,
}

/// ln p_j/p_0 as a linear function of the data.
#[derive(Clone, Debug)]
struct Ratio {
    constant: f64,
    main: Vec<f64>,
    /// Empty where auxiliary measurements are not drawn.
    auxiliary: Vec<f64>,
    /// Bins and constraints whose count is 0 for certain at this point, and may not be at the first.
    zeros: Vec<usize>,
}

impl Mixture {
    /// Of the points, which lie in the domain.
    pub fn new(model: &Model, points: &[Vec<f64>], fluctuate: bool) -> Self {
        let mut evaluator = Evaluator::new(model);
        let Some((first, others)) = points.split_first() else { return Self { others: Vec::new() } };
        let target = evaluator.rates(model, first).to_vec();
        let mut others: Vec<Ratio> = others
            .iter()
            .map(|point| Ratio::new(model, [first, point], [&target, evaluator.rates(model, point)], fluctuate))
            .collect();
        others.shrink_to_fit();
        Self { others }
    }

    /// ln of the weight of a toy with these data.
    pub fn ln_weight(&self, data: &Dataset) -> f64 {
        if self.others.is_empty() {
            return 0.0;
        }
        // Σ_j exp(r_j) with r_0 = 0, from its largest term.
        let largest = self.others.iter().fold(0.0, |largest: f64, other| largest.max(other.of(data)));
        let sum = self.others.iter().fold(exp(-largest), |sum, other| sum + exp(other.of(data) - largest));
        ln((self.others.len() + 1) as f64) - largest - ln(sum)
    }
}

impl Ratio {
    fn new(model: &Model, [first, point]: [&Vec<f64>; 2], [target, rates]: [&[f64]; 2], fluctuate: bool) -> Self {
        let mut ratio = Self { constant: 0.0, main: Vec::new(), auxiliary: Vec::new(), zeros: Vec::new() };
        for (bin, (&target, &rate)) in target.iter().zip(rates).enumerate() {
            let slope = ratio.poisson(bin, target, rate);
            ratio.main.push(slope);
        }
        for (index, term) in model.constraints().iter().enumerate().filter(|_| fluctuate) {
            let [target, mean] = [first, point].map(|point| term.expected(point[term.parameter]));
            let slope = match term.kind {
                ConstraintKind::Gaussian => {
                    let variance = term.scale * term.scale;
                    ratio.constant += (target - mean) * (target + mean) / (2.0 * variance);
                    (mean - target) / variance
                }
                ConstraintKind::Poisson => ratio.poisson(model.bins() + index, target, mean),
            };
            ratio.auxiliary.push(slope);
        }
        ratio
    }

    /// Adds the constant of a Poisson term and returns what multiplies its count.
    fn poisson(&mut self, index: usize, target: f64, mean: f64) -> f64 {
        self.constant += target - mean;
        if mean > 0.0 && target > 0.0 {
            ln(mean / target)
        } else {
            // Counts that either cannot have: toys of the other then have no weight in it.
            if target > 0.0 {
                self.zeros.push(index);
            }
            0.0
        }
    }

    fn of(&self, data: &Dataset) -> f64 {
        let (main, auxiliary) = (data.main(), data.auxiliary());
        let count = |&index: &usize| main.get(index).or_else(|| auxiliary.get(index - main.len())).copied();
        if self.zeros.iter().any(|index| count(index).is_some_and(|count| count > 0.0)) {
            return f64::NEG_INFINITY;
        }
        self.constant + dot(&self.main, main) + dot(&self.auxiliary, &auxiliary[..self.auxiliary.len()])
    }
}
