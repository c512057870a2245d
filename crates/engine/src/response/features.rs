//! What the prediction looks at: numbers of the item, of what the student did before, and of time.
//!
//! Each has a reason that stands in the literature: counts of wins and fails (performance factors, Pavlik 2009),
//! recency-weighted surprises (Galyardt and Goldin 2015; Pelanek 2016 for residuals against easiness), ability
//! (Rasch), time since practice (Pavlik and Anderson 2005), and products where one of them should say more or less
//! beside another: a surprise weighs more the more answers it rests on, practice counts for more on a hard item.

use super::{ItemTrace, SkillTrace, StudentTrace};
use libm::log1p;
use serde::{Deserialize, Serialize};

/// How many features there are.
pub const FEATURES: usize = 50;
/// From here on stand the six [contexts](super::Context), in their order.
pub const CONTEXTS_AT: usize = 44;
/// The feature of a question with several skills, filled in by [`super::average`].
pub(super) const WEAKEST_AT: usize = 43;
/// By which skills are compared for [`WEAKEST_AT`].
pub(super) const SKILL_SURPRISE_AT: usize = 7;

/// One value each; 0 means nothing to say.
pub type Features = [f64; FEATURES];

/// Their names, as a set of fitted weights writes them.
pub const FEATURE_NAMES: [&str; FEATURES] = [
    "item_easiness",
    "skill_easiness",
    "item_first",
    "skill_first",
    "skill_wins",
    "skill_fails",
    "skill_surprise_short",
    "skill_surprise",
    "skill_surprise_long",
    "student_wins",
    "student_fails",
    "student_surprise_short",
    "student_surprise",
    "student_surprise_long",
    "item_wins",
    "item_fails",
    "item_surprise",
    "ability",
    "skill_hours",
    "student_hours",
    "skill_hours_x_wins",
    "skill_hours_x_fails",
    "skill_minutes",
    "student_minutes",
    "skill_lag",
    "item_lag",
    "same_skill",
    "item_easiness_squared",
    "item_easiness_x_student_surprise",
    "item_easiness_x_skill_surprise",
    "item_easiness_x_skill_easiness",
    "student_surprise_squared",
    "skill_surprise_squared",
    "student_surprise_x_skill_surprise",
    "skill_answers_x_skill_surprise",
    "student_answers_x_student_surprise",
    "skill_answers_x_student_surprise",
    "skill_answers_x_item_easiness",
    "student_answers_x_item_easiness",
    "skill_rights_in_a_row",
    "skill_wrongs_in_a_row",
    "student_rights_in_a_row",
    "student_wrongs_in_a_row",
    "weakest_skill",
    "item_after_two",
    "item_by_ability",
    "skill_after_three",
    "skill_by_counts",
    "item_after_item",
    "skill_after_skill",
];

/// The largest counts among the answers that a refit learned from. A count beyond says no more than the largest that
/// was met: a weight tells nothing of how it goes on, and a line drawn on leads anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// Answers of one student before another.
    pub student: u32,
    /// Of those, answers on one skill.
    pub skill: u32,
    /// Of those, answers on one item.
    pub item: u32,
}

impl Reach {
    /// Nothing met yet.
    pub const NONE: Self = Self { student: 0, skill: 0, item: 0 };

    /// Reaches as far as this answer.
    pub fn meet(&mut self, student: &StudentTrace, skill: &SkillTrace, item: &ItemTrace) {
        self.student = self.student.max(student.answers());
        self.skill = self.skill.max(skill.answers());
        self.item = self.item.max(item.answers());
    }
}

impl Default for Reach {
    /// Without bounds.
    fn default() -> Self {
        Self { student: u32::MAX, skill: u32::MAX, item: u32::MAX }
    }
}

/// `log(1 + n)` of counts, the small ones looked up, the large ones cut off where they reach no further.
#[derive(Clone, Debug, PartialEq)]
pub struct Logarithms {
    small: Vec<f64>,
    reach: Reach,
}

impl Default for Logarithms {
    fn default() -> Self {
        Self::within(Reach::default())
    }
}

