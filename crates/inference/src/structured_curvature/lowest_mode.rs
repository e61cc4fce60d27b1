//! Directions in which second derivatives are negative.

use super::StructuredCurvature;
use crate::symmetric_eigen::SymmetricEigen;

impl StructuredCurvature {
    /// The lowest mode over the columns and the locals of one bin, of the first bin where that is negative.
    pub(super) fn lowest_local_mode(&mut self, free: &[bool]) -> (f64, Vec<f64>) {
        let mut mode = vec![0.0; free.len()];
        let mut product = vec![0.0; free.len()];
        let columns = self.model.columns().iter().copied().filter(|&parameter| free[parameter]);
        let mut subset: Vec<usize> = columns.collect();
        let shared = subset.len();
        for bin in 0..self.model.bins() {
            subset.truncate(shared);
            let locals = self.model.bin_locals(bin).map(|local| self.model.locals()[local]);
            subset.extend(locals.filter(|&parameter| free[parameter]));
            let size = subset.len();
            let mut lower = vec![0.0; size * size];
            for (i, &parameter) in subset.iter().enumerate() {
                mode.fill(0.0);
                mode[parameter] = 1.0 / self.units[parameter];
                self.expansion.product(&self.model, &mode, &mut product);
                for (j, &other) in subset[..=i].iter().enumerate() {
                    lower[i * size + j] = product[other] / self.units[other];
                }
            }
            let (eigenvalue, vector) = lowest_eigenvector(&lower, size);
            if eigenvalue < 0.0 {
                mode.fill(0.0);
                for (&parameter, entry) in subset.iter().zip(vector) {
                    mode[parameter] = entry / self.units[parameter];
                }
                return (eigenvalue, mode);
            }
        }
        mode.fill(0.0);
        (0.0, mode)
    }
}

/// The lowest eigenvalue of a symmetric matrix, of which the lower triangle is given row by row, and its vector.
pub(super) fn lowest_eigenvector(lower: &[f64], size: usize) -> (f64, Vec<f64>) {
    let eigen = SymmetricEigen::new(lower, size);
    let pairs = eigen.values.iter().zip(eigen.vectors());
    let lowest = pairs.reduce(|lowest, other| if other.0 < lowest.0 { other } else { lowest });
    lowest.map_or((0.0, Vec::new()), |(value, vector)| (*value, vector.to_vec()))
}
