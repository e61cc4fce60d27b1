//! The edge of a likelihood's domain: rates that end at 0 in bins without counts.
//!
//! −2 ln L is 2λ there, finite down to λ = 0 and infinite below, and may fall up to that wall. A minimum on it is that of
//! −2 ln L under λ ≥ 0, found by the augmented Lagrangian of Hestenes, Powell and Rockafellar (Nocedal and Wright,
//! *Numerical Optimization*, eq. 17.65): with a multiplier ν ≥ 0 and a stiffness ρ for each such bin,
//!
//! ```text
//! 2λ + (max(0, ν − ρλ)² − ν²)/2ρ
//! ```
//!
//! takes the place of its term, finite everywhere and smooth to the first derivative. Its minimum is found as any other;
//! then ν becomes max(0, ν − ρλ), and so on until no rate is where it should not be.

use histfactory_likelihood::Evaluator;
use histfactory_likelihood::{Dataset, Model};

/// How far inside the domain a rate on its wall ends, over the size of the rates in its bin: beyond their rounding, and
/// below anything that −2 ln L could show.
const MARGIN: f64 = 1e-13;
/// First stiffness of a wall, times the size of its bin's rates: −2 ln L falls with a slope of 2 or less towards most of
/// them, so they give way by a tenth of that size.
const FIRST_STIFFNESS: f64 = 20.0;
/// What is left of the rates' distances from where they should be after a round that went well.
const GOOD_ROUND: f64 = 0.2;

/// What a rate above its wall may still add to −2 ln L.
const LARGEST_GAP: f64 = 1e-11;
/// How much stiffer a wall is when its rate is not to move any more.
const RIGID: f64 = 1e6;
/// How often walls are made ten times stiffer.
const MOST_STIFFENED: u32 = 5;

/// One wall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wall {
    /// The bin, without counts, whose rate cannot fall below 0.
    pub bin: usize,
    /// The slope with which −2 ln L falls beyond, by the rate: 0 where the minimum is not on this wall.
    pub multiplier: f64,
    stiffness: f64,
    margin: f64,
    /// Whether a step has run into it from where it cannot be felt.
    foreseen: bool,
}

/// The walls of all bins without counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Walls {
    pub list: Vec<Wall>,
    /// Per bin its position in the list.
    positions: Vec<Option<usize>>,
    /// The largest distance of a rate from where it should be, over its margin, after the last round.
    distance: f64,
    stiffened: u32,
}

impl Walls {
    /// Of all bins without counts; the rates at `point` say how large rates are.
    pub fn new(evaluator: &mut Evaluator, model: &Model, data: &Dataset, point: &[f64]) -> Self {
        let mut sizes = vec![0.0; model.bins()];
        let mut rates = evaluator.sample_rates(model, point).iter();
        for (bins, samples) in model.channel_samples() {
            for _ in 0..samples {
                sizes[bins.clone()].iter_mut().zip(&mut rates).for_each(|(size, rate)| *size += rate.abs());
            }
        }
        let mut walls = Self { distance: f64::INFINITY, ..Self::default() };
        for (bin, (&count, size)) in data.main().iter().zip(sizes).enumerate() {
            let size = if size > 0.0 { size } else { 1.0 };
            let wall = Wall {
                bin,
                multiplier: 0.0,
                stiffness: FIRST_STIFFNESS / size,
                margin: MARGIN * size,
                foreseen: false,
            };
            walls.positions.push((count == 0.0).then_some(walls.list.len()));
            walls.list.extend((count == 0.0).then_some(wall));
        }
        walls
    }

    /// The walls that hold a rate.
    pub fn holding(self) -> Vec<Wall> {
        self.list.into_iter().filter(|wall| wall.multiplier > 0.0).collect()
    }

    /// The walls of a minimum again, for a model with `bins` bins, now rigid: its rates stay where they are.
    pub fn rigid(list: &[Wall], bins: usize) -> Self {
        let mut positions = vec![None; bins];
        for (position, wall) in list.iter().enumerate() {
            positions[wall.bin] = Some(position);
        }
        let list = list.iter().map(|wall| Wall { stiffness: RIGID * wall.stiffness, ..*wall }).collect();
        Self { list, positions, ..Self::default() }
    }

    fn wall(&self, bin: usize) -> Option<&Wall> {
        self.positions[bin].and_then(|position| self.list.get(position))
    }

    /// What stands for −2 ln L of a bin with a wall; `None` for one without.
    pub fn value(&self, bin: usize, rate: f64) -> Option<f64> {
        let Wall { multiplier, stiffness, margin, .. } = *self.wall(bin)?;
        let push = (multiplier - stiffness * (rate - margin)).max(0.0);
        Some(2.0 * rate + (push * push - multiplier * multiplier) / (2.0 * stiffness))
    }

    /// Half its first and second derivative by the rate.
    pub fn weights(&self, bin: usize, rate: f64) -> Option<(f64, f64)> {
        let Wall { multiplier, stiffness, margin, foreseen, .. } = *self.wall(bin)?;
        let push = multiplier - stiffness * (rate - margin);
        Some(if foreseen || push > 0.0 { (1.0 - 0.5 * push, 0.5 * stiffness) } else { (1.0, 0.0) })
    }

    /// Lets walls be felt that `rates`, where a step led, have run into; says whether there were any.
    ///
    /// Their curvature then takes part in the next step, as in the primal-dual active set method (Hintermüller, Ito and
    /// Kunisch, SIAM J. Optim. 13 (2002) 865).
    pub fn foresee(&mut self, rates: &[f64]) -> bool {
        let mut any = false;
        for wall in self.list.iter_mut().filter(|wall| !wall.foreseen) {
            wall.foreseen = wall.multiplier > wall.stiffness * (rates[wall.bin] - wall.margin);
            any |= wall.foreseen;
        }
        any
    }

    /// Lets walls be felt only where they push.
    pub fn forget(&mut self) {
        self.list.iter_mut().for_each(|wall| wall.foreseen = false);
    }

    /// Moves the multipliers to what the rates at a minimum ask for; says whether every rate is where it should be: not
    /// below 0, and above it only where the multiplier is 0, both as far as −2 ln L shows.
    pub fn settle(&mut self, rates: &[f64]) -> bool {
        let (mut distance, mut gap): (f64, f64) = (0.0, 0.0);
        let mut inside = true;
        for wall in &mut self.list {
            let rate = rates[wall.bin];
            // Anywhere between the domain's edge and the margin will do: it may be that no parameter leads further in.
            let above = if rate >= 0.0 { (rate - wall.margin).max(0.0) } else { rate - wall.margin };
            distance = distance.max(above.min(wall.multiplier / wall.stiffness).abs() / wall.margin);
            gap = gap.max(wall.multiplier * above);
            inside &= rate >= 0.0;
            wall.multiplier = (wall.multiplier - wall.stiffness * above).max(0.0);
        }
        let settled = inside && gap <= LARGEST_GAP;
        if settled {
            // So that the slopes at the minimum are those of the multipliers.
            self.list.iter_mut().for_each(|wall| wall.margin = rates[wall.bin]);
        } else if distance > GOOD_ROUND * self.distance && self.stiffened < MOST_STIFFENED {
            self.list.iter_mut().for_each(|wall| wall.stiffness *= 10.0);
            self.stiffened += 1;
        }
        self.distance = distance;
        settled
    }
}
