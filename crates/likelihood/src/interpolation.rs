//! Interpolation between the templates at α = −1, 0 and +1, with first and second derivatives.
//!
//! Codes as in HistFactory and pyhf: 1 and 4 multiply (normsys), 0, 2 and 4p add (histosys). Values are kept as
//! factors, never as logarithms: the polynomial of code 4 is negative inside |α| < 1 for extreme variations that
//! published likelihoods do contain.

use crate::elementary::{exp, ln};
use crate::lanes::dot;

/// How a normsys factor is interpolated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NormsysCode {
    /// Exponential on either side; a kink at 0.
    Code1,
    /// Exponential beyond ±1, a polynomial of sixth order between, continuous to the second derivative.
    Code4,
}

/// How a histosys variation is interpolated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistosysCode {
    /// Linear on either side; a kink at 0.
    Code0,
    /// Parabola between ±1, linear beyond, continuous in value and slope (pyhf's jumps at ±1).
    Code2,
    /// Linear beyond ±1, the polynomial of code 4 between, continuous to the second derivative.
    Code4p,
}

/// From which side of α = 0 a derivative is taken where the interpolation has a kink there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sides {
    /// α → 0 from below.
    #[default]
    Below,
    /// α → 0 from above.
    Above,
}

/// Whether α counts as being on the upper side of a kink at 0.
#[inline]
fn upper(alpha: f64, side: Sides) -> bool {
    alpha > 0.0 || (alpha == 0.0 && side == Sides::Above)
}

/// A normsys factor f(α) with f(−1) = lo, f(0) = 1, f(1) = hi.
#[derive(Clone, Copy, Debug)]
pub struct Multiplicative {
    code: NormsysCode,
    ln_lo: f64,
    ln_hi: f64,
    /// Code 4 inside |α| < 1: f = 1 + Σ a_i αⁱ, i = 1…6.
    polynomial: [f64; 6],
}

impl Multiplicative {
    /// From the factors at α = −1 and +1, both positive.
    pub fn new(code: NormsysCode, lo: f64, hi: f64) -> Self {
        let (ln_lo, ln_hi) = (ln(lo), ln(hi));
        // Value, slope and curvature at ±1 are those of hi^α and lo^−α. Split into the even and the odd part of f.
        let (slope_hi, slope_lo) = (ln_hi * hi, -ln_lo * lo);
        let (curvature_hi, curvature_lo) = (ln_hi * ln_hi * hi, ln_lo * ln_lo * lo);
        let even = [(hi + lo) / 2.0 - 1.0, (slope_hi - slope_lo) / 2.0, (curvature_hi + curvature_lo) / 2.0];
        let odd = [(hi - lo) / 2.0, (slope_hi + slope_lo) / 2.0, (curvature_hi - curvature_lo) / 2.0];
        // Σ_even a = e0, Σ i·a = e1, Σ i(i−1)·a = e2, solved by hand for i = 2, 4, 6; likewise for i = 1, 3, 5.
        let polynomial = [
            (15.0 * odd[0] - 7.0 * odd[1] + odd[2]) / 8.0,
            (24.0 * even[0] - 9.0 * even[1] + even[2]) / 8.0,
            (-5.0 * odd[0] + 5.0 * odd[1] - odd[2]) / 4.0,
            (-12.0 * even[0] + 7.0 * even[1] - even[2]) / 4.0,
            (3.0 * odd[0] - 3.0 * odd[1] + odd[2]) / 8.0,
            (8.0 * even[0] - 5.0 * even[1] + even[2]) / 8.0,
        ];
        Self { code, ln_lo, ln_hi, polynomial }
    }

    /// The factor at α.
    #[inline]
    pub fn value(&self, at: &Powers) -> f64 {
        if self.code == NormsysCode::Code4 && at.inside() {
            return 1.0 + dot(&self.polynomial, &at.values);
        }
        self.exponential(at.alpha)
    }

    /// The factor's first and second derivative at α, where its value is `value`.
    #[inline]
    pub fn derivatives(&self, value: f64, at: &Powers, side: Sides) -> [f64; 2] {
        if self.code == NormsysCode::Code4 && at.inside() {
            return [dot(&self.polynomial, &at.slopes), dot(&self.polynomial, &at.bends)];
        }
        let rate = if upper(at.alpha, side) { self.ln_hi } else { -self.ln_lo };
        [rate * value, rate * rate * value]
    }

    fn exponential(&self, alpha: f64) -> f64 {
        if alpha == 0.0 { 1.0 } else { exp(alpha * if alpha > 0.0 { self.ln_hi } else { -self.ln_lo }) }
    }
}

