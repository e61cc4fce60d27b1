//! Fits of wild models: each converges with its certificate or ends with a status that is true.
#![allow(clippy::unwrap_used)]

#[path = "../../likelihood/tests/common/mod.rs"]
mod common;

use std::collections::BTreeMap;
use std::sync::Arc;

use common::{Description, Random};
use histfactory_inference::{FitError, Setup, fit};
use histfactory_likelihood::Dataset;

#[test]
fn count() {
    let fits: u64 = std::env::var("HISTFACTORY_FITS").map_or(2000, |n| n.parse().unwrap());
    let from: u64 = std::env::var("HISTFACTORY_FROM").map_or(0, |n| n.parse().unwrap());
    let mut statuses: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for seed in from..from + fits {
        let mut random = Random::new(seed);
        let description = if std::env::var("PLAIN").is_ok() {
            Description::random(&mut random)
        } else {
            Description::wild(&mut random)
        };
        let model = Arc::new(description.model());
        let mut truth = description.point(&mut random);
        for &alpha in &description.alphas {
            truth[alpha] *= 0.4;
        }
        let data = Arc::new(Dataset::new(&model, &description.data(&truth, &mut random)).unwrap());
        let size = description.parameters;
        let mut setup = Setup {
            start: vec![1.0; size],
            lower: vec![0.0; size],
            upper: vec![10.0; size],
            fixed: vec![false; size],
            max_iterations: 200,
            starts: 1,
        };
        for &alpha in &description.alphas {
            (setup.start[alpha], setup.lower[alpha], setup.upper[alpha]) = (0.0, -5.0, 5.0);
        }
        for &gamma in &description.gammas {
            setup.lower[gamma] = 1e-10;
        }
        let result = fit(model, data, &setup);
        let label = match &result {
            Ok(fit) if fit.minimum.edm <= 1e-15 => "converged".to_string(),
            Ok(fit) if fit.minimum.edm <= 1e-8 => "converged at rounding".to_string(),
            Ok(fit) => format!("edm {}", fit.minimum.edm),
            Err(FitError(status)) => format!("{status:?}"),
        };
        statuses.entry(label).or_default().push(seed);
    }
    for (label, seeds) in &statuses {
        println!("{label}: {} {:?}", seeds.len(), &seeds[..seeds.len().min(12)]);
    }
}
