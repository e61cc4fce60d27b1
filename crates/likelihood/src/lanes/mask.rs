//! The outcome of a comparison of lanes.

use super::{Lanes, backend};
use core::ops::BitAnd;

/// Yes or no, lane by lane.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mask(pub(super) backend::Mask);

impl Mask {
    /// Each lane's number from `yes` or from `no`.
    #[inline(always)]
    pub(crate) fn select(self, yes: Lanes, no: Lanes) -> Lanes {
        Lanes(backend::select(self.0, yes.0, no.0))
    }

    /// Whether both lanes are yes.
    #[inline(always)]
    pub(crate) fn all(self) -> bool {
        backend::all(self.0)
    }
}

impl BitAnd for Mask {
    type Output = Self;
    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        Self(backend::both(self.0, other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: [f64; 7] = [f64::NEG_INFINITY, -1.5, -0.0, 0.0, 1.5, f64::INFINITY, f64::NAN];

    #[test]
    fn comparisons_are_those_of_their_lanes() {
        for a in NUMBERS {
            for b in NUMBERS {
                let (left, right) = (Lanes::new(a, b), Lanes::new(b, a));
                let chosen = |mask: Mask| mask.select(Lanes::new(1.0, 2.0), Lanes::new(3.0, 4.0)).to_array();
                let expected = |first, second| [if first { 1.0 } else { 3.0 }, if second { 2.0 } else { 4.0 }];
                assert_eq!(chosen(left.less(right)), expected(a < b, b < a), "{a} {b}");
                assert_eq!(chosen(left.at_most(right)), expected(a <= b, b <= a), "{a} {b}");
                let (first, second) = (a < b && a <= 0.0, b < a && b <= 0.0);
                let mask = left.less(right) & left.at_most(Lanes::splat(0.0));
                assert_eq!(chosen(mask), expected(first, second), "{a} {b}");
                assert_eq!(mask.all(), first && second, "{a} {b}");
                assert_eq!(left.at_most(right).all(), a <= b && b <= a, "{a} {b}");
            }
        }
    }

    #[test]
    fn smaller_and_larger_are_the_second_unless_the_first_is() {
        for a in NUMBERS {
            for b in NUMBERS {
                let (left, right) = (Lanes::new(a, b), Lanes::new(b, a));
                let bits = |lanes: Lanes| lanes.to_array().map(f64::to_bits);
                let expected = |first: f64, second: f64| [first.to_bits(), second.to_bits()];
                assert_eq!(
                    bits(left.min(right)),
                    expected(if a < b { a } else { b }, if b < a { b } else { a }),
                    "{a} {b}"
                );
                assert_eq!(
                    bits(left.max(right)),
                    expected(if a > b { a } else { b }, if b > a { b } else { a }),
                    "{a} {b}"
                );
            }
        }
    }
}
