//! Arguments that reach every branch, made by the same few exact operations on every target.

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform in [low, high).
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * ((self.bits() >> 11) as f64 / (1u64 << 53) as f64)
    }

    /// Between 2⁻⁶⁰ and 1, as often in every binade, with either sign.
    fn small(&mut self) -> f64 {
        let bits = self.bits();
        let exponent = 1022 - bits % 60;
        f64::from_bits((bits & (1 << 63)) | (exponent << 52) | (self.bits() >> 12))
    }
}

/// Positive finite numbers: any, subnormal ones, next to 1, of order 1, and where the reduction to √½…√2 jumps.
pub fn positive(random: &mut Random, index: usize) -> f64 {
    let root_half = std::f64::consts::FRAC_1_SQRT_2;
    match index % 8 {
        0 | 1 => f64::from_bits((random.bits() >> 1).min(f64::MAX.to_bits())),
        2 => f64::from_bits(random.bits() >> 12),
        3 => 1.0 + 0.5 * random.small(),
        4 => random.uniform(0.25, 3.0),
        5 => root_half * random.uniform(0.98, 1.02),
        6 => 2.0 * root_half * random.uniform(0.98, 1.02),
        _ => {
            let bits = random.bits();
            f64::from_bits(root_half.to_bits() - 4 + bits % 8 - (4 << 52) + ((bits >> 60) << 52))
        }
    }
}

/// Where eˣ is a normal number: all, small ones, of order 1, and where the reduction to ±½ ln 2 jumps.
pub fn exponent(random: &mut Random, index: usize) -> f64 {
    match index % 8 {
        0..=2 => random.uniform(-708.39, 709.78),
        3 | 4 => random.small(),
        5 | 6 => random.uniform(-2.0, 2.0),
        _ => {
            let k = (random.bits() % 8) as f64 - 4.0;
            (k + 0.5) * std::f64::consts::LN_2 * (1.0 + 1e-15 * random.uniform(-1.0, 1.0))
        }
    }
}

/// Where eˣ is subnormal.
pub fn exponent_of_subnormal(random: &mut Random, _index: usize) -> f64 {
    random.uniform(-745.13, -708.4)
}

/// Count and rate of a bin: few events, many, and any quotient, with a rate of the same order or not.
pub fn bin(random: &mut Random) -> (f64, f64) {
    match random.bits() % 4 {
        0 => ((random.bits() % 8) as f64, random.uniform(0.0, 10.0)),
        1 => {
            let n = (random.bits() % 1_000_000) as f64 + 1.0;
            (n, n * random.uniform(0.6, 1.7))
        }
        2 => {
            let n = random.uniform(0.0, 1e12);
            (n, n * (1.0 + 0.4 * random.small()))
        }
        _ => (random.uniform(0.0, 100.0), 1e3 * random.small().abs()),
    }
}
