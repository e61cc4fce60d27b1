//! Two 64-bit numbers at a time.
//!
//! WebAssembly's simd128 and x86-64's SSE2 have the same two lanes with the same IEEE operations, and elsewhere a pair
//! of numbers stands for them. Every operation is defined lane by lane and none is fused, so all three give the same
//! bits; [`Lanes::sum`] and the loops over slices fix the order in which lanes are added.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128", not(feature = "scalar")))]
mod backend {
    use core::arch::wasm32 as arch;

    pub type Register = arch::v128;
    pub type Mask = arch::v128;
    pub type Bits = arch::v128;

    #[inline(always)]
    pub fn new(first: f64, second: f64) -> Register {
        arch::f64x2(first, second)
    }
    #[inline(always)]
    pub fn first(lanes: Register) -> f64 {
        arch::f64x2_extract_lane::<0>(lanes)
    }
    #[inline(always)]
    pub fn second(lanes: Register) -> f64 {
        arch::f64x2_extract_lane::<1>(lanes)
    }
    #[inline(always)]
    pub fn add(left: Register, right: Register) -> Register {
        arch::f64x2_add(left, right)
    }
    #[inline(always)]
    pub fn sub(left: Register, right: Register) -> Register {
        arch::f64x2_sub(left, right)
    }
    #[inline(always)]
    pub fn mul(left: Register, right: Register) -> Register {
        arch::f64x2_mul(left, right)
    }
    #[inline(always)]
    pub fn div(left: Register, right: Register) -> Register {
        arch::f64x2_div(left, right)
    }
    #[inline(always)]
    pub fn sqrt(lanes: Register) -> Register {
        arch::f64x2_sqrt(lanes)
    }
    #[inline(always)]
    pub fn min(left: Register, right: Register) -> Register {
        // The second argument where it is the smaller, else the first: SSE2's minimum with its arguments swapped.
        arch::f64x2_pmin(right, left)
    }
    #[inline(always)]
    pub fn max(left: Register, right: Register) -> Register {
        arch::f64x2_pmax(right, left)
    }
    #[inline(always)]
    pub fn less(left: Register, right: Register) -> Mask {
        arch::f64x2_lt(left, right)
    }
    #[inline(always)]
    pub fn at_most(left: Register, right: Register) -> Mask {
        arch::f64x2_le(left, right)
    }
    #[inline(always)]
    pub fn select(mask: Mask, yes: Register, no: Register) -> Register {
        arch::v128_bitselect(yes, no, mask)
    }
    #[inline(always)]
    pub fn both(left: Mask, right: Mask) -> Mask {
        arch::v128_and(left, right)
    }
    #[inline(always)]
    pub fn all(mask: Mask) -> bool {
        arch::i64x2_all_true(mask)
    }
    #[inline(always)]
    pub fn to_bits(lanes: Register) -> Bits {
        lanes
    }
    #[inline(always)]
    pub fn from_bits(bits: Bits) -> Register {
        bits
    }
    #[inline(always)]
    pub fn bits_splat(value: u64) -> Bits {
        arch::u64x2_splat(value)
    }
    #[inline(always)]
    pub fn bits_add(left: Bits, right: Bits) -> Bits {
        arch::i64x2_add(left, right)
    }
    #[inline(always)]
    pub fn bits_sub(left: Bits, right: Bits) -> Bits {
        arch::i64x2_sub(left, right)
    }
    #[inline(always)]
    pub fn bits_and(left: Bits, right: Bits) -> Bits {
        arch::v128_and(left, right)
    }
    #[inline(always)]
    pub fn bits_shl<const BY: i32>(bits: Bits) -> Bits {
        arch::i64x2_shl(bits, BY as u32)
    }
    #[inline(always)]
    pub fn bits_shr<const BY: i32>(bits: Bits) -> Bits {
        arch::u64x2_shr(bits, BY as u32)
    }
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2", not(feature = "scalar")))]
// Sound: the functions need SSE2, which the `cfg` above asks for and every x86-64 processor has.
#[allow(unsafe_code)]
mod backend {
    use core::arch::x86_64 as arch;

    pub type Register = arch::__m128d;
    pub type Mask = arch::__m128d;
    pub type Bits = arch::__m128i;

