//! Where a profile has risen by a given amount, along a straight line in the profiled parameters.

use crate::conditional_fits::{ConditionalFit, ConditionalFits, Interruption};
use crate::fit::Minimum;
use crate::status::{FitError, Status};

/// Error of a length over the length.
const ACCURACY: f64 = 1e-8;
/// Newton corrections below this share of the length leave an error far below [`ACCURACY`], as its convergence is
/// quadratic.
const SMALL: f64 = 1e-5;
/// A bracket this narrow, over its length, with no root in it holds a jump.
const COLLAPSED: f64 = 1e-9;
/// Difference of rise and target, over the target, up to which a Newton correction is taken at its word.
const NEAR: f64 = 0.01;
/// Rises that differ by less than this share of the target are those of one minimum.
const SAME: f64 = 1e-6;
/// The last digits of −2 ln L, over its size.
const ROUNDING: f64 = 1e-13;
/// Steps outwards grow by no more than this factor.
const GROWTH: f64 = 4.0;
/// Lengths, in units of the first step, beyond which a profile without a bound counts as flat.
const FAR: f64 = 1e8;
/// Evaluations inside a bracket after which it is halved.
const PATIENCE: u32 = 5;
/// Evaluations after which a search is given up; it takes about four.
const EVALUATIONS: u32 = 200;

/// What ended a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The profile has risen by the amount.
    Risen,
    /// A parameter reached its bound first.
    Bound,
    /// A bin with counts lost its positive rate first: −2 ln L is not defined further on.
    Domain,
}

/// A half line from a point of the profile.
#[derive(Clone, Debug)]
pub(crate) struct Ray {
    /// Where it begins, at a rise below the one that is looked for.
    pub origin: ConditionalFit,
    /// How the held parameters move per unit of length.
    pub direction: Vec<f64>,
    /// How all parameters are predicted to move per unit of length, near the origin.
    pub response: Vec<f64>,
    /// The first length to look at.
    pub first: f64,
}

/// Where a search ended.
#[derive(Clone, Debug)]
pub(crate) struct End {
    /// The length of the ray up to there.
    pub length: f64,
    /// The held parameters.
    pub values: Vec<f64>,
    /// All parameters.
    pub point: Vec<f64>,
    pub stop: Stop,
}

/// A point of the profile on a ray.
#[derive(Clone, Debug)]
struct Sample {
    length: f64,
    rise: f64,
    /// The derivative of the rise by the length.
    slope: f64,
    minimum: Minimum,
}

/// What follows from an evaluation.
enum Step {
    /// The search is over.
    End(End),
    /// It goes on; where Newton's method leads, if anywhere.
    Onwards(Option<f64>),
}

/// A search for the first length at which the profile has risen to `target`.
///
/// Each fit starts from the point predicted from those before. √rise is nearly a straight line, on which Newton's method
/// needs few steps; its derivative comes with each fit. The method is kept inside a bracket. What it ends at is fitted
/// again from the usual start and the best fit; where these are lower, the search goes on from there.
struct RiseSearch<'s, 'a> {
    fits: &'s mut ConditionalFits<'a>,
    ray: &'s Ray,
    target: f64,
    /// The length at which the first held parameter reaches its bound.
    reach: f64,
    /// The furthest point known to lie before the root.
    below: Sample,
    /// The nearest length known to lie beyond it, or where a fit failed.
    beyond: Option<f64>,
    /// The last point, from which the next is predicted.
    latest: Option<Sample>,
    /// Whether different starts have led to different minima.
    several: bool,
}

/// The first length along `ray` at which the profile has risen to `target`, or what stops it before.
pub(crate) fn search(fits: &mut ConditionalFits<'_>, ray: &Ray, target: f64) -> Result<End, Interruption> {
    let ConditionalFit { minimum, rise } = ray.origin.clone();
    let below = Sample { length: 0.0, rise, slope: 0.0, minimum };
    let reach = reach(fits, ray);
    RiseSearch { fits, ray, target, reach, below, beyond: None, latest: None, several: false }.run()
}

/// Where a profile that begins with a slope and has a curvature of 2 will have risen to `target`.
pub(crate) fn first_length(slope: f64, target: f64) -> f64 {
    2.0 * target / (slope + (slope * slope + 4.0 * target).sqrt())
}

