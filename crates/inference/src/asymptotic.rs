//! Asymptotic p-values of profile-likelihood test statistics (Cowan, Cranmer, Gross, Vitells, arXiv:1007.1727).

use histfactory_likelihood::elementary::exp;

use crate::normal::{ln_survival, quantile, survival};

/// A test statistic with an asymptotic distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestStatistic {
    /// q₀: discovery, μ = 0 tested against μ̂ ≥ 0 (eq. 12).
    Discovery,
    /// q_μ: upper limits, 0 for μ̂ > μ (eq. 14).
    Upper,
    /// q̃_μ: upper limits with μ ≥ 0, whose bound brings eq. 16 about.
    UpperBounded,
}

impl TestStatistic {
    /// The value of the parameter of interest at which Asimov data are made: 1 for discovery, else 0.
    pub fn asimov_poi(self) -> f64 {
        match self {
            Self::Discovery => 1.0,
            Self::Upper | Self::UpperBounded => 0.0,
        }
    }

    /// Whether the statistic is zero by definition for this best fit.
    pub fn vanishes(self, tested: f64, best: f64) -> bool {
        match self {
            Self::Discovery => best < tested,
            Self::Upper | Self::UpperBounded => best > tested,
        }
    }
}

/// Five values, for −2σ … +2σ of a background-only experiment, in the order of ascending CLs.
pub type Band = [f64; 5];

/// Tail probabilities of a test and their ratio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TailProbabilities {
    /// p-value under signal + background (under background alone for discovery).
    pub clsb: f64,
    /// p-value under background alone.
    pub clb: f64,
    /// CLs = CLs+b/CLb, formed from logarithms; for discovery CLs+b itself, as pyhf reports.
    pub cls: f64,
    /// ln of `cls`, finite where `cls` underflows.
    pub ln_cls: f64,
}

impl TailProbabilities {
    /// From the transformed statistic t: CLs+b = 1 − Φ(t + √q_A), CLb = 1 − Φ(t) (eqs. 58–66 in pyhf's variable).
    fn at(statistic: TestStatistic, t: f64, root_asimov: f64) -> Self {
        let (ln_clsb, ln_clb) = (ln_survival(t + root_asimov), ln_survival(t));
        let ln_cls = if statistic == TestStatistic::Discovery { ln_clsb } else { ln_clsb - ln_clb };
        Self { clsb: exp(ln_clsb), clb: exp(ln_clb), cls: exp(ln_cls), ln_cls }
    }
}

/// Tail probabilities of an observed statistic, given the statistic on Asimov data. Both are ≥ 0.
///
/// Where both vanish CLs is 1: the data cannot tell the hypotheses apart.
///
/// ```
/// use histfactory_inference::{TestStatistic, observed_tails};
/// let tails = observed_tails(TestStatistic::UpperBounded, 4.0, 4.0);
/// assert!((tails.clsb - 0.022750131948179).abs() < 1e-14 && tails.clb == 0.5);
/// assert_eq!(observed_tails(TestStatistic::UpperBounded, 0.0, 0.0).cls, 1.0);
/// ```
pub fn observed_tails(statistic: TestStatistic, observed: f64, asimov: f64) -> TailProbabilities {
    let (root, root_asimov) = (observed.sqrt(), asimov.sqrt());
    let beyond = statistic == TestStatistic::UpperBounded && root > root_asimov && root_asimov > 0.0;
    let t = if beyond { (observed - asimov) / (2.0 * root_asimov) } else { root - root_asimov };
    TailProbabilities::at(statistic, t, root_asimov)
}

/// Tail probabilities expected of background-only experiments at −2σ … +2σ, given the statistic on Asimov data.
///
/// For `Discovery` the Asimov data hold the signal, so this is the band expected with it.
pub fn expected_tails(statistic: TestStatistic, asimov: f64) -> [TailProbabilities; 5] {
    [2.0, 1.0, 0.0, -1.0, -2.0].map(|t| TailProbabilities::at(statistic, t, asimov.sqrt()))
}

/// The √q_A at which the CLs expected at −2σ … +2σ of background-only experiments is `level`.
///
/// From CLs = (1 − Φ(√q_A − N))/Φ(N): √q_A = N + Φ⁻¹(1 − level·Φ(N)) (arXiv:1007.1727, eq. 89, with CLs).
///
/// ```
/// use histfactory_inference::{TestStatistic, asimov_roots_at, expected_tails};
/// let roots = asimov_roots_at(0.05);
/// assert!((roots[2] - 1.959963984540054).abs() < 1e-14);
/// let tails = expected_tails(TestStatistic::Upper, roots[4] * roots[4]);
/// assert!((tails[4].cls - 0.05).abs() < 1e-14);
/// ```
pub fn asimov_roots_at(level: f64) -> Band {
    [-2.0, -1.0, 0.0, 1.0, 2.0].map(|sigmas| sigmas + quantile(level * survival(-sigmas)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_discovery_is_the_asimov_significance() {
        let [_, _, median, _, _] = expected_tails(TestStatistic::Discovery, 25.0);
        assert!((median.cls / survival(5.0) - 1.0).abs() < 1e-13);
    }

    #[test]
    fn the_bounded_statistic_has_the_distribution_of_equation_65() {
        // q ≤ q_A: both statistics agree. q > q_A: 1 − Φ((q + q_A)/(2√q_A)).
        let (q, asimov): (f64, f64) = (9.0, 4.0);
        let tails = observed_tails(TestStatistic::UpperBounded, q, asimov);
        assert!((tails.clsb / survival((q + asimov) / (2.0 * asimov.sqrt())) - 1.0).abs() < 1e-13);
        assert_eq!(
            observed_tails(TestStatistic::UpperBounded, 1.0, 4.0),
            observed_tails(TestStatistic::Upper, 1.0, 4.0)
        );
    }

    #[test]
    fn cls_is_a_number_where_both_tails_underflow() {
        let tails = observed_tails(TestStatistic::Upper, 2500.0, 100.0);
        assert_eq!((tails.clsb, tails.clb), (0.0, 0.0));
        assert!(tails.cls > 1e-200 && tails.cls < 1e-190, "{}", tails.cls);
        assert!((tails.ln_cls - (crate::normal::ln_survival(50.0) - crate::normal::ln_survival(40.0))).abs() < 1e-12);
        let far = observed_tails(TestStatistic::UpperBounded, 200.0, 190.0);
        assert!(far.cls > 1e-45 && far.cls < 1e-38);
    }
}
