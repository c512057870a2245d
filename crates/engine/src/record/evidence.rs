//! What counts as evidence of a skill.
//!
//! The first valid response to a part of a presentation, and nothing else. Wrong first is wrong, helped or not.
//! Right after help teaches (T) and proves nothing. Once a hint has given the answer away, a fresh question
//! must be answered without help before the skill can be ready.

use super::{
    Answered, BottomOut, Concluded, Context, Derived, Event, Latched, Loaded, SeenQuestion, SkillState, UnaidedRight,
    skill_state::RIGHTS_KEPT, step::latched,
};
use crate::{
    mastery::{self, GuessSlip},
    parameters::{Parameters, SkillParameters},
    review::{Grade, Memory},
};
use curriculum::{CourseId, ItemId, PartId, SkillId};
use uuid::Uuid;

/// p0 between which a pre-test could not tell; there the first two answers weigh double.
const UNCERTAIN: (f64, f64) = (0.30, 0.90);
const DAY_MS: f64 = 86_400_000.0;
/// Quicker than this share of the own median is "fast".
const FAST_SHARE: f64 = 0.7;

/// The first valid response to a part, as evidence sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct First {
    pub right: bool,
    pub helped: bool,
    /// The student's median time before this answer.
    pub median_ms: Option<i64>,
    pub quick: bool,
}

/// The row of a skill, made where there is none.
pub(super) fn row<'s>(context: &Context<'_>, state: &'s mut Loaded, skill: &SkillId) -> &'s mut SkillState {
    let course = &context.course.id;
    let parameters = context.parameters.of(course, skill);
    state.skills.entry((course.clone(), skill.clone())).or_insert_with(|| SkillState::new(parameters))
}

/// Takes the evidence and says what follows from it.
pub(super) fn take(
    context: &Context<'_>,
    state: &mut Loaded,
    event: &Event,
    answer: &Answered,
    first: First,
) -> Vec<Derived> {
    let mut derived = Vec::new();
    let (mut became_ready, mut met) = (0, 0);
    for (nth, skill_id) in answer.skills.iter().enumerate() {
        if answer.skills[..nth].contains(skill_id) {
            continue;
        }
        let constants = context.parameters.of(&answer.course, skill_id);
        let question = question(context.parameters, constants, answer);
        let few_items = context.course.has_few_items(skill_id);
        let template = context.course.items.get(&answer.item).is_some_and(|item| item.template);
        let skill = row(context, state, skill_id);
        met += u32::from(skill.is_new());
        believe(skill, constants, question, first);
        remember(skill, grade(answer, first), event);
        count(skill, first, event.effective_at);
        if first.right && !first.helped {
            note_right(skill, event, answer, template, few_items);
            became_ready += u32::from(conclude(context, skill, event, answer, skill_id, &mut derived));
        }
    }
    if met > 0 {
        state.head.breadth.entry(answer.course.clone()).or_default().met += met;
    }
    if became_ready > 0 {
        let mut today = state.head.today(&event.school_day);
        today.ready = today.ready.saturating_add(became_ready);
        state.head.today = today;
    }
    derived
}

/// Chance of a right answer to a question like this one, by what is believed of one of its skills; of a skill without a
/// row, by what is believed at first. Evaluation predicts by the same functions.
pub fn chance_of_right(parameters: &Parameters, answer: &Answered, id: &SkillId, skill: Option<&SkillState>) -> f64 {
    let constants = parameters.of(&answer.course, id);
    let p = skill.map_or(constants.known_first, |skill| skill.p);
    mastery::success_next(p, question(parameters, constants, answer))
}

pub(super) fn question(parameters: &Parameters, constants: SkillParameters, answer: &Answered) -> GuessSlip {
    mastery::guess_slip(constants, parameters.item_shift(&answer.course, &answer.item), answer.options_shown)
}

fn believe(skill: &mut SkillState, constants: SkillParameters, question: GuessSlip, first: First) {
    let unsure = skill.placed.as_ref().is_some_and(|placed| placed.p0 >= UNCERTAIN.0 && placed.p0 < UNCERTAIN.1);
    let unaided_right = first.right && !first.helped;
    let p = match (unaided_right || !first.right, unsure && skill.answers < 2) {
        (false, _) => mastery::bounded(mastery::learn(skill.p, constants)),
        (true, false) => mastery::believe(skill.p, first.right, question, constants),
        (true, true) => {
            let once = mastery::update(skill.p, first.right, question);
            mastery::believe(once, first.right, question, constants)
        }
    };
    skill.p = p;
    skill.shown = if first.right {
        mastery::raise_shown(skill.shown, p)
    } else {
        mastery::lower_shown(skill.shown, p, skill.wins)
    };
}

