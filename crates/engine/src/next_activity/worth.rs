//! What one more question on a skill is worth now: knowledge that it is likely to bring, in the time it takes.
//!
//! `worth = (learn + keep + confirm) / time`, all of it from what is believed of the student:
//! - learn: `(1 - p) T` times how well it would come to mind tomorrow and in 90 days; less after misses in a row, since
//!   what does not get on had better be left for another day, more where what helps is known, more where much rests on it;
//! - keep: `p` times what a right answer adds to recall, tomorrow and in 90 days;
//! - confirm: a little where one more right answer would make the skill ready, so that what is known opens what rests on it;
//! - time: a question that is missed takes about twice as long, with its feedback, help and another try.
//!
//! A lesson is chosen by what is to learn of it alone; what is likely known is kept and confirmed by mixed sets.
//!
//! Worked numbers, by the defaults: a skill never met (p = .25) is worth .75 x .15 x (.95 + .57) x 3 / 1.63 = .31 to
//! learn. Answered right once today (p = .66): .17. The same on the next day, in a mixed set: .26; after three days more
//! than something new.

use super::{progress, view::View};
use crate::{
    mastery,
    record::SkillState,
    review::{self, Grade, Memory},
};
use libm::log;

const DAY_MS: i64 = 86_400_000;
/// When it should come to mind (days from now), each counted alike.
const LATER_DAYS: [i64; 2] = [1, 90];
/// What is known without an answer of it was used so long ago (days), by assumption.
const MET_DAYS_AGO: i64 = 14;
/// What is learned counts so much more than what is kept: it is what standards are met by, and until a first refit
/// `T` is a cautious guess.
const LEARNED: f64 = 3.0;
/// Misses in a row that halve the hope that one more question teaches.
const MISSES_HALVE: f64 = 6.0;
/// Misses in a row on one day after which it had better be another day, and what it is worth until then.
const ENOUGH_TODAY: (u32, f64) = (3, 0.5);
/// How much what helps adds when all of it is known, above nothing of it.
const HELPED: f64 = 0.3;
/// What twenty skills that rest on it add.
const OPENS: f64 = 0.3;
/// What it is worth that one more right answer makes a skill ready.
const CONFIRM: f64 = 0.08;

/// What one more question on the skill is worth now; above 0.
pub(super) fn worth(situation: &View<'_>, place: usize) -> f64 {
    let p = situation.level(place);
    let gain = learn(situation, place, p) + p * keep(situation, place) + confirm(situation, place);
    gain / time(situation, place)
}

/// What is to learn by it alone.
pub(super) fn worth_to_learn(situation: &View<'_>, place: usize) -> f64 {
    learn(situation, place, situation.level(place)) / time(situation, place)
}

fn time(situation: &View<'_>, place: usize) -> f64 {
    2.0 - situation.success(place)
}

fn learn(situation: &View<'_>, place: usize, p: f64) -> f64 {
    let facts = &situation.facts.skills[place];
    let constants = situation.parameters.of(&situation.facts.id, &facts.id);
    let fresh = Memory::first(Grade::Slow, 0);
    let scale = situation.parameters.stability_scale;
    let comes_to_mind: f64 = LATER_DAYS.iter().map(|days| fresh.recall_after(*days as f64, scale)).sum();
    let (helps, known) = facts.helped_by.iter().fold((0.0, 0.0), |(all, known), (below, strength)| {
        (all + strength, known + strength * situation.level(*below))
    });
    let helped = if helps > 0.0 { 1.0 + HELPED * (known / helps - 0.5) } else { 1.0 };
    let opens = 1.0 + OPENS * (log(1.0 + facts.above as f64) / log(20.0)).min(1.0);
    LEARNED * (1.0 - p) * constants.learn * comes_to_mind * helped * opens * hope(situation, place)
}

/// How likely one more question still teaches, against a skill never missed.
fn hope(situation: &View<'_>, place: usize) -> f64 {
    let Some(state) = situation.state(place) else { return 1.0 };
    let hope = MISSES_HALVE / (MISSES_HALVE + f64::from(state.misses_in_a_row));
    if progress::missed_today(situation, state, ENOUGH_TODAY.0) { hope * ENOUGH_TODAY.1 } else { hope }
}

/// What a right answer adds to recall, summed over the days that count.
fn keep(situation: &View<'_>, place: usize) -> f64 {
    let facts = situation.facts;
    let skill = &facts.skills[place].id;
    let (parameters, skills, now) = (situation.parameters, situation.skills, situation.now);
    let met = Memory::first(Grade::Fast, now.saturating_sub(MET_DAYS_AGO * DAY_MS));
    let memory = situation.state(place).and_then(|state| state.memory);
    let without = |at: i64| {
        memory
            .and_then(|_| review::recall(facts, parameters, skills, skill, at))
            .unwrap_or_else(|| met.recall_after((at - met.last) as f64 / DAY_MS as f64, parameters.stability_scale))
    };
    let memory = memory.unwrap_or(met);
    let days = now.saturating_sub(memory.last) as f64 / DAY_MS as f64;
    let after = memory.next(Grade::Slow, if days < 0.5 { 0.0 } else { days }, now);
    let with = |days: i64| after.recall_after(days as f64, parameters.stability_scale);
    LATER_DAYS.iter().map(|days| (with(*days) - without(now.saturating_add(days * DAY_MS))).max(0.0)).sum()
}

fn confirm(situation: &View<'_>, place: usize) -> f64 {
    let near = |state: &SkillState| {
        let facts = situation.facts;
        let skill = &facts.skills[place].id;
        let constants = situation.parameters.of(&facts.id, skill);
        let question = mastery::guess_slip(constants, 0.0, 0);
        let p = mastery::believe(state.p, true, question, constants);
        let next = SkillState { p, answers: state.answers + 1, ..state.clone() };
        let missing = mastery::missing_for_ready(facts, situation.parameters, skill, &next);
        missing.iter().all(|missing| *missing == mastery::MissingForReady::Rights && state.wins > 0)
    };
    match situation.state(place) {
        Some(state) if !state.opens() && state.wins > 0 && near(state) => CONFIRM * situation.success(place),
        _ => 0.0,
    }
}
