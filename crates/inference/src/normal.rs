//! The normal distribution, far into its tails.

use std::f64::consts::{LN_2, PI, SQRT_2};

use histfactory_likelihood::elementary::{exp, ln};

/// Beyond this the asymptotic series of the tail is exact to the last digit.
const FAR: f64 = 10.0;

/// 1 − Φ(x).
pub fn survival(x: f64) -> f64 {
    if x > FAR { exp(ln_survival(x)) } else { 0.5 * libm::erfc(x / SQRT_2) }
}

/// ln(1 − Φ(x)), a number where 1 − Φ(x) itself underflows.
pub fn ln_survival(x: f64) -> f64 {
    if x <= FAR {
        return ln(libm::erfc(x / SQRT_2)) - LN_2;
    }
    // 1 − Φ(x) = φ(x)/x · (1 − 1/x² + 1·3/x⁴ − …), cut where its terms are smallest or negligible.
    let inverse_square = 1.0 / (x * x);
    let (mut series, mut term) = (1.0, 1.0);
    for k in 0..24 {
        term *= -f64::from(2 * k + 1) * inverse_square;
        series += term;
    }
    -0.5 * x * x - 0.5 * ln(2.0 * PI) - ln(x) + ln(series)
}

/// The x with 1 − Φ(x) = probability, for 0 < probability < 1.
///
/// Newton's method on ln(1 − Φ): it is concave and falling, so every step after the first comes from above.
pub fn quantile(probability: f64) -> f64 {
    if probability > 0.5 {
        return -quantile(1.0 - probability);
    }
    let target = ln(probability);
    let mut x = 0.0_f64;
    for _ in 0..60 {
        let value = ln_survival(x);
        let hazard = exp(-0.5 * x * x - 0.5 * ln(2.0 * PI) - value);
        let step = (value - target) / hazard;
        x += step;
        if step.abs() <= 1e-15 * x.abs() {
            break;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_meet_published_values() {
        // Survival at 1, 2, 5 and 37.5 standard deviations and its logarithm at 100, from mpmath with 40 digits.
        for (x, expected) in [
            (1.0, 0.158_655_253_931_457_05),
            (2.0, 0.022_750_131_948_179_21),
            (5.0, 2.866_515_718_791_939_4e-7),
            (20.0, 2.753_624_118_606_233_7e-89),
        ] {
            assert!((survival(x) / expected - 1.0).abs() < 2e-14, "{x}: {}", survival(x));
            assert!((ln_survival(x) / libm::log(expected) - 1.0).abs() < 1e-15 * 10.0);
        }
        assert!((ln_survival(100.0) + 5_005.524_208_694_205).abs() < 1e-9);
        assert!((survival(-3.0) - 0.998_650_101_968_369_9).abs() < 1e-15);
    }

    #[test]
    fn the_series_takes_over_without_a_step() {
        let (below, above) = (ln_survival(FAR), ln_survival(FAR + 1e-13));
        assert!((below - above).abs() < 3e-12, "{below} {above}");
    }

    #[test]
    fn quantile_inverts_survival() {
        for x in [-6.0, -2.0, -0.3, 0.0, 0.7, 1.96, 5.0, 8.2, 15.0, 37.0] {
            let back = quantile(survival(x));
            let lost = if x < 0.0 { 1e-16 / (0.4 * exp(-0.5 * x * x)) } else { 0.0 };
            assert!((back - x).abs() < 1e-13 * (1.0 + x.abs()) + 2.0 * lost, "{x} {back}");
        }
    }
}
