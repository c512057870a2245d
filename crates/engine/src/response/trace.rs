//! What is kept of a student's answers: three kinds of row, each of fixed size.
//!
//! `surprise = sum_j d^(t-j) (c_j - sigma(b_j)) / (1 + sum_j d^(t-j))`: by how much lately the answers were better or
//! worse than such items are answered by others (b_j the item's easiness).

use super::sigma;
use serde::{Deserialize, Serialize};

/// How fast surprises fade, by answer: on a skill.
const SKILL_KEEPS: [f64; 3] = [0.7, 0.9, 0.97];
/// Over all of a student's answers.
const STUDENT_KEEPS: [f64; 3] = [0.8, 0.95, 0.99];
/// On one item.
const ITEM_KEEPS: f64 = 0.7;

/// A fading sum of surprises.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Decayed {
    sum: f64,
    weight: f64,
}

impl Decayed {
    /// Mean surprise, held at 0 as by one answer; within -1..=1.
    pub fn mean(self) -> f64 {
        self.sum / (1.0 + self.weight)
    }

    fn add(&mut self, surprise: f64, keeps: f64) {
        self.sum = self.sum * keeps + surprise;
        self.weight = self.weight * keeps + 1.0;
    }
}

/// The last three answers, the newest first; and how many of a kind came in a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcomes {
    /// Each 0 for none, 1 for wrong, 2 for right.
    last: [u8; 3],
    /// Rights in a row, or wrongs as a negative number.
    streak: i16,
}

impl Outcomes {
    /// A number for the newest `count` answers, below `3^count`.
    pub fn code(self, count: usize) -> u32 {
        self.last[..count.min(3)].iter().fold(0, |code, last| code * 3 + u32::from(*last))
    }

    /// The newest answer; nothing before the first.
    pub fn newest(self) -> Option<bool> {
        (self.last[0] != 0).then_some(self.last[0] == 2)
    }

    /// Rights in a row.
    pub fn rights_in_a_row(self) -> u32 {
        u32::from(self.streak.max(0).unsigned_abs())
    }

    /// Wrongs in a row.
    pub fn wrongs_in_a_row(self) -> u32 {
        u32::from(self.streak.min(0).unsigned_abs())
    }

    fn add(&mut self, right: bool) {
        self.last = [1 + u8::from(right), self.last[0], self.last[1]];
        self.streak = if right { self.streak.max(0).saturating_add(1) } else { self.streak.min(0).saturating_sub(1) };
    }
}

/// One student, all answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StudentTrace {
    /// Right answers.
    pub wins: u32,
    /// Wrong answers.
    pub fails: u32,
    /// Fading slower and slower.
    pub surprise: [Decayed; 3],
    /// Ability in logits: one step of Newton's method per answer on the Rasch model with a standard normal prior,
    /// `a <- a + (c - sigma(a + b)) / (1 + sum p (1-p))`.
    pub ability: f64,
    /// Information about the ability, `sum p (1-p)`.
    pub information: f64,
    /// The last answers.
    pub outcomes: Outcomes,
    /// The last question's item, as a number of the model, and skill.
    pub last: Option<(u32, u32)>,
    /// When the last answer came (seconds); 0 for unknown.
    pub at: f64,
}

/// One student and one skill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SkillTrace {
    /// Right answers.
    pub wins: u32,
    /// Wrong answers.
    pub fails: u32,
    /// Fading slower and slower.
    pub surprise: [Decayed; 3],
    /// The last answers.
    pub outcomes: Outcomes,
    /// How many answers the student had given after the last one here.
    pub seen: u32,
    /// When the last answer came (seconds); 0 for unknown.
    pub at: f64,
}

/// One student and one item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemTrace {
    /// Right answers.
    pub wins: u32,
    /// Wrong answers.
    pub fails: u32,
    /// Fading.
    pub surprise: Decayed,
    /// How many answers the student had given after the last one here.
    pub seen: u32,
}

impl StudentTrace {
    /// Answers given.
    pub fn answers(&self) -> u32 {
        self.wins.saturating_add(self.fails)
    }
}

impl SkillTrace {
    /// Answers given.
    pub fn answers(&self) -> u32 {
        self.wins.saturating_add(self.fails)
    }
}

impl ItemTrace {
    /// Answers given.
    pub fn answers(&self) -> u32 {
        self.wins.saturating_add(self.fails)
    }
}

/// An answer, as the traces take it in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Taken {
    /// The item's and the skill's number.
    pub question: (u32, u32),
    /// The item's easiness (logits), without this student's answers where it was counted.
    pub easiness: f64,
    /// Right.
    pub right: bool,
    /// When (seconds); 0 for unknown.
    pub at: f64,
}

/// Takes an answer into the three rows that it touches. Constant cost.
pub fn take(taken: Taken, student: &mut StudentTrace, skill: &mut SkillTrace, item: &mut ItemTrace) {
    let result = f64::from(u8::from(taken.right));
    let surprise = result - sigma(taken.easiness);
    let expected = sigma(student.ability + taken.easiness);
    student.information += expected * (1.0 - expected);
    student.ability += (result - expected) / (1.0 + student.information);
    count(taken.right, &mut student.wins, &mut student.fails);
    count(taken.right, &mut skill.wins, &mut skill.fails);
    count(taken.right, &mut item.wins, &mut item.fails);
    for nth in 0..3 {
        student.surprise[nth].add(surprise, STUDENT_KEEPS[nth]);
        skill.surprise[nth].add(surprise, SKILL_KEEPS[nth]);
    }
    item.surprise.add(surprise, ITEM_KEEPS);
    student.outcomes.add(taken.right);
    skill.outcomes.add(taken.right);
    student.last = Some(taken.question);
    student.at = taken.at;
    skill.at = taken.at;
    let seen = student.answers();
    skill.seen = seen;
    item.seen = seen;
}

fn count(right: bool, wins: &mut u32, fails: &mut u32) {
    let one = if right { wins } else { fails };
    *one = one.saturating_add(1);
}
