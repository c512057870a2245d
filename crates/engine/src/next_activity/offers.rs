//! Two or three things to do next.

use super::{
    DoneForToday, Offer, Offers, Reason, Situation, Work,
    candidates::{Candidate, candidates},
    progress,
    view::View,
};
use curriculum::template::Draw;
use libm::exp;
use std::mem::discriminant;

/// Offers shown, at most and at least.
const OFFERS: (usize, usize) = (3, 2);
/// Others, for "something else".
const OTHERS_MAX: usize = 6;
/// How sharply the better is preferred in the draw.
const TEMPERATURE: f64 = 0.12;
/// What a second offer of one kind weighs.
const SAME_KIND: f64 = 0.4;
/// What a second offer with the same reason weighs.
const SAME_REASON: f64 = 0.1;

/// Two or three offers of different kinds, skills or lessons, drawn with the probabilities that stand in them;
/// a teacher's word and the pre-test stand first, undrawn. Fewer than two only with an honest "done for today".
pub fn offers(situation: &Situation<'_>) -> Offers {
    let view = View::new(situation);
    let mut left = candidates(&view);
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut draw = Draw::new(situation.seed);
    left.sort_by(|a, b| {
        (b.must.cmp(&a.must)).then(b.score.total_cmp(&a.score)).then_with(|| a.offer.work.cmp(&b.offer.work))
    });
    while chosen.len() < OFFERS.0 {
        let Some((nth, probability)) = pick(&left, &chosen, &mut draw) else { break };
        let mut candidate = left.remove(nth);
        candidate.offer.probability = probability;
        chosen.push(candidate);
    }
    let done_for_today = done(&view, &chosen);
    let offers: Vec<Offer> = chosen.into_iter().map(|candidate| candidate.offer).collect();
    let mut something_else: Vec<Offer> = Vec::new();
    for Candidate { offer, .. } in left {
        let is_there = |other: &Offer| other.work == offer.work || are_twins(other, &offer);
        if something_else.len() < OTHERS_MAX && !offers.iter().chain(&something_else).any(is_there) {
            something_else.push(offer);
        }
    }
    Offers { offers, something_else, done_for_today }
}

/// The next one and the chance it had: the first that must come, else a draw among those that differ from what
/// is chosen already.
fn pick(left: &[Candidate], chosen: &[Candidate], draw: &mut Draw) -> Option<(usize, f64)> {
    if let Some(nth) = left.iter().position(|candidate| candidate.must && differs(candidate, chosen)) {
        return Some((nth, 1.0));
    }
    let best = left.iter().map(|candidate| candidate.score).fold(f64::MIN, f64::max);
    let weight = |candidate: &Candidate| {
        if !differs(candidate, chosen) {
            return 0.0;
        }
        let same_kind = chosen.iter().any(|other| other.kind == candidate.kind);
        let why = discriminant(&candidate.offer.reason);
        let same_reason = chosen.iter().any(|other| discriminant(&other.offer.reason) == why);
        exp((candidate.score - best) / TEMPERATURE)
            * if same_kind { SAME_KIND } else { 1.0 }
            * if same_reason { SAME_REASON } else { 1.0 }
    };
    let weights: Vec<f64> = left.iter().map(weight).collect();
    let total: f64 = weights.iter().sum();
    if total <= 0.0 {
        return None;
    }
    let mut at = (draw.bits() >> 11) as f64 / (1u64 << 53) as f64 * total;
    let mut last = None;
    for (nth, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
        last = Some((nth, weight / total));
        at -= weight;
        if at < 0.0 {
            break;
        }
    }
    last
}

/// Another lesson and another skill; or the same lesson in another kind, but never the same thing twice.
fn differs(candidate: &Candidate, chosen: &[Candidate]) -> bool {
    chosen.iter().all(|other| {
        let same_lesson = candidate.offer.lesson.is_some() && candidate.offer.lesson == other.offer.lesson;
        candidate.offer.work != other.offer.work
            && (!same_lesson || candidate.kind != other.kind)
            && !are_twins(&candidate.offer, &other.offer)
    })
}

/// Where one skill of a lesson is left, the lesson and practice of that skill are the same questions under two names;
/// unless the practice is a gentler way in.
fn are_twins(one: &Offer, other: &Offer) -> bool {
    let alone = |offer: &Offer| match (&offer.work, &offer.skills[..]) {
        _ if matches!(offer.reason, Reason::AfterMisses { .. }) => None,
        (Work::Lesson { .. } | Work::Practise { .. }, [skill]) => Some(skill.clone()),
        _ => None,
    };
    alone(one).is_some_and(|skill| alone(other) == Some(skill))
}

fn done(situation: &View<'_>, chosen: &[Candidate]) -> Option<DoneForToday> {
    let all_open = (0..situation.facts.skills.len()).all(|place| progress::is_open(situation, place));
    let asked_for =
        |candidate: &Candidate| candidate.must || matches!(candidate.offer.reason, Reason::DueReview { .. });
    if all_open && !chosen.iter().any(asked_for) {
        return Some(DoneForToday::CourseDone);
    }
    (chosen.len() < OFFERS.1).then_some(DoneForToday::NeedsAnotherDay)
}
