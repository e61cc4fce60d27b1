//! Profiles and intervals against analytic ones and against brute force.
#![allow(clippy::unwrap_used)]

#[path = "../../likelihood/tests/common/mod.rs"]
mod common;
mod fits;

use std::sync::Arc;

use common::{Description, Random, Sample};
use fits::setup;
use histfactory_inference::{ContourPoint, ContourSearch, Interval, ProfileLikelihood, Setup, Stop};
use histfactory_likelihood::{Dataset, Model};

fn profile(model: &Model, data: &[f64], setup: Setup) -> ProfileLikelihood {
    let data = Dataset::new(model, data).unwrap();
    ProfileLikelihood::new(Arc::new(model.clone()), Arc::new(data), setup).unwrap()
}

/// One bin with the rate 5·μ + `background`.
fn counting(background: f64, count: f64, bounds: (f64, f64)) -> ProfileLikelihood {
    let structure = [1, 1, 1, 2, 0, 4, 5, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0];
    let model = Model::from_flat(&structure, &[5.0, background]).unwrap();
    let setup = Setup {
        start: vec![1.0],
        lower: vec![bounds.0],
        upper: vec![bounds.1],
        fixed: vec![false],
        max_iterations: 200,
        starts: 1,
    };
    profile(&model, &[count], setup)
}

/// The root of a function that changes sign, by bisection to the last digit.
fn bisect(mut inside: f64, mut outside: f64, f: impl Fn(f64) -> f64) -> f64 {
    for _ in 0..200 {
        let middle = 0.5 * (inside + outside);
        if f(middle) < 0.0 { inside = middle } else { outside = middle }
    }
    0.5 * (inside + outside)
}

fn stops(interval: &Interval) -> (Stop, Stop) {
    (interval.lower.stop, interval.upper.stop)
}

#[test]
fn a_count_has_the_exact_roots_of_its_deviance() {
    for count in [1.0_f64, 2.0, 7.5, 60.0, 1000.0, 1e6] {
        for rise in [1e-3, 1.0, 3.841_458_820_694_124, 25.0] {
            let interval = counting(0.5, count, (-1e7, 1e7)).interval(0, rise).unwrap();
            assert_eq!(stops(&interval), (Stop::Risen, Stop::Risen));
            let deviance = |rate: f64| 2.0 * (rate - count - count * (rate / count).ln()) - rise;
            let rates = [bisect(count, 1e-9 * count, deviance), bisect(count, 1e3 * count + 1e3, deviance)];
            for (end, rate) in [&interval.lower, &interval.upper].into_iter().zip(rates) {
                let expected = (rate - 0.5) / 5.0;
                let error = (end.value - expected).abs() / (expected - interval.best).abs();
                // The reference itself has the rounding of its logarithm.
                assert!(error < 1e-8 + 1e-15 * count / rise, "{count} {rise}: {} {expected}", end.value);
            }
        }
    }
}

#[test]
fn a_gaussian_is_symmetric() {
    // Parameter 0 scales the only rate, parameter 1 is measured as 0.3 ± 0.02 and moves nothing.
    let structure = [1, 2, 1, 1, 1, 4, 5, 0, 1, 0, 0, 1, 0, 0, 1, 0];
    let model = Model::from_flat(&structure, &[10.0, 0.02]).unwrap();
    let setup = Setup {
        start: vec![1.0, 0.0],
        lower: vec![0.0, -5.0],
        upper: vec![10.0, 5.0],
        fixed: vec![false; 2],
        max_iterations: 200,
        starts: 1,
    };
    let mut profile = profile(&model, &[10.0, 0.3], setup);
    for rise in [1.0, 4.0, 9.0_f64] {
        let interval = profile.interval(1, rise).unwrap();
        let half = 0.02 * rise.sqrt();
        assert!((interval.upper.value - 0.3 - half).abs() < 1e-10 && (interval.lower.value - 0.3 + half).abs() < 1e-10);
    }
}

