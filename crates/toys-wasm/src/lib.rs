//! The toys core's face towards JavaScript: flat arrays in, flat arrays out.
//!
//! A module of its own beside the library's core, so that a page that makes no toys loads none of this. TypeScript checks
//! every input before it comes here; what still does not fit is a program error and thrown as an `Error`.

mod ensemble;
mod numbers;

pub use ensemble::CoreEnsemble;
pub use numbers::{chi_square_survival, exponentials, logarithm, normal_quantile};
