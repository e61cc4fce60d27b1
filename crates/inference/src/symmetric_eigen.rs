//! Eigenvalues and eigenvectors of a small symmetric matrix.
//!
//! Householder reflections bring it to tridiagonal form, rotations with Wilkinson's shift (the implicit QL method) that
//! to diagonal form (G. H. Golub and C. F. Van Loan, *Matrix Computations*, ch. 8.3). nalgebra has the same, but makes
//! the module that a page loads 7 kB larger.

use histfactory_likelihood::{add_scaled, dot};

/// Rotations of one eigenvalue after which what is left of its off-diagonal entry stays; two or three are usual.
const MOST_ROUNDS: usize = 60;

/// Eigenvalues, in no particular order, with their eigenvectors as rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct SymmetricEigen {
    pub values: Vec<f64>,
    vectors: Vec<f64>,
}

impl SymmetricEigen {
    /// Of a matrix with `size` rows, of which the lower triangle is given row by row.
    pub fn new(lower: &[f64], size: usize) -> Self {
        let mut matrix = vec![0.0; size * size];
        let mut vectors = vec![0.0; size * size];
        for i in 0..size {
            vectors[i * (size + 1)] = 1.0;
            for j in 0..size {
                matrix[i * size + j] = lower[i.max(j) * size + i.min(j)];
            }
        }
        let off_diagonal = tridiagonal(&mut matrix, size, &mut vectors);
        let values = (0..size).map(|i| matrix[i * (size + 1)]).collect();
        let mut eigen = Self { values, vectors };
        eigen.rotate(off_diagonal);
        eigen
    }

    /// The eigenvector of each value.
    pub fn vectors(&self) -> impl Iterator<Item = &[f64]> {
        self.vectors.chunks_exact(self.values.len().max(1))
    }

    /// Brings a tridiagonal matrix to diagonal form; entry i of `off` lies between rows i and i + 1.
    fn rotate(&mut self, mut off: Vec<f64>) {
        let size = self.values.len();
        for first in 0..size {
            for _ in 0..MOST_ROUNDS {
                let diagonal = &mut self.values;
                let negligible = |i: usize| {
                    i + 1 == size || off[i].abs() <= f64::EPSILON * (diagonal[i].abs() + diagonal[i + 1].abs())
                };
                let last = (first..size).find(|&i| negligible(i)).unwrap_or(first);
                if last == first {
                    break;
                }
                let half = (diagonal[first + 1] - diagonal[first]) / (2.0 * off[first]);
                let root = (half * half + 1.0).sqrt();
                let mut bulge = diagonal[last] - diagonal[first] + off[first] / (half + root.copysign(half));
                let (mut sine, mut cosine, mut shift) = (1.0, 1.0, 0.0);
                for i in (first..last).rev() {
                    let (across, along) = (sine * off[i], cosine * off[i]);
                    let radius = (across * across + bulge * bulge).sqrt();
                    off[i + 1] = radius;
                    (sine, cosine) = if radius > 0.0 { (across / radius, bulge / radius) } else { (0.0, 1.0) };
                    let before = diagonal[i + 1] - shift;
                    let moved = (diagonal[i] - before) * sine + 2.0 * cosine * along;
                    shift = sine * moved;
                    diagonal[i + 1] = before + shift;
                    bulge = cosine * moved - along;
                    let (upper, below) = self.vectors[i * size..(i + 2) * size].split_at_mut(size);
                    for (x, y) in upper.iter_mut().zip(below) {
                        (*x, *y) = (cosine * *x - sine * *y, sine * *x + cosine * *y);
                    }
                }
                diagonal[first] -= shift;
                off[first] = bulge;
                off[last] = 0.0;
            }
        }
    }
}

