//! Hörmann's transformed rejection for large means.

use core::array;
use core::f64::consts::TAU;

use histfactory_likelihood::elementary::{exp, ln};
use histfactory_likelihood::poisson::twice_deviance;

use crate::philox::Philox;

/// 2⁻⁵³.
const TWO_MINUS_53: f64 = 1.0 / 9_007_199_254_740_992.0;
/// 1.5·2⁵² rounds what is added to it to a whole number.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// Parts of the range of U with bounds of their own: the first 8 bits of the random word choose one.
const PARTS: usize = 256;
/// In 1, of the bounds.
const UNITS: f64 = 2048.0;

/// Algorithm PTRS of W. Hörmann, *The transformed rejection method for generating Poisson random variables*, Insurance:
/// Mathematics and Economics 12 (1993) 39.
///
/// A uniform U in (−½, ½) becomes a count, which is accepted if another uniform V in (0, 1) is at most R(U); see
/// [`Transformation`]. In place of Hörmann's one lower bound of R in the middle, each part of the range of U has a lower
/// and an upper bound, which decide 95 % of looks with 11 bits of V.
#[derive(Clone, Debug)]
pub struct TransformedRejection {
    transformation: Transformation,
    bounds: Box<[Bounds; PARTS]>,
}

impl TransformedRejection {
    /// For a mean from 2000 on.
    pub fn new(mean: f64) -> Self {
        let transformation = Transformation::new(mean);
        let point = |part: usize| transformation.point(part as f64 / PARTS as f64 - 0.5);
        let greatest = transformation.probability(transformation.mode);
        let mut start = point(0);
        let bounds = array::from_fn(|part| {
            let end = point(part + 1);
            let bounds = Bounds::between(&start, &end, transformation.mode, greatest);
            start = end;
            bounds
        });
        Self { transformation, bounds: Box::new(bounds) }
    }

    /// One count, a whole number, from 1.2 words of the stream on average.
    #[inline]
    pub fn draw(&self, stream: &mut Philox) -> f64 {
        loop {
            // The first 53 bits are U + ½, the others the first 11 bits of V.
            let word = stream.next_word();
            let u = ((word >> 11) as f64 + 0.5) * TWO_MINUS_53 - 0.5;
            let v = (word & 0x7FF) as u16;
            let [part, ..] = word.to_be_bytes();
            let bounds = self.bounds[usize::from(part)];
            if v < bounds.accept_below || v < bounds.reject_from && self.transformation.accepts(u, v, stream) {
                return self.transformation.count(u);
            }
        }
    }
}

/// R in a part of the range of U, in units of 2⁻¹¹.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    accept_below: u16,
    reject_from: u16,
}

impl Bounds {
    /// Between two U of the same sign: the probability has one maximum, and the slope grows with |U|.
    fn between(start: &Point, end: &Point, mode: f64, greatest: f64) -> Self {
        let (low, high) = (start.probability.min(end.probability), start.probability.max(end.probability));
        let high = if start.count <= mode && mode <= end.count { greatest } else { high };
        let (least, most) = (low * start.slope.min(end.slope), high * start.slope.max(end.slope));
        // Far more than rounding can change.
        let (accept, reject) = (least * UNITS * (1.0 - 1e-9), most * UNITS * (1.0 + 1e-9));
        Self { accept_below: accept as u16, reject_from: reject.min(UNITS) as u16 + 1 }
    }
}

/// From U to a count k = ⌊(2a/(½ − |U|) + b)·U + mean + 0.43⌋, and R(U) = α·P(k)·(a/(½ − |U|)² + b).
///
/// By a scan, Hörmann's constants make R at most 1, as it must be, for means from 1500 on; it is up to 1.002 at 100.
#[derive(Clone, Debug)]
struct Transformation {
    mean: f64,
    /// ⌊mean⌋.
    mode: f64,
    /// What remains of the mean + 0.43, less ½ for rounding to the nearest.
    offset: f64,
    a: f64,
    b: f64,
    inverse_alpha: f64,
}

/// What R consists of at one U.
struct Point {
    count: f64,
    probability: f64,
    /// Times α.
    slope: f64,
}

impl Transformation {
    fn new(mean: f64) -> Self {
        let b = 0.931 + 2.53 * mean.sqrt();
        let mode = mean.floor();
        Self {
            mean,
            mode,
            offset: mean - mode - 0.07,
            a: -0.059 + 0.02483 * b,
            b,
            inverse_alpha: 1.1239 + 1.1328 / (b - 3.4),
        }
    }

    fn point(&self, u: f64) -> Point {
        let count = self.count(u);
        Point { count, probability: self.probability(count), slope: self.slope(u) }
    }

    /// The mode is added last, so that the fraction keeps its digits however large the mean is.
    #[inline(always)]
    fn count(&self, u: f64) -> f64 {
        let shift = (2.0 * self.a / (0.5 - u.abs()) + self.b) * u + self.offset;
        self.mode + ((shift + ROUND) - ROUND)
    }

