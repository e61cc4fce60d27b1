//! The exponential function on two lanes.

use super::{LN_2_HIGH, LN_2_LOW};
use crate::lanes::Lanes;

/// Beyond these eˣ is ∞ and 0, by a margin that the exponent still holds.
const OVERFLOW: f64 = 710.0;
const UNDERFLOW: f64 = -746.0;
/// 1.5·2⁵² rounds what is added to it to an integer and holds that integer in its last bits. The 2046 is twice the
/// bias of an exponent, so that half of the last bits is a biased exponent.
const ROUND: f64 = 6_755_399_441_055_744.0 + 2046.0;

impl Lanes {
    /// eˣ: ∞ above 709.78, subnormal below −708.40, 0 below −745.13, NaN at NaN.
    ///
    /// x = k ln 2 + r with |r| ≤ ½ ln 2, and eˣ = 2^k·eʳ (Tang, *Table-driven implementation of the exponential function
    /// in IEEE floating-point arithmetic*, ACM TOMS 15, 1989, without the tables). eʳ = 1 + r + r²·Q(r), where Q is
    /// the minimax polynomial of ninth order (Remez), which changes eʳ by at most 2⁻⁵⁸; the rounding errors of r and of
    /// 1 + r are carried along. The result is within one unit in the last place of the true value, 0.74 by measurement
    /// and 0.80 for subnormal powers, which are rounded twice (`tests/accuracy`).
    ///
    /// ```
    /// use histfactory_likelihood::Lanes;
    /// assert_eq!(Lanes::new(0.0, -1000.0).exp().to_array(), [1.0, 0.0]);
    /// ```
    #[inline]
    pub fn exp(self) -> Self {
        const Q: [f64; 10] = [
            0.500_000_000_000_001_2,
            0.166_666_666_666_667,
            0.041_666_666_666_516_36,
            0.008_333_333_333_307_31,
            0.001_388_888_894_679_371_2,
            0.000_198_412_699_171_817_47,
            2.480_149_015_487_135e-5,
            2.755_721_646_351_422_6e-6,
            2.763_120_904_852_015_7e-7,
            2.511_781_374_606_871e-8,
        ];
        let [q0, q1, q2, q3, q4, q5, q6, q7, q8, q9] = Q.map(Self::splat);
        let round = Self::splat(ROUND);
        // NaN becomes `OVERFLOW`, and the last line makes it NaN again.
        let x = self.min(Self::splat(OVERFLOW)).max(Self::splat(UNDERFLOW));
        let rounded = x * Self::splat(core::f64::consts::LOG2_E) + round;
        let k = rounded - round;
        // Exact: the product has 53 bits and the difference no more.
        let high = x - k * Self::splat(LN_2_HIGH);
        let low = k * Self::splat(LN_2_LOW);
        let r = high - low;
        let square = r * r;
        let fourth = square * square;
        let q = ((q0 + r * q1) + square * (q2 + r * q3))
            + fourth * (((q4 + r * q5) + square * (q6 + r * q7)) + fourth * (q8 + r * q9));
        let one = Self::splat(1.0);
        let sum = one + high;
        // Exact: |high| < 1.
        let rest = (one - sum) + high;
        let power = sum + (rest + (square * q - low));
        // 2^k as the product of two normal numbers, since it need not be one itself.
        let exponents = rounded.to_bits();
        let half = exponents.shifted_right::<1>();
        let other_half = exponents - half;
        let scaled = power * half.shifted_left::<52>().to_lanes() * other_half.shifted_left::<52>().to_lanes();
        self.at_most(self).select(scaled, Self::splat(f64::NAN))
    }
}
