//! Poisson counts against the exact distribution, by χ² and in both tails.
//!
//! `HISTFACTORY_DRAWS=20000000 cargo test --release -p histfactory-random --test poisson -- --nocapture` draws more and
//! prints the p-values.
#![allow(clippy::unwrap_used)]

mod statistics;

use histfactory_likelihood::poisson::{twice_deviance, twice_saturated};
use histfactory_random::{MeanError, Philox, PoissonSampler, PoissonSamplers};
use statistics::{REMARKABLE, chi_square_survival, draws, rare_count, two_sided};

/// From 10⁻³ to 10⁹, whole and not, beside the border between the methods (2048).
const MEANS: [f64; 36] = [
    1e-3, 3e-3, 0.01, 0.03, 0.1, 0.25, 0.5, 0.999, 1.0, 1.5, 2.0, 3.3, 5.0, 7.7, 10.0, 15.2, 25.0, 40.9, 64.0, 100.0,
    150.5, 255.0, 400.0, 700.3, 1024.7, 2047.0, 2047.999, 2048.0, 2048.7, 3000.3, 1e4, 123_456.7, 1e6, 1.5e7, 1e8, 1e9,
];

/// A Poisson distribution written down: P(X = first + i).
struct Exact {
    first: f64,
    probabilities: Vec<f64>,
}

impl Exact {
    fn new(mean: f64) -> Self {
        let reach = 12.0 * mean.sqrt() + 30.0;
        let first = (mean - reach).floor().max(0.0);
        let probability = |k: f64| (-0.5 * (twice_saturated(k) + twice_deviance(k, mean))).exp();
        let last = (mean + reach).ceil();
        let probabilities: Vec<f64> = (0..=(last - first) as u32).map(|i| probability(first + f64::from(i))).collect();
        assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-11, "{mean}");
        Self { first, probabilities }
    }

    /// Neighbouring counts in groups that at least this probability falls into, at most 100 of them: the last count and
    /// the probability of each.
    fn groups(&self, least: f64) -> Vec<(f64, f64)> {
        let least = least.max(0.01);
        let (mut groups, mut sum) = (Vec::new(), 0.0);
        for (i, probability) in self.probabilities.iter().enumerate() {
            sum += probability;
            if sum >= least {
                groups.push((self.first + i as f64, sum));
                sum = 0.0;
            }
        }
        if groups.len() < 2 {
            // Almost all at 0: zero and the rest.
            return vec![(0.0, self.probabilities[0]), (f64::INFINITY, 1.0 - self.probabilities[0])];
        }
        let last = groups.last_mut().unwrap();
        *last = (f64::INFINITY, last.1 + sum);
        groups
    }

    /// The last count of a lower tail of at most this probability, and its probability.
    fn lower_tail(&self, most: f64) -> Option<(f64, f64)> {
        let sums = self.probabilities.iter().scan(0.0, running);
        let (i, sum) = sums.enumerate().take_while(|&(_, sum)| sum <= most).last()?;
        Some((self.first + i as f64, sum))
    }

    /// The first count of an upper tail of at most this probability, and its probability.
    fn upper_tail(&self, most: f64) -> Option<(f64, f64)> {
        let sums = self.probabilities.iter().rev().scan(0.0, running);
        let (i, sum) = sums.enumerate().take_while(|&(_, sum)| sum <= most).last()?;
        Some((self.first + (self.probabilities.len() - 1 - i) as f64, sum))
    }
}

fn running(sum: &mut f64, value: &f64) -> Option<f64> {
    *sum += value;
    Some(*sum)
}

/// How many counts fell where.
struct Tally {
    mean: f64,
    total: f64,
    groups: Vec<(f64, f64)>,
    in_groups: Vec<f64>,
    /// Last count, probability, how many.
    lower: Vec<(f64, f64, f64)>,
    /// First count, probability, how many.
    upper: Vec<(f64, f64, f64)>,
}

impl Tally {
    fn new(mean: f64) -> Self {
        let exact = Exact::new(mean);
        let groups = exact.groups(50.0 / f64::from(draws()));
        let tails = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];
        let tally = |(limit, probability)| (limit, probability, 0.0);
        Self {
            mean,
            total: 0.0,
            in_groups: vec![0.0; groups.len()],
            groups,
            lower: tails.iter().filter_map(|&most| exact.lower_tail(most)).map(tally).collect(),
            upper: tails.iter().filter_map(|&most| exact.upper_tail(most)).map(tally).collect(),
        }
    }

    fn add(&mut self, count: f64) {
        assert!(count.fract() == 0.0 && count >= 0.0, "{}: {count}", self.mean);
        self.total += 1.0;
        self.in_groups[self.groups.partition_point(|&(last, _)| last < count)] += 1.0;
        self.lower.iter_mut().filter(|(last, ..)| count <= *last).for_each(|(.., many)| *many += 1.0);
        self.upper.iter_mut().filter(|(first, ..)| count >= *first).for_each(|(.., many)| *many += 1.0);
    }

    fn assert_poisson(&self) {
        let distance = |(observed, (_, probability)): (&f64, &(f64, f64))| {
            (observed - self.total * probability).powi(2) / (self.total * probability)
        };
        let chi_square: f64 = self.in_groups.iter().zip(&self.groups).map(distance).sum();
        let whole = chi_square_survival(chi_square, self.groups.len() as f64 - 1.0);
        let tail = |&(_, probability, many): &(f64, f64, f64)| rare_count(many, self.total * probability);
        let lower = self.lower.iter().map(tail).fold(1.0, f64::min);
        let upper = self.upper.iter().map(tail).fold(1.0, f64::min);
        println!("mean {:e}: p = {whole:.1e} of χ², {lower:.1e} and {upper:.1e} of the worst tails", self.mean);
        assert!(whole.min(lower).min(upper) > REMARKABLE, "mean {}: {whole} {lower} {upper}", self.mean);
    }
}

