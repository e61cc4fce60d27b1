//! Where each parameter's derivatives are kept: which parameters move several bins and which a single one.

use crate::model::Model;

/// How a parameter's derivatives are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It moves several bins: a column of the matrix of derivatives.
    Column(usize),
    /// It is a factor of one bin alone: one number.
    Local(usize),
    /// It moves no rate; only its constraint knows it.
    Loose,
}

/// The order of columns and locals, and the groups of blocks that share their per-bin factors.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    /// Per parameter.
    pub places: Vec<Place>,
    /// Parameter of each column, ascending.
    pub columns: Vec<usize>,
    /// Parameter of each local, bin by bin.
    pub locals: Vec<usize>,
    /// The locals of bin b are `local_start[b]..local_start[b + 1]`.
    pub local_start: Vec<usize>,
    pub groups: Vec<Group>,
    /// Per group, bin and set of per-bin factors: the factor.
    pub gammas: Vec<Gamma>,
    /// Number of group rows (bins of groups that have per-bin factors).
    pub group_rows: usize,
    /// Parameters that move a histosys, each once.
    pub additive: Vec<usize>,
    /// Parameters that move a normsys, each once.
    pub multiplicative: Vec<usize>,
}

/// Blocks of a channel with the same per-bin factors: their rate is Π γ · Σ blocks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Group {
    pub channel: usize,
    /// Where its bins begin in arrays with one entry per group and bin.
    pub offset: usize,
    /// Number of per-bin factors.
    pub shapes: usize,
    /// Where its factors begin in `Layout::gammas`, bin by bin.
    pub gammas: usize,
    /// Its first group row; none without per-bin factors, as its derivatives go straight into the bins' rows.
    pub row: Option<usize>,
}

/// A per-bin factor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gamma {
    pub parameter: usize,
    pub place: Place,
}

impl Layout {
    /// Of a model whose blocks are read; sets their groups and the columns of their entries.
    pub fn of(model: &mut Model) -> Self {
        let mut layout = Self::default();
        layout.find_groups(model);
        layout.find_places(model);
        for factor in &mut model.factors {
            factor.column = layout.column(factor.parameter);
        }
        for entry in &mut model.histosys {
            entry.column = layout.column(entry.parameter);
        }
        layout.additive = distinct(model.parameters, model.histosys.iter().map(|entry| entry.parameter));
        let multiplicative = model.factors.iter().filter(|factor| factor.normsys.is_some());
        layout.multiplicative = distinct(model.parameters, multiplicative.map(|factor| factor.parameter));
        layout
    }

    fn column(&self, parameter: usize) -> usize {
        self.columns.partition_point(|&other| other < parameter)
    }

    fn find_groups(&mut self, model: &mut Model) {
        let mut offset = 0;
        for (index, channel) in model.channels.iter().enumerate() {
            let first = self.groups.len();
            let mut sets: Vec<&[usize]> = Vec::new();
            for block in &mut model.blocks[channel.blocks.clone()] {
                let shapes = &model.shapes[block.shapes.clone()];
                let known = sets.iter().position(|set| *set == shapes);
                block.group = first + known.unwrap_or(sets.len());
                if known.is_none() {
                    sets.push(shapes);
                }
            }
            for set in sets {
                let row = (!set.is_empty()).then_some(self.group_rows);
                let gammas = self.gammas.len();
                for bin in 0..channel.bins {
                    let factors = set.iter().map(|first| Gamma { parameter: first + bin, place: Place::Loose });
                    self.gammas.extend(factors);
                }
                self.groups.push(Group { channel: index, offset, shapes: set.len(), gammas, row });
                offset += channel.bins;
                self.group_rows += if set.is_empty() { 0 } else { channel.bins };
            }
        }
    }

    fn find_places(&mut self, model: &Model) {
        /// What is known of a parameter so far.
        #[derive(Clone, Copy, PartialEq)]
        enum Reach {
            Nothing,
            Bin(usize),
            More,
        }
        let mut reach = vec![Reach::Nothing; model.parameters];
        let factors = model.factors.iter().map(|factor| factor.parameter);
        for parameter in factors.chain(model.histosys.iter().map(|entry| entry.parameter)) {
            reach[parameter] = Reach::More;
        }
        for (group, bin, range) in self.bins(model) {
            let bin = model.channels[self.groups[group].channel].first_bin + bin;
            for gamma in &self.gammas[range] {
                let known = &mut reach[gamma.parameter];
                *known =
                    if *known == Reach::Nothing || *known == Reach::Bin(bin) { Reach::Bin(bin) } else { Reach::More };
            }
        }
        let mut locals: Vec<(usize, usize)> = Vec::new();
        self.places = vec![Place::Loose; model.parameters];
        for (parameter, reach) in reach.into_iter().enumerate() {
            match reach {
                Reach::Nothing => {}
                Reach::Bin(bin) => locals.push((bin, parameter)),
                Reach::More => {
                    self.places[parameter] = Place::Column(self.columns.len());
                    self.columns.push(parameter);
                }
            }
        }
        // Bin by bin, in each by ascending parameter: counted, not sorted.
        self.local_start = vec![0; model.bins + 1];
        for &(bin, _) in &locals {
            self.local_start[bin + 1] += 1;
        }
        for bin in 0..model.bins {
            self.local_start[bin + 1] += self.local_start[bin];
        }
        let mut next = self.local_start.clone();
        self.locals = vec![0; locals.len()];
        for (bin, parameter) in locals {
            self.places[parameter] = Place::Local(next[bin]);
            self.locals[next[bin]] = parameter;
            next[bin] += 1;
        }
        for gamma in &mut self.gammas {
            gamma.place = self.places[gamma.parameter];
        }
    }

    /// Every group and bin of it (counted within the channel), with the range of its factors.
    pub fn bins<'a>(
        &'a self,
        model: &'a Model,
    ) -> impl Iterator<Item = (usize, usize, core::ops::Range<usize>)> + use<'a> {
        self.groups.iter().enumerate().flat_map(|(index, group)| {
            (0..model.channels[group.channel].bins).map(move |bin| {
                let first = group.gammas + bin * group.shapes;
                (index, bin, first..first + group.shapes)
            })
        })
    }
}

/// The parameters in the list, each once, ascending.
fn distinct(parameters: usize, list: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut marks = vec![false; parameters];
    list.for_each(|parameter| marks[parameter] = true);
    marks.iter().enumerate().filter(|(_, mark)| **mark).map(|(parameter, _)| parameter).collect()
}
