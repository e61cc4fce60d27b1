//! Likelihoods whose per-bin nuisance parameters are eliminated in closed form.
//!
//! Where every rate is
//!
//! ```text
//! λ_b = A_b + γ_b B_b,    A_b = a_b + Σ_k θ_k a_kb,    B_b = b_b + Σ_k θ_k b_kb
//! ```
//!
//! with a few shared parameters θ (free normalisations) and at most one constrained γ per bin (`shapesys`, `staterror`),
//! the best γ at given θ is the root of a quadratic (Conway, *Incorporating nuisance parameters in likelihoods for multisource
//! spectra*, arXiv:1103.0354, section 5), and only θ is left to be fitted. Toy studies make use of it: a fit of two hundred
//! such bins is a few passes over them.

mod passes;

use crate::constraint::{Constraint, ConstraintKind};
use crate::evaluator::Evaluator;
use crate::layout::Place;
use crate::model::{Block, Model};

pub use passes::{ProfilePoint, ProfileSlopes};

/// A likelihood of `K` free shared parameters with its per-bin parameters in closed form.
///
/// Bins are sorted by the kind of their constraint and padded to pairs.
///
/// ```
/// use histfactory_likelihood::{ClosedForm, Model};
/// // One bin: signal 5·μ (parameter 0), background 50·γ (parameter 1) with an auxiliary count of γ·100.
/// let structure = [1, 2, 1, 2, 1, 4, 5, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1];
/// let model = Model::from_flat(&structure, &[5.0, 50.0, 100.0])?;
/// let form = ClosedForm::<1>::of(&model, &[1.0; 2], &[false; 2], &[0.0; 2], &[10.0; 2]).ok_or("no closed form")?;
/// let (mut data, mut point) = (form.data(), form.point());
/// form.fill(&[53.0], &[97.0], &mut data);
/// // Without signal γ = (53 + 97)/(50 + 100), and half the slope by μ is 5·(1 − 53/50).
/// let slopes = form.profile(&data, [0.0], &mut point).ok_or("outside the domain")?;
/// assert!((slopes.gradient[0] + 0.3).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ClosedForm<const K: usize> {
    /// Index of each shared parameter.
    shared: [usize; K],
    /// Index of each one's constraint with 1/σ², where it has one.
    shared_constraints: [Option<(usize, f64)>; K],
    /// Where bins with a constraint of each kind end: none, Gaussian, Poisson.
    ends: [usize; 3],
    /// Per place: its main bin and the index of its constraint; `None` for padding.
    sources: Vec<Source>,
    /// Parts of A and B by pairs of bins: constant, then those of each θ.
    terms: Vec<Terms<K>>,
    /// Constraints of fixed parameters, with these: the deviance has their terms, no slope has.
    constants: Vec<(usize, Constraint, f64)>,
    /// Whether −2 ln L is convex: no θ multiplies a γ.
    convex: bool,
}

/// Where a place takes its data from.
#[derive(Clone, Copy, Debug, Default)]
struct Source {
    bin: Option<usize>,
    constraint: Option<usize>,
}

/// What does not depend on data and parameters in a pair of bins.
#[derive(Clone, Copy, Debug)]
struct Terms<const K: usize> {
    alone: [f64; 2],
    alone_by: [[f64; 2]; K],
    scaled: [f64; 2],
    scaled_by: [[f64; 2]; K],
    /// τ, or 1/σ².
    strength: [f64; 2],
    lower: [f64; 2],
    upper: [f64; 2],
}

/// One bin's.
#[derive(Clone, Copy, Debug)]
struct Bin<const K: usize> {
    alone: f64,
    alone_by: [f64; K],
    scaled: f64,
    scaled_by: [f64; K],
    gamma: Option<usize>,
}

/// Main counts and auxiliary measurements in the order of a [`ClosedForm`].
#[derive(Clone, Debug)]
pub struct ClosedFormData<const K: usize> {
    /// Per pair of bins: counts, auxiliary measurements.
    pairs: Vec<[[f64; 2]; 2]>,
    /// The auxiliary measurements of the shared parameters.
    shared: [f64; K],
    /// The deviance of the constraints of fixed parameters.
    constant: f64,
}

