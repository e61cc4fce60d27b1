//! Expected rates and −2 ln L at a point.

use crate::dataset::Dataset;
use crate::interpolation::{Additive, Powers};
use crate::lanes::dot;
use crate::model::{Block, Model};
use crate::poisson::{twice_deviance, twice_deviances};
use crate::sum::CompensatedSum;

/// Scratch memory for values at a point; one serves any number of evaluations of its model.
///
/// A block's rate in bin b is F·G_b·T_b: F the product of its scalar factors, T_b its template with all variations and
/// G_b the product of its per-bin factors. Blocks with the same per-bin factors are added before these multiply them.
#[derive(Clone, Debug)]
pub struct Evaluator {
    /// The point of the last evaluation; empty before the first.
    point: Vec<f64>,
    /// Per parameter that moves a normsys.
    pub(crate) powers: Vec<Powers>,
    /// Per parameter that moves a histosys.
    weights: Vec<[f64; 2]>,
    /// Weights of one block's variations, in their order.
    gathered: Vec<[f64; 2]>,
    /// Value of every scalar factor.
    pub(crate) factors: Vec<f64>,
    /// F of every block.
    pub(crate) scales: Vec<f64>,
    /// T_b of every block.
    pub(crate) templates: Vec<f64>,
    /// Σ F·T_b over the blocks of every group.
    pub(crate) sums: Vec<f64>,
    /// G_b of every group.
    pub(crate) gammas: Vec<f64>,
    pub(crate) rates: Vec<f64>,
    samples: Vec<f64>,
}

impl Evaluator {
    /// For evaluations of `model`.
    pub fn new(model: &Model) -> Self {
        let group_bins = model.layout.bins(model).count();
        let widest = model.blocks.iter().map(|block| block.histosys.len()).max().unwrap_or(0);
        Self {
            point: Vec::new(),
            powers: vec![Powers::default(); model.parameters],
            weights: vec![[0.0; 2]; model.parameters],
            gathered: vec![[0.0; 2]; widest],
            factors: vec![0.0; model.factors.len()],
            scales: vec![0.0; model.blocks.len()],
            templates: vec![0.0; model.nominal.len()],
            sums: vec![0.0; group_bins],
            gammas: vec![1.0; group_bins],
            rates: vec![0.0; model.bins],
            samples: Vec::new(),
        }
    }

    /// Expected rate of every main bin. `parameters` has one entry per parameter.
    pub fn rates(&mut self, model: &Model, parameters: &[f64]) -> &[f64] {
        self.evaluate(model, parameters);
        &self.rates
    }

    /// Expected rates of every sample, block by block (channel, then sample), `bins` numbers each.
    pub fn sample_rates(&mut self, model: &Model, parameters: &[f64]) -> &[f64] {
        self.evaluate(model, parameters);
        self.samples.clone_from(&self.templates);
        for (block, scale) in model.blocks.iter().zip(&self.scales) {
            let bins = model.channels[block.channel].bins;
            let gammas = &self.gammas[model.layout.groups[block.group].offset..][..bins];
            let rates = &mut self.samples[block.offset..block.offset + bins];
            rates.iter_mut().zip(gammas).for_each(|(rate, gamma)| *rate *= scale * gamma);
        }
        &self.samples
    }

    /// −2 ln L less its saturated part: ≥ 0, and infinite outside the domain (a rate ≤ 0 in a bin with counts, or
    /// < 0 in any).
    pub fn twice_deviance(&mut self, model: &Model, data: &Dataset, parameters: &[f64]) -> f64 {
        self.evaluate(model, parameters);
        let mut sum = CompensatedSum::default();
        twice_deviances(&data.main, &self.rates, |term| sum.add(term));
        add_constraints(&mut sum, model, data, parameters);
        sum.value()
    }

