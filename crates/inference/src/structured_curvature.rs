//! The second derivatives of −2 ln L in the structure of the model, and the solve in the smaller of two spaces.
//!
//! The locals (parameters of one bin) are eliminated first: with C their block and E their second derivatives with the
//! columns, what is left over the columns is the Schur complement S = A − Eᵀ C⁻¹ E. Then either
//!
//! - S is formed and factored, which costs columns³/6 and more, or
//! - S is applied as a product, and conjugate gradients solve with it. They are preconditioned by the Gauss–Newton part
//!   of S, a diagonal D plus Jᵀ W̃ J of rank at most the number of bins, whose inverse takes a factorisation in the
//!   space of the bins (Woodbury): D⁻¹ − D⁻¹ Jᵀ (W̃⁻¹ + J D⁻¹ Jᵀ)⁻¹ J D⁻¹.
//!
//! Published likelihoods have 5–80 bins and 60–600 parameters; there the second way is the cheaper one.

use histfactory_likelihood::elementary::clamp;
use histfactory_likelihood::{Expansion, Model, Place, add_scaled, dot};
mod covariance;
mod lowest_mode;

use std::sync::Arc;

use crate::cholesky::{Cholesky, Definiteness, SMALLEST_PIVOT, SMALLEST_SLOPE, add_squares};
use crate::curvature::{Curvature, forcing};
use crate::local_blocks::LocalBlocks;

/// Least curvature of a column's own in the preconditioner, in natural units: a free normalisation has none.
const LEAST_DIAGONAL: f64 = 1e-7;
/// Share of a constraint's curvature that the preconditioner keeps at least.
const LEAST_SHARE: f64 = 0.3;
/// Products with S that conjugate gradients take on published likelihoods, for choosing the cheaper way.
const USUAL_PRODUCTS: usize = 8;
/// The same for rough solutions, which are a third as many.
const ROUGH_PRODUCTS: usize = 3;

/// Second derivatives of −2 ln L of `model`.
#[derive(Clone, Debug)]
pub struct StructuredCurvature {
    model: Arc<Model>,
    expansion: Expansion,
    /// Per parameter.
    units: Vec<f64>,
    /// What they do not fall below: one over the parameter's range.
    least_units: Vec<f64>,
    locals: LocalBlocks,
    damping: f64,
    /// The free columns of the last factorisation.
    free_columns: Vec<usize>,
    solver: Solver,
    /// What the last factorisation of S itself, undamped, has found.
    known: Option<Definiteness>,
    /// Whether only steps are asked for, and those roughly.
    rough: bool,
    /// The factored matrix: S over the free columns, or that of the bins.
    cholesky: Cholesky,
    /// Bins × free columns: √W̃ J D^(−1/2) in natural units, of bins with W̃ > 0.
    bin_rows: Vec<f64>,
    /// D^(−1/2) of the free columns.
    root_diagonal: Vec<f64>,
    work: Work,
}

/// How the last factorisation solves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Solver {
    /// With the factored S.
    Direct,
    /// Likewise, without the variables that have no curvature.
    Singular,
    /// By conjugate gradients.
    Iterative,
}

/// Scratch vectors over the columns.
#[derive(Clone, Debug, Default)]
struct Work {
    matrix: Vec<f64>,
    rows: Vec<f64>,
    weights: Vec<f64>,
    right: Vec<f64>,
    solution: Vec<f64>,
    residual: Vec<f64>,
    preconditioned: Vec<f64>,
    direction: Vec<f64>,
    along: Vec<f64>,
    gathered: Vec<f64>,
    bins: Vec<f64>,
}