#[test]
fn counts_of_one_mean() {
    for (index, mean) in MEANS.into_iter().enumerate() {
        let sampler = PoissonSampler::new(mean).unwrap();
        let mut stream = Philox::new([1, index as u64], [0; 4]);
        let mut tally = Tally::new(mean);
        (0..draws()).for_each(|_| tally.add(sampler.draw(&mut stream)));
        tally.assert_poisson();
    }
}

#[test]
fn counts_of_many_means() {
    let samplers = PoissonSamplers::new(&MEANS).unwrap();
    let mut stream = Philox::new([2, 0], [0; 4]);
    let mut tallies = MEANS.map(Tally::new);
    let mut counts = [0.0; MEANS.len()];
    for toy in 0..u64::from(draws()) {
        stream.start_toy(toy, 0);
        samplers.draw(&mut stream, &mut counts);
        tallies.iter_mut().zip(counts).for_each(|(tally, count)| tally.add(count));
    }
    tallies.iter().for_each(Tally::assert_poisson);
}

#[test]
fn moments_of_large_means() {
    for mean in [1e9, 1e12, 1e15, 1e20] {
        let sampler = PoissonSampler::new(mean).unwrap();
        let mut stream = Philox::new([3, 0], [0; 4]);
        let n = f64::from(draws());
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..draws() {
            let pull = (sampler.draw(&mut stream) - mean) / mean.sqrt();
            sum += pull;
            squares += pull * pull;
        }
        // The mean's variance is 1/n, that of the squares 2/n.
        let [mean_p, variance_p] = [sum / n.sqrt(), (squares - n) / (2.0 * n).sqrt()].map(two_sided);
        assert!(mean_p > REMARKABLE && variance_p > REMARKABLE, "mean {mean}: {mean_p} {variance_p}");
        println!("mean {mean:e}: p = {mean_p:.3} of the mean, {variance_p:.3} of the variance");
    }
}

/// The slow, obvious twin: adds probabilities until they exceed the uniform number.
fn by_summation(mean: f64, uniform: f64) -> f64 {
    let (mut count, mut sum) = (0.0, 0.0);
    loop {
        sum += (-0.5 * (twice_saturated(count) + twice_deviance(count, mean))).exp();
        if sum > uniform {
            return count;
        }
        count += 1.0;
    }
}

#[test]
fn inversion_agrees_with_summation() {
    for mean in MEANS.into_iter().filter(|&mean| mean < 2048.0) {
        let sampler = PoissonSampler::new(mean).unwrap();
        let mut stream = Philox::new([4, 0], [0; 4]);
        for _ in 0..1000 {
            let uniform = stream.clone().next_word() as f64 / 2.0_f64.powi(64);
            assert_eq!(sampler.draw(&mut stream), by_summation(mean, uniform), "mean {mean}, uniform {uniform}");
        }
    }
}

#[test]
fn a_mean_of_zero_and_the_smallest_ones_draw_zero() {
    for mean in [0.0, -0.0, 5e-324, 1e-300, 1e-30] {
        let sampler = PoissonSampler::new(mean).unwrap();
        let mut stream = Philox::new([5, 0], [0; 4]);
        assert!((0..1000).all(|_| sampler.draw(&mut stream) == 0.0));
    }
}

#[test]
fn the_largest_means_draw_themselves() {
    for mean in [1e300, f64::MAX] {
        let sampler = PoissonSampler::new(mean).unwrap();
        let mut stream = Philox::new([7, 0], [0; 4]);
        assert!((0..1000).all(|_| sampler.draw(&mut stream) == mean));
    }
}

#[test]
fn means_that_are_none() {
    for mean in [-1e-300, -1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(PoissonSampler::new(mean).unwrap_err(), MeanError(0));
        assert_eq!(PoissonSamplers::new(&[1.0, mean, 2.0]).unwrap_err(), MeanError(1));
    }
}

#[test]
fn slices_of_any_length() {
    let means = [5.0; 11];
    let mut expected = [0.0; 11];
    PoissonSamplers::new(&means).unwrap().draw(&mut Philox::new([6, 0], [0; 4]), &mut expected);
    for length in 0..means.len() {
        let mut counts = vec![0.0; length];
        PoissonSamplers::new(&means[..length]).unwrap().draw(&mut Philox::new([6, 0], [0; 4]), &mut counts);
        assert_eq!(counts, expected[..length]);
        let mut counts = [0.0; 11];
        PoissonSamplers::new(&means[..length]).unwrap().draw(&mut Philox::new([6, 0], [0; 4]), &mut counts);
        assert_eq!(counts[..length], expected[..length]);
        assert!(counts[length..].iter().all(|&count| count == 0.0));
        let mut counts = vec![0.0; length];
        PoissonSamplers::new(&means).unwrap().draw(&mut Philox::new([6, 0], [0; 4]), &mut counts);
        assert_eq!(counts, expected[..length]);
    }
}
