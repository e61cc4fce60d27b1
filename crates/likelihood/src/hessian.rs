//! Second derivatives of −2 ln L at the point of the last expansion, in the structure of the model.
//!
//! ```text
//! ∇²(−2 ln L) = 2·[Jᵀ diag(W) J + Σ_b w_b ∇²λ_b] + diag(∇²constraints)      w = 1 − n/λ,  W = n/λ²
//! ```
//!
//! No matrix over all parameters is formed. Over the columns, Jᵀ diag(W) J has a term per bin, and Σ w ∇²λ two per
//! block: with s the slopes of the block's scalar factors and u those of its weighted template,
//!
//! ```text
//! (ω/F)·(s sᵀ − diag(s²)) + s uᵀ + u sᵀ + diag(second derivatives of the interpolations)
//! ```
//!
//! where ω is the block's weighted rate and F the product of its factors. A local parameter has one row of second
//! derivatives with the columns, and a small block with the other locals of its bin.

use crate::dataset::Dataset;
use crate::expansion::{Expansion, product_without};
use crate::lanes::{add_scaled, dot};
use crate::layout::Place;
use crate::model::{Block, Model};

/// What the second derivatives are made of.
#[derive(Clone, Debug)]
pub(crate) struct HessianParts {
    /// Second derivative of each parameter's constraint.
    constraints: Vec<f64>,
    /// Diagonal over the columns: constraints, interpolations, less the squares that the blocks' terms have too many.
    diagonal: Vec<f64>,
    /// The diagonal itself, but for 2·Jᵀ diag(W) J and per-bin factors.
    own_diagonal: Vec<f64>,
    /// What the blocks' terms have too many on the diagonal.
    squares: Vec<f64>,
    /// ω/F of every block; 0 for those in `odd_pairs`.
    pairs: Vec<f64>,
    /// u of every histosys.
    moved: Vec<f64>,
    /// Second derivatives by two columns that come one by one: of blocks with a factor that is 0.
    odd_pairs: Vec<(usize, usize, f64)>,
    /// Per-bin factors that move several bins.
    wide: Vec<Wide>,
    /// Locals × columns.
    coupling: Vec<f64>,
    /// Per bin the second derivatives by its locals, row by row.
    local_blocks: Vec<f64>,
    /// Where each bin's block begins.
    local_block_start: Vec<usize>,
    /// Whether Σ w ∇²λ takes part.
    exact: bool,
    pub(crate) column_scratch: Vec<f64>,
    /// A direction's entries of the columns.
    gathered: Vec<f64>,
}

/// weight·(e qᵀ + q eᵀ) with e the unit vector of `column` and q a group row.
#[derive(Clone, Copy, Debug)]
struct Wide {
    column: usize,
    group_row: usize,
    weight: f64,
}

impl HessianParts {
    pub(crate) fn new(model: &Model) -> Self {
        let layout = &model.layout;
        let columns = layout.columns.len();
        let mut local_block_start = vec![0; model.bins + 1];
        for bin in 0..model.bins {
            let locals = layout.local_start[bin + 1] - layout.local_start[bin];
            local_block_start[bin + 1] = local_block_start[bin] + locals * locals;
        }
        Self {
            constraints: vec![0.0; model.parameters],
            diagonal: vec![0.0; columns],
            own_diagonal: vec![0.0; columns],
            squares: vec![0.0; columns],
            pairs: vec![0.0; model.blocks.len()],
            moved: vec![0.0; model.histosys.len()],
            odd_pairs: Vec::new(),
            wide: Vec::new(),
            coupling: vec![0.0; layout.locals.len() * columns],
            local_blocks: vec![0.0; local_block_start[model.bins]],
            local_block_start,
            exact: false,
            column_scratch: vec![0.0; columns],
            gathered: Vec::with_capacity(columns),
        }
    }
}

