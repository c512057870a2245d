//! Histories with trouble planted in them, to judge alert rules by: whole weeks of sittings, most of them ordinary, some
//! in which a student hurries, flicks through hints, is stuck, tries without learning, or holds a wrong idea.
//!
//! What is planted is a cause (a student who does not read, who cannot learn a skill yet), never the count that a rule
//! looks for, and ordinary sittings are full of near misses: slow and fast readers, extra time, interruptions, slips of the
//! finger, quick right answers, lucky rows, learners who miss five times before they get it, wrong answers that look
//! like a wrong idea by chance. Times are in ms from the beginning of the history.
//!
//! There are two populations, so that no figure rests on one way of planting. In the first a skill is known or not and trouble
//! is put into a sitting (this folder's own files); the second ([`strengths`]) was written from the documents: strengths
//! that grow, questions that differ, trouble that comes from circumstances and lasts until somebody helps.

mod ordinary;
mod person;
mod strengths;
mod trouble;

use crate::Chance;
use person::Person;
use std::collections::BTreeSet;

/// The two ways of planting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Population {
    /// A skill is known or not; trouble is put into a sitting.
    States,
    /// Skills have strengths that grow; trouble comes from circumstances.
    Strengths,
}

/// What is the matter in a sitting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// Answers without reading the question.
    Hurries,
    /// Opens hints to the last without reading them.
    FlicksHints,
    /// Does not get any further on one question, and stays with it many times as long as usual.
    Stuck,
    /// Tries a skill again and again and cannot learn it yet.
    Spins,
    /// Holds a wrong idea and answers by it.
    WrongIdea,
}

impl Trouble {
    /// Every trouble, in order.
    pub const ALL: [Self; 5] = [Self::Hurries, Self::FlicksHints, Self::Stuck, Self::Spins, Self::WrongIdea];
}

/// One thing that a student did.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// When (ms).
    pub at: i64,
    /// The question as it was shown: its number in the history.
    pub question: u32,
    /// Its skill.
    pub skill: u32,
    /// Its item, among those of the skill.
    pub item: u32,
    /// What was done.
    pub act: Act,
}

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// The question was shown.
    Begin,
    /// It was answered.
    Answer {
        /// Right.
        right: bool,
        /// The answer is the one that this wrong idea leads to.
        idea: Option<u32>,
        /// From the question, or the last thing said about it, to the answer (ms).
        took_ms: i64,
        /// Options shown; 0 for typed answers.
        options: u16,
    },
    /// A hint was opened.
    Hint {
        /// It holds the answer.
        last: bool,
        /// Since the hint before it, or since the question was shown (ms).
        after_ms: i64,
    },
}

/// Work of half an hour or so.
#[derive(Clone, Debug, PartialEq)]
pub struct Sitting {
    /// The school day, counted from 0.
    pub day: u32,
    /// What was planted.
    pub planted: Option<Trouble>,
    /// What is truly the matter, planted or not.
    pub held: BTreeSet<Trouble>,
    /// Of what nobody could say whether it is the matter.
    pub unclear: BTreeSet<Trouble>,
    /// What was done, in order.
    pub deeds: Vec<Deed>,
}

/// A student's weeks.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// Extra time in the profile; 1 is none.
    pub time_factor: f64,
    /// Has the text read aloud.
    pub reads_aloud: bool,
    /// Reads slowly.
    pub slow: bool,
    /// The sittings, in order.
    pub sittings: Vec<Sitting>,
}

/// Sittings of a history.
const SITTINGS: u32 = 12;
/// Chance that a sitting has trouble planted in it.
const TROUBLE: f64 = 0.3;
const DAY_MS: i64 = 86_400_000;

/// The history of the student of this number.
pub fn history(population: Population, seed: u64, nth: u64) -> History {
    match population {
        Population::States => of_states(seed, nth),
        Population::Strengths => strengths::history(seed, nth),
    }
}

fn of_states(seed: u64, nth: u64) -> History {
    let mut chance = Chance::named(seed, &format!("planted {nth}"));
    let mut person = Person::new(&mut chance);
    let sittings = (0..SITTINGS).map(|day| {
        let planted = chance.happens(TROUBLE).then(|| Trouble::ALL[chance.below(Trouble::ALL.len())]);
        // Whoever can do everything has nothing to try in vain.
        let planted = planted.filter(|trouble| *trouble != Trouble::Spins || person.unknown().is_some());
        let begins = i64::from(day) * DAY_MS + (chance.unit() * 3_600_000.0) as i64;
        ordinary::sitting(&mut person, &mut chance, day, begins, planted)
    });
    let sittings = sittings.collect();
    History { time_factor: person.time_factor, reads_aloud: person.reads_aloud, slow: person.slow, sittings }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Population; 2] = [Population::States, Population::Strengths];

    #[test]
    fn a_seed_gives_the_same_histories_and_every_trouble_is_planted() {
        for population in BOTH {
            assert_eq!(history(population, 3, 5), history(population, 3, 5));
            assert_ne!(history(population, 3, 5), history(population, 4, 5));
            let all: Vec<History> = (0..40).map(|nth| history(population, 3, nth)).collect();
            let sittings = || all.iter().flat_map(|history| &history.sittings);
            for trouble in Trouble::ALL {
                assert!(sittings().any(|sitting| sitting.planted == Some(trouble)), "{trouble:?}");
                assert!(sittings().any(|sitting| sitting.held.contains(&trouble)), "{trouble:?}");
            }
            assert!(sittings().filter(|sitting| sitting.held.is_empty()).count() > sittings().count() / 2);
            assert!(sittings().all(|sitting| sitting.held.is_disjoint(&sitting.unclear)));
            assert!(all.iter().any(|history| history.slow) && all.iter().any(|history| history.reads_aloud));
        }
    }

    #[test]
    fn time_never_runs_backwards_and_sittings_are_a_day_apart() {
        for (population, nth) in BOTH.into_iter().flat_map(|population| (0..40).map(move |nth| (population, nth))) {
            let history = history(population, 9, nth);
            let deeds: Vec<&Deed> = history.sittings.iter().flat_map(|sitting| &sitting.deeds).collect();
            assert!(deeds.windows(2).all(|pair| pair[0].at <= pair[1].at));
            assert!(history.sittings.iter().all(|sitting| sitting.deeds.len() > 5));
            let days = history.sittings.iter().map(|sitting| sitting.deeds[0].at / DAY_MS);
            assert!(days.eq(0..i64::from(SITTINGS)));
        }
    }
}
