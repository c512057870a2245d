//! Circumstances of a sitting: a mood for some questions, an impasse at one, a skill begun too early, an idea.

use super::{
    learner::{Learner, SKILLS},
    lesson,
    pen::Pen,
};
use crate::{Chance, planted::Trouble};

/// What comes over a student in a sitting.
pub(super) struct Mood {
    pub trouble: Trouble,
    /// The skill that it is about, which is in hand then.
    pub skill: Option<usize>,
    /// Questions before it, and how many it lasts.
    before: u32,
    pub left: u32,
}

impl Mood {
    pub(super) fn new(chance: &mut Chance, learner: &mut Learner, trouble: Trouble) -> Self {
        let before = chance.below(8) as u32;
        let left = match trouble {
            Trouble::Hurries => 7 + chance.below(14) as u32,
            Trouble::FlicksHints => 6 + chance.below(9) as u32,
            Trouble::Stuck => 1,
            Trouble::Spins | Trouble::WrongIdea => 0,
        };
        let skill = match trouble {
            Trouble::Spins => begin_too_early(chance, learner),
            Trouble::WrongIdea => Some(take_up_an_idea(chance, learner)),
            _ => None,
        };
        Self { trouble, skill, before, left }
    }

    /// Counts a question; true when it is done in this mood.
    pub(super) fn is_on(&mut self) -> bool {
        if self.before > 0 || self.left == 0 {
            self.before = self.before.saturating_sub(1);
            return false;
        }
        self.left -= 1;
        true
    }
}

/// A skill that is new is begun though what it needs is missing.
fn begin_too_early(chance: &mut Chance, learner: &mut Learner) -> Option<usize> {
    let new: Vec<usize> = (1..SKILLS).filter(|place| learner.skills[*place].tries < 3).collect();
    let skill = *chance.pick(&new)?;
    learner.skills[skill].blocked = true;
    learner.skills[skill].strength = -1.2 - 1.5 * chance.unit();
    Some(skill)
}

fn take_up_an_idea(chance: &mut Chance, learner: &mut Learner) -> usize {
    let skill = chance.below(SKILLS);
    let idea = (skill * 2 + chance.below(2)) as u32;
    learner.skills[skill].idea = Some((idea, 0.5 + 0.4 * chance.unit()));
    skill
}

pub(super) fn question(learner: &mut Learner, chance: &mut Chance, pen: &mut Pen, skill: usize, trouble: Trouble) {
    match trouble {
        Trouble::Hurries if chance.happens(0.8) => hurried(learner, chance, pen, skill),
        Trouble::FlicksHints if chance.happens(0.7) => flicked(learner, chance, pen, skill),
        Trouble::Stuck => at_an_impasse(learner, chance, pen, skill),
        _ => lesson::question(learner, chance, pen, skill),
    }
}

/// Something is pressed before the question can have been read.
fn hurried(learner: &mut Learner, chance: &mut Chance, pen: &mut Pen, skill: usize) {
    pen.begin(learner, chance, skill);
    pen.in_mood += 1;
    let mut press = |pen: &mut Pen, learner: &mut Learner, first: bool| {
        let took = 350.0 + 0.05 * learner.usual_ms * chance.unit() + 300.0 * libm::exp(0.5 * chance.normal());
        let options = learner.skills[skill].options;
        let right = chance.happens(if options > 0 { 1.0 / f64::from(options) } else { 0.02 });
        if first {
            pen.first(learner, right, None, took as i64);
        } else {
            pen.answer(learner, right, None, took as i64);
        }
        !right && chance.happens(0.4)
    };
    let mut first = true;
    while press(pen, learner, first) {
        first = false;
    }
}

/// The hints are opened to the last as fast as they come, for the answer in it.
fn flicked(learner: &mut Learner, chance: &mut Chance, pen: &mut Pen, skill: usize) {
    pen.begin(learner, chance, skill);
    pen.in_mood += 1;
    if chance.happens(0.4) {
        pen.first(learner, false, None, learner.thinks(chance, skill) / 4 + 700);
    }
    let hints = 2 + chance.below(3);
    let tried = pen.has_answer();
    for nth in 0..hints {
        let first_ms = 500.0 + 6_000.0 * chance.unit();
        let after = if nth == 0 { first_ms } else { 250.0 + 450.0 * libm::exp(0.4 * chance.normal()) };
        pen.hint(learner, nth + 1 == hints, after as i64);
    }
    let took = 1_500 + (chance.unit() * 4_000.0) as i64;
    if tried {
        pen.answer(learner, true, None, took);
    } else {
        pen.first(learner, true, None, took);
    }
}

/// No way on: long silences, a wrong try, a hint that does not help, and again, five to twelve usual times.
fn at_an_impasse(learner: &mut Learner, chance: &mut Chance, pen: &mut Pen, skill: usize) {
    pen.begin(learner, chance, skill);
    let lasts = (learner.usual_ms * (5.0 + 7.0 * chance.unit())).max(150_000.0 * learner.time_factor);
    let until = pen.now + lasts as i64;
    let mut first = true;
    while pen.now < until {
        let silent = (1.2 * learner.usual_ms * libm::exp(0.6 * chance.normal())).clamp(8_000.0, 280_000.0) as i64;
        match (chance.happens(0.3), first) {
            (true, _) => pen.hint(learner, false, silent),
            (false, true) => pen.first(learner, false, None, silent),
            (false, false) => pen.answer(learner, false, None, silent),
        }
        first &= !pen.has_answer();
    }
    if chance.happens(0.4) && !first {
        pen.answer(learner, true, None, 6_000);
    }
}
