//! When something will be met, as a range: the plan is gone through many times at a pace that the student may have,
//! with what chance may bring, and the middle 80 % are said.
//!
//! A skill's work has two parts, since what comes next goes in breadth (docs/adr/0012): until it was right once, in the plan's
//! order; and until it is ready, in mixed sets of other days, which take a small share of the time while there is something
//! new, and all of it afterwards.
//!
//! Three things vary. The *pace*, once a run and for all entries alike, as far as it is not known ([`Pace`]). The *work
//! of a skill*, around what is expected of it, as widely as learning at once with some chance a question makes it
//! (exponential). The *order*: people do not follow a plan to the letter, and now and then put something aside for long.

use super::{Day, Ground, Impossible, Plan, Request, demand::Target, effort::share_until_right, order::is_open};
use crate::parameters::Parameters;
use curriculum::template::Draw;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Times that the plan is gone through.
const RUNS: usize = 200;
/// The share that a range leaves out on each side.
const TAIL: f64 = 0.10;
/// How far from its place an entry is done (one deviation, expected minutes of work).
const OUT_OF_ORDER: f64 = 25.0;
/// Chance that an entry is put aside, and for how long on average (expected minutes of work).
const PUT_ASIDE: (f64, f64) = (0.06, 300.0);

/// Share of the time that mixed sets take while there is something new: three questions of a sitting of thirty.
const LOOKING_BACK: f64 = 0.10;

/// Share of what is left of everything that is done before the first of it is ready, since all of it gets on together.
const TOGETHER: f64 = 0.85;

/// How long after its first right answer a skill has its turn to be asked again, on average (expected minutes of work).
const AGAIN_AFTER: f64 = 200.0;

/// When something will be met: all its skills ready or open otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// What.
    #[serde(flatten)]
    pub target: Target,
    /// The day before which it is met in one of ten runs; none when that lies after the last week.
    pub from: Option<Day>,
    /// The day by which it is met in half of the runs.
    pub likely: Option<Day>,
    /// The day by which it is met in nine of ten runs.
    pub to: Option<Day>,
}

/// One piece of work of a run.
struct Piece {
    place: usize,
    /// Expected minutes until the first right answer and from there until it is ready, at the pace of the plan.
    minutes: (f64, f64),
    /// Minutes of work that the plan puts before it.
    before: f64,
    /// It does not come before so many minutes of school time.
    not_before: Option<f64>,
}

/// Forecasts of what of `wanted` is not met yet, in the order asked. The same seed gives the same ranges. What has no
/// questions or is excused is not waited for; a target of which nothing is planned has no forecast.
pub fn forecast(
    ground: &Ground<'_>,
    parameters: &Parameters,
    request: &Request<'_>,
    plan: &Plan,
    wanted: &[Target],
    seed: u64,
) -> Vec<Forecast> {
    let minutes = request.demand.calendar.minutes(request.demand.minutes_per_week);
    let pieces = pieces(ground, parameters, request, plan, &minutes);
    let planned: BTreeMap<usize, usize> = pieces.iter().enumerate().map(|(nth, piece)| (piece.place, nth)).collect();
    let waits_for = |target: &Target| -> Vec<usize> {
        let open = target.places(ground).into_iter().filter(|place| !is_open(ground, request, *place));
        open.filter_map(|place| planned.get(&place).copied()).collect()
    };
    let wanted: Vec<(&Target, Vec<usize>)> =
        wanted.iter().map(|target| (target, waits_for(target))).filter(|(_, waits)| !waits.is_empty()).collect();
    let mut days: Vec<Vec<Day>> = vec![Vec::with_capacity(RUNS); wanted.len()];
    let mut draw = Draw::new(seed);
    for _ in 0..RUNS {
        let done = run(&pieces, request, &mut draw);
        for ((_, waits), days) in wanted.iter().zip(&mut days) {
            let last = waits.iter().map(|nth| done[*nth]).fold(0.0, f64::max);
            days.push(day_after(request, &minutes, last).unwrap_or(Day::MAX));
        }
    }
    let one = |((target, _), mut days): ((&Target, _), Vec<Day>)| {
        days.sort_unstable();
        let quantile =
            |share: f64| Some(days[((RUNS - 1) as f64 * share).round() as usize]).filter(|day| *day != Day::MAX);
        Forecast { target: target.clone(), from: quantile(TAIL), likely: quantile(0.5), to: quantile(1.0 - TAIL) }
    };
    wanted.into_iter().zip(days).map(one).collect()
}

