//! Long work, and what outlives a student.

use crate::StudentId;
use uuid::Uuid;

/// Long work in the background.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub id: Uuid,
    pub kind: String,
    /// `waiting`, `running`, `done` or `failed`.
    pub state: String,
    pub progress_done: i64,
    pub progress_total: i64,
    /// JSON.
    pub detail: String,
    pub created_at: i64,
    pub started_at: Option<i64>,
    pub finished_at: Option<i64>,
    pub error: Option<String>,
}

/// A student whose record was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    pub student_id: StudentId,
    pub at: i64,
}