/// How long a ray is inside the bounds.
fn reach(fits: &ConditionalFits<'_>, ray: &Ray) -> f64 {
    let held = fits.held().iter().zip(&ray.direction);
    held.fold(f64::INFINITY, |reach, (&parameter, &component)| {
        let bound = fits.bound(parameter, component);
        if component == 0.0 { reach } else { reach.min((bound - ray.origin.minimum.point[parameter]) / component) }
    })
}

impl RiseSearch<'_, '_> {
    fn run(mut self) -> Result<End, Interruption> {
        if self.reach <= 0.0 {
            return Ok(self.end(self.below.clone(), Stop::Bound));
        }
        let mut next = self.ray.first.min(self.reach);
        let mut since_bisection = 0;
        for _ in 0..EVALUATIONS {
            let guess = match self.step(next)? {
                Step::End(end) => return Ok(end),
                Step::Onwards(guess) => guess,
            };
            let near = self.below.length;
            next = match self.beyond {
                None => {
                    let furthest = GROWTH * near.max(self.ray.first / GROWTH);
                    guess.filter(|&guess| guess > near).unwrap_or(furthest).min(furthest).min(self.reach)
                }
                Some(beyond) => {
                    since_bisection += 1;
                    let newton = guess.filter(|&guess| guess > near && guess < beyond);
                    newton.filter(|_| since_bisection < PATIENCE).unwrap_or_else(|| {
                        since_bisection = 0;
                        near + 0.5 * (beyond - near)
                    })
                }
            };
        }
        Err(FitError(Status::IterationLimit).into())
    }

    fn step(&mut self, length: f64) -> Result<Step, Interruption> {
        let mut sample = match self.evaluate(length) {
            Ok(sample) => sample,
            Err(Interruption::Failed(_)) => {
                self.beyond = Some(length);
                return if self.collapsed() { self.cross_jump() } else { Ok(Step::Onwards(None)) };
            }
            Err(lower) => return Err(lower),
        };
        self.narrow(&sample);
        if sample.rise < self.target && length >= self.reach {
            let end = self.verified(sample)?;
            return Ok(Step::End(self.end(end, Stop::Bound)));
        }
        if sample.rise < self.target && self.reach.is_infinite() && length > FAR * self.ray.first {
            return Ok(Step::End(self.end(Sample { length: self.reach, ..sample }, Stop::Bound)));
        }
        if let Some(root) = self.root_near(&sample, SMALL).filter(|&root| root <= self.reach) {
            let found = self.evaluate(root)?;
            sample = self.verified(found)?;
            let noise = ROUNDING * (1.0 + self.fits.best().value);
            if self.root_near(&sample, ACCURACY).is_some() || (sample.rise - self.target).abs() <= noise {
                return Ok(Step::End(self.end(sample, Stop::Risen)));
            }
            // Another start has led to a lower minimum: the root lies further on.
            self.narrow(&sample);
        }
        if self.collapsed() { self.cross_jump() } else { Ok(Step::Onwards(self.root(&sample))) }
    }

    /// The values of the held parameters at a length; on the bound exactly where they reach it.
    fn values(&self, length: f64) -> Vec<f64> {
        let held = self.fits.held().iter().zip(&self.ray.direction);
        held.map(|(&parameter, &component)| {
            let origin = self.ray.origin.minimum.point[parameter];
            let bound = self.fits.bound(parameter, component);
            if component == 0.0 {
                origin
            } else if length >= (bound - origin) / component {
                bound
            } else {
                origin + component * length
            }
        })
        .collect()
    }

    /// The fit at a length, from where those before lead. Where that fails or has led to a minimum that is not the lowest,
    /// also from the nearest of them and from the starts that always serve.
    fn evaluate(&mut self, length: f64) -> Result<Sample, Interruption> {
        let values = self.values(length);
        let mut fit = self.fits.fit_from(&self.predicted(length), &values);
        if self.several || fit.is_err() {
            fit = lower_of(fit, self.fits.fit_from(&self.below.minimum.point, &values));
            fit = lower_of(fit, self.fits.lowest(&values));
        }
        let sample = self.sample(length, fit?);
        self.latest = Some(sample.clone());
        Ok(sample)
    }

