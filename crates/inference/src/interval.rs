//! Intervals of one parameter from its profile.

use crate::conditional_fits::{ConditionalFit, ConditionalFits, Interruption};
use crate::profile::ProfileLikelihood;
use crate::rise_search::{End, Ray, Stop, first_length, search};
use crate::status::FitError;

/// The values of a parameter around its best fit at which the profile has not risen by more than some amount (MINOS).
#[derive(Clone, Debug)]
pub struct Interval {
    /// The best fit.
    pub best: f64,
    /// The end below it.
    pub lower: IntervalEnd,
    /// The end above it.
    pub upper: IntervalEnd,
}

/// An end of an interval.
#[derive(Clone, Debug)]
pub struct IntervalEnd {
    /// The parameter's value.
    pub value: f64,
    /// What ends the interval there.
    pub stop: Stop,
    /// All parameters at the conditional best fit there.
    pub parameters: Vec<f64>,
}

impl ProfileLikelihood {
    /// The interval around the best fit in which the profile of `parameter` lies less than `rise` above its minimum.
    ///
    /// The parameter is not fixed. The error of an end is below 10⁻⁸ of its distance from the best fit. Further regions
    /// behind a part of the profile that lies higher are no part of it.
    ///
    /// # Errors
    /// [`FitError`] where a fit does not converge.
    pub fn interval(&mut self, parameter: usize, rise: f64) -> Result<Interval, FitError> {
        self.attempt(&[parameter], |fits| {
            let best = fits.best();
            let scale = fits.scale(parameter);
            let mut end = |sign: f64| {
                let direction = vec![sign * scale];
                let slope = fits.slope(best, &direction).max(0.0);
                let ray = Ray {
                    origin: ConditionalFit { minimum: best.clone(), rise: 0.0 },
                    response: fits.response(&direction),
                    direction,
                    first: first_length(slope, rise),
                };
                interval_end(search(fits, &ray, rise)?)
            };
            Ok(Interval { lower: end(-1.0)?, upper: end(1.0)?, best: best.point[parameter] })
        })
    }

    /// Regions besides `interval` in which the profile of `parameter` lies less than `rise` above its minimum, ascending,
    /// each with what ends it: as far as `points` values, spread evenly between the bounds, show them.
    ///
    /// The bounds are finite.
    ///
    /// # Errors
    /// [`FitError`] where a fit does not converge.
    pub fn other_regions(
        &mut self,
        parameter: usize,
        rise: f64,
        interval: (f64, f64),
        points: usize,
    ) -> Result<Vec<[IntervalEnd; 2]>, FitError> {
        self.attempt(&[parameter], |fits| {
            let (lower, upper) = (fits.bound(parameter, -1.0), fits.bound(parameter, 1.0));
            let step = (upper - lower) / points.saturating_sub(1).max(1) as f64;
            let mut regions: Vec<[IntervalEnd; 2]> = Vec::new();
            for index in 0..points {
                let value = if index + 1 == points { upper } else { lower + step * index as f64 };
                let known = |ends: (f64, f64)| ends.0 <= value && value <= ends.1;
                if known(interval) || regions.last().is_some_and(|[low, high]| known((low.value, high.value))) {
                    continue;
                }
                let Some(inside) = below(fits, value, rise)? else { continue };
                let mut end = |sign: f64| {
                    let ray = Ray {
                        direction: vec![sign],
                        response: vec![0.0; inside.minimum.point.len()],
                        first: 0.5 * step,
                        origin: inside.clone(),
                    };
                    interval_end(search(fits, &ray, rise)?)
                };
                regions.push([end(-1.0)?, end(1.0)?]);
            }
            Ok(regions)
        })
    }
}

/// The conditional best fit at a value, where there is one that lies less than `rise` above the minimum.
fn below(fits: &mut ConditionalFits<'_>, value: f64, rise: f64) -> Result<Option<ConditionalFit>, Interruption> {
    match fits.lowest(&[value]) {
        Ok(fit) => Ok(Some(fit).filter(|fit| fit.rise < rise)),
        Err(Interruption::Failed(_)) => Ok(None),
        Err(lower) => Err(lower),
    }
}

fn interval_end(End { values, point, stop, .. }: End) -> Result<IntervalEnd, Interruption> {
    Ok(IntervalEnd { value: values[0], stop, parameters: point })
}