impl StructuredCurvature {
    /// For expansions of `model`.
    pub fn new(model: Arc<Model>) -> Self {
        let columns = model.columns().len();
        let vector = || vec![0.0; columns];
        Self {
            expansion: Expansion::new(&model),
            units: vec![1.0; model.parameters()],
            least_units: vec![0.0; model.parameters()],
            locals: LocalBlocks::new(&model),
            damping: 0.0,
            free_columns: Vec::with_capacity(columns),
            solver: Solver::Direct,
            known: None,
            rough: false,
            cholesky: Cholesky::default(),
            bin_rows: Vec::new(),
            root_diagonal: Vec::with_capacity(columns),
            work: Work {
                right: vector(),
                solution: vector(),
                residual: vector(),
                preconditioned: vector(),
                direction: vector(),
                along: vector(),
                ..Work::default()
            },
            model,
        }
    }

    /// The expansion whose second derivatives these are; [`refresh`](Self::refresh) after it has moved.
    pub fn expansion(&mut self) -> &mut Expansion {
        &mut self.expansion
    }

    /// Solves from now on roughly, for minimisations that end early and do not ask whether their end is a saddle.
    pub(crate) fn solve_roughly(&mut self, rough: bool) {
        self.rough = rough;
    }

    /// Forgets what was factored, after the second derivatives have changed.
    pub fn forget(&mut self) {
        self.known = None;
    }

    /// Takes the units from the expansion's present point.
    pub fn refresh(&mut self) {
        self.forget();
        let columns = self.model.columns();
        self.units.copy_from_slice(self.expansion.constraint_curvature());
        let sums = &mut self.work.along;
        sums.fill(0.0);
        for bin in 0..self.model.bins() {
            let weight = self.expansion.rate_curvature(bin);
            if weight != 0.0 {
                let row = self.expansion.row(bin, columns.len());
                sums.iter_mut().zip(row).for_each(|(sum, slope)| *sum += weight * slope * slope);
            }
            for local in self.model.bin_locals(bin) {
                let slope = self.expansion.local_slope(local);
                self.units[self.model.locals()[local]] += weight * slope * slope;
            }
        }
        for (&parameter, sum) in columns.iter().zip(sums) {
            self.units[parameter] += *sum;
        }
        for (unit, &least) in self.units.iter_mut().zip(&self.least_units) {
            *unit = if *unit > 0.0 { unit.sqrt().max(least) } else { 1.0 };
        }
    }

    fn take_free_columns(&mut self, free: &[bool]) {
        self.free_columns.clear();
        let columns = self.model.columns().iter().enumerate();
        self.free_columns.extend(columns.filter(|&(_, &parameter)| free[parameter]).map(|(column, _)| column));
    }

    fn column_unit(&self, column: usize) -> f64 {
        self.units[self.model.columns()[column]]
    }

    /// Whether forming S costs less than applying it.
    fn direct_is_cheaper(&self) -> bool {
        let free = self.free_columns.len();
        let bins = self.model.bins();
        let locals = self.model.locals().len();
        let entries = self.model.entries();
        let form = (bins + locals) * free * free / 2 + free * free * free / 6 + self.model.entry_pairs();
        let bin_space = bins * bins * free / 2 + bins * bins * bins / 6;
        let products = if self.rough { ROUGH_PRODUCTS } else { USUAL_PRODUCTS };
        let products = products * (2 * (bins + locals) * free + 3 * entries + 2 * bins * free + bins * bins);
        form <= bin_space + products
    }

    /// Forms S over the free columns in natural units, damped.
    fn form(&mut self) {
        let columns = self.model.columns().len();
        let free = self.free_columns.len();
        self.work.matrix.resize(columns * columns, 0.0);
        self.expansion.assemble_bent(&self.model, &mut self.work.matrix);
        let units: Vec<f64> = self.free_columns.iter().map(|&column| 1.0 / self.column_unit(column)).collect();
        // Rows in natural units, those of the bins and those of the eliminated locals.
        self.work.rows.clear();
        self.work.weights.clear();
        let (expansion, rows) = (&self.expansion, &mut self.work.rows);
        let mut add = |weight: f64, row: &[f64]| {
            if weight != 0.0 {
                rows.extend(self.free_columns.iter().zip(&units).map(|(&column, unit)| row[column] * unit));
                self.work.weights.push(weight);
            }
        };
        for bin in 0..self.model.bins() {
            add(expansion.rate_curvature(bin), expansion.row(bin, columns));
            self.locals.rows(&self.model, bin).for_each(|row| add(-1.0, row));
        }
        let lower = self.cholesky.matrix(free);
        for (i, &column) in self.free_columns.iter().enumerate() {
            let row = &self.work.matrix[column * columns..][..columns];
            for (j, &other) in self.free_columns[..=i].iter().enumerate() {
                lower[i * free + j] = row[other] * units[i] * units[j];
            }
            lower[i * (free + 1)] += self.damping;
        }
        add_squares(lower, free, &self.work.rows, &self.work.weights);
    }

