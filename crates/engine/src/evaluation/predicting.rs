//! The product's own models, asked about held-out students, by the functions that a fold uses.

use super::Predicted;
use crate::{
    mastery::{believe, guess_slip, success_next},
    parameters::{Parameters, SkillParameters},
    refit::Log,
    response::{Asked, ItemTrace, Model, SkillTrace, StudentTrace},
};
use curriculum::CourseId;

/// The name under which a log's constants stand in a set of parameters.
pub const COURSE: &str = "log";

/// The number of what a model has never met.
const UNKNOWN: u32 = u32::MAX;

/// Predicts by the response model.
pub fn predict_response(log: &Log, learn_from: &[bool], model: &Model) -> Vec<Predicted> {
    let items: Vec<u32> = log.items.iter().map(|id| model.item(id).unwrap_or(UNKNOWN)).collect();
    let skills: Vec<u32> = log.skills.iter().map(|id| model.skill(id).unwrap_or(UNKNOWN)).collect();
    let mut on_skill = vec![SkillTrace::default(); log.skills.len()];
    let mut on_item = vec![ItemTrace::default(); log.items.len()];
    let mut predicted = Vec::new();
    for attempts in log.by_student().filter(|of| !learn_from[of[0].student as usize]) {
        let mut student = StudentTrace::default();
        for attempt in attempts {
            on_skill[attempt.skill as usize] = SkillTrace::default();
            on_item[attempt.item as usize] = ItemTrace::default();
        }
        for attempt in attempts {
            let (skill, item) = (&mut on_skill[attempt.skill as usize], &mut on_item[attempt.item as usize]);
            let asked = Asked {
                item: items[attempt.item as usize],
                skill: skills[attempt.skill as usize],
                at: attempt.at,
                options: 0,
            };
            let p = model.predict(asked, &student, skill, item);
            predicted.push(Predicted { row: attempt.row, p, right: attempt.right });
            model.take(asked, attempt.right, &mut student, skill, item);
        }
    }
    predicted
}

/// The constants of a log's skills and items, by number.
pub struct TracedSkills {
    skills: Vec<SkillParameters>,
    items: Vec<f64>,
}

impl TracedSkills {
    /// Looks up the constants of one course.
    pub fn new(log: &Log, parameters: &Parameters, course: &CourseId) -> Self {
        Self {
            skills: log.skills.iter().map(|skill| parameters.of(course, skill)).collect(),
            items: log.items.iter().map(|item| parameters.item_shift(course, item)).collect(),
        }
    }
}

/// Predicts by item-aware knowledge tracing.
pub fn predict_tracing(log: &Log, learn_from: &[bool], constants: &TracedSkills) -> Vec<Predicted> {
    let mut predicted = Vec::new();
    let mut levels = vec![0.0; log.skills.len()];
    for attempts in log.by_student().filter(|of| !learn_from[of[0].student as usize]) {
        for attempt in attempts {
            levels[attempt.skill as usize] = constants.skills[attempt.skill as usize].known_first;
        }
        for attempt in attempts {
            let of_skill = constants.skills[attempt.skill as usize];
            let question = guess_slip(of_skill, constants.items[attempt.item as usize], 0);
            let level = &mut levels[attempt.skill as usize];
            predicted.push(Predicted { row: attempt.row, p: success_next(*level, question), right: attempt.right });
            *level = believe(*level, attempt.right, question, of_skill);
        }
    }
    predicted
}
