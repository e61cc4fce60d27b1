//! Profiles in closed form against a slow twin: every γ by a search of its own with the ordinary evaluator.
#![allow(clippy::unwrap_used)]

use histfactory_likelihood::{ClosedForm, Dataset, Evaluator, Model, shared_parameters};

/// Steele, Lea and Flood's SplitMix64: enough to scatter models.
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    fn chance(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }
}

struct Case<const K: usize> {
    model: Model,
    data: Vec<f64>,
    lower: Vec<f64>,
    upper: Vec<f64>,
    theta: [f64; K],
}

/// Parameters: K normfactors, the first of which may have a constraint, then a γ for every bin that has one.
fn case<const K: usize>(seed: u64) -> Case<K> {
    let mut random = Random(seed);
    let (mut blocks, mut numbers) = (Vec::new(), Vec::new());
    let (mut constraints, mut scales) = (Vec::new(), Vec::new());
    let (mut counts, mut auxiliary) = (Vec::new(), Vec::new());
    let mut parameters = K as u32;
    let channels = 1 + (3.0 * random.uniform()) as u32;
    let mut first_bin = 0;
    let mut block_count = 0;
    for _ in 0..channels {
        let bins = 1 + (4.0 * random.uniform()) as u32;
        let gammas = random.chance(0.8).then_some(parameters);
        if let Some(first) = gammas {
            let poisson = random.chance(0.5);
            for bin in 0..bins {
                constraints.extend([first + bin, u32::from(poisson)]);
                let scale = if poisson { random.between(5.0, 400.0) } else { random.between(0.02, 0.3) };
                scales.push(scale);
                let measured = random.between(0.8, 1.2);
                auxiliary.push(if poisson { (scale * measured).round() } else { measured });
            }
            parameters += bins;
        }
        // Background without a normfactor, one sample per normfactor, any of them with the channel's γ.
        for factor in 0..=K as u32 {
            let scaled = gammas.filter(|_| factor == 0 || random.chance(0.3));
            blocks.extend([first_bin, bins, 0, 0, u32::from(factor > 0), u32::from(scaled.is_some())]);
            blocks.extend((factor > 0).then(|| factor - 1));
            blocks.extend(scaled);
            let size = if factor == 0 { 40.0 } else { 12.0 };
            numbers.extend((0..bins).map(|_| random.between(0.1, size)));
            block_count += 1;
        }
        counts.extend((0..bins).map(|_| (random.between(0.0, 60.0) - 5.0).max(0.0).round()));
        first_bin += bins;
    }
    if random.chance(0.3) {
        constraints.extend([0, 0]);
        scales.push(0.2);
        auxiliary.push(1.05);
    }
    let mut structure = vec![1, parameters, first_bin, block_count, scales.len() as u32, 4, 5];
    structure.extend(blocks);
    structure.extend(constraints);
    numbers.extend(scales);
    let model = Model::from_flat(&structure, &numbers).unwrap();
    counts.extend(auxiliary);
    Case {
        lower: vec![1e-10; parameters as usize],
        upper: (0..parameters).map(|_| if random.chance(0.1) { 0.95 } else { 10.0 }).collect(),
        theta: core::array::from_fn(|_| random.between(0.3, 1.8)),
        data: counts,
        model,
    }
}

/// −2 ln L less its saturated part with every γ at its best, found by a search in sections.
fn slow_profile<const K: usize>(case: &Case<K>, theta: [f64; K]) -> f64 {
    let data = Dataset::new(&case.model, &case.data).unwrap();
    let mut evaluator = Evaluator::new(&case.model);
    let mut point = vec![1.0; case.model.parameters()];
    point[..K].copy_from_slice(&theta);
    for gamma in K..point.len() {
        let mut value = |at: f64, point: &mut Vec<f64>| {
            point[gamma] = at;
            evaluator.twice_deviance(&case.model, &data, point)
        };
        let (mut low, mut high) = (case.lower[gamma], case.upper[gamma]);
        for _ in 0..120 {
            let (left, right) = (low + (high - low) * 0.381_966, high - (high - low) * 0.381_966);
            if value(left, &mut point) < value(right, &mut point) { high = right } else { low = left }
        }
        point[gamma] = 0.5 * (low + high);
    }
    evaluator.twice_deviance(&case.model, &data, &point)
}