/// The number of free parameters that move several bins, or that no bin has: the `K` of a closed form, if there is one.
pub fn shared_parameters(model: &Model, fixed: &[bool]) -> usize {
    let local = |&index: &usize| matches!(model.layout.places[index], Place::Local(_));
    (0..model.parameters).filter(|&index| !fixed[index]).filter(|index| !local(index)).count()
}

impl<const K: usize> ClosedForm<K> {
    /// Of `model` with the parameters marked `fixed` at their `values`, where it is of this form; γ between their bounds.
    pub fn of(model: &Model, values: &[f64], fixed: &[bool], lower: &[f64], upper: &[f64]) -> Option<Self> {
        let local = |index: usize| matches!(model.layout.places[index], Place::Local(_));
        let shared: Vec<usize> = (0..model.parameters).filter(|&index| !fixed[index] && !local(index)).collect();
        let shared: [usize; K] = shared.try_into().ok()?;
        let mut constraints: Vec<Option<(usize, Constraint)>> = vec![None; model.parameters];
        let mut constants = Vec::new();
        for (index, term) in model.constraints.iter().enumerate() {
            if fixed[term.parameter] {
                constants.push((index, *term, values[term.parameter]));
            } else if constraints[term.parameter].replace((index, *term)).is_some() {
                return None;
            }
        }
        let mut shared_constraints = [None; K];
        for (slot, &index) in shared_constraints.iter_mut().zip(&shared) {
            if model.layout.places[index] == Place::Loose {
                return None;
            }
            *slot = match constraints[index] {
                None => None,
                Some((place, Constraint { kind: ConstraintKind::Gaussian, scale, .. })) => {
                    Some((place, 1.0 / (scale * scale)))
                }
                Some(_) => return None,
            };
        }
        let bins = bins_of(model, values, fixed, &shared)?;
        let mut form = Self {
            shared,
            shared_constraints,
            ends: [0; 3],
            sources: Vec::new(),
            terms: Vec::new(),
            constants,
            convex: bins.iter().all(|bin| bin.scaled_by == [0.0; K]),
        };
        for (segment, kind) in [None, Some(ConstraintKind::Gaussian), Some(ConstraintKind::Poisson)].iter().enumerate()
        {
            let constraint = |bin: &Bin<K>| bin.gamma.map(|gamma| constraints[gamma]);
            let of_kind = bins.iter().enumerate().filter(|(_, bin)| match constraint(bin) {
                None => kind.is_none(),
                Some(constraint) => constraint.is_some_and(|(_, term)| Some(term.kind) == *kind),
            });
            let list: Vec<(usize, &Bin<K>)> = of_kind.collect();
            for pair in list.chunks(2) {
                let mut terms = Terms::PADDING;
                for (lane, (bin, values)) in pair.iter().enumerate() {
                    let of_gamma = constraint(values).flatten();
                    terms.set(lane, values, of_gamma.map(|(_, term)| term), [lower, upper]);
                    form.sources.push(Source { bin: Some(*bin), constraint: of_gamma.map(|(index, _)| index) });
                }
                form.sources.resize(form.sources.len().next_multiple_of(2), Source::default());
                form.terms.push(terms);
            }
            form.ends[segment] = form.terms.len();
        }
        // A γ without a constraint fits none of the three kinds.
        let placed = form.sources.iter().filter(|source| source.bin.is_some()).count();
        (placed == model.bins).then_some(form)
    }

    /// Index of each shared parameter.
    pub fn shared(&self) -> &[usize; K] {
        &self.shared
    }

    /// Whether −2 ln L is convex, so that it has one minimum.
    pub fn convex(&self) -> bool {
        self.convex
    }

    /// Data of this form, to be filled.
    pub fn data(&self) -> ClosedFormData<K> {
        ClosedFormData { pairs: vec![[[1.0; 2]; 2]; self.terms.len()], shared: [0.0; K], constant: 0.0 }
    }