#[test]
fn what_the_bounds_cut_off_is_said() {
    let interval = counting(50.0, 60.0, (0.0, 3.0)).interval(0, 25.0).unwrap();
    assert_eq!((interval.lower.value, interval.upper.value), (0.0, 3.0));
    assert_eq!(stops(&interval), (Stop::Bound, Stop::Bound));
    // The best fit is on the bound: D = 10 μ + … there, from which the upper end follows.
    let interval = counting(50.0, 40.0, (0.0, 10.0)).interval(0, 1.0).unwrap();
    assert_eq!((interval.best, interval.lower.value, interval.lower.stop), (0.0, 0.0, Stop::Bound));
    let deviance = |rate: f64| 2.0 * (rate - 50.0 - 40.0 * (rate / 50.0).ln()) - 1.0;
    assert!((interval.upper.value - (bisect(50.0, 100.0, deviance) - 50.0) / 5.0).abs() < 1e-9);
    // Without counts −2 ln L is a straight line, 10 μ.
    let interval = counting(0.5, 0.0, (0.0, 10.0)).interval(0, 1.0).unwrap();
    assert_eq!((interval.best, interval.lower.stop), (0.0, Stop::Bound));
    assert!((interval.upper.value - 0.1).abs() < 1e-9);
    // Down to where the rate would become negative, which the minimum lies on.
    let interval = counting(0.5, 0.0, (-10.0, 10.0)).interval(0, 1.0).unwrap();
    assert_eq!(stops(&interval), (Stop::Domain, Stop::Risen));
    assert!((interval.lower.value + 0.1).abs() < 1e-9 && interval.upper.value.abs() < 1e-9);
}

#[test]
fn a_flat_profile_ends_at_its_bounds() {
    // Two normalisations of one rate, of which neither is determined.
    let structure = [1, 2, 1, 1, 0, 4, 5, 0, 1, 0, 0, 2, 0, 0, 1];
    let model = Model::from_flat(&structure, &[10.0]).unwrap();
    for upper in [10.0, f64::INFINITY] {
        let setup = Setup {
            start: vec![1.0, 1.0],
            lower: vec![0.0, 0.0],
            upper: vec![upper, f64::INFINITY],
            fixed: vec![false; 2],
            max_iterations: 200,
            starts: 1,
        };
        let interval = profile(&model, &[20.0], setup).interval(0, 1.0).unwrap();
        assert_eq!((interval.upper.value, interval.upper.stop), (upper, Stop::Bound));
    }
}

/// Few parameters, so that brute force can minimise over all of them: a signal strength and two alphas.
fn small(random: &mut Random) -> (Description, Vec<f64>, Setup) {
    let bins = 1 + random.below(3);
    let mut vary = |nominal: &[f64], size: f64| -> Vec<f64> {
        nominal.iter().map(|v| v * (1.0 + random.uniform(-size, size))).collect()
    };
    let signal = vary(&vec![8.0; bins], 0.6);
    let background = vary(&vec![25.0; bins], 0.6);
    let entry = |alpha, lo, hi| (alpha, lo, hi);
    let shape = entry(1, vary(&background, 0.3), vary(&background, 0.3));
    let (lo, hi) = (vary(&[1.0], 0.3)[0], vary(&[1.0], 0.3)[0]);
    let samples = vec![
        Sample {
            nominal: signal,
            histosys: Vec::new(),
            normsys: vec![(2, 0.85, 1.2)],
            scalars: vec![0],
            shapes: Vec::new(),
        },
        Sample {
            nominal: background,
            histosys: vec![shape],
            normsys: vec![(2, lo, hi)],
            scalars: Vec::new(),
            shapes: Vec::new(),
        },
    ];
    let description = Description {
        parameters: 3,
        channels: vec![samples],
        constraints: vec![(1, false, 1.0), (2, false, 1.0)],
        normsys_code: random.pick(&[1, 4]),
        histosys_code: random.pick(&[0, 2, 5]),
        alphas: vec![1, 2],
        norms: vec![0],
        gammas: Vec::new(),
    };
    let truth = [random.uniform(0.2, 2.5), random.uniform(-1.0, 1.0), random.uniform(-1.0, 1.0)];
    let data = description.data(&truth, random);
    let setup = Setup {
        start: vec![1.0, 0.0, 0.0],
        lower: vec![-1.0, -5.0, -5.0],
        upper: vec![8.0, 5.0, 5.0],
        fixed: vec![false; 3],
        max_iterations: 200,
        starts: 1,
    };
    (description, data, setup)
}

