//! How fast a student gets on, and how sure that is.
//!
//! What counts is work done, not skills finished: at the end of a stretch of school time there are so many *expected*
//! minutes less to do (see [`left`]), whether or not a skill became ready in it. So nothing has to be cut off: time at
//! a skill that does not come counts as time, a half-learned one as half done.
//!
//! Hierarchical (Gelman and Hill 2007, ch. 12): a student's pace is drawn toward the class's as far as their own
//! stretches vary; how far students lie apart and stretches vary is estimated from the class, each with a weak guess
//! that a handful of students outweighs.
//!
//! A class may get slower or quicker than it was, as who learns little by little does: what the later half of its
//! stretches brought, beside the earlier half, is expected to go on ([`trend`]).

use super::{Ground, effort::minutes_for};
use crate::{parameters::Parameters, record::SkillState};
use curriculum::SkillId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The guesses before anything was seen: that a class works as expected, worth one student ...
const CLASS_WEIGHT: f64 = 1.0;
/// ... that students lie so far apart (of the logarithm of the pace), worth four ...
const APART: (f64, f64) = (0.5, 4.0);
/// ... and that a stretch of [`UNIT_MINUTES`] varies by so much of itself, worth ten stretches ...
const VARIES: (f64, f64) = (0.45, 10.0);
/// ... and that a class keeps its pace, worth a hundred stretches of all its students.
const KEEPS_PACE: f64 = 100.0;
/// A class's pace is never expected to change by more (of its logarithm).
const TREND_MOST: f64 = 0.5;
/// Minutes of the stretch that [`VARIES`] is about.
const UNIT_MINUTES: f64 = 40.0;
/// How far a pace may change from here on, beside what is not known of it (of its logarithm).
const DRIFT: f64 = 0.22;
/// Rounds in which the three estimates settle.
const ROUNDS: usize = 8;
/// Minutes needed for one expected: never beyond these, however odd the record.
const OWN: (f64, f64) = (0.1, 20.0);
/// Work done in a stretch where none was, in expected minutes a minute: enough for a logarithm.
const LEAST: f64 = 0.02;
/// Work done in a stretch, at most, in expected minutes a minute.
const MOST: f64 = 1.0 / OWN.0;

/// A stretch of school time, a day or a week, and the work that was done in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// School time gone by (minutes), above 0.
    pub minutes: f64,
    /// Expected minutes less to do after it; below 0 where more was seen to be missing.
    pub done: f64,
}

/// How fast a student works.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pace {
    /// Minutes of school time needed for one that is expected; the likeliest from now on.
    pub own: f64,
    /// How far that may be off (of its logarithm, one deviation).
    pub spread: f64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { own: 1.0, spread: libm::sqrt(APART.0 * APART.0 + DRIFT * DRIFT) }
    }
}

/// Expected minutes of all that a student has not open yet in a course, at one minute a question.
pub fn left(ground: &Ground<'_>, parameters: &Parameters, skills: &BTreeMap<SkillId, SkillState>) -> f64 {
    let open = |place: &usize| {
        ground.has_items(*place) && !skills.get(&ground.facts.skills[*place].id).is_some_and(SkillState::opens)
    };
    let minutes = |place: usize| {
        let skill = &ground.facts.skills[place];
        let constants = parameters.of(&ground.facts.id, &skill.id);
        let p = skills.get(&skill.id).map_or(constants.known_first, |state| state.p);
        minutes_for(p, constants, if skill.hub { parameters.ready_hub_at } else { parameters.ready_at })
    };
    (0..ground.facts.skills.len()).filter(open).map(minutes).sum()
}

/// The paces of a class, from each student's stretches; who has none gets the class's.
pub fn paces(class: &[Vec<Stretch>]) -> Vec<Pace> {
    let sound: Vec<Vec<Stretch>> = class.iter().map(|of| of.iter().copied().filter(is_sound).collect()).collect();
    let varies = varies(&sound);
    // Logarithm of the work done a minute, and how far that may be off.
    let seen: Vec<Option<(f64, f64)>> = sound.iter().map(|of| own_rate(of, varies)).collect();
    let (mut mean, mut apart) = (0.0, APART.0 * APART.0);
    for _ in 0..ROUNDS {
        let (mut weights, mut sum) = (CLASS_WEIGHT, 0.0);
        for (rate, off) in seen.iter().flatten() {
            let weight = apart / (apart + off);
            weights += weight;
            sum += weight * rate;
        }
        mean = sum / weights;
        let (mut squares, mut count) = (APART.1 * APART.0 * APART.0, APART.1);
        for (rate, off) in seen.iter().flatten() {
            let trust = apart / (apart + off);
            squares += trust * trust * (rate - mean) * (rate - mean) + apart * (1.0 - trust);
            count += 1.0;
        }
        apart = squares / count;
    }
    let trend = trend(&sound);
    let pace = |seen: &Option<(f64, f64)>| {
        let (rate, off) = match seen {
            Some((rate, off)) => {
                let trust = apart / (apart + off);
                (mean + trust * (rate - mean), apart * (1.0 - trust))
            }
            None => (mean, apart),
        };
        Pace { own: libm::exp(-rate - trend).clamp(OWN.0, OWN.1), spread: libm::sqrt(off + DRIFT * DRIFT) }
    };
    seen.iter().map(pace).collect()
}

