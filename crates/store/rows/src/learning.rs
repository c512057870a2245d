//! A student's record and what is folded from it.

use crate::StudentId;
use uuid::Uuid;

/// What was put before a student.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presentation {
    pub student_id: StudentId,
    pub id: Uuid,
    pub course_id: String,
    pub item_id: String,
    pub item_hash: String,
    pub seed: i64,
    pub lang: String,
    pub purpose: String,
    pub activity_id: Option<String>,
    pub created_at: i64,
    pub body: Vec<u8>,
}

/// Which item was put before a student, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentItem {
    pub item_id: String,
    pub item_hash: String,
    pub purpose: String,
    pub seed: i64,
    pub created_at: i64,
}

/// One entry of a student's stream. Never changed once written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub student_id: StudentId,
    /// Place in the stream, 1 and up without gaps; how far a reader has come, not an order of what happened.
    pub position: i64,
    /// Made by the client; says which events are the same, never which came first.
    pub id: Uuid,
    pub kind: String,
    pub schema: i64,
    pub actor: String,
    pub origin: String,
    pub device: String,
    pub device_seq: i64,
    pub claimed_at: i64,
    pub received_at: i64,
    pub effective_at: i64,
    pub school_day: String,
    /// The client's part, in canonical form.
    pub client: Vec<u8>,
    /// What the server added, such as its judgement.
    pub server: Vec<u8>,
    pub derived: bool,
}

/// The place of an event in the order in which things happened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventOrder {
    pub effective_at: i64,
    pub device: String,
    pub device_seq: i64,
    pub id: Uuid,
}

impl EventOrder {
    /// Before every event at or after this time.
    pub fn before(effective_at: i64) -> Self {
        Self { effective_at, device: String::new(), device_seq: i64::MIN, id: Uuid::nil() }
    }
}

impl Event {
    /// This event's place in the order in which things happened.
    pub fn order(&self) -> EventOrder {
        EventOrder {
            effective_at: self.effective_at,
            device: self.device.clone(),
            device_seq: self.device_seq,
            id: self.id,
        }
    }
}

/// Where a student's stream ends, and the state folded from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudentHead {
    pub student_id: StudentId,
    /// Position of the last event; 0 for an empty stream.
    pub position: i64,
    /// The latest effective time in the stream.
    pub effective_at: i64,
    /// By device: clock offset, last sequence number, last effective time.
    pub device_clock: Vec<u8>,
    pub engine_version: String,
    pub parameter_version: String,
    pub course_version: String,
    pub state: Vec<u8>,
    /// The student's line on the teacher's screen.
    pub live: Vec<u8>,
    pub updated_at: i64,
}

/// Where a student's stream ends: a [`StudentHead`] without what is long, `state` and `live`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadLine {
    pub student_id: StudentId,
    pub position: i64,
    pub effective_at: i64,
    pub device_clock: Vec<u8>,
    pub engine_version: String,
    pub parameter_version: String,
    pub course_version: String,
    pub updated_at: i64,
}

impl StudentHead {
    /// This head without what is long.
    pub fn line(&self) -> HeadLine {
        HeadLine {
            student_id: self.student_id,
            position: self.position,
            effective_at: self.effective_at,
            device_clock: self.device_clock.clone(),
            engine_version: self.engine_version.clone(),
            parameter_version: self.parameter_version.clone(),
            course_version: self.course_version.clone(),
            updated_at: self.updated_at,
        }
    }
}

impl HeadLine {
    /// The head with this line.
    pub fn with(self, state: Vec<u8>, live: Vec<u8>) -> StudentHead {
        StudentHead {
            student_id: self.student_id,
            position: self.position,
            effective_at: self.effective_at,
            device_clock: self.device_clock,
            engine_version: self.engine_version,
            parameter_version: self.parameter_version,
            course_version: self.course_version,
            state,
            live,
            updated_at: self.updated_at,
        }
    }
}

/// A head's line beside one of the skills that were asked for; the line alone where there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadBesideSkill {
    pub student_id: StudentId,
    pub position: i64,
    pub effective_at: i64,
    pub device_clock: Vec<u8>,
    pub engine_version: String,
    pub parameter_version: String,
    pub course_version: String,
    pub updated_at: i64,
    pub skill_id: Option<String>,
    pub skill_state: Option<Vec<u8>>,
}

impl HeadBesideSkill {
    /// The line, and the skill's id and state.
    pub fn apart(self) -> (HeadLine, Option<(String, Vec<u8>)>) {
        let line = HeadLine {
            student_id: self.student_id,
            position: self.position,
            effective_at: self.effective_at,
            device_clock: self.device_clock,
            engine_version: self.engine_version,
            parameter_version: self.parameter_version,
            course_version: self.course_version,
            updated_at: self.updated_at,
        };
        (line, self.skill_id.zip(self.skill_state))
    }
}

/// A head's line under a lock, beside a skill or alone, and whether an event is in the stream already.
pub struct LockedBesideSkill {
    pub student_id: StudentId,
    pub position: i64,
    pub effective_at: i64,
    pub device_clock: Vec<u8>,
    pub engine_version: String,
    pub parameter_version: String,
    pub course_version: String,
    pub updated_at: i64,
    pub skill_id: Option<String>,
    pub skill_state: Option<Vec<u8>>,
    pub event_known: bool,
}

impl LockedBesideSkill {
    /// The same without the event.
    pub fn beside_skill(self) -> HeadBesideSkill {
        HeadBesideSkill {
            student_id: self.student_id,
            position: self.position,
            effective_at: self.effective_at,
            device_clock: self.device_clock,
            engine_version: self.engine_version,
            parameter_version: self.parameter_version,
            course_version: self.course_version,
            updated_at: self.updated_at,
            skill_id: self.skill_id,
            skill_state: self.skill_state,
        }
    }
}

/// Where a locked stream stands, without what is long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    pub line: HeadLine,
    /// An event of the id that was asked for is in the stream.
    pub event_known: bool,
    /// Some skills' ids and states.
    pub skills: Vec<(String, Vec<u8>)>,
}

/// What is concluded about a student and a skill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkillState {
    pub student_id: StudentId,
    pub course_id: String,
    pub skill_id: String,
    pub level_step: i64,
    pub ready_at: Option<i64>,
    pub lasting_at: Option<i64>,
    pub placed: bool,
    pub answers: i64,
    pub last_at: i64,
    pub state: Vec<u8>,
}

/// A fold to start from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    pub student_id: StudentId,
    pub position: i64,
    pub effective_at: i64,
    pub engine_version: String,
    pub parameter_version: String,
    pub content_version: String,
    pub state: Vec<u8>,
}
