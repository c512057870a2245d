//! When each standard will be met, as a range: the plan is gone through many times at the student's own pace, with
//! what chance may bring, and the middle 80 % are said.

use super::{Day, Ground, Plan, Request, order::is_open};
use crate::{
    mastery::{self, GuessSlip},
    parameters::{Parameters, SkillParameters},
};
use curriculum::{SkillId, template::Draw};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Times that the plan is gone through.
const RUNS: usize = 200;
/// The share that a range leaves out on each side.
const TAIL: f64 = 0.10;
/// How far a student's true pace may lie from the one expected, before anything was seen (of its logarithm).
const PACE_SPREAD: f64 = 0.40;
/// Skills done after which that has halved its square.
const PACE_SKILLS: f64 = 6.0;
/// How much the time of one skill varies beside the number of its questions (of its logarithm).
const SKILL_SPREAD: f64 = 0.35;
/// Questions of one skill at most.
const QUESTIONS_MAX: u32 = 20;

/// When something will be met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// The standard.
    pub standard: String,
    /// The day before which it is met in one of ten runs; none when that lies after the last week.
    pub from: Option<Day>,
    /// The day by which it is met in half of the runs.
    pub likely: Option<Day>,
    /// The day by which it is met in nine of ten runs.
    pub to: Option<Day>,
}

/// Forecasts of the standards of which the plan still holds skills, in order of their code. The same seed gives the
/// same ranges.
pub fn forecast(
    ground: &Ground<'_>,
    parameters: &Parameters,
    request: &Request<'_>,
    plan: &Plan,
    seed: u64,
) -> Vec<Forecast> {
    let at: BTreeMap<&SkillId, usize> =
        plan.entries.iter().enumerate().map(|(nth, entry)| (&entry.skill, nth)).collect();
    // The last entry of each standard; none where a skill of it stays open.
    let mut last: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for standard in ground.standards() {
        let open = ground.of_standard(standard).iter().filter(|place| !is_open(ground, request, **place));
        let entries: Option<Vec<usize>> = open.map(|place| at.get(&ground.facts.skills[*place].id).copied()).collect();
        match entries {
            Some(entries) if entries.is_empty() => {}
            entries => drop(last.insert(standard, entries.and_then(|entries| entries.into_iter().max()))),
        }
    }
    let minutes = request.demand.calendar.minutes(request.demand.minutes_per_week);
    let mut draw = Draw::new(seed);
    let mut days: BTreeMap<&str, Vec<Option<Day>>> = last.keys().map(|standard| (*standard, Vec::new())).collect();
    for _ in 0..RUNS {
        let done = run(ground, parameters, request, plan, &minutes, &mut draw);
        for (standard, days) in &mut days {
            days.push(last[standard].and_then(|nth| done[nth]));
        }
    }
    let one = |(standard, mut days): (&str, Vec<Option<Day>>)| {
        days.sort_by_key(|day| day.unwrap_or(Day::MAX));
        let quantile = |share: f64| days[((RUNS - 1) as f64 * share).round() as usize];
        Forecast {
            standard: standard.to_owned(),
            from: quantile(TAIL),
            likely: quantile(0.5),
            to: quantile(1.0 - TAIL),
        }
    };
    days.into_iter().map(one).collect()
}

/// The day on which each entry is done, in one run.
fn run(
    ground: &Ground<'_>,
    parameters: &Parameters,
    request: &Request<'_>,
    plan: &Plan,
    minutes: &[u32],
    draw: &mut Draw,
) -> Vec<Option<Day>> {
    let known = f64::from(request.pace.skills_done);
    let spread = PACE_SPREAD / libm::sqrt(1.0 + known / PACE_SKILLS);
    let own = request.pace.own() * request.demand.time_factor.clamp(1.0, 4.0) * libm::exp(spread * normal(draw));
    let mut spent = 0.0;
    let mut week = 0;
    let mut before = 0.0;
    let mut days = Vec::with_capacity(plan.entries.len());
    for entry in &plan.entries {
        let place = ground.facts.place(&entry.skill);
        let hub = place.is_some_and(|place| ground.facts.skills[place].hub);
        let constants = parameters.of(&ground.facts.id, &entry.skill);
        let p = request.skills.get(&entry.skill).map_or(constants.known_first, |state| state.p);
        let questions = questions(p, constants, if hub { parameters.ready_hub_at } else { parameters.ready_at }, draw);
        let varies = libm::exp(SKILL_SPREAD * normal(draw) - SKILL_SPREAD * SKILL_SPREAD / 2.0);
        spent += questions * request.pace.minutes_per_question * own * varies;
        while week < minutes.len() && before + f64::from(minutes[week]) < spent {
            before += f64::from(minutes[week]);
            week += 1;
        }
        days.push(minutes.get(week).map(|length| {
            let share = (spent - before) / f64::from((*length).max(1));
            request.demand.calendar.weeks[week].monday + (share * 5.0).clamp(0.0, 4.0) as Day
        }));
    }
    days
}

/// Questions until the skill is ready, for a student drawn from what is believed of this one.
fn questions(p: f64, constants: SkillParameters, ready_at: f64, draw: &mut Draw) -> f64 {
    let question = GuessSlip { guess: constants.guess.clamp(0.01, 0.5), slip: constants.slip.clamp(0.01, 0.35) };
    let (mut belief, mut knows) = (p, unit(draw) < p);
    let (mut asked, mut rights) = (0, 0);
    while asked < QUESTIONS_MAX && (belief < ready_at || rights < 2) {
        let right = unit(draw) < if knows { 1.0 - question.slip } else { question.guess };
        belief = mastery::learn(mastery::update(belief, right, question), constants);
        knows |= unit(draw) < constants.learn;
        rights += u32::from(right);
        asked += 1;
    }
    f64::from(asked)
}

fn unit(draw: &mut Draw) -> f64 {
    (draw.bits() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Box and Muller 1958.
fn normal(draw: &mut Draw) -> f64 {
    let (radius, angle) = (1.0 - unit(draw), unit(draw));
    libm::sqrt(-2.0 * libm::log(radius)) * libm::cos(2.0 * std::f64::consts::PI * angle)
}
