//! Random models for property tests, and the slow, obvious twin of the likelihood.
#![allow(dead_code, clippy::unwrap_used)]

use histfactory_likelihood::Model;

/// SplitMix64: enough randomness for choosing test cases.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform in [low, high).
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Uniform among 0…limit−1.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    pub fn chance(&mut self, probability: f64) -> bool {
        self.uniform(0.0, 1.0) < probability
    }

    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

/// A sample in a channel, as a physicist would write it down.
pub struct Sample {
    pub nominal: Vec<f64>,
    pub histosys: Vec<(usize, Vec<f64>, Vec<f64>)>,
    pub normsys: Vec<(usize, f64, f64)>,
    pub scalars: Vec<usize>,
    pub shapes: Vec<usize>,
}

/// A model in plain nested form.
pub struct Description {
    pub parameters: usize,
    pub channels: Vec<Vec<Sample>>,
    /// Parameter, whether Poisson, scale.
    pub constraints: Vec<(usize, bool, f64)>,
    pub normsys_code: u32,
    pub histosys_code: u32,
    /// Parameters by kind, for choosing points: alphas, norms, gammas.
    pub alphas: Vec<usize>,
    pub norms: Vec<usize>,
    pub gammas: Vec<usize>,
}

impl Description {
    /// All modifiers and codes, shared names, zero bins, several channels.
    pub fn random(random: &mut Random) -> Self {
        let (alpha_count, norm_count) = (1 + random.below(5), 1 + random.below(3));
        let alphas: Vec<usize> = (0..alpha_count).collect();
        let norms: Vec<usize> = (alpha_count..alpha_count + norm_count).collect();
        let mut parameters = alpha_count + norm_count;
        let mut constraints: Vec<(usize, bool, f64)> = alphas.iter().map(|&alpha| (alpha, false, 1.0)).collect();
        if random.chance(0.5) {
            constraints.push((norms[norm_count - 1], false, 0.1));
        }
        let mut gammas = Vec::new();
        let mut channels = Vec::new();
        for _ in 0..1 + random.below(3) {
            let bins = 1 + random.below(4);
            let mut sets = Vec::new();
            for _ in 0..random.below(4) {
                sets.push(parameters);
                let poisson = random.chance(0.5);
                let free = random.chance(0.2);
                for bin in 0..bins {
                    gammas.push(parameters + bin);
                    if !free {
                        let scale = if poisson { random.uniform(2.0, 400.0) } else { random.uniform(0.02, 0.3) };
                        constraints.push((parameters + bin, poisson, scale));
                    }
                }
                parameters += bins;
            }
            let mut samples = Vec::new();
            for _ in 0..1 + random.below(3) {
                let nominal: Vec<f64> =
                    (0..bins).map(|_| if random.chance(0.1) { 0.0 } else { random.uniform(0.5, 80.0) }).collect();
                let vary =
                    |random: &mut Random| nominal.iter().map(|v| v * random.uniform(0.85, 1.2)).collect::<Vec<f64>>();
                let mut histosys = Vec::new();
                let mut normsys = Vec::new();
                for &alpha in &alphas {
                    if random.chance(0.5) {
                        histosys.push((alpha, vary(random), vary(random)));
                    }
                    if random.chance(0.5) {
                        normsys.push((alpha, random.uniform(0.7, 1.3), random.uniform(0.7, 1.4)));
                    }
                }
                let scalars = norms.iter().copied().filter(|_| random.chance(0.6)).collect();
                let shapes = sets.iter().copied().filter(|_| random.chance(0.7)).collect();
                samples.push(Sample { nominal, histosys, normsys, scalars, shapes });
            }
            // A bin in which nothing is expected would make the likelihood infinite wherever there are counts.
            samples[0].nominal.iter_mut().for_each(|value| *value += 5.0);
            // The core takes no parameter that moves nothing.
            for set in sets {
                if !samples.iter().any(|sample| sample.shapes.contains(&set)) {
                    samples[0].shapes.push(set);
                }
            }
            channels.push(samples);
        }
        for norm in norms.iter().copied() {
            if !channels.iter().flatten().any(|sample: &Sample| sample.scalars.contains(&norm)) {
                channels[0][0].scalars.push(norm);
            }
        }
        Self {
            parameters,
            channels,
            constraints,
            normsys_code: random.pick(&[1, 4]),
            histosys_code: random.pick(&[0, 2, 5]),
            alphas,
            norms,
            gammas,
        }
    }

