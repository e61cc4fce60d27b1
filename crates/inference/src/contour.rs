//! Contours of two parameters from their profile.

use histfactory_likelihood::elementary::clamp;

use crate::conditional_fits::{ConditionalFit, ConditionalFits};
use crate::profile::ProfileLikelihood;
use crate::rise_search::{End, Ray, Stop, first_length, search};
use crate::status::FitError;

/// How often each quarter of the directions is halved before refinement: 32 in the full circle.
const HALVINGS: u32 = 3;
/// How often refinement may halve the angle between two directions.
const DEEPEST: u32 = 6;
/// Distance of the curve from the chord between two points above which another comes between them, over the size of the
/// contour.
const TOLERANCE: f64 = 0.005;
/// The largest correlation that directions are scaled with.
const LARGEST_CORRELATION: f64 = 0.999_999;

/// A point of a contour.
#[derive(Clone, Debug)]
pub struct ContourPoint {
    /// The two parameters.
    pub values: [f64; 2],
    /// Whether the profile has risen there by the amount, or what ends the region before.
    pub stop: Stop,
}

/// The search for the curve on which the profile of two parameters lies a given amount above its minimum.
///
/// Points are found on half lines from the best fit, in directions that the covariance has made equally long. Where the
/// polygon through them turns sharply, more are put between. What cannot be seen from the best fit in a straight line,
/// inside the region, is not found. The best fit of a parameter may lie on its bound; the contour then begins and ends on
/// that bound.
///
/// Points are found one by one, so that the caller can stop in between.
///
/// ```
/// use std::sync::Arc;
/// use histfactory_inference::{ContourSearch, ProfileLikelihood, Setup, Stop};
/// use histfactory_likelihood::{Dataset, Model};
/// // Two bins with their own normalisations of 10, and 9 and 16 counts.
/// let structure = [1, 2, 2, 2, 0, 4, 5, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 1];
/// let model = Arc::new(Model::from_flat(&structure, &[10.0, 10.0])?);
/// let data = Dataset::new(&model, &[9.0, 16.0])?;
/// let setup = Setup {
///     start: vec![1.0; 2],
///     lower: vec![0.0; 2],
///     upper: vec![10.0; 2],
///     fixed: vec![false; 2],
///     max_iterations: 100,
///     starts: 1,
/// };
/// let mut profile = ProfileLikelihood::new(model, Arc::new(data), setup)?;
/// let mut search = ContourSearch::new([0, 1], 2.3);
/// while !search.advance(&mut profile)? {}
/// let deviance = |n: f64, rate: f64| 2.0 * (rate - n - n * (rate / n).ln());
/// for point in search.points() {
///     let [first, second] = point.values;
///     let rise = deviance(9.0, 10.0 * first) + deviance(16.0, 10.0 * second);
///     assert!(point.stop == Stop::Risen && (rise - 2.3).abs() < 1e-7);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ContourSearch {
    pair: [usize; 2],
    rise: f64,
    /// Directions in the order of the curve, with what was found in them.
    spokes: Vec<Spoke>,
    /// Whether the directions go all the way round.
    closed: bool,
    revision: u32,
}

/// A direction from the best fit, in units of the covariance.
#[derive(Clone, Debug)]
struct Spoke {
    direction: [f64; 2],
    /// How often the angle to the next one has been halved.
    depth: u32,
    end: Option<End>,
}

/// The covariance of a pair of parameters, as a linear map from directions.
struct Frame {
    scales: [f64; 2],
    correlation: f64,
}

impl ContourSearch {
    /// For two different parameters, neither of them fixed.
    pub fn new(pair: [usize; 2], rise: f64) -> Self {
        Self { pair, rise, spokes: Vec::new(), closed: false, revision: 0 }
    }

    /// Finds the next point; says whether the contour is complete.
    ///
    /// # Errors
    /// [`FitError`] where a fit does not converge.
    pub fn advance(&mut self, profile: &mut ProfileLikelihood) -> Result<bool, FitError> {
        if self.spokes.is_empty() || self.revision != profile.revision() {
            self.begin(profile)?;
        }
        let unknown = |spokes: &[Spoke]| spokes.iter().position(|spoke| spoke.end.is_none());
        if unknown(&self.spokes).is_none() {
            self.refine();
        }
        let Some(next) = unknown(&self.spokes) else { return Ok(true) };
        let direction = self.spokes[next].direction;
        let first = self.neighbouring_length(next);
        let (pair, rise) = (self.pair, self.rise);
        let end = profile.attempt(&pair, |fits| {
            let ray = Frame::new(fits, pair).ray(fits, direction, rise, first);
            search(fits, &ray, rise)
        })?;
        if self.revision == profile.revision() {
            self.spokes[next].end = Some(end);
        }
        Ok(false)
    }

    /// The points found so far, anticlockwise where the first parameter points to the right and the second upwards.
    pub fn points(&self) -> Vec<ContourPoint> {
        let ends = self.spokes.iter().filter_map(|spoke| spoke.end.as_ref());
        ends.map(|end| ContourPoint { values: [end.values[0], end.values[1]], stop: end.stop }).collect()
    }

    /// Starts with directions spread evenly over those that lead into the bounds.
    fn begin(&mut self, profile: &mut ProfileLikelihood) -> Result<(), FitError> {
        self.revision = profile.revision();
        let pair = self.pair;
        let walls = profile.attempt(&pair, |fits| Ok(Frame::new(fits, pair).walls(fits)))?;
        let corners = match walls[..] {
            [] => vec![[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]],
            [wall] => vec![turned(wall, -1.0), wall, turned(wall, 1.0)],
            [first, second, ..] => {
                let [before, after] = if dot(turned(first, 1.0), second) > 0.0 {
                    [turned(second, -1.0), turned(first, 1.0)]
                } else {
                    [turned(first, -1.0), turned(second, 1.0)]
                };
                vec![before, between(before, after), after]
            }
        };
        self.closed = walls.is_empty();
        self.spokes = corners.into_iter().map(|direction| Spoke { direction, depth: 0, end: None }).collect();
        for _ in 0..HALVINGS {
            self.halve(&vec![true; self.spokes.len()]);
        }
        self.spokes.iter_mut().for_each(|spoke| spoke.depth = 0);
        Ok(())
    }

