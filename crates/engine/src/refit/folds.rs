//! Ten groups of students, and easiness as the other nine show it: an answer must not help to predict itself, or the
//! fit learns to trust the count of a rare item far too much.

use super::Log;
use crate::response::{Count, Shrinking, logit_of};

/// Groups of students.
pub const FOLDS: usize = 10;
/// The group by which weights are calibrated; the others fit them.
pub const CALIBRATION: u8 = 9;
/// The group of students who are not learnt from.
const NONE: u8 = u8::MAX;

/// Counts by group.
pub(super) type ByFold = [Count; FOLDS];

/// Groups, and easiness without each of them.
pub struct Folds {
    /// By student's number; `u8::MAX` for those who are not learnt from.
    of_student: Vec<u8>,
    /// All answers.
    pub(super) all: Count,
    pub(super) skills: Vec<ByFold>,
    pub(super) items: Vec<ByFold>,
    skill_easiness: Vec<[f64; FOLDS]>,
    item_easiness: Vec<[f64; FOLDS]>,
}

impl Folds {
    /// Counts the answers of the students who are learnt from: those marked in `learn_from`, by number.
    pub fn new(log: &Log, learn_from: &[bool]) -> Self {
        let mut learnt = 0_usize;
        let mut fold = |learn: &bool| {
            learnt += usize::from(*learn);
            // Fits a byte: it is below ten.
            if *learn { ((learnt - 1) % FOLDS) as u8 } else { NONE }
        };
        let of_student: Vec<u8> = learn_from.iter().map(&mut fold).collect();
        let mut folds = Self {
            of_student,
            all: Count::default(),
            skills: vec![ByFold::default(); log.skills.len()],
            items: vec![ByFold::default(); log.items.len()],
            skill_easiness: Vec::new(),
            item_easiness: Vec::new(),
        };
        folds.count(log);
        let all = logit_of(folds.all);
        folds.skill_easiness =
            folds.skills.iter().map(|by| without_each(by, Shrinking::SKILL, &[all; FOLDS])).collect();
        let of_item = folds.items.iter().zip(&log.skill_of_item);
        let skills = &folds.skill_easiness;
        folds.item_easiness =
            of_item.map(|(by, skill)| without_each(by, Shrinking::ITEM, &skills[*skill as usize])).collect();
        folds
    }

    fn count(&mut self, log: &Log) {
        for attempt in log.attempts.iter().filter(|attempt| !attempt.helped) {
            let Some(fold) = self.of(attempt.student) else { continue };
            self.all.add(attempt.right);
            self.skills[attempt.skill as usize][usize::from(fold)].add(attempt.right);
            self.items[attempt.item as usize][usize::from(fold)].add(attempt.right);
        }
    }

    /// The student's group, if the student is learnt from.
    pub fn of(&self, student: u32) -> Option<u8> {
        self.of_student.get(student as usize).copied().filter(|fold| *fold != NONE)
    }

    /// Easiness of item and skill (logits), without that group.
    pub fn easiness(&self, item: u32, skill: u32, fold: u8) -> (f64, f64) {
        let fold = usize::from(fold);
        (self.item_easiness[item as usize][fold], self.skill_easiness[skill as usize][fold])
    }
}

/// All groups together.
pub(super) fn total(by: &ByFold) -> Count {
    by.iter().fold(Count::default(), |sum, count| sum.with(*count))
}

fn without_each(by: &ByFold, shrinking: Shrinking, expected: &[f64; FOLDS]) -> [f64; FOLDS] {
    let total = total(by);
    std::array::from_fn(|fold| shrinking.easiness(total.without(by[fold]), expected[fold]))
}