/// α with its powers and their derivatives, computed once however many factors α moves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Powers {
    alpha: f64,
    /// αⁱ for i = 1…6.
    values: [f64; 6],
    /// i·αⁱ⁻¹.
    slopes: [f64; 6],
    /// i(i − 1)·αⁱ⁻².
    bends: [f64; 6],
}

impl Powers {
    /// Of α.
    #[inline]
    pub fn of(alpha: f64) -> Self {
        let (square, cube) = (alpha * alpha, alpha * alpha * alpha);
        let (fourth, fifth) = (square * square, square * cube);
        Self {
            alpha,
            values: [alpha, square, cube, fourth, fifth, cube * cube],
            slopes: [1.0, 2.0 * alpha, 3.0 * square, 4.0 * cube, 5.0 * fourth, 6.0 * fifth],
            bends: [0.0, 2.0, 6.0 * alpha, 12.0 * square, 20.0 * cube, 30.0 * fourth],
        }
    }

    /// Whether code 4 is a polynomial here.
    fn inside(&self) -> bool {
        self.alpha.abs() < 1.0
    }
}

/// Weights of a histosys variation: Δ_b(α) = up·(hi_b − nominal_b) + down·(nominal_b − lo_b).
///
/// Every code is of this form with weights that depend on α alone, so they are computed once per parameter however
/// many templates it moves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Additive {
    /// Weight of hi − nominal.
    pub up: f64,
    /// Weight of nominal − lo.
    pub down: f64,
}

impl Additive {
    /// `[up, down]`.
    #[inline]
    pub fn pair(self) -> [f64; 2] {
        [self.up, self.down]
    }

    /// Weights at α.
    pub fn value(code: HistosysCode, alpha: f64) -> Self {
        Self::derivatives(code, alpha, Sides::default())[0]
    }

