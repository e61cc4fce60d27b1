//! First derivatives of the expected rates and of −2 ln L at a point.
//!
//! With w = 1 − n/λ per bin (Poisson) and J the derivatives of the rates, ∇(−2 ln L) = 2·Jᵀw + ∇(constraints). J has a
//! row per bin for the parameters that move several bins, and one number per parameter that moves a single bin. The
//! second derivatives, in `hessian.rs`, are made of the same pieces.

use crate::dataset::Dataset;
use crate::evaluator::Evaluator;
use crate::hessian::HessianParts;
use crate::interpolation::{Additive, Sides};
use crate::lanes::{add_scaled, dot};
use crate::layout::Place;
use crate::model::{Block, Model};

/// Scratch memory for values and derivatives at a point; one serves any number of expansions of its model.
///
/// ```
/// use histfactory_likelihood::{Dataset, Expansion, Model, Sides};
/// // One bin, rate 5·μ + 50, 52 counts.
/// let structure = [1, 1, 1, 2, 0, 4, 5, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0];
/// let model = Model::from_flat(&structure, &[5.0, 50.0])?;
/// let data = Dataset::new(&model, &[52.0])?;
/// let mut expansion = Expansion::new(&model);
/// let mut gradient = [0.0];
/// expansion.expand(&model, &data, &[1.0], &[Sides::Below], &mut gradient);
/// expansion.hessian(&model, &data, &[1.0]);
/// let mut product = [0.0];
/// expansion.product(&model, &[1.0], &mut product);
/// assert!((gradient[0] - 2.0 * 5.0 * (1.0 - 52.0 / 55.0)).abs() < 1e-12);
/// assert!((product[0] - 2.0 * 25.0 * 52.0 / (55.0 * 55.0)).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Expansion {
    pub(crate) evaluator: Evaluator,
    /// First and second derivatives of the histosys weights, per parameter.
    slopes: Vec<[f64; 2]>,
    pub(crate) bends: Vec<[f64; 2]>,
    /// First derivatives of one block's weights, in their order.
    pub(crate) gathered: Vec<[f64; 2]>,
    /// Per factor: its first derivative.
    pub(crate) factor_firsts: Vec<f64>,
    /// Per factor: its first derivative times its block's other factors, and the second likewise.
    pub(crate) factor_slopes: Vec<f64>,
    pub(crate) factor_bends: Vec<f64>,
    /// Bins × columns.
    pub(crate) rows: Vec<f64>,
    /// Derivatives of Σ F·T_b of every group with per-bin factors: group rows × columns.
    pub(crate) group_rows: Vec<f64>,
    /// Derivative of its bin's rate by each local.
    pub(crate) locals: Vec<f64>,
    /// Half the first and second derivative of −2 ln L by each bin's rate: w and W.
    pub(crate) first_weights: Vec<f64>,
    pub(crate) second_weights: Vec<f64>,
    pub(crate) parts: HessianParts,
}

impl Expansion {
    /// For expansions of `model`.
    pub fn new(model: &Model) -> Self {
        let layout = &model.layout;
        let columns = layout.columns.len();
        let widest = model.blocks.iter().map(|block| block.histosys.len()).max().unwrap_or(0);
        Self {
            evaluator: Evaluator::new(model),
            slopes: vec![[0.0; 2]; model.parameters],
            bends: vec![[0.0; 2]; model.parameters],
            gathered: vec![[0.0; 2]; widest],
            factor_firsts: vec![0.0; model.factors.len()],
            factor_slopes: vec![0.0; model.factors.len()],
            factor_bends: vec![0.0; model.factors.len()],
            rows: vec![0.0; model.bins * columns],
            group_rows: vec![0.0; layout.group_rows * columns],
            locals: vec![0.0; layout.locals.len()],
            first_weights: vec![0.0; model.bins],
            second_weights: vec![0.0; model.bins],
            parts: HessianParts::new(model),
        }
    }

    /// Values at a point; what they compute serves an expansion at the same point.
    pub fn evaluator(&mut self) -> &mut Evaluator {
        &mut self.evaluator
    }