/// The least −2 ln L with one parameter held, by grids over the other two that close in on their lowest point.
fn brute_force(description: &Description, data: &[f64], setup: &Setup, held: usize, value: f64) -> f64 {
    const CELLS: usize = 16;
    let others: Vec<usize> = (0..3).filter(|&parameter| parameter != held).collect();
    let mut center: Vec<f64> = others.iter().map(|&p| 0.5 * (setup.lower[p] + setup.upper[p])).collect();
    let mut half: Vec<f64> = others.iter().map(|&p| 0.5 * (setup.upper[p] - setup.lower[p])).collect();
    let mut best = f64::INFINITY;
    for _ in 0..18 {
        let around = center.clone();
        for i in 0..=CELLS {
            for j in 0..=CELLS {
                let mut point = vec![value; 3];
                for ((&p, cell), (from, by)) in others.iter().zip([i, j]).zip(around.iter().zip(&half)) {
                    let share = 2.0 * cell as f64 / CELLS as f64 - 1.0;
                    point[p] = (from + share * by).clamp(setup.lower[p], setup.upper[p]);
                }
                let value = description.twice_nll(data, &point);
                if value < best {
                    best = value;
                    center = others.iter().map(|&p| point[p]).collect();
                }
            }
        }
        half.iter_mut().for_each(|half| *half *= 0.35);
    }
    best
}

