//! How a minimisation ended.

use std::fmt;

/// How a minimisation ended. Only [`Status::Converged`] comes with numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The distance to the minimum and the projected gradient are at machine level and no direction leads down.
    Converged,
    /// The iteration limit came first.
    IterationLimit,
    /// No step lowers the function although the gradient does not vanish, or the curvature is negative.
    Stalled,
    /// No point of the domain was found: everywhere a bin with counts has no positive expected rate.
    OutsideDomain,
    /// The function falls up to the edge of the domain: an expected rate reaches 0 in a bin without counts.
    EdgeOfDomain,
    /// The way led to the minimum that was known before, and was not followed to its end.
    KnownMinimum,
}

impl Status {
    /// Stable number for programs: 0 is [`Status::Converged`].
    pub fn code(self) -> u32 {
        match self {
            Self::Converged => 0,
            Self::IterationLimit => 1,
            Self::Stalled => 2,
            Self::OutsideDomain => 3,
            Self::EdgeOfDomain => 4,
            Self::KnownMinimum => 5,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Converged => "converged",
            Self::IterationLimit => "iteration limit reached before the minimum",
            Self::Stalled => {
                "no step lowers −2 ln L although its gradient does not vanish or its curvature is negative"
            }
            Self::EdgeOfDomain => "−2 ln L falls up to where an expected rate becomes negative in a bin without counts",
            Self::KnownMinimum => "the minimum that was known before",
            Self::OutsideDomain => "a bin with counts has no positive expected rate within the bounds",
        })
    }
}

/// A fit that did not reach a minimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FitError(pub Status);

impl fmt::Display for FitError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::error::Error for FitError {}
