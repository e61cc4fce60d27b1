//! What inference asks of second derivatives, whatever form they are kept in.

use histfactory_likelihood::elementary::clamp;

use crate::cholesky::Definiteness;

/// Second derivatives of a function at a point, with a way to solve with them.
///
/// Solutions and signs are those of the matrix in natural units (entry ij divided by the units of i and j), which makes
/// its diagonal one or nearly so: published likelihoods span eleven orders of magnitude otherwise.
pub trait Curvature {
    /// The inverse of the natural unit of a variable: the root of its own second derivative, but not below that of its
    /// range, so that a step of one unit stays of its size where a variable has hardly any curvature; 1 for none.
    fn unit(&self, index: usize) -> f64;

    /// Takes the ranges of the variables from their bounds.
    fn set_ranges(&mut self, lower: &[f64], upper: &[f64]);

    /// Writes H·vector.
    fn product(&mut self, vector: &[f64], out: &mut [f64]);

    /// Prepares solutions with H + damping·diag(unit²) over the variables marked `free`; says what is known of the signs
    /// of that matrix. Nothing can be solved after [`Definiteness::Indefinite`].
    fn factor(&mut self, free: &[bool], damping: f64) -> Definiteness;

    /// Replaces `vector` by the solution over the variables marked `active`, all of which were free when the matrix was
    /// factored; the others get 0. Says no where the matrix turns out not to be positive definite.
    ///
    /// The solution may be approximate: the square of its error, measured by H, is small against that of the solution, as
    /// [`forcing`] says, or below `accuracy`.
    fn solve(&mut self, active: &[bool], vector: &mut [f64], accuracy: f64) -> bool;

    /// The signs of H over the variables marked `free`, from a full factorisation.
    fn definiteness(&mut self, free: &[bool]) -> Definiteness;

    /// A direction, in the variables' own units, along which H over the variables marked `free` is as negative as
    /// anywhere, with its curvature in natural units.
    fn lowest_mode(&mut self, free: &[bool]) -> (f64, Vec<f64>);
}

/// The error that a Newton step of this squared length, measured by H, may have, squared likewise: where Newton's method
/// squares the distance to the minimum, so may the error.
pub(crate) fn forcing(length: f64) -> f64 {
    length * clamp(0.01 * length, 1e-14, 1e-4)
}
