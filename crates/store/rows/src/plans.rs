//! What a teacher asks of students.

use crate::{ClassId, PersonId, StudentId};
use uuid::Uuid;

/// A lesson that a teacher asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    pub id: Uuid,
    pub class_id: ClassId,
    pub course_id: String,
    pub lesson_id: String,
    pub note: String,
    pub due_at: Option<i64>,
    pub created_by: PersonId,
    pub created_at: i64,
    pub cancelled_at: Option<i64>,
}

/// One student of whom it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentStudent {
    pub assignment_id: Uuid,
    pub student_id: StudentId,
    pub done_at: Option<i64>,
}

/// An assignment as its student sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudentAssignment {
    pub id: Uuid,
    pub class_id: ClassId,
    pub course_id: String,
    pub lesson_id: String,
    pub note: String,
    pub due_at: Option<i64>,
    pub created_by: PersonId,
    pub created_at: i64,
    pub cancelled_at: Option<i64>,
    pub done_at: Option<i64>,
}
