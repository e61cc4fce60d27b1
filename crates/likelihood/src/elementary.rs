//! The elementary functions that take part in a result.
//!
//! The standard library's versions come from the platform and differ in the last bit between a native build and
//! WebAssembly; these are the same operations everywhere, on two lanes ([`Lanes::ln`], [`Lanes::exp`]) or on one
//! number, which is one of two equal lanes.

mod exp;
mod ln;

pub(crate) use ln::{artanh_series, ln_of_normal};

use crate::lanes::Lanes;

/// eˣ; see [`Lanes::exp`].
///
/// ```
/// use histfactory_likelihood::elementary::exp;
/// assert_eq!(exp(0.0), 1.0);
/// assert_eq!(exp(1.0), core::f64::consts::E);
/// ```
#[inline(never)]
pub fn exp(x: f64) -> f64 {
    Lanes::splat(x).exp().first()
}

/// Natural logarithm; −∞ at 0, NaN below; see [`Lanes::ln`].
///
/// ```
/// use histfactory_likelihood::elementary::ln;
/// assert_eq!(ln(1.0), 0.0);
/// assert_eq!(ln(2.0), core::f64::consts::LN_2);
/// ```
#[inline(never)]
pub fn ln(x: f64) -> f64 {
    Lanes::splat(x).ln().first()
}

/// The number between `low` and `high` that is nearest to `x`; `low` for NaN. Unlike the standard library's it cannot
/// panic, nor does it bring the formatting of numbers for that into the module.
///
/// ```
/// use histfactory_likelihood::elementary::clamp;
/// assert_eq!([-1.0, 0.5, 7.0].map(|x| clamp(x, 0.0, 1.0)), [0.0, 0.5, 1.0]);
/// ```
#[inline]
#[allow(clippy::manual_clamp)]
pub fn clamp(x: f64, low: f64, high: f64) -> f64 {
    x.max(low).min(high)
}

/// ln 2 = `LN_2_HIGH` + `LN_2_LOW` to 102 bits. The high part has 42, so that its product with any exponent is exact.
const LN_2_HIGH: f64 = f64::from_bits(0x3FE6_2E42_FEFA_3800);
const LN_2_LOW: f64 = f64::from_bits(0x3D2E_F357_93C7_6730);
