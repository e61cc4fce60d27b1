//! Observed and expected upper limits: the values of the parameter of interest where CLs is the level.
//!
//! An expected limit needs the Asimov data alone: it is where √q_A has the value that the level asks for
//! ([`asimov_roots_at`]). The observed one is where ln CLs is that of the level, with q of the data as well. Every fit also
//! gives the slope of its statistic, dq/dμ = ∂(−2 ln L)/∂μ at the conditional minimum, as all other derivatives vanish
//! there. So both statistics are known as curves through a few points with their slopes, and each fit is made where the
//! curves so far have the root; once one was made near enough, the curves say where it is.

use histfactory_likelihood::elementary::ln;

use crate::asymptotic::{Band, asimov_roots_at, observed_tails};
use crate::hypothesis_tests::{HypothesisTest, HypothesisTests};
use crate::root::root;
use crate::sampled_curve::{Knot, SampledCurve};
use crate::status::{FitError, Status};

/// Distance from a fit, over the limit, within which the curves give the limit to its last digits.
const NEAR: f64 = 3e-4;
/// Width of a bracket, over the limit, at which a jump of CLs is the limit.
const NARROW: f64 = 1e-9;
/// Fits after which a search is given up; published likelihoods take less than twenty.
const MOST_FITS: u32 = 300;
/// How far beyond what is known the next fit may be made, in multiples of it.
const LONGEST_REACH: f64 = 4.0;

/// One limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// CLs crosses the level here.
    Found(f64),
    /// No value up to the upper bound is excluded.
    AboveRange,
    /// Every value from the lowest one on is excluded.
    BelowRange,
}

/// The search for the observed limit and the five expected ones, fit by fit.
///
/// The range is that of the parameter's bounds, from 0 up, and is never left.
#[derive(Clone, Debug)]
pub struct UpperLimits {
    tests: HypothesisTests,
    level: f64,
    asimov_roots: Band,
    range: [f64; 2],
    asimov: SampledCurve,
    data: SampledCurve,
    revision: u32,
    fits: u32,
    /// The limits found so far, expected ones first, from the median outwards.
    found: Vec<Limit>,
}

/// The order in which limits are found: −2σ … +2σ are 0 … 4, and 5 is the observed one.
const ORDER: [usize; 6] = [2, 3, 1, 4, 0, 5];

impl UpperLimits {
    /// A search with these tests, of a statistic for limits, for the level 1 − confidence level.
    pub fn new(mut tests: HypothesisTests, level: f64) -> Self {
        tests.prepare_tangents();
        let [lower, upper] = tests.bounds();
        let (mut asimov, mut data) = (SampledCurve::default(), SampledCurve::default());
        asimov.add(Knot { at: tests.asimov_best(), value: 0.0, slope: 0.0 });
        data.add(tests.data_best());
        let revision = tests.revision();
        Self {
            tests,
            level,
            asimov_roots: asimov_roots_at(level),
            range: [lower.max(0.0), upper],
            asimov,
            data,
            revision,
            fits: 0,
            found: Vec::with_capacity(ORDER.len()),
        }
    }

