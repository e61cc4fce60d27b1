//! Streams are uniform, independent of each other, and the same everywhere and for ever.
#![allow(clippy::unwrap_used)]

mod statistics;

use histfactory_random::{NormalSampler, Philox, PoissonSamplers};
use statistics::{REMARKABLE, chi_square_survival, correlation, draws, two_sided};

#[test]
fn all_parts_of_a_word_are_uniform() {
    let mut stream = Philox::new([1, 0], [0; 4]);
    let mut observed = [[0.0; 256]; 8];
    for _ in 0..draws() {
        for (part, byte) in observed.iter_mut().zip(stream.next_word().to_le_bytes()) {
            part[usize::from(byte)] += 1.0;
        }
    }
    let expected = f64::from(draws()) / 256.0;
    for part in observed {
        let chi_square = part.iter().map(|count| (count - expected) * (count - expected) / expected).sum();
        let p = chi_square_survival(chi_square, 255.0);
        assert!(p > REMARKABLE, "{p}");
    }
}

/// Counts of mean 10 and a normal number of one toy, key and purpose.
fn toy(samplers: &PoissonSamplers, normal: &NormalSampler, key: [u64; 2], toy: u64, purpose: u64) -> [f64; 5] {
    let mut stream = Philox::new(key, [0; 4]);
    stream.start_toy(toy, purpose);
    let mut drawn = [0.0; 5];
    samplers.draw(&mut stream, &mut drawn[..4]);
    drawn[4] = normal.draw(&mut stream);
    drawn
}

#[test]
fn neighbouring_streams_are_independent() {
    let samplers = PoissonSamplers::new(&[10.0; 4]).unwrap();
    let normal = NormalSampler::new();
    let draw = |seed: u64, hypothesis: u64, index: u64, purpose: u64| {
        toy(&samplers, &normal, [seed, hypothesis], index, purpose)
    };
    let here: Vec<[f64; 5]> = (0..u64::from(draws()) / 4).map(|index| draw(7, 0, index, 0)).collect();
    let neighbours = [
        ("toy", (0..here.len() as u64).map(|index| draw(7, 0, index + 1, 0)).collect::<Vec<_>>()),
        ("seed", (0..here.len() as u64).map(|index| draw(8, 0, index, 0)).collect()),
        ("hypothesis", (0..here.len() as u64).map(|index| draw(7, 1, index, 0)).collect()),
        ("purpose", (0..here.len() as u64).map(|index| draw(7, 0, index, 1)).collect()),
    ];
    let column = |rows: &[[f64; 5]], index: usize| rows.iter().map(|row| row[index]).collect::<Vec<_>>();
    for (what, there) in neighbours {
        for left in 0..5 {
            for right in 0..5 {
                let p = two_sided(correlation(&column(&here, left), &column(&there, right)));
                assert!(p > REMARKABLE, "{what}, {left} and {right}: {p}");
            }
        }
    }
    for left in 0..5 {
        for right in 0..left {
            let p = two_sided(correlation(&column(&here, left), &column(&here, right)));
            assert!(p > REMARKABLE, "within a toy, {left} and {right}: {p}");
        }
    }
}

#[test]
fn one_bit_of_key_or_counter_changes_half_of_the_block() {
    let block = |bits: [u64; 6]| {
        let [k0, k1, c0, c1, c2, c3] = bits;
        let mut stream = Philox::new([k0, k1], [c0, c1, c2, c3]);
        [(); 4].map(|()| stream.next_word())
    };
    for changed in 0..6 * 64 {
        let mut different = 0;
        for start in 0..16 {
            let mut bits = [start, 1, 0, start, 0, 0];
            let before = block(bits);
            bits[changed / 64] ^= 1 << (changed % 64);
            let after = block(bits);
            different += before.iter().zip(after).map(|(left, right)| (left ^ right).count_ones()).sum::<u32>();
        }
        // 16·256 bits, each different with probability ½: a standard deviation is 32.
        let p = two_sided((f64::from(different) - 2048.0) / 32.0);
        assert!(p > REMARKABLE, "bit {changed}: {different} of 4096");
    }
}

/// A change of this number is a change of every published toy.
#[test]
fn the_bits_of_toys_are_pinned() {
    let means = [0.0, 1e-3, 0.3, 1.0, 4.5, 17.0, 90.0, 333.3, 2047.0, 2048.0, 5e4, 1e7, 1e10, 1e14, 1e18];
    let samplers = PoissonSamplers::new(&means).unwrap();
    let normal = NormalSampler::new();
    let mut stream = Philox::new([20_260, 1], [0; 4]);
    let mut digest = 0_u64;
    let mut take =
        |number: f64| digest = (digest.rotate_left(5) ^ number.to_bits()).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut counts = [0.0; 15];
    for toy in 0..20_000 {
        stream.start_toy(toy, 0);
        samplers.draw(&mut stream, &mut counts);
        counts.into_iter().for_each(&mut take);
        (0..5).for_each(|_| take(normal.draw(&mut stream)));
    }
    assert_eq!(digest, 0xb0d3_8e49_3f6c_8065, "{digest:#x}");
}
