//! Expected rates and −2 ln L at a point.

use crate::dataset::Dataset;
use crate::interpolation::Additive;
use crate::model::{Block, Model};
use crate::poisson::twice_deviance;
use crate::sum::CompensatedSum;

/// Scratch memory for values at a point; one serves any number of evaluations of its model.
#[derive(Clone, Debug)]
pub struct Evaluator {
    /// Histosys weights of every parameter that has one.
    weights: Vec<Additive>,
    /// Rates of every sample in every bin.
    samples: Vec<f64>,
    rates: Vec<f64>,
}

impl Evaluator {
    /// For evaluations of `model`.
    pub fn new(model: &Model) -> Self {
        Self {
            weights: vec![Additive::default(); model.parameters],
            samples: vec![0.0; model.nominal.len()],
            rates: vec![0.0; model.bins],
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
        &self.samples
    }

    /// −2 ln L less its saturated part: ≥ 0, and infinite outside the domain (a rate ≤ 0 in a bin with counts, or
    /// < 0 in any).
    pub fn twice_deviance(&mut self, model: &Model, data: &Dataset, parameters: &[f64]) -> f64 {
        self.evaluate(model, parameters);
        sum_terms(model, data, parameters, &self.rates)
    }

    /// The constraints' share of the deviance.
    pub fn twice_constraint_deviance(&self, model: &Model, data: &Dataset, parameters: &[f64]) -> f64 {
        let mut sum = CompensatedSum::default();
        for (term, &measured) in model.constraints.iter().zip(&data.auxiliary) {
            sum.add(term.twice_deviance(measured, parameters[term.parameter]));
        }
        sum.value()
    }

    /// −2 ln L with all its constants, as pyhf's `twice_nll`.
    pub fn twice_nll(&mut self, model: &Model, data: &Dataset, parameters: &[f64]) -> f64 {
        data.twice_saturated() + self.twice_deviance(model, data, parameters)
    }

    fn evaluate(&mut self, model: &Model, parameters: &[f64]) {
        for &parameter in &model.additive_parameters {
            self.weights[parameter] = Additive::value(model.histosys_code, parameters[parameter]);
        }
        self.rates.fill(0.0);
        for block in &model.blocks {
            let channel = &model.channels[block.channel];
            let sample = &mut self.samples[block.offset..block.offset + channel.bins];
            template(model, block, |parameter| self.weights[parameter], sample);
            let factor = model.factors[block.factors.clone()]
                .iter()
                .map(|factor| {
                    let value = parameters[factor.parameter];
                    factor.normsys.as_ref().map_or(value, |normsys| normsys.value(value))
                })
                .product::<f64>();
            sample.iter_mut().for_each(|rate| *rate *= factor);
            for shape in &model.shapes[block.shapes.clone()] {
                let gammas = &parameters[shape.first..shape.first + channel.bins];
                sample.iter_mut().zip(gammas).for_each(|(rate, gamma)| *rate *= gamma);
            }
            let rates = &mut self.rates[channel.first_bin..channel.first_bin + channel.bins];
            rates.iter_mut().zip(sample).for_each(|(rate, sample)| *rate += *sample);
        }
    }
}

/// Writes nominal + Σ Δ of a block's bins.
pub(crate) fn template(model: &Model, block: &Block, weight: impl Fn(usize) -> Additive, out: &mut [f64]) {
    let bins = out.len();
    out.copy_from_slice(&model.nominal[block.offset..block.offset + bins]);
    for entry in &model.histosys[block.histosys.clone()] {
        let weight = weight(entry.parameter);
        let (up, down) = model.templates[entry.template..entry.template + 2 * bins].split_at(bins);
        for ((value, up), down) in out.iter_mut().zip(up).zip(down) {
            *value += weight.up * up + weight.down * down;
        }
    }
}

/// Deviance of the main bins and the constraints, bin by bin and term by term.
pub(crate) fn sum_terms(model: &Model, data: &Dataset, parameters: &[f64], rates: &[f64]) -> f64 {
    let mut sum = CompensatedSum::default();
    for (&count, &rate) in data.main.iter().zip(rates) {
        sum.add(twice_deviance(count, rate));
    }
    for (term, &measured) in model.constraints.iter().zip(&data.auxiliary) {
        sum.add(term.twice_deviance(measured, parameters[term.parameter]));
    }
    sum.value()
}
