//! What a plan cannot do, as data; the screens word it.

use super::{Day, Target};
use curriculum::SkillId;
use serde::{Deserialize, Serialize};

/// Something asked for that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Impossible {
    /// The course has no such skill, lesson or standard.
    NotTaught {
        /// What was named.
        target: Target,
    },
    /// A skill is asked for, but there is no question on it.
    NoQuestions {
        /// The skill.
        skill: SkillId,
    },
    /// These need one another in a circle; the edge from the first to the second is passed over.
    Circle {
        /// The skill.
        skill: SkillId,
        /// What it was to need.
        needs: SkillId,
    },
    /// The weeks are over before it is done.
    NoTime {
        /// The skill.
        skill: SkillId,
        /// Minutes that it would take.
        minutes: u32,
    },
    /// A standard stays open because some of its skills do.
    StandardNotMet {
        /// The standard.
        standard: String,
        /// Its skills that stay open.
        skills: Vec<SkillId>,
    },
    /// It is planned, but after its date.
    Late {
        /// The skill.
        skill: SkillId,
        /// The date.
        due: Day,
        /// The Monday of the week in which it is done.
        done_in: Day,
    },
    /// It cannot be done in the week that it was locked to, and comes when it can.
    LockNotKept {
        /// The skill.
        skill: SkillId,
        /// A day of the week.
        week: Day,
    },
}