/// The plan's entries, then what there was no time for: who is quicker than thought comes to it.
fn pieces(
    ground: &Ground<'_>,
    parameters: &Parameters,
    request: &Request<'_>,
    plan: &Plan,
    minutes: &[u32],
) -> Vec<Piece> {
    let starts = |week: Day| {
        let nth = request.demand.calendar.week_of(week)?;
        Some(minutes[..nth].iter().map(|minutes| f64::from(*minutes)).sum())
    };
    let entries = plan.entries.iter().map(|entry| (&entry.skill, entry.minutes, entry.locked.then_some(entry.week)));
    let mut no_time: Vec<_> = plan
        .impossible
        .iter()
        .filter_map(|one| match one {
            Impossible::NoTime { skill, minutes } => Some((skill, *minutes, None)),
            _ => None,
        })
        .collect();
    no_time.sort_by_key(|(skill, ..)| ground.facts.place(skill).map(|place| ground.rank[place]));
    let mut before = 0.0;
    let mut pieces = Vec::with_capacity(plan.entries.len() + no_time.len());
    for (skill, minutes, locked) in entries.chain(no_time) {
        let Some(place) = ground.facts.place(skill) else { continue };
        let minutes = f64::from(minutes);
        let until_right = minutes * until_right(ground, parameters, request, place);
        let not_before = locked.and_then(starts);
        pieces.push(Piece { place, minutes: (until_right, minutes - until_right), before, not_before });
        before += until_right;
    }
    pieces
}

/// The share of a skill's work that comes before its first right answer: nothing, where it was right already.
fn until_right(ground: &Ground<'_>, parameters: &Parameters, request: &Request<'_>, place: usize) -> f64 {
    let skill = &ground.facts.skills[place];
    if !ground.opens[place].is_empty() {
        // What something else needs is practised until it is ready.
        return 1.0;
    }
    let constants = parameters.of(&ground.facts.id, &skill.id);
    let ready_at = if skill.hub { parameters.ready_hub_at } else { parameters.ready_at };
    match request.skills.get(&skill.id) {
        Some(state) if state.wins > 0 => 0.0,
        Some(state) => share_until_right(state.p, constants, ready_at),
        None => share_until_right(constants.known_first, constants, ready_at),
    }
}

/// Minutes of school time after which each piece is done, in one run.
fn run(pieces: &[Piece], request: &Request<'_>, draw: &mut Draw) -> Vec<f64> {
    // What is out of order is so in work, not in time: the slow put aside for longer.
    let slow = request.pace.own;
    let pace = libm::exp(request.pace.spread * normal(draw));
    let mut order: Vec<(f64, usize)> = Vec::with_capacity(pieces.len());
    for (nth, piece) in pieces.iter().enumerate() {
        let mut at = piece.before + OUT_OF_ORDER * slow * normal(draw);
        if unit(draw) < PUT_ASIDE.0 {
            at += PUT_ASIDE.1 * slow * exponential(draw);
        }
        order.push((if piece.not_before.is_some() { piece.before } else { at }, nth));
    }
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    // First what is new, beside which mixed sets take their share.
    let mut spent: f64 = 0.0;
    let mut right = Vec::with_capacity(pieces.len());
    for (_, nth) in order {
        let takes = pieces[nth].minutes.0 * pace * exponential(draw) / (1.0 - LOOKING_BACK);
        spent += takes;
        right.push((nth, spent.max(pieces[nth].not_before.map_or(0.0, |begins| begins + takes))));
    }
    // Beside it what was right is asked again, roughly in that order; afterwards what is least known, so that all get on
    // together and most of the work is done before the first of them is ready.
    let mut right: Vec<(f64, usize, f64)> =
        right.into_iter().map(|(nth, at)| (at + AGAIN_AFTER * slow * exponential(draw), nth, at)).collect();
    right.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let new_until = spent;
    let (mut asked, mut done) = (0.0, vec![0.0; pieces.len()]);
    let mut rest = Vec::new();
    for (_, nth, right) in right {
        let takes = pieces[nth].minutes.1 * pace * exponential(draw);
        if takes == 0.0 {
            done[nth] = right;
        } else if (asked + takes) / LOOKING_BACK <= new_until {
            asked += takes;
            done[nth] = right.max(asked / LOOKING_BACK);
        } else {
            rest.push((nth, right, takes));
        }
    }
    let mut so_far = new_until + rest.iter().map(|(.., takes)| takes).sum::<f64>() * TOGETHER;
    for (nth, right, takes) in rest {
        so_far += takes * (1.0 - TOGETHER);
        done[nth] = right.max(so_far);
    }
    done
}

/// The day on which so many minutes of school time are over; none after the last week.
fn day_after(request: &Request<'_>, minutes: &[u32], spent: f64) -> Option<Day> {
    let mut before = 0.0;
    for (week, length) in minutes.iter().map(|length| f64::from(*length)).enumerate() {
        if length > 0.0 && spent <= before + length {
            return Some(request.demand.calendar.day_at(week, (spent - before) / length));
        }
        before += length;
    }
    None
}

fn unit(draw: &mut Draw) -> f64 {
    (draw.bits() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Mean 1.
fn exponential(draw: &mut Draw) -> f64 {
    -libm::log(1.0 - unit(draw))
}

/// Box and Muller 1958.
fn normal(draw: &mut Draw) -> f64 {
    let (radius, angle) = (1.0 - unit(draw), unit(draw));
    libm::sqrt(-2.0 * libm::log(radius)) * libm::cos(2.0 * std::f64::consts::PI * angle)
}
