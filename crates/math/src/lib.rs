//! Reads what students and authors write as mathematics, and decides whether two answers mean the same.
//!
//! The way of an answer: [`units_of`] takes a trailing unit off, [`read`] turns the text into a [`Math`] tree that
//! keeps the form as written, [`same`] (or [`within`]) compares it with the key, and [`form_ok`] looks at the form, or,
//! where none is asked for, [`unfinished`] at what is left to do.
//! Everything here is pure: no clock, no chance, no I/O, and no input can make it run long or panic.
//!
//! Identity is decided by evaluation, never by rewriting: rational expressions at fixed points of a large prime field
//! (`value::field`), roots and other functions with 512 bits after the binary point (`value::precise`), what is not
//! real in complex floating point (`value::complex`). "Unequal" is never reported as [`Same::Equal`]; where nothing can
//! be shown the answer is [`Same::Undecided`].

mod compare;
mod form;
mod guess;
mod kind;
mod mistake;
mod poly;
mod read;
mod reason;
mod solve;
mod speech;
mod tree;
mod units;
mod value;
mod write;

pub use compare::{Same, other_notation, same, within};
pub use form::{Form, Unfinished, form_ok, unfinished};
pub use kind::{DecimalMark, Kind, UnknownName};
pub use mistake::{Asked, Cue, Mistake, mistake};
pub use read::{read, read_formula};
pub use reason::{Reason, Unreadable};
pub use speech::{Lang, speak};
pub use tree::{Math, right_side};
pub use units::units_of;
pub use value::{evaluate, number_of};
pub use write::{decimal, latex, plain};

/// An exact fraction of whole numbers without limit.
pub type Rational = num_rational::BigRational;
