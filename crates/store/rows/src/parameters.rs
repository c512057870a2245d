//! The engine's constants as a school's record showed them.

use crate::{PersonId, StudentId};

/// One version of a course's constants, whole. It is never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterVersion {
    pub course_id: String,
    /// From 1 in each course.
    pub number: i64,
    /// JSON.
    pub constants: Vec<u8>,
    /// From what it was made: JSON.
    pub origin: String,
    /// What held-out students say of it: JSON.
    pub figures: String,
    /// The version that was in force when it was made; 0 for the constants that ship.
    pub compared_with: i64,
    pub may_be_published: bool,
    pub made_at: i64,
    pub made_by: PersonId,
}

/// One version, for a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterVersionLine {
    pub number: i64,
    pub origin: String,
    pub figures: String,
    pub compared_with: i64,
    pub may_be_published: bool,
    pub made_at: i64,
    pub made_by: PersonId,
}

/// A version was put in force; 0 is the constants that ship.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterPublication {
    pub course_id: String,
    /// From 1 in each course; the last one is in force.
    pub turn: i64,
    pub number: i64,
    pub published_at: i64,
    pub published_by: PersonId,
}

/// How much one student's record can tell about a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudentEvidence {
    pub student_id: StudentId,
    pub answers: i64,
}
