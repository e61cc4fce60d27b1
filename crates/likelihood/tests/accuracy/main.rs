//! ln, exp and Poisson terms against a slow twin in double-double arithmetic, at their edges, and bit for bit the same
//! on every target.

mod double_double;
mod points;
mod same_bits;
mod values;

use double_double::DoubleDouble;
use histfactory_likelihood::Lanes;
use histfactory_likelihood::elementary::{exp, ln};
use histfactory_likelihood::poisson::{twice_deviance, twice_deviances};
use points::Random;

const SMALLEST: f64 = f64::from_bits(1);

#[test]
fn the_twin_has_the_digits_that_it_should() {
    for [x, high, low] in values::LN {
        let twin = double_double::ln(x);
        assert_eq!(twin.high, high, "{x}");
        assert!((twin.low - low).abs() <= 1e-21 * high.abs(), "{x}: {twin:?}");
    }
    for [x, k, high, low] in values::EXP {
        let (twin, exponent) = double_double::exp(x);
        assert_eq!((f64::from(exponent), twin.high), (k, high), "{x}");
        assert!((twin.low - low).abs() <= 1e-21, "{x}: {twin:?}");
    }
}

/// The largest distance from the true value over all points. Both lanes are also compared with the function of one
/// number, bit by bit.
fn worst(
    points: usize,
    point: impl Fn(&mut Random, usize) -> f64,
    lanes: impl Fn(Lanes) -> Lanes,
    scalar: impl Fn(f64) -> f64,
    distance: impl Fn(f64, f64) -> f64,
) -> f64 {
    let mut random = Random(1);
    let mut worst = (0.0, 0.0);
    for index in (0..points).step_by(2) {
        let arguments = [point(&mut random, index), point(&mut random, index + 1)];
        let results = lanes(Lanes::from(arguments)).to_array();
        for (x, y) in arguments.into_iter().zip(results) {
            assert_eq!(scalar(x).to_bits(), y.to_bits(), "{x:e}");
            let distance = distance(x, y).abs();
            assert!(distance.is_finite(), "{x:e}: {y:e}");
            if distance > worst.0 {
                worst = (distance, x);
            }
        }
    }
    println!("{:.4} units in the last place at {:e}", worst.0, worst.1);
    worst.0
}

#[test]
fn ln_is_within_a_unit_in_the_last_place() {
    let distance = |x: f64, y: f64| double_double::ln(x).distance(y, SMALLEST);
    let worst = worst(10_000_000, points::positive, Lanes::ln, ln, distance);
    assert!(worst < 1.0, "{worst}");
}

/// Both relative to the power of 2 in the result, which may be outside the range of numbers.
fn distance_from_exp(x: f64, y: f64) -> f64 {
    let (power, k) = double_double::exp(x);
    power.distance(y * 2.0_f64.powi(-k / 2) * 2.0_f64.powi(-k + k / 2), 2.0_f64.powi(-1074 - k))
}

#[test]
fn exp_is_within_a_unit_in_the_last_place() {
    let worst = worst(10_000_000, points::exponent, Lanes::exp, exp, distance_from_exp);
    assert!(worst < 0.75, "{worst}");
}

#[test]
fn subnormal_powers_are_rounded_twice() {
    let worst = worst(1_000_000, points::exponent_of_subnormal, Lanes::exp, exp, distance_from_exp);
    assert!(worst < 0.8, "{worst}");
}

const EDGES: [f64; 27] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
    -f64::NAN,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    -f64::MIN_POSITIVE,
    SMALLEST,
    -SMALLEST,
    1e-310,
    1e-20,
    -1e-20,
    709.782_712_893_384,
    709.782_712_893_384_1,
    710.5,
    1e9,
    -708.5,
    -745.133_219_101_941_1,
    -745.133_219_101_941_2,
    -747.0,
    -1e9,
    core::f64::consts::SQRT_2,
];

#[test]
fn ln_at_the_edges() {
    assert_eq!(ln(1.0).to_bits(), 0.0_f64.to_bits());
    for zero in [0.0, -0.0] {
        assert_eq!(ln(zero), f64::NEG_INFINITY);
    }
    assert_eq!(ln(f64::INFINITY), f64::INFINITY);
    for x in [f64::NAN, -f64::NAN, -1.0, -SMALLEST, f64::NEG_INFINITY] {
        assert_eq!(ln(x).to_bits(), f64::NAN.to_bits(), "{x}");
    }
    assert_eq!(ln(SMALLEST), -744.440_071_921_381_2);
    assert_eq!(ln(f64::MIN_POSITIVE), -708.396_418_532_264_1);
    assert_eq!(ln(f64::MAX), 709.782_712_893_384);
    assert_eq!(ln(1.0 + f64::EPSILON), f64::EPSILON * (1.0 - f64::EPSILON / 2.0));
    assert_eq!(ln(1.0 - f64::EPSILON / 2.0), -f64::EPSILON / 2.0);
    for k in -1074..1024 {
        let power = if k < -1022 { f64::from_bits(1 << (k + 1074)) } else { f64::from_bits(((k + 1023) as u64) << 52) };
        assert!(double_double::ln(power).distance(ln(power), SMALLEST).abs() <= 0.51, "2^{k}");
    }
}

