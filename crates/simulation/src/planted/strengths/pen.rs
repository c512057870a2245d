//! Writes down what is done in a sitting, and what is true of it.

use super::{
    learner::{ITEMS, Learner},
    truth,
};
use crate::{
    Chance,
    planted::{Act, Deed, Sitting, Trouble},
};
use std::collections::{BTreeMap, BTreeSet};

/// True work on a question (usual times, ms) from which one is stuck where misses or hints were on the way, and from which
/// nobody can say; what is thought through in silence and solved is neither below the first.
const STUCK_FROM: (f64, f64) = (4.0, 120_000.0);
const STUCK_UNCLEAR_FROM: (f64, f64) = (2.5, 60_000.0);
/// Tries from which a wheel may spin, and from which nobody can say; chances below which it does, and may do.
const SPIN_TRIES: (u32, u32) = (6, 5);
const SPIN_CHANCE: (f64, f64) = (0.25, 0.40);
/// A trouble shows from so many questions on.
const SHOWS_FROM: u32 = 3;

/// The writing of a sitting, and what is true of it.
pub(super) struct Pen {
    pub now: i64,
    /// Questions of a mood that were done in it.
    pub in_mood: u32,
    deeds: Vec<Deed>,
    question: u32,
    skill: usize,
    item: usize,
    /// Called away since the last deed (ms): it is in the time that a device measures, and is no work.
    away_ms: i64,
    worked_ms: i64,
    signs: u32,
    held: BTreeSet<Trouble>,
    unclear: BTreeSet<Trouble>,
    /// Tries by skill at which three in a row were truly unlikely.
    spinning: BTreeMap<usize, u32>,
    pub by_idea: u32,
}

impl Pen {
    pub(super) fn new(now: i64) -> Self {
        Self {
            now,
            in_mood: 0,
            deeds: Vec::new(),
            question: 0,
            skill: 0,
            item: 0,
            away_ms: 0,
            worked_ms: 0,
            signs: 0,
            held: BTreeSet::new(),
            unclear: BTreeSet::new(),
            spinning: BTreeMap::new(),
            by_idea: 0,
        }
    }

    pub(super) fn begin(&mut self, learner: &mut Learner, chance: &mut Chance, skill: usize) {
        learner.shown += 1;
        (self.question, self.skill, self.item) = (learner.shown, skill, chance.below(ITEMS));
        (self.worked_ms, self.signs) = (0, 0);
        self.now += 1_200 + (chance.unit() * 3_000.0) as i64;
        self.write(Act::Begin);
    }

    pub(super) fn difficulty(&self, learner: &Learner) -> f64 {
        learner.skills[self.skill].difficulties[self.item]
    }

    /// The question in hand was answered already.
    pub(super) fn has_answer(&self) -> bool {
        let of_it = self.deeds.iter().rev().take_while(|deed| deed.question == self.question);
        of_it.into_iter().any(|deed| matches!(deed.act, Act::Answer { .. }))
    }

    fn write(&mut self, act: Act) {
        let (question, skill, item) = (self.question, self.skill as u32, self.item as u32);
        self.deeds.push(Deed { at: self.now, question, skill, item, act });
    }

    /// The first answer to a question moves the count of tries; any of them is work.
    pub(super) fn first(&mut self, learner: &mut Learner, right: bool, idea: Option<u32>, took_ms: i64) {
        let helped = self.signs > 0;
        self.answer(learner, right, idea, took_ms);
        let skill = &mut learner.skills[self.skill];
        skill.tries += 1;
        skill.row = if right && !helped { skill.row + 1 } else { 0 };
        skill.settled |= skill.row >= 3;
        if skill.settled || skill.tries < SPIN_TRIES.1 {
            return;
        }
        let soon = truth::three_soon(skill);
        if soon < SPIN_CHANCE.0 && skill.tries >= SPIN_TRIES.0 {
            *self.spinning.entry(self.skill).or_default() += 1;
        }
        if soon < SPIN_CHANCE.1 {
            self.unclear.insert(Trouble::Spins);
        }
    }

    pub(super) fn answer(&mut self, learner: &Learner, right: bool, idea: Option<u32>, took_ms: i64) {
        self.work(learner, took_ms, right);
        self.signs += u32::from(!right);
        let took_ms = took_ms + std::mem::take(&mut self.away_ms);
        self.write(Act::Answer { right, idea, took_ms, options: learner.skills[self.skill].options });
    }

    pub(super) fn hint(&mut self, learner: &Learner, last: bool, after_ms: i64) {
        self.work(learner, after_ms, false);
        self.signs += 1;
        let after_ms = after_ms + std::mem::take(&mut self.away_ms);
        self.write(Act::Hint { last, after_ms });
    }

    pub(super) fn away(&mut self, for_ms: i64) {
        self.now += for_ms;
        self.away_ms += for_ms;
    }

    fn work(&mut self, learner: &Learner, for_ms: i64, solved: bool) {
        self.now += for_ms;
        self.worked_ms += for_ms;
        let (worked, usual) = (self.worked_ms as f64, learner.usual_ms);
        let beyond = |(times, ms): (f64, f64)| worked >= times * usual && worked >= ms;
        let (no_way_on, long) = (self.signs > 0, beyond(STUCK_FROM));
        if long && no_way_on && !solved {
            self.held.insert(Trouble::Stuck);
        } else if long || (no_way_on && beyond(STUCK_UNCLEAR_FROM)) {
            self.unclear.insert(Trouble::Stuck);
        }
    }

    pub(super) fn close(mut self, day: u32, planted: Option<Trouble>) -> Sitting {
        if self.spinning.values().any(|tries| *tries >= 2) {
            self.held.insert(Trouble::Spins);
        }
        self.shows(Trouble::WrongIdea, self.by_idea);
        match planted {
            Some(mood @ (Trouble::Hurries | Trouble::FlicksHints)) => self.shows(mood, self.in_mood),
            Some(Trouble::Stuck) => drop(self.held.insert(Trouble::Stuck)),
            _ => {}
        }
        let held = self.held;
        self.unclear.retain(|trouble| !held.contains(trouble));
        Sitting { day, planted, held, unclear: self.unclear, deeds: self.deeds }
    }

    fn shows(&mut self, trouble: Trouble, times: u32) {
        match times {
            0 => {}
            SHOWS_FROM.. => drop(self.held.insert(trouble)),
            _ => drop(self.unclear.insert(trouble)),
        }
    }
}