    /// The same with everything that published files, and worse ones, have been seen to hold: rates from 10⁻⁹ to 10⁹,
    /// auxiliary counts to 10¹², signals without events, templates that are negative, proportional to each other or not
    /// monotonic, factors far from 1, and parameters without a constraint that move the same bins.
    pub fn wild(random: &mut Random) -> Self {
        let mut description = Self::random(random);
        let magnitude =
            10.0_f64.powf(if random.chance(0.5) { random.uniform(-9.0, 7.0) } else { random.uniform(-1.0, 3.0) });
        let (alphas, norms) = (description.alphas.clone(), description.norms.clone());
        for samples in &mut description.channels {
            let size = magnitude * if random.chance(0.3) { 10.0_f64.powf(random.uniform(-3.0, 2.0)) } else { 1.0 };
            let bins = samples[0].nominal.len();
            for (index, sample) in samples.iter_mut().enumerate() {
                let mut scale = size;
                if index > 0 && random.chance(0.15) {
                    scale = if random.chance(0.5) { 0.0 } else { -0.05 * size };
                }
                sample.nominal.iter_mut().for_each(|value| *value *= scale);
                for (_, lo, hi) in &mut sample.histosys {
                    for value in lo.iter_mut().chain(hi) {
                        *value *= scale;
                    }
                }
                for position in 0..sample.histosys.len() {
                    let kind = random.below(8);
                    let first = sample.histosys[0].clone();
                    let (_, lo, hi) = &mut sample.histosys[position];
                    match kind {
                        // Both sides on the same side of nominal.
                        0 => lo.clone_from(hi),
                        // Far from nominal, one side negative.
                        1 => hi.iter_mut().zip(&sample.nominal).for_each(|(hi, nominal)| *hi = 3.0 * nominal),
                        2 => lo.iter_mut().for_each(|lo| *lo *= -0.2),
                        // Proportional to another one.
                        3 => (*lo, *hi) = (first.1, first.2),
                        _ => {}
                    }
                }
                for (_, lo, hi) in &mut sample.normsys {
                    match random.below(10) {
                        0 => (*lo, *hi) = (0.01, 100.0 * random.uniform(0.5, 2.0)),
                        1 => (*lo, *hi) = (random.uniform(50.0, 300.0), 0.998),
                        2 => *lo = *hi,
                        3 => (*lo, *hi) = (1.0 - 1e-6, 1.0 + 1e-6),
                        _ => {}
                    }
                }
                if random.chance(0.1) {
                    let both = norms.iter().filter(|norm| !sample.scalars.contains(norm)).copied().collect::<Vec<_>>();
                    sample.scalars.extend(both);
                }
            }
            if random.chance(0.1) {
                // An α of many small effects, all in the same direction.
                let alpha = alphas[0];
                for sample in samples.iter_mut().filter(|sample| sample.histosys.iter().all(|entry| entry.0 != alpha)) {
                    let shifted = |by: f64| sample.nominal.iter().map(|value| value * by).collect::<Vec<f64>>();
                    sample.histosys.push((alpha, shifted(0.999), shifted(1.001)));
                }
            }
            debug_assert!(samples.iter().all(|sample| sample.nominal.len() == bins));
        }
        for (parameter, poisson, scale) in &mut description.constraints {
            if random.chance(0.2) && !alphas.contains(parameter) {
                *scale = if *poisson {
                    10.0_f64.powf(random.uniform(0.0, 12.0))
                } else {
                    10.0_f64.powf(random.uniform(-6.0, 0.0))
                };
            }
        }
        description
    }