#[test]
fn exp_at_the_edges() {
    for x in [0.0, -0.0, 1e-17, -1e-17, SMALLEST, -SMALLEST] {
        assert_eq!(exp(x), 1.0, "{x}");
    }
    for x in [f64::NAN, -f64::NAN] {
        assert_eq!(exp(x).to_bits(), f64::NAN.to_bits());
    }
    assert_eq!(exp(f64::INFINITY), f64::INFINITY);
    assert_eq!(exp(f64::NEG_INFINITY).to_bits(), 0.0_f64.to_bits());
    // The last finite power and the next number.
    assert_eq!(exp(709.782_712_893_384), 1.797_693_134_862_273_2e308);
    assert_eq!(exp(709.782_712_893_384_1), f64::INFINITY);
    // The last power that rounds to the smallest number and the next number.
    assert_eq!(exp(-745.133_219_101_941_1), SMALLEST);
    assert_eq!(exp(-745.133_219_101_941_2), 0.0);
    assert_eq!(exp(-1e-16), 1.0 - f64::EPSILON / 2.0);
    assert_eq!(exp(2e-16), 1.0 + f64::EPSILON);
}

#[test]
fn a_lane_does_not_depend_on_the_other() {
    let bits = |pair: [f64; 2]| pair.map(f64::to_bits);
    for a in EDGES {
        for b in EDGES {
            assert_eq!(bits(Lanes::new(a, b).ln().to_array()), bits([ln(a), ln(b)]), "{a:e} {b:e}");
            assert_eq!(bits(Lanes::new(a, b).exp().to_array()), bits([exp(a), exp(b)]), "{a:e} {b:e}");
        }
    }
}

#[test]
fn deviances_of_two_bins_are_those_of_each() {
    let mut random = Random(2);
    let finite = EDGES.iter().filter(|n| n.is_finite());
    let edges = finite.flat_map(|&n| EDGES.map(|rate| (n, rate)));
    let bins: Vec<(f64, f64)> = edges.chain((0..1_000_001).map(|_| points::bin(&mut random))).collect();
    let (counts, rates): (Vec<f64>, Vec<f64>) = bins.iter().copied().unzip();
    let mut next = bins.iter();
    twice_deviances(&counts, &rates, |term| {
        let &(n, rate) = next.next().unwrap();
        assert_eq!(term.to_bits(), twice_deviance(n, rate).to_bits(), "{n:e} {rate:e}");
    });
    assert!(next.next().is_none());
}

#[test]
fn deviances_keep_their_digits() {
    let mut random = Random(3);
    let mut worst = [(0.0, 0.0, 0.0); 2];
    for _ in 0..1_000_000 {
        let (n, rate) = points::bin(&mut random);
        if n == 0.0 || ((rate - n) / n).abs() < 1e-5 {
            continue;
        }
        // 2·[λ − n − n·ln(λ/n)], of which ten digits cancel at most.
        let quotient = DoubleDouble::new(rate, 0.0).over(n);
        let ln = double_double::ln(quotient.high).plus(DoubleDouble::new(quotient.low / quotient.high, 0.0));
        let deviance = DoubleDouble::sum(rate, -n).plus(ln.times(DoubleDouble::new(-n, 0.0)));
        let deviance = DoubleDouble::new(2.0 * deviance.high, 2.0 * deviance.low);
        let distance = ((twice_deviance(n, rate) - deviance.high) - deviance.low).abs() / deviance.high;
        let near = 0.71 < rate / n && rate / n < 1.41;
        let worst = &mut worst[usize::from(near)];
        if distance > worst.0 {
            *worst = (distance, n, rate);
        }
    }
    println!("{worst:?}");
    let [far, near] = worst;
    assert!(near.0 < 6e-16, "{near:?}");
    assert!(far.0 < 4e-15, "{far:?}");
}

#[test]
fn results_have_the_same_bits_on_every_target() {
    // With SSE2, with simd128 in WebAssembly and with the feature `scalar`.
    assert_eq!(same_bits::digest(), 17_452_826_888_465_488_350);
}