impl Expansion {
    /// Computes the exact second derivatives at the point of the last [`expand`](Self::expand).
    pub fn hessian(&mut self, model: &Model, data: &Dataset, parameters: &[f64]) {
        self.gauss_newton(model, data, parameters);
        self.parts.exact = true;
        self.parts.squares.fill(0.0);
        self.parts.own_diagonal.fill(0.0);
        for (index, block) in model.blocks.iter().enumerate() {
            self.bend_block(model, index, block);
        }
        let HessianParts { diagonal, own_diagonal, squares, .. } = &mut self.parts;
        for ((own, diagonal), square) in own_diagonal.iter_mut().zip(diagonal).zip(squares) {
            *own += *diagonal;
            *diagonal -= *square;
        }
        for (index, bin, range) in model.layout.bins(model) {
            if model.layout.groups[index].row.is_some() {
                self.bend_group(model, index, bin, range, parameters);
            }
        }
    }

    /// Computes the part of the second derivatives that is nowhere negative, without those of the rates:
    /// 2·Jᵀ diag(W) J + ∇²(constraints).
    pub fn gauss_newton(&mut self, model: &Model, data: &Dataset, parameters: &[f64]) {
        let layout = &model.layout;
        let columns = layout.columns.len();
        let parts = &mut self.parts;
        parts.exact = false;
        parts.odd_pairs.clear();
        parts.wide.clear();
        parts.constraints.fill(0.0);
        for (term, &measured) in model.constraints.iter().zip(&data.auxiliary) {
            parts.constraints[term.parameter] += term.derivatives(measured, parameters[term.parameter]).1;
        }
        for (entry, &parameter) in parts.diagonal.iter_mut().zip(&layout.columns) {
            *entry = parts.constraints[parameter];
        }
        parts.own_diagonal.copy_from_slice(&parts.diagonal);
        for bin in 0..model.bins {
            let weight = 2.0 * self.second_weights[bin];
            let row = &self.rows[bin * columns..][..columns];
            let locals = layout.local_start[bin]..layout.local_start[bin + 1];
            let block = &mut parts.local_blocks[parts.local_block_start[bin]..];
            for (i, local) in locals.clone().enumerate() {
                let slope = weight * self.locals[local];
                let coupling = &mut parts.coupling[local * columns..][..columns];
                coupling.iter_mut().zip(row).for_each(|(entry, derivative)| *entry = slope * derivative);
                for (j, other) in locals.clone().enumerate() {
                    block[i * locals.len() + j] = slope * self.locals[other];
                }
                block[i * (locals.len() + 1)] += parts.constraints[layout.locals[local]];
            }
        }
    }

    /// Adds 2·Σ_b w_b ∇²λ_b of one block, but for its per-bin factors.
    fn bend_block(&mut self, model: &Model, index: usize, block: &Block) {
        self.gather(model, block);
        let channel = &model.channels[block.channel];
        let gammas = &self.evaluator.gammas[model.layout.groups[block.group].offset..];
        let entries = &model.histosys[block.histosys.clone()];
        let parts = &mut self.parts;
        let moved = &mut parts.moved[block.histosys.clone()];
        moved.fill(0.0);
        let scale = self.evaluator.scales[index];
        let mut weighted = 0.0;
        for (bin, gamma) in gammas[..channel.bins].iter().enumerate() {
            let weight = 2.0 * self.first_weights[channel.first_bin + bin] * gamma;
            weighted += weight * self.evaluator.templates[block.offset + bin];
            let pairs = &model.templates[block.template + bin * entries.len()..][..entries.len()];
            for (((moved, entry), slope), pair) in moved.iter_mut().zip(entries).zip(&self.gathered).zip(pairs) {
                let bend = self.bends[entry.parameter];
                *moved += weight * (slope[0] * pair[0] + slope[1] * pair[1]);
                parts.diagonal[entry.column] += scale * weight * (bend[0] * pair[0] + bend[1] * pair[1]);
            }
        }
        let factors = &model.factors[block.factors.clone()];
        let bends = &self.factor_bends[block.factors.clone()];
        for (factor, bend) in factors.iter().zip(bends) {
            parts.diagonal[factor.column] += bend * weighted;
        }
        let slopes = &self.factor_slopes[block.factors.clone()];
        let values = &self.evaluator.factors[block.factors.clone()];
        for &[factor, entry] in &model.doubles[block.doubles.clone()] {
            parts.own_diagonal[model.factors[factor].column] += 2.0 * self.factor_slopes[factor] * parts.moved[entry];
        }
        parts.pairs[index] = 0.0;
        if values.contains(&0.0) {
            self.pair_with_zeros(model, block, weighted);
        } else if scale != 0.0 {
            // A product that underflowed has no curvature to speak of.
            let pair = weighted / scale;
            parts.pairs[index] = pair;
            for (factor, slope) in factors.iter().zip(slopes) {
                parts.squares[factor.column] += pair * slope * slope;
            }
        }
    }

