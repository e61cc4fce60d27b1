//! First and second derivatives of −2 ln L at a point.
//!
//! With w = 1 − n/λ and W = n/λ² per bin (Poisson) and J the derivatives of the rates,
//!
//! ```text
//! ∇(−2 ln L)  = 2·Jᵀw + ∇(constraints)
//! ∇²(−2 ln L) = 2·[Jᵀ diag(W) J + Σ_b w_b ∇²λ_b] + diag(∇²constraints)
//! ```
//!
//! A block's rate is F·G_b·T_b: a product F of scalar factors, a product G_b of per-bin factors, a template T_b linear
//! in the histosys weights. Its second derivatives are products of first derivatives of two different factors, which
//! are formed without dividing by a factor that may be zero.

use crate::dataset::Dataset;
use crate::evaluator::template;
use crate::interpolation::{Additive, Sides};
use crate::model::{Block, Channel, Model};

/// Scratch memory for derivatives at a point; one serves any number of expansions of its model.
///
/// ```
/// use histfactory_likelihood::{Dataset, Expansion, Model, Sides};
/// // One bin, rate 5·μ + 50, 52 counts.
/// let structure = [1, 1, 1, 2, 0, 4, 5, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0];
/// let model = Model::from_flat(&structure, &[5.0, 50.0])?;
/// let data = Dataset::new(&model, &[52.0])?;
/// let mut expansion = Expansion::new(&model);
/// let (mut gradient, mut hessian) = ([0.0], [0.0]);
/// expansion.expand(&model, &data, &[1.0], &[Sides::Below], &mut gradient);
/// expansion.hessian(&model, &data, &[1.0], &mut hessian);
/// assert!((gradient[0] - 2.0 * 5.0 * (1.0 - 52.0 / 55.0)).abs() < 1e-12);
/// assert!((hessian[0] - 2.0 * 25.0 * 52.0 / (55.0 * 55.0)).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Expansion {
    /// Histosys weights with both derivatives, per parameter.
    weights: Vec<[Additive; 3]>,
    /// T_b of every block.
    templates: Vec<f64>,
    /// G_b of every block.
    gammas: Vec<f64>,
    /// F of every block.
    scales: Vec<f64>,
    /// Per factor: value, first and second derivative.
    factors: Vec<[f64; 3]>,
    /// Per factor: its block's F without it.
    others: Vec<f64>,
    /// Per shape and bin: G_b without it.
    other_gammas: Vec<f64>,
    rates: Vec<f64>,
    /// w and W per bin.
    first_weight: Vec<f64>,
    second_weight: Vec<f64>,
    /// J of shared parameters: per channel, slot and bin.
    shared: Vec<f64>,
    /// J of local parameters: per channel, slot and bin.
    local: Vec<f64>,
    /// Scratch for one block's per-bin products.
    work: Vec<f64>,
}

impl Expansion {
    /// For expansions of `model`.
    pub fn new(model: &Model) -> Self {
        let last = model.channels.last();
        let shared = last.map_or(0, |channel| channel.shared_offset + channel.shared.len() * channel.bins);
        let local = last.map_or(0, |channel| channel.local_offset + channel.local.len() * channel.bins);
        let shape_entries =
            model.blocks.last().map_or(0, |b| b.shape_offset + b.shapes.len() * model.channels[b.channel].bins);
        let widest = model.channels.iter().map(|channel| channel.bins).max().unwrap_or(0);
        Self {
            weights: vec![[Additive::default(); 3]; model.parameters],
            templates: vec![0.0; model.nominal.len()],
            gammas: vec![0.0; model.nominal.len()],
            scales: vec![0.0; model.blocks.len()],
            factors: vec![[0.0; 3]; model.factors.len()],
            others: vec![0.0; model.factors.len()],
            other_gammas: vec![0.0; shape_entries],
            rates: vec![0.0; model.bins],
            first_weight: vec![0.0; model.bins],
            second_weight: vec![0.0; model.bins],
            shared: vec![0.0; shared],
            local: vec![0.0; local],
            work: vec![0.0; widest],
        }
    }

