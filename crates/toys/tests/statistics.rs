//! Statistics of toys against slow twins and exact answers.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use histfactory_inference::{NegativeLogLikelihood, Setup, Status, TestStatistic, minimize_likelihood};
use histfactory_likelihood::{Dataset, Model};
use histfactory_random::Philox;
use histfactory_toys::{Ensemble, EnsembleError, EnsembleSetup, Generator, Toy, ToyFits, ToyStatistic};

struct Case {
    model: Arc<Model>,
    data: Vec<f64>,
    setup: Setup,
}

fn case(structure: &[u32], numbers: &[f64], data: &[f64], start: &[f64], [lower, upper]: [&[f64]; 2]) -> Case {
    let model = Arc::new(Model::from_flat(structure, numbers).unwrap());
    let setup = Setup {
        start: start.to_vec(),
        lower: lower.to_vec(),
        upper: upper.to_vec(),
        fixed: vec![false; start.len()],
        max_iterations: 200,
        starts: 1,
    };
    Case { model, data: data.to_vec(), setup }
}

/// Signal s·μ over a background b, one bin, nothing else.
fn counting(signal: f64, background: f64, count: f64) -> Case {
    let structure = [1, 1, 1, 2, 0, 4, 5, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0];
    case(&structure, &[signal, background], &[count], &[1.0], [&[0.0], &[10.0]])
}

/// pyhf's two-bin example: signal 12, 11 and background 50, 52 with uncorrelated uncertainties 3, 7.
fn two_bins() -> Case {
    let structure = [1, 3, 2, 2, 2, 4, 5, 0, 2, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 1, 1, 1, 2, 1];
    let taus = [(50.0_f64 / 3.0).powi(2), (52.0_f64 / 7.0).powi(2)];
    let numbers = [12.0, 11.0, 50.0, 52.0, taus[0], taus[1]];
    let bounds: [&[f64]; 2] = [&[0.0, 1e-10, 1e-10], &[10.0; 3]];
    case(&structure, &numbers, &[51.0, 48.0, taus[0], taus[1]], &[1.0; 3], bounds)
}

/// Two bins; the background has a normsys, a histosys and a free normalisation.
fn varied() -> Case {
    let structure = [
        1, 4, 2, 2, 2, 4, 5, // four parameters: μ, k, α of the normsys, α of the histosys
        0, 2, 0, 0, 1, 0, 0, // signal
        0, 2, 1, 1, 1, 0, 3, 2, 1, // background
        2, 0, 3, 0,
    ];
    let numbers = [9.0, 2.0, 40.0, 60.0, 4.0, -3.0, 3.0, -4.0, 0.85, 1.2, 1.0, 1.0];
    let bounds: [&[f64]; 2] = [&[0.0, 0.0, -5.0, -5.0], &[10.0, 10.0, 5.0, 5.0]];
    case(&structure, &numbers, &[47.0, 63.0, 0.0, 0.0], &[1.0, 1.0, 0.0, 0.0], bounds)
}

fn minimum(case: &Case, data: &[f64], start: &[f64], held: Option<f64>) -> (f64, Vec<f64>) {
    let mut setup = Setup { start: start.to_vec(), ..case.setup.clone() };
    if let Some(value) = held {
        setup.start[0] = value;
        setup.fixed[0] = true;
    }
    let data = Arc::new(Dataset::new(&case.model, data).unwrap());
    let mut objective = NegativeLogLikelihood::new(Arc::clone(&case.model), data);
    let found = minimize_likelihood(&mut objective, &setup).unwrap();
    (found.value, found.point)
}

fn ensemble(case: &Case, statistic: TestStatistic, tested: f64, generated: &[f64]) -> EnsembleSetup {
    let at = |mu: f64| minimum(case, &case.data, &case.setup.start, Some(mu)).1;
    EnsembleSetup {
        seed: 5,
        stream: 1,
        points: generated.iter().map(|&mu| at(mu)).collect(),
        fluctuate: true,
        auxiliary: case.data[case.model.bins()..].to_vec(),
        fit: case.setup.clone(),
        statistic: ToyStatistic::Profile { statistic, poi: 0, tested, conditional: at(tested) },
    }
}