    /// The second derivatives by two scalar factors of a block, some of which are 0: only pairs with every zero are left.
    fn pair_with_zeros(&mut self, model: &Model, block: &Block, weighted: f64) {
        let factors = &model.factors[block.factors.clone()];
        let values = &self.evaluator.factors[block.factors.clone()];
        let firsts = &self.factor_firsts[block.factors.clone()];
        let zero = |from: usize| (from..values.len()).find(|&position| values[position] == 0.0);
        let Some(first_zero) = zero(0) else { return };
        let partners = match zero(first_zero + 1) {
            Some(second_zero) => second_zero..second_zero + 1,
            None => 0..values.len(),
        };
        for other in partners.filter(|&other| other != first_zero) {
            let rest = product_without(values.iter().copied(), &[first_zero, other]);
            let value = weighted * firsts[first_zero] * firsts[other] * rest;
            self.parts.odd_pairs.push((factors[first_zero].column, factors[other].column, value));
        }
    }

    /// Adds 2·w_b ∇²λ_b by the per-bin factors of a group in one bin, with each other and with all else.
    fn bend_group(
        &mut self,
        model: &Model,
        index: usize,
        bin: usize,
        range: core::ops::Range<usize>,
        parameters: &[f64],
    ) {
        let layout = &model.layout;
        let columns = layout.columns.len();
        let group = &layout.groups[index];
        let main_bin = model.channels[group.channel].first_bin + bin;
        let weight = 2.0 * self.first_weights[main_bin];
        if weight == 0.0 {
            return;
        }
        let gammas = &layout.gammas[range];
        let group_row = group.row.unwrap_or(0) + bin;
        let without =
            |left_out: &[usize]| product_without(gammas.iter().map(|gamma| parameters[gamma.parameter]), left_out);
        let parts = &mut self.parts;
        for (position, gamma) in gammas.iter().enumerate() {
            let weight = weight * without(&[position]);
            match gamma.place {
                Place::Column(column) => parts.wide.push(Wide { column, group_row, weight }),
                Place::Local(local) => {
                    let row = &self.group_rows[group_row * columns..][..columns];
                    add_scaled(&mut parts.coupling[local * columns..][..columns], weight, row);
                }
                Place::Loose => {}
            }
        }
        let first_local = layout.local_start[main_bin];
        let size = layout.local_start[main_bin + 1] - first_local;
        let block = &mut parts.local_blocks[parts.local_block_start[main_bin]..];
        for i in 1..gammas.len() {
            for j in 0..i {
                let value = weight * self.evaluator.sums[group.offset + bin] * without(&[i, j]);
                match (gammas[i].place, gammas[j].place) {
                    (Place::Local(i), Place::Local(j)) => {
                        block[(i - first_local) * size + j - first_local] += value;
                        block[(j - first_local) * size + i - first_local] += value;
                    }
                    (Place::Column(i), Place::Column(j)) => parts.odd_pairs.push((i, j, value)),
                    (Place::Local(local), Place::Column(column)) | (Place::Column(column), Place::Local(local)) => {
                        parts.coupling[local * columns + column] += value;
                    }
                    _ => {}
                }
            }
        }
    }