    /// Expands the rates at `parameters` and writes the gradient of −2 ln L.
    ///
    /// `sides` says, per parameter, from where a derivative at a kink is taken. The point must be inside the domain.
    pub fn expand(&mut self, model: &Model, data: &Dataset, parameters: &[f64], sides: &[Sides], gradient: &mut [f64]) {
        let counts = &data.main;
        let weights = |bin: usize, rate: f64| {
            let count = counts[bin];
            if count > 0.0 { ((rate - count) / rate, count / rate / rate) } else { (1.0, 0.0) }
        };
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
        for (bin, &rate) in self.rates.iter().enumerate() {
            (self.first_weight[bin], self.second_weight[bin]) = weights(bin, rate);
        }
        gradient.fill(0.0);
        for channel in &model.channels {
            let weight = &self.first_weight[channel.first_bin..channel.first_bin + channel.bins];
            for (row, &parameter) in rows(&self.shared, channel.shared_offset, channel).zip(&channel.shared) {
                gradient[parameter] += 2.0 * dot(row, weight);
            }
            for (row, &first) in rows(&self.local, channel.local_offset, channel).zip(&channel.local) {
                for ((slope, derivative), weight) in gradient[first..].iter_mut().zip(row).zip(weight) {
                    *slope += 2.0 * derivative * weight;
                }
            }
        }
        for (term, &measured) in model.constraints.iter().zip(&data.auxiliary) {
            gradient[term.parameter] += term.derivatives(measured, parameters[term.parameter]).0;
        }
    }

    /// Writes the Hessian of −2 ln L at the point of the last [`expand`](Self::expand): row-major and symmetric,
    /// `parameters`² entries.
    pub fn hessian(&mut self, model: &Model, data: &Dataset, parameters: &[f64], hessian: &mut [f64]) {
        self.gauss_newton(model, data, parameters, hessian);
        let mut lower = Lower { size: model.parameters, entries: hessian };
        for (index, block) in model.blocks.iter().enumerate() {
            self.add_block(model, index, block, parameters, &mut lower);
        }
        lower.mirror();
    }

    /// Writes the part of the Hessian that is nowhere negative, without the second derivatives of the rates:
    /// 2·Jᵀ diag(W) J + ∇²(constraints).
    pub fn gauss_newton(&mut self, model: &Model, data: &Dataset, parameters: &[f64], hessian: &mut [f64]) {
        let size = model.parameters;
        hessian.fill(0.0);
        let mut lower = Lower { size, entries: hessian };
        for channel in &model.channels {
            self.add_channel(channel, &mut lower);
        }
        for (term, &measured) in model.constraints.iter().zip(&data.auxiliary) {
            lower.entries[term.parameter * (size + 1)] += term.derivatives(measured, parameters[term.parameter]).1;
        }
        lower.mirror();
    }

    /// Expands the rates only, for [`rate_derivatives`](Self::rate_derivatives).
    pub fn expand_rates(&mut self, model: &Model, parameters: &[f64], sides: &[Sides]) {
        for &parameter in &model.additive_parameters {
            self.weights[parameter] =
                Additive::derivatives(model.histosys_code, parameters[parameter], sides[parameter]);
        }
        self.rates.fill(0.0);
        self.shared.fill(0.0);
        self.local.fill(0.0);
        for (index, block) in model.blocks.iter().enumerate() {
            self.expand_block(model, index, block, parameters, sides);
        }
    }

    /// Calls `visit(parameter, ∂λ/∂parameter)` for each parameter that moves main bin `bin` of channel `channel`
    /// (both counted from 0, the bin within its channel).
    pub fn rate_derivatives(&self, model: &Model, channel: usize, bin: usize, mut visit: impl FnMut(usize, f64)) {
        let channel = &model.channels[channel];
        for (row, &parameter) in rows(&self.shared, channel.shared_offset, channel).zip(&channel.shared) {
            visit(parameter, row[bin]);
        }
        for (row, &first) in rows(&self.local, channel.local_offset, channel).zip(&channel.local) {
            visit(first + bin, row[bin]);
        }
    }

