//! Passes over the bins of a likelihood in closed form, two at a time.

use super::{ClosedForm, ClosedFormData, Terms};
use crate::lanes::{Lanes, Mask};
use crate::poisson::twice_deviances;
use crate::sum::CompensatedSum;

/// Rates and γ at one θ.
#[derive(Clone, Debug)]
pub struct ProfilePoint<const K: usize> {
    /// θ.
    pub shared: [f64; K],
    /// Per pair of bins: λ, γ.
    pairs: Vec<[[f64; 2]; 2]>,
}

/// Half the first and second derivatives of −2 ln L by θ, with γ at its best everywhere.
#[derive(Clone, Copy, Debug)]
pub struct ProfileSlopes<const K: usize> {
    /// Half the gradient.
    pub gradient: [f64; K],
    /// Half the Hessian.
    pub hessian: [[f64; K]; K],
}

/// Sums over pairs of bins.
struct Sums<const K: usize> {
    gradient: [Lanes; K],
    /// Upper triangle.
    hessian: [[Lanes; K]; K],
    inside: Mask,
}

/// A and B in a pair of bins.
struct Parts {
    alone: Lanes,
    scaled: Lanes,
}

/// γ, whether it is free, and half the second derivative of its constraint: `strength` over `square`.
struct Gamma {
    value: Lanes,
    free: Mask,
    strength: Lanes,
    square: Lanes,
}

impl<const K: usize> ClosedForm<K> {
    /// A point, to be filled by [`profile`](Self::profile).
    pub fn point(&self) -> ProfilePoint<K> {
        ProfilePoint { shared: [0.0; K], pairs: vec![[[1.0; 2]; 2]; self.terms.len()] }
    }

    /// Finds the best γ at `shared` and the slopes of −2 ln L along θ; `None` where a rate is not positive.
    ///
    /// The Hessian is that of the profiled likelihood: with γ eliminated, Σ_b (∂²_θθ − (∂²_θγ)²/∂²_γγ).
    pub fn profile(
        &self,
        data: &ClosedFormData<K>,
        shared: [f64; K],
        point: &mut ProfilePoint<K>,
    ) -> Option<ProfileSlopes<K>> {
        point.shared = shared;
        let (zero, one) = (Lanes::splat(0.0), Lanes::splat(1.0));
        let mut sums = Sums { gradient: [zero; K], hessian: [[zero; K]; K], inside: zero.less(one) };
        let [none, gaussian, poisson] = self.ends;
        let by = shared.map(Lanes::splat);
        let no_gamma = |_: &Terms<K>, _, _, _| Gamma { value: one, free: one.less(zero), strength: one, square: one };
        self.pass(0..none, data, &by, point, &mut sums, no_gamma);
        self.pass(none..gaussian, data, &by, point, &mut sums, gaussian_gamma);
        self.pass(gaussian..poisson, data, &by, point, &mut sums, poisson_gamma);
        if !sums.inside.all() {
            return None;
        }
        let mut slopes = ProfileSlopes { gradient: sums.gradient.map(Lanes::sum), hessian: [[0.0; K]; K] };
        for (k, constraint) in self.shared_constraints.iter().enumerate() {
            for l in k..K {
                slopes.hessian[k][l] = sums.hessian[k][l].sum();
                slopes.hessian[l][k] = slopes.hessian[k][l];
            }
            if let Some((_, strength)) = constraint {
                slopes.gradient[k] += strength * (shared[k] - data.shared[k]);
                slopes.hessian[k][k] += strength;
            }
        }
        Some(slopes)
    }

    #[inline(always)]
    fn pass(
        &self,
        range: core::ops::Range<usize>,
        data: &ClosedFormData<K>,
        by: &[Lanes; K],
        point: &mut ProfilePoint<K>,
        sums: &mut Sums<K>,
        gamma_of: impl Fn(&Terms<K>, Parts, Lanes, Lanes) -> Gamma,
    ) {
        let (zero, one) = (Lanes::splat(0.0), Lanes::splat(1.0));
        let pairs = self.terms[range.clone()].iter().zip(&data.pairs[range.clone()]).zip(&mut point.pairs[range]);
        for ((terms, [count, auxiliary]), out) in pairs {
            let (count, auxiliary) = (Lanes::from(*count), Lanes::from(*auxiliary));
            let (mut alone, mut scaled) = (Lanes::from(terms.alone), Lanes::from(terms.scaled));
            for (&theta, (by, scaled_by)) in by.iter().zip(terms.alone_by.iter().zip(&terms.scaled_by)) {
                alone += theta * Lanes::from(*by);
                scaled += theta * Lanes::from(*scaled_by);
            }
            let gamma = gamma_of(terms, Parts { alone, scaled }, count, auxiliary);
            let rate = alone + gamma.value * scaled;
            *out = [rate.to_array(), gamma.value.to_array()];
            sums.inside = sums.inside & zero.less(rate);
            let inverse = one / rate;
            let first = (rate - count) * inverse;
            let second = count * inverse * inverse;
            let bent = second * scaled;
            let own = gamma.free.select(gamma.square / (bent * scaled * gamma.square + gamma.strength), zero);
            let by_theta = |k: usize| (Lanes::from(terms.alone_by[k]), Lanes::from(terms.scaled_by[k]));
            let slopes: [(Lanes, Lanes); K] = core::array::from_fn(|k| {
                let (alone, scaled) = by_theta(k);
                let slope = alone + gamma.value * scaled;
                (slope, bent * slope + first * scaled)
            });
            for (k, &(slope, coupled)) in slopes.iter().enumerate() {
                sums.gradient[k] += first * slope;
                for (sum, &(other_slope, other_coupled)) in sums.hessian[k][k..].iter_mut().zip(&slopes[k..]) {
                    *sum += second * slope * other_slope - coupled * other_coupled * own;
                }
            }
        }
    }