fn check<const K: usize>(seed: u64) {
    let case = case::<K>(seed);
    let fixed = vec![false; case.model.parameters()];
    let start = vec![1.0; fixed.len()];
    assert_eq!(shared_parameters(&case.model, &fixed), K);
    let form = ClosedForm::<K>::of(&case.model, &start, &fixed, &case.lower, &case.upper).unwrap();
    let mut data = form.data();
    let (main, auxiliary) = case.data.split_at(case.model.bins());
    form.fill(main, auxiliary, &mut data);
    let (mut point, mut other) = (form.point(), form.point());
    let slopes = form.profile(&data, case.theta, &mut point).unwrap();
    let value = form.twice_deviance(&data, &point);
    let slow = slow_profile(&case, case.theta);
    assert!((value - slow).abs() <= 1e-10 * (1.0 + slow), "seed {seed}: {value} {slow}");

    const STEP: f64 = 1e-5;
    for k in 0..K {
        let mut at = |by: f64| {
            let mut theta = case.theta;
            theta[k] += by;
            let slopes = form.profile(&data, theta, &mut other).unwrap();
            (form.difference(&data, &other, &point), form.twice_deviance(&data, &other), slopes.gradient)
        };
        let (above, below) = (at(STEP), at(-STEP));
        assert!((above.0 - (above.1 - value)).abs() < 1e-9, "seed {seed}: {} {}", above.0, above.1 - value);
        let numeric = (above.0 - below.0) / (2.0 * STEP);
        assert!((2.0 * slopes.gradient[k] - numeric).abs() < 1e-5 * (1.0 + numeric.abs()), "seed {seed} gradient {k}");
        for l in 0..K {
            let numeric = (above.2[l] - below.2[l]) / (2.0 * STEP);
            let exact = slopes.hessian[k][l];
            assert!(
                (exact - numeric).abs() < 1e-5 * (1.0 + numeric.abs()),
                "seed {seed} [{k}][{l}]: {exact} {numeric}"
            );
        }
    }
}

#[test]
fn profiles_and_their_slopes_are_those_of_the_slow_twin() {
    for seed in 0..150 {
        check::<1>(seed);
        check::<2>(1000 + seed);
        check::<3>(2000 + seed);
    }
}

#[test]
fn a_model_with_a_free_variation_has_no_closed_form() {
    // One bin, background 50 with a normsys (parameter 1), signal 5·μ (parameter 0).
    let structure = [1, 2, 1, 2, 1, 4, 5, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0];
    let model = Model::from_flat(&structure, &[5.0, 50.0, 0.9, 1.1, 1.0]).unwrap();
    let bounds = [vec![-5.0; 2], vec![5.0; 2]];
    let form = |fixed: [bool; 2]| ClosedForm::<1>::of(&model, &[1.0, 0.5], &fixed, &bounds[0], &bounds[1]);
    assert!(form([false, false]).is_none());
    // Fixed it is a number, and its constraint a constant.
    let form = form([false, true]).unwrap();
    let (mut data, mut point) = (form.data(), form.point());
    form.fill(&[52.0], &[0.2], &mut data);
    form.profile(&data, [0.7], &mut point).unwrap();
    let slow = Dataset::new(&model, &[52.0, 0.2]).unwrap();
    let expected = Evaluator::new(&model).twice_deviance(&model, &slow, &[0.7, 0.5]);
    assert!((form.twice_deviance(&data, &point) - expected).abs() < 1e-12);
}