    /// Forms S and factors it, to solve with.
    fn factor_formed(&mut self) -> Definiteness {
        self.form();
        let definiteness = self.cholesky.factor();
        self.solver = if definiteness == Definiteness::Flat { Solver::Singular } else { Solver::Direct };
        definiteness
    }

    /// Factors the preconditioner's matrix in the space of the bins: 1 + (√W̃ J D^(−1/2))(…)ᵀ.
    fn factor_in_bin_space(&mut self) {
        let columns = self.model.columns().len();
        let free = self.free_columns.len();
        self.root_diagonal.clear();
        for &column in &self.free_columns {
            let unit = self.column_unit(column);
            let constraint = self.expansion.constraint_curvature()[self.model.columns()[column]];
            // The second derivatives of the rates bring it closer where they leave it positive.
            let bent = self.expansion.own_diagonal()[column];
            let own = if bent > LEAST_SHARE * constraint { bent } else { constraint };
            let own = own / (unit * unit) + self.damping;
            self.root_diagonal.push(1.0 / own.max(LEAST_DIAGONAL).sqrt());
        }
        self.bin_rows.clear();
        for bin in 0..self.model.bins() {
            let weight = self.locals.left_weight(&self.expansion, &self.model, bin, &self.units, self.damping);
            if weight > 0.0 {
                let (root, row) = (weight.sqrt(), self.expansion.row(bin, columns));
                let entries = self.free_columns.iter().zip(&self.root_diagonal).map(|(&column, diagonal)| {
                    root * row[column] * diagonal / self.units[self.model.columns()[column]]
                });
                self.bin_rows.extend(entries);
            }
        }
        let bins = self.bin_rows.len() / free.max(1);
        let lower = self.cholesky.matrix(bins);
        for (i, row) in self.bin_rows.chunks_exact(free.max(1)).enumerate() {
            for (j, other) in self.bin_rows.chunks_exact(free.max(1)).take(i + 1).enumerate() {
                lower[i * bins + j] = dot(row, other);
            }
            lower[i * (bins + 1)] += 1.0;
        }
        // One plus a square is positive definite, however the rounding goes.
        self.cholesky.factor();
    }
}

impl StructuredCurvature {
    /// Writes S·direction, damped; `direction` is over the columns, 0 where they are not active.
    fn apply(&self, direction: &[f64], out: &mut [f64]) {
        self.expansion.column_product(&self.model, direction, out);
        self.locals.subtract_product(direction, out);
        if self.damping != 0.0 {
            for (column, (value, along)) in out.iter_mut().zip(direction).enumerate() {
                let unit = self.column_unit(column);
                *value += self.damping * unit * unit * along;
            }
        }
    }

    /// Writes the preconditioner's solution for `right`, over the columns; 0 where they are not active.
    fn precondition(
        &self,
        active: &[bool],
        right: &[f64],
        out: &mut [f64],
        gathered: &mut Vec<f64>,
        bins: &mut Vec<f64>,
    ) {
        let columns = self.model.columns();
        gathered.clear();
        gathered.extend(self.free_columns.iter().map(|&column| right[column] / self.units[columns[column]]));
        match self.solver {
            Solver::Direct | Solver::Singular => self.cholesky.solve(gathered),
            Solver::Iterative => {
                gathered.iter_mut().zip(&self.root_diagonal).for_each(|(entry, root)| *entry *= root);
                let rows = self.bin_rows.chunks_exact(gathered.len().max(1));
                bins.clear();
                bins.extend(rows.clone().map(|row| dot(row, gathered)));
                self.cholesky.solve(bins);
                rows.zip(&*bins).for_each(|(row, &along)| add_scaled(gathered, -along, row));
                gathered.iter_mut().zip(&self.root_diagonal).for_each(|(entry, root)| *entry *= root);
            }
        }
        out.fill(0.0);
        for (&column, entry) in self.free_columns.iter().zip(gathered) {
            let parameter = columns[column];
            if active[parameter] {
                out[column] = *entry / self.units[parameter];
            }
        }
    }

