//! Second derivatives as a dense matrix.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn, SymmetricEigen};

use crate::curvature::{Covariance, Curvature, Factor};

/// A pivot below this, in natural units, does not count as positive: it is the rounding error of a zero.
const SMALLEST_PIVOT: f64 = 1e-13;

/// A symmetric matrix, all entries kept.
#[derive(Clone, Debug)]
pub struct DenseCurvature {
    size: usize,
    entries: Vec<f64>,
}

impl DenseCurvature {
    /// A zero matrix of `size` rows.
    pub fn new(size: usize) -> Self {
        Self { size, entries: vec![0.0; size * size] }
    }

    /// All entries, row by row, to be filled.
    pub fn entries_mut(&mut self) -> &mut [f64] {
        &mut self.entries
    }

    fn entry(&self, i: usize, j: usize) -> f64 {
        self.entries[i * self.size + j]
    }

    /// The restricted matrix in natural units.
    fn scaled(&self, free: &[usize], units: &[f64]) -> DMatrix<f64> {
        DMatrix::from_fn(free.len(), free.len(), |i, j| self.entry(free[i], free[j]) / (units[i] * units[j]))
    }

    fn units(&self, free: &[usize]) -> Vec<f64> {
        free.iter().map(|&index| self.unit(index)).collect()
    }
}

impl Curvature for DenseCurvature {
    type Factor = DenseFactor;

    fn unit(&self, index: usize) -> f64 {
        let diagonal = self.entry(index, index).abs();
        if diagonal > 0.0 { diagonal.sqrt() } else { 1.0 }
    }

    fn product(&self, vector: &[f64], out: &mut [f64]) {
        out.fill(0.0);
        for (row, &weight) in self.entries.chunks_exact(self.size.max(1)).zip(vector) {
            // Steps and the parts of them held at bounds are mostly zeros.
            if weight != 0.0 {
                out.iter_mut().zip(row).for_each(|(value, entry)| *value += weight * entry);
            }
        }
    }

    fn factor(&self, free: &[usize], damping: f64) -> Option<DenseFactor> {
        let units = self.units(free);
        let mut matrix = self.scaled(free, &units);
        for i in 0..free.len() {
            matrix[(i, i)] += damping;
        }
        let cholesky = Cholesky::new(matrix)?;
        let smallest = cholesky.l_dirty().diagonal().iter().fold(f64::INFINITY, |least, &pivot| least.min(pivot));
        (smallest * smallest > SMALLEST_PIVOT).then_some(DenseFactor { units, cholesky })
    }

    fn lowest_mode(&self, free: &[usize]) -> (f64, Vec<f64>) {
        let units = self.units(free);
        let spectrum = SymmetricEigen::new(self.scaled(free, &units));
        let mut lowest = 0;
        for (index, &value) in spectrum.eigenvalues.iter().enumerate() {
            if value < spectrum.eigenvalues[lowest] {
                lowest = index;
            }
        }
        let vector = spectrum.eigenvectors.column(lowest);
        let vector = vector.iter().zip(&units).map(|(entry, unit)| entry / unit).collect();
        (spectrum.eigenvalues[lowest], vector)
    }

    fn covariance(&self, free: &[usize]) -> Covariance {
        let count = free.len();
        let units = self.units(free);
        let scaled = self.scaled(free, &units);
        let mut undetermined = vec![false; count];
        let factored = Cholesky::new(scaled.clone())
            .filter(|cholesky| cholesky.l_dirty().diagonal().iter().all(|&pivot| pivot * pivot > SMALLEST_PIVOT));
        let inverse = match factored {
            Some(cholesky) => cholesky.inverse(),
            None => pseudo_inverse(scaled, &mut undetermined),
        };
        let deviations: Vec<f64> = (0..count)
            .map(|i| if undetermined[i] { f64::INFINITY } else { (2.0 * inverse[(i, i)]).sqrt() / units[i] })
            .collect();
        let mut correlation = vec![0.0; count * count];
        for i in 0..count {
            for j in 0..i {
                if !undetermined[i] && !undetermined[j] {
                    let value = inverse[(i, j)] / (inverse[(i, i)] * inverse[(j, j)]).sqrt();
                    correlation[i * count + j] = value.clamp(-1.0, 1.0);
                    correlation[j * count + i] = correlation[i * count + j];
                }
            }
            correlation[i * (count + 1)] = 1.0;
        }
        Covariance { deviations, correlation }
    }
}

