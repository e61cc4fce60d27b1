//! The compiled model that `flat.mjs` writes.

use std::error::Error;
use std::fs;
use std::sync::Arc;

use histfactory_inference::Setup;
use histfactory_likelihood::{Dataset, FlatError, Model};

/// The minimiser's limit on iterations, as `ts/inference/setup.ts` sets it.
const MAX_ITERATIONS: u64 = 200;

/// A model with its data and the set-up of its fits.
pub struct Compiled {
    pub model: Arc<Model>,
    pub data: Counts,
    pub setup: Setup,
    pub poi: Option<usize>,
}

/// Main counts, then auxiliary data. They become a data set at every call, as behind WebAssembly.
pub struct Counts(Vec<f64>);

impl Counts {
    pub fn dataset(&self, model: &Model) -> Result<Dataset, Box<dyn Error>> {
        Dataset::new(model, &self.0).map_err(|error| format!("{error:?}").into())
    }
}

impl Compiled {
    pub fn read(path: &str) -> Result<Self, Box<dyn Error>> {
        let bytes = fs::read(path)?;
        let mut rest = bytes.as_slice();
        let header = integers(&mut rest, 5)?;
        let [structure, numbers, data, parameters, poi] = header[..] else { return Err("no header".into()) };
        let structure = integers(&mut rest, structure)?;
        let numbers = doubles(&mut rest, numbers)?;
        let data = doubles(&mut rest, data)?;
        let start = doubles(&mut rest, parameters)?;
        let lower = doubles(&mut rest, parameters)?;
        let upper = doubles(&mut rest, parameters)?;
        let fixed = take(&mut rest, parameters as usize)?.iter().map(|&mark| mark != 0).collect();
        let model = Model::from_flat(&structure, &numbers).map_err(|error: FlatError| error.to_string())?;
        Ok(Self {
            model: Arc::new(model),
            data: Counts(data),
            setup: Setup { start, lower, upper, fixed, max_iterations: MAX_ITERATIONS, starts: 1 },
            poi: (poi != u32::MAX).then_some(poi as usize),
        })
    }
}

fn integers(rest: &mut &[u8], count: u32) -> Result<Vec<u32>, Box<dyn Error>> {
    let bytes = take(rest, 4 * count as usize)?;
    Ok(bytes.chunks_exact(4).filter_map(|word| word.try_into().ok()).map(u32::from_le_bytes).collect())
}

fn doubles(rest: &mut &[u8], count: u32) -> Result<Vec<f64>, Box<dyn Error>> {
    let bytes = take(rest, 8 * count as usize)?;
    Ok(bytes.chunks_exact(8).filter_map(|word| word.try_into().ok()).map(f64::from_le_bytes).collect())
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Result<&'a [u8], Box<dyn Error>> {
    let (taken, left) = rest.split_at_checked(length).ok_or("the file ends too early")?;
    *rest = left;
    Ok(taken)
}
