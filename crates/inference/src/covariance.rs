//! The covariance of the parameters at a minimum, in the form in which it is small.

use histfactory_likelihood::elementary::clamp;
use histfactory_likelihood::{add_scaled, dot};

/// Covariance of the free parameters, the inverse of half the Hessian of −2 ln L.
///
/// Parameters that move several bins have a dense matrix. A parameter of a single bin follows them linearly and has
/// some variance of its own besides, shared at most with the others of its bin; so memory grows with the bins and not
/// with their square.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Covariance {
    /// Standard deviation of every parameter: 0 where it is held, infinite where it is undetermined.
    pub deviations: Vec<f64>,
    /// The parameters with a dense matrix, ascending.
    pub columns: Vec<usize>,
    /// Their covariances, row by row; zeros for those that are undetermined.
    pub matrix: Vec<f64>,
    /// The parameters of single bins.
    pub locals: Vec<usize>,
    /// For each of them its covariance with the columns.
    pub mixed: Vec<f64>,
    /// For each of them its shift when a column moves by one.
    pub responses: Vec<f64>,
    /// Covariances of locals with the columns held: positions in `locals`, the second not above the first, and value.
    pub own: Vec<(usize, usize, f64)>,
    /// Parameters that move no rate, with their variance.
    pub loose: Vec<(usize, f64)>,
}

impl Covariance {
    /// Of independent parameters with these standard deviations; 0 where one is certain.
    pub fn independent(deviations: Vec<f64>) -> Self {
        let uncertain = deviations.iter().enumerate().filter(|(_, deviation)| **deviation != 0.0);
        let loose = uncertain.map(|(parameter, deviation)| (parameter, deviation * deviation)).collect();
        Self { deviations, loose, ..Self::default() }
    }

    /// Correlations of all parameters, row-major: 1 on the diagonal of those that are free, 0 in rows and columns of
    /// those that are held or undetermined (these with 1 on the diagonal).
    pub fn correlation(&self) -> Vec<f64> {
        let size = self.deviations.len();
        let columns = self.columns.len();
        let mut correlation = vec![0.0; size * size];
        let mut set = |i: usize, j: usize, covariance: f64| {
            let scale = self.deviations[i] * self.deviations[j];
            let value = if i == j {
                1.0
            } else if scale.is_finite() && scale > 0.0 {
                clamp(covariance / scale, -1.0, 1.0)
            } else {
                0.0
            };
            correlation[i * size + j] = value;
            correlation[j * size + i] = value;
        };
        for (i, &row) in self.columns.iter().enumerate() {
            for (j, &column) in self.columns[..=i].iter().enumerate() {
                set(row, column, self.matrix[i * columns + j]);
            }
        }
        let mut own = self.own.iter().peekable();
        for (i, &row) in self.locals.iter().enumerate() {
            for (&column, &covariance) in self.columns.iter().zip(&self.mixed[i * columns..]) {
                set(row, column, covariance);
            }
            for (j, &column) in self.locals[..=i].iter().enumerate() {
                let response = &self.responses[j * columns..][..columns];
                let mut covariance = dot(&self.mixed[i * columns..][..columns], response);
                if let Some((_, _, value)) = own.next_if(|entry| (entry.0, entry.1) == (i, j)) {
                    covariance += value;
                }
                set(row, column, covariance);
            }
        }
        for &(parameter, _) in &self.loose {
            set(parameter, parameter, 0.0);
        }
        for (parameter, deviation) in self.deviations.iter().enumerate() {
            if deviation.is_infinite() {
                set(parameter, parameter, 0.0);
            }
        }
        correlation
    }

    /// The covariances of Σ coefficient·parameter with each parameter; those that are held or undetermined take no part.
    /// `coefficients` has one entry per parameter.
    ///
    /// ```
    /// use histfactory_inference::Covariance;
    /// let covariance = Covariance::independent(vec![2.0, 0.0, 3.0]);
    /// assert_eq!(covariance.product(&[1.0, 1.0, -1.0]), [4.0, 0.0, -9.0]);
    /// ```
    pub fn product(&self, coefficients: &[f64]) -> Vec<f64> {
        let columns = self.columns.len();
        let determined = |parameter: usize| self.deviations[parameter].is_finite();
        let known = |parameter: usize| if determined(parameter) { coefficients[parameter] } else { 0.0 };
        let mut along: Vec<f64> = self.columns.iter().map(|&parameter| known(parameter)).collect();
        for (i, &parameter) in self.locals.iter().enumerate() {
            let coefficient = known(parameter);
            if coefficient != 0.0 {
                add_scaled(&mut along, coefficient, &self.responses[i * columns..][..columns]);
            }
        }
        let of_columns: Vec<f64> = self.matrix.chunks_exact(columns.max(1)).map(|row| dot(row, &along)).collect();
        let mut product = vec![0.0; self.deviations.len()];
        for (&parameter, &value) in self.columns.iter().zip(&of_columns) {
            product[parameter] = value;
        }
        for (i, &parameter) in self.locals.iter().enumerate() {
            product[parameter] = dot(&self.responses[i * columns..][..columns], &of_columns);
        }
        for &(i, j, value) in &self.own {
            let (first, second) = (self.locals[i], self.locals[j]);
            product[first] += value * known(second);
            if i != j {
                product[second] += value * known(first);
            }
        }
        for &(parameter, variance) in &self.loose {
            product[parameter] += variance * known(parameter);
        }
        for (parameter, value) in product.iter_mut().enumerate() {
            if !determined(parameter) {
                *value = 0.0;
            }
        }
        product
    }

    /// The variance of Σ coefficient·parameter, each parameter at most once; those that are held or undetermined take no
    /// part. `coefficients` has one entry per parameter.
    pub fn variance(&self, coefficients: &[f64]) -> f64 {
        let columns = self.columns.len();
        let known = |parameter: usize| {
            if self.deviations[parameter].is_finite() { coefficients[parameter] } else { 0.0 }
        };
        let mut along: Vec<f64> = self.columns.iter().map(|&parameter| known(parameter)).collect();
        let mut variance = 0.0;
        for (i, &parameter) in self.locals.iter().enumerate() {
            let coefficient = known(parameter);
            if coefficient != 0.0 {
                add_scaled(&mut along, coefficient, &self.responses[i * columns..][..columns]);
            }
        }
        for &(i, j, value) in &self.own {
            let pair = known(self.locals[i]) * known(self.locals[j]);
            variance += if i == j { pair * value } else { 2.0 * pair * value };
        }
        for &(parameter, value) in &self.loose {
            variance += known(parameter).powi(2) * value;
        }
        for (row, &coefficient) in self.matrix.chunks_exact(columns.max(1)).zip(&along) {
            if coefficient != 0.0 {
                variance += coefficient * dot(row, &along);
            }
        }
        variance.max(0.0)
    }
}
