//! Random numbers for toy experiments.
#![allow(missing_docs)]
use histfactory_likelihood::elementary::{exp, ln};
#[derive(Clone, Debug)]
pub struct Philox {
    key: [u64; 2],
    counter: [u64; 4],
    block: [u64; 4],
    next: usize,
}
impl Philox {
    pub fn new(key: [u64; 2], counter: [u64; 4]) -> Self {
        Self { key, counter, block: [0; 4], next: 4 }
    }
    pub fn next(&mut self) -> u64 {
        if self.next == 4 {
            self.block = block(self.counter, self.key);
            self.counter[0] = self.counter[0].wrapping_add(1);
            self.next = 0;
        }
        let value = self.block[self.next & 3];
        self.next += 1;
        value
    }
    pub fn uniform(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / 9007199254740992.0
    }
}
fn block(mut c: [u64; 4], mut k: [u64; 2]) -> [u64; 4] {
    for _ in 0..10 {
        let p = u128::from(c[0]) * 0xD2E7470EE14C6C93;
        let q = u128::from(c[2]) * 0xCA5A826395121157;
        c = [(q >> 64) as u64 ^ c[1] ^ k[0], q as u64, (p >> 64) as u64 ^ c[3] ^ k[1], p as u64];
        k = [k[0].wrapping_add(0x9E3779B97F4A7C15), k[1].wrapping_add(0xBB67AE8584CAA73B)];
    }
    c
}
#[derive(Clone, Debug)]
pub struct PoissonSampler {
    mean: f64,
}
impl PoissonSampler {
    pub fn new(mean: f64) -> Self {
        Self { mean }
    }
    pub fn draw(&self, r: &mut Philox) -> f64 {
        let (mut count, mut left) = (0.0, self.mean);
        while left > 500.0 {
            left -= 500.0;
            count += small(500.0, r);
            if count > 1e6 {
                return self.mean;
            }
        }
        count + small(left, r)
    }
}
fn small(m: f64, r: &mut Philox) -> f64 {
    let (mut k, mut s, u) = (0.0, exp(-m), r.uniform());
    let mut t = s;
    while u > s && k < 5000.0 {
        k += 1.0;
        t *= m / k;
        s += t;
    }
    k
}
#[derive(Clone, Debug, Default)]
pub struct NormalSampler;
impl NormalSampler {
    pub fn new() -> Self {
        Self
    }
    pub fn draw(&self, r: &mut Philox) -> f64 {
        loop {
            let (a, b) = (2.0 * r.uniform() - 1.0, 2.0 * r.uniform() - 1.0);
            let s = a * a + b * b;
            if s < 1.0 && s > 0.0 {
                return a * (-2.0 * ln(s) / s).sqrt();
            }
        }
    }
}
