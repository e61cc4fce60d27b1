//! Standard normal numbers.

use histfactory_likelihood::elementary::{exp, ln};

use crate::philox::Philox;

const LAYERS: usize = 256;
/// Where the tail begins, so that 256 layers of equal area end at the top of the density.
const TAIL: f64 = 3.654_152_885_361_009;
/// The area of a layer under exp(−x²/2): that of the lowest is `TAIL`·exp(−`TAIL`²/2) and the tail's.
const AREA: f64 = 0.004_928_673_233_974_655;
const TWO_53: f64 = 9_007_199_254_740_992.0;

/// Draws standard normal numbers with exact tails.
///
/// The ziggurat of G. Marsaglia and W. W. Tsang, *The ziggurat method for generating random variables*, J. Stat. Softw. 5
/// (2000) no. 8, with 256 layers. Layer, sign and position are different bits of a 64-bit word (J. A. Doornik, *An
/// improved ziggurat method to generate normal random samples*, 2005), and the tail is Marsaglia's of 1964.
///
/// ```
/// use histfactory_random::{NormalSampler, Philox};
/// let sampler = NormalSampler::new();
/// let mut stream = Philox::new([42, 0], [0; 4]);
/// let squares = (0..10_000).map(|_| sampler.draw(&mut stream).powi(2)).sum::<f64>() / 10_000.0;
/// assert!((squares - 1.0).abs() < 0.05);
/// ```
#[derive(Clone, Debug)]
pub struct NormalSampler {
    layers: Box<[Layer; LAYERS]>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Layer {
    /// Positions below this are under the density whatever their height.
    inside: u64,
    /// Width in units of 2⁻⁵³.
    unit: f64,
    /// The density at the layer's bottom and top.
    bottom: f64,
    top: f64,
}

impl NormalSampler {
    /// Computes the layers.
    pub fn new() -> Self {
        let density = |x: f64| exp(-0.5 * x * x);
        let mut layers = [Layer::default(); LAYERS];
        // The lowest layer is a rectangle of the same area, of which what is beyond `TAIL` stands for the tail.
        let (mut width, mut next, mut bottom) = (AREA / density(TAIL), TAIL, 0.0);
        for (index, layer) in layers.iter_mut().enumerate() {
            let top = if index == 0 { density(TAIL) } else { bottom + AREA / width };
            if index > 0 {
                // Rounding could lift the last top over 1 by a unit.
                next = if index + 1 < LAYERS { (-2.0 * ln(top)).sqrt() } else { 0.0 };
            }
            *layer = Layer { inside: (next / width * TWO_53) as u64, unit: width / TWO_53, bottom, top };
            (width, bottom) = (next, top);
        }
        Self { layers: Box::new(layers) }
    }

    /// One number, from one word of the stream in 98.8 % of draws.
    #[inline]
    pub fn draw(&self, stream: &mut Philox) -> f64 {
        loop {
            let word = stream.next_word();
            let layer = &self.layers[usize::from(word as u8)];
            let position = word >> 11;
            let x = position as f64 * layer.unit;
            let sign = (word & 0x100) << 55;
            if position < layer.inside {
                return f64::from_bits(x.to_bits() | sign);
            }
            if let Some(x) = outside(word as u8, layer, x, stream) {
                return f64::from_bits(x.to_bits() | sign);
            }
        }
    }
}

impl Default for NormalSampler {
    fn default() -> Self {
        Self::new()
    }
}

/// What becomes of a position that is not inside its layer.
#[cold]
#[inline(never)]
fn outside(index: u8, layer: &Layer, x: f64, stream: &mut Philox) -> Option<f64> {
    if index == 0 {
        return Some(tail(stream));
    }
    let height = layer.bottom + (layer.top - layer.bottom) * uniform(stream);
    (height < exp(-0.5 * x * x)).then_some(x)
}

/// A number beyond `TAIL`: exponential ones, accepted with exp(−y²/2).
fn tail(stream: &mut Philox) -> f64 {
    loop {
        let beyond = -ln(uniform(stream)) / TAIL;
        if -2.0 * ln(uniform(stream)) > beyond * beyond {
            return TAIL + beyond;
        }
    }
}

/// Uniform in (0, 1).
fn uniform(stream: &mut Philox) -> f64 {
    ((stream.next_word() >> 11) as f64 + 0.5) * (1.0 / TWO_53)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_have_equal_areas_and_end_at_the_top() {
        let NormalSampler { layers } = NormalSampler::new();
        let root_half_pi = core::f64::consts::FRAC_PI_2.sqrt();
        let tail = root_half_pi * libm::erfc(TAIL * core::f64::consts::FRAC_1_SQRT_2);
        assert!(((TAIL * (-0.5 * TAIL * TAIL).exp() + tail) / AREA - 1.0).abs() < 1e-14);
        for layer in layers.iter() {
            assert!(((layer.top - layer.bottom) * layer.unit * TWO_53 / AREA - 1.0).abs() < 1e-12);
        }
        assert!((layers[LAYERS - 1].top - 1.0).abs() < 1e-13, "{}", layers[LAYERS - 1].top);
        // The share of the lowest layer that stands for the tail.
        let share = 1.0 - layers[0].inside as f64 / TWO_53;
        assert!((share / (tail / AREA) - 1.0).abs() < 1e-13);
    }

    #[test]
    fn inside_is_under_the_density() {
        for layer in NormalSampler::new().layers.iter() {
            let edge = layer.inside as f64 * layer.unit;
            assert!((-0.5 * edge * edge).exp() >= layer.top - 1e-15);
        }
    }

    #[test]
    fn the_tail_has_its_distribution() {
        let survival = |x: f64| libm::erfc(x * core::f64::consts::FRAC_1_SQRT_2);
        let mut stream = Philox::new([9, 0], [0; 4]);
        let mut numbers = [(); 100_000].map(|()| tail(&mut stream));
        numbers.sort_by(f64::total_cmp);
        let distance = |(index, &x): (usize, &f64)| (1.0 - survival(x) / survival(TAIL) - index as f64 / 1e5).abs();
        let largest = numbers.iter().enumerate().map(distance).fold(0.0, f64::max);
        // Kolmogorov's distribution: p = 0.0005.
        assert!(largest * 1e5_f64.sqrt() < 2.0, "{largest}");
        // Beyond 5, where only one in a thousand of these lie.
        let share = survival(5.0) / survival(TAIL);
        let beyond = numbers.iter().filter(|&&x| x > 5.0).count() as f64;
        assert!((beyond - 1e5 * share).abs() < 4.0 * (1e5 * share).sqrt(), "{beyond} {share}");
    }
}
