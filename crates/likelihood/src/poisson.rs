//! Poisson terms as a distance from the saturated term.
//!
//! −2 ln Poisson(n | λ) = `twice_saturated(n)` + `twice_deviance(n, λ)`: the first does not depend on the model, the
//! second is ≥ 0, exactly 0 at λ = n, and keeps full relative accuracy however large n is. The form n ln λ − λ loses
//! ten digits at n = 10¹¹, a count that published likelihoods contain.

use crate::elementary::{artanh_series, ln, ln_of_normal};
use crate::lanes::Lanes;

/// 2·[λ − n − n ln(λ/n)], the term's distance from its saturated value.
///
/// Infinite outside the domain: for λ < 0, and for λ/n below the normal numbers (2.2·10⁻³⁰⁸) with n > 0.
#[inline]
pub fn twice_deviance(n: f64, rate: f64) -> f64 {
    if n > 0.0 {
        if NEAR[0] * n < rate && rate < NEAR[1] * n {
            return 2.0 * near_deviance(Lanes::splat(n), Lanes::splat(rate)).first();
        }
        let quotient = rate / n;
        if quotient >= f64::MIN_POSITIVE {
            // Where the quotient overflows, n ln(λ/n) vanishes beside λ.
            2.0 * ((rate - n) - n * ln(quotient.min(f64::MAX)))
        } else {
            f64::INFINITY
        }
    } else if rate >= 0.0 {
        2.0 * rate
    } else {
        f64::INFINITY
    }
}

/// Visits [`twice_deviance`] of every bin in order, bit for bit, two bins at a time.
///
/// `counts` and `rates` have one entry per bin.
///
/// ```
/// use histfactory_likelihood::poisson::{twice_deviance, twice_deviances};
/// let (counts, rates) = ([3.0, 0.0, 50.0], [2.5, 1.0, 70.0]);
/// let mut sum = 0.0;
/// twice_deviances(&counts, &rates, |term| sum += term);
/// assert_eq!(sum, twice_deviance(3.0, 2.5) + 2.0 + twice_deviance(50.0, 70.0));
/// ```
#[inline]
pub fn twice_deviances(counts: &[f64], rates: &[f64], mut visit: impl FnMut(f64)) {
    let (count_pairs, last_count) = counts.as_chunks::<2>();
    let (rate_pairs, last_rate) = rates.as_chunks::<2>();
    for (&n, &rate) in count_pairs.iter().zip(rate_pairs) {
        let [first, second] = twice_deviance_of_two(n.into(), rate.into()).to_array();
        visit(first);
        visit(second);
    }
    for (&n, &rate) in last_count.iter().zip(last_rate) {
        visit(twice_deviance(n, rate));
    }
}

/// [`twice_deviance`] by comparisons; the far form is skipped where both are near, as most are in most fits.
#[inline(always)]
fn twice_deviance_of_two(n: Lanes, rate: Lanes) -> Lanes {
    let (zero, infinity) = (Lanes::splat(0.0), Lanes::splat(f64::INFINITY));
    // −0 would change the sign of the quotient below.
    let n = n.max(zero);
    // The near form also serves n = 0 < λ, where s = 1 and it is λ exactly.
    let limit = n.at_most(zero).select(infinity, Lanes::splat(NEAR[1]) * n);
    let near = (Lanes::splat(NEAR[0]) * n).less(rate) & rate.less(limit);
    let near_value = near_deviance(n, rate);
    if near.all() {
        return Lanes::splat(2.0) * near_value;
    }
    // The largest number where n = 0, and n ln(λ/n) = 0.
    let quotient = (rate / n).min(Lanes::splat(f64::MAX));
    let far_value = (rate - n) - n * ln_of_normal(quotient);
    let inside = Lanes::splat(f64::MIN_POSITIVE).at_most(quotient) & zero.at_most(rate);
    inside.select(Lanes::splat(2.0) * near.select(near_value, far_value), infinity)
}

/// Which λ/n count as near 1: there λ − n and n ln(λ/n) cancel. The series holds from √½ to √2.
const NEAR: [f64; 2] = [0.71, 1.41];

