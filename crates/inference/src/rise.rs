//! How far −2 ln L rises at the edge of a confidence region (S. S. Wilks, Ann. Math. Statist. 9 (1938) 60).

use histfactory_likelihood::elementary::ln;

use crate::normal::quantile;

/// For an interval of one parameter: the quantile of χ² with one degree of freedom at this confidence level, which lies
/// between 0 and 1.
///
/// ```
/// use histfactory_inference::interval_rise;
/// assert!((interval_rise(0.682_689_492_137_085_9) - 1.0).abs() < 1e-14);
/// assert!((interval_rise(0.95) - 3.841_458_820_694_124).abs() < 1e-13);
/// ```
pub fn interval_rise(confidence: f64) -> f64 {
    let sigmas = quantile(0.5 * (1.0 - confidence));
    sigmas * sigmas
}

/// For a contour of two parameters: likewise with two degrees of freedom, −2 ln(1 − confidence).
///
/// ```
/// use histfactory_inference::contour_rise;
/// assert!((contour_rise(0.95) - 5.991_464_547_107_979).abs() < 1e-13);
/// ```
pub fn contour_rise(confidence: f64) -> f64 {
    -2.0 * ln(1.0 - confidence)
}
