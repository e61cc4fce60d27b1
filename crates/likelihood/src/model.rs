//! The immutable model: templates, factors and constraints, laid out for evaluation.

use std::ops::Range;

use crate::constraint::{Constraint, ConstraintKind};
use crate::flat::{FlatError, Reader};
use crate::interpolation::{HistosysCode, Multiplicative, NormsysCode};
use crate::layout::{Layout, Place};

const FORMAT: usize = 1;

/// A binned likelihood of one or more channels.
///
/// Most parameters move several bins: each has a *column* in the matrix of derivatives. One that moves a single bin (the
/// γ of a staterror, say) is *local* to it and is kept as one number per bin, so that memory and time grow with the bins
/// and not with bins × parameters. [`crate::layout`] finds out which is which.
#[derive(Clone, Debug)]
pub struct Model {
    pub(crate) parameters: usize,
    pub(crate) bins: usize,
    pub(crate) channels: Vec<Channel>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) factors: Vec<Factor>,
    pub(crate) histosys: Vec<Histosys>,
    /// For each block: the first parameter of every set of per-bin factors.
    pub(crate) shapes: Vec<usize>,
    /// Nominal rates of all blocks, block by block.
    pub(crate) nominal: Vec<f64>,
    /// Per block, bin and histosys of the block: hi − nominal and nominal − lo. One bin's entries lie side by side, as
    /// most channels of published likelihoods have few bins and many systematics.
    pub(crate) templates: Vec<[f64; 2]>,
    pub(crate) constraints: Vec<Constraint>,
    pub(crate) normsys_code: NormsysCode,
    pub(crate) histosys_code: HistosysCode,
    pub(crate) layout: Layout,
    /// Factor and histosys of the same block and parameter, block by block.
    pub(crate) doubles: Vec<[usize; 2]>,
    /// Whether the likelihood has a kink at 0 of this parameter.
    kinked: Vec<bool>,
}

/// Bins with the same samples.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub first_bin: usize,
    pub bins: usize,
    pub blocks: Range<usize>,
}

/// One sample in one channel.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub channel: usize,
    /// Where its bins begin in per-block arrays (`Model::nominal` and the like).
    pub offset: usize,
    pub factors: Range<usize>,
    pub histosys: Range<usize>,
    pub shapes: Range<usize>,
    /// Its entries of `Model::doubles`.
    pub doubles: Range<usize>,
    /// Where its entries begin in `Model::templates`.
    pub template: usize,
    /// The blocks of a channel with the same per-bin factors form a *group*.
    pub group: usize,
}

/// A factor common to all bins of a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Factor {
    pub parameter: usize,
    pub column: usize,
    /// `None`: the parameter itself (normfactor, lumi).
    pub normsys: Option<Multiplicative>,
}

/// An additive variation of a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Histosys {
    pub parameter: usize,
    pub column: usize,
}

