//! What a plan is asked for: by teachers, by the student, by the calendar.

use super::{Calendar, Day, Ground, Pace, Plan};
use crate::{
    facts::CourseFacts,
    record::{Author, SkillState},
};
use curriculum::{LessonId, SkillId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What an ask is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "target", content = "id", rename_all = "snake_case")]
pub enum Target {
    /// One skill.
    Skill(SkillId),
    /// A lesson with its skills.
    Lesson(LessonId),
    /// All skills of a standard.
    Standard(String),
}

impl Target {
    /// The skills that it stands for; none where the course does not teach it.
    pub fn places(&self, ground: &Ground<'_>) -> Vec<usize> {
        match self {
            Self::Standard(standard) => ground.of_standard(standard).to_vec(),
            _ => self.places_in(ground.facts),
        }
    }

    /// As [`Self::places`], without a [`Ground`] made.
    pub fn places_in(&self, facts: &CourseFacts) -> Vec<usize> {
        match self {
            Self::Skill(skill) => facts.place(skill).into_iter().collect(),
            Self::Lesson(lesson) => facts.lesson(lesson).map(|lesson| lesson.skills.clone()).unwrap_or_default(),
            Self::Standard(standard) => {
                (0..facts.skills.len()).filter(|place| facts.skills[*place].standards.contains(standard)).collect()
            }
        }
    }
}

/// One thing that somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Ask {
    /// It must be done, by a date where one is set, even where no standard asks for it.
    Must {
        /// What.
        what: Target,
        /// The last day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Day>,
        /// Who says so.
        by: Author,
    },
    /// It need not be done, and opens what rests on it.
    Excused {
        /// What.
        what: Target,
    },
    /// It is done in the week of this day, neither sooner nor later; the student cannot move it.
    Locked {
        /// What.
        what: Target,
        /// A day of the week.
        week: Day,
        /// Who says so.
        by: Author,
    },
}

/// What people ask of the plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Demand {
    /// Standards that must be met; none: the whole course.
    pub standards: BTreeSet<String>,
    /// In the order given; of two that contradict, the later holds.
    pub asks: Vec<Ask>,
    /// Minutes of a full school week.
    pub minutes_per_week: u32,
    /// The weeks.
    pub calendar: Calendar,
    /// How much longer work takes with this student's supports, 1 or more (extra time of a half: 1.5).
    pub time_factor: f64,
}

/// How much a student may move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceLevel {
    /// Nothing.
    None,
    /// The order within two weeks.
    Near,
    /// Anything that stays valid.
    #[default]
    Open,
}

/// What the student wishes. A wish never breaks a constraint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// Wanted early, the first first.
    pub first: Vec<Target>,
    /// Wanted late.
    pub later: Vec<Target>,
    /// Goals with a day: as a due date, but missed without complaint.
    pub goals: Vec<(Target, Day)>,
    /// Lessons whose stories or formats the student likes, as the shell found them.
    pub liked: BTreeSet<LessonId>,
    /// How much may be moved.
    pub choice: ChoiceLevel,
}

/// One student's request.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Who asks in the student's wishes.
    pub student: Author,
    /// The student's skills of the course; those without a row are absent.
    pub skills: &'a BTreeMap<SkillId, SkillState>,
    /// What must be.
    pub demand: &'a Demand,
    /// What would be nice.
    pub wishes: &'a Wishes,
    /// How fast the student works.
    pub pace: Pace,
    /// The plan in force, which decides ties.
    pub before: Option<&'a Plan>,
}