    #[inline(always)]
    pub fn new(first: f64, second: f64) -> Register {
        unsafe { arch::_mm_set_pd(second, first) }
    }
    #[inline(always)]
    pub fn first(lanes: Register) -> f64 {
        unsafe { arch::_mm_cvtsd_f64(lanes) }
    }
    #[inline(always)]
    pub fn second(lanes: Register) -> f64 {
        unsafe { arch::_mm_cvtsd_f64(arch::_mm_unpackhi_pd(lanes, lanes)) }
    }
    #[inline(always)]
    pub fn add(left: Register, right: Register) -> Register {
        unsafe { arch::_mm_add_pd(left, right) }
    }
    #[inline(always)]
    pub fn sub(left: Register, right: Register) -> Register {
        unsafe { arch::_mm_sub_pd(left, right) }
    }
    #[inline(always)]
    pub fn mul(left: Register, right: Register) -> Register {
        unsafe { arch::_mm_mul_pd(left, right) }
    }
    #[inline(always)]
    pub fn div(left: Register, right: Register) -> Register {
        unsafe { arch::_mm_div_pd(left, right) }
    }
    #[inline(always)]
    pub fn sqrt(lanes: Register) -> Register {
        unsafe { arch::_mm_sqrt_pd(lanes) }
    }
    #[inline(always)]
    pub fn min(left: Register, right: Register) -> Register {
        unsafe { arch::_mm_min_pd(left, right) }
    }
    #[inline(always)]
    pub fn max(left: Register, right: Register) -> Register {
        unsafe { arch::_mm_max_pd(left, right) }
    }
    #[inline(always)]
    pub fn less(left: Register, right: Register) -> Mask {
        unsafe { arch::_mm_cmplt_pd(left, right) }
    }
    #[inline(always)]
    pub fn at_most(left: Register, right: Register) -> Mask {
        unsafe { arch::_mm_cmple_pd(left, right) }
    }
    #[inline(always)]
    pub fn select(mask: Mask, yes: Register, no: Register) -> Register {
        unsafe { arch::_mm_or_pd(arch::_mm_and_pd(mask, yes), arch::_mm_andnot_pd(mask, no)) }
    }
    #[inline(always)]
    pub fn both(left: Mask, right: Mask) -> Mask {
        unsafe { arch::_mm_and_pd(left, right) }
    }
    #[inline(always)]
    pub fn all(mask: Mask) -> bool {
        unsafe { arch::_mm_movemask_pd(mask) == 0b11 }
    }
    #[inline(always)]
    pub fn to_bits(lanes: Register) -> Bits {
        unsafe { arch::_mm_castpd_si128(lanes) }
    }
    #[inline(always)]
    pub fn from_bits(bits: Bits) -> Register {
        unsafe { arch::_mm_castsi128_pd(bits) }
    }
    #[inline(always)]
    pub fn bits_splat(value: u64) -> Bits {
        unsafe { arch::_mm_set1_epi64x(value.cast_signed()) }
    }
    #[inline(always)]
    pub fn bits_add(left: Bits, right: Bits) -> Bits {
        unsafe { arch::_mm_add_epi64(left, right) }
    }
    #[inline(always)]
    pub fn bits_sub(left: Bits, right: Bits) -> Bits {
        unsafe { arch::_mm_sub_epi64(left, right) }
    }
    #[inline(always)]
    pub fn bits_and(left: Bits, right: Bits) -> Bits {
        unsafe { arch::_mm_and_si128(left, right) }
    }
    #[inline(always)]
    pub fn bits_shl<const BY: i32>(bits: Bits) -> Bits {
        unsafe { arch::_mm_slli_epi64::<BY>(bits) }
    }
    #[inline(always)]
    pub fn bits_shr<const BY: i32>(bits: Bits) -> Bits {
        unsafe { arch::_mm_srli_epi64::<BY>(bits) }
    }
}

#[cfg(any(
    feature = "scalar",
    not(any(
        all(target_arch = "wasm32", target_feature = "simd128"),
        all(target_arch = "x86_64", target_feature = "sse2")
    ))
))]
mod backend {
    pub type Register = [f64; 2];
    pub type Mask = [bool; 2];
    pub type Bits = [u64; 2];

