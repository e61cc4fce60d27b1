//! The χ² distribution.

use histfactory_likelihood::elementary::exp;
use histfactory_likelihood::poisson::{twice_deviance, twice_saturated};

/// Terms after which both expansions have long ended: they take a few √degrees near the middle of the distribution.
const MOST_TERMS: u32 = 1_000_000;

/// The probability that χ² with so many degrees of freedom is `x` or more: Q(degrees/2, x/2).
///
/// By the series of P = 1 − Q below the mean and the continued fraction of Q above it (NIST Digital Library of Mathematical
/// Functions, 8.7.1 and 8.9.2), whose common factor is a Poisson probability and is taken without cancellation. 1 for
/// x ≤ 0.
///
/// ```
/// use histfactory_toys::chi_square_survival;
/// assert!((chi_square_survival(3.841_458_820_694_124, 1) - 0.05).abs() < 1e-15);
/// ```
pub fn chi_square_survival(x: f64, degrees: u32) -> f64 {
    let (a, half) = (0.5 * f64::from(degrees), 0.5 * x);
    if half <= 0.0 {
        return 1.0;
    }
    if degrees == 0 {
        return 0.0;
    }
    // half^a e^−half / Γ(a + 1).
    let factor = exp(-0.5 * (twice_saturated(a) + twice_deviance(a, half)));
    if half < a + 1.0 { 1.0 - factor * series(a, half) } else { factor * a * fraction(a, half) }
}

/// Σ x^n / ((a + 1) … (a + n)).
fn series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for n in 1..MOST_TERMS {
        term *= x / (a + f64::from(n));
        sum += term;
        if term <= 1e-17 * sum {
            break;
        }
    }
    sum
}

/// 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(…))), by Lentz's algorithm as Thompson and Barnett changed it (J. Comput.
/// Phys. 64 (1986) 490).
fn fraction(a: f64, x: f64) -> f64 {
    let mut denominator = x + 1.0 - a;
    let mut d = 1.0 / denominator;
    let mut c = f64::MAX;
    let mut value = d;
    for n in 1..MOST_TERMS {
        let numerator = f64::from(n) * (a - f64::from(n));
        denominator += 2.0;
        d = 1.0 / (denominator + numerator * d);
        c = denominator + numerator / c;
        let change = c * d;
        value *= change;
        if (change - 1.0).abs() <= 4e-16 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_computation_with_40_digits() {
        // mpmath.gammainc(k/2, x/2, mp.inf, regularized=True).
        for (x, degrees, expected) in [
            (0.001, 1, 0.974_772_879_369_960_4),
            (1.0, 1, 0.317_310_507_862_914_1),
            (30.0, 1, 4.320_463_057_827_497_5e-08),
            (2.5, 2, 0.286_504_796_860_190_1),
            (200.0, 2, 3.720_075_976_020_836e-44),
            (3.0, 3, 0.391_625_176_271_088_95),
            (5.0, 7, 0.659_963_229_694_282_7),
            (100.0, 99, 0.452_958_511_320_931_4),
            (250.0, 100, 7.766_936_403_539_178e-15),
            (60.0, 100, 0.999_481_108_537_452),
            (1010.0, 1_000, 0.406_033_150_947_735_95),
            (1500.0, 1_001, 1.283_254_812_159_217_2e-22),
            (10_000.0, 10_000, 0.498_119_365_966_182_67),
            (1_000_000.0, 1_000_001, 0.500_094_031_618_676_3),
        ] {
            let value = chi_square_survival(x, degrees);
            assert!((value / expected - 1.0).abs() < 2e-13, "{x} {degrees}: {value} {expected}");
        }
    }

    #[test]
    fn the_ends() {
        assert_eq!(chi_square_survival(0.0, 3), 1.0);
        assert_eq!(chi_square_survival(-1.0, 3), 1.0);
        assert_eq!(chi_square_survival(1.0, 0), 0.0);
        assert_eq!(chi_square_survival(1e6, 10), 0.0);
    }

    #[test]
    fn an_even_number_of_degrees_is_a_poisson_sum() {
        for degrees in [2_u32, 4, 10, 60] {
            for x in [0.1, 1.0, 7.0, 40.0, 90.0] {
                let (mut term, mut sum) = (exp(-0.5 * x), 0.0);
                for k in 0..degrees / 2 {
                    sum += term;
                    term *= 0.5 * x / f64::from(k + 1);
                }
                assert!((chi_square_survival(x, degrees) / sum - 1.0).abs() < 1e-12, "{x} {degrees}");
            }
        }
    }
}