    /// Writes ∇²(−2 ln L)·direction, both with one entry per parameter.
    pub fn product(&mut self, model: &Model, direction: &[f64], out: &mut [f64]) {
        let layout = &model.layout;
        let mut gathered = core::mem::take(&mut self.parts.gathered);
        let mut product = core::mem::take(&mut self.parts.column_scratch);
        gathered.clear();
        gathered.extend(layout.columns.iter().map(|&parameter| direction[parameter]));
        self.column_product(model, &gathered, &mut product);
        for (value, (parameter, constraint)) in out.iter_mut().zip(direction.iter().zip(&self.parts.constraints)) {
            *value = parameter * constraint;
        }
        for bin in 0..model.bins {
            let block = self.local_block(bin);
            let locals = layout.local_start[bin]..layout.local_start[bin + 1];
            for (local, row) in locals.clone().zip(block.chunks_exact(locals.len().max(1))) {
                let moved = direction[layout.locals[local]];
                add_scaled(&mut product, moved, self.coupling(local));
                let others = locals.clone().zip(row).map(|(other, entry)| entry * direction[layout.locals[other]]);
                out[layout.locals[local]] = dot(self.coupling(local), &gathered) + others.sum::<f64>();
            }
        }
        for (&parameter, value) in layout.columns.iter().zip(&product) {
            out[parameter] = *value;
        }
        (self.parts.gathered, self.parts.column_scratch) = (gathered, product);
    }

    /// Writes the product of the second derivatives by two columns with a direction of the columns.
    pub fn column_product(&self, model: &Model, direction: &[f64], out: &mut [f64]) {
        for ((value, entry), along) in out.iter_mut().zip(&self.parts.diagonal).zip(direction) {
            *value = entry * along;
        }
        for bin in 0..model.bins {
            let weight = 2.0 * self.second_weights[bin];
            if weight != 0.0 {
                add_scaled(out, weight * self.along(bin, direction), self.row(bin, direction.len()));
            }
        }
        if self.parts.exact {
            self.add_bent(model, direction, out);
        }
    }

    /// Adds the product of Σ w ∇²λ, but for its diagonal.
    fn add_bent(&self, model: &Model, direction: &[f64], out: &mut [f64]) {
        let parts = &self.parts;
        for (block, &pair) in model.blocks.iter().zip(&parts.pairs) {
            let factors = &model.factors[block.factors.clone()];
            let slopes = &self.factor_slopes[block.factors.clone()];
            let entries = &model.histosys[block.histosys.clone()];
            let moved = &parts.moved[block.histosys.clone()];
            let sloped: f64 = factors.iter().zip(slopes).map(|(factor, slope)| slope * direction[factor.column]).sum();
            let shifted: f64 = entries.iter().zip(moved).map(|(entry, moved)| moved * direction[entry.column]).sum();
            let both = pair * sloped + shifted;
            if both != 0.0 {
                factors.iter().zip(slopes).for_each(|(factor, slope)| out[factor.column] += slope * both);
            }
            if sloped != 0.0 {
                entries.iter().zip(moved).for_each(|(entry, moved)| out[entry.column] += moved * sloped);
            }
        }
        for &(i, j, value) in &parts.odd_pairs {
            out[i] += value * direction[j];
            out[j] += value * direction[i];
        }
        for wide in &parts.wide {
            let row = &self.group_rows[wide.group_row * direction.len()..][..direction.len()];
            out[wide.column] += wide.weight * dot(row, direction);
            add_scaled(out, wide.weight * direction[wide.column], row);
        }
    }

