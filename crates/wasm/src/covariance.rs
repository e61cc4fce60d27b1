//! Covariances as they cross the boundary.
//!
//! One array: the numbers of parameters, columns, locals, own and loose entries; then deviations, columns, matrix,
//! locals, mixed, responses, own entries (two positions and a value each) and loose ones (a parameter and a value each),
//! as in [`Covariance`].

use histfactory_inference::Covariance;
use wasm_bindgen::prelude::*;

/// A covariance as one array.
pub(crate) fn flatten(covariance: &Covariance) -> Vec<f64> {
    let Covariance { deviations, columns, matrix, locals, mixed, responses, own, loose } = covariance;
    let sizes = [deviations.len(), columns.len(), locals.len(), own.len(), loose.len()];
    let mut flat: Vec<f64> = sizes.iter().map(|&size| size as f64).collect();
    flat.extend(deviations);
    flat.extend(columns.iter().map(|&parameter| parameter as f64));
    flat.extend(matrix);
    flat.extend(locals.iter().map(|&parameter| parameter as f64));
    flat.extend(mixed);
    flat.extend(responses);
    flat.extend(own.iter().flat_map(|&(i, j, value)| [i as f64, j as f64, value]));
    flat.extend(loose.iter().flat_map(|&(parameter, value)| [parameter as f64, value]));
    flat
}

/// The covariance in an array of this form.
pub(crate) fn unflatten(flat: &[f64]) -> Result<Covariance, JsError> {
    read(flat).ok_or_else(|| JsError::new("not a covariance"))
}

fn read(flat: &[f64]) -> Option<Covariance> {
    let mut rest = flat;
    let mut take = |count: usize| {
        let (taken, left) = rest.split_at_checked(count)?;
        rest = left;
        Some(taken)
    };
    let sizes = indices(take(5)?, usize::MAX)?;
    let [parameters, columns, locals, own, loose] = sizes[..] else { return None };
    let deviations = take(parameters)?.to_vec();
    let column_parameters = indices(take(columns)?, parameters)?;
    let matrix = take(columns.checked_mul(columns)?)?.to_vec();
    let local_parameters = indices(take(locals)?, parameters)?;
    let mixed = take(locals.checked_mul(columns)?)?.to_vec();
    let responses = take(mixed.len())?.to_vec();
    let own = take(own.checked_mul(3)?)?.as_chunks::<3>().0.iter();
    let own = own.map(|&[i, j, value]| Some((index(i, locals)?, index(j, locals)?, value))).collect::<Option<_>>()?;
    let loose = take(loose.checked_mul(2)?)?.as_chunks::<2>().0.iter();
    let loose = loose.map(|&[i, value]| Some((index(i, parameters)?, value))).collect::<Option<_>>()?;
    rest.is_empty().then_some(Covariance {
        deviations,
        columns: column_parameters,
        matrix,
        locals: local_parameters,
        mixed,
        responses,
        own,
        loose,
    })
}

fn indices(values: &[f64], limit: usize) -> Option<Vec<usize>> {
    values.iter().map(|&value| index(value, limit)).collect()
}

/// A whole number below `limit`.
fn index(value: f64, limit: usize) -> Option<usize> {
    let index = value as usize;
    (index as f64 == value && index < limit).then_some(index)
}

/// Correlations of all parameters, row-major, from a covariance as one array.
#[wasm_bindgen]
pub fn correlation(covariance: &[f64]) -> Result<Vec<f64>, JsError> {
    Ok(unflatten(covariance)?.correlation())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Covariance {
        Covariance {
            deviations: vec![1.0, 2.0, 0.5, 3.0],
            columns: vec![1],
            matrix: vec![4.0],
            locals: vec![0, 2],
            mixed: vec![0.1, 0.2],
            responses: vec![0.3, 0.4],
            own: vec![(0, 0, 0.9), (1, 0, 0.1), (1, 1, 0.2)],
            loose: vec![(3, 9.0)],
        }
    }

    #[test]
    fn what_is_flattened_comes_back() {
        assert_eq!(read(&flatten(&example())), Some(example()));
        assert_eq!(read(&flatten(&Covariance::default())), Some(Covariance::default()));
    }

    #[test]
    fn other_arrays_are_refused() {
        let flat = flatten(&example());
        for length in 0..flat.len() {
            assert_eq!(read(&flat[..length]), None);
        }
        assert_eq!(read(&[&flat[..], &[0.0]].concat()), None);
        let mut wrong = flat.clone();
        wrong[9] = 4.0;
        assert_eq!(read(&wrong), None);
        wrong[9] = 0.5;
        assert_eq!(read(&wrong), None);
        wrong[0] = f64::INFINITY;
        assert_eq!(read(&wrong), None);
    }
}