    /// Expands the rates at `parameters` and writes the gradient of −2 ln L.
    ///
    /// `sides` says, per parameter, from where a derivative at a kink is taken. The point must be inside the domain.
    pub fn expand(&mut self, model: &Model, data: &Dataset, parameters: &[f64], sides: &[Sides], gradient: &mut [f64]) {
        let counts = &data.main;
        let weights = |bin: usize, rate: f64| poisson_weights(counts[bin], rate);
        self.expand_weighted(model, data, parameters, sides, weights, gradient);
    }

    /// As [`expand`](Self::expand), for a function of the rates of the caller's own in place of the Poisson terms:
    /// `weights(bin, rate)` gives half its first and second derivative by the rate.
    pub fn expand_weighted(
        &mut self,
        model: &Model,
        data: &Dataset,
        parameters: &[f64],
        sides: &[Sides],
        weights: impl Fn(usize, f64) -> (f64, f64),
        gradient: &mut [f64],
    ) {
        self.expand_rates(model, parameters, sides);
        self.weigh(model, data, parameters, weights, gradient);
    }

    /// Writes the gradient of −2 ln L of other data at the point of the last expansion, `parameters`.
    pub fn gradient_of(&mut self, model: &Model, data: &Dataset, parameters: &[f64], gradient: &mut [f64]) {
        let counts = &data.main;
        self.weigh(model, data, parameters, |bin, rate| poisson_weights(counts[bin], rate), gradient);
    }

    /// The gradient from the expanded rates.
    fn weigh(
        &mut self,
        model: &Model,
        data: &Dataset,
        parameters: &[f64],
        weights: impl Fn(usize, f64) -> (f64, f64),
        gradient: &mut [f64],
    ) {
        let layout = &model.layout;
        let columns = layout.columns.len();
        gradient.fill(0.0);
        self.parts.column_scratch.fill(0.0);
        for bin in 0..model.bins {
            let (first, second) = weights(bin, self.evaluator.rates[bin]);
            (self.first_weights[bin], self.second_weights[bin]) = (first, second);
            add_scaled(&mut self.parts.column_scratch, 2.0 * first, &self.rows[bin * columns..][..columns]);
            for local in layout.local_start[bin]..layout.local_start[bin + 1] {
                gradient[layout.locals[local]] = 2.0 * first * self.locals[local];
            }
        }
        for (&parameter, &slope) in layout.columns.iter().zip(&self.parts.column_scratch) {
            gradient[parameter] = slope;
        }
        for (term, &measured) in model.constraints.iter().zip(&data.auxiliary) {
            gradient[term.parameter] += term.derivatives(measured, parameters[term.parameter]).0;
        }
    }

    /// Expands the rates only, for [`rate_derivatives`](Self::rate_derivatives).
    pub fn expand_rates(&mut self, model: &Model, parameters: &[f64], sides: &[Sides]) {
        self.evaluator.evaluate(model, parameters);
        for &parameter in &model.layout.additive {
            let [_, slope, bend] =
                Additive::derivatives(model.histosys_code, parameters[parameter], sides[parameter]).map(Additive::pair);
            (self.slopes[parameter], self.bends[parameter]) = (slope, bend);
        }
        self.rows.fill(0.0);
        self.group_rows.fill(0.0);
        self.locals.fill(0.0);
        for (index, block) in model.blocks.iter().enumerate() {
            self.expand_factors(model, block, sides);
            self.expand_block(model, index, block);
        }
        self.expand_groups(model, parameters);
    }

    /// Calls `visit(parameter, ∂λ/∂parameter)` for each parameter that moves main bin `bin`.
    pub fn rate_derivatives(&self, model: &Model, bin: usize, mut visit: impl FnMut(usize, f64)) {
        let columns = model.layout.columns.len();
        for (&parameter, &derivative) in model.layout.columns.iter().zip(&self.rows[bin * columns..][..columns]) {
            visit(parameter, derivative);
        }
        for local in model.layout.local_start[bin]..model.layout.local_start[bin + 1] {
            visit(model.layout.locals[local], self.locals[local]);
        }
    }

    /// Gathers the first derivatives of a block's histosys weights.
    pub(crate) fn gather(&mut self, model: &Model, block: &Block) {
        for (slope, entry) in self.gathered.iter_mut().zip(&model.histosys[block.histosys.clone()]) {
            *slope = self.slopes[entry.parameter];
        }
    }

