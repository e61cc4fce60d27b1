//! One number for the bits of a million results.

use crate::points::{self, Random};
use histfactory_likelihood::Lanes;
use histfactory_likelihood::poisson::twice_deviances;

/// Of 400 000 logarithms, 400 000 powers and 200 000 Poisson terms.
pub fn digest() -> u64 {
    let mut random = Random(4);
    let mut digest = 0_u64;
    let mut take =
        |result: f64| digest = (digest.rotate_left(5) ^ result.to_bits()).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for index in 0..200_000 {
        let any = f64::from_bits(random.bits());
        Lanes::new(points::positive(&mut random, index), any).ln().to_array().into_iter().for_each(&mut take);
        Lanes::new(points::exponent(&mut random, index), any).exp().to_array().into_iter().for_each(&mut take);
    }
    let (counts, rates): (Vec<f64>, Vec<f64>) = (0..200_000).map(|_| points::bin(&mut random)).unzip();
    twice_deviances(&counts, &rates, take);
    digest
}
