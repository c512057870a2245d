//! A sitting: a few mixed questions, then runs of five of the skill in hand, each question as most are.

use super::{
    learner::{Learner, SKILLS},
    mood::{self, Mood},
    pen::Pen,
};
use crate::{
    Chance,
    planted::{Sitting, Trouble},
};

/// Questions of a run.
const RUN: usize = 5;
/// Chance of being called away, or distracted, at a question.
const AWAY: f64 = 0.015;
/// Chance that a typed wrong answer happens to be one that a wrong idea leads to.
const IDEA_BY_CHANCE: f64 = 0.03;

pub(super) fn sitting(
    learner: &mut Learner,
    chance: &mut Chance,
    (day, begins): (u32, i64),
    planted: Option<Trouble>,
) -> Sitting {
    let mut pen = Pen::new(begins);
    let until = begins + 20 * 60_000 + (chance.unit() * 20.0 * 60_000.0) as i64;
    for _ in 0..3 {
        let skill = chance.below(SKILLS);
        question(learner, chance, &mut pen, skill);
    }
    let mut mood = planted.map(|planted| Mood::new(chance, learner, planted));
    let mut skill = mood.as_ref().and_then(|mood| mood.skill).unwrap_or_else(|| learner.in_hand(chance));
    while pen.now < until || mood.as_ref().is_some_and(|mood| mood.left > 0) {
        for _ in 0..RUN {
            let in_mood = mood.as_mut().is_some_and(Mood::is_on);
            match mood.as_ref().filter(|_| in_mood) {
                Some(mood) => mood::question(learner, chance, &mut pen, skill, mood.trouble),
                None => question(learner, chance, &mut pen, skill),
            }
        }
        // What began without what it needs stands in the plan all the same.
        let trying = mood.as_ref().and_then(|mood| mood.skill).filter(|_| chance.happens(0.6));
        skill = trying.unwrap_or_else(|| learner.in_hand(chance));
    }
    pen.close(day, planted)
}

/// One question as most are: thought about, got or missed, tried again with some help or left.
pub(super) fn question(learner: &mut Learner, chance: &mut Chance, pen: &mut Pen, skill: usize) {
    pen.begin(learner, chance, skill);
    let success = learner.skills[skill].success(pen.difficulty(learner));
    if success < 0.5 && chance.happens(learner.asks_first) {
        pen.hint(learner, false, learner.thinks(chance, skill) / 2);
    }
    if chance.happens(AWAY) {
        pen.away((60_000.0 * libm::exp(chance.normal())).min(720_000.0) as i64);
    }
    let idea = learner.skills[skill].idea.filter(|(_, holds)| chance.happens(*holds)).map(|(idea, _)| idea);
    pen.by_idea += u32::from(learner.skills[skill].idea.is_some());
    let free = success / (1.0 - learner.skills[skill].idea.map_or(0.0, |(_, holds)| holds));
    let right = idea.is_none() && chance.happens(free);
    let took = learner.thinks(chance, skill);
    let took = if right { took } else { took + took / 5 };
    let wrong = idea.or_else(|| by_chance(learner, chance, skill).filter(|_| !right));
    pen.first(learner, right, wrong, took);
    learner.skills[skill].strength += learner.skills[skill].step();
    if !right && !chance.happens(learner.leaves) {
        again(learner, chance, pen, skill);
    }
}

/// A wrong answer may be one that a wrong idea leads to without any idea being held; among options easily so.
fn by_chance(learner: &Learner, chance: &mut Chance, skill: usize) -> Option<u32> {
    let of = &learner.skills[skill];
    let named = of.named as f64 / f64::from(of.options.max(2) - 1);
    let which = chance.below(if of.options > 0 { of.named.max(1) } else { 2 });
    chance.happens(if of.options > 0 { named } else { IDEA_BY_CHANCE }).then_some((skill * 2 + which) as u32)
}

/// After a miss: tries and hints in turn, until it is got or left.
fn again(learner: &mut Learner, chance: &mut Chance, pen: &mut Pen, skill: usize) {
    let hints = 2 + pen.difficulty(learner).abs().min(1.9) as usize;
    let words = 5.0 + 15.0 * chance.unit();
    let mut opened = 0;
    for _ in 0..1 + chance.below(4) {
        if opened < hints && chance.happens(0.45) {
            opened += 1;
            pen.hint(learner, opened == hints, learner.reads_hint(chance, words));
            continue;
        }
        let right = chance.happens(if opened == hints { 0.95 } else { 0.35 + 0.15 * opened as f64 });
        pen.answer(learner, right, None, (learner.thinks(chance, skill) / 3).max(1_500));
        if right {
            return;
        }
    }
}