fn slow_statistic(case: &Case, data: &[f64], statistic: TestStatistic, tested: f64, start: &[f64]) -> f64 {
    let (free, best) = minimum(case, data, start, None);
    if statistic.vanishes(tested, best[0]) {
        return 0.0;
    }
    minimum(case, data, start, Some(tested)).0 - free
}

#[test]
fn statistics_of_toys_are_those_of_whole_fits() {
    for (case, tolerance) in [(two_bins(), 1e-9), (varied(), 1e-7)] {
        for (statistic, tested, generated) in [
            (TestStatistic::UpperBounded, 1.0, 1.0),
            (TestStatistic::UpperBounded, 1.0, 0.0),
            (TestStatistic::Discovery, 0.0, 0.0),
            (TestStatistic::Discovery, 0.0, 0.8),
        ] {
            let setup = ensemble(&case, statistic, tested, &[generated]);
            let mut toys = Ensemble::new(Arc::clone(&case.model), setup.clone()).unwrap();
            let mut generator = Generator::new(&case.model, &setup.points[0], true, &case.setup.fixed).unwrap();
            let mut data = Dataset::new(&case.model, &case.data).unwrap();
            for index in 0..200 {
                let toy = toys.toy(index);
                generator.draw(&mut Philox::new([5, 1], [0, index, 0, 0]), &mut data);
                let numbers = [data.main(), data.auxiliary()].concat();
                let slow = slow_statistic(&case, &numbers, statistic, tested, &setup.points[0]);
                assert_eq!((toy.status, toy.ln_weight), (Status::Converged, 0.0));
                assert!((toy.statistic - slow).abs() < tolerance * (1.0 + slow), "{index}: {} {slow}", toy.statistic);
            }
        }
    }
}

#[test]
fn the_closed_form_and_the_minimiser_agree() {
    let case = two_bins();
    let setup = ensemble(&case, TestStatistic::UpperBounded, 1.0, &[0.0]);
    let mut generator = Generator::new(&case.model, &setup.points[0], true, &case.setup.fixed).unwrap();
    for statistic in [setup.statistic.clone(), ToyStatistic::Deviance] {
        let data = Arc::new(Dataset::new(&case.model, &case.data).unwrap());
        let objective = NegativeLogLikelihood::new(Arc::clone(&case.model), data);
        let mut fits = ToyFits::new(objective, &case.setup, &setup.points[0], &statistic).unwrap();
        for index in 0..500 {
            generator.draw(&mut Philox::new([5, 1], [0, index, 0, 0]), fits.data_mut());
            let (closed, general) = (fits.statistic().unwrap(), fits.general_statistic().unwrap());
            assert!((closed - general).abs() < 1e-8 * (1.0 + general), "{index}: {closed} {general}");
        }
    }
}

#[test]
fn a_counting_experiment_has_its_exact_statistic() {
    let case = counting(5.0, 3.0, 4.0);
    let setup = ensemble(&case, TestStatistic::UpperBounded, 1.0, &[1.0]);
    let mut toys = Ensemble::new(Arc::clone(&case.model), setup).unwrap();
    for count in 0..30 {
        let n = f64::from(count);
        let toy = toys.of_data(&case.model, &[n]).unwrap();
        let best = n.max(3.0);
        let ratio = if n > 0.0 { n * libm::log(8.0 / best) } else { 0.0 };
        let exact = if n > 8.0 { 0.0 } else { 2.0 * (8.0 - best - ratio) };
        assert!((toy.statistic - exact).abs() < 1e-10, "{n}: {} {exact}", toy.statistic);
    }
}

