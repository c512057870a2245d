//! The rules. Each names its numbers, so that a teacher can be told why.
//!
//! - *Three misses*: three or more misses on one question, not yet settled.
//! - *Wheel-spinning* (after Beck and Gong 2013): at least five tries without three rights in a row, and the chance
//!   of three in a row within the next ten below .25, by the student's own rate on the skill.
//!   Worked number: success .3 next: 1 - (chance of no run of three in ten) = .177, so five tries raise it.
//! - *Misconception*: the same wrong idea on two different numbers, within eleven answers on the skill.
//! - *Quick*: at least three of the last ten answers wrong and below max(2 s, a tenth of the own median).
//! - *Hints unread*: in at least three of the last eight runs to the last hint, less than 1.5 s between hints.
//! - *Stuck*: on one question for more than three times the own median (times the extra time), with a sign of work
//!   there: a question at which nothing was done is being read, or was left alone.
//! - *Idle*: no sign of work for five minutes (times the extra time) within a sitting.
//! - *Ready to move up*: eight unaided rights in a row.
//! - *Off pace*: see `pace`.
//! - *Detour failed*: a detour to the idea beneath ended without help, and its question is still open.

use super::{Alert, AlertArgs, Found, LiveProjection, Profile, Rule, live_projection};
use crate::{
    detour::Phase,
    record::{HeadState, SITTING_GAP_MS},
};

const MINUTE_MS: i64 = 60_000;
/// Found things fade after this (ms).
const FADE_MS: i64 = 10 * 60 * MINUTE_MS;
const SPINNING_TRIES: u32 = 5;
const SPINNING_CHANCE: f64 = 0.25;
const SPINNING_HORIZON: u32 = 10;
const QUICK_OF: usize = 10;
const QUICK_MIN: usize = 3;
const HINTS_UNREAD_MIN: usize = 3;
/// Different numbers on which a wrong idea has to be seen to be a finding.
pub(super) const MATCHES_MIN: usize = 2;
const STUCK_TIMES: f64 = 3.0;
const STUCK_SIGNS: u32 = 1;
/// Assumed before a student has a tempo of their own, and the least that counts as stuck (ms).
const MEDIAN_ASSUMED_MS: i64 = 60_000;
const STUCK_MIN_MS: i64 = 90_000;
const IDLE_MS: i64 = 5 * MINUTE_MS;
const MOVE_UP_IN_A_ROW: u32 = 8;

/// What a teacher may be told now, the most urgent first.
pub fn alerts(head: &HeadState, now: i64, profile: &Profile) -> Vec<Alert> {
    live_projection(head).alerts(now, profile)
}

pub(super) fn alerts_of(live: &LiveProjection, now: i64, profile: &Profile) -> Vec<Alert> {
    let times_off = profile.time_rules_off || live.times_mislead;
    let mut alerts: Vec<Alert> = live
        .found
        .iter()
        .filter(|found| !(found.on_times && times_off))
        .filter(|found| now.saturating_sub(found.since) < FADE_MS)
        .map(|found| Alert {
            rule: found.rule,
            args: found.args.clone(),
            since: found.since,
            urgency: urgency(found.rule),
        })
        .collect();
    if !times_off {
        alerts.extend(on_time(live, now, profile));
    }
    alerts.sort_by(|a, b| (b.urgency, a.since, a.rule, &a.args).cmp(&(a.urgency, b.since, b.rule, &b.args)));
    alerts
}

pub(super) fn urgency(rule: Rule) -> u8 {
    match rule {
        Rule::DetourFailed => 92,
        Rule::ThreeMisses => 90,
        Rule::WheelSpinning => 85,
        Rule::Misconception => 80,
        Rule::Stuck => 70,
        Rule::Quick => 50,
        Rule::HintsUnread => 45,
        Rule::Idle => 40,
        Rule::OffPace => 30,
        Rule::ReadyToMoveUp => 20,
    }
}

/// Stuck or idle: only within a sitting, since a student who has left is neither.
fn on_time(live: &LiveProjection, now: i64, profile: &Profile) -> Option<Alert> {
    let working_on = live.working_on.as_ref()?;
    let last_at = live.last_at?;
    let silent_ms = now.saturating_sub(last_at);
    if !(0..SITTING_GAP_MS).contains(&silent_ms) {
        return None;
    }
    let factor = if profile.time_factor.is_finite() { profile.time_factor.clamp(1.0, 10.0) } else { 1.0 };
    let args = |from: i64| AlertArgs {
        course: Some(working_on.course.clone()),
        skill: working_on.skill.clone(),
        item: working_on.item.clone(),
        minutes: u32::try_from(now.saturating_sub(from) / MINUTE_MS).ok(),
        ..AlertArgs::default()
    };
    if silent_ms as f64 > IDLE_MS as f64 * factor {
        return Some(Alert { rule: Rule::Idle, args: args(last_at), since: last_at, urgency: urgency(Rule::Idle) });
    }
    let usual = live.median_ms.unwrap_or(MEDIAN_ASSUMED_MS) as f64 * STUCK_TIMES;
    let limit = usual.max(STUCK_MIN_MS as f64) * factor;
    let on_it = now.saturating_sub(working_on.since) as f64;
    (working_on.item.is_some() && !working_on.placement && working_on.signs >= STUCK_SIGNS && on_it > limit).then(
        || Alert {
            rule: Rule::Stuck,
            args: args(working_on.since),
            since: working_on.since,
            urgency: urgency(Rule::Stuck),
        },
    )
}

