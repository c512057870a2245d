//! The four constants of each skill's knowledge tracing, by expectation and maximization (Baum and Welch 1970).
//!
//! Guess and slip are those of [`crate::mastery`]: shifted by how much easier the item is than its skill. Since what
//! is known stays known, smoothing needs one product an answer: with `a` the belief after an answer and
//! `k = a + (1-a) T` the belief before the next, `P(known then | all) = P(known next | all) a / k`, and the chance of
//! having learnt in between is the difference of the two.
//!
//! Beta priors hold each constant at the default as by [`HELD`] answers. Guess is at most .50, the most for which
//! readiness is proven (`whatever_a_refit_finds_...` in the tests) and that any question is given, and slip at most .25,
//! so that "known" keeps its meaning (Beck and Chang 2007 on why nothing else forces it to); learning at a try at most so
//! much that [`crate::mastery`] can still tell who learned from who never does ([`learn_at_most`]).

use super::{Attempt, Folds, Log};
use crate::{
    mastery::{KNOWN_FIRST_MAX, guess_slip, learn_at_most},
    parameters::SkillParameters,
    response::{Shrinking, logit, logit_of, sigma},
};
use curriculum::{ItemId, SkillId};
use std::collections::BTreeMap;

/// Strength of the priors, in answers.
pub const HELD: f64 = 10.0;
const GUESS_MAX: f64 = 0.50;
const SLIP_MAX: f64 = 0.25;
const ROUNDS_MAX: usize = 60;
/// No constant moves by more: done.
const DONE: f64 = 5e-4;
/// Shifts are rounded to a quarter of a logit while fitting, from -4 to 4.
const SHIFTS: usize = 33;
/// Kinds of a question by the options shown: typed, 2, 3, ... 9 and more. Guessing among options is one in that many, as
/// in [`guess_slip`], and says nothing of the skill's guess.
const CHOICES: usize = 9;
/// Kinds of an answer: options, a shift, wrong or right; and one more for right after help.
const KINDS: usize = 2 * SHIFTS * CHOICES + 1;
const HELPED: u16 = (KINDS - 1) as u16;

/// How much easier each item is than its skill (logits).
pub fn item_shifts(log: &Log, folds: &Folds) -> BTreeMap<ItemId, f64> {
    let all = logit_of(folds.all);
    let shift = |(item, skill): (usize, &u32)| {
        let skill = Shrinking::SKILL.easiness(super::folds::total(&folds.skills[*skill as usize]), all);
        Shrinking::ITEM.easiness(super::folds::total(&folds.items[item]), skill) - skill
    };
    let shifts = log.skill_of_item.iter().enumerate().map(shift);
    let learnt = log.items.iter().zip(&folds.items).zip(shifts);
    learnt.filter(|((_, by), _)| by.iter().any(|count| count.answers > 0)).map(|((id, _), b)| (id.clone(), b)).collect()
}

/// Fits every skill with answers.
pub fn trace_skills(log: &Log, learn_from: &[bool], folds: &Folds) -> BTreeMap<SkillId, SkillParameters> {
    let sequences = Sequences::gather(log, learn_from, folds);
    let mut room = Vec::new();
    let skills = log.skills.iter().zip(sequences);
    skills.filter(|(_, of)| !of.kinds.is_empty()).map(|(id, of)| (id.clone(), of.fit(&mut room))).collect()
}

/// The answers to one skill, student by student.
#[derive(Default)]
struct Sequences {
    /// Twice the number of options and rounded shift, plus 1 for right.
    kinds: Vec<u16>,
    /// Where each student's answers end.
    ends: Vec<u32>,
    /// What the pre-test said of each student; 0 for nothing.
    placed: Vec<f32>,
}

impl Sequences {
    fn gather(log: &Log, learn_from: &[bool], folds: &Folds) -> Vec<Self> {
        let mut all: Vec<Self> = log.skills.iter().map(|_| Self::default()).collect();
        let mut touched = Vec::new();
        for attempts in log.by_student() {
            if !attempts.first().is_some_and(|attempt| learn_from[attempt.student as usize]) {
                continue;
            }
            for attempt in attempts {
                let of = &mut all[attempt.skill as usize];
                if of.ends.last().map_or(0, |end| *end as usize) == of.kinds.len() {
                    touched.push(attempt.skill);
                    // Moved on to the end of this student's answers below.
                    of.ends.push(u32::MAX);
                    of.placed.push(attempt.placed);
                }
                of.kinds.push(kind(attempt, folds));
            }
            for skill in touched.drain(..) {
                let of = &mut all[skill as usize];
                let end = of.kinds.len() as u32;
                *of.ends.last_mut().expect("a touched skill has an end") = end;
            }
        }
        all
    }

    fn fit(&self, room: &mut Vec<f64>) -> SkillParameters {
        let mut now = SkillParameters::default();
        let mut counts = [0.0; KINDS];
        self.kinds.iter().for_each(|kind| counts[usize::from(*kind)] += 1.0);
        let unplaced = self.placed.iter().filter(|placed| **placed == 0.0).count() as f64;
        for _ in 0..ROUNDS_MAX {
            let next = self.expect(now, &counts, room).maximize(now, &counts, unplaced);
            let moved = [
                next.known_first - now.known_first,
                next.learn - now.learn,
                next.guess - now.guess,
                next.slip - now.slip,
            ];
            now = next;
            if moved.iter().all(|by| by.abs() < DONE) {
                break;
            }
        }
        now
    }