impl Model {
    /// Reads a model from its flat form.
    ///
    /// `structure`, front to back: format 1; numbers of parameters, bins, blocks, constraints; normsys code (1, 4);
    /// histosys code (0, 2, 5 for 4p); per block first bin, bins, and numbers of histosys, normsys, scalar and
    /// per-bin factors, then the parameter of each in that order (for per-bin factors that of the first bin); per
    /// constraint its parameter and kind (0 Gaussian, 1 Poisson).
    ///
    /// `numbers`: per block n nominal rates, per histosys hi − nominal and nominal − lo (n each), per normsys lo and
    /// hi; per constraint σ or τ. Blocks stand channel by channel, channels in order of their bins.
    ///
    /// # Errors
    /// [`FlatError`] for arrays that are not of this form; nothing is read out of range later.
    ///
    /// ```
    /// use histfactory_likelihood::{Dataset, Evaluator, Model};
    /// // One bin; signal 5·μ (parameter 0), background 50 with a normsys 0.9/1.1 (parameter 1, Gaussian).
    /// let structure = [1, 2, 1, 2, 1, 4, 5, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0];
    /// let numbers = [5.0, 50.0, 0.9, 1.1, 1.0];
    /// let model = Model::from_flat(&structure, &numbers)?;
    /// let data = Dataset::new(&model, &[52.0, 0.0])?;
    /// let mut evaluator = Evaluator::new(&model);
    /// assert_eq!(evaluator.rates(&model, &[2.0, 0.0]), [60.0]);
    /// assert!(evaluator.twice_nll(&model, &data, &[1.0, 0.0]) > evaluator.twice_nll(&model, &data, &[0.4, 0.0]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_flat(structure: &[u32], numbers: &[f64]) -> Result<Self, FlatError> {
        let mut reader = Reader::new(structure, numbers);
        if reader.integer()? != FORMAT {
            return Err(FlatError::UnknownFormat);
        }
        let parameters = reader.integer()?;
        let bins = reader.integer()?;
        let block_count = reader.count()?;
        let constraint_count = reader.count()?;
        let normsys_code = match reader.integer()? {
            1 => NormsysCode::Code1,
            4 => NormsysCode::Code4,
            _ => return Err(FlatError::UnknownCode),
        };
        let histosys_code = match reader.integer()? {
            0 => HistosysCode::Code0,
            2 => HistosysCode::Code2,
            5 => HistosysCode::Code4p,
            _ => return Err(FlatError::UnknownCode),
        };
        let mut model = Self {
            parameters,
            bins,
            channels: Vec::new(),
            blocks: Vec::with_capacity(block_count),
            factors: Vec::new(),
            histosys: Vec::new(),
            shapes: Vec::new(),
            nominal: Vec::new(),
            templates: Vec::new(),
            constraints: Vec::with_capacity(constraint_count),
            normsys_code,
            histosys_code,
            layout: Layout::default(),
            doubles: Vec::new(),
            kinked: Vec::new(),
        };
        let mut shape_entries = 0;
        for _ in 0..block_count {
            shape_entries += model.read_block(&mut reader)?;
        }
        if model.channels.last().map_or(0, |channel| channel.first_bin + channel.bins) != bins {
            return Err(FlatError::NotTiled);
        }
        for _ in 0..constraint_count {
            let parameter = reader.index(parameters)?;
            let kind = match reader.integer()? {
                0 => ConstraintKind::Gaussian,
                1 => ConstraintKind::Poisson,
                _ => return Err(FlatError::UnknownCode),
            };
            model.constraints.push(Constraint { parameter, kind, scale: reader.positive()? });
        }
        reader.end()?;
        // Each parameter needs an entry somewhere; this also keeps a wrong count from asking for memory.
        let entries = model.factors.len() + model.histosys.len() + shape_entries + constraint_count;
        if parameters > entries {
            return Err(FlatError::OutOfRange);
        }
        model.mark_kinks();
        model.find_doubles();
        model.layout = Layout::of(&mut model);
        Ok(model)
    }

    /// Reads one block and returns its number of per-bin factors; columns and groups are found later.
    fn read_block(&mut self, reader: &mut Reader<'_>) -> Result<usize, FlatError> {
        let (first_bin, bins) = (reader.integer()?, reader.integer()?);
        let channel = self.channel_of(first_bin, bins)?;
        let [histosys, normsys, scalars, shapes] = [reader.count()?, reader.count()?, reader.count()?, reader.count()?];
        let start = (self.factors.len(), self.histosys.len(), self.shapes.len());
        for _ in 0..histosys {
            self.histosys.push(Histosys { parameter: reader.index(self.parameters)?, column: 0 });
        }
        let normsys_parameters: Vec<usize> =
            (0..normsys).map(|_| reader.index(self.parameters)).collect::<Result<_, _>>()?;
        let scalar_parameters: Vec<usize> =
            (0..scalars).map(|_| reader.index(self.parameters)).collect::<Result<_, _>>()?;
        for _ in 0..shapes {
            let first = reader.index(self.parameters)?;
            if bins > self.parameters - first {
                return Err(FlatError::OutOfRange);
            }
            self.shapes.push(first);
        }
        let offset = self.nominal.len();
        self.nominal.extend_from_slice(reader.numbers(bins)?);
        let template = self.templates.len();
        let variations = reader.numbers(bins.saturating_mul(2).saturating_mul(histosys))?;
        for bin in 0..bins {
            let pairs = variations.chunks_exact(2 * bins).map(|pair| [pair[bin], pair[bins + bin]]);
            self.templates.extend(pairs);
        }
        for parameter in normsys_parameters {
            let (lo, hi) = (reader.positive()?, reader.positive()?);
            let normsys = Some(Multiplicative::new(self.normsys_code, lo, hi));
            self.factors.push(Factor { parameter, column: 0, normsys });
        }
        let scalars = scalar_parameters.into_iter();
        self.factors.extend(scalars.map(|parameter| Factor { parameter, column: 0, normsys: None }));
        self.channels[channel].blocks.end += 1;
        self.blocks.push(Block {
            channel,
            offset,
            factors: start.0..self.factors.len(),
            histosys: start.1..self.histosys.len(),
            shapes: start.2..self.shapes.len(),
            doubles: 0..0,
            template,
            group: 0,
        });
        Ok(shapes * bins)
    }

    /// The channel of the next block: the last one, or a new one that begins where the last one ends.
    fn channel_of(&mut self, first_bin: usize, bins: usize) -> Result<usize, FlatError> {
        let end = match self.channels.last() {
            Some(last) if (last.first_bin, last.bins) == (first_bin, bins) => return Ok(self.channels.len() - 1),
            Some(last) => last.first_bin + last.bins,
            None => 0,
        };
        if first_bin != end || bins == 0 || bins > self.bins - end {
            return Err(FlatError::NotTiled);
        }
        let next = self.blocks.len();
        self.channels.push(Channel { first_bin, bins, blocks: next..next });
        Ok(self.channels.len() - 1)
    }

    fn find_doubles(&mut self) {
        // Per parameter, the last histosys that it moves.
        let mut last: Vec<Option<usize>> = vec![None; self.parameters];
        for block in &mut self.blocks {
            let first = self.doubles.len();
            for (entry, histosys) in block.histosys.clone().zip(&self.histosys[block.histosys.clone()]) {
                last[histosys.parameter] = Some(entry);
            }
            for (factor, Factor { parameter, .. }) in block.factors.clone().zip(&self.factors[block.factors.clone()]) {
                let of_this_block = last[*parameter].filter(|entry| block.histosys.contains(entry));
                self.doubles.extend(of_this_block.map(|entry| [factor, entry]));
            }
            block.doubles = first..self.doubles.len();
        }
    }

    fn mark_kinks(&mut self) {
        self.kinked = vec![false; self.parameters];
        for factor in self.factors.iter().filter(|factor| factor.normsys.is_some()) {
            self.kinked[factor.parameter] |= self.normsys_code == NormsysCode::Code1;
        }
        for entry in &self.histosys {
            self.kinked[entry.parameter] |= self.histosys_code == HistosysCode::Code0;
        }
    }

    /// Number of parameters.
    pub fn parameters(&self) -> usize {
        self.parameters
    }

    /// Parameters that move several bins, ascending: the columns of [`crate::Expansion`].
    pub fn columns(&self) -> &[usize] {
        &self.layout.columns
    }

    /// Parameters that are a factor of a single bin, bin by bin: the locals of [`crate::Expansion`].
    pub fn locals(&self) -> &[usize] {
        &self.layout.locals
    }

    /// The positions in [`locals`](Self::locals) of those of main bin `bin`.
    pub fn bin_locals(&self, bin: usize) -> Range<usize> {
        self.layout.local_start[bin]..self.layout.local_start[bin + 1]
    }

    /// How each parameter's derivatives are kept.
    pub fn places(&self) -> &[Place] {
        &self.layout.places
    }

    /// Scalar factors and variations, these once per bin: what one evaluation goes through.
    pub fn entries(&self) -> usize {
        self.factors.len() + self.templates.len()
    }

    /// Pairs of parameters that multiply in one sample, sample by sample: what the exact second derivatives go through.
    pub fn entry_pairs(&self) -> usize {
        self.blocks.iter().map(|block| block.factors.len() * (block.factors.len() / 2 + block.histosys.len())).sum()
    }

    /// Number of main bins.
    pub fn bins(&self) -> usize {
        self.bins
    }

    /// Constraint terms, in the order of the auxiliary data.
    pub fn constraints(&self) -> &[Constraint] {
        &self.constraints
    }

    /// Whether the likelihood has a kink at 0 of each parameter (interpolation codes 0 and 1).
    pub fn kinked(&self) -> &[bool] {
        &self.kinked
    }

    /// Length of a data vector: main bins, then constraints.
    pub fn data_length(&self) -> usize {
        self.bins + self.constraints.len()
    }

    /// Bins and number of samples of every channel, in the order of the samples' rates.
    pub fn channel_samples(&self) -> impl Iterator<Item = (Range<usize>, usize)> + '_ {
        self.channel_bins().zip(self.channels.iter().map(|channel| channel.blocks.len()))
    }

    /// First bin and number of bins of every channel.
    pub fn channel_bins(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.channels.iter().map(|channel| channel.first_bin..channel.first_bin + channel.bins)
    }
}