    /// The parameters at a length as the response at the origin and the last fit let expect them.
    fn predicted(&self, length: f64) -> Vec<f64> {
        let lines = self.ray.origin.minimum.point.iter().zip(&self.ray.response);
        match &self.latest {
            None => lines.map(|(from, by)| from + by * length).collect(),
            Some(Sample { length: known, minimum, .. }) => {
                let share = length / known * (length / known);
                let lines = lines.zip(&minimum.point);
                lines.map(|((from, by), at)| from + by * length + (at - from - by * known) * share).collect()
            }
        }
    }

    fn sample(&mut self, length: f64, ConditionalFit { minimum, rise }: ConditionalFit) -> Sample {
        let slope = self.fits.slope(&minimum, &self.ray.direction);
        Sample { length, rise, slope, minimum }
    }

    /// The same point of the profile, or a lower one that the usual start or the best fit leads to.
    fn verified(&mut self, sample: Sample) -> Result<Sample, Interruption> {
        let Sample { length, rise, slope, minimum } = sample;
        let known = ConditionalFit { minimum, rise };
        match self.fits.lower(&self.values(length), &known)? {
            Some(other) if other.rise < rise - SAME * self.target => {
                self.several = true;
                Ok(self.sample(length, other))
            }
            _ => Ok(Sample { length, rise, slope, minimum: known.minimum }),
        }
    }

    /// The root of √rise − √target by Newton's method.
    fn root(&self, sample: &Sample) -> Option<f64> {
        let root = sample.rise.sqrt();
        let step = (self.target.sqrt() - root) * 2.0 * root / sample.slope;
        (sample.slope > 0.0 && root > 0.0).then_some(sample.length + step)
    }

    /// The same where it differs from the sample's length by no more than a share of it.
    ///
    /// Where −2 ln L grows without bound, short steps say nothing: the rise has to be near its target too.
    fn root_near(&self, sample: &Sample, share: f64) -> Option<f64> {
        let risen = (sample.rise - self.target).abs() <= NEAR * self.target;
        self.root(sample).filter(|&root| risen && near(root, sample.length, share))
    }

    /// Takes a sample as one side of the bracket.
    fn narrow(&mut self, sample: &Sample) {
        if sample.rise >= self.target {
            self.beyond = Some(sample.length);
        } else {
            self.below = sample.clone();
            self.beyond = self.beyond.filter(|&beyond| beyond > sample.length);
        }
    }

    /// Whether the bracket is too narrow for a root.
    fn collapsed(&self) -> bool {
        self.beyond.is_some_and(|beyond| near(self.below.length, beyond, COLLAPSED))
    }

    /// Where the bracket holds a jump rather than a root: goes on from its lower side where that leads further, and ends
    /// there where it does not.
    fn cross_jump(&mut self) -> Result<Step, Interruption> {
        let Some(beyond) = self.beyond else { return Ok(Step::Onwards(None)) };
        // −2 ln L is continuous: a fit from just before cannot lie much higher, where there is one.
        let stop = match self.fits.fit_from(&self.below.minimum.point, &self.values(beyond)) {
            Ok(other) => {
                let sample = self.sample(beyond, other);
                if sample.rise < self.target {
                    self.several = true;
                    self.narrow(&sample);
                    return Ok(Step::Onwards(self.root(&sample)));
                }
                Stop::Risen
            }
            Err(Interruption::Failed(FitError(Status::OutsideDomain))) => Stop::Domain,
            Err(interruption) => return Err(interruption),
        };
        let end = self.verified(self.below.clone())?;
        if end.rise < self.below.rise - SAME * self.target {
            self.beyond = None;
            self.narrow(&end);
            return Ok(Step::Onwards(self.root(&end)));
        }
        Ok(Step::End(self.end(end, stop)))
    }

    fn end(&self, Sample { length, minimum, .. }: Sample, stop: Stop) -> End {
        End { length, values: self.values(length), point: minimum.point, stop }
    }
}

/// The lower one of two fits; what shows a lower free minimum before all.
fn lower_of(
    first: Result<ConditionalFit, Interruption>,
    second: Result<ConditionalFit, Interruption>,
) -> Result<ConditionalFit, Interruption> {
    match (first, second) {
        (Err(Interruption::Lower(point)), _) | (_, Err(Interruption::Lower(point))) => Err(Interruption::Lower(point)),
        (Ok(first), Ok(second)) => Ok(if second.rise < first.rise { second } else { first }),
        (first, second) => first.or(second),
    }
}

/// Whether two lengths differ by no more than a share of the second.
fn near(left: f64, right: f64, share: f64) -> bool {
    (left - right).abs() <= share * right
}
