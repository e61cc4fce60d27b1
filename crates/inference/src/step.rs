//! The step of a damped Newton method inside a box.

use crate::curvature::{Curvature, Factor};

/// A box around the current point.
pub(crate) struct Bounds<'a> {
    pub lower: &'a [f64],
    pub upper: &'a [f64],
}

/// The point that minimises the damped quadratic model over `free` within the box, and the fall it predicts.
///
/// Starts from the unbounded minimum; variables that would leave the box are put on its wall and the others solved
/// again, until none leaves. `known` is the unbounded minimum where that has been solved for. `None` where the damped matrix is not positive definite or no fall is predicted: more
/// damping then helps, as the step turns towards the (scaled) gradient.
pub(crate) fn boxed_step<C: Curvature>(
    curvature: &C,
    free: &[usize],
    damping: f64,
    known: Option<&[f64]>,
    gradient: &[f64],
    point: &[f64],
    bounds: &Bounds<'_>,
) -> Option<(Vec<f64>, f64)> {
    let mut trial = point.to_vec();
    let mut step = vec![0.0; point.len()];
    let mut bent = vec![0.0; point.len()];
    let mut active = free.to_vec();
    while !active.is_empty() {
        let solution = match known.filter(|_| active.len() == free.len()) {
            Some(known) => known.to_vec(),
            None => {
                let mut solution: Vec<f64> = active.iter().map(|&index| -(gradient[index] + bent[index])).collect();
                curvature.factor(&active, damping)?.solve(&mut solution);
                solution
            }
        };
        let before = active.len();
        let mut moves = solution.iter();
        active.retain(|&index| {
            let moved = point[index] + moves.next().copied().unwrap_or(0.0);
            trial[index] = moved.clamp(bounds.lower[index], bounds.upper[index]);
            step[index] = trial[index] - point[index];
            trial[index] == moved
        });
        if active.len() == before {
            break;
        }
        // Those that stay are solved again, with the others on the walls.
        for &index in &active {
            step[index] = 0.0;
        }
        curvature.product(&step, &mut bent);
    }
    curvature.product(&step, &mut bent);
    let predicted = -dot(gradient, &step) - 0.5 * dot(&step, &bent);
    (predicted > 0.0).then_some((trial, predicted))
}

pub(crate) fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}