    /// −2 ln L at one point less that at another, from the quotients of their rates: nothing cancels.
    pub fn difference(&self, data: &ClosedFormData<K>, at: &ProfilePoint<K>, from: &ProfilePoint<K>) -> f64 {
        let [none, gaussian, _] = self.ends;
        let mut sum = Lanes::splat(0.0);
        let pairs = self.terms.iter().zip(&data.pairs).zip(at.pairs.iter().zip(&from.pairs));
        for (index, ((terms, [count, auxiliary]), ([rate, gamma], [other_rate, other_gamma]))) in pairs.enumerate() {
            let (count, auxiliary) = (Lanes::from(*count), Lanes::from(*auxiliary));
            let (rate, gamma) = (Lanes::from(*rate), Lanes::from(*gamma));
            let (other_rate, other_gamma) = (Lanes::from(*other_rate), Lanes::from(*other_gamma));
            let mut term = (rate - other_rate) - count * (rate / other_rate).ln();
            let moved = gamma - other_gamma;
            let strength = Lanes::from(terms.strength);
            if index >= gaussian {
                term += strength * moved - auxiliary * (gamma / other_gamma).ln();
            } else if index >= none {
                let half = Lanes::splat(0.5) * strength;
                term += half * moved * ((gamma - auxiliary) + (other_gamma - auxiliary));
            }
            sum += term;
        }
        2.0 * sum.sum() + self.shared_deviance(data, &at.shared) - self.shared_deviance(data, &from.shared)
    }

    /// −2 ln L less that of the saturated model.
    pub fn twice_deviance(&self, data: &ClosedFormData<K>, at: &ProfilePoint<K>) -> f64 {
        let [none, gaussian, _] = self.ends;
        let mut sum = CompensatedSum::default();
        let pairs = self.terms.iter().zip(&data.pairs).zip(&at.pairs);
        for (index, ((terms, [count, auxiliary]), [rate, gamma])) in pairs.enumerate() {
            twice_deviances(count, rate, |term| sum.add(term));
            if index >= gaussian {
                let mean = [gamma[0] * terms.strength[0], gamma[1] * terms.strength[1]];
                twice_deviances(auxiliary, &mean, |term| sum.add(term));
            } else if index >= none {
                for lane in 0..2 {
                    let pull = gamma[lane] - auxiliary[lane];
                    sum.add(terms.strength[lane] * pull * pull);
                }
            }
        }
        sum.add(self.shared_deviance(data, &at.shared));
        sum.add(data.constant);
        sum.value()
    }

    fn shared_deviance(&self, data: &ClosedFormData<K>, shared: &[f64; K]) -> f64 {
        let terms = self.shared_constraints.iter().zip(shared.iter().zip(&data.shared));
        let deviance = terms.map(|(constraint, (value, measured))| {
            constraint.map_or(0.0, |(_, strength)| strength * (value - measured) * (value - measured))
        });
        deviance.sum()
    }
}

/// The larger root of second·x² + first·x − product = 0, second ≥ 0, without cancellation.
#[inline(always)]
fn larger_root(second: Lanes, first: Lanes, product: Lanes) -> Lanes {
    let zero = Lanes::splat(0.0);
    let root = (first * first + Lanes::splat(4.0) * second * product).max(zero).sqrt();
    let rising = zero.less(first);
    rising.select(product + product, root - first) / rising.select(first + root, second + second)
}

/// γ between its bounds, and whether it is off them.
#[inline(always)]
fn bounded<const K: usize>(terms: &Terms<K>, best: Lanes) -> (Lanes, Mask) {
    let (lower, upper) = (Lanes::from(terms.lower), Lanes::from(terms.upper));
    (best.max(lower).min(upper), lower.less(best) & best.less(upper))
}

/// The γ at which 2[A + γB − n ln(A + γB)] + (γ − a)²/σ² is least: with t = a − Bσ², the larger root of
/// Bγ² + (A − Bt)γ − (At + nBσ²) = 0.
#[inline(always)]
fn gaussian_gamma<const K: usize>(terms: &Terms<K>, parts: Parts, count: Lanes, auxiliary: Lanes) -> Gamma {
    let Parts { alone, scaled } = parts;
    let strength = Lanes::from(terms.strength);
    let pull = scaled / strength;
    let target = auxiliary - pull;
    let best = larger_root(scaled, alone - scaled * target, alone * target + count * pull);
    let (value, free) = bounded(terms, best);
    Gamma { value, free, strength, square: Lanes::splat(1.0) }
}

/// The γ at which 2[A + γB − n ln(A + γB)] + 2[γτ − a ln γ] is least: the larger root of
/// (B + τ)Bγ² + [(B + τ)A − (n + a)B]γ − aA = 0.
#[inline(always)]
fn poisson_gamma<const K: usize>(terms: &Terms<K>, parts: Parts, count: Lanes, auxiliary: Lanes) -> Gamma {
    let Parts { alone, scaled } = parts;
    let both = scaled + Lanes::from(terms.strength);
    let best = larger_root(both * scaled, both * alone - (count + auxiliary) * scaled, auxiliary * alone);
    let (value, free) = bounded(terms, best);
    Gamma { value, free, strength: auxiliary, square: value * value }
}