    #[inline(always)]
    pub fn new(first: f64, second: f64) -> Register {
        [first, second]
    }
    #[inline(always)]
    pub fn first(lanes: Register) -> f64 {
        lanes[0]
    }
    #[inline(always)]
    pub fn second(lanes: Register) -> f64 {
        lanes[1]
    }
    #[inline(always)]
    pub fn add(left: Register, right: Register) -> Register {
        [left[0] + right[0], left[1] + right[1]]
    }
    #[inline(always)]
    pub fn sub(left: Register, right: Register) -> Register {
        [left[0] - right[0], left[1] - right[1]]
    }
    #[inline(always)]
    pub fn mul(left: Register, right: Register) -> Register {
        [left[0] * right[0], left[1] * right[1]]
    }
    #[inline(always)]
    pub fn div(left: Register, right: Register) -> Register {
        [left[0] / right[0], left[1] / right[1]]
    }
    #[inline(always)]
    pub fn sqrt(lanes: Register) -> Register {
        [lanes[0].sqrt(), lanes[1].sqrt()]
    }
    #[inline(always)]
    pub fn min(left: Register, right: Register) -> Register {
        [if left[0] < right[0] { left[0] } else { right[0] }, if left[1] < right[1] { left[1] } else { right[1] }]
    }
    #[inline(always)]
    pub fn max(left: Register, right: Register) -> Register {
        [if left[0] > right[0] { left[0] } else { right[0] }, if left[1] > right[1] { left[1] } else { right[1] }]
    }
    #[inline(always)]
    pub fn less(left: Register, right: Register) -> Mask {
        [left[0] < right[0], left[1] < right[1]]
    }
    #[inline(always)]
    pub fn at_most(left: Register, right: Register) -> Mask {
        [left[0] <= right[0], left[1] <= right[1]]
    }
    #[inline(always)]
    pub fn select(mask: Mask, yes: Register, no: Register) -> Register {
        [if mask[0] { yes[0] } else { no[0] }, if mask[1] { yes[1] } else { no[1] }]
    }
    #[inline(always)]
    pub fn both(left: Mask, right: Mask) -> Mask {
        [left[0] && right[0], left[1] && right[1]]
    }
    #[inline(always)]
    pub fn all(mask: Mask) -> bool {
        mask[0] && mask[1]
    }
    #[inline(always)]
    pub fn to_bits(lanes: Register) -> Bits {
        [lanes[0].to_bits(), lanes[1].to_bits()]
    }
    #[inline(always)]
    pub fn from_bits(bits: Bits) -> Register {
        [f64::from_bits(bits[0]), f64::from_bits(bits[1])]
    }
    #[inline(always)]
    pub fn bits_splat(value: u64) -> Bits {
        [value, value]
    }
    #[inline(always)]
    pub fn bits_add(left: Bits, right: Bits) -> Bits {
        [left[0].wrapping_add(right[0]), left[1].wrapping_add(right[1])]
    }
    #[inline(always)]
    pub fn bits_sub(left: Bits, right: Bits) -> Bits {
        [left[0].wrapping_sub(right[0]), left[1].wrapping_sub(right[1])]
    }
    #[inline(always)]
    pub fn bits_and(left: Bits, right: Bits) -> Bits {
        [left[0] & right[0], left[1] & right[1]]
    }
    #[inline(always)]
    pub fn bits_shl<const BY: i32>(bits: Bits) -> Bits {
        [bits[0] << BY, bits[1] << BY]
    }
    #[inline(always)]
    pub fn bits_shr<const BY: i32>(bits: Bits) -> Bits {
        [bits[0] >> BY, bits[1] >> BY]
    }
}

mod bits;
mod mask;

pub(crate) use bits::Bits;
pub(crate) use mask::Mask;

use core::ops::{Add, AddAssign, Div, Mul, Sub};

/// Two numbers, on which every operation acts lane by lane.
///
/// ```
/// use histfactory_likelihood::Lanes;
/// let lanes = Lanes::new(1.0, 2.0) * Lanes::splat(3.0) + Lanes::new(0.5, 0.25);
/// assert_eq!(lanes.to_array(), [3.5, 6.25]);
/// assert_eq!(lanes.sum(), 9.75);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Lanes(backend::Register);

impl Lanes {
    /// From two numbers.
    #[inline(always)]
    pub fn new(first: f64, second: f64) -> Self {
        Self(backend::new(first, second))
    }

    /// The same number twice.
    #[inline(always)]
    pub fn splat(value: f64) -> Self {
        Self(backend::new(value, value))
    }

    /// Both numbers.
    #[inline(always)]
    pub fn to_array(self) -> [f64; 2] {
        [backend::first(self.0), backend::second(self.0)]
    }