    /// Makes the next fit; says whether all limits are known.
    ///
    /// # Errors
    /// [`FitError`] where it does not converge, or where CLs is so far from a curve that the search does not.
    pub fn step(&mut self) -> Result<bool, FitError> {
        if self.fits >= MOST_FITS {
            return Err(FitError(Status::IterationLimit));
        }
        while let Some(&which) = ORDER.get(self.found.len()) {
            match self.next(which) {
                Next::Known(limit) => self.found.push(limit),
                Next::Asimov(at) => {
                    self.fits += 1;
                    let (value, slope) = self.tests.asimov_statistic(at)?;
                    self.asimov.add(Knot { at, value, slope });
                    return Ok(false);
                }
                Next::Data(at) => {
                    self.fits += 1;
                    let (value, slope) = self.tests.data_statistic(at)?;
                    self.data.add(Knot { at, value, slope });
                    if self.tests.revision() != self.revision {
                        self.begin_again();
                    }
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// The observed limit and those expected at −2σ … +2σ; `None` before they are known.
    pub fn limits(&self) -> Option<(Limit, [Limit; 5])> {
        let at = |which: usize| {
            let position = ORDER.iter().position(|&other| other == which)?;
            self.found.get(position).copied()
        };
        Some((at(5)?, [at(0)?, at(1)?, at(2)?, at(3)?, at(4)?]))
    }

    /// Constrained fits made so far, each the lowest from its starts.
    pub fn fits(&self) -> u32 {
        self.fits
    }

    /// Values that were fitted on both data and Asimov data, ascending, with their tests.
    pub fn tested(&self) -> Vec<(f64, HypothesisTest)> {
        let both = self.data.knots().iter().filter_map(|data| {
            let asimov = self.asimov.knots().iter().find(|asimov| asimov.at == data.at)?;
            (data.at > self.tests.best_poi()).then(|| (data.at, self.tests.of_statistics(data.value, asimov.value)))
        });
        both.collect()
    }

    /// Forgets what was fitted to data, and the observed limit, after a lower free minimum has turned up.
    fn begin_again(&mut self) {
        self.revision = self.tests.revision();
        self.data = SampledCurve::default();
        self.data.add(self.tests.data_best());
    }

    /// What to do for a limit.
    fn next(&self, which: usize) -> Next {
        let [start, upper] = self.range;
        let above = |at: f64| self.height(which, at);
        // The first crossing upwards among the places where the statistic is known.
        let curve = if which == 5 { &self.data } else { &self.asimov };
        let mut known: Vec<f64> = curve.knots().iter().map(|knot| knot.at).filter(|&at| at > start).collect();
        if which == 5 {
            // q is 0 up to the best fit.
            known.retain(|&at| at >= self.tests.best_poi());
        }
        let mut low = start;
        if above(low) < 0.0 {
            return Next::Known(Limit::BelowRange);
        }
        let mut high = None;
        for at in known {
            if above(at) < 0.0 {
                high = Some(at);
                break;
            }
            low = at;
        }
        let Some(high) = high else { return self.reach_on(which, low, upper) };
        let root = root(above, low, high);
        if root.is_nan() {
            return self.fit_at(which, 0.5 * (low + high));
        }
        if self.is_near(which, root) || high - low <= NARROW * high {
            return Next::Known(Limit::Found(root));
        }
        self.fit_at(which, root)
    }

    /// Whether fits were made so near that the curves are exact.
    fn is_near(&self, which: usize, at: f64) -> bool {
        let near = |curve: &SampledCurve| curve.distance(at) <= NEAR * at;
        near(&self.asimov) && (which != 5 || near(&self.data))
    }

    /// The next fit beyond `low`, up to which nothing is excluded.
    fn reach_on(&self, which: usize, low: f64, upper: f64) -> Next {
        if low >= upper {
            return Next::Known(Limit::AboveRange);
        }
        let first = self.guess(which).filter(|&guess| guess > low);
        let reach = if low > self.range[0] { (1.0 + LONGEST_REACH) * low } else { f64::INFINITY };
        let mut guess = first.unwrap_or(f64::INFINITY);
        if low > self.range[0] {
            // Where the curve goes on to the level, or as far as it may be followed.
            let mut end = low;
            while guess.is_infinite() && end < reach {
                end *= 1.25;
                if self.height(which, end) < 0.0 {
                    guess = root(|at| self.height(which, at), low, end);
                }
            }
        }
        if guess > low && guess <= upper && self.is_near(which, guess) {
            return Next::Known(Limit::Found(guess));
        }
        let next = if guess.is_finite() { guess } else { reach };
        let next = if next.is_finite() { next } else { self.range[0] + 1.0 };
        self.fit_at(which, next.min(upper))
    }

    /// Where a limit would be if q were a parabola, before anything was fitted for it.
    fn guess(&self, which: usize) -> Option<f64> {
        if which != 5 {
            return (self.asimov.knots().len() == 1)
                .then(|| self.tests.asimov_curvature())
                .flatten()
                .map(|curvature| self.tests.asimov_best() + self.asimov_roots[which] / (0.5 * curvature).sqrt());
        }
        if self.data.knots().len() > 1 {
            return None;
        }
        // The nearest of the expected limits will do: √q of the data has much the same slope.
        let best = self.tests.best_poi();
        let curvature = self.tests.data_curvature()?;
        let target = ln(self.level);
        let farthest = self.asimov.knots().last()?.at.max(best);
        let height = |at: f64| {
            let moved = (at - best).max(0.0);
            let observed = 0.5 * curvature * moved * moved;
            self.tests.ln_cls(observed, self.asimov_at(at)) - target
        };
        let end = farthest + (best.max(0.0)) + farthest;
        (height(end) < 0.0).then(|| root(height, self.range[0], end)).filter(|guess| guess.is_finite())
    }

    fn fit_at(&self, which: usize, at: f64) -> Next {
        if which != 5 {
            return Next::Asimov(at);
        }
        // The data first; where they are known, the Asimov data at the same place.
        match self.data.knots().iter().find(|knot| (knot.at - at).abs() <= NEAR * at) {
            Some(knot) if self.asimov.knots().iter().all(|asimov| asimov.at != knot.at) => Next::Asimov(knot.at),
            _ => Next::Data(at),
        }
    }

    /// Positive where `at` is allowed, 0 at the limit.
    fn height(&self, which: usize, at: f64) -> f64 {
        match self.asimov_roots.get(which) {
            Some(root) => root - self.asimov_at(at).sqrt(),
            None => {
                let observed = if at <= self.tests.best_poi() { 0.0 } else { self.data.interpolate(at).max(0.0) };
                self.tests.ln_cls(observed, self.asimov_at(at)) - ln(self.level)
            }
        }
    }

    fn asimov_at(&self, at: f64) -> f64 {
        self.asimov.interpolate(at).max(0.0)
    }
}

enum Next {
    Known(Limit),
    Asimov(f64),
    Data(f64),
}

impl HypothesisTests {
    /// ln CLs of a statistic on data and on Asimov data.
    fn ln_cls(&self, observed: f64, asimov: f64) -> f64 {
        observed_tails(self.statistic(), observed, asimov).ln_cls
    }
}
