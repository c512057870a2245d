//! All that a choice looks at.

use crate::{
    facts::CourseFacts,
    parameters::Parameters,
    record::{HeadState, SkillState},
};
use curriculum::{ItemId, SkillId};
use std::collections::{BTreeMap, BTreeSet};

/// All that a choice looks at, of one student and one course.
#[derive(Clone, Copy)]
pub struct Situation<'a> {
    /// The course.
    pub facts: &'a CourseFacts,
    /// The constants in force.
    pub parameters: &'a Parameters,
    /// The student's head.
    pub head: &'a HeadState,
    /// The student's skills of this course; those without a row are absent.
    pub skills: &'a BTreeMap<SkillId, SkillState>,
    /// Now (ms UTC).
    pub now: i64,
    /// Today in the school's zone.
    pub school_day: &'a str,
    /// Decides ties and draws; another seed for another request.
    pub seed: u64,
    /// Items whose solution was just shown as an example: they rest, so that they are not asked next.
    pub solved: &'a BTreeSet<ItemId>,
    /// The student has to be placed before lessons are offered.
    pub placement_first: bool,
}
