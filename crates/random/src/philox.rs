//! The counter-based generator Philox 4×64-10.

/// A stream of 64-bit words: Philox 4×64-10 (Salmon, Moraes, Dror, Shaw, *Parallel random numbers: as easy as 1, 2, 3*,
/// SC11, 2011).
///
/// Word 4i + j of the stream is word j of the block that the cipher makes of the key and of the counter with i added to
/// its first word. Streams with different keys, or with counters that differ in another word than the first, are
/// independent. For toys key = \[seed, hypothesis\] and counter = \[block, toy, purpose, 0\]; see [`Philox::start_toy`].
///
/// ```
/// use histfactory_random::Philox;
/// let mut stream = Philox::new([0, 0], [0, 0, 0, 0]);
/// assert_eq!(stream.next_word(), 0x1655_4d9e_ca36_314c);
/// ```
#[derive(Clone, Debug)]
pub struct Philox {
    key: [u64; 2],
    /// Of the next block.
    counter: [u64; 4],
    /// Of two blocks.
    words: [u64; WORDS],
    /// How many of them were given out.
    used: usize,
}

const WORDS: usize = 8;

impl Philox {
    /// The stream of this key whose first block has this counter.
    pub fn new(key: [u64; 2], counter: [u64; 4]) -> Self {
        Self { key, counter, words: [0; WORDS], used: WORDS }
    }

    /// Goes to the beginning of the stream of one toy, keeping the key; costs nothing until the next word is asked for.
    ///
    /// Purposes keep apart what is drawn for the same toy for different ends.
    ///
    /// ```
    /// use histfactory_random::Philox;
    /// let mut stream = Philox::new([42, 0], [0; 4]);
    /// stream.start_toy(7, 1);
    /// assert_eq!(stream.next_word(), Philox::new([42, 0], [0, 7, 1, 0]).next_word());
    /// ```
    #[inline]
    pub fn start_toy(&mut self, toy: u64, purpose: u64) {
        self.counter = [0, toy, purpose, 0];
        self.used = WORDS;
    }

    /// The next word: 64 independent bits.
    #[inline]
    pub fn next_word(&mut self) -> u64 {
        if let Some(&word) = self.words.get(self.used) {
            self.used += 1;
            return word;
        }
        self.words = two_blocks(self.counter, self.key);
        self.counter[0] = self.counter[0].wrapping_add(2);
        self.used = 1;
        self.words[0]
    }
}

const MULTIPLIERS: [u64; 2] = [0xD2E7_470E_E14C_6C93, 0xCA5A_8263_9512_1157];
/// The golden ratio and √3 − 1, which the key grows by each round.
const WEYL: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xBB67_AE85_84CA_A73B];
const ROUNDS: usize = 10;

/// The blocks of a counter and of the next one, together since their multiplications overlap.
#[inline(never)]
fn two_blocks(counter: [u64; 4], mut key: [u64; 2]) -> [u64; WORDS] {
    let [first, others @ ..] = counter;
    let mut blocks = [first, first.wrapping_add(1)].map(|first| [first, others[0], others[1], others[2]]);
    for _ in 0..ROUNDS {
        for [c0, c1, c2, c3] in &mut blocks {
            let [high0, low0] = multiply(MULTIPLIERS[0], *c0);
            let [high1, low1] = multiply(MULTIPLIERS[1], *c2);
            (*c0, *c1, *c2, *c3) = (high1 ^ *c1 ^ key[0], low1, high0 ^ *c3 ^ key[1], low0);
        }
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    let [[w0, w1, w2, w3], [w4, w5, w6, w7]] = blocks;
    [w0, w1, w2, w3, w4, w5, w6, w7]
}

/// The high and the low word of a product.
///
/// WebAssembly has no such product, and the compiler's substitute takes five times as long as this crate's.
#[inline(always)]
fn multiply(left: u64, right: u64) -> [u64; 2] {
    if cfg!(target_arch = "wasm32") {
        return [high_of_halves(left, right), left.wrapping_mul(right)];
    }
    let product = u128::from(left) * u128::from(right);
    [(product >> 64) as u64, product as u64]
}

/// The high word of a product, from the products of halves.
#[inline(always)]
fn high_of_halves(left: u64, right: u64) -> u64 {
    const LOW: u64 = 0xFFFF_FFFF;
    let (left_high, left_low) = (left >> 32, left & LOW);
    let (right_high, right_low) = (right >> 32, right & LOW);
    // No sum exceeds 64 bits: (2³² − 1)² + 2·(2³² − 1) = 2⁶⁴ − 1.
    let middle = left_high * right_low + ((left_low * right_low) >> 32);
    let other = left_low * right_high + (middle & LOW);
    left_high * right_high + (middle >> 32) + (other >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Random123's `kat_vectors`: counter, key, block.
    const KNOWN_ANSWERS: [([u64; 4], [u64; 2], [u64; 4]); 3] = [
        ([0; 4], [0; 2], [0x1655_4d9e_ca36_314c, 0xdb20_fe9d_672d_0fdc, 0xd7e7_72ce_e186_176b, 0x7e68_b68a_ec7b_a23b]),
        (
            [u64::MAX; 4],
            [u64::MAX; 2],
            [0x87b0_92c3_013f_e90b, 0x438c_3c67_be8d_0224, 0x9cc7_d7c6_9cd7_77b6, 0xa09c_aebf_594f_0ba0],
        ),
        (
            [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344, 0xa409_3822_299f_31d0, 0x082e_fa98_ec4e_6c89],
            [0x4528_21e6_38d0_1377, 0xbe54_66cf_34e9_0c6c],
            [0xa528_f454_03e6_1d95, 0x38c7_2dbd_566e_9788, 0xa5a1_610e_72fd_18b5, 0x57bd_43b5_e52b_7fe6],
        ),
    ];

    #[test]
    fn published_known_answers() {
        for (counter, key, block) in KNOWN_ANSWERS {
            assert_eq!(words(&mut Philox::new(key, counter)), block);
        }
    }

    fn words<const N: usize>(stream: &mut Philox) -> [u64; N] {
        [(); N].map(|()| stream.next_word())
    }

    #[test]
    fn the_first_word_of_the_counter_counts_blocks() {
        let key = [3, 5];
        let stream: [u64; 20] = words(&mut Philox::new(key, [u64::MAX - 1, 9, 2, 0]));
        for (block, first) in stream.chunks(4).zip([u64::MAX - 1, u64::MAX, 0, 1, 2]) {
            assert_eq!(block, words::<4>(&mut Philox::new(key, [first, 9, 2, 0])));
        }
    }

    #[test]
    fn a_toy_begins_at_its_first_block() {
        let mut stream = Philox::new([3, 5], [0; 4]);
        for used in 0..17 {
            (0..used).for_each(|_| _ = stream.next_word());
            stream.start_toy(6, 1);
            assert_eq!(words::<9>(&mut stream), words::<9>(&mut Philox::new([3, 5], [0, 6, 1, 0])));
        }
    }

    #[test]
    fn products_agree_with_their_definition() {
        let words = [0, 1, 0xFFFF_FFFF, 0x1_0000_0000, u64::MAX, MULTIPLIERS[0], MULTIPLIERS[1], WEYL[0]];
        for left in words {
            for right in words {
                let product = u128::from(left) * u128::from(right);
                assert_eq!(multiply(left, right), [(product >> 64) as u64, product as u64]);
                assert_eq!(high_of_halves(left, right), (product >> 64) as u64);
            }
        }
    }
}