/// By how much a class gets quicker (of the logarithm of its work a minute): its later half beside the earlier one, each
/// student's stretches cut in two, drawn toward no change. From the middle of what was seen to the middle of its later
/// half half of it has come; that as much again is still to come is a guess.
///
/// Worked number: 100 stretches, 24 minutes done in each of the earlier ones and 18 in the later: log(18/24) = -.288,
/// half of it counts, so -.144.
fn trend(class: &[Vec<Stretch>]) -> f64 {
    let both = |of: &mut dyn Iterator<Item = &Stretch>| {
        of.fold((0.0, 0.0), |(done, minutes), one| (done + one.done, minutes + one.minutes))
    };
    let halves = || class.iter().filter(|of| of.len() >= 2).map(|of| of.split_at(of.len() / 2));
    let earlier = both(&mut halves().flat_map(|(earlier, _)| earlier));
    let later = both(&mut halves().flat_map(|(_, later)| later));
    let stretches = (earlier.1 + later.1) / UNIT_MINUTES;
    if stretches == 0.0 {
        return 0.0;
    }
    let rate = |(done, minutes): (f64, f64)| libm::log((done / minutes).clamp(LEAST, MOST));
    let trend = (rate(later) - rate(earlier)) * stretches / (stretches + KEEPS_PACE);
    trend.clamp(-TREND_MOST, TREND_MOST)
}

fn is_sound(stretch: &Stretch) -> bool {
    stretch.minutes.is_finite() && stretch.minutes > 0.0 && stretch.done.is_finite()
}

fn own_rate(of: &[Stretch], varies: f64) -> Option<(f64, f64)> {
    let minutes: f64 = of.iter().map(|one| one.minutes).sum();
    let done: f64 = of.iter().map(|one| one.done).sum();
    // `max` first: it takes the least for what is no number.
    (minutes > 0.0).then(|| (libm::log((done / minutes).clamp(LEAST, MOST)), varies * UNIT_MINUTES / minutes))
}

/// Square of the share by which a stretch of [`UNIT_MINUTES`] varies around its student's pace.
fn varies(class: &[Vec<Stretch>]) -> f64 {
    let (mut squares, mut count) = (VARIES.1 * VARIES.0 * VARIES.0, VARIES.1);
    for of in class.iter().filter(|of| of.len() >= 3) {
        let minutes: f64 = of.iter().map(|one| one.minutes).sum();
        let rate = of.iter().map(|one| one.done).sum::<f64>() / minutes;
        if rate > LEAST {
            let off = |one: &Stretch| {
                let beyond = one.done / one.minutes / rate - 1.0;
                beyond * beyond * one.minutes / UNIT_MINUTES
            };
            squares += of.iter().map(off).sum::<f64>();
            count += (of.len() - 1) as f64;
        }
    }
    (squares / count).min(4.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretches(done: &[f64]) -> Vec<Stretch> {
        done.iter().map(|done| Stretch { minutes: 40.0, done: *done }).collect()
    }

    #[test]
    fn a_student_is_drawn_toward_the_class_the_less_the_more_was_seen() {
        let class = |slow: &[f64]| {
            let mut class = vec![stretches(&[40.0; 12]); 12];
            class.push(stretches(slow));
            paces(&class)[12]
        };
        let (once, often) = (class(&[10.0]), class(&[10.0; 12]));
        assert!(1.0 < once.own && once.own < often.own && often.own < 4.0, "{once:?} {often:?}");
        assert!(once.spread > often.spread && often.spread >= DRIFT);
    }

    #[test]
    fn who_was_not_seen_yet_has_the_classes_pace_and_nobody_the_expected_one() {
        let of = |students: usize| {
            let mut class = vec![stretches(&[20.0; 10]); students];
            class.push(vec![]);
            let found = paces(&class);
            assert!(found[students].spread > found[0].spread, "{found:?}");
            found[students].own / found[0].own
        };
        // The expected pace counts as one student more.
        assert!(of(2) < of(10) && (0.9..1.0).contains(&of(10)), "{} {}", of(2), of(10));
        let alone = paces(&[vec![]]);
        assert_eq!((alone[0].own, alone[0].spread), (1.0, Pace::default().spread));
        assert!(paces(&[]).is_empty());
    }

    #[test]
    fn a_class_that_gets_slower_is_expected_to_go_on_so_the_surer_the_more_was_seen() {
        let of = |students: usize, done: [f64; 2]| {
            let one: Vec<Stretch> = done.iter().flat_map(|done| stretches(&[*done; 6])).collect();
            paces(&vec![one; students])[0].own
        };
        let even = of(24, [30.0, 30.0]);
        assert!(of(24, [36.0, 24.0]) > even && even > of(24, [24.0, 36.0]));
        // The same work altogether, so what differs is the trend alone; one student tells little of it.
        let slower = |students| of(students, [36.0, 24.0]) / of(students, [30.0, 30.0]);
        assert!((1.25..1.40).contains(&slower(24)) && (1.0..1.06).contains(&slower(1)), "{} {}", slower(24), slower(1));
        assert!(of(24, [400.0, 0.0]) / of(24, [200.0, 200.0]) < libm::exp(TREND_MOST) * 1.1);
    }

    #[test]
    fn odd_stretches_give_a_pace_all_the_same() {
        let odd = [(0.0, 5.0), (f64::NAN, 1.0), (40.0, -300.0), (40.0, f64::INFINITY), (1e-300, 1e300)];
        let class: Vec<Vec<Stretch>> =
            odd.iter().map(|(minutes, done)| vec![Stretch { minutes: *minutes, done: *done }]).collect();
        assert!(paces(&class).iter().all(|pace| pace.own >= OWN.0 && pace.own <= OWN.1 && pace.spread.is_finite()));
    }
}
