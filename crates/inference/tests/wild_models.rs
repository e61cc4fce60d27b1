//! Fits of wild models (rates from 10⁻⁹ to 10⁹, auxiliary counts to 10¹², negative and degenerate templates): each
//! converges with its certificate or ends with a status that is true.
//!
//! `HISTFACTORY_FITS=100000 cargo test --release -p histfactory-inference --test wild_models -- --nocapture` makes more
//! fits and prints how they ended.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../../likelihood/tests/common/mod.rs"]
mod common;
mod fits;

use std::collections::BTreeMap;
use std::sync::Arc;

use common::{Description, Random};
use fits::{assert_certificate, fit, setup};
use histfactory_inference::{FitError, Status};
use histfactory_likelihood::Dataset;

/// In a valley without a bottom the curvature changes its sign within the accepted distance of the minimum.
const NEGATIVE: f64 = 1e-6;

/// How the fits of models 0…count − 1 ended.
fn endings(count: u64, describe: fn(&mut Random) -> Description) -> BTreeMap<&'static str, u64> {
    let mut endings = BTreeMap::new();
    for seed in 0..count {
        let mut random = Random::new(seed);
        let description = describe(&mut random);
        let model = Arc::new(description.model());
        let mut truth = description.point(&mut random);
        for &alpha in &description.alphas {
            truth[alpha] *= 0.4;
        }
        let data = Arc::new(Dataset::new(&model, &description.data(&truth, &mut random)).unwrap());
        let setup = setup(&description);
        let ending = match fit(&model, &data, &setup) {
            Ok(fit) => {
                assert_certificate(seed, (&model, &data), &setup, &fit, NEGATIVE);
                if fit.minimum.edm <= 1e-15 { "converged" } else { "converged, EDM up to 1e-8" }
            }
            Err(FitError(Status::EdgeOfDomain)) => {
                assert!(data.main().contains(&0.0), "seed {seed}");
                "edge of the domain"
            }
            Err(FitError(Status::IterationLimit)) => "iteration limit",
            Err(FitError(Status::Stalled)) => "stalled",
            Err(FitError(Status::OutsideDomain)) => "outside the domain",
            Err(FitError(status)) => panic!("seed {seed}: {status}"),
        };
        *endings.entry(ending).or_default() += 1;
    }
    println!("{count} fits: {endings:?}");
    endings
}

fn count() -> u64 {
    std::env::var("HISTFACTORY_FITS").map_or(2000, |count| count.parse().unwrap())
}

fn converged(endings: &BTreeMap<&'static str, u64>) -> u64 {
    endings.iter().filter(|(ending, _)| ending.starts_with("converged")).map(|(_, count)| count).sum()
}

#[test]
fn wild_models() {
    let endings = endings(count(), Description::wild);
    assert!(converged(&endings) * 100 >= count() * 85, "{endings:?}");
}

#[test]
fn random_models() {
    let endings = endings(count(), Description::random);
    assert!(converged(&endings) * 100 >= count() * 98, "{endings:?}");
}