    /// The first number.
    #[inline(always)]
    pub fn first(self) -> f64 {
        backend::first(self.0)
    }

    /// First plus second.
    #[inline(always)]
    pub fn sum(self) -> f64 {
        backend::first(self.0) + backend::second(self.0)
    }

    /// Square roots, correctly rounded; NaN below 0.
    #[inline(always)]
    pub fn sqrt(self) -> Self {
        Self(backend::sqrt(self.0))
    }

    /// Where `self` is the smaller, `self`; else, and where one is NaN, `other`.
    #[inline(always)]
    pub(crate) fn min(self, other: Self) -> Self {
        Self(backend::min(self.0, other.0))
    }

    /// Where `self` is the larger, `self`; else, and where one is NaN, `other`.
    #[inline(always)]
    pub(crate) fn max(self, other: Self) -> Self {
        Self(backend::max(self.0, other.0))
    }

    /// Where `self` < `other`.
    #[inline(always)]
    pub(crate) fn less(self, other: Self) -> Mask {
        Mask(backend::less(self.0, other.0))
    }

    /// Where `self` ≤ `other`.
    #[inline(always)]
    pub(crate) fn at_most(self, other: Self) -> Mask {
        Mask(backend::at_most(self.0, other.0))
    }

    /// Both numbers' bits.
    #[inline(always)]
    pub(crate) fn to_bits(self) -> Bits {
        Bits(backend::to_bits(self.0))
    }
}

impl From<[f64; 2]> for Lanes {
    #[inline(always)]
    fn from(pair: [f64; 2]) -> Self {
        Self::new(pair[0], pair[1])
    }
}

impl Add for Lanes {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(backend::add(self.0, other.0))
    }
}

impl AddAssign for Lanes {
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Lanes {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(backend::sub(self.0, other.0))
    }
}

impl Mul for Lanes {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self(backend::mul(self.0, other.0))
    }
}

impl Div for Lanes {
    type Output = Self;
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        Self(backend::div(self.0, other.0))
    }
}

/// Σ left·right, in four partial sums: entries 0, 4, 8 … make the first, 1, 5, 9 … the second, and so on.
#[inline]
pub fn dot(left: &[f64], right: &[f64]) -> f64 {
    let (left_quads, left_rest) = left.as_chunks::<4>();
    let (right_quads, right_rest) = right.as_chunks::<4>();
    let (mut even, mut odd) = (Lanes::splat(0.0), Lanes::splat(0.0));
    for (a, b) in left_quads.iter().zip(right_quads) {
        even += Lanes::new(a[0], a[1]) * Lanes::new(b[0], b[1]);
        odd += Lanes::new(a[2], a[3]) * Lanes::new(b[2], b[3]);
    }
    let mut sum = (even + odd).sum();
    for (a, b) in left_rest.iter().zip(right_rest) {
        sum += a * b;
    }
    sum
}

/// target += scale·values.
#[inline]
pub fn add_scaled(target: &mut [f64], scale: f64, values: &[f64]) {
    // Lane by lane without a sum: the compiler's own lanes give the same bits.
    target.iter_mut().zip(values).for_each(|(target, value)| *target += scale * value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_that_of_its_lanes() {
        let (a, b) = ([1.5, -7.25], [0.3, 1e-9]);
        let (left, right) = (Lanes::from(a), Lanes::from(b));
        let pair = |operation: fn(f64, f64) -> f64| [operation(a[0], b[0]), operation(a[1], b[1])];
        assert_eq!((left + right).to_array(), pair(|x, y| x + y));
        assert_eq!((left - right).to_array(), pair(|x, y| x - y));
        assert_eq!((left * right).to_array(), pair(|x, y| x * y));
        assert_eq!((left / right).to_array(), pair(|x, y| x / y));
        assert_eq!(right.sqrt().to_array(), b.map(f64::sqrt));
        assert_eq!(left.sum(), a[0] + a[1]);
    }

    #[test]
    fn products_of_any_length_add_up() {
        let values: Vec<f64> = (0..11).map(|i| 0.1 + f64::from(i)).collect();
        for length in 0..values.len() {
            let expected: f64 = values[..length].iter().map(|x| x * x).sum();
            assert!((dot(&values[..length], &values[..length]) - expected).abs() <= 1e-14 * expected);
        }
    }
}