    /// The derivative of the count before it is rounded, times α.
    fn slope(&self, u: f64) -> f64 {
        let to_edge = 0.5 - u.abs();
        (self.a / (to_edge * to_edge) + self.b) / self.inverse_alpha
    }

    /// Whether V ≤ R(U), where V begins with these 11 bits.
    #[cold]
    #[inline(never)]
    fn accepts(&self, u: f64, v: u16, stream: &mut Philox) -> bool {
        let v = (((u64::from(v) << 42) + (stream.next_word() >> 22)) as f64 + 0.5) * TWO_MINUS_53;
        let count = self.count(u);
        count >= 1.0 && 2.0 * ln(v / self.slope(u) * root_of_tau(count)) <= -self.twice_distance(count)
    }

    /// P(count), 0 for 0, where it is below 10⁻⁸⁶⁸.
    fn probability(&self, count: f64) -> f64 {
        if count < 1.0 { 0.0 } else { exp(-0.5 * self.twice_distance(count)) / root_of_tau(count) }
    }

    /// −2 ln P(count) − ln(2π·count) in the saddle-point form, which loses no digits however large the mean is.
    fn twice_distance(&self, count: f64) -> f64 {
        // Stirling's series; where its next term matters, P(count) is 0.
        (1.0 / 6.0 - 1.0 / (180.0 * count * count)) / count + twice_deviance(count, self.mean)
    }
}

/// √(2π·count).
fn root_of_tau(count: f64) -> f64 {
    TAU.sqrt() * count.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use histfactory_likelihood::poisson::twice_saturated;

    const MEANS: [f64; 8] = [2048.0, 2048.9, 5000.5, 3e4, 1e6, 1e9, 1e12, 1e15];

    /// The slow, obvious twin of R(U).
    fn ratio(transformation: &Transformation, u: f64) -> f64 {
        let count = transformation.count(u);
        if count < 0.0 {
            return 0.0;
        }
        let probability = (-0.5 * (twice_saturated(count) + twice_deviance(count, transformation.mean))).exp();
        probability * transformation.slope(u)
    }

    #[test]
    fn the_ratio_is_at_most_one_and_between_its_bounds() {
        for mean in MEANS {
            let rejection = TransformedRejection::new(mean);
            for (part, bounds) in rejection.bounds.iter().enumerate() {
                for step in 0..400 {
                    let u = (part as f64 + (f64::from(step) + 0.5) / 400.0) / PARTS as f64 - 0.5;
                    let ratio = ratio(&rejection.transformation, u);
                    assert!(ratio <= 1.0, "{mean} {u}: {ratio}");
                    assert!(f64::from(bounds.accept_below) <= UNITS * ratio, "{mean} {u}: {ratio} {bounds:?}");
                    assert!(f64::from(bounds.reject_from) >= UNITS * ratio, "{mean} {u}: {ratio} {bounds:?}");
                }
            }
        }
    }

    #[test]
    fn bounds_decide_almost_all_looks() {
        for mean in MEANS {
            let undecided = |bounds: &Bounds| f64::from(bounds.reject_from) - f64::from(bounds.accept_below);
            let share =
                TransformedRejection::new(mean).bounds.iter().map(undecided).sum::<f64>() / UNITS / PARTS as f64;
            assert!(share < 0.06, "{mean}: {share}");
        }
    }

    #[test]
    fn looks_that_bounds_do_not_decide_are_decided_by_the_ratio() {
        let mut stream = Philox::new([1, 0], [0; 4]);
        for mean in MEANS {
            let transformation = Transformation::new(mean);
            for _ in 0..20_000 {
                let u = (stream.next_word() >> 11) as f64 * TWO_MINUS_53 - 0.5;
                let v = (stream.next_word() & 0x7FF) as u16;
                let uniform = (f64::from(v) + stream.clone().next_word() as f64 / 2.0_f64.powi(64)) / UNITS;
                assert_eq!(
                    transformation.accepts(u, v, &mut stream),
                    uniform <= ratio(&transformation, u),
                    "{mean} {u} {uniform}"
                );
            }
        }
    }

    #[test]
    fn counts_are_one_apart_however_large_the_mean_is() {
        // Of each count's interval of U the length times the slope is 1: counts in equal steps of U, near the middle.
        for mean in [2048.25, 1e6, 1e12, 1e15] {
            let transformation = Transformation::new(mean);
            let step = 1.0 / (64.0 * (4.0 * transformation.a + transformation.b));
            let mut observed = [0_u32; 4];
            for index in 0..64 * 40 {
                let count = transformation.count(f64::from(index) * step);
                observed[(count % 4.0) as usize] += 1;
            }
            assert!(observed.iter().all(|&count| count.abs_diff(640) <= 65), "{mean}: {observed:?}");
        }
    }
}
