//! Whether a detour is offered, and where it leads.

use super::{
    event::{Because, DetourOffered},
    state::Phase,
};
use crate::{
    detect::{HelpForm, help_after},
    facts::CourseFacts,
    next_activity::{Situation, Work, next_item},
    record::{DerivedKind, Purpose, derived_id},
};
use curriculum::{MisconceptionId, PartId, SkillId};
use uuid::Uuid;

/// Belief from which a needed prerequisite is not probed: there is nothing to gain.
const SURE: f64 = 0.95;

/// Where a detour leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The skill.
    pub skill: SkillId,
    /// Why there.
    pub because: Because,
}

/// Skills that a detour from `from` may lead to: their rows are what [`offer`] has to be given.
pub fn candidates(facts: &CourseFacts, from: &SkillId, misconception: Option<&MisconceptionId>) -> Vec<SkillId> {
    let way_back = misconception.and_then(|idea| facts.ways_back.get(idea)).cloned();
    let needed = facts.skill(from).into_iter().flat_map(|skill| &skill.needs);
    let mut all: Vec<SkillId> = way_back.into_iter().collect();
    all.extend(needed.map(|(place, _)| facts.skills[*place].id.clone()));
    all
}

/// Where a detour from `from` leads: the way back that the wrong idea names, along whatever edge; else the needed
/// prerequisite with the largest `(1 - p) x strength`, ties by the author's order. None where the wrong idea belongs to
/// the skill itself, or where nothing beneath is in doubt or can be asked.
pub fn target(
    facts: &CourseFacts,
    from: &SkillId,
    misconception: Option<&MisconceptionId>,
    p: impl Fn(&SkillId) -> f64,
    can_ask: impl Fn(&SkillId) -> bool,
) -> Option<Target> {
    if let Some(idea) = misconception
        && let Some(skill) = facts.ways_back.get(idea)
    {
        let because = Because::WayBack { misconception: idea.clone() };
        return (skill != from && can_ask(skill)).then(|| Target { skill: skill.clone(), because });
    }
    let mut weakest: Option<(f64, &SkillId)> = None;
    for (place, strength) in &facts.skill(from)?.needs {
        let below = &facts.skills[*place].id;
        let belief = p(below);
        let weight = (1.0 - belief) * strength;
        if belief < SURE && can_ask(below) && weakest.is_none_or(|(most, _)| weight > most) {
            weakest = Some((weight, below));
        }
    }
    weakest.map(|(_, skill)| Target { skill: skill.clone(), because: Because::Needed {} })
}

/// The detour to offer after the answer `cause`, if one is to be: help on the question would change its form now, the
/// question is for practice and no detour itself, its item has had none, and none from the same skill failed today.
pub fn offer(situation: &Situation<'_>, presentation: Uuid, part: &PartId, cause: Uuid) -> Option<DetourOffered> {
    let head = situation.head;
    if help_after(head, presentation, part) != Some(HelpForm::Example) {
        return None;
    }
    let progress = head.progress(presentation, part)?;
    let shown = head.presented.iter().rev().find(|shown| shown.presentation == presentation)?;
    if !matches!(shown.purpose, Purpose::Practice | Purpose::Review) || progress.in_detour {
        return None;
    }
    let from = progress.skills.first()?;
    let of_course = || head.detours.iter().filter(|detour| detour.course == progress.course);
    let had_one = of_course().any(|detour| detour.item == progress.item);
    let failed = of_course()
        .any(|detour| detour.phase == Phase::Failed && detour.from == *from && detour.day == situation.school_day);
    if had_one || failed {
        return None;
    }
    let facts = situation.facts;
    let p = |skill: &SkillId| {
        let unknown = || situation.parameters.of(&facts.id, skill).known_first;
        situation.skills.get(skill).map_or_else(unknown, |state| state.p)
    };
    let can_ask = |skill: &SkillId| next_item(situation, &Work::Practise { skill: skill.clone() }).is_some();
    let target = target(facts, from, progress.misconception.as_ref(), p, can_ask)?;
    Some(DetourOffered {
        presentation,
        part: part.clone(),
        course: facts.id.clone(),
        item: progress.item.clone(),
        from: from.clone(),
        skill: target.skill,
        because: target.because,
        misses: progress.misses,
        cause,
    })
}

/// Id of the event that offers a detour: a hash, so that the same answer offers it once.
pub fn offer_id(student: Uuid, cause: Uuid) -> Uuid {
    derived_id(student, DerivedKind::DetourOffered, "", cause)
}