    fn expand_block(&mut self, model: &Model, index: usize, block: &Block, parameters: &[f64], sides: &[Sides]) {
        let channel = &model.channels[block.channel];
        let bins = channel.bins;
        let span = block.offset..block.offset + bins;

        let weights = &self.weights;
        template(model, block, |parameter| weights[parameter][0], &mut self.templates[span.clone()]);

        self.expand_factors(model, block, parameters, sides);
        let scale = self.factors[block.factors.clone()].iter().map(|factor| factor[0]).product::<f64>();
        self.scales[index] = scale;

        let gamma = &mut self.gammas[span.clone()];
        gamma.fill(1.0);
        let shapes = &model.shapes[block.shapes.clone()];
        for (position, shape) in shapes.iter().enumerate() {
            let start = block.shape_offset + position * bins;
            let others = &mut self.other_gammas[start..start + bins];
            others.fill(1.0);
            for (_, other) in shapes.iter().enumerate().filter(|(other, _)| *other != position) {
                multiply(others, &parameters[other.first..other.first + bins]);
            }
            multiply(gamma, &parameters[shape.first..shape.first + bins]);
        }

        let work = &mut self.work[..bins];
        for ((product, template), gamma) in work.iter_mut().zip(&self.templates[span.clone()]).zip(&*gamma) {
            *product = template * gamma;
        }
        let rates = &mut self.rates[channel.first_bin..channel.first_bin + bins];
        rates.iter_mut().zip(&*work).for_each(|(rate, product)| *rate += scale * product);

        for (position, factor) in model.factors[block.factors.clone()].iter().enumerate() {
            let entry = block.factors.start + position;
            let slope = self.factors[entry][1] * self.others[entry];
            let start = channel.shared_offset + factor.slot * bins;
            let row = &mut self.shared[start..start + bins];
            row.iter_mut().zip(&*work).for_each(|(value, product)| *value += slope * product);
        }
        for entry in &model.histosys[block.histosys.clone()] {
            let start = channel.shared_offset + entry.slot * bins;
            let row = &mut self.shared[start..start + bins];
            let weight = self.weights[entry.parameter][1];
            let (up, down) = model.templates[entry.template..entry.template + 2 * bins].split_at(bins);
            for (bin, value) in row.iter_mut().enumerate() {
                *value += scale * gamma[bin] * (weight.up * up[bin] + weight.down * down[bin]);
            }
        }
        for (position, shape) in shapes.iter().enumerate() {
            let start = channel.local_offset + shape.slot * bins;
            let row = &mut self.local[start..start + bins];
            let others = &self.other_gammas[block.shape_offset + position * bins..];
            let templates = &self.templates[span.clone()];
            for (bin, value) in row.iter_mut().enumerate() {
                *value += scale * others[bin] * templates[bin];
            }
        }
    }

    /// Values and derivatives of a block's scalar factors, and the product of the others for each.
    fn expand_factors(&mut self, model: &Model, block: &Block, parameters: &[f64], sides: &[Sides]) {
        let mut before = 1.0;
        for entry in block.factors.clone() {
            let factor = &model.factors[entry];
            let value = parameters[factor.parameter];
            self.factors[entry] = factor
                .normsys
                .as_ref()
                .map_or([value, 1.0, 0.0], |normsys| normsys.derivatives(value, sides[factor.parameter]));
            self.others[entry] = before;
            before *= self.factors[entry][0];
        }
        let mut after = 1.0;
        for entry in block.factors.clone().rev() {
            self.others[entry] *= after;
            after *= self.factors[entry][0];
        }
    }

