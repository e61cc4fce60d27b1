//! Reading a model from flat arrays, with every index checked, so that nothing later can go out of range.

use std::fmt;

/// Why flat arrays are not a model. Such arrays come from a program error, never from a user's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlatError {
    /// The first integer is not a format this version reads.
    UnknownFormat,
    /// An interpolation code that does not exist.
    UnknownCode,
    /// An array ends before the model does.
    TooShort,
    /// An array goes on after the model's end.
    TooLong,
    /// An index points past the parameters or the bins.
    OutOfRange,
    /// Blocks do not tile the bins channel by channel.
    NotTiled,
    /// A number is not finite, or a scale or a normsys factor is not positive.
    BadNumber,
}

impl fmt::Display for FlatError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::UnknownFormat => "unknown format version",
            Self::UnknownCode => "unknown interpolation code",
            Self::TooShort => "array ends before the model does",
            Self::TooLong => "array goes on after the model's end",
            Self::OutOfRange => "index out of range",
            Self::NotTiled => "blocks do not tile the bins",
            Self::BadNumber => "number not finite or not positive",
        })
    }
}

impl std::error::Error for FlatError {}

/// Takes values off the front of the two arrays.
pub(crate) struct Reader<'a> {
    structure: &'a [u32],
    numbers: &'a [f64],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(structure: &'a [u32], numbers: &'a [f64]) -> Self {
        Self { structure, numbers }
    }

    pub(crate) fn integer(&mut self) -> Result<usize, FlatError> {
        let (&first, rest) = self.structure.split_first().ok_or(FlatError::TooShort)?;
        self.structure = rest;
        Ok(first as usize)
    }

    /// An integer below `limit`.
    pub(crate) fn index(&mut self, limit: usize) -> Result<usize, FlatError> {
        let value = self.integer()?;
        if value < limit { Ok(value) } else { Err(FlatError::OutOfRange) }
    }

    /// A count of things that each take at least one more integer, so it cannot exceed what is left.
    pub(crate) fn count(&mut self) -> Result<usize, FlatError> {
        let value = self.integer()?;
        if value <= self.structure.len() { Ok(value) } else { Err(FlatError::TooShort) }
    }

    pub(crate) fn numbers(&mut self, count: usize) -> Result<&'a [f64], FlatError> {
        if count > self.numbers.len() {
            return Err(FlatError::TooShort);
        }
        let (taken, rest) = self.numbers.split_at(count);
        self.numbers = rest;
        if taken.iter().all(|value| value.is_finite()) { Ok(taken) } else { Err(FlatError::BadNumber) }
    }

    /// A finite number above zero.
    pub(crate) fn positive(&mut self) -> Result<f64, FlatError> {
        let value = self.numbers(1)?[0];
        if value > 0.0 { Ok(value) } else { Err(FlatError::BadNumber) }
    }

    pub(crate) fn end(self) -> Result<(), FlatError> {
        if self.structure.is_empty() && self.numbers.is_empty() { Ok(()) } else { Err(FlatError::TooLong) }
    }
}
