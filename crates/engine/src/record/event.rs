//! One entry of a student's record, as the fold sees it.

use super::Body;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One entry of a student's record. The order of a stream is the store's; a fold takes it as it comes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The client's own id of it; a second event with this id is the same event.
    pub id: Uuid,
    /// When it happened, stamped once by the first server that accepted it (ms since 1970, UTC).
    pub effective_at: i64,
    /// That instant's day in the school's zone, such as `2026-11-23`.
    pub school_day: String,
    /// Who did it.
    pub actor: Author,
    /// What happened.
    pub body: Body,
}

/// Who put something there. The same marks stand on every screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "by", content = "id", rename_all = "snake_case")]
pub enum Author {
    /// A teacher.
    Teacher(Uuid),
    /// The student, or another one in their own record.
    Student(Uuid),
    /// A peer who was chosen for it.
    Peer(Uuid),
    /// The course pre-test.
    PreTest,
    /// The engine's rules.
    Engine,
    /// The course's author.
    Course,
}
