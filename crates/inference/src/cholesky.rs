//! Cholesky factorisation of small dense matrices, two lanes at a time.
//!
//! Matrices are row-major and only their lower triangle is read and written, so every inner loop runs along rows. The
//! order of all additions is fixed.

use histfactory_likelihood::{Lanes, add_scaled, dot};

/// A pivot of this size against the unit diagonal does not count as positive: it is the rounding error of a zero.
pub(crate) const SMALLEST_PIVOT: f64 = 1e-13;

/// A slope of this size in natural units is the rounding error of a zero.
pub(crate) const SMALLEST_SLOPE: f64 = 1e-9;

/// What a row may have left over in the column of a zero pivot; no semidefinite matrix has more than √pivot.
const LARGEST_BEND: f64 = 1e-6;

/// What the pivots say of a symmetric matrix with a diagonal near one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Definiteness {
    /// All are positive.
    Positive,
    /// Some are zero to rounding, the others positive. Their variables are left out of solutions.
    Flat,
    /// One is negative.
    Indefinite,
}

impl Definiteness {
    /// That of a matrix of two blocks.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Indefinite, _) | (_, Self::Indefinite) => Self::Indefinite,
            (Self::Flat, _) | (_, Self::Flat) => Self::Flat,
            _ => Self::Positive,
        }
    }
}

/// The lower triangular factor L of a matrix L·Lᵀ, its memory used again and again.
#[derive(Clone, Debug, Default)]
pub struct Cholesky {
    size: usize,
    /// L below the diagonal.
    lower: Vec<f64>,
    /// 1/L_ii; 0 for a variable that is left out.
    inverse_diagonal: Vec<f64>,
}

impl Cholesky {
    /// The lower triangle of a matrix of `size` rows, all zeros, to be filled before [`factor`](Self::factor).
    pub fn matrix(&mut self, size: usize) -> &mut [f64] {
        self.size = size;
        self.lower.clear();
        self.lower.resize(size * size, 0.0);
        self.inverse_diagonal.clear();
        self.inverse_diagonal.resize(size, 0.0);
        &mut self.lower
    }

    /// The matrix, or after [`factor`](Self::factor) L: row-major, its lower triangle.
    pub fn lower(&self) -> &[f64] {
        &self.lower
    }

    /// Factors the matrix in place. After [`Definiteness::Indefinite`] there is nothing to solve with.
    pub fn factor(&mut self) -> Definiteness {
        let size = self.size;
        let mut definiteness = Definiteness::Positive;
        // A variable without curvature of its own that is bent together with another: that is a saddle.
        let mut bent = false;
        for row in 0..size {
            let (above, rest) = self.lower.split_at_mut(row * size);
            let current = &mut rest[..size];
            let mut column = 0;
            while column + 1 < row {
                let first = &above[column * size..][..column];
                let second = &above[(column + 1) * size..][..=column];
                let [to_first, to_second] = dot_pair(&current[..column], first, second);
                let entry = current[column] - to_first;
                current[column] = entry * self.inverse_diagonal[column];
                let next = current[column + 1] - to_second - current[column] * second[column];
                current[column + 1] = next * self.inverse_diagonal[column + 1];
                bent |= self.inverse_diagonal[column] == 0.0 && entry.abs() > LARGEST_BEND;
                bent |= self.inverse_diagonal[column + 1] == 0.0 && next.abs() > LARGEST_BEND;
                column += 2;
            }
            if column < row {
                let entry = current[column] - dot(&current[..column], &above[column * size..][..column]);
                current[column] = entry * self.inverse_diagonal[column];
                bent |= self.inverse_diagonal[column] == 0.0 && entry.abs() > LARGEST_BEND;
            }
            if bent {
                return Definiteness::Indefinite;
            }
            let pivot = current[row] - dot(&current[..row], &current[..row]);
            if pivot > SMALLEST_PIVOT {
                current[row] = pivot.sqrt();
                self.inverse_diagonal[row] = 1.0 / current[row];
            } else if pivot >= -SMALLEST_PIVOT {
                definiteness = Definiteness::Flat;
                current[row] = 0.0;
                self.inverse_diagonal[row] = 0.0;
            } else {
                return Definiteness::Indefinite;
            }
        }
        definiteness
    }

