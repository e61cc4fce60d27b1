//! Two 64-bit numbers at a time.
//!
//! WebAssembly's simd128 and x86-64's SSE2 have the same two lanes with the same IEEE operations, and elsewhere a pair
//! of numbers stands for them. Every operation is defined lane by lane and none is fused, so all three give the same
//! bits; [`Lanes::sum`] and the loops over slices fix the order in which lanes are added.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128", not(feature = "scalar")))]
mod backend {
    use core::arch::wasm32 as arch;

    pub type Register = arch::v128;

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
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2", not(feature = "scalar")))]
// Sound: the functions need SSE2, which the `cfg` above asks for and every x86-64 processor has.
#[allow(unsafe_code)]
mod backend {
    use core::arch::x86_64 as arch;

    pub type Register = arch::__m128d;

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
}

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

    /// First plus second.
    #[inline(always)]
    pub fn sum(self) -> f64 {
        backend::first(self.0) + backend::second(self.0)
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