#[test]
fn brute_force_finds_the_same_profiles_and_intervals() {
    let mut random = Random::new(7);
    let mut compared = 0;
    for seed in 0..12 {
        let (description, data, setup) = small(&mut random);
        let mut profile = profile(&description.model(), &data, setup.clone());
        for parameter in 0..3 {
            let interval = profile.interval(parameter, 1.0).unwrap();
            let brute = |value| brute_force(&description, &data, &setup, parameter, value);
            let least = profile.best().twice_nll;
            assert!((brute(interval.best) - least).abs() < 1e-6, "seed {seed} [{parameter}]");
            for end in [&interval.lower, &interval.upper] {
                if end.stop == Stop::Bound {
                    assert!(brute(end.value) - least < 1.0 + 1e-6, "seed {seed} [{parameter}]");
                    continue;
                }
                let rise = brute(end.value) - least;
                assert!((rise - 1.0).abs() < 1e-5, "seed {seed} [{parameter}]: {rise}");
                // Nowhere on the way has it risen by as much.
                for share in [0.2, 0.5, 0.8, 0.95, 0.999] {
                    let value = interval.best + share * (end.value - interval.best);
                    let rise = brute(value) - least;
                    assert!(rise < 1.0, "seed {seed} [{parameter}]: {rise} at {share}");
                    let point = profile.point(&[parameter], &[value]).unwrap();
                    assert!((point.rise - rise).abs() < 1e-5, "seed {seed} [{parameter}]: {} {rise}", point.rise);
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 60, "{compared}");
}

#[test]
fn ends_of_random_models_are_where_the_profile_says() {
    let (mut risen, mut bounds, mut failed, mut elsewhere) = (0, 0, 0, 0);
    for seed in 0..80 {
        let mut random = Random::new(seed);
        let description = Description::random(&mut random);
        let mut truth = description.point(&mut random);
        for &alpha in &description.alphas {
            truth[alpha] *= 0.4;
        }
        let model = Arc::new(description.model());
        let data = Dataset::new(&model, &description.data(&truth, &mut random)).unwrap();
        let Ok(mut profile) = ProfileLikelihood::new(model, Arc::new(data), setup(&description)) else { continue };
        for parameter in (0..description.parameters).step_by(2) {
            let Ok(interval) = profile.interval(parameter, 1.0) else {
                failed += 1;
                continue;
            };
            assert!(interval.lower.value <= interval.best && interval.best <= interval.upper.value);
            for end in [&interval.lower, &interval.upper] {
                let Ok(point) = profile.point(&[parameter], &[end.value]) else { continue };
                match end.stop {
                    Stop::Risen => risen += 1,
                    Stop::Bound => bounds += 1,
                    Stop::Domain => continue,
                }
                let right = match end.stop {
                    Stop::Bound => point.rise < 1.0,
                    _ => (point.rise - 1.0).abs() < 1e-6,
                };
                // The prediction may lead to a lower minimum than both usual starts, and two minima that nearly touch are
                // not told apart.
                elsewhere += i32::from(!right);
                assert!(right || point.rise > 0.9, "seed {seed} [{parameter}]: {}", point.rise);
            }
        }
    }
    assert!(risen > 800 && bounds > 30 && failed < 20 && elsewhere < 40, "{risen} {bounds} {failed} {elsewhere}");
}

/// α moves a background of 5000 up to either side of 0, and 5500 are observed: minima at both sides, as α is measured as
/// 0.2, the one above 0 lower. A signal of μ·100 comes with it, measured as 0 ± 0.1.
fn two_minima(start: f64, starts: u32) -> ProfileLikelihood {
    let sample = |nominal: f64, histosys, scalars| Sample {
        nominal: vec![nominal],
        histosys,
        normsys: Vec::new(),
        scalars,
        shapes: Vec::new(),
    };
    let description = Description {
        parameters: 2,
        channels: vec![vec![
            sample(5000.0, vec![(0, vec![6000.0], vec![6000.0])], vec![]),
            sample(100.0, vec![], vec![1]),
        ]],
        constraints: vec![(0, false, 1.0), (1, false, 0.1)],
        normsys_code: 4,
        histosys_code: 2,
        alphas: vec![0],
        norms: vec![1],
        gammas: Vec::new(),
    };
    let setup = Setup {
        start: vec![start, 0.0],
        lower: vec![-5.0; 2],
        upper: vec![5.0; 2],
        fixed: vec![false; 2],
        max_iterations: 200,
        starts,
    };
    profile(&description.model(), &[5500.0, 0.2, 0.0], setup)
}

#[test]
fn an_interval_is_connected_and_other_regions_are_found_when_asked() {
    let mut profile = two_minima(0.5, 1);
    let interval = profile.interval(0, 1.0).unwrap();
    assert!(interval.lower.value > 0.5 && interval.upper.value < 0.9);
    let regions = profile.other_regions(0, 1.0, (interval.lower.value, interval.upper.value), 401).unwrap();
    assert_eq!((regions.len(), profile.revision()), (1, 0));
    let [low, high] = &regions[0];
    for end in [low, high] {
        assert_eq!(end.stop, Stop::Risen);
        assert!((profile.point(&[0], &[end.value]).unwrap().rise - 1.0).abs() < 1e-7);
    }
    assert!(low.value < high.value && low.value > -0.9 && high.value < -0.5);
    // Below the second minimum there is only the first.
    assert_eq!(profile.other_regions(0, 0.2, (interval.lower.value, interval.upper.value), 401).unwrap().len(), 0);
}

#[test]
fn a_lower_minimum_makes_everything_begin_again() {
    let mut profile = two_minima(-0.5, 1);
    let interval = profile.interval(0, 1.0).unwrap();
    assert!(interval.upper.value < -0.5 && profile.revision() == 0);
    profile.other_regions(0, 1.0, (interval.lower.value, interval.upper.value), 401).unwrap();
    assert_eq!(profile.revision(), 1);
    let again = profile.interval(0, 1.0).unwrap();
    let direct = two_minima(0.5, 1).interval(0, 1.0).unwrap();
    for (end, expected) in [(&again.lower, &direct.lower), (&again.upper, &direct.upper)] {
        assert!((end.value - expected.value).abs() < 1e-9);
    }
    assert!(profile.point(&[0], &[-0.7]).unwrap().rise > 0.5);
}

#[test]
fn other_starts_find_the_lower_minimum_at_once_and_at_every_point() {
    let mut profile = two_minima(-0.5, 10);
    let interval = profile.interval(0, 1.0).unwrap();
    assert!(interval.lower.value > 0.5 && profile.revision() == 0);
    // With μ held, α is on either side of 0 from the usual start and the best fit, and from others.
    let point = profile.point(&[1], &[0.05]).unwrap();
    assert!(point.parameters[0] > 0.5);
}

fn contour(profile: &mut ProfileLikelihood, pair: [usize; 2], rise: f64) -> Vec<ContourPoint> {
    let mut search = ContourSearch::new(pair, rise);
    while !search.advance(profile).unwrap() {}
    search.points()
}

/// The area of a polygon, positive where its corners go round anticlockwise.
fn area(points: &[ContourPoint]) -> f64 {
    let next = points.iter().cycle().skip(1);
    points.iter().zip(next).map(|(a, b)| 0.5 * (a.values[0] * b.values[1] - a.values[1] * b.values[0])).sum()
}

/// Two alphas that move nothing, measured as 0 ± 1 and 0.5 ± 0.01, and a scale.
fn gaussians(bounds: (f64, f64)) -> ProfileLikelihood {
    let structure = [1, 3, 1, 1, 2, 4, 5, 0, 1, 0, 0, 1, 0, 0, 1, 0, 2, 0];
    let model = Model::from_flat(&structure, &[10.0, 1.0, 0.01]).unwrap();
    let setup = Setup {
        start: vec![1.0, bounds.0, 0.0],
        lower: vec![0.0, bounds.0, -5.0],
        upper: vec![10.0, bounds.1, 5.0],
        fixed: vec![false; 3],
        max_iterations: 200,
        starts: 1,
    };
    profile(&model, &[10.0, 0.0, 0.5], setup)
}

#[test]
fn a_contour_of_gaussians_is_an_ellipse() {
    let points = contour(&mut gaussians((-50.0, 50.0)), [1, 2], 4.0);
    assert_eq!(points.len(), 32);
    for ContourPoint { values: [x, y], stop } in &points {
        assert_eq!(*stop, Stop::Risen);
        assert!((x * x + ((y - 0.5) / 0.01).powi(2) - 4.0).abs() < 1e-8);
    }
    let ellipse = std::f64::consts::PI * 4.0 * 0.01;
    assert!((area(&points) / ellipse - 1.0).abs() < 0.01);
}

#[test]
fn a_contour_follows_the_bounds_that_cut_it() {
    // A bound at half a standard deviation from the best fit, at a tenth of one, and the best fit on it.
    for distance in [0.5, 0.1, 1e-6, 0.0] {
        let points = contour(&mut gaussians((-distance, 50.0)), [1, 2], 1.0);
        assert!(points.len() < 120, "{}", points.len());
        for ContourPoint { values: [x, y], stop } in &points {
            let rise = x * x + ((y - 0.5) / 0.01).powi(2);
            match stop {
                Stop::Risen => assert!((rise - 1.0).abs() < 1e-7 && *x >= -distance),
                _ => assert!(*stop == Stop::Bound && *x == -distance && rise < 1.0),
            }
        }
        // The circle less the segment that the bound cuts off.
        let segment = distance.acos() - distance * (1.0 - distance * distance).sqrt();
        let expected = (std::f64::consts::PI - segment) * 0.01;
        assert!((area(&points) / expected - 1.0).abs() < 0.01, "{distance}: {} {expected}", area(&points));
    }
    // With a best fit beyond the bounds of both, only a corner is left.
    let structure = [1, 2, 2, 2, 0, 4, 5, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 1];
    let model = Model::from_flat(&structure, &[10.0, 10.0]).unwrap();
    let setup = Setup {
        start: vec![1.0, 1.0],
        lower: vec![1.0, 0.0],
        upper: vec![5.0, 2.0],
        fixed: vec![false; 2],
        max_iterations: 200,
        starts: 1,
    };
    let mut profile = profile(&model, &[8.0, 22.0], setup);
    let points = contour(&mut profile, [0, 1], 1.0);
    let deviance = |n: f64, rate: f64| 2.0 * (rate - n - n * (rate / n).ln());
    let least = deviance(8.0, 10.0) + deviance(22.0, 20.0);
    for ContourPoint { values: [x, y], stop } in &points {
        assert!((deviance(8.0, 10.0 * x) + deviance(22.0, 10.0 * y) - least - 1.0).abs() < 1e-7);
        assert!(*stop == Stop::Risen && *x >= 1.0 && *y <= 2.0);
    }
    let (first, last) = (&points[0], points.last().unwrap());
    assert!((first.values[0] == 1.0 && last.values[1] == 2.0) || (first.values[1] == 2.0 && last.values[0] == 1.0));
}

#[test]
fn brute_force_finds_the_same_contour() {
    let mut random = Random::new(11);
    for seed in 0..6 {
        let (description, data, setup) = small(&mut random);
        let mut profile = profile(&description.model(), &data, setup.clone());
        let points = contour(&mut profile, [0, 1], 2.3);
        assert_eq!(points.len(), contour(&mut profile, [0, 1], 2.3).len());
        let least = profile.best().twice_nll;
        for ContourPoint { values, stop } in points.iter().step_by(4) {
            // The third parameter by golden section on its grid's lowest cell.
            let at = |third: f64| description.twice_nll(&data, &[values[0], values[1], third]);
            let grid = (0..=400).map(|cell| -5.0 + 0.025 * f64::from(cell));
            let mut center = grid.min_by(|a, b| at(*a).total_cmp(&at(*b))).unwrap();
            let mut half = 0.025;
            for _ in 0..40 {
                let cells = (-4..=4).map(|cell| (center + half * f64::from(cell) / 4.0).clamp(-5.0, 5.0));
                center = cells.min_by(|a, b| at(*a).total_cmp(&at(*b))).unwrap();
                half *= 0.5;
            }
            let rise = at(center) - least;
            match stop {
                Stop::Risen => assert!((rise - 2.3).abs() < 1e-6, "seed {seed}: {rise}"),
                _ => assert!(rise < 2.3 + 1e-6, "seed {seed}: {rise}"),
            }
        }
    }
}
