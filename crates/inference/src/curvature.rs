//! What inference asks of second derivatives, whatever form they are kept in.

/// Second derivatives of a function at a point.
///
/// Matrices restricted to some variables are taken in units in which their diagonal is one (entry i divided by
/// √|H_ii|): published likelihoods span eleven orders of magnitude otherwise.
pub trait Curvature {
    /// A factored, restricted, damped matrix.
    type Factor: Factor;

    /// √|H_ii|, or 1 where that is 0: the inverse of the natural unit of variable `index`.
    fn unit(&self, index: usize) -> f64;

    /// Writes H·vector.
    fn product(&self, vector: &[f64], out: &mut [f64]);

    /// Factors H + damping·diag(unit²) restricted to `free`; `None` unless it is safely positive definite.
    fn factor(&self, free: &[usize], damping: f64) -> Option<Self::Factor>;

    /// Lowest eigenvalue of the restricted matrix in natural units, with its vector in the variables' own units.
    fn lowest_mode(&self, free: &[usize]) -> (f64, Vec<f64>);

    /// Covariance of the variables in `free`, the inverse of half the restricted matrix (H is that of −2 ln L).
    fn covariance(&self, free: &[usize]) -> Covariance;
}

/// A factored matrix.
pub trait Factor {
    /// Replaces `vector` by the solution of matrix · x = vector.
    fn solve(&self, vector: &mut [f64]);
}

/// Standard deviations and correlations of some variables.
#[derive(Clone, Debug, PartialEq)]
pub struct Covariance {
    /// Infinite for a variable that the function leaves undetermined.
    pub deviations: Vec<f64>,
    /// Row-major, 1 on the diagonal; 0 off it for undetermined variables.
    pub correlation: Vec<f64>,
}