#[test]
fn a_toy_is_the_same_alone_and_in_company() {
    for case in [two_bins(), varied()] {
        let setup = ensemble(&case, TestStatistic::UpperBounded, 1.0, &[1.0]);
        let mut all = Ensemble::new(Arc::clone(&case.model), setup.clone()).unwrap();
        let series: Vec<Toy> = (0..50).map(|index| all.toy(index)).collect();
        for index in (0..50).rev() {
            let mut alone = Ensemble::new(Arc::clone(&case.model), setup.clone()).unwrap();
            assert_eq!(alone.toy(index), series[index as usize]);
        }
        let mut other = Ensemble::new(Arc::clone(&case.model), EnsembleSetup { stream: 2, ..setup }).unwrap();
        assert_ne!(other.toy(3), series[3]);
    }
}

#[test]
fn weighted_toys_know_a_tail_of_three_in_ten_million() {
    // P(n ≥ 25 | 8.0) = 1.62e-6; q0 rises with n.
    let case = counting(6.0, 8.0, 25.0);
    let exact: f64 = {
        let mut term = (1..=25).fold(libm::exp(-8.0), |term, k| term * 8.0 / f64::from(k));
        let mut sum = 0.0;
        for k in 26..200 {
            sum += term;
            term *= 8.0 / f64::from(k);
        }
        sum
    };
    let setup = ensemble(&case, TestStatistic::Discovery, 0.0, &[0.0, 1.0, 2.0, 2.8]);
    let mut toys = Ensemble::new(Arc::clone(&case.model), setup).unwrap();
    let observed = toys.of_data(&case.model, &case.data).unwrap().statistic;
    let (mut sum, mut squares, mut weights) = (0.0, 0.0, 0.0);
    let total = 40_000;
    for index in 0..total {
        let toy = toys.toy(index);
        let weight = libm::exp(toy.ln_weight);
        assert!(weight <= 4.0 + 1e-12);
        weights += weight;
        if toy.statistic >= observed - 1e-9 {
            sum += weight;
            squares += weight * weight;
        }
    }
    let (estimate, error) = (sum / total as f64, squares.sqrt() / total as f64);
    assert!((estimate - exact).abs() < 4.0 * error && error < 0.03 * exact, "{estimate} ± {error}, exactly {exact}");
    assert!((weights / total as f64 - 1.0).abs() < 0.03);
}

#[test]
fn auxiliary_data_stay_where_they_are_told_to() {
    let case = two_bins();
    let setup = ensemble(&case, TestStatistic::UpperBounded, 1.0, &[0.0]);
    let mut data = Dataset::new(&case.model, &case.data).unwrap();
    let mut kept = Generator::new(&case.model, &setup.points[0], false, &case.setup.fixed).unwrap();
    kept.draw(&mut Philox::new([5, 1], [0, 0, 0, 0]), &mut data);
    assert_eq!(data.auxiliary(), &case.data[2..]);
    assert_ne!(data.main(), &case.data[..2]);
}

#[test]
fn set_ups_that_do_not_fit_are_refused() {
    let case = two_bins();
    let setup = ensemble(&case, TestStatistic::UpperBounded, 1.0, &[1.0]);
    let error = |setup: EnsembleSetup| Ensemble::new(Arc::clone(&case.model), setup).unwrap_err();
    assert_eq!(error(EnsembleSetup { points: Vec::new(), ..setup.clone() }), EnsembleError::NoPoint);
    assert_eq!(error(EnsembleSetup { auxiliary: vec![1.0], ..setup.clone() }), EnsembleError::Length);
    let outside = vec![vec![11.0, 1.0, 1.0]];
    assert_eq!(error(EnsembleSetup { points: outside, ..setup.clone() }), EnsembleError::OutsideBounds);
    let mut poi_fixed = setup;
    poi_fixed.fit.fixed[0] = true;
    assert_eq!(error(poi_fixed), EnsembleError::Length);
}
