//! Nanoseconds per draw: `cargo run --release -p histfactory-random --example draws`.

use std::hint::black_box;
use std::time::Instant;

use histfactory_random::{NormalSampler, Philox, PoissonSampler, PoissonSamplers};

/// The least of nine, in nanoseconds per draw.
fn time(draws: u32, mut run: impl FnMut()) -> f64 {
    let once = |_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    };
    (0..9).map(once).fold(f64::INFINITY, f64::min) * 1e9 / f64::from(draws)
}

fn main() -> Result<(), histfactory_random::MeanError> {
    const DRAWS: u32 = 400_000;
    let mut stream = Philox::new([1, 2], [0; 4]);
    let word = time(DRAWS, || {
        (0..DRAWS).for_each(|_| {
            black_box(stream.next_word());
        })
    });
    let normal = NormalSampler::new();
    let one = time(DRAWS, || {
        (0..DRAWS).for_each(|_| {
            black_box(normal.draw(&mut stream));
        })
    });
    println!("word {word:.2}\nnormal {one:.2}");

    println!("mean: one, slice of 400, preparation of one");
    for mean in [0.0, 0.01, 0.5, 3.0, 20.0, 100.0, 300.0, 1000.0, 2047.0, 2048.0, 1e4, 1e6, 1e9, 1e12] {
        let sampler = PoissonSampler::new(mean)?;
        let one = time(DRAWS, || {
            (0..DRAWS).for_each(|_| {
                black_box(sampler.draw(&mut stream));
            })
        });
        let means: Vec<f64> = (0..400).map(|i| mean * (1.0 - 1e-4 * f64::from(i))).collect();
        let samplers = PoissonSamplers::new(&means)?;
        let mut counts = vec![0.0; means.len()];
        let slice = time(DRAWS, || (0..DRAWS / 400).for_each(|_| samplers.draw(&mut stream, black_box(&mut counts))));
        let preparation = time(100, || (0..100).for_each(|_| drop(black_box(PoissonSampler::new(black_box(mean))))));
        println!("{mean:e}: {one:.2} {slice:.2} {preparation:.0}");
    }
    // Bins of a spectrum that falls from 1000 to 0.1.
    let means: Vec<f64> = (0..400).map(|i| 1000.0 * 0.1_f64.powf(f64::from(i) / 100.0)).collect();
    let samplers = PoissonSamplers::new(&means)?;
    let mut counts = vec![0.0; means.len()];
    let slice = time(DRAWS, || {
        for toy in 0..u64::from(DRAWS / 400) {
            stream.start_toy(toy, 0);
            samplers.draw(&mut stream, black_box(&mut counts));
        }
    });
    println!("falling spectrum: {slice:.2}");
    Ok(())
}