    /// Weights, their first and their second derivative at α.
    #[inline]
    pub fn derivatives(code: HistosysCode, alpha: f64, side: Sides) -> [Self; 3] {
        let weights = |up: f64, down: f64| Self { up, down };
        match code {
            HistosysCode::Code0 if upper(alpha, side) => [weights(alpha, 0.0), weights(1.0, 0.0), weights(0.0, 0.0)],
            HistosysCode::Code0 => [weights(0.0, alpha), weights(0.0, 1.0), weights(0.0, 0.0)],
            HistosysCode::Code2 if alpha > 1.0 => {
                let beyond = alpha - 1.0;
                [weights(1.0 + 1.5 * beyond, -0.5 * beyond), weights(1.5, -0.5), weights(0.0, 0.0)]
            }
            HistosysCode::Code2 if alpha < -1.0 => {
                let beyond = alpha + 1.0;
                [weights(-0.5 * beyond, -1.0 + 1.5 * beyond), weights(-0.5, 1.5), weights(0.0, 0.0)]
            }
            HistosysCode::Code2 => [
                weights(0.5 * alpha * (alpha + 1.0), 0.5 * alpha * (1.0 - alpha)),
                weights(alpha + 0.5, 0.5 - alpha),
                weights(1.0, -1.0),
            ],
            HistosysCode::Code4p if alpha > 1.0 => [weights(alpha, 0.0), weights(1.0, 0.0), weights(0.0, 0.0)],
            HistosysCode::Code4p if alpha < -1.0 => [weights(0.0, alpha), weights(0.0, 1.0), weights(0.0, 0.0)],
            HistosysCode::Code4p => {
                let square = alpha * alpha;
                let even = square * (15.0 + square * (-10.0 + 3.0 * square)) / 16.0;
                let even_first = alpha * (30.0 + square * (-40.0 + 18.0 * square)) / 16.0;
                let even_second = (30.0 + square * (-120.0 + 90.0 * square)) / 16.0;
                [
                    weights(0.5 * alpha + even, 0.5 * alpha - even),
                    weights(0.5 + even_first, 0.5 - even_first),
                    weights(even_second, -even_second),
                ]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINTS: [f64; 13] = [-3.2, -1.7, -1.0, -0.99, -0.5, -1e-3, 0.0, 0.3, 0.5, 0.999, 1.0, 1.4, 2.9];

    fn expanded(factor: &Multiplicative, alpha: f64, side: Sides) -> [f64; 3] {
        let at = Powers::of(alpha);
        let value = factor.value(&at);
        let [first, second] = factor.derivatives(value, &at, side);
        [value, first, second]
    }

    fn delta(weights: Additive, [lo, nominal, hi]: [f64; 3]) -> f64 {
        weights.up * (hi - nominal) + weights.down * (nominal - lo)
    }

    #[test]
    fn published_values() {
        let templates = [0.5, 1.0, 2.0];
        let value = |code, alpha| delta(Additive::value(code, alpha), templates);
        assert_eq!(value(HistosysCode::Code0, 2.0), 2.0);
        assert_eq!(value(HistosysCode::Code0, -2.0), -1.0);
        assert_eq!(value(HistosysCode::Code4p, 0.5), 0.47412109375);
        assert_eq!(value(HistosysCode::Code4p, -0.5), -0.27587890625);
        let factor = Multiplicative::new(NormsysCode::Code4, 0.5, 2.0);
        assert!((factor.value(&Powers::of(0.5)) - 1.414216991983261).abs() < 1e-15);
        assert!((factor.value(&Powers::of(-0.5)) - 0.7071036352140968).abs() < 1e-15);
    }

    #[test]
    fn the_templates_are_met_at_minus_one_zero_and_one() {
        for (lo, hi) in [(0.9, 1.1), (1.3, 1.2), (0.01, 105.6), (230.5, 0.998)] {
            for code in [NormsysCode::Code1, NormsysCode::Code4] {
                let factor = Multiplicative::new(code, lo, hi);
                assert_eq!(factor.value(&Powers::of(0.0)), 1.0);
                assert!((factor.value(&Powers::of(1.0)) / hi - 1.0).abs() < 1e-15);
                assert!((factor.value(&Powers::of(-1.0)) / lo - 1.0).abs() < 1e-15);
            }
        }
        for code in [HistosysCode::Code0, HistosysCode::Code2, HistosysCode::Code4p] {
            let templates = [3.0, 7.0, 8.5];
            assert_eq!(delta(Additive::value(code, 0.0), templates), 0.0);
            assert_eq!(delta(Additive::value(code, 1.0), templates), 1.5);
            assert_eq!(delta(Additive::value(code, -1.0), templates), -4.0);
        }
    }

    #[test]
    fn extreme_variations_are_negative_inside_and_continuous_at_the_seam() {
        let factor = Multiplicative::new(NormsysCode::Code4, 0.01, 105.6);
        assert!(factor.value(&Powers::of(-0.5)) < 0.0);
        let [value, first, second] = expanded(&factor, 1.0 - 1e-15, Sides::Below);
        let [value_out, first_out, second_out] = expanded(&factor, 1.0, Sides::Below);
        assert!((value / value_out - 1.0).abs() < 1e-12);
        assert!((first / first_out - 1.0).abs() < 1e-12);
        assert!((second / second_out - 1.0).abs() < 1e-11);
    }

    #[test]
    fn derivatives_are_those_of_the_value() {
        let h = 1e-5;
        // Second derivatives may jump at ±1 (code 2) and the first at 0 (codes 0 and 1): stay off the seams there.
        for alpha in POINTS.into_iter().filter(|alpha| ![-1.0, 0.0, 1.0].contains(alpha)) {
            for code in [NormsysCode::Code1, NormsysCode::Code4] {
                let factor = Multiplicative::new(code, 0.8, 1.4);
                let [_, first, second] = expanded(&factor, alpha, Sides::Below);
                let at = |alpha| expanded(&factor, alpha, Sides::Below);
                let slope = (at(alpha + h)[0] - at(alpha - h)[0]) / (2.0 * h);
                let curvature = (at(alpha + h)[1] - at(alpha - h)[1]) / (2.0 * h);
                assert!((first - slope).abs() < 1e-8, "{code:?} {alpha}");
                assert!((second - curvature).abs() < 1e-6, "{code:?} {alpha}");
            }
            for code in [HistosysCode::Code0, HistosysCode::Code2, HistosysCode::Code4p] {
                for templates in [[0.0, 1.0, 3.0], [2.0, 1.0, 3.0]] {
                    let at =
                        |alpha, order: usize| delta(Additive::derivatives(code, alpha, Sides::Below)[order], templates);
                    for order in [1, 2] {
                        let numeric = (at(alpha + h, order - 1) - at(alpha - h, order - 1)) / (2.0 * h);
                        assert!((at(alpha, order) - numeric).abs() < 1e-6, "{code:?} {alpha} {order}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_kink_has_a_slope_on_either_side() {
        let factor = Multiplicative::new(NormsysCode::Code1, 0.5, 3.0);
        assert_eq!(expanded(&factor, 0.0, Sides::Above)[1], libm::log(3.0));
        assert_eq!(expanded(&factor, 0.0, Sides::Below)[1], libm::log(2.0));
        let [_, above, _] = Additive::derivatives(HistosysCode::Code0, 0.0, Sides::Above);
        let [_, below, _] = Additive::derivatives(HistosysCode::Code0, 0.0, Sides::Below);
        assert_eq!([above.up, above.down, below.up, below.down], [1.0, 0.0, 0.0, 1.0]);
    }
}
