//! Impacts against fits to data that are a little different.
#![allow(clippy::unwrap_used)]

#[path = "../../likelihood/tests/common/mod.rs"]
mod common;
mod fits;

use std::sync::Arc;

use common::{Description, Random};
use fits::setup;
use histfactory_inference::{Held, Setup, fit, impacts};
use histfactory_likelihood::{ConstraintKind, Dataset, Model};

/// A random model without kinks, its data, and a fit of it that nothing holds.
fn problem(seed: u64) -> Option<(Model, Vec<f64>, Setup)> {
    let mut random = Random::new(seed);
    let description = Description::random(&mut random);
    if description.normsys_code == 1 || description.histosys_code == 0 {
        return None;
    }
    let mut truth = description.point(&mut random);
    for &alpha in &description.alphas {
        truth[alpha] *= 0.4;
    }
    let data = description.data(&truth, &mut random);
    Some((description.model(), data, setup(&description)))
}

/// The parameter at the minimum near `near` for the given data.
fn refit(model: &Model, data: &[f64], setup: &Setup, near: &[f64], parameter: usize) -> f64 {
    let setup = Setup { start: near.to_vec(), ..setup.clone() };
    fit(Arc::new(model.clone()), Arc::new(Dataset::new(model, data).unwrap()), &setup).unwrap().minimum.point[parameter]
}

#[test]
fn impacts_are_the_derivatives_of_the_best_fit() {
    let mut compared = 0;
    for seed in 0..150 {
        let Some((model, data, setup)) = problem(seed) else { continue };
        let dataset = Dataset::new(&model, &data).unwrap();
        let Ok(best) = fit(Arc::new(model.clone()), Arc::new(dataset.clone()), &setup) else { continue };
        let smooth = best.minimum.held.iter().all(|&held| held == Held::Free)
            && best.minimum.walls.is_empty()
            && best.covariance.deviations.iter().all(|&sigma| sigma < 5.0);
        if !smooth {
            continue;
        }
        let point = &best.minimum.point;
        let correlation = best.covariance.correlation();
        for parameter in (0..point.len()).step_by(4) {
            let found = impacts(&model, &dataset, point, &best.covariance, parameter);
            let sigma = best.covariance.deviations[parameter];
            let correlations = &correlation[parameter * point.len()..][..point.len()];
            for ((moved, correlation), other) in
                found.covariances.iter().zip(correlations).zip(&best.covariance.deviations)
            {
                assert!((moved - correlation * sigma * other).abs() < 1e-12 * sigma * other);
            }
            let at = |index: usize, by: f64| {
                let mut data = data.clone();
                data[index] += by;
                refit(&model, &data, &setup, point, parameter)
            };
            let derivative = |index: usize, by: f64| (at(index, by) - at(index, -by)) / (2.0 * by);
            for (k, term) in model.constraints().iter().enumerate() {
                let measured = data[model.bins() + k];
                let deviation = match term.kind {
                    ConstraintKind::Gaussian => term.scale,
                    ConstraintKind::Poisson => measured.sqrt(),
                };
                let moved = deviation * derivative(model.bins() + k, 3e-3 * deviation);
                let difference = (found.auxiliary[term.parameter] - moved).abs();
                assert!(difference < 3e-4 * sigma, "seed {seed} [{parameter}] {k}: {difference}");
            }
            let mut variance = 0.0;
            for (bin, &count) in data[..model.bins()].iter().enumerate() {
                if count > 0.0 {
                    variance += derivative(bin, 3e-3 * count.sqrt()).powi(2) * count;
                }
            }
            assert!((found.statistical - variance.sqrt()).abs() < 3e-4 * sigma, "seed {seed} [{parameter}]");
            for held in (0..point.len()).filter(|&held| held != parameter).step_by(3) {
                let by = 3e-3 * best.covariance.deviations[held];
                let at = |by: f64| {
                    let mut setup = setup.clone();
                    setup.fixed[held] = true;
                    let mut near = point.clone();
                    near[held] += by;
                    refit(&model, &data, &setup, &near, parameter)
                };
                let follows = (at(by) - at(-by)) / (2.0 * by);
                let expected = found.covariances[held] / best.covariance.deviations[held].powi(2);
                let scale = sigma / best.covariance.deviations[held];
                assert!((follows - expected).abs() < 3e-4 * scale, "seed {seed} [{parameter}] {held}");
            }
            compared += 1;
        }
    }
    assert!(compared > 40, "{compared}");
}

#[test]
fn the_squares_of_all_add_up_to_the_variance_where_rates_are_linear() {
    // μ·10 + γ·50 with γ measured as 100/100 in Poisson counts, and ν·20, with ν measured as 1 ± 0.1; 90 counts.
    let structure = [1, 3, 1, 3, 2, 4, 5, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 2, 1, 1, 2, 0];
    let model = Model::from_flat(&structure, &[10.0, 50.0, 20.0, 100.0, 0.1]).unwrap();
    let data = Dataset::new(&model, &[90.0, 100.0, 1.0]).unwrap();
    let setup = Setup {
        start: vec![1.0; 3],
        lower: vec![0.0; 3],
        upper: vec![10.0; 3],
        fixed: vec![false; 3],
        max_iterations: 200,
        starts: 1,
    };
    let best = fit(Arc::new(model.clone()), Arc::new(data.clone()), &setup).unwrap();
    let found = impacts(&model, &data, &best.minimum.point, &best.covariance, 0);
    // 10 μ = n − 50 γ − 20 ν: √90/10, 50/10 · √100/100, 20/10 · 0.1.
    let expected = [90.0_f64.sqrt() / 10.0, -0.5, -0.2];
    for (value, expected) in [found.statistical, found.auxiliary[1], found.auxiliary[2]].iter().zip(expected) {
        assert!((value - expected).abs() < 1e-12, "{value} {expected}");
    }
    let sum: f64 = expected.iter().map(|part| part * part).sum();
    assert!((best.covariance.deviations[0] - sum.sqrt()).abs() < 1e-12);
}
