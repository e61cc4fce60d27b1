//! A root of a continuous function that is cheap to evaluate.

use histfactory_likelihood::elementary::clamp;

/// Evaluations after which the bracket is as narrow as numbers allow.
const MOST_EVALUATIONS: usize = 200;

/// A place between `low` and `high` where the sign of a function changes, to the last digits (R. P. Brent's aims in
/// the simpler way of T. R. Chandrupatla, Adv. Eng. Software 28 (1997) 145): inverse quadratic interpolation where that is
/// safe, bisection where it is not. NaN where the signs at both ends are the same. (argmin's Brent brings 70 kB of
/// observers and formatting into the module.)
pub(crate) fn root(height: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let (mut a, mut b) = (high, low);
    let (mut height_a, mut height_b) = (height(a), height(b));
    for (end, height) in [(a, height_a), (b, height_b)] {
        if height == 0.0 {
            return end;
        }
    }
    if height_a.is_nan() || height_b.is_nan() || (height_a < 0.0) == (height_b < 0.0) {
        return f64::NAN;
    }
    let mut share = 0.5;
    for _ in 0..MOST_EVALUATIONS {
        let width = b - a;
        let best = if height_a.abs() < height_b.abs() { a } else { b };
        let least = 2.0 * f64::EPSILON * best.abs().max(f64::MIN_POSITIVE) / width.abs();
        if least > 0.5 || height_a == 0.0 {
            return best;
        }
        let middle = a + clamp(share, least, 1.0 - least) * width;
        let height_middle = height(middle);
        let (c, height_c);
        if (height_middle < 0.0) == (height_a < 0.0) {
            (c, height_c) = (a, height_a);
        } else {
            (c, height_c) = (b, height_b);
            (b, height_b) = (a, height_a);
        }
        (a, height_a) = (middle, height_middle);
        let (xi, phi) = ((a - b) / (c - b), (height_a - height_b) / (height_c - height_b));
        let safe = phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi;
        share = if safe {
            height_a / (height_b - height_a) * (height_c / (height_b - height_c))
                + (c - a) / (b - a) * (height_a / (height_c - height_a)) * (height_b / (height_c - height_b))
        } else {
            0.5
        };
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn roots_of_lines_and_worse() {
        type Case = (fn(f64) -> f64, f64, f64, f64);
        let cases: [Case; 6] = [
            (|x| 3.0 - x, 0.0, 10.0, 3.0),
            (|x| 1.0 - x.powi(9), 0.0, 10.0, 1.0),
            (|x| 1e-12 * (2.0 - x), 0.0, 10.0, 2.0),
            (|x| if x < 1.25 { 1.0 } else { -1e6 }, 0.0, 2.0, 1.25),
            (|x| 1.0 - x, 0.0, 1.0, 1.0),
            (|x| libm::cos(x), 0.0, 3.0, std::f64::consts::FRAC_PI_2),
        ];
        for (height, low, high, expected) in cases {
            let calls = Cell::new(0);
            let counted = |x: f64| {
                calls.set(calls.get() + 1);
                height(x)
            };
            let found = root(counted, low, high);
            assert!((found - expected).abs() <= 1e-14 * expected, "{found} {expected}");
            assert!(calls.get() < 80, "{}", calls.get());
        }
        assert!(root(|x| x * x + 1.0, -1.0, 1.0).is_nan());
    }
}