    /// The flat form that the core reads.
    pub fn flat(&self) -> (Vec<u32>, Vec<f64>) {
        let bins: usize = self.channels.iter().map(|samples| samples[0].nominal.len()).sum();
        let blocks: usize = self.channels.iter().map(Vec::len).sum();
        let mut structure = vec![
            1,
            self.parameters as u32,
            bins as u32,
            blocks as u32,
            self.constraints.len() as u32,
            self.normsys_code,
            self.histosys_code,
        ];
        let mut numbers = Vec::new();
        let mut first = 0;
        for samples in &self.channels {
            let bins = samples[0].nominal.len();
            for sample in samples {
                structure.extend(
                    [first, bins, sample.histosys.len(), sample.normsys.len(), sample.scalars.len()]
                        .map(|count| count as u32),
                );
                structure.push(sample.shapes.len() as u32);
                structure.extend(sample.histosys.iter().map(|entry| entry.0 as u32));
                structure.extend(sample.normsys.iter().map(|entry| entry.0 as u32));
                structure.extend(sample.scalars.iter().map(|&parameter| parameter as u32));
                structure.extend(sample.shapes.iter().map(|&parameter| parameter as u32));
                numbers.extend(&sample.nominal);
                for (_, lo, hi) in &sample.histosys {
                    numbers.extend(hi.iter().zip(&sample.nominal).map(|(hi, nominal)| hi - nominal));
                    numbers.extend(lo.iter().zip(&sample.nominal).map(|(lo, nominal)| nominal - lo));
                }
                for (_, lo, hi) in &sample.normsys {
                    numbers.extend([lo, hi]);
                }
            }
            first += bins;
        }
        for &(parameter, poisson, scale) in &self.constraints {
            structure.extend([parameter as u32, u32::from(poisson)]);
            numbers.push(scale);
        }
        (structure, numbers)
    }

    pub fn model(&self) -> Model {
        let (structure, numbers) = self.flat();
        Model::from_flat(&structure, &numbers).unwrap()
    }

    /// A point: alphas between −2.5 and 2.5 (some exactly at −1, 0, 1), norms and gammas above zero (some norms 0).
    pub fn point(&self, random: &mut Random) -> Vec<f64> {
        let mut point = vec![0.0; self.parameters];
        for &alpha in &self.alphas {
            point[alpha] = random.uniform(-2.5, 2.5);
        }
        for &norm in &self.norms {
            point[norm] = random.uniform(0.1, 2.0);
        }
        for &gamma in &self.gammas {
            point[gamma] = random.uniform(0.6, 1.5);
        }
        point
    }

    /// Data near the rates at `point`, constraints' measurements near its parameters.
    pub fn data(&self, point: &[f64], random: &mut Random) -> Vec<f64> {
        let mut data: Vec<f64> = self
            .rates(point)
            .iter()
            .map(|rate| {
                let empty = random.chance(0.3) && *rate < 3.0;
                if empty { 0.0 } else { (rate * random.uniform(0.7, 1.3)).round().max(0.0) }
            })
            .collect();
        for &(parameter, poisson, scale) in &self.constraints {
            let measured = if poisson { point[parameter] * scale } else { point[parameter] };
            data.push(measured * random.uniform(0.9, 1.1));
        }
        data
    }

    /// Expected rates from the formulas, one at a time.
    pub fn rates(&self, point: &[f64]) -> Vec<f64> {
        let mut rates = Vec::new();
        for samples in &self.channels {
            for bin in 0..samples[0].nominal.len() {
                rates.push(samples.iter().map(|sample| self.rate(sample, bin, point)).sum());
            }
        }
        rates
    }

