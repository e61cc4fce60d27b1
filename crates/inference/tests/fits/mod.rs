//! Fits of random models and what a converged one must show.
#![allow(dead_code)]

use std::sync::Arc;

use histfactory_inference::{Curvature, Fit, FitError, Held, NegativeLogLikelihood, Objective, Setup};
use histfactory_likelihood::{Dataset, Model, Sides};

use crate::common::Description;

/// Bounds as in pyhf: alphas ±5, norms 0…10, gammas just above 0…10.
pub fn setup(description: &Description) -> Setup {
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
    setup
}

pub fn fit(model: &Arc<Model>, data: &Arc<Dataset>, setup: &Setup) -> Result<Fit, FitError> {
    histfactory_inference::fit(Arc::clone(model), Arc::clone(data), setup)
}

pub fn objective(model: &Arc<Model>, data: &Arc<Dataset>) -> NegativeLogLikelihood {
    NegativeLogLikelihood::new(Arc::clone(model), Arc::clone(data))
}

/// Slope in natural units that the accepted distance to a minimum, 10⁻⁸, leaves.
const NEARLY: f64 = 1.5e-4;

/// Slopes and signs at a minimum, with `negative` curvature in natural units counted as zero.
pub fn assert_certificate(
    seed: u64,
    (model, data): (&Arc<Model>, &Arc<Dataset>),
    setup: &Setup,
    fit: &Fit,
    negative: f64,
) {
    let minimum = &fit.minimum;
    assert!(minimum.edm <= 1e-8, "seed {seed}: edm {}", minimum.edm);
    let mut objective = objective(model, data);
    let value = objective.value(&minimum.point);
    objective.set_walls(&minimum.walls);
    objective.curvature().set_ranges(&setup.lower, &setup.upper);
    let slope_from = |objective: &mut NegativeLogLikelihood, side| {
        let mut gradient = vec![0.0; minimum.point.len()];
        objective.expand(&minimum.point, &vec![side; minimum.point.len()], &mut gradient);
        gradient
    };
    let above = slope_from(&mut objective, Sides::Above);
    let below = slope_from(&mut objective, Sides::Below);
    // A parameter that lies on a bound without slope can move to one side only, where a mixed derivative need not hurt.
    let inside = |i: usize| minimum.point[i] > setup.lower[i] && minimum.point[i] < setup.upper[i];
    let free: Vec<bool> = minimum.held.iter().enumerate().map(|(i, &held)| held == Held::Free && inside(i)).collect();
    // What the estimated distance leaves of a slope in natural units, √(2·EDM), and rounding; walls are met less exactly.
    let most = (2.0 * minimum.edm).sqrt().max(if minimum.walls.is_empty() { 1e-5 } else { 1e-4 });
    for (i, held) in minimum.held.iter().enumerate() {
        let unit = objective.curvature().unit(i);
        match held {
            Held::Free => assert!(
                below[i].abs() < most * unit,
                "seed {seed} [{i}]: slope {} unit {unit} edm {} walls {:?} x {}",
                below[i],
                minimum.edm,
                minimum.walls,
                minimum.point[i]
            ),
            Held::AtLower => {
                assert!(minimum.point[i] == setup.lower[i] && below[i] > -most * unit, "seed {seed} [{i}]")
            }
            Held::AtUpper => assert!(minimum.point[i] == setup.upper[i] && below[i] < most * unit, "seed {seed} [{i}]"),
            Held::AtKink => assert!(
                minimum.point[i] == 0.0 && below[i] <= NEARLY * unit && above[i] >= -NEARLY * unit,
                "seed {seed} [{i}]: {} {}",
                below[i],
                above[i]
            ),
            Held::Fixed => assert!(setup.fixed[i]),
        }
    }
    if free.contains(&true) {
        let (lowest, _) = objective.curvature().lowest_mode(&free);
        assert!(lowest > -negative, "seed {seed}: curvature {lowest}");
    }
    assert!((fit.twice_nll - data.twice_saturated(model) - value).abs() <= 1e-12 * (1.0 + fit.twice_nll.abs()));
}
