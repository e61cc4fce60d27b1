//! Other starts for a fit, to look for lower minima.
//!
//! Published likelihoods have more than one minimum: the kinks and polynomials of the interpolation far from α = 0,
//! negative templates and bounds make them. No method finds the lowest for certain; more starts make it likelier.

use histfactory_likelihood::elementary::{clamp, exp};
use histfactory_likelihood::{ConstraintKind, Model};

use crate::fit::{Minimum, Setup, minimize_likelihood, minimize_likelihood_elsewhere};
use crate::negative_log_likelihood::NegativeLogLikelihood;
use crate::status::FitError;

/// Two minima whose −2 ln L differs by less are the same.
const SAME: f64 = 1e-6;
/// How far from its start a constrained parameter begins, in standard deviations of its constraint.
const SPREAD: f64 = 2.5;

/// What a number of starts led to.
#[derive(Clone, Debug)]
pub struct Minima {
    /// The lowest minimum.
    pub lowest: Minimum,
    /// The function at every different minimum, ascending.
    pub values: Vec<f64>,
    /// Whether a later start led lower than the first.
    pub improved: bool,
}

/// Minimises −2 ln L from the usual start and from `setup.starts - 1` others, which are the same each time.
///
/// # Errors
/// [`FitError`] of the usual start where none leads to a minimum.
pub fn minimize_from_starts(objective: &mut NegativeLogLikelihood, setup: &Setup) -> Result<Minima, FitError> {
    let usual = minimize_likelihood(objective, setup);
    if setup.starts <= 1 {
        return usual.map(|lowest| Minima { values: vec![lowest.value], lowest, improved: false });
    }
    let model = objective.model().clone();
    let first = usual.as_ref().map_or(f64::INFINITY, |minimum| minimum.value);
    let mut values: Vec<f64> = usual.iter().map(|minimum| minimum.value).collect();
    let mut lowest = usual;
    for index in 1..setup.starts {
        let setup = Setup { start: other_start(&model, setup, index), ..setup.clone() };
        let found = match &lowest {
            Ok(known) => minimize_likelihood_elsewhere(objective, &setup, known),
            Err(_) => minimize_likelihood(objective, &setup).map(Some),
        };
        let Ok(Some(found)) = found else { continue };
        if values.iter().all(|value| (value - found.value).abs() > SAME) {
            let position = values.partition_point(|&value| value < found.value);
            values.insert(position, found.value);
        }
        if lowest.as_ref().map_or(true, |lowest| found.value < lowest.value) {
            lowest = Ok(found);
        }
    }
    let lowest = lowest?;
    Ok(Minima { improved: lowest.value < first - SAME, values, lowest })
}

/// Start number `index`: parameters that are not fixed are drawn around their usual start, those with a constraint
/// within some of its standard deviations, others within a factor of three, all inside the bounds.
pub(crate) fn other_start(model: &Model, setup: &Setup, index: u32) -> Vec<f64> {
    let mut random = SplitMix(u64::from(index).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut start = setup.start.clone();
    let mut constrained = vec![None; start.len()];
    for term in model.constraints() {
        let width = match term.kind {
            ConstraintKind::Gaussian => term.scale,
            ConstraintKind::Poisson => 1.0 / term.scale.sqrt(),
        };
        constrained[term.parameter] = Some(width);
    }
    for (parameter, value) in start.iter_mut().enumerate() {
        let draw = 2.0 * random.uniform() - 1.0;
        if setup.fixed[parameter] {
            continue;
        }
        let moved = match constrained[parameter] {
            Some(width) => *value + SPREAD * width * draw,
            None if *value == 0.0 => draw,
            None => *value * exp(1.1 * draw),
        };
        *value = clamp(moved, setup.lower[parameter], setup.upper[parameter]);
    }
    start
}

/// Steele, Lea and Flood, *Fast splittable pseudorandom number generators* (2014): enough to scatter starts.
struct SplitMix(u64);

impl SplitMix {
    /// Uniform in [0, 1).
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use histfactory_likelihood::Dataset;

    /// The smallest model with two minima: one bin, b = 100 with a normsys {0.8, 1.02} in code 4, 300 counts.
    fn two_minima() -> (NegativeLogLikelihood, Setup) {
        let structure = [1, 1, 1, 1, 1, 4, 5, 0, 1, 0, 1, 0, 0, 0, 0, 0];
        let model = Arc::new(Model::from_flat(&structure, &[100.0, 0.8, 1.02, 1.0]).unwrap());
        let data = Arc::new(Dataset::new(&model, &[300.0, 0.0]).unwrap());
        let setup = Setup {
            start: vec![0.0],
            lower: vec![-10.0],
            upper: vec![10.0],
            fixed: vec![false],
            max_iterations: 200,
            starts: 1,
        };
        (NegativeLogLikelihood::new(model, data), setup)
    }

    #[test]
    fn several_starts_know_both_minima() {
        let (mut objective, setup) = two_minima();
        let one = minimize_from_starts(&mut objective, &setup).unwrap();
        assert_eq!((one.values.len(), one.improved), (1, false));
        let many = minimize_from_starts(&mut objective, &Setup { starts: 8, ..setup }).unwrap();
        assert_eq!(many.values.len(), 2);
        assert!(many.improved == (many.lowest.value < one.lowest.value - 1.0));
        assert_eq!(many.values[0], many.lowest.value);
        assert!((many.values[1] - many.values[0] - 7.06).abs() < 0.05, "{:?}", many.values);
    }

    #[test]
    fn starts_are_the_same_each_time_and_inside_the_bounds() {
        let (objective, setup) = two_minima();
        for index in 1..50 {
            let start = other_start(objective.model(), &setup, index);
            assert_eq!(start, other_start(objective.model(), &setup, index));
            assert!(start[0].abs() <= SPREAD && start[0] != 0.0);
        }
    }
}
