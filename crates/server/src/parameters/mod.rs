//! The engine's constants by version: what a student's state was folded under, and what is in force.
//!
//! A version of all constants has a name that says what it is made of: the constants that ship, and the number of each
//! course's version in force, such as `defaults-1 algebra:3`. Rows of the record carry it; it never means anything else.

mod rules;
mod shelf;

pub use rules::Name;
pub use shelf::Shelf;