    /// The same, but for bins where `term(bin, rate)` has something else in place of the Poisson term.
    pub fn twice_deviance_but(
        &mut self,
        model: &Model,
        data: &Dataset,
        parameters: &[f64],
        term: impl Fn(usize, f64) -> Option<f64>,
    ) -> f64 {
        self.evaluate(model, parameters);
        let mut sum = CompensatedSum::default();
        for (bin, (&count, &rate)) in data.main.iter().zip(&self.rates).enumerate() {
            sum.add(term(bin, rate).unwrap_or_else(|| twice_deviance(count, rate)));
        }
        add_constraints(&mut sum, model, data, parameters);
        sum.value()
    }

    /// The constraints' share of the deviance.
    pub fn twice_constraint_deviance(&self, model: &Model, data: &Dataset, parameters: &[f64]) -> f64 {
        let mut sum = CompensatedSum::default();
        add_constraints(&mut sum, model, data, parameters);
        sum.value()
    }

    /// −2 ln L with all its constants, as pyhf's `twice_nll`.
    pub fn twice_nll(&mut self, model: &Model, data: &Dataset, parameters: &[f64]) -> f64 {
        data.twice_saturated(model) + self.twice_deviance(model, data, parameters)
    }

    /// Computes everything at a point, unless it is the last one.
    pub(crate) fn evaluate(&mut self, model: &Model, parameters: &[f64]) {
        if self.point == parameters {
            return;
        }
        self.point.clear();
        self.point.extend_from_slice(parameters);
        for &parameter in &model.layout.additive {
            self.weights[parameter] = Additive::value(model.histosys_code, parameters[parameter]).pair();
        }
        for &parameter in &model.layout.multiplicative {
            self.powers[parameter] = Powers::of(parameters[parameter]);
        }
        self.sums.fill(0.0);
        for (index, block) in model.blocks.iter().enumerate() {
            self.evaluate_block(model, index, block, parameters);
        }
        self.rates.fill(0.0);
        for (group, bin, range) in model.layout.bins(model) {
            let group = &model.layout.groups[group];
            let entry = group.offset + bin;
            let factors = model.layout.gammas[range].iter().map(|gamma| parameters[gamma.parameter]);
            self.gammas[entry] = factors.product();
            self.rates[model.channels[group.channel].first_bin + bin] += self.gammas[entry] * self.sums[entry];
        }
    }

    fn evaluate_block(&mut self, model: &Model, index: usize, block: &Block, parameters: &[f64]) {
        let mut scale = 1.0;
        let factors = &model.factors[block.factors.clone()];
        for (factor, value) in factors.iter().zip(&mut self.factors[block.factors.clone()]) {
            *value = match &factor.normsys {
                Some(normsys) => normsys.value(&self.powers[factor.parameter]),
                None => parameters[factor.parameter],
            };
            scale *= *value;
        }
        self.scales[index] = scale;
        let bins = model.channels[block.channel].bins;
        let sums = &mut self.sums[model.layout.groups[block.group].offset..][..bins];
        let templates = &mut self.templates[block.offset..block.offset + bins];
        let nominal = &model.nominal[block.offset..block.offset + bins];
        let entries = &model.histosys[block.histosys.clone()];
        let gathered = &mut self.gathered[..entries.len()];
        for (weight, entry) in gathered.iter_mut().zip(entries) {
            *weight = self.weights[entry.parameter];
        }
        for (bin, ((template, nominal), sum)) in templates.iter_mut().zip(nominal).zip(sums).enumerate() {
            let pairs = &model.templates[block.template + bin * entries.len()..][..entries.len()];
            *template = nominal + dot(gathered.as_flattened(), pairs.as_flattened());
            *sum += scale * *template;
        }
    }
}

/// Adds the deviance of the constraints, term by term.
fn add_constraints(sum: &mut CompensatedSum, model: &Model, data: &Dataset, parameters: &[f64]) {
    for (term, &measured) in model.constraints.iter().zip(&data.auxiliary) {
        sum.add(term.twice_deviance(measured, parameters[term.parameter]));
    }
}
