//! Simulated students: what they truly know, how they answer, what practice changes in them.
//!
//! They are the yardstick of the engine's rules, so they share no code with it: their truth is drawn here, from a
//! [`Model`] whose parameters and ranges are committed, and nothing of it is ever shown to the rules. Everything is
//! decided by the model, a seed and the time that the caller says: the same call gives the same student everywhere.
//!
//! The way of a student: [`Landscape::of`] a course, [`Student::new`] in it, [`Student::attempt`] at a question,
//! [`Student::practised`] afterwards.

mod answer;
mod attempt;
mod chance;
mod graph_students;
mod landscape;
mod memory;
mod mix;
mod model;
mod named;
pub mod planted;
mod student;
mod truth;
mod typing;

pub use answer::{Aim, Response, answer};
pub use attempt::{Attempt, Occasion};
pub use chance::Chance;
pub use graph_students::{Generator, GraphAnswer, GraphSkill, GraphStudent, GraphWorld};
pub use landscape::Landscape;
pub use memory::Forgetting;
pub use mix::{Mix, StartingLevel};
pub use model::{Knowledge, Learning, Model, ModelProblem, Range, Share};
pub use named::NAMES;
pub use student::{Student, Traits};

#[cfg(test)]
mod tests;
