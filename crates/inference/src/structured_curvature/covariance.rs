//! The covariance that second derivatives mean.

use histfactory_likelihood::{Place, add_scaled, dot};

use super::StructuredCurvature;
use crate::cholesky::{Definiteness, SMALLEST_PIVOT};
use crate::covariance::Covariance;
use crate::symmetric_eigen::SymmetricEigen;

impl StructuredCurvature {
    /// The covariance of the parameters marked `free`, the inverse of half of H over them.
    ///
    /// Where H is singular it is inverted on the span of the eigenvectors with positive eigenvalues, and the variables
    /// outside it are undetermined.
    pub fn covariance(&mut self, free: &[bool]) -> Covariance {
        self.damping = 0.0;
        self.take_free_columns(free);
        self.locals.eliminate(&self.expansion, &self.model, free, &self.units, 0.0);
        self.form();
        let parameters = self.model.columns();
        let columns: Vec<usize> = self.free_columns.iter().map(|&column| parameters[column]).collect();
        let count = columns.len();
        let mut matrix = vec![0.0; count * count];
        let formed = self.cholesky.clone();
        let flat = if self.cholesky.factor() == Definiteness::Positive {
            self.cholesky.inverse(&mut matrix);
            Vec::new()
        } else {
            pseudo_inverse(formed.lower(), count, &mut matrix)
        };
        for (i, &row) in columns.iter().enumerate() {
            for (j, &column) in columns.iter().enumerate() {
                matrix[i * count + j] *= 2.0 / (self.units[row] * self.units[column]);
            }
        }
        let mut covariance = Covariance { deviations: vec![0.0; free.len()], columns, matrix, ..Covariance::default() };
        for (i, &parameter) in covariance.columns.iter().enumerate() {
            covariance.deviations[parameter] = covariance.matrix[i * (count + 1)].max(0.0).sqrt();
        }
        self.add_locals(&mut covariance);
        for (parameter, place) in self.model.places().iter().enumerate() {
            if *place == Place::Loose && free[parameter] {
                let variance = 2.0 / self.expansion.constraint_curvature()[parameter];
                covariance.deviations[parameter] = variance.sqrt();
                if variance.is_finite() {
                    covariance.loose.push((parameter, variance));
                }
            }
        }
        self.mark_undetermined(&flat, &mut covariance);
        covariance
    }

    /// Adds what the locals have of their own and what follows from the columns.
    fn add_locals(&self, covariance: &mut Covariance) {
        let count = covariance.columns.len();
        let mut position = vec![0; self.model.locals().len()];
        for bin in 0..self.model.bins() {
            self.locals.visit_responses(&self.model, bin, &self.units, |local, response, own| {
                let index = covariance.locals.len();
                position[local] = index;
                covariance.locals.push(self.model.locals()[local]);
                covariance.responses.extend(self.free_columns.iter().map(|&column| response[column]));
                covariance.own.extend(own.iter().map(|&(other, entry)| (index, position[other], 2.0 * entry)));
            });
        }
        covariance.mixed = vec![0.0; covariance.responses.len()];
        let mut own = vec![0.0; covariance.locals.len()];
        for &(i, j, value) in &covariance.own {
            if i == j {
                own[i] = value;
            }
        }
        for (i, &parameter) in covariance.locals.iter().enumerate() {
            let response = &covariance.responses[i * count..][..count];
            let mixed = &mut covariance.mixed[i * count..][..count];
            for (row, &along) in covariance.matrix.chunks_exact(count.max(1)).zip(response) {
                add_scaled(mixed, along, row);
            }
            covariance.deviations[parameter] = (own[i] + dot(mixed, response)).max(0.0).sqrt();
        }
    }

    /// Makes infinite the deviations of parameters that flat directions (over the free columns, in natural units) move.
    fn mark_undetermined(&self, flat: &[Vec<f64>], covariance: &mut Covariance) {
        /// Share of a parameter in flat directions beyond which it counts as undetermined.
        const LARGEST_SHARE: f64 = 1e-8;
        let count = covariance.columns.len();
        let mut share = vec![0.0; covariance.deviations.len()];
        for direction in flat {
            let own: Vec<f64> =
                direction.iter().zip(&covariance.columns).map(|(entry, &column)| entry / self.units[column]).collect();
            for (entry, &column) in direction.iter().zip(&covariance.columns) {
                share[column] += entry * entry;
            }
            for (i, &parameter) in covariance.locals.iter().enumerate() {
                let moved = dot(&covariance.responses[i * count..][..count], &own) * self.units[parameter];
                share[parameter] += moved * moved;
            }
        }
        for (parameter, share) in share.into_iter().enumerate() {
            if share > LARGEST_SHARE {
                covariance.deviations[parameter] = f64::INFINITY;
            }
        }
        for local in (0..self.model.locals().len()).filter(|&local| self.locals.is_flat(local)) {
            covariance.deviations[self.model.locals()[local]] = f64::INFINITY;
        }
    }
}

/// Writes the inverse of a symmetric matrix (its lower triangle given) on the span of the eigenvectors with positive
/// eigenvalues, and returns the others.
fn pseudo_inverse(lower: &[f64], size: usize, inverse: &mut [f64]) -> Vec<Vec<f64>> {
    let eigen = SymmetricEigen::new(lower, size);
    let mut flat = Vec::new();
    for (&value, vector) in eigen.values.iter().zip(eigen.vectors()) {
        if value > SMALLEST_PIVOT * size as f64 {
            for (row, entry) in inverse.chunks_exact_mut(size).zip(vector) {
                add_scaled(row, entry / value, vector);
            }
        } else {
            flat.push(vector.to_vec());
        }
    }
    flat
}
