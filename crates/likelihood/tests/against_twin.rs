//! Values against the slow twin, derivatives against finite differences, on random models.

mod common;

use common::{Description, Random};
use histfactory_likelihood::{Dataset, Evaluator, Expansion, FlatError, Model, Sides, add_square};

const MODELS: u64 = 400;

#[test]
fn values_agree_with_the_twin() {
    for seed in 0..MODELS {
        let mut random = Random::new(seed);
        let description = Description::random(&mut random);
        let model = description.model();
        let mut point = description.point(&mut random);
        let data = description.data(&point, &mut random);
        for _ in 0..3 {
            let mut evaluator = Evaluator::new(&model);
            let rates = evaluator.rates(&model, &point).to_vec();
            for (rate, twin) in rates.iter().zip(description.rates(&point)) {
                assert!((rate - twin).abs() <= 1e-12 * (1.0 + twin.abs()), "seed {seed}: {rate} {twin}");
            }
            let total: f64 = evaluator.sample_rates(&model, &point).iter().sum();
            assert!((total - rates.iter().sum::<f64>()).abs() <= 1e-10 * (1.0 + total.abs()));
            let dataset = Dataset::new(&model, &data).unwrap();
            let (ours, twin) = (evaluator.twice_nll(&model, &dataset, &point), description.twice_nll(&data, &point));
            assert!(ours == twin || (ours - twin).abs() <= 1e-11 * (1.0 + twin.abs()), "seed {seed}: {ours} {twin}");
            // The templates' own points, then anywhere.
            point = description.point(&mut random);
            for &alpha in &description.alphas {
                point[alpha] = random.pick(&[-1.0, 0.0, 1.0]);
            }
        }
    }
}

/// Gradient at `point` with the sides given.
fn gradient(model: &Model, data: &Dataset, point: &[f64], sides: &[Sides]) -> Vec<f64> {
    let mut gradient = vec![0.0; model.parameters()];
    Expansion::new(model).expand(model, data, point, sides, &mut gradient);
    gradient
}

/// The Hessian as a matrix, by products with unit vectors; checks that both forms over the columns are the same.
fn dense(model: &Model, expansion: &mut Expansion, hessian: &mut [f64]) {
    let size = model.parameters();
    for i in 0..size {
        let mut unit = vec![0.0; size];
        unit[i] = 1.0;
        expansion.product(model, &unit, &mut hessian[i * size..][..size]);
    }
    let columns = model.columns();
    let mut lower = vec![0.0; columns.len() * columns.len()];
    expansion.assemble_bent(model, &mut lower);
    for bin in 0..model.bins() {
        add_square(&mut lower, expansion.rate_curvature(bin), expansion.row(bin, columns.len()));
    }
    for (row, &i) in columns.iter().enumerate() {
        for (column, &j) in columns[..=row].iter().enumerate() {
            let (assembled, product) = (lower[row * columns.len() + column], hessian[i * size + j]);
            let scale = 1.0 + hessian[i * (size + 1)].abs() + hessian[j * (size + 1)].abs();
            assert!((assembled - product).abs() <= 1e-11 * scale, "[{i}][{j}]: {assembled} {product}");
        }
    }
}

