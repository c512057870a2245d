//! Skills (knowledge components), what they rest on, and the wrong ideas that get in their way.

use crate::{MisconceptionId, SkillId, Text};
use serde::{Deserialize, Serialize};

/// Something a student can do, shown to students as an "I can ..." sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Skill {
    /// Unique within the course.
    pub id: SkillId,
    /// A short code that authors use among themselves, such as `R105`; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Short name for tiles and paths, such as "Ratio tables".
    pub name: Text,
    /// The "I can ..." sentence; may be empty on imported courses.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub can: Text,
    /// Codes of the standards it serves, as the framework writes them (`6.RP.A.3a`).
    #[serde(default)]
    pub standards: Vec<String>,
    /// What it rests on.
    #[serde(default)]
    pub rests_on: Vec<Edge>,
    /// Ten or more skills rest on it, so it opens them at the higher bar.
    #[serde(default)]
    pub hub: bool,
}

/// That one skill rests on another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// The skill beneath.
    pub skill: SkillId,
    /// Whether it is needed or only helps.
    pub kind: EdgeKind,
    /// How much, within 0..=1; authors rarely set it (default 0.5).
    #[serde(default = "half")]
    pub strength: f64,
}

fn half() -> f64 {
    0.5
}

/// How a skill rests on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EdgeKind {
    /// Placement and detours may rely on it; the skill above does not open before this one has.
    Needed,
    /// Makes it easier, never blocks.
    Helps,
}

/// A named wrong idea: what is true of the answer, a question that makes the conflict visible, and the way back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Misconception {
    /// Such as `adds-instead-of-scaling`.
    pub id: MisconceptionId,
    /// One line for a teacher, such as "adds instead of scaling".
    pub name: Text,
    /// What is true of the answer that it led to; said first.
    pub truth: Text,
    /// One question that lets the student see the conflict.
    pub conflict: Text,
    /// The skill that mends it.
    pub way_back: SkillId,
}
