//! What a student can be at, what is offered, and why: data, worded by the screen.

use crate::record::Author;
use curriculum::{ActivityId, CourseId, LessonId, SkillId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A piece of work.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Work {
    /// A lesson, until its skills are ready.
    Lesson {
        /// Which.
        lesson: LessonId,
    },
    /// A text with an example, then its questions.
    Read {
        /// Its lesson.
        lesson: LessonId,
        /// The activity.
        activity: ActivityId,
    },
    /// Practice of one skill.
    Practise {
        /// Which.
        skill: SkillId,
    },
    /// A mixed set: one question of each skill, none announced.
    Review {
        /// The set's id; evidence of it bears this id.
        set: Uuid,
        /// Three to five skills.
        skills: Vec<SkillId>,
    },
    /// The course pre-test.
    Placement {},
}

/// What an offer is, for "of different kinds".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferKind {
    /// A lesson.
    Lesson,
    /// A text with questions.
    Read,
    /// Practice of one skill.
    Practise,
    /// A mixed set.
    Review,
    /// The pre-test.
    Placement,
}

/// One thing to do next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// What to do.
    pub work: Work,
    /// The course.
    pub course: CourseId,
    /// The lesson it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<LessonId>,
    /// The skills it serves, those not yet ready first.
    pub skills: Vec<SkillId>,
    /// Why.
    pub reason: Reason,
    /// Who put it there.
    pub by: Author,
    /// About how long, in minutes.
    pub minutes: u16,
    /// Chance with which it was drawn for its place, given those before it; 1 where there was no draw.
    pub probability: f64,
}

/// Why something is offered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Reason {
    /// It is the next new thing: all that it needs is there.
    FrontierOf {
        /// The standard it leads to, where one is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        standard: Option<String>,
        /// The skill it begins with.
        skill: SkillId,
    },
    /// It was begun.
    Continue {
        /// Skills ready so far.
        ready: u32,
        /// Skills in all.
        of: u32,
    },
    /// It is time to refresh these.
    DueReview {
        /// How many are due.
        count: u32,
    },
    /// Much rests on it.
    Unlocks {
        /// How many skills rest on it.
        count: u32,
        /// One of them.
        skill: SkillId,
    },
    /// A teacher asked for it.
    Assigned {
        /// The assignment.
        assignment: Uuid,
        /// When it is due (ms UTC).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_at: Option<i64>,
    },
    /// Something lighter after misses.
    AfterMisses {
        /// The skill that was missed.
        skill: SkillId,
    },
    /// Begun.
    Begun {
        /// The skill.
        skill: SkillId,
    },
    /// Nearly there, not yet steady.
    Shaky {
        /// The skill.
        skill: SkillId,
    },
    /// A step further.
    Challenge {
        /// The skill.
        skill: SkillId,
    },
    /// The pre-test could not tell.
    PlacedUncertain {
        /// The skill.
        skill: SkillId,
    },
    /// A teacher put it into this week of the plan.
    Required {
        /// The skill.
        skill: SkillId,
    },
    /// The student put it into the plan, or where it stands.
    Chosen {
        /// The skill.
        skill: SkillId,
    },
    /// It leads to a goal of the student's.
    Goal {
        /// The skill.
        skill: SkillId,
    },
    /// Something in the plan needs it.
    NeededFor {
        /// What.
        skill: SkillId,
    },
    /// To keep what is known fresh, though nothing is due.
    KeepFresh {},
    /// The pre-test comes first.
    NotPlaced {},
}

/// Two or three offers, or that nothing more is needed today.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Offers {
    /// Two or three, in the order to show; fewer only together with `done_for_today`.
    pub offers: Vec<Offer>,
    /// Others, for "something else".
    pub something_else: Vec<Offer>,
    /// Nothing more is needed today.
    pub done_for_today: Option<DoneForToday>,
}

/// Why nothing more is needed today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoneForToday {
    /// Every skill of the course is ready and nothing is due.
    CourseDone,
    /// What is left needs another day, or a teacher.
    NeedsAnotherDay,
}