    /// Whether the solution leaves nothing of the right side: along a flat direction without slope.
    fn is_solved(&self, active: &[bool], work: &mut Work) -> bool {
        /// What may be left, against the largest entry.
        const LARGEST_RESIDUAL: f64 = 1e-6;
        let Work { right, solution, along, .. } = work;
        self.apply(solution, along);
        let (mut largest, mut left): (f64, f64) = (0.0, 0.0);
        for (column, (right, along)) in right.iter().zip(along).enumerate() {
            if active[self.model.columns()[column]] {
                let unit = self.column_unit(column);
                largest = largest.max((right / unit).abs());
                left = left.max(((right - *along) / unit).abs());
            }
        }
        left <= (LARGEST_RESIDUAL * largest).max(SMALLEST_SLOPE)
    }

    /// Solves S·solution = right by preconditioned conjugate gradients (Hestenes and Stiefel); no where a direction
    /// without positive curvature comes up.
    fn conjugate_gradients(&self, active: &[bool], accuracy: f64, work: &mut Work) -> bool {
        let Work { right, solution, residual, preconditioned, direction, along, gathered, bins, .. } = work;
        solution.fill(0.0);
        residual.copy_from_slice(right);
        self.precondition(active, residual, preconditioned, gathered, bins);
        let mut left = dot(residual, preconditioned);
        let wanted = if self.rough { rough_forcing(left) } else { forcing(left) };
        let accuracy = wanted.max(accuracy);
        direction.copy_from_slice(preconditioned);
        for _ in 0..2 * self.free_columns.len() + 20 {
            if left <= accuracy || left == 0.0 {
                return true;
            }
            self.apply(direction, along);
            for (column, value) in along.iter_mut().enumerate() {
                if !active[self.model.columns()[column]] {
                    *value = 0.0;
                }
            }
            let curvature = dot(direction, along);
            let scale: f64 =
                direction.iter().enumerate().map(|(column, entry)| (entry * self.column_unit(column)).powi(2)).sum();
            if curvature.is_nan() || curvature <= SMALLEST_PIVOT * scale {
                return false;
            }
            let length = left / curvature;
            add_scaled(solution, length, direction);
            add_scaled(residual, -length, along);
            self.precondition(active, residual, preconditioned, gathered, bins);
            let before = left;
            left = dot(residual, preconditioned);
            let turn = left / before;
            direction.iter_mut().zip(&*preconditioned).for_each(|(entry, next)| *entry = next + turn * *entry);
        }
        // What rounding leaves where the matrix is nearly singular: the best solution there is.
        true
    }
}

/// As [`forcing`], for minimisations that end early: there an exact step gains little.
fn rough_forcing(length: f64) -> f64 {
    length * clamp(0.1 * length, 1e-14, 1e-2)
}

impl Curvature for StructuredCurvature {
    fn unit(&self, index: usize) -> f64 {
        self.units[index]
    }

    fn set_ranges(&mut self, lower: &[f64], upper: &[f64]) {
        for (least, (lower, upper)) in self.least_units.iter_mut().zip(lower.iter().zip(upper)) {
            *least = if upper > lower { 1.0 / (upper - lower) } else { 0.0 };
        }
    }

    fn product(&mut self, vector: &[f64], out: &mut [f64]) {
        self.expansion.product(&self.model, vector, out);
    }

