//! What the parameters' covariance means for the expected rates.

use histfactory_likelihood::{Expansion, Model, Sides};

use crate::covariance::Covariance;

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
/// Parameters that are held or undetermined take no part.
pub fn rate_uncertainties(model: &Model, point: &[f64], covariance: &Covariance) -> RateUncertainties {
    let mut expansion = Expansion::new(model);
    expansion.expand_rates(model, point, &vec![Sides::Below; model.parameters()]);
    let mut uncertainties = RateUncertainties { bins: Vec::with_capacity(model.bins()), channels: Vec::new() };
    let mut slopes = vec![0.0; model.parameters()];
    let mut total = vec![0.0; model.parameters()];
    for bins in model.channel_bins() {
        total.fill(0.0);
        for bin in bins {
            slopes.fill(0.0);
            expansion.rate_derivatives(model, bin, |parameter, slope| {
                slopes[parameter] = slope;
                total[parameter] += slope;
            });
            uncertainties.bins.push(covariance.variance(&slopes).sqrt());
        }
        uncertainties.channels.push(covariance.variance(&total).sqrt());
    }
    uncertainties
}