    /// Adds 2·Σ_b w_b ∇²λ_b of one block.
    fn add_block(&self, model: &Model, index: usize, block: &Block, parameters: &[f64], lower: &mut Lower<'_>) {
        let channel = &model.channels[block.channel];
        let bins = channel.bins;
        let weight = &self.first_weight[channel.first_bin..channel.first_bin + bins];
        if weight.iter().all(|&weight| weight == 0.0) {
            return;
        }
        let scale = self.scales[index];
        let template = &self.templates[block.offset..block.offset + bins];
        let gamma = &self.gammas[block.offset..block.offset + bins];
        let factors = &model.factors[block.factors.clone()];
        let slope = |position: usize| {
            let entry = block.factors.start + position;
            self.factors[entry][1] * self.others[entry]
        };

        let weighted: f64 = (0..bins).map(|bin| 2.0 * weight[bin] * gamma[bin] * template[bin]).sum();
        self.add_factor_pairs(model, block, scale, weighted, lower);
        for (position, factor) in factors.iter().enumerate() {
            let entry = block.factors.start + position;
            lower.add_square(factor.parameter, self.factors[entry][2] * self.others[entry] * weighted);
        }

        for variation in &model.histosys[block.histosys.clone()] {
            let [_, first, second] = self.weights[variation.parameter];
            let (up, down) = model.templates[variation.template..variation.template + 2 * bins].split_at(bins);
            let (mut moved, mut bent) = (0.0, 0.0);
            for bin in 0..bins {
                let weight = 2.0 * weight[bin] * gamma[bin];
                moved += weight * (first.up * up[bin] + first.down * down[bin]);
                bent += weight * (second.up * up[bin] + second.down * down[bin]);
            }
            lower.add_square(variation.parameter, scale * bent);
            for (position, factor) in factors.iter().enumerate() {
                lower.add_pair(factor.parameter, variation.parameter, slope(position) * moved);
            }
        }

        let shapes = &model.shapes[block.shapes.clone()];
        for (position, shape) in shapes.iter().enumerate() {
            let others = &self.other_gammas[block.shape_offset + position * bins..];
            for bin in 0..bins {
                let weight = 2.0 * weight[bin] * others[bin];
                for (position, factor) in factors.iter().enumerate() {
                    lower.add_pair(shape.first + bin, factor.parameter, slope(position) * weight * template[bin]);
                }
                for variation in &model.histosys[block.histosys.clone()] {
                    let first = self.weights[variation.parameter][1];
                    let (up, down) = model.templates[variation.template..variation.template + 2 * bins].split_at(bins);
                    let moved = first.up * up[bin] + first.down * down[bin];
                    lower.add_pair(shape.first + bin, variation.parameter, scale * weight * moved);
                }
            }
        }
        self.add_shape_pairs(model, block, scale, parameters, lower);
    }

    /// Adds the second derivatives by two different scalar factors: weighted · f_i′ f_j′ · Π others.
    fn add_factor_pairs(&self, model: &Model, block: &Block, scale: f64, weighted: f64, lower: &mut Lower<'_>) {
        let factors = &model.factors[block.factors.clone()];
        let values = &self.factors[block.factors.clone()];
        let others = &self.others[block.factors.clone()];
        let zeros: Vec<usize> = (0..values.len()).filter(|&position| values[position][0] == 0.0).collect();
        match zeros[..] {
            // No zero: (f_i′ Π_{≠i})·(f_j′ Π_{≠j}) / F; a product that underflowed has no curvature to speak of.
            [] if scale != 0.0 => {
                let weighted = weighted / scale;
                for i in 1..factors.len() {
                    let slope = values[i][1] * others[i] * weighted;
                    for j in 0..i {
                        lower.add_pair(factors[i].parameter, factors[j].parameter, slope * values[j][1] * others[j]);
                    }
                }
            }
            [] => {}
            // One zero: only pairs with it are left, and its own `others` is the product of the rest.
            [zero] => {
                let slope = values[zero][1] * others[zero] * weighted;
                for j in (0..factors.len()).filter(|&j| j != zero) {
                    let value = slope * values[j][1] / values[j][0];
                    lower.add_pair(factors[zero].parameter, factors[j].parameter, value);
                }
            }
            // Two zeros: only that pair.
            [first, second] => {
                let rest = (0..factors.len()).filter(|&j| j != first && j != second).map(|j| values[j][0]);
                let value = weighted * values[first][1] * values[second][1] * rest.product::<f64>();
                lower.add_pair(factors[first].parameter, factors[second].parameter, value);
            }
            _ => {}
        }
    }

