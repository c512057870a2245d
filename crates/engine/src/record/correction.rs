//! Corrections: events that change what an earlier event means. Nothing is edited; a fold first gathers which
//! corrections are in force, then applies each at the place of what it corrects.

use super::{Answered, Body, Event};
use crate::grading::Judgement;
use curriculum::{CourseId, ItemId, SkillId};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// True when the event changes what earlier ones mean, so that the student's record is folded anew.
pub fn needs_refold(body: &Body) -> bool {
    matches!(
        body,
        Body::Rejudged(_) | Body::Excused(_) | Body::ItemWithdrawn(_) | Body::SittingVoided(_) | Body::Undone(_)
    )
}

/// The corrections in force over a stream.
#[derive(Default)]
pub(super) struct Corrections {
    rejudged: BTreeMap<Uuid, Judgement>,
    excused: BTreeSet<Uuid>,
    withdrawn: BTreeSet<(CourseId, ItemId)>,
    voided: Vec<(i64, i64)>,
    undone: BTreeSet<Uuid>,
}

/// What an event comes to once corrected. It lives for one event, so its size does not matter.
#[allow(clippy::large_enum_variant)]
pub(super) enum Corrected<'e> {
    /// As it stands, or with another judgement.
    Stands(Cow<'e, Body>),
    /// It counts for nothing, but the question was seen.
    Void,
    /// A correction that was taken back.
    Undone,
}

impl Corrections {
    pub(super) fn gather(events: &[&Event]) -> Self {
        let mut found = Self { undone: undone(events), ..Self::default() };
        for event in events {
            if found.undone.contains(&event.id) {
                continue;
            }
            match &event.body {
                Body::Rejudged(rejudged) => {
                    found.rejudged.insert(rejudged.event, rejudged.judgement.clone());
                }
                Body::Excused(excused) => {
                    found.excused.insert(excused.event);
                }
                Body::ItemWithdrawn(withdrawn) => {
                    found.withdrawn.insert((withdrawn.course.clone(), withdrawn.item.clone()));
                }
                Body::SittingVoided(voided) => found.voided.push((voided.from, voided.to)),
                _ => {}
            }
        }
        found
    }

    pub(super) fn apply<'e>(&self, event: &'e Event) -> Corrected<'e> {
        if self.undone.contains(&event.id) && is_correction(&event.body) {
            return Corrected::Undone;
        }
        let Some((course, item)) = question_of(&event.body) else {
            return Corrected::Stands(Cow::Borrowed(&event.body));
        };
        let voided = self.voided.iter().any(|(from, to)| (*from..=*to).contains(&event.effective_at));
        if voided || self.excused.contains(&event.id) || self.withdrawn.contains(&(course.clone(), item.clone())) {
            return Corrected::Void;
        }
        match (&event.body, self.rejudged.get(&event.id)) {
            (Body::Answered(answer), Some(judgement)) => Corrected::Stands(Cow::Owned(Body::Answered(Answered {
                judgement: judgement.clone(),
                ..answer.clone()
            }))),
            _ => Corrected::Stands(Cow::Borrowed(&event.body)),
        }
    }

    /// Skills whose evidence is corrected: their latched conclusions must be reached again.
    pub(super) fn skills(&self, events: &[&Event]) -> BTreeSet<(CourseId, SkillId)> {
        let mut skills = BTreeSet::new();
        for event in events {
            let changed = match self.apply(event) {
                Corrected::Void => true,
                Corrected::Stands(body) => matches!(body, Cow::Owned(_)),
                Corrected::Undone => false,
            };
            if let (true, Body::Answered(answer)) = (changed, &event.body) {
                skills.extend(answer.skills.iter().map(|skill| (answer.course.clone(), skill.clone())));
            }
        }
        skills
    }
}

fn is_correction(body: &Body) -> bool {
    needs_refold(body) || matches!(body, Body::MasteryOverridden(_))
}

/// From the last to the first: an `undone` that is itself taken back does nothing.
fn undone(events: &[&Event]) -> BTreeSet<Uuid> {
    let mut undone = BTreeSet::new();
    for event in events.iter().rev() {
        if let Body::Undone(taken_back) = &event.body
            && !undone.contains(&event.id)
        {
            undone.insert(taken_back.event);
        }
    }
    undone
}

/// The question that a student's own event is about.
pub(super) fn question_of(body: &Body) -> Option<(&CourseId, &ItemId)> {
    match body {
        Body::Answered(answer) => Some((&answer.course, &answer.item)),
        Body::ScaffoldAnswered(answer) => Some((&answer.course, &answer.item)),
        Body::HintOpened(hint) => Some((&hint.course, &hint.item)),
        Body::SolutionOpened(solution) => Some((&solution.course, &solution.item)),
        _ => None,
    }
}
