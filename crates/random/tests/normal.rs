//! Normal numbers against the exact distribution, as a whole and in both tails.
//!
//! `HISTFACTORY_DRAWS=5000000 cargo test --release -p histfactory-random --test normal -- --nocapture` draws more (five
//! times that) and prints the p-values.

mod statistics;

use histfactory_random::{NormalSampler, Philox};
use statistics::{REMARKABLE, draws, kolmogorov, kolmogorov_survival, rare_count, two_sided};

/// 1 − Φ(x).
fn survival(x: f64) -> f64 {
    0.5 * libm::erfc(x * std::f64::consts::FRAC_1_SQRT_2)
}

#[test]
fn numbers_are_normal() {
    let sampler = NormalSampler::new();
    let mut stream = Philox::new([1, 0], [0; 4]);
    let numbers: Vec<f64> = (0..5 * draws()).map(|_| sampler.draw(&mut stream)).collect();
    let total = numbers.len() as f64;
    let unremarkable = |p: f64, what: String| {
        println!("{what}: p = {p:.3}");
        assert!(p > REMARKABLE, "{what}: p = {p}");
    };

    // 3.654 is where the tail's own method begins.
    for beyond in [2.0, 3.0, 3.6, 3.66, 4.0, 4.5, 5.0, 6.0] {
        let expected = total * survival(beyond);
        for sign in [-1.0, 1.0] {
            let count = numbers.iter().filter(|&&number| sign * number > beyond).count() as f64;
            unremarkable(rare_count(count, expected), format!("{count} beyond {}", sign * beyond));
        }
    }
    let moment = |power: i32| numbers.iter().map(|number| number.powi(power)).sum::<f64>();
    for (power, expected, variance) in [(1, 0.0, 1.0_f64), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0)] {
        let pull = (moment(power) - total * expected) / (total * variance).sqrt();
        unremarkable(two_sided(pull), format!("moment {power}"));
    }
    let distance = kolmogorov(numbers, |x| survival(-x));
    unremarkable(kolmogorov_survival(distance), format!("largest distance {distance}"));
}
