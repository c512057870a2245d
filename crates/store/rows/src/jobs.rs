//! Long work, and what outlives a student.

use crate::{PersonId, StudentId};
use uuid::Uuid;

/// Long work in the background.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub id: Uuid,
    pub kind: String,
    /// `waiting`, `running`, `cancelling`, `done`, `failed` or `cancelled`.
    pub state: String,
    pub progress_done: i64,
    pub progress_total: i64,
    /// JSON.
    pub detail: String,
    pub created_at: i64,
    /// When a server took it last.
    pub started_at: Option<i64>,
    pub finished_at: Option<i64>,
    pub error: Option<String>,
    /// Nobody for what the server does of itself.
    pub asked_by: Option<PersonId>,
    /// JSON.
    pub result: Option<String>,
    /// The server that took it has it until then, and moves this on while it works.
    pub taken_until: i64,
}

/// A student whose record was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    pub student_id: StudentId,
    pub at: i64,
}
