//! The elimination of the parameters that move a single bin.
//!
//! With C = L·Lᵀ the second derivatives by a bin's locals and E those by locals and columns, eliminating the locals
//! takes (L⁻¹E)ᵀ(L⁻¹E) from the matrix of the columns. A bin has few locals, usually one: its γ.

use histfactory_likelihood::{Expansion, Model, add_scaled, dot};

use crate::cholesky::{Definiteness, SMALLEST_PIVOT, SMALLEST_SLOPE};

/// Second derivatives with a column, in natural units, beyond which a local without curvature of its own makes a saddle.
const LARGEST_BEND: f64 = 1e-6;

/// The factored blocks of all bins.
#[derive(Clone, Debug)]
pub(crate) struct LocalBlocks {
    columns: usize,
    active: Vec<bool>,
    /// L per bin, row by row, in natural units.
    lower: Vec<f64>,
    /// Where each bin's L begins.
    start: Vec<usize>,
    /// Per local 1/L_ii; 0 where it is not active or without curvature.
    inverse_diagonal: Vec<f64>,
    /// L⁻¹E: locals × columns.
    rows: Vec<f64>,
}

impl LocalBlocks {
    pub fn new(model: &Model) -> Self {
        let locals = model.locals().len();
        let mut start = vec![0; model.bins() + 1];
        for bin in 0..model.bins() {
            start[bin + 1] = start[bin] + model.bin_locals(bin).len().pow(2);
        }
        Self {
            columns: model.columns().len(),
            active: vec![false; locals],
            lower: vec![0.0; start[model.bins()]],
            start,
            inverse_diagonal: vec![0.0; locals],
            rows: vec![0.0; locals * model.columns().len()],
        }
    }

    /// Whether the locals marked in `active`, one mark per parameter, are those that are eliminated.
    pub fn are_those_of(&self, model: &Model, active: &[bool]) -> bool {
        model.locals().iter().zip(&self.active).all(|(&parameter, &mark)| active[parameter] == mark)
    }

    /// Eliminates the locals marked in `active` from H + damping·diag(unit²).
    pub fn eliminate(
        &mut self,
        expansion: &Expansion,
        model: &Model,
        active: &[bool],
        units: &[f64],
        damping: f64,
    ) -> Definiteness {
        let mut definiteness = Definiteness::Positive;
        for bin in 0..model.bins() {
            match self.eliminate_bin(expansion, model, bin, active, units, damping) {
                Definiteness::Positive => {}
                Definiteness::Flat => definiteness = Definiteness::Flat,
                Definiteness::Indefinite => return Definiteness::Indefinite,
            }
        }
        definiteness
    }

    fn eliminate_bin(
        &mut self,
        expansion: &Expansion,
        model: &Model,
        bin: usize,
        active: &[bool],
        units: &[f64],
        damping: f64,
    ) -> Definiteness {
        let locals = model.bin_locals(bin);
        let size = locals.len();
        let block = expansion.local_block(bin);
        let lower = &mut self.lower[self.start[bin]..self.start[bin + 1]];
        let mut definiteness = Definiteness::Positive;
        for (i, local) in locals.clone().enumerate() {
            let parameter = model.locals()[local];
            self.active[local] = active[parameter];
            self.inverse_diagonal[local] = 0.0;
            let (above, rest) = self.rows.split_at_mut(local * self.columns);
            let row = &mut rest[..self.columns];
            if !active[parameter] {
                row.fill(0.0);
                lower[i * size..][..size].fill(0.0);
                continue;
            }
            let inverse_unit = 1.0 / units[parameter];
            row.iter_mut().zip(expansion.coupling(local)).for_each(|(entry, coupled)| *entry = coupled * inverse_unit);
            for (j, other) in locals.clone().enumerate().take(i) {
                let entry = block[i * size + j] * inverse_unit / units[model.locals()[other]];
                let entry = entry - dot(&lower[i * size..][..j], &lower[j * size..][..j]);
                lower[i * size + j] = entry * self.inverse_diagonal[other];
                if self.active[other] && self.inverse_diagonal[other] == 0.0 && entry.abs() > LARGEST_BEND {
                    return Definiteness::Indefinite;
                }
                add_scaled(row, -lower[i * size + j], &above[other * self.columns..][..self.columns]);
            }
            let known = &lower[i * size..][..i];
            let pivot = block[i * (size + 1)] * inverse_unit * inverse_unit + damping - dot(known, known);
            if pivot > SMALLEST_PIVOT {
                let root = pivot.sqrt();
                lower[i * (size + 1)] = root;
                self.inverse_diagonal[local] = 1.0 / root;
                row.iter_mut().for_each(|entry| *entry /= root);
            } else {
                let bend = row.iter().zip(model.columns()).fold(0.0, |largest: f64, (entry, &column)| {
                    if active[column] { largest.max((entry / units[column]).abs()) } else { largest }
                });
                if pivot < -SMALLEST_PIVOT || bend > LARGEST_BEND {
                    return Definiteness::Indefinite;
                }
                definiteness = Definiteness::Flat;
                lower[i * (size + 1)] = 0.0;
                row.fill(0.0);
            }
        }
        definiteness
    }

