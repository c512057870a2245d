//! An ordinary sitting, and where trouble comes into it.

use super::{
    Act, Deed, Sitting, Trouble,
    person::{ITEMS, Person, SKILLS},
    trouble,
};
use crate::Chance;
use std::collections::BTreeSet;

/// Chance that an ordinary wrong answer happens to be the one that a wrong idea leads to.
const IDEA_BY_CHANCE: f64 = 0.025;
/// Chance of an interruption within a question.
const INTERRUPTED: f64 = 0.015;

/// Usual times of true work on one question from which a student is stuck, for whatever reason, and from which nobody can
/// say; being away is no work.
const STUCK_FROM: f64 = 5.0;
const STUCK_UNCLEAR_FROM: f64 = 3.0;
/// And it takes so long at least.
const STUCK_FROM_MS: i64 = 150_000;
/// Tries at which nobody can say yet whether a skill is being learned or not, or it was not though nothing was planted.
const SPIN_UNCLEAR_FROM: u32 = 5;

/// The writing of a sitting.
pub(super) struct Pen {
    pub now: i64,
    pub deeds: Vec<Deed>,
    question: u32,
    skill: usize,
    item: u32,
    /// Called away since the last deed (ms): it is in the time that a device measures, and is no work.
    away_ms: i64,
    /// Work on this question so far, and the most on any (ms).
    worked_ms: i64,
    longest_ms: i64,
}

impl Pen {
    /// A new question of a skill stands on the screen.
    pub(super) fn begin(&mut self, person: &mut Person, chance: &mut Chance, skill: usize) {
        person.shown += 1;
        self.question = person.shown;
        self.skill = skill;
        self.item = chance.below(ITEMS as usize) as u32;
        self.worked_ms = 0;
        self.now += 1_500 + (chance.unit() * 4_000.0) as i64;
        self.write(Act::Begin);
    }

    fn write(&mut self, act: Act) {
        let (question, skill, item) = (self.question, self.skill as u32, self.item);
        self.deeds.push(Deed { at: self.now, question, skill, item, act });
    }

    pub(super) fn answer(&mut self, person: &Person, right: bool, idea: Option<u32>, took_ms: i64) {
        self.work(took_ms);
        let took_ms = took_ms + std::mem::take(&mut self.away_ms);
        self.write(Act::Answer { right, idea, took_ms, options: person.skills[self.skill].options });
    }

    fn away(&mut self, for_ms: i64) {
        self.now += for_ms;
        self.away_ms += for_ms;
    }

    fn work(&mut self, for_ms: i64) {
        self.now += for_ms;
        self.worked_ms += for_ms;
        self.longest_ms = self.longest_ms.max(self.worked_ms);
    }

    pub(super) fn hint(&mut self, last: bool, after_ms: i64) {
        self.work(after_ms);
        let after_ms = after_ms + std::mem::take(&mut self.away_ms);
        self.write(Act::Hint { last, after_ms });
    }
}

pub(super) fn sitting(
    person: &mut Person,
    chance: &mut Chance,
    day: u32,
    begins: i64,
    planted: Option<Trouble>,
) -> Sitting {
    let mut pen =
        Pen { now: begins, deeds: Vec::new(), question: 0, skill: 0, item: 0, away_ms: 0, worked_ms: 0, longest_ms: 0 };
    let mut touched = [false; SKILLS];
    let until = begins + 20 * 60_000 + (chance.unit() * 15.0 * 60_000.0) as i64;
    let mut trouble_after = planted.map(|_| 3 + chance.below(6));
    while pen.now < until {
        let skill = chance.below(SKILLS);
        let row = 3 + chance.below(5);
        for _ in 0..row {
            if pen.now >= until && trouble_after.is_none() {
                break;
            }
            if let (Some(trouble), Some(0)) = (planted, trouble_after) {
                trouble::write(person, chance, &mut pen, trouble);
                trouble_after = None;
            }
            trouble_after = trouble_after.map(|left| left.saturating_sub(1));
            question(person, chance, &mut pen, skill);
        }
    }
    if let (Some(trouble), Some(_)) = (planted, trouble_after) {
        trouble::write(person, chance, &mut pen, trouble);
    }
    pen.deeds.iter().for_each(|deed| touched[deed.skill as usize] = true);
    let mut held: BTreeSet<Trouble> = planted.into_iter().collect();
    let mut unclear = BTreeSet::new();
    let usual = pen.longest_ms as f64 / person.usual_ms;
    if usual >= STUCK_FROM && pen.longest_ms >= STUCK_FROM_MS {
        held.insert(Trouble::Stuck);
    } else if usual >= STUCK_UNCLEAR_FROM {
        unclear.insert(Trouble::Stuck);
    }
    if (0..SKILLS).any(|skill| touched[skill] && person.skills[skill].tries >= SPIN_UNCLEAR_FROM) {
        unclear.insert(Trouble::Spins);
    }
    unclear.retain(|trouble| !held.contains(trouble));
    Sitting { day, planted, held, unclear, deeds: pen.deeds }
}

/// One question as most are: thought about, got or missed, tried again with some help.
pub(super) fn question(person: &mut Person, chance: &mut Chance, pen: &mut Pen, skill: usize) {
    pen.begin(person, chance, skill);
    if chance.happens(person.slips_early) {
        // Enter was pressed before anything was meant.
        pen.answer(person, false, None, 300 + (chance.unit() * 900.0) as i64);
    }
    if chance.happens(INTERRUPTED) {
        pen.away(60_000 + (chance.unit() * 600_000.0) as i64);
    }
    let known = person.skills[skill].known;
    if !known {
        person.skills[skill].tries += 1;
    }
    // What is at one's fingertips comes quickly, and is right.
    let fluent = known && chance.happens(0.2);
    let took = person.thinks(chance);
    let took = if fluent { (took / 5).max(1_000) } else { took };
    let right = chance.happens(if known { 1.0 - person.skills[skill].slip } else { person.skills[skill].guess });
    let idea = (!right && chance.happens(IDEA_BY_CHANCE)).then(|| skill as u32 * 2 + chance.below(2) as u32);
    pen.answer(person, right, idea, took);
    if !right {
        again(person, chance, pen);
    }
    if !known && chance.happens(person.skills[skill].learns) {
        person.skills[skill].known = true;
    }
}

/// After a miss: another try, a hint or two, now and then all of them.
fn again(person: &Person, chance: &mut Chance, pen: &mut Pen) {
    for _ in 0..chance.below(3) {
        let took = person.thinks(chance) / 2;
        let right = chance.happens(0.35);
        pen.answer(person, right, None, took.max(1_500));
        if right {
            return;
        }
    }
    let hints = chance.below(4);
    for nth in 0..hints {
        // The first is often opened at once, whatever it says.
        let after = if nth == 0 && chance.happens(0.4) { 700 } else { person.reads_hint(chance) };
        pen.hint(nth == 2, after);
    }
    pen.answer(person, chance.happens(0.4 + 0.2 * hints as f64), None, person.thinks(chance) / 2);
}