/// What does not depend on the time of reading.
pub(super) fn find(head: &HeadState) -> Vec<Found> {
    let mut found = Vec::new();
    found.extend(detour_failed(head));
    found.extend(three_misses(head));
    found.extend(wheel_spinning(head));
    found.extend(misconceptions(head));
    found.extend(quick(head));
    found.extend(hints_unread(head));
    found.extend(ready_to_move_up(head));
    found
}

fn detour_failed(head: &HeadState) -> Option<Found> {
    let failed = head.detours.iter().rev().find(|detour| detour.phase == Phase::Failed && !detour.settled)?;
    let args = AlertArgs {
        course: Some(failed.course.clone()),
        skill: Some(failed.skill.clone()),
        item: Some(failed.item.clone()),
        ..AlertArgs::default()
    };
    Some(Found { rule: Rule::DetourFailed, args, since: failed.at, on_times: false })
}

fn three_misses(head: &HeadState) -> Option<Found> {
    let missed = head.counters.three_misses.as_ref()?;
    let args = AlertArgs {
        course: Some(missed.course.clone()),
        skill: missed.skill.clone(),
        item: Some(missed.item.clone()),
        count: Some(missed.misses),
        ..AlertArgs::default()
    };
    Some(Found { rule: Rule::ThreeMisses, args, since: missed.at, on_times: false })
}

fn wheel_spinning(head: &HeadState) -> Vec<Found> {
    let spinning = |count: &&super::SkillCount| {
        let chance = three_in_a_row_within(own_rate(count), count.in_a_row, SPINNING_HORIZON);
        count.attempts >= SPINNING_TRIES && !count.settled && count.in_a_row == 0 && chance < SPINNING_CHANCE
    };
    let found = |count: &super::SkillCount| {
        let args = AlertArgs {
            course: Some(count.course.clone()),
            skill: Some(count.skill.clone()),
            count: Some(count.attempts),
            ..AlertArgs::default()
        };
        Found { rule: Rule::WheelSpinning, args, since: count.at, on_times: false }
    };
    head.counters.skills.iter().filter(spinning).map(found).collect()
}

/// Chance of a right answer next by the student's own rate on the skill, which begins at what the model says and counts as
/// two answers. The model alone would believe in guessing where options are shown, and never see a wheel spin there.
/// Worked number: one right of six where the model says .43: (1 + 2 x .43) / (6 + 2) = .23.
fn own_rate(count: &super::SkillCount) -> f64 {
    const MODEL_COUNTS_AS: f64 = 2.0;
    let (rights, attempts) = (f64::from(count.rights.min(count.attempts)), f64::from(count.attempts));
    (rights + MODEL_COUNTS_AS * count.success_next) / (attempts + MODEL_COUNTS_AS)
}

/// Chance of three rights in a row within the next `tries`, having `in_a_row` now, each right with chance `success`.
pub fn three_in_a_row_within(success: f64, in_a_row: u32, tries: u32) -> f64 {
    let mut at = [0.0; 3];
    let mut done = 0.0;
    match in_a_row {
        0..=2 => at[in_a_row as usize] = 1.0,
        _ => return 1.0,
    }
    for _ in 0..tries {
        done += at[2] * success;
        let missed = (at[0] + at[1] + at[2]) * (1.0 - success);
        at = [missed, at[0] * success, at[1] * success];
    }
    done
}

fn misconceptions(head: &HeadState) -> Vec<Found> {
    let seen = head.counters.misconceptions.iter().filter(|count| count.fresh.len() >= MATCHES_MIN);
    let found = |count: &super::MisconceptionCount| {
        let args = AlertArgs {
            course: Some(count.course.clone()),
            skill: count.skill.clone(),
            misconception: Some(count.misconception.clone()),
            count: u32::try_from(count.fresh.len()).ok(),
            ..AlertArgs::default()
        };
        Found { rule: Rule::Misconception, args, since: count.at, on_times: false }
    };
    seen.map(found).collect()
}

fn quick(head: &HeadState) -> Option<Found> {
    let last = &head.recent[head.recent.len().saturating_sub(QUICK_OF)..];
    let quick: Vec<_> = last.iter().filter(|answer| answer.quick).collect();
    let latest = quick.last().filter(|_| quick.len() >= QUICK_MIN)?;
    let args = AlertArgs {
        course: Some(latest.course.clone()),
        skill: latest.skills.first().cloned(),
        count: u32::try_from(quick.len()).ok(),
        ..AlertArgs::default()
    };
    Some(Found { rule: Rule::Quick, args, since: latest.at, on_times: true })
}

fn hints_unread(head: &HeadState) -> Option<Found> {
    let count = head.counters.hint_runs_quick.iter().filter(|quick| **quick).count();
    let since = head.counters.hint_run_at.filter(|_| count >= HINTS_UNREAD_MIN)?;
    let args = AlertArgs { count: u32::try_from(count).ok(), ..AlertArgs::default() };
    Some(Found { rule: Rule::HintsUnread, args, since, on_times: true })
}

fn ready_to_move_up(head: &HeadState) -> Option<Found> {
    let since = head.counters.answered_at.filter(|_| head.counters.in_a_row >= MOVE_UP_IN_A_ROW)?;
    let latest = head.recent.last()?;
    let args = AlertArgs {
        course: Some(latest.course.clone()),
        skill: latest.skills.first().cloned(),
        count: Some(head.counters.in_a_row),
        ..AlertArgs::default()
    };
    Some(Found { rule: Rule::ReadyToMoveUp, args, since, on_times: false })
}
