//! p-values of what was drawn.
#![allow(dead_code, clippy::unwrap_used)]

/// Draws per distribution: `HISTFACTORY_DRAWS`, else this many.
pub fn draws() -> u32 {
    std::env::var("HISTFACTORY_DRAWS").map_or(200_000, |count| count.parse().unwrap())
}

/// No p-value of a fixed seed should be below this; some thousands of them are asked.
pub const REMARKABLE: f64 = 1e-5;

/// P(χ² ≥ x) for this number of degrees of freedom.
pub fn chi_square_survival(x: f64, degrees: f64) -> f64 {
    upper_gamma(0.5 * degrees, 0.5 * x)
}

/// Twice the smaller tail probability of a count with this expectation: a rare one among many draws.
pub fn rare_count(count: f64, expected: f64) -> f64 {
    let at_least = if count > 0.0 { 1.0 - upper_gamma(count, expected) } else { 1.0 };
    let at_most = upper_gamma(count + 1.0, expected);
    (2.0 * at_least.min(at_most)).min(1.0)
}

/// P(√n·D ≥ x) of the largest distance D between a distribution function and that of n draws, n large.
pub fn kolmogorov_survival(x: f64) -> f64 {
    let term = |k: i32| (if k % 2 == 1 { 2.0 } else { -2.0 }) * (-2.0 * f64::from(k * k) * x * x).exp();
    if x < 0.2 { 1.0 } else { (1..100).map(term).sum::<f64>().clamp(0.0, 1.0) }
}

/// √n times the largest distance between the distribution of these draws and this distribution function.
pub fn kolmogorov(mut draws: Vec<f64>, distribution: impl Fn(f64) -> f64) -> f64 {
    draws.sort_by(f64::total_cmp);
    let n = draws.len() as f64;
    let distance = |(index, &x): (usize, &f64)| {
        let (below, expected) = (index as f64 / n, distribution(x));
        (expected - below).abs().max((below + 1.0 / n - expected).abs())
    };
    draws.iter().enumerate().map(distance).fold(0.0, f64::max) * n.sqrt()
}

/// Two-sided p-value of a standard normal number.
pub fn two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() * std::f64::consts::FRAC_1_SQRT_2)
}

/// The correlation of two series times √n: standard normal where they are independent.
pub fn correlation(left: &[f64], right: &[f64]) -> f64 {
    let n = left.len() as f64;
    let centred = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / n;
        values.iter().map(|value| value - mean).collect::<Vec<_>>()
    };
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let (left, right) = (centred(left), centred(right));
    product(&left, &right) / (product(&left, &left) * product(&right, &right)).sqrt() * n.sqrt()
}

/// Γ(a, x)/Γ(a): a series below a + 1, Legendre's continued fraction above.
fn upper_gamma(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    let scale = (a * x.ln() - x - libm::lgamma(a)).exp();
    if x < a + 1.0 {
        let (mut sum, mut term, mut n) = (1.0 / a, 1.0 / a, a);
        while term > 1e-17 * sum {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        return (1.0 - scale * sum).max(0.0);
    }
    let (mut b, mut d) = (x + 1.0 - a, 1.0 / (x + 1.0 - a));
    let (mut c, mut fraction) = (1e300, d);
    for n in 1..100_000 {
        let n = f64::from(n);
        let numerator = -n * (n - a);
        b += 2.0;
        d = 1.0 / (numerator * d + b);
        c = b + numerator / c;
        fraction *= c * d;
        if (c * d - 1.0).abs() < 1e-15 {
            break;
        }
    }
    (scale * fraction).min(1.0)
}
