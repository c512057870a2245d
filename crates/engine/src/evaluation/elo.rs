//! Elo (Pelanek 2016): one ability a student, an offset a skill, difficulties of items and skills that fall with every
//! right answer. A baseline: nothing in the product rests on it.

use super::Predicted;
use crate::{
    refit::{Attempt, Log},
    response::sigma,
};

/// Step of an item's difficulty, and how it shrinks with answers.
const ITEM_STEP: (f64, f64) = (1.0, 0.05);
/// Step of a student's offset on a skill.
const SKILL_STEP: f64 = 0.35;
/// Step of a student's ability, and how it shrinks with answers.
const STUDENT_STEP: (f64, f64) = (0.5, 0.05);

/// Difficulty and answers of each item and skill.
pub struct Elo {
    items: Vec<(f64, f64)>,
    skills: Vec<(f64, f64)>,
}

struct Student {
    ability: f64,
    answers: f64,
    skills: Vec<f64>,
}

/// Learns the difficulties from some students, in the order of the log.
pub fn fit_elo(log: &Log, learn_from: &[bool]) -> Elo {
    let mut elo = Elo { items: vec![(0.0, 0.0); log.items.len()], skills: vec![(0.0, 0.0); log.skills.len()] };
    for attempts in log.by_student().filter(|of| learn_from[of[0].student as usize]) {
        let mut student = Student { ability: 0.0, answers: 0.0, skills: vec![0.0; log.skills.len()] };
        for attempt in attempts {
            let surprise = elo.take(&mut student, attempt).1;
            let item = elo.items[attempt.item as usize];
            let start = elo.difficulty(attempt);
            let step = |answers: f64| ITEM_STEP.0 / (1.0 + ITEM_STEP.1 * answers);
            elo.items[attempt.item as usize] = (start - step(item.1) * surprise, item.1 + 1.0);
            let skill = &mut elo.skills[attempt.skill as usize];
            *skill = (skill.0 - 0.5 * step(skill.1) * surprise, skill.1 + 1.0);
        }
    }
    elo
}

/// Predicts the answers of the others; difficulties stand still.
pub fn elo(log: &Log, learn_from: &[bool], elo: &Elo) -> Vec<Predicted> {
    let mut predicted = Vec::new();
    for attempts in log.by_student().filter(|of| !learn_from[of[0].student as usize]) {
        let mut student = Student { ability: 0.0, answers: 0.0, skills: vec![0.0; log.skills.len()] };
        for attempt in attempts {
            let (p, _) = elo.take(&mut student, attempt);
            predicted.push(Predicted { row: attempt.row, p, right: attempt.right });
        }
    }
    predicted
}

impl Elo {
    /// The item's; of a new item its skill's.
    fn difficulty(&self, attempt: &Attempt) -> f64 {
        let item = self.items[attempt.item as usize];
        if item.1 > 0.0 { item.0 } else { self.skills[attempt.skill as usize].0 }
    }

    /// The chance before, and the surprise after.
    fn take(&self, student: &mut Student, attempt: &Attempt) -> (f64, f64) {
        let offset = &mut student.skills[attempt.skill as usize];
        let p = sigma(student.ability + *offset - self.difficulty(attempt));
        let surprise = f64::from(u8::from(attempt.right)) - p;
        *offset += SKILL_STEP * surprise;
        student.ability += STUDENT_STEP.0 / (1.0 + STUDENT_STEP.1 * student.answers) * surprise;
        student.answers += 1.0;
        (p, surprise)
    }
}