    /// Replaces `vector` by the solution of L·Lᵀ·x = vector.
    pub fn solve(&self, vector: &mut [f64]) {
        let size = self.size;
        for row in 0..size {
            let (known, rest) = vector.split_at_mut(row);
            rest[0] = (rest[0] - dot(&self.lower[row * size..][..row], known)) * self.inverse_diagonal[row];
        }
        for row in (0..size).rev() {
            let value = vector[row] * self.inverse_diagonal[row];
            vector[row] = value;
            add_scaled(&mut vector[..row], -value, &self.lower[row * size..][..row]);
        }
    }

    /// Writes the inverse of a positive definite matrix, both triangles.
    pub fn inverse(&self, inverse: &mut [f64]) {
        let size = self.size;
        // Rows of L⁻¹ one after the other, each from those above it.
        let mut factor = vec![0.0; size * size];
        for row in 0..size {
            let (above, rest) = factor.split_at_mut(row * size);
            let current = &mut rest[..size];
            let scale = self.inverse_diagonal[row];
            let weights = self.lower[row * size..][..row].iter().map(|entry| -scale * entry);
            add_rows(current, above, size, weights);
            current[row] = scale;
        }
        // L⁻ᵀ·L⁻¹, of which only what lies at or left of the diagonal is formed.
        inverse.fill(0.0);
        for row in 0..size {
            let target = &mut inverse[row * size..][..=row];
            let weights = (row..size).map(|k| factor[k * size + row]);
            add_rows(target, &factor[row * size..], size, weights);
        }
        for row in 1..size {
            for column in 0..row {
                inverse[column * size + row] = inverse[row * size + column];
            }
        }
    }
}

/// target += Σ weight·row over the rows of a matrix with `size` columns, four rows at a time.
fn add_rows(target: &mut [f64], matrix: &[f64], size: usize, weights: impl Iterator<Item = f64>) {
    let length = target.len();
    let mut quad = [0.0; 4];
    let mut filled = 0;
    let mut first = 0;
    for (index, weight) in weights.enumerate() {
        quad[filled] = weight;
        filled += 1;
        if filled == 4 {
            let row = |offset: usize| &matrix[(first + offset) * size..][..length];
            let rows = row(0).iter().zip(row(1)).zip(row(2)).zip(row(3));
            for (target, (((a, b), c), d)) in target.iter_mut().zip(rows) {
                *target += (quad[0] * a + quad[1] * b) + (quad[2] * c + quad[3] * d);
            }
            first = index + 1;
            filled = 0;
        }
    }
    for (offset, weight) in quad[..filled].iter().enumerate() {
        add_scaled(target, *weight, &matrix[(first + offset) * size..][..length]);
    }
}

/// lower += Σ weight·row·rowᵀ over the rows of a matrix with `size` columns, four rows at a time; the lower triangle.
pub(crate) fn add_squares(lower: &mut [f64], size: usize, rows: &[f64], weights: &[f64]) {
    let quads = rows.chunks_exact(4 * size.max(1));
    let rest = quads.remainder();
    let (weight_quads, weight_rest) = weights.as_chunks::<4>();
    for (quad, weights) in quads.zip(weight_quads) {
        let row = |offset: usize| &quad[offset * size..][..size];
        let (a, b, c, d) = (row(0), row(1), row(2), row(3));
        for (i, target) in lower.chunks_exact_mut(size).enumerate() {
            let [wa, wb, wc, wd] = [weights[0] * a[i], weights[1] * b[i], weights[2] * c[i], weights[3] * d[i]];
            let rows = a[..=i].iter().zip(&b[..=i]).zip(&c[..=i]).zip(&d[..=i]);
            for (target, (((a, b), c), d)) in target[..=i].iter_mut().zip(rows) {
                *target += (wa * a + wb * b) + (wc * c + wd * d);
            }
        }
    }
    for (row, weight) in rest.chunks_exact(size.max(1)).zip(weight_rest) {
        histfactory_likelihood::add_square(lower, *weight, row);
    }
}

