//! The profile likelihood of one data set.

use std::sync::Arc;

use histfactory_inference::{
    ContourSearch, FitError, IntervalEnd, ProfileLikelihood, Setup, Stop, contour_rise, interval_rise,
};
use histfactory_likelihood::{Dataset, Model};
use wasm_bindgen::prelude::*;

use crate::setup::failure;

/// A free fit and what is asked of the profiles around it.
#[wasm_bindgen]
pub struct CoreProfile {
    profile: Result<ProfileLikelihood, FitError>,
    /// Per parameter whether it is fixed.
    fixed: Vec<bool>,
    contour: Option<ContourSearch>,
}

impl CoreProfile {
    pub(crate) fn prepare(model: Arc<Model>, data: Dataset, setup: Setup) -> Self {
        let fixed = setup.fixed.clone();
        Self { profile: ProfileLikelihood::new(model, Arc::new(data), setup), fixed, contour: None }
    }

    /// The parameter, if it can be held at values of its own.
    fn free(&self, parameter: usize) -> Result<usize, JsError> {
        if self.fixed.get(parameter) == Some(&false) {
            return Ok(parameter);
        }
        Err(JsError::new("the parameter cannot be profiled"))
    }

    fn profile(&mut self) -> Result<&mut ProfileLikelihood, FitError> {
        self.profile.as_mut().map_err(|error| *error)
    }
}

#[wasm_bindgen]
impl CoreProfile {
    /// `[status]` of the free fit, then −2 ln L at the minimum with all constants, then the parameters there, then their
    /// standard deviations.
    pub fn best(&self) -> Vec<f64> {
        match &self.profile {
            Ok(profile) => {
                let best = profile.best();
                [&[0.0, best.twice_nll], &best.minimum.point[..], &best.covariance.deviations].concat()
            }
            Err(error) => failure(*error),
        }
    }

    /// How often a lower free minimum was found; what was computed before the last time is out of date.
    #[wasm_bindgen(getter)]
    pub fn revision(&self) -> u32 {
        self.profile.as_ref().map_or(0, ProfileLikelihood::revision)
    }

    /// The conditional best fit with `parameter` at `value`: `[status, rise of −2 ln L]`, then all parameters.
    pub fn point(&mut self, parameter: usize, value: f64) -> Result<Vec<f64>, JsError> {
        let parameter = self.free(parameter)?;
        let point = self.profile().and_then(|profile| profile.point(&[parameter], &[value]));
        Ok(match point {
            Ok(point) => [&[0.0, point.rise], &point.parameters[..]].concat(),
            Err(error) => failure(error),
        })
    }

    /// The interval of a parameter: `[status, lower end, upper end]`, each end as its value and what stops it (0 the rise,
    /// 1 a bound, 2 the domain).
    pub fn interval(&mut self, parameter: usize, rise: f64) -> Result<Vec<f64>, JsError> {
        let parameter = self.free(parameter)?;
        let interval = self.profile().and_then(|profile| profile.interval(parameter, rise));
        Ok(match interval {
            Ok(interval) => [&[0.0][..], &flat(&interval.lower), &flat(&interval.upper)].concat(),
            Err(error) => failure(error),
        })
    }

    /// Regions besides the interval from `lower` to `upper`, as `points` values between the finite bounds show them:
    /// `[status]`, then the two ends of each.
    #[wasm_bindgen(js_name = otherRegions)]
    pub fn other_regions(
        &mut self,
        parameter: usize,
        rise: f64,
        lower: f64,
        upper: f64,
        points: usize,
    ) -> Result<Vec<f64>, JsError> {
        let parameter = self.free(parameter)?;
        let regions = self.profile().and_then(|profile| profile.other_regions(parameter, rise, (lower, upper), points));
        Ok(match regions {
            Ok(regions) => [0.0].into_iter().chain(regions.iter().flatten().flat_map(flat)).collect(),
            Err(error) => failure(error),
        })
    }

    /// Begins a contour of two different parameters.
    #[wasm_bindgen(js_name = beginContour)]
    pub fn begin_contour(&mut self, first: usize, second: usize, rise: f64) -> Result<(), JsError> {
        let pair = [self.free(first)?, self.free(second)?];
        if first == second {
            return Err(JsError::new("a contour takes two parameters"));
        }
        self.contour = Some(ContourSearch::new(pair, rise));
        Ok(())
    }

    /// Finds the next point of the contour: `[status, whether it is complete]`.
    #[wasm_bindgen(js_name = advanceContour)]
    pub fn advance_contour(&mut self) -> Result<Vec<f64>, JsError> {
        let contour = self.contour.as_mut().ok_or_else(|| JsError::new("there is no contour"))?;
        let complete = self.profile.as_mut().map_err(|error| *error).and_then(|profile| contour.advance(profile));
        Ok(match complete {
            Ok(complete) => vec![0.0, f64::from(u8::from(complete))],
            Err(error) => failure(error),
        })
    }

    /// The points of the contour found so far: the two values of each and what stops it there.
    #[wasm_bindgen(js_name = contourPoints)]
    pub fn contour_points(&self) -> Vec<f64> {
        let points = self.contour.as_ref().map(ContourSearch::points).unwrap_or_default();
        points.iter().flat_map(|point| [point.values[0], point.values[1], stop_code(point.stop)]).collect()
    }
}

fn flat(end: &IntervalEnd) -> [f64; 2] {
    [end.value, stop_code(end.stop)]
}

/// What stops a search, as a number.
fn stop_code(stop: Stop) -> f64 {
    match stop {
        Stop::Risen => 0.0,
        Stop::Bound => 1.0,
        Stop::Domain => 2.0,
    }
}

/// How far −2 ln L rises at the edge of an interval (one parameter) or a contour (two) of this confidence level.
#[wasm_bindgen(js_name = riseAt)]
pub fn rise_at(confidence: f64, parameters: u32) -> f64 {
    if parameters == 1 { interval_rise(confidence) } else { contour_rise(confidence) }
}
