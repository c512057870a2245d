//! What a teacher may be told, as data in neutral terms; never shown to guardians.

use curriculum::{CourseId, ItemId, MisconceptionId, SkillId};
use serde::{Deserialize, Serialize};

/// The rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Three misses on one question.
    ThreeMisses,
    /// Many tries without getting there.
    WheelSpinning,
    /// The same wrong idea on two different numbers.
    Misconception,
    /// Much longer on a question than usual.
    Stuck,
    /// Answers far quicker than usual, and wrong.
    Quick,
    /// Hints opened to the last without time to read.
    HintsUnread,
    /// Nothing for some minutes.
    Idle,
    /// Everything right for a while.
    ReadyToMoveUp,
    /// A detour to the idea beneath did not help.
    DetourFailed,
    /// Much less this week than in the student's own weeks before.
    OffPace,
}

/// One thing that a teacher may be told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// Which rule.
    pub rule: Rule,
    /// What it is about.
    pub args: AlertArgs,
    /// Since when (ms UTC).
    pub since: i64,
    /// The larger the sooner to look at; within 0..=100.
    pub urgency: u8,
}

/// What an alert is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct AlertArgs {
    /// The course.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub course: Option<CourseId>,
    /// The skill.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skill: Option<SkillId>,
    /// The item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// The wrong idea.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub misconception: Option<MisconceptionId>,
    /// How many: misses, tries, answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// How long, in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// How many would be usual by now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<u32>,
}

/// What of a student's profile the rules need.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// A screen reader or read-aloud is in use: rules on time are off.
    pub time_rules_off: bool,
    /// Extra time: 1.5 means half as much again.
    pub time_factor: f64,
}

impl Default for Profile {
    fn default() -> Self {
        Self { time_rules_off: false, time_factor: 1.0 }
    }
}

/// The form that help changes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HelpForm {
    /// A detour to the idea beneath.
    Detour,
    /// A worked example.
    Example,
    /// Another problem of the skill.
    OtherItem,
    /// The teacher.
    Teacher,
}