    /// Derivatives of a block's scalar factors, each times the product of the others, formed without dividing by a
    /// factor that may be zero.
    fn expand_factors(&mut self, model: &Model, block: &Block, sides: &[Sides]) {
        let factors = &model.factors[block.factors.clone()];
        let values = &self.evaluator.factors[block.factors.clone()];
        let firsts = &mut self.factor_firsts[block.factors.clone()];
        let slopes = &mut self.factor_slopes[block.factors.clone()];
        let bends = &mut self.factor_bends[block.factors.clone()];
        let mut before = 1.0;
        for (slope, &value) in slopes.iter_mut().zip(values) {
            *slope = before;
            before *= value;
        }
        let mut after = 1.0;
        for position in (0..factors.len()).rev() {
            let (factor, value) = (&factors[position], values[position]);
            let others = slopes[position] * after;
            let [first, second] = match &factor.normsys {
                Some(normsys) => {
                    normsys.derivatives(value, &self.evaluator.powers[factor.parameter], sides[factor.parameter])
                }
                None => [1.0, 0.0],
            };
            firsts[position] = first;
            (slopes[position], bends[position]) = (first * others, second * others);
            after *= value;
        }
    }

    /// Adds a block's derivatives to its bins' rows, or to its group's.
    fn expand_block(&mut self, model: &Model, index: usize, block: &Block) {
        self.gather(model, block);
        let columns = model.layout.columns.len();
        let channel = &model.channels[block.channel];
        let (target, first_row) = match model.layout.groups[block.group].row {
            Some(row) => (&mut self.group_rows, row),
            None => (&mut self.rows, channel.first_bin),
        };
        let entries = &model.histosys[block.histosys.clone()];
        let factors = &model.factors[block.factors.clone()];
        let slopes = &self.factor_slopes[block.factors.clone()];
        let scale = self.evaluator.scales[index];
        for bin in 0..channel.bins {
            let row = &mut target[(first_row + bin) * columns..][..columns];
            let pairs = &model.templates[block.template + bin * entries.len()..][..entries.len()];
            for ((entry, weight), pair) in entries.iter().zip(&self.gathered).zip(pairs) {
                row[entry.column] += scale * (weight[0] * pair[0] + weight[1] * pair[1]);
            }
            let template = self.evaluator.templates[block.offset + bin];
            for (factor, slope) in factors.iter().zip(slopes) {
                row[factor.column] += slope * template;
            }
        }
    }

    /// Multiplies the groups' derivatives by their per-bin factors, and adds the derivatives by these.
    fn expand_groups(&mut self, model: &Model, parameters: &[f64]) {
        let columns = model.layout.columns.len();
        for (index, bin, range) in model.layout.bins(model) {
            let group = &model.layout.groups[index];
            let Some(first_row) = group.row else { continue };
            let entry = group.offset + bin;
            let row = &mut self.rows[(model.channels[group.channel].first_bin + bin) * columns..][..columns];
            add_scaled(row, self.evaluator.gammas[entry], &self.group_rows[(first_row + bin) * columns..][..columns]);
            let gammas = &model.layout.gammas[range];
            for (position, gamma) in gammas.iter().enumerate() {
                let slope = product_without(gammas.iter().map(|gamma| parameters[gamma.parameter]), &[position])
                    * self.evaluator.sums[entry];
                match gamma.place {
                    Place::Column(column) => row[column] += slope,
                    Place::Local(local) => self.locals[local] += slope,
                    Place::Loose => {}
                }
            }
        }
    }

    /// The derivatives of bin `bin` along a direction of the columns.
    pub(crate) fn along(&self, bin: usize, direction: &[f64]) -> f64 {
        dot(&self.rows[bin * direction.len()..][..direction.len()], direction)
    }
}

/// Half the first and second derivative of −2 ln Poisson(count | rate) by the rate, inside the domain.
#[inline]
pub fn poisson_weights(count: f64, rate: f64) -> (f64, f64) {
    if count > 0.0 { ((rate - count) / rate, count / rate / rate) } else { (1.0, 0.0) }
}

/// The product of the factors at all positions but those in `left_out`.
pub(crate) fn product_without(factors: impl Iterator<Item = f64>, left_out: &[usize]) -> f64 {
    factors.enumerate().filter(|(position, _)| !left_out.contains(position)).map(|(_, factor)| factor).product()
}
