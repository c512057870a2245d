//! The small part of a head that a teacher's screen reads for thirty students at once.

use super::{Alert, AlertArgs, Profile, Rule, WeekCount, rules};
use crate::record::{HeadState, WorkingOn};
use serde::{Deserialize, Serialize};

/// The small part of a head for a teacher's screen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveProjection {
    /// What the student is at.
    pub working_on: Option<WorkingOn>,
    /// The latest sign of work (ms UTC).
    pub last_at: Option<i64>,
    /// The latest valid answer (ms UTC).
    pub last_answer_at: Option<i64>,
    /// The day that the next two are of.
    pub school_day: String,
    /// First answers of that day.
    pub answers_today: u32,
    /// Right ones among them.
    pub right_today: u32,
    /// The own median time of an answer (ms).
    pub median_ms: Option<i64>,
    /// With the latest answer times said nothing: rules about them are off.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub times_mislead: bool,
    /// First answers of the latest weeks with work, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub weeks: Vec<WeekCount>,
    /// What the rules found that does not depend on the time of reading.
    pub found: Vec<Found>,
}

/// Something that a rule found, until it fades.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Which rule.
    pub rule: Rule,
    /// What it is about.
    pub args: AlertArgs,
    /// Since when (ms UTC).
    pub since: i64,
    /// It rests on times.
    #[serde(default)]
    pub on_times: bool,
}

/// The projection of a head, to be stored beside it.
pub fn live_projection(head: &HeadState) -> LiveProjection {
    LiveProjection {
        working_on: head.working_on.clone(),
        last_at: head.last_at,
        last_answer_at: head.last_answer_at,
        school_day: head.today.school_day.clone(),
        answers_today: head.today.answers,
        right_today: head.today.right,
        median_ms: head.tempo.median_ms(),
        times_mislead: head.times_mislead,
        weeks: head.counters.weeks.clone(),
        found: rules::find(head),
    }
}

impl LiveProjection {
    /// What a teacher may be told now, the most urgent first.
    pub fn alerts(&self, now: i64, profile: &Profile) -> Vec<Alert> {
        rules::alerts_of(self, now, profile)
    }

    /// First answers and right ones of that school day; zero when the last work was on another.
    pub fn today(&self, school_day: &str) -> (u32, u32) {
        if self.school_day == school_day { (self.answers_today, self.right_today) } else { (0, 0) }
    }
}