    /// Takes main counts and auxiliary measurements.
    pub fn fill(&self, main: &[f64], auxiliary: &[f64], data: &mut ClosedFormData<K>) {
        let (places, _) = self.sources.as_chunks::<2>();
        for (pair, sources) in data.pairs.iter_mut().zip(places) {
            for (lane, source) in sources.iter().enumerate() {
                if let Some(bin) = source.bin {
                    pair[0][lane] = main[bin];
                }
                if let Some(constraint) = source.constraint {
                    pair[1][lane] = auxiliary[constraint];
                }
            }
        }
        for (value, constraint) in data.shared.iter_mut().zip(&self.shared_constraints) {
            if let Some((index, _)) = constraint {
                *value = auxiliary[*index];
            }
        }
        let constants =
            self.constants.iter().map(|(index, term, value)| term.twice_deviance(auxiliary[*index], *value));
        data.constant = constants.sum();
    }
}

impl<const K: usize> Terms<K> {
    /// A bin with rate 1 that nothing moves; its data are one count and an auxiliary measurement of 1.
    const PADDING: Self = Self {
        alone: [1.0; 2],
        alone_by: [[0.0; 2]; K],
        scaled: [0.0; 2],
        scaled_by: [[0.0; 2]; K],
        strength: [1.0; 2],
        lower: [0.0; 2],
        upper: [2.0; 2],
    };

    fn set(&mut self, lane: usize, bin: &Bin<K>, constraint: Option<Constraint>, [lower, upper]: [&[f64]; 2]) {
        self.alone[lane] = bin.alone;
        self.scaled[lane] = bin.scaled;
        for k in 0..K {
            self.alone_by[k][lane] = bin.alone_by[k];
            self.scaled_by[k][lane] = bin.scaled_by[k];
        }
        if let Some(term) = constraint {
            self.strength[lane] = match term.kind {
                ConstraintKind::Gaussian => 1.0 / (term.scale * term.scale),
                ConstraintKind::Poisson => term.scale,
            };
            self.lower[lane] = lower[term.parameter];
            self.upper[lane] = upper[term.parameter];
        }
    }
}

/// The parts of A and B in every main bin, where the rates are of this form.
fn bins_of<const K: usize>(model: &Model, values: &[f64], fixed: &[bool], shared: &[usize; K]) -> Option<Vec<Bin<K>>> {
    let empty = Bin { alone: 0.0, alone_by: [0.0; K], scaled: 0.0, scaled_by: [0.0; K], gamma: None };
    let mut bins = vec![empty; model.bins];
    let mut evaluator = Evaluator::new(model);
    evaluator.evaluate(model, values);
    for block in &model.blocks {
        let (constant, factor) = scalar_factors(model, block, &evaluator, fixed, shared)?;
        if model.histosys[block.histosys.clone()].iter().any(|entry| !fixed[entry.parameter]) {
            return None;
        }
        let channel = &model.channels[block.channel];
        for bin in 0..channel.bins {
            let target = &mut bins[channel.first_bin + bin];
            let mut rate = constant * evaluator.templates[block.offset + bin];
            let mut gamma = None;
            for first in &model.shapes[block.shapes.clone()] {
                let parameter = first + bin;
                if fixed[parameter] {
                    rate *= values[parameter];
                } else if gamma.replace(parameter).is_some()
                    || !matches!(model.layout.places[parameter], Place::Local(_))
                {
                    return None;
                }
            }
            if gamma.is_some() && target.gamma.is_some_and(|known| Some(known) != gamma) {
                return None;
            }
            target.gamma = target.gamma.or(gamma);
            match (gamma, factor) {
                (None, None) => target.alone += rate,
                (None, Some(k)) => target.alone_by[k] += rate,
                (Some(_), None) => target.scaled += rate,
                (Some(_), Some(k)) => target.scaled_by[k] += rate,
            }
        }
    }
    Some(bins)
}

/// The product of a block's fixed factors, and which shared parameter is its free one; `None` for more than one, or one that
/// is not the parameter itself.
fn scalar_factors<const K: usize>(
    model: &Model,
    block: &Block,
    evaluator: &Evaluator,
    fixed: &[bool],
    shared: &[usize; K],
) -> Option<(f64, Option<usize>)> {
    let mut constant = 1.0;
    let mut free = None;
    for (factor, value) in model.factors[block.factors.clone()].iter().zip(&evaluator.factors[block.factors.clone()]) {
        if fixed[factor.parameter] {
            constant *= value;
        } else {
            let position = shared.iter().position(|&index| index == factor.parameter)?;
            if factor.normsys.is_some() || free.replace(position).is_some() {
                return None;
            }
        }
    }
    Some((constant, free))
}
