//! One number for the bits of a million results.

use crate::points::{self, Random};
use histfactory_likelihood::Lanes;

/// Of 500 000 logarithms and as many powers.
pub fn digest() -> u64 {
    let mut random = Random(4);
    let mut digest = 0_u64;
    let mut take =
        |result: f64| digest = (digest.rotate_left(5) ^ result.to_bits()).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for index in 0..250_000 {
        let any = f64::from_bits(random.bits());
        Lanes::new(points::positive(&mut random, index), any).ln().to_array().into_iter().for_each(&mut take);
        Lanes::new(points::exponent(&mut random, index), any).exp().to_array().into_iter().for_each(&mut take);
    }
    digest
}
