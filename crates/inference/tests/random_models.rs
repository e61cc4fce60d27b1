//! Fits of random models: each converges with its certificate, and no slower method finds anything lower.
#![allow(clippy::unwrap_used)]

#[path = "../../likelihood/tests/common/mod.rs"]
mod common;
mod fits;

use std::sync::Arc;

use common::{Description, Random};
use fits::{assert_certificate, fit, objective, setup};
use histfactory_inference::{
    FitError, Held, HypothesisTests, NegativeLogLikelihood, Objective, Setup, Status, TestStatistic, rate_uncertainties,
};
use histfactory_likelihood::{Dataset, Evaluator, Model};

/// A random model with data drawn near a random point of it.
fn problem(seed: u64) -> (Description, Arc<Model>, Arc<Dataset>, Setup, Random) {
    let mut random = Random::new(seed);
    let description = Description::random(&mut random);
    let model = description.model();
    let mut truth = description.point(&mut random);
    for &alpha in &description.alphas {
        truth[alpha] *= 0.4;
    }
    let data = Dataset::new(&model, &description.data(&truth, &mut random)).unwrap();
    let setup = setup(&description);
    (description, Arc::new(model), Arc::new(data), setup, random)
}

#[test]
fn fits_converge_with_their_certificate_or_say_why_not() {
    const FITS: u64 = 3000;
    let (mut converged, mut unfinished) = (0, 0);
    for seed in 0..FITS {
        let (_, model, data, setup, _) = problem(seed);
        match fit(&model, &data, &setup) {
            Ok(fit) => {
                converged += 1;
                assert_certificate(seed, (&model, &data), &setup, &fit, 1e-8);
            }
            // Where bins are empty, parameters that end at their bounds can leave a rate a little below zero.
            Err(FitError(Status::EdgeOfDomain)) => {
                unfinished += 1;
                assert!(data.main().contains(&0.0), "seed {seed}");
            }
            // Free per-bin factors times free norms make curved valleys without a bottom.
            Err(FitError(status)) => {
                unfinished += 1;
                assert!(matches!(status, Status::IterationLimit | Status::Stalled), "seed {seed}: {status}");
            }
        }
    }
    assert_eq!(converged + unfinished, FITS);
    assert!(converged >= FITS * 98 / 100, "{converged} {unfinished}");
}

/// Cycles through the parameters, each minimised by golden section nearby: slow and obvious.
fn coordinate_descent(objective: &mut NegativeLogLikelihood, setup: &Setup, start: &[f64]) -> f64 {
    let golden = 0.5 * (5.0_f64.sqrt() - 1.0);
    let mut point = start.to_vec();
    let mut best = objective.value(&point);
    let mut reach = 0.05;
    for _ in 0..120 {
        let before = best;
        for i in 0..point.len() {
            let (mut low, mut high) = ((point[i] - reach).max(setup.lower[i]), (point[i] + reach).min(setup.upper[i]));
            for _ in 0..50 {
                let (a, b) = (high - golden * (high - low), low + golden * (high - low));
                let mut at = |x: f64| {
                    let mut trial = point.clone();
                    trial[i] = x;
                    objective.value(&trial)
                };
                if at(a) <= at(b) { high = b } else { low = a }
            }
            for x in [low, 0.5 * (low + high), high] {
                let mut trial = point.clone();
                trial[i] = x;
                let value = objective.value(&trial);
                if value < best {
                    (best, point) = (value, trial);
                }
            }
        }
        if before - best < 1e-13 {
            reach *= 0.3;
        }
    }
    best
}

#[test]
fn a_slow_minimiser_finds_nothing_lower() {
    for seed in 0..60 {
        let (_, model, data, setup, _) = problem(seed);
        let Ok(fit) = fit(&model, &data, &setup) else { continue };
        let mut objective = objective(&model, &data);
        let slow = coordinate_descent(&mut objective, &setup, &fit.minimum.point);
        assert!(slow > fit.minimum.value - 1e-11 * (1.0 + slow), "seed {seed}: {slow} {}", fit.minimum.value);
    }
}

#[test]
fn other_starts_reach_the_same_minimum_or_another_true_one() {
    let (mut elsewhere, mut stalled) = (0, 0);
    for seed in 0..300 {
        let (description, model, data, setup, mut random) = problem(seed);
        let Ok(first) = fit(&model, &data, &setup) else { continue };
        for _ in 0..4 {
            let start = description.point(&mut random);
            let setup = Setup { start, ..setup.clone() };
            match fit(&model, &data, &setup) {
                Ok(other) => {
                    assert_certificate(seed, (&model, &data), &setup, &other, 1e-8);
                    elsewhere += usize::from((other.minimum.value - first.minimum.value).abs() > 1e-8);
                }
                Err(error) => stalled += usize::from(error.0 == Status::Stalled),
            }
        }
    }
    // Kinks, polynomials and shared names do make second minima, for up to one start in five as far out as these.
    assert!(elsewhere < 250 && stalled <= 3, "{elsewhere} {stalled}");
}

