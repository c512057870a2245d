//! Conclusions that become events of their own.

use super::{Body, Concluded, Placed};
use crate::detour::DetourEnded;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A conclusion to store after the event that it follows from.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// Which conclusion.
    pub kind: DerivedKind,
    /// What it is about, such as `algebra/solve-linear`.
    pub subject: String,
    /// The event that it follows from.
    pub cause: Uuid,
    /// The event's body.
    pub body: Body,
}

/// Kinds of conclusions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DerivedKind {
    /// Ready to go on.
    Ready,
    /// Lasting.
    Lasting,
    /// Placed by the pre-test.
    Placed,
    /// A detour was offered.
    DetourOffered,
    /// A detour began.
    DetourStarted,
    /// A detour ended well.
    DetourFinished,
    /// A detour did not help.
    DetourFailed,
}

impl DerivedKind {
    fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Lasting => "lasting",
            Self::Placed => "placed",
            Self::DetourOffered => "detour_offered",
            Self::DetourStarted => "detour_started",
            Self::DetourFinished => "detour_finished",
            Self::DetourFailed => "detour_failed",
        }
    }
}

impl Derived {
    /// A skill became ready.
    pub fn ready(concluded: Concluded) -> Self {
        Self::of(DerivedKind::Ready, subject(&concluded), concluded.cause, Body::Ready(concluded))
    }

    /// A skill became lasting.
    pub fn lasting(concluded: Concluded) -> Self {
        Self::of(DerivedKind::Lasting, subject(&concluded), concluded.cause, Body::Lasting(concluded))
    }

    /// The pre-test ended.
    pub fn placed(placed: Placed) -> Self {
        Self::of(DerivedKind::Placed, placed.course.to_string(), placed.cause, Body::Placed(placed))
    }

    /// A detour ended.
    pub fn detour_ended(ended: DetourEnded) -> Self {
        let (subject, cause) = (ended.detour.to_string(), ended.cause);
        match ended.ending.is_failure() {
            true => Self::of(DerivedKind::DetourFailed, subject, cause, Body::DetourFailed(ended)),
            false => Self::of(DerivedKind::DetourFinished, subject, cause, Body::DetourFinished(ended)),
        }
    }

    /// The conclusion in a stored event, if it is one.
    pub fn in_body(body: &Body) -> Option<Self> {
        match body {
            Body::Ready(concluded) => Some(Self::ready(concluded.clone())),
            Body::Lasting(concluded) => Some(Self::lasting(concluded.clone())),
            Body::Placed(placed) => Some(Self::placed(placed.clone())),
            Body::DetourFinished(ended) | Body::DetourFailed(ended) => Some(Self::detour_ended(ended.clone())),
            _ => None,
        }
    }

    /// The event's id in the record of `student`.
    pub fn id(&self, student: Uuid) -> Uuid {
        derived_id(student, self.kind, &self.subject, self.cause)
    }

    fn of(kind: DerivedKind, subject: String, cause: Uuid, body: Body) -> Self {
        Self { kind, subject, cause, body }
    }
}

fn subject(concluded: &Concluded) -> String {
    format!("{}/{}", concluded.course, concluded.skill)
}

/// Id of a derived event: a hash (UUID version 8), so that two nodes that conclude the same write one event.
pub fn derived_id(student: Uuid, kind: DerivedKind, subject: &str, cause: Uuid) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(student.as_bytes());
    hash.update(kind.name().as_bytes());
    hash.update([0]);
    hash.update(subject.as_bytes());
    hash.update([0]);
    hash.update(cause.as_bytes());
    let digest = hash.finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    Uuid::from_bytes(bytes)
}