/// λ − n − n ln(λ/n) without cancellation for λ near n.
///
/// With s = (λ − n)/(λ + n), ln(λ/n) = 2 artanh s, so the deviance is s·(λ − n − n·(2 artanh s/s − 2)) (Loader, *Fast
/// and accurate computation of binomial probabilities*, 2000).
#[inline(always)]
fn near_deviance(n: Lanes, rate: Lanes) -> Lanes {
    let difference = rate - n;
    let s = difference / (rate + n);
    s * (difference - n * artanh_series(s))
}

/// −2 ln Poisson(n | n), continued to real n ≥ 0 by the gamma function: 2·[ln Γ(n + 1) − n ln n + n].
pub fn twice_saturated(n: f64) -> f64 {
    if n <= 0.0 {
        return 0.0;
    }
    if n < 16.0 {
        return 2.0 * (libm::lgamma(n + 1.0) - n * ln(n) + n);
    }
    ln(2.0 * core::f64::consts::PI * n) + 2.0 * stirling_error(n)
}

/// ln Γ(n + 1) − [n ln n − n + ½ ln 2πn] for n ≥ 16: Stirling's series.
fn stirling_error(n: f64) -> f64 {
    let square = n * n;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / square) / square) / square) / square)
        / n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deviance_keeps_its_leading_term_near_zero() {
        for exponent in [-45, -30, -22] {
            for x in [2.0_f64.powi(exponent), -(2.0_f64.powi(exponent))] {
                let expected = x * x - x * x * x * (2.0 / 3.0) + x * x * x * x / 2.0;
                assert!((twice_deviance(1.0, 1.0 + x) / expected - 1.0).abs() < 6e-16, "{x}");
            }
        }
    }

    #[test]
    fn deviance_agrees_with_its_definition_away_from_zero() {
        for i in -99..=200 {
            let x = 0.01 * f64::from(i);
            let expected = 2.0 * (x - libm::log1p(x));
            let cancellation = if expected > 0.0 { 4e-16 * (1.0 + x.abs()) / expected } else { 0.0 };
            assert!((twice_deviance(1.0, 1.0 + x) - expected).abs() <= (1e-15 + cancellation) * expected, "{x}");
        }
    }

    #[test]
    fn both_terms_add_up_to_the_textbook_form() {
        for n in [0.0, 1e-9, 0.3, 1.0, 2.5, 15.999, 16.0, 17.0, 120.0, 3e4] {
            for rate in [1e-3, 0.5, 1.0, 10.0, 119.0, 2.9e4] {
                let textbook = 2.0 * (rate - if n > 0.0 { n * libm::log(rate) } else { 0.0 } + libm::lgamma(n + 1.0));
                let ours = twice_saturated(n) + twice_deviance(n, rate);
                let scale = 1.0 + n * libm::log(rate).abs() + libm::lgamma(n + 1.0).abs() + rate;
                assert!((ours - textbook).abs() < 4e-15 * scale, "{n} {rate}: {ours} {textbook}");
            }
        }
    }

    #[test]
    fn saturated_term_is_continuous_where_the_series_takes_over() {
        let below = twice_saturated(16.0 - 1e-12);
        let above = twice_saturated(16.0);
        assert!((below - above).abs() < 1e-13);
    }

    #[test]
    fn a_count_of_2e11_keeps_its_digits() {
        // ½·(Δ²/n)·2 to leading order; the next order is 1e-6 relative.
        let n = 1.9e11;
        let value = twice_deviance(n, n + 1.0e5);
        assert!((value / (1.0e10 / n) - 1.0).abs() < 1e-6);
        assert!((twice_saturated(n) - libm::log(2.0 * core::f64::consts::PI * n)).abs() < 1e-11);
    }

    #[test]
    fn the_domain_ends_at_zero() {
        assert_eq!(twice_deviance(0.0, 0.0), 0.0);
        assert_eq!(twice_deviance(3.0, 0.0), f64::INFINITY);
        assert_eq!(twice_deviance(3.0, -1.0), f64::INFINITY);
        assert_eq!(twice_deviance(0.0, -1.0), f64::INFINITY);
        assert_eq!(twice_deviance(4.0, 4.0), 0.0);
        assert_eq!(twice_deviance(3.0, 1e-320), f64::INFINITY);
        assert_eq!(twice_deviance(3.0, f64::INFINITY), f64::INFINITY);
        assert_eq!(twice_deviance(1e-310, 10.0), 20.0);
    }
}