#[test]
fn uncertainties_are_the_curvature_of_the_profile() {
    // σ² of a parameter is 2/(d²/dθ² of the profiled −2 ln L): compared by fits at θ ± 1e-3 σ.
    let mut compared = 0;
    for seed in 0..80 {
        let (_, model, data, setup, _) = problem(seed);
        let Ok(best) = fit(&model, &data, &setup) else { continue };
        if best.minimum.held.iter().any(|&held| held != Held::Free)
            || !best.covariance.deviations.iter().all(|s| s.is_finite())
        {
            continue;
        }
        for (i, &sigma) in best.covariance.deviations.iter().enumerate().step_by(3) {
            let at = |by: f64| {
                let mut setup = Setup { start: best.minimum.point.clone(), ..setup.clone() };
                setup.start[i] += by;
                setup.fixed[i] = true;
                let constrained = fit(&model, &data, &setup);
                constrained.map_or(f64::NAN, |fit| fit.minimum.value - best.minimum.value)
            };
            let step = 1e-3 * sigma;
            let curvature = (at(step) + at(-step)) / (step * step);
            if curvature.is_nan() {
                continue;
            }
            let ratio = (2.0 / curvature).sqrt() / sigma;
            assert!((ratio - 1.0).abs() < 2e-3, "seed {seed} [{i}]: {ratio}");
            compared += 1;
        }
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn statistics_of_asimov_data_are_those_of_fits_to_them() {
    let (mut compared, mut same) = (0, 0);
    for seed in 0..600 {
        let (description, model, data, setup, _) = problem(seed);
        // Without kinks, so that second minima are rare.
        if description.normsys_code == 1 || description.histosys_code == 0 {
            continue;
        }
        let poi = description.norms[0];
        let tests = HypothesisTests::new(
            Arc::clone(&model),
            Dataset::clone(&data),
            setup.clone(),
            poi,
            TestStatistic::UpperBounded,
        );
        let Ok(mut tests) = tests else { continue };
        let Ok(test) = tests.test(0.5) else { continue };
        let (main, auxiliary) = tests.asimov_data();
        let asimov = Arc::new(Dataset::new(&model, &[main, auxiliary].concat()).unwrap());
        let mut fixed = setup.clone();
        fixed.start[poi] = 0.5;
        fixed.fixed[poi] = true;
        let (Ok(free), Ok(constrained)) = (fit(&model, &asimov, &setup), fit(&model, &asimov, &fixed)) else {
            continue;
        };
        compared += 1;
        let statistic = constrained.minimum.value - free.minimum.value;
        same += usize::from((test.asimov - statistic).abs() <= 1e-8 * (1.0 + statistic));
    }
    // These models have second minima, and from the usual start a fit may end in another one.
    assert!(compared > 40 && same * 5 >= compared * 4, "{same} of {compared}");
}

#[test]
fn rates_move_with_the_parameters_as_their_uncertainties_say() {
    for seed in 0..40 {
        let (description, model, data, setup, _) = problem(seed);
        let Ok(best) = fit(&model, &data, &setup) else { continue };
        let size = model.parameters();
        let point = &best.minimum.point;
        // Differences make no sense across a kink, nor where nearly flat directions cancel in what is left.
        let near_flat = best.covariance.deviations.iter().any(|&sigma| sigma > 10.0);
        if near_flat || description.alphas.iter().any(|&alpha| point[alpha].abs() < 1e-5) {
            continue;
        }
        let deviations: Vec<f64> =
            best.covariance.deviations.iter().map(|s| if s.is_finite() { *s } else { 0.0 }).collect();
        let correlation = best.covariance.correlation();
        let uncertainties = rate_uncertainties(&model, point, &best.covariance);
        // J by finite differences, then √(J C Jᵀ) the long way.
        let mut evaluator = Evaluator::new(&model);
        let mut jacobian = vec![vec![0.0; size]; model.bins()];
        for parameter in (0..size).filter(|&parameter| deviations[parameter] > 0.0) {
            let h = 1e-6;
            let mut moved = point.clone();
            moved[parameter] += h;
            let ahead = evaluator.rates(&model, &moved).to_vec();
            moved[parameter] -= 2.0 * h;
            let behind = evaluator.rates(&model, &moved).to_vec();
            for bin in 0..model.bins() {
                jacobian[bin][parameter] = (ahead[bin] - behind[bin]) / (2.0 * h);
            }
        }
        let mut first = 0;
        for (channel, bins) in model.channel_bins().enumerate() {
            let sums = (0..size).map(|p| bins.clone().map(|bin| jacobian[bin][p]).sum()).collect::<Vec<f64>>();
            let deviation = |row: &[f64]| {
                let mut variance = 0.0;
                for i in 0..size {
                    for j in 0..size {
                        variance += row[i] * row[j] * deviations[i] * deviations[j] * correlation[i * size + j];
                    }
                }
                variance.max(0.0).sqrt()
            };
            for bin in bins {
                let expected = deviation(&jacobian[bin]);
                let difference = (uncertainties.bins[bin] - expected).abs();
                assert!(
                    difference < 1e-5 * (1e-2 + expected),
                    "seed {seed}: {} {expected} {:?} {:?} {}",
                    uncertainties.bins[bin],
                    point,
                    description.alphas,
                    description.histosys_code
                );
                first += 1;
            }
            let expected = deviation(&sums);
            assert!((uncertainties.channels[channel] - expected).abs() < 1e-5 * (1e-2 + expected), "seed {seed}");
        }
        assert_eq!(first, model.bins());
    }
}
