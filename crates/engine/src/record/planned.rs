//! A student's plan in the record: what people asked of it, and what was published of it.

use super::{Author, Event, head::push_bounded};
use crate::{
    parameters::Versions,
    plan::{ChoiceLevel, Day, Entry, Forecast, Impossible, PlanReason, Stretch, Target, day_of},
};
use curriculum::{CourseId, SkillId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Entries of a plan that the head keeps for choosing what is next.
const SOON_KEPT: usize = 40;
/// Asks that are kept.
const ASKED_KEPT: usize = 64;
/// Stretches of work that are kept.
const STRETCHES_KEPT: usize = 40;

/// Somebody asked something of the plan. An ask with the id of an earlier one takes its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanAsked {
    /// The course.
    pub course: CourseId,
    /// The ask.
    pub ask: Uuid,
    /// What.
    pub change: PlanChange,
    /// Why.
    #[serde(default)]
    pub reason: AskReason,
}

/// An ask was taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanUndone {
    /// The course.
    pub course: CourseId,
    /// The ask.
    pub ask: Uuid,
}

/// The plan as it was shown from then on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanPublished {
    /// The course.
    pub course: CourseId,
    /// In the order to do them.
    pub entries: Vec<Entry>,
    /// What cannot be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub impossible: Vec<Impossible>,
    /// When the lessons and standards will be met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forecasts: Vec<Forecast>,
    /// Expected minutes of all that was not open ([`crate::plan::left`]); none before the pre-test is done, which would
    /// look like work done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<f64>,
    /// School time since `left` was last measured, and what was done in it; none where there was no lesson between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stretch: Option<Stretch>,
    /// The rules that made it.
    #[serde(default)]
    pub versions: Versions,
}

/// What can be asked of a plan. The first five are a teacher's, the others the student's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum PlanChange {
    /// It must be done, by a day where one is set.
    Must {
        /// What.
        what: Target,
        /// The last day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Day>,
    },
    /// It need not be done.
    Excused {
        /// What.
        what: Target,
    },
    /// It is done in the week of this day.
    Locked {
        /// What.
        what: Target,
        /// A day of the week.
        week: Day,
    },
    /// How much the student may move.
    Choice {
        /// So much.
        level: ChoiceLevel,
    },
    /// The time there is.
    Time {
        /// Minutes of a full week.
        minutes_per_week: u32,
        /// The last day of the term.
        until: Day,
        /// Holidays and absences, first and last day.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        away: Vec<(Day, Day)>,
        /// Days of the week on which there is a lesson, a bit each, Monday the lowest; 0 for all.
        #[serde(default)]
        on: u8,
    },
    /// Wanted early.
    First {
        /// What.
        what: Target,
    },
    /// Wanted late.
    Later {
        /// What.
        what: Target,
    },
    /// A goal with a day.
    Goal {
        /// What.
        what: Target,
        /// Its day.
        day: Day,
    },
    /// Two entries change places.
    Swap {
        /// The entry.
        entry: SkillId,
        /// The one that comes in its place.
        with: SkillId,
    },
}

impl PlanChange {
    /// What it is about, where that is one thing.
    pub fn target(&self) -> Option<&Target> {
        match self {
            Self::Must { what, .. }
            | Self::Excused { what }
            | Self::Locked { what, .. }
            | Self::First { what }
            | Self::Later { what }
            | Self::Goal { what, .. } => Some(what),
            Self::Choice { .. } | Self::Time { .. } | Self::Swap { .. } => None,
        }
    }

    /// Only a teacher may ask it; else only the student may.
    pub fn is_a_teachers(&self) -> bool {
        matches!(
            self,
            Self::Must { .. } | Self::Excused { .. } | Self::Locked { .. } | Self::Choice { .. } | Self::Time { .. }
        )
    }
}

/// Why something was asked; the screens word it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskReason {
    /// The class does it together.
    WithTheClass,
    /// It was seen to be known.
    KnownAlready,
    /// It is needed for what comes.
    NeededSoon,
    /// There is something to make up for.
    CatchingUp,
    /// It goes faster than planned.
    MovingAhead,
    /// A support plan says so.
    SupportPlan,
    /// The family asked.
    FamilyAsked,
    /// It interests the student.
    Interest,
    /// Nothing was said.
    #[default]
    NotSaid,
}

/// An ask that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Its id.
    pub ask: Uuid,
    /// What.
    pub change: PlanChange,
    /// Who asked.
    pub by: Author,
    /// Why.
    pub reason: AskReason,
    /// When (ms UTC).
    pub at: i64,
}

/// An entry that comes soon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Soon {
    /// The skill.
    pub skill: SkillId,
    /// The Monday of the week in which it begins.
    pub week: Day,
    /// Who put it there.
    pub by: Author,
    /// Why.
    pub reason: PlanReason,
}

/// What is kept of a plan in the head.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanState {
    /// What was asked and stands, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<Standing>,
    /// When something was last asked or taken back (ms UTC): what was offered before it is of another plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_at: Option<i64>,
    /// The first entries of the plan in force, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub soon: Vec<Soon>,
    /// When the time there is was last named, if ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timed: Option<Timed>,
    /// When it was published (ms UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_at: Option<i64>,
    /// When it was last measured how much is left (ms UTC), and what was (expected minutes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured: Option<(i64, f64)>,
    /// School time between two measurements and what was done in it, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stretches: Vec<Stretch>,
}

/// Where a student stood when a teacher said how much time there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timed {
    /// The day.
    pub from: Day,
    /// Skills met by then ([`super::Breadth::met`]).
    pub met: u32,
}

impl PlanState {
    /// `met`: skills met so far.
    pub(super) fn ask(&mut self, event: &Event, asked: &PlanAsked, met: u32) {
        if matches!(asked.change, PlanChange::Time { .. }) {
            self.timed = day_of(&event.school_day).map(|from| Timed { from, met });
        }
        self.asked.retain(|standing| standing.ask != asked.ask);
        let standing = Standing {
            ask: asked.ask,
            change: asked.change.clone(),
            by: event.actor,
            reason: asked.reason,
            at: event.effective_at,
        };
        push_bounded(&mut self.asked, standing, ASKED_KEPT);
        self.changed_at = Some(event.effective_at);
    }

    pub(super) fn undo(&mut self, event: &Event, ask: Uuid) {
        self.asked.retain(|standing| standing.ask != ask);
        self.changed_at = Some(event.effective_at);
    }

    pub(super) fn publish(&mut self, event: &Event, published: &PlanPublished) {
        let soon = |entry: &Entry| Soon {
            skill: entry.skill.clone(),
            week: entry.begins,
            by: entry.by,
            reason: entry.reason.clone(),
        };
        self.soon = published.entries.iter().take(SOON_KEPT).map(soon).collect();
        self.published_at = Some(event.effective_at);
        if let Some(left) = published.left.filter(|_| self.measured.is_none() || published.stretch.is_some()) {
            self.measured = Some((event.effective_at, left));
        }
        if let Some(stretch) = published.stretch {
            push_bounded(&mut self.stretches, stretch, STRETCHES_KEPT);
        }
    }
}