    /// The rows L⁻¹E of a bin's eliminated locals.
    pub fn rows(&self, model: &Model, bin: usize) -> impl Iterator<Item = &[f64]> {
        let eliminated = model.bin_locals(bin).filter(|&local| self.inverse_diagonal[local] != 0.0);
        eliminated.map(|local| &self.rows[local * self.columns..][..self.columns])
    }

    /// Subtracts the locals' share of a product with the matrix of the columns.
    pub fn subtract_product(&self, direction: &[f64], out: &mut [f64]) {
        for (row, &inverse) in self.rows.chunks_exact(self.columns.max(1)).zip(&self.inverse_diagonal) {
            if inverse != 0.0 {
                add_scaled(out, -dot(row, direction), row);
            }
        }
    }

    /// Replaces the locals' entries of `vector` (one per parameter) by L⁻¹ of them and takes their share from `columns`. Says
    /// no where one without curvature has an entry, as then there is no solution.
    pub fn forward(&self, model: &Model, units: &[f64], vector: &mut [f64], columns: &mut [f64]) -> bool {
        let mut solvable = true;
        for bin in 0..model.bins() {
            let locals = model.bin_locals(bin);
            let lower = &self.lower[self.start[bin]..self.start[bin + 1]];
            for (i, local) in locals.clone().enumerate() {
                let parameter = model.locals()[local];
                let known = locals.clone().zip(&lower[i * locals.len()..]).take(i);
                let known: f64 = known.map(|(other, entry)| entry * vector[model.locals()[other]]).sum();
                let left = vector[parameter] / units[parameter] - known;
                solvable &= !self.is_flat(local) || left.abs() <= SMALLEST_SLOPE;
                vector[parameter] = left * self.inverse_diagonal[local];
                add_scaled(columns, -vector[parameter], &self.rows[local * self.columns..][..self.columns]);
            }
        }
        solvable
    }

    /// Replaces the locals' entries, as [`forward`](Self::forward) left them, by the solution, given that of the columns.
    pub fn backward(&self, model: &Model, units: &[f64], vector: &mut [f64], columns: &[f64]) {
        for bin in 0..model.bins() {
            let locals = model.bin_locals(bin);
            let lower = &self.lower[self.start[bin]..self.start[bin + 1]];
            let size = locals.len();
            for (i, local) in locals.clone().enumerate().rev() {
                let parameter = model.locals()[local];
                let below = locals.clone().enumerate().skip(i + 1);
                let below: f64 = below
                    .map(|(k, other)| {
                        lower[k * size + i] * vector[model.locals()[other]] * units[model.locals()[other]]
                    })
                    .sum();
                let left = vector[parameter] - dot(&self.rows[local * self.columns..][..self.columns], columns);
                vector[parameter] = (left - below) * self.inverse_diagonal[local] / units[parameter];
            }
        }
    }

    /// What is left of a bin's second derivative by its rate, in the Gauss–Newton part, when its locals follow.
    pub fn left_weight(&self, expansion: &Expansion, model: &Model, bin: usize, units: &[f64], damping: f64) -> f64 {
        let weight = expansion.rate_curvature(bin);
        let mut spread = 0.0;
        for local in model.bin_locals(bin).filter(|&local| self.active[local]) {
            let parameter = model.locals()[local];
            let slope = expansion.local_slope(local);
            let own = expansion.constraint_curvature()[parameter] + damping * units[parameter] * units[parameter];
            spread += if slope == 0.0 { 0.0 } else { slope * slope / own };
        }
        weight / (1.0 + weight * spread)
    }

    /// Calls `visit(local, response, own)` for each eliminated local of a bin: −C⁻¹E, its shift when a column moves, and
    /// its row of C⁻¹, entries only up to itself, both in the parameters' own units.
    pub fn visit_responses(
        &self,
        model: &Model,
        bin: usize,
        units: &[f64],
        mut visit: impl FnMut(usize, &[f64], &[(usize, f64)]),
    ) {
        let locals = model.bin_locals(bin);
        let first = locals.start;
        let size = locals.len();
        let lower = &self.lower[self.start[bin]..self.start[bin + 1]];
        // L⁻¹, row by row.
        let mut inverse = vec![0.0; size * size];
        for i in 0..size {
            for j in 0..i {
                let known: f64 = (j..i).map(|k| lower[i * size + k] * inverse[k * size + j]).sum();
                inverse[i * size + j] = -known * self.inverse_diagonal[first + i];
            }
            inverse[i * (size + 1)] = self.inverse_diagonal[first + i];
        }
        let unit = |i: usize| units[model.locals()[first + i]];
        let mut response = vec![0.0; self.columns];
        let mut own = Vec::with_capacity(size);
        for i in (0..size).filter(|&i| self.inverse_diagonal[first + i] != 0.0) {
            response.fill(0.0);
            for k in i..size {
                let row = &self.rows[(first + k) * self.columns..][..self.columns];
                add_scaled(&mut response, -inverse[k * size + i] / unit(i), row);
            }
            own.clear();
            for j in (0..=i).filter(|&j| self.inverse_diagonal[first + j] != 0.0) {
                let entry: f64 = (i..size).map(|k| inverse[k * size + i] * inverse[k * size + j]).sum();
                own.push((first + j, entry / (unit(i) * unit(j))));
            }
            visit(first + i, &response, &own);
        }
    }

    /// Whether a local is active but has no curvature.
    pub fn is_flat(&self, local: usize) -> bool {
        self.active[local] && self.inverse_diagonal[local] == 0.0
    }
}