    /// Writes the second derivatives by two columns, but for 2·Jᵀ diag(W) J, into the lower triangle of a row-major
    /// matrix.
    pub fn assemble_bent(&self, model: &Model, entries: &mut [f64]) {
        let columns = model.layout.columns.len();
        entries.fill(0.0);
        for (column, &entry) in self.parts.diagonal.iter().enumerate() {
            entries[column * (columns + 1)] = entry;
        }
        if !self.parts.exact {
            return;
        }
        let mut lower = Lower { size: columns, entries };
        let parts = &self.parts;
        for (block, &pair) in model.blocks.iter().zip(&parts.pairs) {
            let factors = &model.factors[block.factors.clone()];
            let slopes = &self.factor_slopes[block.factors.clone()];
            let entries = &model.histosys[block.histosys.clone()];
            let moved = &parts.moved[block.histosys.clone()];
            for (position, (factor, slope)) in factors.iter().zip(slopes).enumerate() {
                let scaled = pair * slope;
                if scaled != 0.0 {
                    lower.entries[factor.column * (lower.size + 1)] += scaled * slope;
                    for (other, slope) in factors[..position].iter().zip(slopes) {
                        lower.add_pair(factor.column, other.column, scaled * slope);
                    }
                }
                for (entry, moved) in entries.iter().zip(moved) {
                    lower.add_pair(factor.column, entry.column, slope * moved);
                }
            }
        }
        for &(i, j, value) in &parts.odd_pairs {
            lower.add_pair(i, j, value);
        }
        for wide in &parts.wide {
            let row = &self.group_rows[wide.group_row * lower.size..][..lower.size];
            for (column, entry) in row.iter().enumerate() {
                lower.add_pair(wide.column, column, wide.weight * entry);
            }
        }
    }

    /// The derivatives of a bin's rate by the columns.
    pub fn row(&self, bin: usize, columns: usize) -> &[f64] {
        &self.rows[bin * columns..][..columns]
    }

    /// Second derivative of −2 ln L by each bin's rate.
    pub fn rate_curvature(&self, bin: usize) -> f64 {
        2.0 * self.second_weights[bin]
    }

    /// The diagonal of the second derivatives by the columns, but for 2·Jᵀ diag(W) J and for per-bin factors.
    pub fn own_diagonal(&self) -> &[f64] {
        &self.parts.own_diagonal
    }

    /// The derivative of its bin's rate by a local.
    pub fn local_slope(&self, local: usize) -> f64 {
        self.locals[local]
    }

    /// The second derivatives by a local and the columns.
    pub fn coupling(&self, local: usize) -> &[f64] {
        let columns = self.parts.diagonal.len();
        &self.parts.coupling[local * columns..][..columns]
    }

    /// The second derivatives by the locals of a bin, row by row.
    pub fn local_block(&self, bin: usize) -> &[f64] {
        let start = &self.parts.local_block_start;
        &self.parts.local_blocks[start[bin]..start[bin + 1]]
    }

    /// The second derivative of each parameter's constraint.
    pub fn constraint_curvature(&self) -> &[f64] {
        &self.parts.constraints
    }
}

/// lower += weight·row·rowᵀ, the lower triangle of a row-major matrix.
pub fn add_square(lower: &mut [f64], weight: f64, row: &[f64]) {
    for (i, (target, &value)) in lower.chunks_exact_mut(row.len().max(1)).zip(row).enumerate() {
        if value != 0.0 {
            add_scaled(&mut target[..=i], weight * value, row);
        }
    }
}

/// Lower triangle of a symmetric row-major matrix.
struct Lower<'a> {
    size: usize,
    entries: &'a mut [f64],
}

impl Lower<'_> {
    /// A second derivative by two different factors, which counts twice where one parameter moves both.
    #[inline]
    fn add_pair(&mut self, i: usize, j: usize, value: f64) {
        self.entries[i.max(j) * self.size + i.min(j)] += if i == j { 2.0 * value } else { value };
    }
}
