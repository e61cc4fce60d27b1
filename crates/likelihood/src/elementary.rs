//! The elementary functions that take part in a result.
//!
//! The standard library's versions come from the platform and differ in the last bit between a native build and
//! WebAssembly; these are the same instructions everywhere.

/// eˣ.
#[inline]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm; −∞ at 0, NaN below.
#[inline]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}