#[test]
fn derivatives_agree_with_finite_differences() {
    let mut compared = 0;
    for seed in 0..MODELS {
        let mut random = Random::new(1000 + seed);
        let description = Description::random(&mut random);
        let model = description.model();
        let mut point = description.point(&mut random);
        let dataset = Dataset::new(&model, &description.data(&point, &mut random)).unwrap();
        // Zero factors, one and several per sample, must not spoil the products of the others.
        for &norm in &description.norms {
            if random.chance(0.3) {
                point[norm] = 0.0;
            }
        }
        // At −1, 0 and +1 where the interpolation is smooth there.
        let smooth = description.normsys_code == 4 && description.histosys_code == 5;
        for &alpha in &description.alphas {
            if smooth && random.chance(0.3) {
                point[alpha] = random.pick(&[-1.0, 0.0, 1.0]);
            }
        }
        let mut evaluator = Evaluator::new(&model);
        // Away from the domain's edge, where differences make sense.
        let has_count = |bin: usize| dataset.main()[bin] > 0.0;
        if evaluator.rates(&model, &point).iter().enumerate().any(|(bin, &rate)| has_count(bin) && rate < 1.0) {
            continue;
        }
        compared += 1;
        let sides = vec![Sides::Below; model.parameters()];
        let analytic = gradient(&model, &dataset, &point, &sides);
        let mut expansion = Expansion::new(&model);
        let mut hessian = vec![0.0; model.parameters().pow(2)];
        expansion.expand(&model, &dataset, &point, &sides, &mut analytic.clone());
        expansion.hessian(&model, &dataset, &point);
        dense(&model, &mut expansion, &mut hessian);
        let h = 2e-5;
        for i in 0..model.parameters() {
            let moved = |by: f64| {
                let mut moved = point.clone();
                moved[i] += by;
                moved
            };
            let scale = 1.0 + hessian[i * (model.parameters() + 1)].abs();
            let at = |evaluator: &mut Evaluator, by| evaluator.twice_deviance(&model, &dataset, &moved(by));
            let slope = (at(&mut evaluator, h) - at(&mut evaluator, -h)) / (2.0 * h);
            if slope.is_finite() {
                let tolerance = 3e-6 * (scale + analytic[i].abs());
                assert!((analytic[i] - slope).abs() < tolerance, "seed {seed} [{i}]: {} {slope}", analytic[i]);
            }
            // The third derivative jumps at ±1, so the step must be small.
            let h = 1e-7;
            let (ahead, behind) =
                (gradient(&model, &dataset, &moved(h), &sides), gradient(&model, &dataset, &moved(-h), &sides));
            for j in 0..model.parameters() {
                let curvature = (ahead[j] - behind[j]) / (2.0 * h);
                let entry = hessian[i * model.parameters() + j];
                let scale = scale + hessian[j * (model.parameters() + 1)].abs();
                assert!((entry - hessian[j * model.parameters() + i]).abs() <= 1e-11 * scale, "seed {seed} [{i}][{j}]");
                assert!((entry - curvature).abs() < 1e-5 * scale, "seed {seed} [{i}][{j}]: {entry} {curvature}");
            }
        }
    }
    assert!(compared > MODELS / 2, "{compared}");
}

#[test]
fn a_kink_has_one_sided_slopes() {
    // One bin, nominal 50, histosys code 0 with lo 45 and hi 53, 52 counts.
    let structure = [1, 1, 1, 1, 1, 4, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0];
    let model = Model::from_flat(&structure, &[50.0, 3.0, 5.0, 1.0]).unwrap();
    let data = Dataset::new(&model, &[52.0, 0.0]).unwrap();
    assert_eq!(model.kinked(), [true]);
    let weight = 2.0 * (1.0 - 52.0 / 50.0);
    assert!((gradient(&model, &data, &[0.0], &[Sides::Above])[0] - 3.0 * weight).abs() < 1e-12);
    assert!((gradient(&model, &data, &[0.0], &[Sides::Below])[0] - 5.0 * weight).abs() < 1e-12);
}

#[test]
fn arrays_that_are_no_model_are_refused() {
    let structure = [1, 2, 1, 2, 1, 4, 5, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0];
    let numbers = [5.0, 50.0, 0.9, 1.1, 1.0];
    assert!(Model::from_flat(&structure, &numbers).is_ok());
    for cut in 0..structure.len() {
        assert!(Model::from_flat(&structure[..cut], &numbers).is_err(), "{cut}");
    }
    for cut in 0..numbers.len() {
        assert_eq!(Model::from_flat(&structure, &numbers[..cut]).unwrap_err(), FlatError::TooShort);
    }
    let with = |position: usize, value: u32| {
        let mut changed = structure;
        changed[position] = value;
        Model::from_flat(&changed, &numbers).unwrap_err()
    };
    assert_eq!(with(0, 2), FlatError::UnknownFormat);
    assert_eq!(with(5, 3), FlatError::UnknownCode);
    assert_eq!(with(6, 1), FlatError::UnknownCode);
    assert_eq!(with(7, 1), FlatError::NotTiled);
    assert_eq!(with(13, 2), FlatError::OutOfRange);
    assert_eq!(with(2, 2), FlatError::NotTiled);
    assert_eq!(with(4, 0), FlatError::TooLong);
    for position in 0..structure.len() {
        with(position, u32::MAX);
    }
    for bad in [f64::NAN, f64::INFINITY, -1.0] {
        assert_eq!(Model::from_flat(&structure, &[5.0, 50.0, bad, 1.1, 1.0]).unwrap_err(), FlatError::BadNumber);
        assert_eq!(Model::from_flat(&structure, &[5.0, 50.0, 0.9, 1.1, bad]).unwrap_err(), FlatError::BadNumber);
    }
}