    fn factor(&mut self, free: &[bool], damping: f64) -> Definiteness {
        self.damping = damping;
        self.known = None;
        self.take_free_columns(free);
        let locals = self.locals.eliminate(&self.expansion, &self.model, free, &self.units, damping);
        if locals == Definiteness::Indefinite {
            return locals;
        }
        if self.direct_is_cheaper() {
            let definiteness = self.factor_formed().and(locals);
            self.known = (damping == 0.0).then_some(definiteness);
            definiteness
        } else {
            self.solver = Solver::Iterative;
            self.factor_in_bin_space();
            locals
        }
    }

    fn solve(&mut self, active: &[bool], vector: &mut [f64], accuracy: f64) -> bool {
        let columns = self.model.columns();
        let constraints = self.expansion.constraint_curvature();
        for (parameter, value) in vector.iter_mut().enumerate() {
            if !active[parameter] {
                *value = 0.0;
            } else if self.model.places()[parameter] == Place::Loose {
                let curvature = constraints[parameter] + self.damping * self.units[parameter].powi(2);
                if curvature > 0.0 {
                    *value /= curvature;
                } else if *value != 0.0 {
                    return false;
                }
            }
        }
        let same_locals = self.locals.are_those_of(&self.model, active);
        if !same_locals {
            self.locals.eliminate(&self.expansion, &self.model, active, &self.units, self.damping);
        }
        let mut work = core::mem::take(&mut self.work);
        for (right, &parameter) in work.right.iter_mut().zip(columns) {
            *right = vector[parameter];
        }
        let solvable = self.locals.forward(&self.model, &self.units, vector, &mut work.right);
        for (right, &parameter) in work.right.iter_mut().zip(columns) {
            if !active[parameter] {
                *right = 0.0;
            }
        }
        let same_columns = self.free_columns.iter().all(|&column| active[columns[column]]);
        let solved = if self.solver != Solver::Iterative && same_locals && same_columns {
            let Work { right, solution, gathered, bins, .. } = &mut work;
            self.precondition(active, right, solution, gathered, bins);
            self.solver == Solver::Direct || self.is_solved(active, &mut work)
        } else {
            self.conjugate_gradients(active, accuracy, &mut work)
        };
        self.locals.backward(&self.model, &self.units, vector, &work.solution);
        for (&parameter, solution) in columns.iter().zip(&work.solution) {
            vector[parameter] = *solution;
        }
        self.work = work;
        solvable && solved
    }

    fn definiteness(&mut self, free: &[bool]) -> Definiteness {
        let columns = self.model.columns();
        let same = self.free_columns.len() == columns.iter().filter(|&&parameter| free[parameter]).count()
            && self.free_columns.iter().all(|&column| free[columns[column]])
            && self.locals.are_those_of(&self.model, free);
        if let Some(known) = self.known.filter(|_| same) {
            return known;
        }
        self.damping = 0.0;
        self.take_free_columns(free);
        let locals = self.locals.eliminate(&self.expansion, &self.model, free, &self.units, 0.0);
        if locals == Definiteness::Indefinite {
            return locals;
        }
        let definiteness = self.factor_formed().and(locals);
        self.known = Some(definiteness);
        definiteness
    }

    fn lowest_mode(&mut self, free: &[bool]) -> (f64, Vec<f64>) {
        self.damping = 0.0;
        self.take_free_columns(free);
        let locals = self.locals.eliminate(&self.expansion, &self.model, free, &self.units, 0.0);
        if locals == Definiteness::Indefinite {
            return self.lowest_local_mode(free);
        }
        self.form();
        let (eigenvalue, vector) = lowest_mode::lowest_eigenvector(self.cholesky.lower(), self.free_columns.len());
        let mut mode = vec![0.0; free.len()];
        let mut along = vec![0.0; self.model.columns().len()];
        for (&column, entry) in self.free_columns.iter().zip(vector) {
            along[column] = entry / self.column_unit(column);
            mode[self.model.columns()[column]] = along[column];
        }
        // The locals follow to their own minimum.
        self.locals.backward(&self.model, &self.units, &mut mode, &along);
        (eigenvalue, mode)
    }
}