    fn expect(&self, constants: SkillParameters, counts: &[f64; KINDS], room: &mut Vec<f64>) -> Expected {
        let chances = chances(constants, counts);
        let mut expected = Expected { known_first: 0.0, learnt: 0.0, chances_to_learn: 0.0, known: [0.0; KINDS] };
        let mut start = 0;
        for (end, placed) in self.ends.iter().zip(&self.placed) {
            let kinds = &self.kinds[start..*end as usize];
            start = *end as usize;
            room.clear();
            let first = if *placed > 0.0 { f64::from(*placed) } else { constants.known_first };
            let (mut before, mut after) = (first, 0.0);
            for kind in kinds {
                let (known, unknown) = chances[usize::from(*kind)];
                let both = before * known;
                after = both / (both + (1.0 - before) * unknown);
                before = after + (1.0 - after) * constants.learn;
                room.push(after / before);
            }
            let mut known = after;
            let last = known;
            let mut sum = 0.0;
            for (nth, kind) in kinds.iter().enumerate().rev() {
                if nth + 1 < kinds.len() {
                    known *= room[nth];
                    sum += 1.0 - known;
                }
                expected.known[usize::from(*kind)] += known;
            }
            if *placed == 0.0 {
                expected.known_first += known;
            }
            expected.learnt += last - known;
            expected.chances_to_learn += sum;
        }
        expected
    }
}

/// The number of options and shift, and right or wrong.
fn kind(attempt: &Attempt, folds: &Folds) -> u16 {
    if attempt.helped {
        return HELPED;
    }
    let choice = usize::from(attempt.options).clamp(1, CHOICES) - 1;
    // Below 595, so it fits.
    let number = |nth: usize| (2 * (choice * SHIFTS + nth)) as u16 + u16::from(attempt.right);
    let Some(fold) = folds.of(attempt.student) else { return number(SHIFTS / 2) };
    let (item, skill) = folds.easiness(attempt.item, attempt.skill, fold);
    let nth = ((item - skill) * 4.0 + (SHIFTS / 2) as f64 + 0.5).clamp(0.0, (SHIFTS - 1) as f64);
    number(nth as usize)
}

fn shift(nth: usize) -> f64 {
    (nth as f64 - (SHIFTS / 2) as f64) / 4.0
}

/// For each kind of answer that was given its chance when known and when not.
fn chances(constants: SkillParameters, counts: &[f64; KINDS]) -> [(f64, f64); KINDS] {
    let mut chances = [(1.0, 1.0); KINDS];
    for nth in (0..SHIFTS * CHOICES).filter(|nth| counts[2 * nth] + counts[2 * nth + 1] > 0.0) {
        let choice = nth / SHIFTS;
        let options = if choice == 0 { 0 } else { choice as u16 + 1 };
        let question = guess_slip(constants, shift(nth % SHIFTS), options);
        chances[2 * nth] = (question.slip, 1.0 - question.guess);
        chances[2 * nth + 1] = (1.0 - question.slip, question.guess);
    }
    chances
}

/// What one round expects of the hidden states.
struct Expected {
    known_first: f64,
    learnt: f64,
    chances_to_learn: f64,
    /// Answers given while knowing, by kind.
    known: [f64; KINDS],
}

impl Expected {
    fn maximize(&self, now: SkillParameters, counts: &[f64; KINDS], students: f64) -> SkillParameters {
        let default = SkillParameters::default();
        let share = |part: f64, whole: f64, expected: f64| (part + HELD * expected) / (whole + HELD);
        // Whoever knows slips among options too; only a typed answer tells how often one guesses.
        let known = |nth: usize, right: usize| -> f64 {
            (0..CHOICES).map(|choice| self.known[2 * (choice * SHIFTS + nth) + right]).sum()
        };
        let unknown = |nth: usize, right: usize| (counts[2 * nth + right] - self.known[2 * nth + right]).max(0.0);
        // A slip is a wrong answer while knowing; it is rarer on easier items.
        let slips = std::array::from_fn(|nth| (known(nth, 0), known(nth, 1), -shift(nth)));
        let guesses = std::array::from_fn(|nth| (unknown(nth, 1), unknown(nth, 0), shift(nth)));
        let known_first = share(self.known_first, students, default.known_first).clamp(0.001, KNOWN_FIRST_MAX);
        SkillParameters {
            known_first,
            learn: share(self.learnt, self.chances_to_learn, default.learn).clamp(0.001, learn_at_most(known_first)),
            guess: shifted_share(&guesses, now.guess, default.guess).clamp(0.01, GUESS_MAX),
            slip: shifted_share(&slips, now.slip, default.slip).clamp(0.01, SLIP_MAX),
        }
    }
}

/// The share at shift 0 that makes (yes, no) likeliest at their shifts, by Newton's method from `now`.
fn shifted_share(at: &[(f64, f64, f64); SHIFTS], now: f64, expected: f64) -> f64 {
    let mut place = logit(now);
    for _ in 0..4 {
        let p = sigma(place);
        let (mut slope, mut curve) = (HELD * (expected - p), HELD * p * (1.0 - p));
        for (yes, no, shift) in at.iter().filter(|(yes, no, _)| yes + no > 0.0) {
            let p = sigma(place + shift);
            slope += yes - (yes + no) * p;
            curve += (yes + no) * p * (1.0 - p);
        }
        let step = (slope / curve).clamp(-1.0, 1.0);
        place = (place + step).clamp(-6.0, 6.0);
        if step.abs() < 1e-6 {
            break;
        }
    }
    sigma(place)
}
