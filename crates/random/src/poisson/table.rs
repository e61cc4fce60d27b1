//! Inversion of a Poisson distribution by a table of thresholds.

use crate::philox::Philox;

/// 2⁶⁴.
const TWO_64: f64 = 18_446_744_073_709_551_616.0;
/// Probabilities below 2⁻⁸⁰ of the largest do not move a threshold.
const NEGLIGIBLE: f64 = 1.0 / (65_536.0 * TWO_64);

/// The cells of the guide: the first 8 bits of the random word choose one.
const CELLS: usize = 256;
/// Marks a cell with several thresholds.
const SEVERAL: u32 = 1 << 31;
/// What remains of a cell after adding the next 8 bits when these equal the threshold's.
const UNDECIDED: u32 = 0xFF;

/// Maps a random word to the number of values k whose threshold P(X ≤ k)·2⁶⁴ is at most the word.
///
/// A cell of the guide holds the count at its beginning and the next 8 bits of the one threshold within it, so that one
/// look-up with 16 bits decides the draw unless these bits equal the threshold's or the cell has several thresholds.
#[derive(Clone, Debug)]
pub struct InversionTable {
    /// count·2⁸ + 255 − edge: adding the bits after the first 8 carries into the count where they are beyond the edge,
    /// and leaves 255 where they equal it. Without a threshold the edge is 255, which nothing is beyond.
    cells: Box<[u32; CELLS]>,
    /// The smallest count.
    first: u32,
    /// Ascending: entry i parts the counts first + i and first + i + 1.
    thresholds: Box<[u64]>,
}

impl InversionTable {
    /// For a mean from 0 to some thousands: the thresholds take 146·√mean bytes.
    pub fn new(mean: f64) -> Self {
        let (first, thresholds) = thresholds(mean);
        let mut cells = [0; CELLS];
        let mut rest = thresholds.as_slice();
        for (cell, first_bits) in cells.iter_mut().zip(0_u64..) {
            let before = thresholds.len() - rest.len();
            let inside;
            (inside, rest) = rest.split_at(rest.iter().take_while(|&threshold| threshold >> 56 == first_bits).count());
            let edge = inside.first().map_or(0xFF, |threshold| (threshold >> 48) as u32 & 0xFF);
            let several = if inside.len() > 1 { SEVERAL } else { 0 };
            *cell = several + ((first + before as u32) << 8) + (0xFF - edge);
        }
        Self { cells: Box::new(cells), first, thresholds: thresholds.into_boxed_slice() }
    }

    /// The count of a random word whose first 16 bits are given; the others are drawn where they matter.
    #[inline(always)]
    pub fn draw(&self, bits: u16, stream: &mut Philox) -> f64 {
        match self.look(bits) {
            Some(count) => count,
            None => self.search((u64::from(bits) << 48) + (stream.next_word() >> 16)),
        }
    }

    /// The count of a random word.
    #[inline(always)]
    pub fn count(&self, word: u64) -> f64 {
        self.look((word >> 48) as u16).unwrap_or_else(|| self.search(word))
    }

    /// The count if 16 bits decide it.
    #[inline(always)]
    fn look(&self, bits: u16) -> Option<f64> {
        let [cell, next] = bits.to_be_bytes();
        let sum = self.cells[usize::from(cell)] + u32::from(next);
        if sum & (SEVERAL + UNDECIDED) < UNDECIDED { Some(f64::from(sum >> 8)) } else { None }
    }

    /// The count by a binary search among the thresholds of a cell.
    #[cold]
    #[inline(never)]
    fn search(&self, word: u64) -> f64 {
        let index = (word >> 56) as usize;
        let count = |cell: &u32| ((cell & !SEVERAL) >> 8) - self.first;
        let low = self.cells.get(index).map_or(0, count) as usize;
        let high = self.cells.get(index + 1).map_or(self.thresholds.len(), |cell| count(cell) as usize);
        let inside = self.thresholds.get(low..high).unwrap_or_default();
        let before = low + inside.partition_point(|&threshold| threshold <= word);
        f64::from(self.first + before as u32)
    }
}

/// The smallest count of a random word, and P(X ≤ k)·2⁶⁴ from there on.
///
/// Only ratios of neighbouring probabilities are needed: λ/(k + 1). Below the mode the sums run from the lower tail, from
/// there on from the upper, so that both have their full relative accuracy.
fn thresholds(mean: f64) -> (u32, Vec<u64>) {
    let mode = mean.floor();
    // Relative to the probability of the mode, from there outwards.
    let below = weights(|k| if k < mode { (mode - k) / mean } else { 0.0 });
    let above = weights(|k| mean / (mode + k + 1.0));
    let (lower, upper) = (sums(&below), sums(&above));
    let total = 1.0 + lower.last().unwrap_or(&0.0) + upper.last().unwrap_or(&0.0);
    let scale = TWO_64 / total;
    let scaled = |sum: &f64| (sum * scale + 0.5) as u64;

    let mut thresholds: Vec<u64> = lower.iter().map(scaled).filter(|&threshold| threshold > 0).collect();
    let first = mode as u32 - thresholds.len() as u32;
    thresholds.extend(upper.iter().rev().map(scaled).filter(|&rest| rest > 0).map(u64::wrapping_neg));
    (first, thresholds)
}