/// Two products with the same vector, all of its length or longer.
fn dot_pair(common: &[f64], first: &[f64], second: &[f64]) -> [f64; 2] {
    let (common_pairs, common_rest) = common.as_chunks::<2>();
    let (first_pairs, first_rest) = first[..common.len()].as_chunks::<2>();
    let (second_pairs, second_rest) = second[..common.len()].as_chunks::<2>();
    let (mut to_first, mut to_second) = (Lanes::splat(0.0), Lanes::splat(0.0));
    for ((common, first), second) in common_pairs.iter().zip(first_pairs).zip(second_pairs) {
        let common = Lanes::from(*common);
        to_first += common * Lanes::from(*first);
        to_second += common * Lanes::from(*second);
    }
    let mut sums = [to_first.sum(), to_second.sum()];
    for ((common, first), second) in common_rest.iter().zip(first_rest).zip(second_rest) {
        sums[0] += common * first;
        sums[1] += common * second;
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A symmetric positive definite matrix with unit diagonal, of `size` rows.
    fn example(size: usize) -> Vec<f64> {
        let mut matrix = vec![0.0; size * size];
        for i in 0..size {
            for j in 0..size {
                let apart = i.abs_diff(j) as f64;
                matrix[i * size + j] = if i == j { 1.0 } else { 0.4 * libm::cos(3.0 * apart) / (1.0 + apart * apart) };
            }
        }
        matrix
    }

    fn factored(matrix: &[f64], size: usize) -> (Cholesky, Definiteness) {
        let mut cholesky = Cholesky::default();
        cholesky.matrix(size).copy_from_slice(matrix);
        let definiteness = cholesky.factor();
        (cholesky, definiteness)
    }

    #[test]
    fn solutions_and_inverses_of_every_small_size() {
        for size in 0..20 {
            let matrix = example(size);
            let (cholesky, definiteness) = factored(&matrix, size);
            assert_eq!(definiteness, Definiteness::Positive);
            let truth: Vec<f64> = (0..size).map(|i| 1.0 - 0.3 * i as f64).collect();
            let mut vector: Vec<f64> =
                (0..size).map(|i| (0..size).map(|j| matrix[i * size + j] * truth[j]).sum()).collect();
            cholesky.solve(&mut vector);
            let mut inverse = vec![f64::NAN; size * size];
            cholesky.inverse(&mut inverse);
            for i in 0..size {
                assert!((vector[i] - truth[i]).abs() < 1e-12);
                for j in 0..size {
                    let product: f64 = (0..size).map(|k| matrix[i * size + k] * inverse[k * size + j]).sum();
                    assert!((product - f64::from(u8::from(i == j))).abs() < 1e-13, "{size} [{i}][{j}]: {product}");
                }
            }
        }
    }

    #[test]
    fn pivots_tell_flat_from_indefinite() {
        let (flat, definiteness) = factored(&[1.0, 1.0, 1.0, 1.0], 2);
        assert_eq!(definiteness, Definiteness::Flat);
        let mut vector = [3.0, 3.0];
        flat.solve(&mut vector);
        assert_eq!(vector, [3.0, 0.0]);
        assert_eq!(factored(&[1.0, 2.0, 2.0, 1.0], 2).1, Definiteness::Indefinite);
        assert_eq!(factored(&[-1.0], 1).1, Definiteness::Indefinite);
        assert_eq!(factored(&[0.0, 0.1, 0.1, 1.0], 2).1, Definiteness::Indefinite);
    }

    #[test]
    fn squares_add_up_whatever_their_number() {
        let size = 5;
        for count in 0..10 {
            let rows: Vec<f64> = (0..count * size).map(|i| libm::sin(i as f64)).collect();
            let weights: Vec<f64> = (0..count).map(|i| 0.5 - 0.2 * i as f64).collect();
            let mut lower = vec![0.0; size * size];
            add_squares(&mut lower, size, &rows, &weights);
            for i in 0..size {
                for j in 0..=i {
                    let expected: f64 = (0..count).map(|r| weights[r] * rows[r * size + i] * rows[r * size + j]).sum();
                    assert!((lower[i * size + j] - expected).abs() < 1e-14);
                }
            }
        }
    }
}
