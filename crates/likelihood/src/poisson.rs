//! Poisson terms as a distance from the saturated term.
//!
//! −2 ln Poisson(n | λ) = `twice_saturated(n)` + `twice_deviance(n, λ)`: the first does not depend on the model, the
//! second is ≥ 0, exactly 0 at λ = n, and keeps full relative accuracy however large n is. The form n ln λ − λ loses
//! ten digits at n = 10¹¹, a count that published likelihoods contain.

use crate::elementary::ln;

/// 2·[λ − n − n ln(λ/n)], the term's distance from its saturated value.
///
/// Infinite outside the domain: for λ < 0, and for λ = 0 with n > 0.
#[inline]
pub fn twice_deviance(n: f64, rate: f64) -> f64 {
    if n > 0.0 {
        if rate > 0.0 {
            let x = (rate - n) / n;
            let near = (-0.35..=0.55).contains(&x);
            2.0 * if near { n * excess_over_log1p(x) } else { (rate - n) - n * ln(rate / n) }
        } else {
            f64::INFINITY
        }
    } else if rate >= 0.0 {
        2.0 * rate
    } else {
        f64::INFINITY
    }
}

/// x − ln(1 + x) without cancellation for −0.35 ≤ x ≤ 0.55.
///
/// With v = x/(2 + x), ln(1 + x) = 2 artanh v, so x − ln(1 + x) = v·(x − 2v²·(1/3 + v²/5 + v⁴/7 + …)) (Loader,
/// *Fast and accurate computation of binomial probabilities*, 2000). There |v| ≤ 0.2156, and the first term left out
/// is below 2⁻⁵³ of the sum.
#[inline]
fn excess_over_log1p(x: f64) -> f64 {
    let v = x / (2.0 + x);
    let square = v * v;
    let mut series = 0.0;
    for denominator in [27.0, 25.0, 23.0, 21.0, 19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0] {
        series = series * square + 1.0 / denominator;
    }
    v * (x - 2.0 * square * series)
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
    fn excess_keeps_its_leading_term_near_zero() {
        for x in [1e-12, -1e-9, 3e-7] {
            let expected = x * x / 2.0 - x * x * x / 3.0 + x * x * x * x / 4.0;
            assert!((excess_over_log1p(x) / expected - 1.0).abs() < 1e-15, "{x}");
        }
    }

    #[test]
    fn excess_agrees_with_its_definition_away_from_zero() {
        for i in -35..=55 {
            let x = 0.01 * f64::from(i);
            let expected = x - libm::log1p(x);
            let cancellation = if expected > 0.0 { 4e-16 * x.abs() / expected } else { 0.0 };
            assert!((excess_over_log1p(x) - expected).abs() <= (1e-15 + cancellation) * expected, "{x}");
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
    }
}
