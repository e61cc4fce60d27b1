//! What the parameters' covariance means for the expected rates.

use histfactory_likelihood::{Expansion, Model, Sides};

/// Standard deviations of expected main rates.
#[derive(Clone, Debug, PartialEq)]
pub struct RateUncertainties {
    /// Per main bin.
    pub bins: Vec<f64>,
    /// Per channel, of the sum over its bins.
    pub channels: Vec<f64>,
}

/// Standard deviations of the rates at `point`, to first order: √(J C Jᵀ).
///
/// `deviations` has one entry per parameter (those that are 0 or infinite take no part), `correlation` is row-major
/// over all parameters; without it parameters are independent.
pub fn rate_uncertainties(
    model: &Model,
    point: &[f64],
    deviations: &[f64],
    correlation: Option<&[f64]>,
) -> RateUncertainties {
    let mut expansion = Expansion::new(model);
    expansion.expand_rates(model, point, &vec![Sides::Below; model.parameters()]);
    let scaled = |parameter: usize, derivative: f64| {
        let deviation = deviations[parameter];
        if deviation.is_finite() { derivative * deviation } else { 0.0 }
    };
    let deviation = |shifts: &[(usize, f64)]| {
        let variance: f64 = match correlation {
            None => shifts.iter().map(|(_, shift)| shift * shift).sum(),
            Some(matrix) => shifts
                .iter()
                .map(|&(i, left)| {
                    let row = &matrix[i * model.parameters()..];
                    left * shifts.iter().map(|&(j, right)| right * row[j]).sum::<f64>()
                })
                .sum(),
        };
        variance.max(0.0).sqrt()
    };
    let mut uncertainties = RateUncertainties { bins: Vec::with_capacity(model.bins()), channels: Vec::new() };
    for (channel, bins) in model.channel_bins().enumerate() {
        let mut total = vec![0.0; model.parameters()];
        for bin in 0..bins.len() {
            let mut shifts = Vec::new();
            expansion.rate_derivatives(model, channel, bin, |parameter, derivative| {
                let shift = scaled(parameter, derivative);
                if shift != 0.0 {
                    shifts.push((parameter, shift));
                    total[parameter] += shift;
                }
            });
            uncertainties.bins.push(deviation(&shifts));
        }
        let shifts: Vec<(usize, f64)> = total.into_iter().enumerate().filter(|(_, shift)| *shift != 0.0).collect();
        uncertainties.channels.push(deviation(&shifts));
    }
    uncertainties
}
