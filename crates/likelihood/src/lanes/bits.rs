//! The bits of lanes as integers.

use super::{Lanes, backend};
use core::ops::{Add, BitAnd, Sub};

/// Two 64-bit integers; sums and differences wrap.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bits(pub(super) backend::Bits);

impl Bits {
    /// The same integer twice.
    #[inline(always)]
    pub(crate) fn splat(value: u64) -> Self {
        Self(backend::bits_splat(value))
    }

    /// The numbers with these bits.
    #[inline(always)]
    pub(crate) fn to_lanes(self) -> Lanes {
        Lanes(backend::from_bits(self.0))
    }

    /// Shifted towards the sign bit, by 0…63.
    #[inline(always)]
    pub(crate) fn shifted_left<const BY: i32>(self) -> Self {
        Self(backend::bits_shl::<BY>(self.0))
    }

    /// Shifted away from the sign bit, by 0…63; zeros move in.
    #[inline(always)]
    pub(crate) fn shifted_right<const BY: i32>(self) -> Self {
        Self(backend::bits_shr::<BY>(self.0))
    }
}

impl Add for Bits {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(backend::bits_add(self.0, other.0))
    }
}

impl Sub for Bits {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(backend::bits_sub(self.0, other.0))
    }
}

impl BitAnd for Bits {
    type Output = Self;
    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        Self(backend::bits_and(self.0, other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_that_of_its_lanes() {
        let (a, b) = ([-1.5_f64, 3e-300], [1e300_f64, -0.0]);
        let (left, right) = (Lanes::from(a).to_bits(), Lanes::from(b).to_bits());
        let bits = |value: Bits| value.to_lanes().to_array().map(f64::to_bits);
        let pair = |operation: fn(u64, u64) -> u64| {
            [operation(a[0].to_bits(), b[0].to_bits()), operation(a[1].to_bits(), b[1].to_bits())]
        };
        assert_eq!(bits(left + right), pair(u64::wrapping_add));
        assert_eq!(bits(left - right), pair(u64::wrapping_sub));
        assert_eq!(bits(left & right), pair(|x, y| x & y));
        assert_eq!(bits(left.shifted_left::<52>()), pair(|x, _| x << 52));
        assert_eq!(bits(left.shifted_right::<1>()), pair(|x, _| x >> 1));
        assert_eq!(bits(Bits::splat(7) + left), pair(|x, _| x.wrapping_add(7)));
    }
}
