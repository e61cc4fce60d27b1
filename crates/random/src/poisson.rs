//! Poisson counts of fixed means.

mod rejection;
mod table;

use core::fmt;

use crate::philox::Philox;
use rejection::TransformedRejection;
use table::InversionTable;

/// From this mean on a table would take more than 8 kB, and soon more time than rejection.
const LARGE: f64 = 2048.0;

/// Draws Poisson counts of one mean.
///
/// Below a mean of 2048 by inversion: the number of thresholds P(X ≤ k)·2⁶⁴ that are at most a random word, with both
/// tails right to the last bit. From there on by Hörmann's transformed rejection, exact up to the 53 bits of its uniform
/// number. Counts above 2⁵³ are the nearest numbers that an `f64` can hold. A sampler takes 1 kB, and by inversion
/// 146·√mean bytes beyond that.
///
/// ```
/// use histfactory_random::{Philox, PoissonSampler};
/// let sampler = PoissonSampler::new(9.5)?;
/// let mut stream = Philox::new([42, 0], [0; 4]);
/// let mean = (0..10_000).map(|_| sampler.draw(&mut stream)).sum::<f64>() / 10_000.0;
/// assert!((mean - 9.5).abs() < 0.1);
/// # Ok::<(), histfactory_random::MeanError>(())
/// ```
#[derive(Clone, Debug)]
pub struct PoissonSampler(Method);

#[derive(Clone, Debug)]
enum Method {
    Inversion(InversionTable),
    Rejection(TransformedRejection),
}

/// The mean at this index is negative or not finite; no Poisson distribution has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeanError(pub usize);

impl fmt::Display for MeanError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "mean {} is negative or not finite", self.0)
    }
}

impl core::error::Error for MeanError {}

impl PoissonSampler {
    /// Prepares for one mean ≥ 0; mean 0 draws 0.
    ///
    /// # Errors
    /// [`MeanError`] with index 0 for a mean that is negative or not finite.
    pub fn new(mean: f64) -> Result<Self, MeanError> {
        if !(0.0..=f64::MAX).contains(&mean) {
            return Err(MeanError(0));
        }
        Ok(Self(if mean < LARGE {
            Method::Inversion(InversionTable::new(mean))
        } else {
            Method::Rejection(TransformedRejection::new(mean))
        }))
    }

    /// One count, a whole number, from one word of the stream (inversion) or a few.
    #[inline]
    pub fn draw(&self, stream: &mut Philox) -> f64 {
        match &self.0 {
            Method::Inversion(table) => table.count(stream.next_word()),
            Method::Rejection(rejection) => rejection.draw(stream),
        }
    }

    /// One count from 16 bits, and from more of the stream where they do not decide.
    #[inline(always)]
    fn draw_beginning_with(&self, bits: u16, stream: &mut Philox) -> f64 {
        match &self.0 {
            Method::Inversion(table) => table.draw(bits, stream),
            Method::Rejection(rejection) => rejection.draw(stream),
        }
    }
}

/// Draws one Poisson count for each of many means.
///
/// Four means in a row share a word, 16 bits for each, which decide almost every draw; where they do not, the next word
/// of the stream gives 48 bits more. The distribution is that of [`PoissonSampler`], with a fourth of the words.
///
/// ```
/// use histfactory_random::{Philox, PoissonSamplers};
/// let samplers = PoissonSamplers::new(&[0.0, 4.0, 1e6])?;
/// let mut counts = [0.0; 3];
/// samplers.draw(&mut Philox::new([42, 0], [0; 4]), &mut counts);
/// assert!(counts[0] == 0.0 && counts[1] < 30.0 && (counts[2] - 1e6).abs() < 1e4);
/// # Ok::<(), histfactory_random::MeanError>(())
/// ```
#[derive(Clone, Debug)]
pub struct PoissonSamplers(Box<[PoissonSampler]>);

impl PoissonSamplers {
    /// Prepares for means ≥ 0.
    ///
    /// # Errors
    /// [`MeanError`] with the index of the first mean that is negative or not finite.
    pub fn new(means: &[f64]) -> Result<Self, MeanError> {
        let sampler = |(index, &mean)| PoissonSampler::new(mean).map_err(|_| MeanError(index));
        means.iter().enumerate().map(sampler).collect::<Result<_, _>>().map(Self)
    }

    /// One count per mean, in their order, as far as there are both means and counts.
    #[inline]
    pub fn draw(&self, stream: &mut Philox, counts: &mut [f64]) {
        let length = self.0.len().min(counts.len());
        let (samplers, last_samplers) = self.0[..length].as_chunks::<SHARING>();
        let (counts, last_counts) = counts[..length].as_chunks_mut::<SHARING>();
        for (samplers, counts) in samplers.iter().zip(counts) {
            // Written out: an eighth faster than the loop below.
            let word = stream.next_word();
            counts[0] = samplers[0].draw_beginning_with(word as u16, stream);
            counts[1] = samplers[1].draw_beginning_with((word >> 16) as u16, stream);
            counts[2] = samplers[2].draw_beginning_with((word >> 32) as u16, stream);
            counts[3] = samplers[3].draw_beginning_with((word >> 48) as u16, stream);
        }
        if !last_samplers.is_empty() {
            let mut word = stream.next_word();
            for (sampler, count) in last_samplers.iter().zip(last_counts) {
                *count = sampler.draw_beginning_with(word as u16, stream);
                word >>= 16;
            }
        }
    }
}

/// How many means share a word.
const SHARING: usize = 4;
