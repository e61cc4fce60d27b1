//! Random numbers for toy experiments: the same bits natively and in WebAssembly, on any number of workers.
//!
//! A [`Philox`] stream is a function of its seed, the hypothesis, the toy and the purpose, so toy i is the same toy
//! whoever draws it and in whichever order. From it [`PoissonSampler`] and [`PoissonSamplers`] draw counts,
//! [`NormalSampler`] auxiliary measurements. A sampler is prepared once per mean and immutable; drawing allocates
//! nothing.
//!
//! ```
//! use histfactory_random::{NormalSampler, Philox, PoissonSamplers};
//! let (seed, hypothesis) = (42, 0);
//! let bins = PoissonSamplers::new(&[3.5, 120.0, 0.0])?;
//! let normal = NormalSampler::new();
//! let mut stream = Philox::new([seed, hypothesis], [0; 4]);
//! let mut counts = [0.0; 3];
//! for toy in 0..10 {
//!     stream.start_toy(toy, 0);
//!     bins.draw(&mut stream, &mut counts);
//!     let auxiliary = 1.0 + 0.1 * normal.draw(&mut stream);
//!     assert!(counts[2] == 0.0 && auxiliary > 0.0);
//! }
//! # Ok::<(), histfactory_random::MeanError>(())
//! ```

mod normal;
mod philox;
mod poisson;

pub use normal::NormalSampler;
pub use philox::Philox;
pub use poisson::{MeanError, PoissonSampler, PoissonSamplers};
