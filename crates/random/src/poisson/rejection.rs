//! Hörmann's transformed rejection for large means.

use histfactory_likelihood::elementary::ln;
use histfactory_likelihood::poisson::{twice_deviance, twice_saturated};

use crate::philox::Philox;

/// Algorithm PTRS of W. Hörmann, *The transformed rejection method for generating Poisson random variables*, Insurance:
/// Mathematics and Economics 12 (1993) 39, for means from 10 on.
///
/// Probabilities are taken in their saddle-point form, which loses no digits however large the mean is.
#[derive(Clone, Debug)]
pub struct TransformedRejection {
    mean: f64,
    a: f64,
    b: f64,
    inverse_alpha: f64,
    /// Below this, V accepts at once. In units of 2⁻¹¹, rounded down.
    squeeze: u64,
}

impl TransformedRejection {
    pub fn new(mean: f64) -> Self {
        let b = 0.931 + 2.53 * mean.sqrt();
        let squeeze = 0.9277 - 3.6224 / (b - 2.0);
        Self {
            mean,
            a: -0.059 + 0.02483 * b,
            b,
            inverse_alpha: 1.1239 + 1.1328 / (b - 3.4),
            squeeze: (squeeze * 2048.0) as u64,
        }
    }

    #[inline]
    pub fn draw(&self, stream: &mut Philox) -> f64 {
        loop {
            // The first 53 bits are U, the others the first 11 bits of V.
            let word = stream.next_word();
            let u = ((word >> 11) as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0) - 0.5;
            let near_edge = 0.5 - u.abs();
            let count = ((2.0 * self.a / near_edge + self.b) * u + self.mean + 0.43).floor();
            let v = word & 0x7FF;
            if near_edge >= 0.07 && v < self.squeeze || self.accepts(v, near_edge, count, stream) {
                return count;
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn accepts(&self, v: u64, near_edge: f64, count: f64, stream: &mut Philox) -> bool {
        let v = ((v << 42) + (stream.next_word() >> 22)) as f64 + 0.5;
        let v = v * (1.0 / 9_007_199_254_740_992.0);
        if count < 0.0 || (near_edge < 0.013 && v > near_edge) {
            return false;
        }
        let hat = self.a / (near_edge * near_edge) + self.b;
        2.0 * ln(v * self.inverse_alpha / hat) <= -twice_saturated(count) - twice_deviance(count, self.mean)
    }
}
