//! What a record says about the constants: every piece of evidence as the fold took it, with what was believed just
//! before. A refit learns from these rows and is judged by them, so that nothing is measured that does not count.

use super::{Answered, Body, Context, Event, Loaded, Purpose, chance_of_right, fold::fold_observed};
use curriculum::{CourseId, ItemId, SkillId};
use std::collections::BTreeMap;

/// The first valid response to a part, as evidence of one skill.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// The course.
    pub course: CourseId,
    /// One skill of the question; another row stands for each other one.
    pub skill: SkillId,
    /// The question.
    pub item: ItemId,
    /// When (ms UTC).
    pub at: i64,
    /// Options shown; 0 for a typed answer.
    pub options_shown: u16,
    /// Right.
    pub right: bool,
    /// After help. Right after help teaches and proves nothing, so no chance is asked of it.
    pub helped: bool,
    /// What the pre-test had said, before the first evidence of the skill.
    pub placed: Option<f64>,
    /// Chance of a right answer under the constants of the fold, just before.
    pub chance: f64,
}

impl Observed {
    /// True for a row that a prediction can be held against.
    pub fn is_proof(&self) -> bool {
        !(self.right && self.helped)
    }
}

/// Folds a record and tells its evidence in order.
pub fn observe<'e>(
    contexts: &BTreeMap<CourseId, Context<'_>>,
    events: impl IntoIterator<Item = &'e Event>,
) -> Vec<Observed> {
    fold_observed(contexts, Loaded::default(), events, Some(Vec::new())).1
}

/// What is believed before an answer, to be told if it turns out to be evidence.
pub(super) fn expect(context: Option<&Context<'_>>, state: &Loaded, body: &Body) -> Vec<Observed> {
    let (Some(context), Body::Answered(answer)) = (context, body) else { return Vec::new() };
    if answer.purpose == Purpose::Placement {
        return Vec::new();
    }
    let distinct = |(nth, skill): &(usize, &SkillId)| !answer.skills[..*nth].contains(*skill);
    answer.skills.iter().enumerate().filter(distinct).map(|(_, skill)| row(context, state, answer, skill)).collect()
}

fn row(context: &Context<'_>, state: &Loaded, answer: &Answered, skill: &SkillId) -> Observed {
    let known = state.skills.get(&(answer.course.clone(), skill.clone()));
    Observed {
        course: answer.course.clone(),
        skill: skill.clone(),
        item: answer.item.clone(),
        at: 0,
        options_shown: answer.options_shown,
        right: false,
        helped: false,
        placed: known
            .filter(|known| known.answers + known.helped == 0)
            .and_then(|known| Some(known.placed.as_ref()?.p0)),
        chance: chance_of_right(context.parameters, answer, skill, known),
    }
}

/// The rows of an answer that was evidence. What the head notes of every first answer says whether it was.
pub(super) fn told(rows: Vec<Observed>, before: u64, state: &Loaded) -> Vec<Observed> {
    let Some(last) = state.head.recent.last().filter(|_| state.head.answers > before) else { return Vec::new() };
    rows.into_iter().map(|row| Observed { at: last.at, right: last.right, helped: last.helped, ..row }).collect()
}
