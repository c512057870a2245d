//! When a detour is over. Judged at the first valid response to each of its questions.
//!
//! Worked number: nothing is known of the skill (p = .25) and the probe is right: p = .66, so the idea is there after
//! one question. The probe is missed: p = .18; the next is right at once: p = .58, below .6, but a fresh right without
//! help after a miss is what the detour was for, so it ends as learned.

use super::{Detour, Ending};

/// Questions of a detour at most, the probe among them.
pub const QUESTIONS_MAX: u32 = 3;
/// Minutes of a detour at most.
pub const MINUTES_MAX: i64 = 3;
/// p(known) after an answer from which the idea beneath counts as there.
pub const KNOWN_FROM: f64 = 0.6;

const MINUTE_MS: i64 = 60_000;

/// How the detour ends with this answer, if it does: `detour` counts the answer already, `p` is the belief in its skill
/// after it, `unaided_right` tells a right answer without help, `at` is its instant (ms UTC).
pub fn after_answer(detour: &Detour, p: f64, unaided_right: bool, at: i64) -> Option<Ending> {
    let first = detour.questions <= 1;
    let spent_ms = detour.started_at.map_or(0, |started| at.saturating_sub(started));
    if p >= KNOWN_FROM {
        return Some(if first { Ending::Known } else { Ending::Learned });
    }
    if unaided_right && !first {
        return Some(Ending::Learned);
    }
    if detour.questions >= QUESTIONS_MAX {
        return Some(Ending::NotYet);
    }
    (!detour.untimed && spent_ms >= MINUTES_MAX * MINUTE_MS).then_some(Ending::OutOfTime)
}