    /// Puts directions where the polygon turns too sharply.
    fn refine(&mut self) {
        let count = self.spokes.len();
        let size = self.rise.sqrt();
        let at = |index: usize| {
            let Spoke { direction: [x, y], end, .. } = &self.spokes[index % count];
            let length = end.as_ref().map_or(0.0, |end| end.length) / size;
            [x * length, y * length]
        };
        let turns: Vec<bool> = (0..count)
            .map(|index| {
                let inside = self.closed || (index > 0 && index + 1 < count);
                // Of a smooth curve, the halves lie nearer to their chords than the whole by a factor of four.
                inside && distance(at(index), at(index + count - 1), at(index + 1)) > 4.0 * TOLERANCE
            })
            .collect();
        let chosen = |index: usize| self.spokes[index].depth < DEEPEST && (turns[index] || turns[(index + 1) % count]);
        self.halve(&(0..count).map(chosen).collect::<Vec<bool>>());
    }

    /// Halves the angles behind the spokes that are `chosen`.
    fn halve(&mut self, chosen: &[bool]) {
        let spokes = std::mem::take(&mut self.spokes);
        let count = spokes.len();
        let directions: Vec<[f64; 2]> = spokes.iter().map(|spoke| spoke.direction).collect();
        for (index, mut spoke) in spokes.into_iter().enumerate() {
            let halved = (self.closed || index + 1 < count) && chosen[index];
            spoke.depth += u32::from(halved);
            let (direction, depth) = (between(spoke.direction, directions[(index + 1) % count]), spoke.depth);
            self.spokes.push(spoke);
            if halved {
                self.spokes.push(Spoke { direction, depth, end: None });
            }
        }
    }

    /// The length of a neighbour whose profile has risen.
    fn neighbouring_length(&self, index: usize) -> Option<f64> {
        let count = self.spokes.len();
        [index + count - 1, index + 1].into_iter().find_map(|neighbour| {
            let end = self.spokes[neighbour % count].end.as_ref();
            end.filter(|end| end.stop == Stop::Risen).map(|end| end.length)
        })
    }
}

impl Frame {
    fn new(fits: &ConditionalFits<'_>, pair: [usize; 2]) -> Self {
        let correlation = clamp(fits.correlation(pair[0], pair[1]), -LARGEST_CORRELATION, LARGEST_CORRELATION);
        Self { scales: pair.map(|parameter| fits.scale(parameter)), correlation }
    }

    /// How much each parameter moves per unit of the direction's two components.
    fn rows(&self) -> [[f64; 2]; 2] {
        let [first, second] = self.scales;
        let own = second * (1.0 - self.correlation * self.correlation).sqrt();
        [[first, 0.0], [self.correlation * second, own]]
    }

    /// Inward normals of the bounds that the best fit lies on, as directions.
    fn walls(&self, fits: &ConditionalFits<'_>) -> Vec<[f64; 2]> {
        let mut walls = Vec::new();
        for (&parameter, [x, y]) in fits.held().iter().zip(self.rows()) {
            let value = fits.best().point[parameter];
            if value <= fits.bound(parameter, -1.0) {
                walls.push(unit([x, y]));
            } else if value >= fits.bound(parameter, 1.0) {
                walls.push(unit([-x, -y]));
            }
        }
        walls
    }

    /// The half line in a direction.
    fn ray(&self, fits: &mut ConditionalFits<'_>, towards: [f64; 2], rise: f64, first: Option<f64>) -> Ray {
        let best = fits.best();
        let moves = fits.held().iter().zip(self.rows()).map(|(&parameter, row)| {
            let by = dot(row, towards);
            // A direction along a bound must not lead out of it by its rounding.
            if best.point[parameter] == fits.bound(parameter, by) { 0.0 } else { by }
        });
        let direction: Vec<f64> = moves.collect();
        let slope = fits.slope(best, &direction).max(0.0);
        Ray {
            origin: ConditionalFit { minimum: best.clone(), rise: 0.0 },
            response: fits.response(&direction),
            direction,
            first: first.unwrap_or_else(|| first_length(slope, rise)),
        }
    }
}

/// A direction a quarter further, anticlockwise for a positive sign.
fn turned([x, y]: [f64; 2], sign: f64) -> [f64; 2] {
    [-sign * y, sign * x]
}

/// The direction half-way between two that are not opposite.
fn between(first: [f64; 2], second: [f64; 2]) -> [f64; 2] {
    unit([first[0] + second[0], first[1] + second[1]])
}

fn unit([x, y]: [f64; 2]) -> [f64; 2] {
    let length = (x * x + y * y).sqrt();
    [x / length, y / length]
}

fn dot(first: [f64; 2], second: [f64; 2]) -> f64 {
    first[0] * second[0] + first[1] * second[1]
}

/// The distance of a point from the line through two others.
fn distance(point: [f64; 2], from: [f64; 2], to: [f64; 2]) -> f64 {
    let chord = [to[0] - from[0], to[1] - from[1]];
    let way = [point[0] - from[0], point[1] - from[1]];
    let length = dot(chord, chord).sqrt();
    if length > 0.0 { dot(turned(chord, 1.0), way).abs() / length } else { dot(way, way).sqrt() }
}
