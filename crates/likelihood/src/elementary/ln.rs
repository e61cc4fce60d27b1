//! The natural logarithm on two lanes.

use super::{LN_2_HIGH, LN_2_LOW};
use crate::lanes::{Bits, Lanes};

const ONE: u64 = 1.0_f64.to_bits();
const ROOT_HALF: u64 = core::f64::consts::FRAC_1_SQRT_2.to_bits();
const MANTISSA: u64 = (1 << 52) - 1;
/// 2⁵²: the integer n < 2⁵² added to its bits makes the number 2⁵² + n.
const TWO_52: f64 = 4_503_599_627_370_496.0;
/// 2⁵⁴, which makes every subnormal number a normal one.
const TWO_54: f64 = 18_014_398_509_481_984.0;

impl Lanes {
    /// Natural logarithm: −∞ at ±0, ∞ at ∞, NaN below 0 and at NaN.
    ///
    /// x = 2^k·(1 + f) with √½ ≤ 1 + f < √2, and ln x = k ln 2 + f − (f − ln(1 + f)), where the last term is at most
    /// 0.19·|f| and a series in f/(2 + f) (Tang, *Table-driven implementation of the logarithm function in IEEE
    /// floating-point arithmetic*, ACM TOMS 16, 1990, without the tables). The result is within two units in the last
    /// place of the true value, 0.99 by measurement (`tests/accuracy`).
    ///
    /// ```
    /// use histfactory_likelihood::Lanes;
    /// assert_eq!(Lanes::new(1.0, 0.0).ln().to_array(), [0.0, f64::NEG_INFINITY]);
    /// ```
    #[inline]
    pub fn ln(self) -> Self {
        let normal = Self::splat(f64::MIN_POSITIVE).at_most(self) & self.at_most(Self::splat(f64::MAX));
        if normal.all() { ln_of_normal(self) } else { ln_of_any(self) }
    }
}

/// Of positive normal finite numbers.
#[inline(always)]
pub(crate) fn ln_of_normal(x: Lanes) -> Lanes {
    let x = Decomposed::of_normal(x);
    x.ln(excess_over_log1p(x.fraction))
}

/// Of all numbers. Inlined although it is rare: a call within a loop makes V8 keep the constants on the stack.
#[inline(always)]
fn ln_of_any(x: Lanes) -> Lanes {
    let (zero, infinity) = (Lanes::splat(0.0), Lanes::splat(f64::INFINITY));
    let subnormal = x.less(Lanes::splat(f64::MIN_POSITIVE));
    let Decomposed { exponent, fraction } = Decomposed::of_normal(subnormal.select(x * Lanes::splat(TWO_54), x));
    let exponent = exponent - subnormal.select(Lanes::splat(54.0), zero);
    let positive = Decomposed { exponent, fraction }.ln(excess_over_log1p(fraction));
    let not_positive = zero.at_most(x).select(Lanes::splat(f64::NEG_INFINITY), Lanes::splat(f64::NAN));
    zero.less(x).select(x.less(infinity).select(positive, infinity), not_positive)
}

/// x = 2^exponent·(1 + fraction) with √½ ≤ 1 + fraction < √2.
struct Decomposed {
    exponent: Lanes,
    fraction: Lanes,
}

impl Decomposed {
    /// Exact for positive normal finite numbers; others give two finite numbers without a meaning.
    #[inline(always)]
    fn of_normal(x: Lanes) -> Self {
        // Carries into the exponent where the significand is √2 or more.
        let bits = x.to_bits() + Bits::splat(ONE - ROOT_HALF);
        let exponent = (bits.shifted_right::<52>() + Bits::splat(TWO_52.to_bits())).to_lanes();
        let significand = ((bits & Bits::splat(MANTISSA)) + Bits::splat(ROOT_HALF)).to_lanes();
        Self { exponent: exponent - Lanes::splat(TWO_52 + 1023.0), fraction: significand - Lanes::splat(1.0) }
    }

    /// ln x, given `excess` = f − ln(1 + f) of the fraction f.
    ///
    /// The two products add up to k ln 2, and the first is exact. Where the last difference is below ½ it is exact too,
    /// and above that the rounding error of the one before it is at most a quarter of a unit.
    #[inline(always)]
    fn ln(&self, excess: Lanes) -> Lanes {
        let (high, low) = (self.exponent * Lanes::splat(LN_2_HIGH), self.exponent * Lanes::splat(LN_2_LOW));
        high - ((excess - low) - self.fraction)
    }
}

/// f − ln(1 + f) without cancellation for √½ ≤ 1 + f ≤ √2.
///
/// With s = f/(2 + f), ln(1 + f) = 2 artanh s and 2s = f − s·f, so that f − ln(1 + f) = s·(f − (2 artanh s/s − 2)).
#[inline(always)]
fn excess_over_log1p(f: Lanes) -> Lanes {
    let s = f / (Lanes::splat(2.0) + f);
    s * (f - artanh_series(s))
}

/// 2 artanh s/s − 2 = 2s²/3 + 2s⁴/5 + … for |s| ≤ (√2 − 1)/(√2 + 1).
///
/// The minimax polynomial of sixth order in s² (Remez), which changes 2 artanh s by at most 2⁻⁵⁹.
#[inline(always)]
pub(crate) fn artanh_series(s: Lanes) -> Lanes {
    const P: [f64; 7] = [
        0.666_666_666_666_667,
        0.399_999_999_998_985_06,
        0.285_714_286_263_712_26,
        0.222_222_110_774_015_02,
        0.181_828_928_870_988_7,
        0.153_316_079_666_204_14,
        0.146_177_368_047_314_4,
    ];
    let [p0, p1, p2, p3, p4, p5, p6] = P.map(Lanes::splat);
    let z = s * s;
    let w = z * z;
    z * (((p0 + z * p1) + w * (p2 + z * p3)) + (w * w) * ((p4 + z * p5) + w * p6))
}
