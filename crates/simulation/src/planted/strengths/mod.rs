//! The second population, written from what the documents say of trouble, not from the rules and not from the first one.
//!
//! A student has a strength in each skill, on the logit scale, that grows a little with every question as long as what the
//! skill needs is there; questions differ in difficulty, length and hints, some have options that stand for wrong ideas.
//! A sitting opens with a few mixed questions and goes on with runs of five, in the course's order. Trouble comes from
//! circumstances: a mood, a question at an impasse, a skill begun without what it needs, an idea that is held until somebody
//! talks about it. The last two last for days.
//!
//! What is true is told by the cause. *Spins*: the true chance of three unaided rights in a row within the next ten tries,
//! from the strength and how it grows, is below a quarter at two tries from the sixth on. *Stuck*: four usual times and two
//! minutes of true work on one question with a miss or a hint on the way, or planted. A mood or an idea that met fewer than
//! three questions shows too little to be told.

mod learner;
mod lesson;
mod mood;
mod pen;
mod truth;

use super::{DAY_MS, History, SITTINGS, TROUBLE, Trouble};
use crate::Chance;
use learner::Learner;

pub(super) fn history(seed: u64, nth: u64) -> History {
    let mut chance = Chance::named(seed, &format!("strengths {nth}"));
    let mut learner = Learner::new(&mut chance);
    let sittings = (0..SITTINGS).map(|day| {
        let planted = chance.happens(TROUBLE).then(|| Trouble::ALL[chance.below(Trouble::ALL.len())]);
        let begins = i64::from(day) * DAY_MS + (chance.unit() * 7_200_000.0) as i64;
        learner.somebody_helps(&mut chance);
        lesson::sitting(&mut learner, &mut chance, (day, begins), planted)
    });
    let sittings = sittings.collect();
    History { time_factor: learner.time_factor, reads_aloud: learner.reads_aloud, slow: learner.slow, sittings }
}
