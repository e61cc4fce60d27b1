//! The core as machine code, as a peer of `npm run bench`: what WebAssembly costs is its time over this one's.
//!
//! `worker.mjs` describes the lines of JSON that come and go, `flat.mjs` the file with the compiled model.

mod compiled;
mod toys;

use std::error::Error;
use std::io::{BufRead, Write, stdin, stdout};
use std::sync::Arc;
use std::time::Instant;

use histfactory_inference::{HypothesisTests, Limit, TestStatistic, UpperLimits, fit};
use serde_json::{Value, json};

use crate::compiled::Compiled;

/// The values of a job, or why there are none.
pub type Outcome = Result<Value, Box<dyn Error>>;

fn main() -> Result<(), Box<dyn Error>> {
    answer(&json!({ "importSeconds": 0, "versions": { "native": env!("CARGO_PKG_VERSION") } }))?;
    let mut loaded = None;
    for line in stdin().lock().lines() {
        let job = serde_json::from_str(&line?)?;
        match run(&job, &mut loaded) {
            Ok(message) => answer(&message)?,
            Err(error) => answer(&json!({ "error": error.to_string() }))?,
        }
    }
    Ok(())
}

fn answer(message: &Value) -> Result<(), Box<dyn Error>> {
    let mut out = stdout().lock();
    writeln!(out, "{message}")?;
    Ok(out.flush()?)
}

/// One job: its calls are timed together, the values are those of the last one.
fn run(job: &Value, loaded: &mut Option<Compiled>) -> Outcome {
    let start = Instant::now();
    let mut values = Value::Null;
    for _ in 0..job["calls"].as_u64().ok_or("a job says how many calls")? {
        values = match (job["task"].as_str(), loaded.as_ref()) {
            (Some("load"), _) => load(job, loaded)?,
            (Some("fit"), Some(compiled)) => best_fit(compiled)?,
            (Some("hypotest"), Some(compiled)) => hypotest(compiled)?,
            (Some("limits"), Some(compiled)) => limits(compiled)?,
            (Some("toys"), Some(compiled)) => toys::cls(compiled, job["toys"].as_u64().ok_or("toys says how many")?)?,
            (task, _) => return Err(format!("no such task, or nothing loaded: {task:?}").into()),
        };
    }
    Ok(json!({ "seconds": start.elapsed().as_secs_f64(), "values": values }))
}

fn load(job: &Value, loaded: &mut Option<Compiled>) -> Outcome {
    let compiled = Compiled::read(job["flat"].as_str().ok_or("load names a file in flat")?)?;
    let values = json!({ "parameters": compiled.model.parameters(), "bins": compiled.model.bins() });
    *loaded = Some(compiled);
    Ok(values)
}

fn best_fit(Compiled { model, data, setup, .. }: &Compiled) -> Outcome {
    let best = fit(Arc::clone(model), Arc::new(data.dataset(model)?), setup).map_err(|error| format!("{error:?}"))?;
    Ok(json!({ "twiceNll": best.twice_nll, "iterations": best.minimum.iterations }))
}

fn hypotest(compiled: &Compiled) -> Outcome {
    let test = tests(compiled)?.test(1.0).map_err(|error| format!("{error:?}"))?;
    Ok(json!({ "cls": test.tails.cls, "expected": test.expected.map(|tails| tails.cls) }))
}

fn limits(compiled: &Compiled) -> Outcome {
    let mut search = UpperLimits::new(tests(compiled)?, 0.05);
    while !search.step().map_err(|error| format!("{error:?}"))? {}
    let (observed, expected) = search.limits().ok_or("no limits")?;
    let value = |limit| match limit {
        Limit::Found(value) => json!(value),
        Limit::AboveRange | Limit::BelowRange => Value::Null,
    };
    Ok(json!({ "observed": value(observed), "expected": expected.map(value), "fits": search.fits() }))
}

fn tests(Compiled { model, data, setup, poi }: &Compiled) -> Result<HypothesisTests, Box<dyn Error>> {
    let poi = poi.ok_or("no parameter of interest")?;
    let data = data.dataset(model)?;
    HypothesisTests::new(Arc::clone(model), data, setup.clone(), poi, TestStatistic::UpperBounded)
        .map_err(|error| format!("{error:?}").into())
}