fn count(skill: &mut SkillState, first: First, at: i64) {
    skill.attempts = skill.attempts.saturating_add(1);
    skill.last_at = Some(skill.last_at.map_or(at, |last| last.max(at)));
    match (first.right, first.helped) {
        (true, false) => {
            skill.answers = skill.answers.saturating_add(1);
            skill.wins = skill.wins.saturating_add(1);
            skill.in_a_row = skill.in_a_row.saturating_add(1);
            skill.misses_in_a_row = 0;
        }
        (true, true) => {
            skill.helped = skill.helped.saturating_add(1);
            skill.in_a_row = 0;
        }
        (false, _) => {
            skill.answers = skill.answers.saturating_add(1);
            skill.fails = skill.fails.saturating_add(1);
            skill.in_a_row = 0;
            skill.misses_in_a_row = skill.misses_in_a_row.saturating_add(1);
        }
    }
}

fn grade(answer: &Answered, first: First) -> Grade {
    let fast = |median: i64| (answer.elapsed_ms as f64) < FAST_SHARE * median as f64;
    match (first.right, first.helped) {
        (false, _) => Grade::Wrong,
        (true, true) => Grade::Helped,
        (true, false) if !super::watch::time_misleads(answer) && first.median_ms.is_some_and(fast) => Grade::Fast,
        (true, false) => Grade::Slow,
    }
}

fn remember(skill: &mut SkillState, grade: Grade, event: &Event) {
    let at = event.effective_at;
    skill.memory = Some(match skill.memory {
        None => Memory::first(grade, at),
        Some(memory) => {
            let days = at.saturating_sub(memory.last) as f64 / DAY_MS;
            // Within a sitting or two of one day nothing has had time to fade.
            memory.next(grade, if days < 0.5 { 0.0 } else { days }, at)
        }
    });
}

fn note_right(skill: &mut SkillState, event: &Event, answer: &Answered, template: bool, few_items: bool) {
    let question = SeenQuestion {
        item: answer.item.clone(),
        variant: template.then_some(answer.seed),
        day: event.school_day.clone(),
    };
    if skill.fresh_after.as_ref().is_some_and(|seen| is_fresh(seen, answer, event, template, few_items)) {
        skill.fresh_after = None;
    }
    super::push_bounded(&mut skill.rights, UnaidedRight { question, at: event.effective_at }, RIGHTS_KEPT);
}

fn is_fresh(seen: &BottomOut, answer: &Answered, event: &Event, template: bool, few_items: bool) -> bool {
    let later_day = few_items && event.school_day > seen.day;
    answer.presentation != seen.presentation && (answer.item != seen.item || template || later_day)
}

/// True while nothing was concluded under these rules and constants.
fn is_open(latched: &Option<Latched>) -> bool {
    latched.as_ref().is_none_or(|latched| latched.basis_changed)
}

/// True when the skill became ready by it.
fn conclude(
    context: &Context<'_>,
    skill: &mut SkillState,
    event: &Event,
    answer: &Answered,
    id: &SkillId,
    derived: &mut Vec<Derived>,
) -> bool {
    let concluded = || Concluded { course: answer.course.clone(), skill: id.clone(), cause: event.id };
    // Lasting looks at the day on which the skill opened, so it is judged before today's readiness.
    if is_open(&skill.lasting) && answer.mixed_set.is_some() && mastery::is_lasting(skill, &event.school_day) {
        let kept = skill.lasting.replace(latched(event, event.id));
        derived.extend(kept.is_none().then(|| Derived::lasting(concluded())));
    }
    if is_open(&skill.ready) && mastery::is_ready(context.course, context.parameters, id, skill) {
        let kept = skill.ready.replace(latched(event, event.id));
        skill.overridden = None;
        skill.attempts = 0;
        // What was kept has been said already, and is only on firm ground again.
        derived.extend(kept.is_none().then(|| Derived::ready(concluded())));
        return kept.is_none();
    }
    false
}

/// The answer was given away before it was found: a fresh question is needed.
pub(super) fn answer_seen(
    state: &mut Loaded,
    event: &Event,
    (presentation, part): (Uuid, &PartId),
    course: &CourseId,
    item: &ItemId,
    skills: &[SkillId],
) {
    if state.head.progress(presentation, part).is_some_and(|progress| progress.right) {
        return;
    }
    for skill in skills {
        // A skill without a row has nothing to spoil yet: its first answer here comes after help anyway.
        if let Some(row) = state.skills.get_mut(&(course.clone(), skill.clone())) {
            row.fresh_after = Some(BottomOut { presentation, item: item.clone(), day: event.school_day.clone() });
        }
    }
}