/// The inverse on the span of the eigenvectors with positive eigenvalues; marks the variables outside it.
fn pseudo_inverse(matrix: DMatrix<f64>, undetermined: &mut [bool]) -> DMatrix<f64> {
    /// Share of a variable in flat directions beyond which it counts as undetermined.
    const LARGEST_SHARE: f64 = 1e-8;
    let count = undetermined.len();
    let spectrum = SymmetricEigen::new(matrix);
    let mut inverse = DMatrix::zeros(count, count);
    let mut share = vec![0.0; count];
    for (value, vector) in spectrum.eigenvalues.iter().zip(spectrum.eigenvectors.column_iter()) {
        if *value > SMALLEST_PIVOT * count as f64 {
            inverse.ger(1.0 / value, &vector, &vector, 1.0);
        } else {
            share.iter_mut().zip(vector.iter()).for_each(|(share, entry)| *share += entry * entry);
        }
    }
    undetermined.iter_mut().zip(share).for_each(|(mark, share)| *mark = share > LARGEST_SHARE);
    inverse
}

/// Cholesky factor in natural units.
pub struct DenseFactor {
    units: Vec<f64>,
    cholesky: Cholesky<f64, Dyn>,
}

impl Factor for DenseFactor {
    fn solve(&self, vector: &mut [f64]) {
        let mut scaled = DVector::from_iterator(vector.len(), vector.iter().zip(&self.units).map(|(v, unit)| v / unit));
        self.cholesky.solve_mut(&mut scaled);
        for ((value, solution), unit) in vector.iter_mut().zip(scaled.iter()).zip(&self.units) {
            *value = solution / unit;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(entries: &[f64]) -> DenseCurvature {
        let mut curvature = DenseCurvature::new((entries.len() as f64).sqrt() as usize);
        curvature.entries_mut().copy_from_slice(entries);
        curvature
    }

    #[test]
    fn solves_across_eleven_orders_of_magnitude() {
        let curvature = matrix(&[4e11, 1e5, 0.0, 1e5, 2.0, 0.5, 0.0, 0.5, 1.0]);
        let mut x = vec![1e5, 1.0, 2.0];
        curvature.factor(&[0, 1, 2], 0.0).unwrap().solve(&mut x);
        let mut back = vec![0.0; 3];
        curvature.product(&x, &mut back);
        for (value, expected) in back.iter().zip([1e5, 1.0, 2.0]) {
            assert!((value / expected - 1.0).abs() < 1e-13, "{back:?}");
        }
    }

    #[test]
    fn singular_and_indefinite_matrices_have_no_factor_until_damped() {
        let singular = matrix(&[1.0, 1.0, 1.0, 1.0]);
        assert!(singular.factor(&[0, 1], 0.0).is_none());
        assert!(singular.factor(&[0], 0.0).is_some());
        let indefinite = matrix(&[1.0, 2.0, 2.0, 1.0]);
        assert!(indefinite.factor(&[0, 1], 0.5).is_none());
        assert!(indefinite.factor(&[0, 1], 1.5).is_some());
        let (value, vector) = indefinite.lowest_mode(&[0, 1]);
        assert!((value + 1.0).abs() < 1e-14);
        assert!((vector[0] + vector[1]).abs() < 1e-14);
    }

    #[test]
    fn covariance_is_twice_the_inverse() {
        // H of −2 ln L for deviations 0.5 and 3 with correlation 0.6.
        let (a, b, r) = (0.5, 3.0, 0.6);
        let det = 1.0 - r * r;
        let curvature =
            matrix(&[2.0 / (a * a * det), -2.0 * r / (a * b * det), -2.0 * r / (a * b * det), 2.0 / (b * b * det)]);
        let covariance = curvature.covariance(&[0, 1]);
        assert!((covariance.deviations[0] - a).abs() < 1e-14);
        assert!((covariance.deviations[1] - b).abs() < 1e-14);
        assert!((covariance.correlation[1] - r).abs() < 1e-14);
    }

    #[test]
    fn an_undetermined_variable_is_infinite_and_leaves_the_others_alone() {
        // Variables 0 and 2 only appear as their sum; 1 is known to 0.1; 3 has no effect.
        let h = [[2.0, 0.0, 2.0, 0.0], [0.0, 200.0, 0.0, 0.0], [2.0, 0.0, 2.0, 0.0], [0.0, 0.0, 0.0, 0.0]];
        let covariance = matrix(&h.concat()).covariance(&[0, 1, 2, 3]);
        assert_eq!(covariance.deviations[0], f64::INFINITY);
        assert!((covariance.deviations[1] - 0.1).abs() < 1e-14);
        assert_eq!(covariance.deviations[2..], [f64::INFINITY, f64::INFINITY]);
        assert_eq!(covariance.correlation[2], 0.0);
    }
}
