//! The slow twin of ln and exp: numbers that are sums of two, with 106 bits.
//!
//! Sums and products after Dekker, *A floating-point technique for extending the available precision*, Numer. Math. 18,
//! 1971. The functions below are good to 2⁻⁷⁰ of their value or better, 2⁻¹⁷ of a unit in the last place of an f64.

use std::sync::LazyLock;

/// high + low with |low| at most half a unit in the last place of high.
#[derive(Clone, Copy, Debug)]
pub struct DoubleDouble {
    pub high: f64,
    pub low: f64,
}

impl DoubleDouble {
    pub const fn new(high: f64, low: f64) -> Self {
        Self { high, low }
    }

    /// a + b, exactly.
    pub fn sum(a: f64, b: f64) -> Self {
        let high = a + b;
        let other = high - a;
        Self { high, low: (a - (high - other)) + (b - other) }
    }

    /// a + b for |a| ≥ |b|, exactly.
    fn ordered_sum(a: f64, b: f64) -> Self {
        let high = a + b;
        Self { high, low: b - (high - a) }
    }

    /// a·b, exactly.
    pub fn product(a: f64, b: f64) -> Self {
        let halves = |x: f64| {
            let shifted = 134_217_729.0 * x;
            let high = shifted - (shifted - x);
            (high, x - high)
        };
        let ((a1, a2), (b1, b2)) = (halves(a), halves(b));
        let high = a * b;
        Self { high, low: ((a1 * b1 - high) + a1 * b2 + a2 * b1) + a2 * b2 }
    }

    pub fn plus(self, other: Self) -> Self {
        let high = Self::sum(self.high, other.high);
        let low = Self::sum(self.low, other.low);
        let sum = Self::ordered_sum(high.high, high.low + low.high);
        Self::ordered_sum(sum.high, sum.low + low.low)
    }

    pub fn times(self, other: Self) -> Self {
        let product = Self::product(self.high, other.high);
        Self::ordered_sum(product.high, product.low + (self.high * other.low + self.low * other.high))
    }

    pub fn over(self, divisor: f64) -> Self {
        let quotient = self.high / divisor;
        let product = Self::product(quotient, divisor);
        Self::ordered_sum(quotient, ((self.high - product.high) - product.low + self.low) / divisor)
    }

    /// (`value` − self) in units in the last place of self, not below `smallest_unit`.
    pub fn distance(self, value: f64, smallest_unit: f64) -> f64 {
        let magnitude = self.high.abs();
        let binade = f64::from_bits(magnitude.to_bits() & !((1 << 52) - 1));
        let below = binade == magnitude && self.low * self.high < 0.0;
        let unit = f64::max(if below { binade / 2.0 } else { binade } * f64::EPSILON, smallest_unit);
        ((value - self.high) - self.low) / unit
    }
}

/// ln 2 in three parts (160 bits, from mpmath), the first short enough for exact products with exponents.
const LN_2: [f64; 3] = [0.693_147_180_559_890_3, 5.497_923_018_708_371e-14, 1.947_045_092_380_75e-31];

/// k·ln 2 for |k| < 2¹¹.
fn times_ln_2(k: f64) -> DoubleDouble {
    DoubleDouble::new(k * LN_2[0], 0.0)
        .plus(DoubleDouble::product(k, LN_2[1]).plus(DoubleDouble::new(k * LN_2[2], 0.0)))
}

/// e^{j/64} for j = −32…32, by Taylor's series.
static POWERS: LazyLock<[DoubleDouble; 65]> = LazyLock::new(|| {
    core::array::from_fn(|index| {
        let argument = DoubleDouble::new((index as f64 - 32.0) / 64.0, 0.0);
        (1..40).rev().fold(DoubleDouble::new(1.0, 0.0), |sum, n| {
            DoubleDouble::new(1.0, 0.0).plus(argument.times(sum).over(f64::from(n)))
        })
    })
});

/// eˣ = 2^k·m with m between 0.7 and 1.42: m and k, for |x| < 1000.
pub fn exp(x: f64) -> (DoubleDouble, i32) {
    let k = (x / std::f64::consts::LN_2).round();
    let minus = times_ln_2(-k);
    let r = DoubleDouble::new(x, 0.0).plus(minus);
    let j = (64.0 * r.high).round();
    let t = r.plus(DoubleDouble::new(-j / 64.0, 0.0));
    // |t| ≤ 1/128: what follows the square is below 2⁻²³, and its own rounding errors below 2⁻⁷⁵.
    let h = t.high;
    let rest = h * h * h * (1.0 / 6.0 + h * (1.0 / 24.0 + h * (1.0 / 120.0 + h * (1.0 / 720.0 + h / 5040.0))));
    let rest = DoubleDouble::new(rest + h.powi(8) / 40320.0, 0.0);
    let square = t.times(t);
    let half_square = DoubleDouble::new(square.high / 2.0, square.low / 2.0);
    let power = DoubleDouble::new(1.0, 0.0).plus(t.plus(half_square.plus(rest)));
    (POWERS[(j + 32.0) as usize].times(power), k as i32)
}

/// ln x for positive finite x.
pub fn ln(x: f64) -> DoubleDouble {
    let (x, shift) = if x < f64::MIN_POSITIVE { (x * 2.0_f64.powi(54), 54.0) } else { (x, 0.0) };
    // x = 2^k·m with 0.75 ≤ m < 1.5.
    let offset = 1.0_f64.to_bits() - 0.75_f64.to_bits();
    let exponent = (x.to_bits() + offset) >> 52;
    let m = f64::from_bits(x.to_bits().wrapping_sub(exponent << 52).wrapping_add(1.0_f64.to_bits()));
    let k = exponent as f64 - 1023.0 - shift;
    times_ln_2(k).plus(if (m - 1.0).abs() < 0.0078125 { ln_near_one(m - 1.0) } else { ln_by_exp(m) })
}

/// ln(1 + f) for |f| < 2⁻⁷: what follows the cube is below 2⁻²³ of the sum.
fn ln_near_one(f: f64) -> DoubleDouble {
    let square = DoubleDouble::product(f, f);
    let cube = square.times(DoubleDouble::new(f, 0.0)).over(3.0);
    let rest = (4..=12).rev().fold(0.0, |sum, n| 1.0 / f64::from(n) - f * sum);
    let rest = DoubleDouble::new(-rest * f * f * f * f, 0.0);
    DoubleDouble::new(f, 0.0).plus(DoubleDouble::new(-square.high / 2.0, -square.low / 2.0).plus(cube.plus(rest)))
}

/// One step of Newton's method on e^y = m, from the platform's ln, for m away from 1.
fn ln_by_exp(m: f64) -> DoubleDouble {
    let start = m.ln();
    let (power, k) = exp(-start);
    let scale = 2.0_f64.powi(k);
    let ratio = DoubleDouble::new(power.high * scale, power.low * scale).times(DoubleDouble::new(m, 0.0));
    let excess = (ratio.high - 1.0) + ratio.low;
    DoubleDouble::sum(start, excess - excess * excess / 2.0)
}