/// Brings a symmetric matrix to tridiagonal form, applies the same reflections to the rows of `vectors`, and returns the
/// entries beside the diagonal, with a 0 at the end.
fn tridiagonal(matrix: &mut [f64], size: usize, vectors: &mut [f64]) -> Vec<f64> {
    let mut off = vec![0.0; size];
    let mut mirror = vec![0.0; size];
    let mut image = vec![0.0; size];
    for k in 0..size.saturating_sub(1) {
        for i in k + 1..size {
            mirror[i] = matrix[i * size + k];
        }
        let length = dot(&mirror[k + 1..], &mirror[k + 1..]).sqrt();
        let target = -length.copysign(mirror[k + 1]);
        off[k] = target;
        mirror[k + 1] -= target;
        let norm = dot(&mirror[k + 1..], &mirror[k + 1..]).sqrt();
        if norm == 0.0 {
            continue;
        }
        mirror[k + 1..].iter_mut().for_each(|entry| *entry /= norm);
        // A ← A − v wᵀ − w vᵀ with w = 2(Av − (vᵀAv) v), below and right of row k.
        let unit = &mirror[k + 1..];
        for i in k + 1..size {
            image[i] = dot(&matrix[i * size + k + 1..(i + 1) * size], unit);
        }
        let across = dot(unit, &image[k + 1..]);
        for (entry, along) in image[k + 1..].iter_mut().zip(unit) {
            *entry = 2.0 * (*entry - across * along);
        }
        for i in k + 1..size {
            let row = &mut matrix[i * size + k + 1..(i + 1) * size];
            add_scaled(row, -mirror[i], &image[k + 1..]);
            add_scaled(row, -image[i], unit);
        }
        let mut sum = vec![0.0; size];
        for i in k + 1..size {
            add_scaled(&mut sum, 2.0 * mirror[i], &vectors[i * size..(i + 1) * size]);
        }
        for i in k + 1..size {
            add_scaled(&mut vectors[i * size..(i + 1) * size], -mirror[i], &sum);
        }
    }
    off
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entries between −1 and 1 that follow no pattern; with `rank` below `size` a sum of so many squares.
    fn example(size: usize, rank: usize) -> Vec<f64> {
        let entry = |i: usize, j: usize| libm::sin((13 * i + 7 * j * j + 1) as f64);
        let mut lower = vec![0.0; size * size];
        for i in 0..size {
            for j in 0..=i {
                lower[i * size + j] =
                    if rank < size { (0..rank).map(|r| entry(r, i) * entry(r, j)).sum() } else { entry(i, j) };
            }
        }
        lower
    }

    #[test]
    fn the_matrix_is_the_sum_of_its_parts_and_the_vectors_are_orthonormal() {
        for (size, rank) in [(0, 0), (1, 1), (2, 2), (3, 3), (3, 1), (8, 8), (8, 3), (25, 25), (40, 39)] {
            let lower = example(size, rank);
            let eigen = SymmetricEigen::new(&lower, size);
            let vectors: Vec<&[f64]> = eigen.vectors().collect();
            assert_eq!((eigen.values.len(), vectors.len()), (size, size));
            for i in 0..size {
                for j in 0..=i {
                    let sum: f64 = (0..size).map(|k| eigen.values[k] * vectors[k][i] * vectors[k][j]).sum();
                    assert!((sum - lower[i * size + j]).abs() < 1e-12, "{size} [{i}][{j}]: {sum}");
                    let product = dot(vectors[i], vectors[j]);
                    assert!((product - f64::from(u8::from(i == j))).abs() < 1e-12, "{size} [{i}][{j}]: {product}");
                }
            }
        }
    }

    #[test]
    fn known_values() {
        let mut values = SymmetricEigen::new(&[2.0, 0.0, 0.0, -1.0, 2.0, 0.0, 0.0, -1.0, 2.0], 3).values;
        values.sort_by(f64::total_cmp);
        for (value, expected) in values.iter().zip([2.0 - 2.0_f64.sqrt(), 2.0, 2.0 + 2.0_f64.sqrt()]) {
            assert!((value - expected).abs() < 1e-14);
        }
        assert_eq!(SymmetricEigen::new(&[0.0; 9], 3).values, [0.0; 3]);
    }
}
