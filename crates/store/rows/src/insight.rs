//! What teachers look at afterwards, and who looked.

use crate::{ClassId, PersonId, StudentId};
use uuid::Uuid;

/// What a teacher said about an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertVerdict {
    pub id: Uuid,
    pub class_id: ClassId,
    pub student_id: StudentId,
    pub rule: String,
    pub basis: String,
    /// `right` or `wrong`.
    pub verdict: String,
    pub note: String,
    pub by_id: PersonId,
    pub at: i64,
}

/// Who did or saw what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    pub id: Uuid,
    pub at: i64,
    pub actor_id: Option<PersonId>,
    pub action: String,
    /// The person, class or other thing it was done to.
    pub subject_id: Option<Uuid>,
    pub class_id: Option<ClassId>,
    /// JSON.
    pub detail: String,
}

/// Which of a class's events to read: one kind, from a time until just before another, newest first.
#[derive(Copy, Clone, Debug)]
pub struct ClassEventsPage<'a> {
    pub class: ClassId,
    pub kind: &'a str,
    pub from: i64,
    pub before: i64,
    /// Students enrolled at this time.
    pub now: i64,
    pub limit: i64,
}