    /// Adds the second derivatives by two per-bin factors of the same bin.
    fn add_shape_pairs(&self, model: &Model, block: &Block, scale: f64, parameters: &[f64], lower: &mut Lower<'_>) {
        let channel = &model.channels[block.channel];
        let shapes = &model.shapes[block.shapes.clone()];
        let bins = channel.bins;
        for i in 1..shapes.len() {
            for j in 0..i {
                for bin in 0..bins {
                    let rest: f64 = (0..shapes.len())
                        .filter(|&k| k != i && k != j)
                        .map(|k| parameters[shapes[k].first + bin])
                        .product();
                    let weight = 2.0 * self.first_weight[channel.first_bin + bin];
                    let value = weight * scale * self.templates[block.offset + bin] * rest;
                    lower.add_pair(shapes[i].first + bin, shapes[j].first + bin, value);
                }
            }
        }
    }

    /// Adds 2·Jᵀ diag(W) J of one channel.
    fn add_channel(&mut self, channel: &Channel, lower: &mut Lower<'_>) {
        let bins = channel.bins;
        let weight = &self.second_weight[channel.first_bin..channel.first_bin + bins];
        let work = &mut self.work[..bins];
        for (i, (row, &parameter)) in
            rows(&self.shared, channel.shared_offset, channel).zip(&channel.shared).enumerate()
        {
            for ((value, derivative), weight) in work.iter_mut().zip(row).zip(weight) {
                *value = 2.0 * derivative * weight;
            }
            let target = &mut lower.entries[parameter * lower.size..][..lower.size];
            for (other, &column) in rows(&self.shared, channel.shared_offset, channel).zip(&channel.shared).take(i + 1)
            {
                target[column] += dot(work, other);
            }
            for (other, &first) in rows(&self.local, channel.local_offset, channel).zip(&channel.local) {
                for (bin, derivative) in other.iter().enumerate() {
                    lower.add_pair(first + bin, parameter, work[bin] * derivative);
                }
            }
        }
        for (i, (row, &first)) in rows(&self.local, channel.local_offset, channel).zip(&channel.local).enumerate() {
            for bin in 0..bins {
                lower.add_square(first + bin, 2.0 * weight[bin] * row[bin] * row[bin]);
            }
            for (other, &column) in rows(&self.local, channel.local_offset, channel).zip(&channel.local).take(i) {
                for bin in 0..bins {
                    lower.add_pair(first + bin, column + bin, 2.0 * weight[bin] * row[bin] * other[bin]);
                }
            }
        }
    }
}

/// Lower triangle of a symmetric row-major matrix.
struct Lower<'a> {
    size: usize,
    entries: &'a mut [f64],
}

impl Lower<'_> {
    #[inline]
    fn add(&mut self, i: usize, j: usize, value: f64) {
        self.entries[i.max(j) * self.size + i.min(j)] += value;
    }

    /// Copies the lower triangle to the upper one.
    fn mirror(&mut self) {
        for row in 1..self.size {
            for column in 0..row {
                self.entries[column * self.size + row] = self.entries[row * self.size + column];
            }
        }
    }

    /// A second derivative by one factor twice.
    #[inline]
    fn add_square(&mut self, parameter: usize, value: f64) {
        self.entries[parameter * (self.size + 1)] += value;
    }

    /// A second derivative by two different factors, which counts twice where one parameter moves both.
    #[inline]
    fn add_pair(&mut self, i: usize, j: usize, value: f64) {
        self.add(i, j, if i == j { 2.0 * value } else { value });
    }
}

fn rows<'a>(matrix: &'a [f64], offset: usize, channel: &Channel) -> std::slice::ChunksExact<'a, f64> {
    matrix[offset..].chunks_exact(channel.bins)
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

fn multiply(out: &mut [f64], by: &[f64]) {
    out.iter_mut().zip(by).for_each(|(value, factor)| *value *= factor);
}