impl Logarithms {
    /// Of counts that reach so far.
    pub fn within(reach: Reach) -> Self {
        Self { small: (0..1024).map(|n| log1p(f64::from(n))).collect(), reach }
    }

    /// `log(1 + n)`, uncut.
    pub fn of(&self, n: u32) -> f64 {
        self.small.get(n as usize).copied().unwrap_or_else(|| log1p(f64::from(n)))
    }

    /// Of a student's answers.
    fn student(&self, n: u32) -> f64 {
        self.of(n.min(self.reach.student))
    }

    /// Of answers on a skill.
    fn skill(&self, n: u32) -> f64 {
        self.of(n.min(self.reach.skill))
    }

    /// Of answers on an item.
    fn item(&self, n: u32) -> f64 {
        self.of(n.min(self.reach.item))
    }
}

/// The features of one question for one student at a time (seconds; 0 for unknown), all but the contexts.
pub fn features(
    logarithms: &Logarithms,
    (item_easiness, skill_easiness): (f64, f64),
    student: &StudentTrace,
    skill: &SkillTrace,
    item: &ItemTrace,
    at: f64,
) -> Features {
    let mut x = [0.0; FEATURES];
    let seen = student.answers();
    let (on_skill, on_item) = (skill.answers(), item.answers());
    let (skill_log, student_log) = (logarithms.skill(on_skill), logarithms.student(seen));
    x[0] = item_easiness;
    x[1] = skill_easiness;
    x[2] = f64::from(u8::from(on_item == 0));
    x[3] = f64::from(u8::from(on_skill == 0));
    x[4] = logarithms.skill(skill.wins);
    x[5] = logarithms.skill(skill.fails);
    x[9] = logarithms.student(student.wins);
    x[10] = logarithms.student(student.fails);
    for nth in 0..3 {
        x[6 + nth] = skill.surprise[nth].mean();
        x[11 + nth] = student.surprise[nth].mean();
    }
    x[14] = logarithms.item(item.wins);
    x[15] = logarithms.item(item.fails);
    x[16] = item.surprise.mean();
    x[17] = student.ability;
    let (skill_gap, student_gap) = (gap(skill.at, at), gap(student.at, at));
    if skill_gap > 0.0 {
        x[18] = log1p(skill_gap / 3600.0);
        x[20] = x[18] * x[4];
        x[21] = x[18] * x[5];
        x[22] = log1p(skill_gap / 60.0);
    }
    if student_gap > 0.0 {
        x[19] = log1p(student_gap / 3600.0);
        x[23] = log1p(student_gap / 60.0);
    }
    x[24] = if on_skill == 0 { 0.0 } else { logarithms.student(seen.saturating_sub(skill.seen)) };
    x[25] = if on_item == 0 { 0.0 } else { logarithms.student(seen.saturating_sub(item.seen)) };
    x[26] = f64::from(u8::from(on_skill > 0 && skill.seen == seen));
    let (student_long, skill_mid, skill_long) = (x[13], x[7], x[8]);
    x[27] = item_easiness * item_easiness;
    x[28] = item_easiness * student_long;
    x[29] = item_easiness * skill_mid;
    x[30] = item_easiness * skill_easiness;
    x[31] = student_long * student_long;
    x[32] = skill_long * skill_long;
    x[33] = student_long * skill_mid;
    x[34] = skill_log * skill_mid;
    x[35] = student_log * student_long;
    x[36] = skill_log * student_long;
    x[37] = skill_log * item_easiness;
    x[38] = student_log * item_easiness;
    x[39] = logarithms.of(skill.outcomes.rights_in_a_row().min(10));
    x[40] = logarithms.of(skill.outcomes.wrongs_in_a_row().min(10));
    x[41] = logarithms.of(student.outcomes.rights_in_a_row().min(20));
    x[42] = logarithms.of(student.outcomes.wrongs_in_a_row().min(20));
    x
}

/// Seconds from one time to a later one; 0 where either is unknown or the clock ran backwards.
fn gap(from: f64, to: f64) -> f64 {
    if from > 0.0 && to > from { to - from } else { 0.0 }
}
