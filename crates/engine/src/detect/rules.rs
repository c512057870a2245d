//! The rules. Each names its numbers, so that a teacher can be told why.
//!
//! - *Three misses*: three or more misses on one question, not yet settled.
//! - *Wheel-spinning* (after Beck and Gong 2013): at least six tries without three rights in a row, three misses in this
//!   sitting among them, and the chance of three in a row within the next ten below .25, as the student's answers on the
//!   skill let it go on (see `outlook`). Neither what was answered without reading nor what a wrong idea explains is a try.
//!   Worked number: six misses give .22, so the sixth raises it.
//! - *Misconception*: the same wrong idea on two different numbers, within eleven answers on the skill, and more often than
//!   chance brings: among four options two of two are a finding, two of three none.
//! - *Quick*: at least three of the last ten answers wrong and below max(2 s, a tenth of the own median).
//! - *Hints unread*: in at least three of the last eight runs to the last hint, less than 1.5 s between hints.
//! - *Stuck*: more than three and a half times the own median of work on one question, two minutes at least (times the
//!   extra time), with a sign of work there: a question at which nothing was done is being read, or was left alone.
//!   Of a silence only so much is work as [`work_of`] says.
//! - *Idle*: no sign of work for five minutes (times the extra time) within a sitting.
//! - *Ready to move up*: eight unaided rights in a row.
//! - *Off pace*: see `pace`.
//! - *Detour failed*: a detour to the idea beneath ended without help, and its question is still open.

use super::{Alert, AlertArgs, Found, LiveProjection, Profile, Rule, ideas::is_found, live_projection};
use crate::{
    detour::Phase,
    record::{HeadState, SITTING_GAP_MS},
};

const MINUTE_MS: i64 = 60_000;
/// Found things fade after this (ms).
const FADE_MS: i64 = 10 * 60 * MINUTE_MS;
const SPINNING_TRIES: u32 = 6;
/// Misses in the sitting of the last answer: what an earlier sitting left behind may be mended.
const SPINNING_MISSES: u32 = 3;
const SPINNING_CHANCE: f64 = 0.25;
const QUICK_OF: usize = 10;
const QUICK_MIN: usize = 3;
const HINTS_UNREAD_MIN: usize = 3;
const STUCK_TIMES: f64 = 3.5;
const STUCK_SIGNS: u32 = 1;
/// Share of what makes stuck that one silence counts at most, and how long it is work at all.
const SILENCE_COUNTS: f64 = 0.97;
const ERRAND_MS: i64 = 4 * MINUTE_MS;
/// Assumed before a student has a tempo of their own, and the least that counts as stuck (ms).
const MEDIAN_ASSUMED_MS: i64 = 60_000;
const STUCK_MIN_MS: i64 = 2 * MINUTE_MS;
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
    let limit = stuck_ms(live.median_ms) * factor;
    // Whether this silence is an errand is not known before it ends, or is called quiet.
    let silence_ms = now.saturating_sub(working_on.last_sign_at).clamp(0, silence_most_ms(live.median_ms));
    let worked = working_on.worked_ms.saturating_add(silence_ms) as f64;
    (working_on.item.is_some() && !working_on.placement && working_on.signs >= STUCK_SIGNS && worked > limit).then(
        || Alert {
            rule: Rule::Stuck,
            args: args(working_on.since),
            since: working_on.since,
            urgency: urgency(Rule::Stuck),
        },
    )
}

/// Work on one question from which a student is stuck (ms), extra time aside.
fn stuck_ms(median_ms: Option<i64>) -> f64 {
    let usual = median_ms.unwrap_or(MEDIAN_ASSUMED_MS) as f64 * STUCK_TIMES;
    usual.max(STUCK_MIN_MS as f64)
}

/// What one silence counts at most (ms): a little less than makes stuck, since it may be an errand.
fn silence_most_ms(median_ms: Option<i64>) -> i64 {
    (stuck_ms(median_ms) * SILENCE_COUNTS) as i64
}

/// What a silence between two signs of work counts as work (ms); one of more than four minutes was an errand, and counts as
/// the usual time. Worked numbers, with a median of 40 s: a silence of one minute counts as it is, one of three minutes as
/// 135.8 s, a little below the limit of 140 s, one of six minutes as 40 s.
pub fn work_of(silent_ms: i64, median_ms: Option<i64>) -> i64 {
    let (usual_ms, most_ms) = (median_ms.unwrap_or(MEDIAN_ASSUMED_MS), silence_most_ms(median_ms));
    silent_ms.clamp(0, if silent_ms > ERRAND_MS { usual_ms.clamp(0, most_ms) } else { most_ms })
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
        count.attempts >= SPINNING_TRIES
            && count.misses_here >= SPINNING_MISSES
            && !count.settled
            && count.in_a_row == 0
            && count.three_soon < SPINNING_CHANCE
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

fn misconceptions(head: &HeadState) -> Vec<Found> {
    let seen = head.counters.misconceptions.iter().filter(|count| is_found(count));
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
