//! Mixed sets: three to five questions of as many skills, none announced. They keep what is known, and they confirm
//! what may well be known, on another day than the one on which it was learned.

use super::{
    Offer, OfferKind, Reason, Work,
    candidates::{Candidate, SCALE, offer},
    items, progress,
    view::View,
    worth::worth,
};
use crate::{
    record::{HeadState, SITTING_GAP_MS},
    review,
};
use curriculum::SkillId;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Skills in a mixed set, at most.
const MIXED_MAX: usize = 5;
/// What a sitting's first set has above any other: a sitting opens with a few mixed questions.
const OPENS_SITTING: f64 = 0.5;
/// Share of what something new is worth below which a skill is left out of a set and a set is not offered.
const WORTH_IT: f64 = 1.0;
/// A set of which nothing is due comes last.
const NOTHING_DUE: f64 = -0.6;

/// A mixed set, where there are three skills for it. `new` is what a question on something new is worth, 0 for nothing new.
pub(super) fn mixed_set(situation: &View<'_>, new: f64) -> Option<Candidate> {
    let facts = situation.facts;
    let today = situation.head.today(situation.school_day).reviews;
    let left = situation.parameters.reviews_per_day_max.saturating_sub(today) as usize;
    let mut found: Vec<(f64, usize)> = (0..facts.skills.len())
        .filter(|place| may_be_mixed(situation, *place) && items::review_item(situation, *place).is_some())
        .map(|place| (worth(situation, place), place))
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let good = found.iter().filter(|(worth, _)| *worth >= WORTH_IT * new).count();
    found.truncate(good.min(MIXED_MAX).min(left).max(items::MIXED_SKILLS));
    if found.len() < items::MIXED_SKILLS || left == 0 {
        return None;
    }
    let due = found.iter().filter(|(_, place)| is_due(situation, *place)).count();
    let mean = found.iter().map(|(worth, _)| worth).sum::<f64>() / found.len() as f64;
    let opens = sitting(situation.head, situation.now) != Some(true);
    if new > 0.0 && mean < WORTH_IT * new && !(opens && due > 0) {
        return None;
    }
    let score = SCALE * mean
        + match (due, opens) {
            (0, _) => NOTHING_DUE,
            (_, true) => OPENS_SITTING,
            (_, false) => 0.0,
        };
    let reason = if due > 0 {
        Reason::DueReview { count: u32::try_from(due).unwrap_or(u32::MAX) }
    } else {
        Reason::KeepFresh {}
    };
    let skills: Vec<SkillId> = found.iter().map(|(_, place)| facts.skills[*place].id.clone()).collect();
    let work = Work::Review { set: set_id(situation, &skills), skills: skills.clone() };
    let minutes = u16::try_from(skills.len()).unwrap_or(5);
    let offer: Offer = offer(situation, work, None, skills, reason, minutes);
    Some(Candidate { offer, kind: OfferKind::Review, score, must: false })
}

/// Known, or shown once and likely: what is more of a guess has its place in a lesson.
fn may_be_mixed(situation: &View<'_>, place: usize) -> bool {
    progress::is_open(situation, place) && situation.state(place).is_some_and(|state| state.memory.is_some())
        || progress::is_likely(situation, place)
}

/// Faded to where a question helps most, or to be confirmed and not of today.
fn is_due(situation: &View<'_>, place: usize) -> bool {
    let Some(state) = situation.state(place) else { return false };
    let skill = &situation.facts.skills[place].id;
    if !state.opens() {
        return !progress::answered_today(situation, state);
    }
    let recall = review::recall(situation.facts, situation.parameters, situation.skills, skill, situation.now);
    recall.is_some_and(|recall| recall < situation.parameters.recall_wanted)
}

/// Whether the sitting under way has had its mixed questions; none when a new one begins.
fn sitting(head: &HeadState, now: i64) -> Option<bool> {
    let last = head.last_at?;
    (now.saturating_sub(last) <= SITTING_GAP_MS).then_some(head.sitting.mixed)
}

/// The id of a set: a hash, so that the same request gives the same set.
fn set_id(situation: &View<'_>, skills: &[SkillId]) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(situation.seed.to_be_bytes());
    hash.update(situation.head.answers.to_be_bytes());
    for skill in skills {
        hash.update(skill.as_str().as_bytes());
        hash.update([0]);
    }
    let digest = hash.finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    Uuid::from_bytes(bytes)
}
