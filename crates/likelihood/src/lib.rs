//! The HistFactory likelihood: expected rates, −2 ln L and its exact first and second derivatives.
//!
//! With main counts n_b and auxiliary measurements a_k the likelihood is (Cranmer, Lewis, Moneta, Shibata,
//! Verkerke, CERN-OPEN-2012-016)
//!
//! ```text
//! L(θ) = Π_b Poisson(n_b | λ_b(θ)) · Π_k constraint_k(a_k | θ)
//! λ_b  = Σ_samples Π_factors f(θ) · (nominal_b + Σ_histosys Δ_b(θ))
//! ```
//!
//! A [`Model`] is read once from flat arrays ([`Model::from_flat`]) and is immutable; an [`Evaluator`] holds the
//! scratch memory of one evaluation. All sums run in a fixed order and every elementary function is this
//! crate's own choice ([`elementary`]), so the same input gives the same bits on every target.

mod closed_form;
mod constraint;
mod dataset;
pub mod elementary;
mod evaluator;
mod expansion;
mod flat;
mod hessian;
mod interpolation;
mod lanes;
mod layout;
mod model;
pub mod poisson;
mod sum;

pub use closed_form::{ClosedForm, ClosedFormData, ProfilePoint, ProfileSlopes, shared_parameters};
pub use constraint::{Constraint, ConstraintKind};
pub use dataset::{Dataset, DatasetError};
pub use evaluator::Evaluator;
pub use expansion::{Expansion, poisson_weights};
pub use flat::FlatError;
pub use hessian::add_square;
pub use interpolation::{Additive, HistosysCode, Multiplicative, NormsysCode, Powers, Sides};
pub use lanes::{Lanes, add_scaled, dot};
pub use layout::Place;
pub use model::Model;