/// 1·r₀, 1·r₀·r₁, … while they matter.
fn weights(ratio: impl Fn(f64) -> f64) -> Vec<f64> {
    let (mut weights, mut weight, mut k) = (Vec::new(), 1.0, 0.0);
    loop {
        weight *= ratio(k);
        if weight < NEGLIGIBLE {
            return weights;
        }
        weights.push(weight);
        k += 1.0;
    }
}

/// Sums from the last weight to each, the smallest first.
fn sums(weights: &[f64]) -> Vec<f64> {
    let add = |sum: &mut f64, weight: &f64| {
        *sum += weight;
        Some(*sum)
    };
    weights.iter().rev().scan(0.0, add).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEANS: [f64; 12] = [0.0, 1e-3, 0.02, 0.7, 1.0, 3.7, 12.0, 55.5, 256.0, 600.1, 1023.5, 5000.0];

    /// The number of thresholds that are at most the word.
    fn twin(table: &InversionTable, word: u64) -> f64 {
        f64::from(table.first) + table.thresholds.iter().filter(|&&threshold| threshold <= word).count() as f64
    }

    #[test]
    fn every_word_counts_its_thresholds() {
        let mut stream = Philox::new([1, 0], [0; 4]);
        for mean in MEANS {
            let table = InversionTable::new(mean);
            let beside = |&threshold: &u64| [threshold - 1, threshold, threshold.saturating_add(1)];
            let borders: Vec<u64> = table.thresholds.iter().flat_map(beside).collect();
            let starts = (0..256_u64).flat_map(|cell| [cell << 56, (cell << 56) + 0xFF_FFFF_FFFF_FFFF]);
            let random: Vec<u64> = (0..1000).map(|_| stream.next_word()).collect();
            for word in borders.into_iter().chain(starts).chain(random) {
                assert_eq!(table.count(word), twin(&table, word), "{mean} {word:#x}");
            }
        }
    }

    #[test]
    fn sixteen_bits_decide_or_more_are_drawn() {
        for mean in MEANS {
            let table = InversionTable::new(mean);
            let mut stream = Philox::new([2, 0], [0; 4]);
            let mut decided = 0;
            for bits in 0..=u16::MAX {
                let word = u64::from(bits) << 48;
                let mut after = stream.clone();
                let count = table.draw(bits, &mut after);
                let more = stream.next_word();
                if after.next_word() == more {
                    decided += 1;
                    assert_eq!(count, table.count(word));
                    assert_eq!(count, table.count(word + 0xFFFF_FFFF_FFFF));
                    stream = Philox::new([2, u64::from(bits)], [0; 4]);
                } else {
                    assert_eq!(count, table.count(word + (more >> 16)));
                }
            }
            if mean < 300.0 {
                assert!(decided > 62_000, "{mean}: {decided}");
            }
        }
    }

    #[test]
    fn tails_are_right_to_the_last_bit() {
        // P(X ≤ k)·2⁶⁴ and P(X > k)·2⁶⁴ from mpmath with 60 digits, where the smaller of both is below 2⁴⁴.
        let lower =
            [(100.25, 30, 3081), (100.25, 45, 8_946_421_830), (1000.0, 730, 3), (1000.0, 850, 11_502_766_491_344)];
        let upper = [
            (0.001, 1, 9_217_225_427_392_u64),
            (0.001, 2, 3_072_152_425),
            (0.001, 3, 768_000),
            (3.7, 20, 9_165_363_936),
            (100.25, 190, 9687),
            (1000.0, 1290, 13),
        ];
        let threshold = |mean, count| {
            let (first, thresholds) = thresholds(mean);
            thresholds[(count - first) as usize]
        };
        for (mean, count, expected) in lower {
            assert_eq!(threshold(mean, count), expected, "{mean} {count}");
        }
        for (mean, count, expected) in upper {
            assert_eq!(threshold(mean, count).wrapping_neg(), expected, "{mean} {count}");
        }
    }

    #[test]
    fn the_middle_is_right_to_a_double_s_precision() {
        // P(X ≤ k)·2⁶⁴ from mpmath.
        let expected = [
            (0.001, 0, 18_428_306_549_934_190_034_u64),
            (3.7, 0, 456_068_565_397_934_312),
            (3.7, 3, 9_115_518_428_036_080_354),
            (3.7, 4, 12_676_959_755_514_239_239),
            (100.25, 70, 16_540_258_577_918_356),
            (100.25, 100, 9_529_550_836_400_948_707),
            (1000.0, 1000, 9_378_497_480_834_061_374),
        ];
        for (mean, count, expected) in expected {
            let (first, thresholds) = thresholds(mean);
            let difference = thresholds[(count - first) as usize].abs_diff(expected) as f64;
            assert!(difference <= 4e-15 * expected as f64, "{mean} {count}: {difference}");
        }
    }

    #[test]
    fn thresholds_ascend() {
        for mean in MEANS {
            assert!(thresholds(mean).1.is_sorted());
        }
    }
}
