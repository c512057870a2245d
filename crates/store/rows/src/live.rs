//! One class at this moment.

use crate::{ClassId, StudentId};

/// A student's line on the teacher's screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassRow {
    pub student_id: StudentId,
    pub given_name: String,
    pub family_name: String,
    /// The student's position, which serves as the version of the line; 0 before the first event.
    pub position: i64,
    /// As the last unit of work left it; none before the first event.
    pub live: Option<Vec<u8>>,
    pub updated_at: Option<i64>,
}

/// What a class page shows of a student and a skill: the skill's state without what only a fold needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassSkill {
    pub student_id: StudentId,
    pub skill_id: String,
    pub level_step: i64,
    pub ready_at: Option<i64>,
    pub lasting_at: Option<i64>,
    pub placed: bool,
    pub answers: i64,
    pub last_at: i64,
}

/// A student asks for the teacher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    pub student_id: StudentId,
    pub class_id: ClassId,
    pub raised_at: i64,
    pub note: String,
    pub lowered_at: Option<i64>,
}