    fn rate(&self, sample: &Sample, bin: usize, point: &[f64]) -> f64 {
        let nominal = sample.nominal[bin];
        let mut rate = nominal;
        for (alpha, lo, hi) in &sample.histosys {
            rate += self.variation(point[*alpha], lo[bin], nominal, hi[bin]);
        }
        for &(alpha, lo, hi) in &sample.normsys {
            rate *= self.normsys(point[alpha], lo, hi);
        }
        for &parameter in &sample.scalars {
            rate *= point[parameter];
        }
        for &first in &sample.shapes {
            rate *= point[first + bin];
        }
        rate
    }

    fn variation(&self, alpha: f64, lo: f64, nominal: f64, hi: f64) -> f64 {
        let (up, down) = (hi - nominal, nominal - lo);
        let piecewise = if alpha > 0.0 { alpha * up } else { alpha * down };
        match self.histosys_code {
            0 => piecewise,
            2 => {
                let (a, b) = (0.5 * (hi + lo) - nominal, 0.5 * (hi - lo));
                if alpha > 1.0 {
                    (b + 2.0 * a) * (alpha - 1.0) + up
                } else if alpha < -1.0 {
                    (b - 2.0 * a) * (alpha + 1.0) - down
                } else {
                    a * alpha * alpha + b * alpha
                }
            }
            _ if alpha.abs() > 1.0 => piecewise,
            _ => {
                let (s, a) = (0.5 * (up + down), (up - down) / 16.0);
                alpha * (s + alpha * a * (15.0 + alpha.powi(2) * (-10.0 + 3.0 * alpha.powi(2))))
            }
        }
    }

    fn normsys(&self, alpha: f64, lo: f64, hi: f64) -> f64 {
        if self.normsys_code == 1 || alpha.abs() >= 1.0 {
            return if alpha > 0.0 { hi.powf(alpha) } else { lo.powf(-alpha) };
        }
        // The six conditions at ±1 in pyhf's published matrix form.
        let (lh, ll) = (hi.ln(), lo.ln());
        let b = [hi - 1.0, lo - 1.0, lh * hi, -ll * lo, lh * lh * hi, ll * ll * lo];
        let rows: [[f64; 6]; 6] = [
            [15. / 16., -15. / 16., -7. / 16., -7. / 16., 1. / 16., -1. / 16.],
            [1.5, 1.5, -9. / 16., 9. / 16., 1. / 16., 1. / 16.],
            [-5. / 8., 5. / 8., 5. / 8., 5. / 8., -1. / 8., 1. / 8.],
            [-1.5, -1.5, 7. / 8., -7. / 8., -1. / 8., -1. / 8.],
            [3. / 16., -3. / 16., -3. / 16., -3. / 16., 1. / 16., -1. / 16.],
            [0.5, 0.5, -5. / 16., 5. / 16., 1. / 16., 1. / 16.],
        ];
        let mut factor = 1.0;
        for (i, row) in rows.iter().enumerate() {
            let coefficient: f64 = row.iter().zip(&b).map(|(m, b)| m * b).sum();
            factor += coefficient * alpha.powi(i as i32 + 1);
        }
        factor
    }

    /// −2 ln L in its textbook form.
    pub fn twice_nll(&self, data: &[f64], point: &[f64]) -> f64 {
        let poisson = |n: f64, rate: f64| {
            if rate < 0.0 || (rate == 0.0 && n > 0.0) {
                return f64::INFINITY;
            }
            rate - if n > 0.0 { n * rate.ln() } else { 0.0 } + libm::lgamma(n + 1.0)
        };
        let rates = self.rates(point);
        let mut sum: f64 = rates.iter().zip(data).map(|(&rate, &n)| poisson(n, rate)).sum();
        for (&(parameter, is_poisson, scale), &measured) in self.constraints.iter().zip(&data[rates.len()..]) {
            let theta = point[parameter];
            sum += if is_poisson {
                poisson(measured, theta * scale)
            } else {
                0.5 * ((measured - theta) / scale).powi(2) + (scale * (2.0 * std::f64::consts::PI).sqrt()).ln()
            };
        }
        2.0 * sum
    }
}
