//! One event, applied to the rows it touches.

use super::{
    Answered, Assigned, Assignment, Body, Derived, Event, HeadState, LastOffers, Latched, Offered, Override, Placed,
    PlacedAt, Purpose, SkillState,
    correction::question_of,
    evidence,
    head::{ASSIGNMENTS_KEPT, push_bounded},
    watch,
};
use crate::{
    detour,
    facts::CourseFacts,
    next_activity::Work,
    parameters::Parameters,
    placement,
    review::{Grade, Memory},
};
use curriculum::{CourseId, SkillId};
use std::collections::{BTreeMap, BTreeSet};

/// The rows that a step needs: the head and the skills of [`touches`]; others may be there and stay as they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    /// The student's head.
    pub head: HeadState,
    /// The skills touched; those without a row are absent.
    pub skills: BTreeMap<(CourseId, SkillId), SkillState>,
}

impl Loaded {
    /// The skills of one course.
    pub fn of_course(&self, course: &CourseId) -> BTreeMap<SkillId, SkillState> {
        let of_course = self.skills.iter().filter(|((of, _), _)| of == course);
        of_course.map(|((_, skill), state)| (skill.clone(), state.clone())).collect()
    }
}

/// What a step reads beside the rows.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The constants in force.
    pub parameters: &'a Parameters,
    /// The course that the event is about.
    pub course: &'a CourseFacts,
}

/// The course that an event is about, if it is about one.
pub fn course_of(body: &Body) -> Option<&CourseId> {
    match body {
        Body::Offered(offered) => Some(&offered.course),
        Body::OfferChosen(chosen) => Some(&chosen.course),
        Body::WorkStarted(started) => Some(&started.course),
        Body::PlacementStarted(started) => Some(&started.course),
        Body::Placed(placed) => Some(&placed.course),
        Body::Ready(concluded) | Body::Lasting(concluded) => Some(&concluded.course),
        Body::Assigned(assigned) => Some(&assigned.course),
        Body::DetourOffered(offered) => Some(&offered.course),
        Body::DetourStarted(started) => Some(&started.course),
        Body::DetourDeclined(declined) => Some(&declined.course),
        Body::DetourFinished(ended) | Body::DetourFailed(ended) => Some(&ended.course),
        Body::PlanAsked(asked) => Some(&asked.course),
        Body::PlanUndone(undone) => Some(&undone.course),
        Body::PlanPublished(published) => Some(&published.course),
        Body::MasteryOverridden(word) => Some(&word.course),
        Body::ItemWithdrawn(withdrawn) => Some(&withdrawn.course),
        other => question_of(other).map(|(course, _)| course),
    }
}

/// The skill rows that a step of this event reads and writes.
pub fn touches(body: &Body) -> BTreeSet<(CourseId, SkillId)> {
    let of =
        |course: &CourseId, skills: &[SkillId]| skills.iter().map(|skill| (course.clone(), skill.clone())).collect();
    match body {
        Body::Answered(answer) if answer.purpose != Purpose::Placement => of(&answer.course, &answer.skills),
        Body::HintOpened(hint) if hint.bottom_out => of(&hint.course, &hint.skills),
        Body::SolutionOpened(solution) => of(&solution.course, &solution.skills),
        Body::Placed(placed) => placed.p0.keys().map(|skill| (placed.course.clone(), skill.clone())).collect(),
        Body::Ready(concluded) | Body::Lasting(concluded) => {
            of(&concluded.course, std::slice::from_ref(&concluded.skill))
        }
        Body::MasteryOverridden(word) => of(&word.course, std::slice::from_ref(&word.skill)),
        _ => BTreeSet::new(),
    }
}

/// Applies one event and returns what follows from it, to be stored as events of their own. Corrections for
/// which [`super::needs_refold`] holds change nothing here: the record is folded anew. The caller passes the
/// context of [`course_of`]; an event of another course changes nothing.
pub fn step(context: &Context<'_>, state: &mut Loaded, event: &Event) -> Vec<Derived> {
    match course_of(&event.body) {
        Some(course) if *course != context.course.id => Vec::new(),
        _ => apply(Some(context), state, event, &event.body),
    }
}

/// As [`step`], with the body as corrected; without a context for events of no course.
pub(super) fn apply(context: Option<&Context<'_>>, state: &mut Loaded, event: &Event, body: &Body) -> Vec<Derived> {
    match (body, context) {
        (Body::Answered(answer), Some(context)) => return answered(context, state, event, answer),
        (Body::ScaffoldAnswered(scaffold), _) => watch::scaffold_answered(&mut state.head, event, scaffold),
        (Body::HintOpened(hint), Some(_)) => {
            watch::hint_opened(&mut state.head, event, hint);
            if hint.bottom_out {
                evidence::answer_seen(
                    state,
                    event,
                    (hint.presentation, &hint.part),
                    &hint.course,
                    &hint.item,
                    &hint.skills,
                );
            }
        }
        (Body::SolutionOpened(solution), Some(_)) => {
            watch::solution_opened(&mut state.head, event, solution);
            let place = (solution.presentation, &solution.part);
            evidence::answer_seen(state, event, place, &solution.course, &solution.item, &solution.skills);
        }
        (Body::HelpDeclined(declined), _) => watch::help_declined(&mut state.head, event, declined),
        (Body::DetourOffered(offered), _) => detour::offered(&mut state.head, event, offered),
        (Body::DetourStarted(started), _) => {
            watch::touch_time(&mut state.head, event);
            detour::started(&mut state.head, event, started);
        }
        (Body::DetourDeclined(declined), _) => {
            watch::touch_time(&mut state.head, event);
            detour::declined(&mut state.head, event, declined);
        }
        (Body::DetourFinished(ended) | Body::DetourFailed(ended), _) => detour::ended(&mut state.head, event, ended),
        (Body::WorkStarted(started), _) => watch::work_started(&mut state.head, event, started),
        (Body::Offered(offered), _) => state.head.last_offers = Some(last_offers(event, offered)),
        (Body::PlacementStarted(started), _) => placement::started(&mut state.head, started, event.effective_at),
        (Body::Placed(placed), Some(context)) => apply_placed(context, state, event, placed),
        (Body::Ready(concluded), Some(context)) => {
            let skill = evidence::row(context, state, &concluded.skill);
            skill.ready.get_or_insert(latched(event, concluded.cause));
        }
        (Body::Lasting(concluded), Some(context)) => {
            let skill = evidence::row(context, state, &concluded.skill);
            skill.lasting.get_or_insert(latched(event, concluded.cause));
        }
        (Body::Assigned(assigned), _) => assign(&mut state.head, event, assigned),
        (Body::AssignmentCancelled(cancelled), _) => {
            state.head.assignments.retain(|open| open.assignment != cancelled.assignment);
        }
        (Body::PlanAsked(asked), _) => {
            let met = state.head.breadth.get(&asked.course).map_or(0, |breadth| breadth.met);
            state.head.plans.entry(asked.course.clone()).or_default().ask(event, asked, met);
        }
        (Body::PlanUndone(undone), _) => {
            state.head.plans.entry(undone.course.clone()).or_default().undo(event, undone.ask);
        }
        (Body::PlanPublished(published), _) => {
            state.head.plans.entry(published.course.clone()).or_default().publish(event, published);
        }
        (Body::MasteryOverridden(word), Some(context)) => {
            let skill = evidence::row(context, state, &word.skill);
            let was_new = skill.is_new();
            override_mastery(skill, word.ready, &event.school_day);
            let met = u32::from(was_new && !skill.is_new());
            state.head.breadth.entry(word.course.clone()).or_default().met += met;
        }
        _ => {}
    }
    Vec::new()
}

pub(super) fn latched(event: &Event, cause: uuid::Uuid) -> Latched {
    Latched { at: event.effective_at, day: event.school_day.clone(), cause, basis_changed: false }
}

/// A conclusion of other rules or constants stays where it stood, marked, unless it was reached already.
pub(super) fn keep(context: Option<&Context<'_>>, state: &mut Loaded, event: &Event) {
    let Some(context) = context else { return };
    let marked = |cause| Latched { basis_changed: true, ..latched(event, cause) };
    match &event.body {
        Body::Ready(concluded) => {
            evidence::row(context, state, &concluded.skill).ready.get_or_insert(marked(concluded.cause));
        }
        Body::Lasting(concluded) => {
            evidence::row(context, state, &concluded.skill).lasting.get_or_insert(marked(concluded.cause));
        }
        _ => {}
    }
}

fn answered(context: &Context<'_>, state: &mut Loaded, event: &Event, answer: &Answered) -> Vec<Derived> {
    let taken = watch::answered(&mut state.head, event, answer);
    crate::detect::note_form(&mut state.head, answer.presentation, &answer.part);
    let Some(first) = taken else { return Vec::new() };
    if answer.purpose == Purpose::Placement {
        placement::answered(&mut state.head, event.id, answer);
        return Vec::new();
    }
    let mut derived = evidence::take(context, state, event, answer, first);
    watch::after_evidence(context, state, event, answer, first);
    let known = answer.skills.first().and_then(|skill| state.skills.get(&(answer.course.clone(), skill.clone())));
    let (p, unaided_right) = (known.map_or(0.0, |skill| skill.p), first.right && !first.helped);
    let misleads = watch::time_misleads(answer);
    derived.extend(detour::answered(&mut state.head, event, answer, p, unaided_right, misleads));
    derived
}

/// A pre-test fills in what no evidence has said yet; of other skills it only keeps its own word.
fn apply_placed(context: &Context<'_>, state: &mut Loaded, event: &Event, placed: &Placed) {
    placement::ended(&mut state.head, placed, event.effective_at);
    let mut placed_known = 0;
    for (skill_id, p0) in &placed.p0 {
        let known = placed.known.contains(skill_id);
        let has_items = context.course.skill(skill_id).is_some_and(|skill| skill.items > 0);
        let skill = evidence::row(context, state, skill_id);
        let was_new = skill.is_new();
        skill.placed = Some(PlacedAt { p0: *p0, known, day: event.school_day.clone() });
        if skill.answers == 0 {
            skill.p = crate::mastery::bounded(*p0);
            skill.shown = skill.p;
            if known {
                skill.memory = Some(Memory::first(Grade::Fast, event.effective_at));
            }
        }
        placed_known += u32::from(has_items && was_new && !skill.is_new());
    }
    state.head.breadth.entry(placed.course.clone()).or_default().placed_known += placed_known;
}

fn assign(head: &mut HeadState, event: &Event, assigned: &Assigned) {
    head.assignments.retain(|open| open.assignment != assigned.assignment);
    let assignment = Assignment {
        assignment: assigned.assignment,
        course: assigned.course.clone(),
        lesson: assigned.lesson.clone(),
        by: event.actor,
        at: event.effective_at,
        due_at: assigned.due_at,
        answers: 0,
        right: 0,
    };
    push_bounded(&mut head.assignments, assignment, ASSIGNMENTS_KEPT);
}

/// A teacher's word. "Not yet" also asks for new evidence, so that the engine does not contradict the teacher
/// with the old; what the student shows from then on counts again.
fn override_mastery(skill: &mut SkillState, ready: bool, day: &str) {
    skill.overridden = Some(Override { ready, day: day.to_owned() });
    if !ready {
        skill.ready = None;
        skill.lasting = None;
        skill.rights.clear();
        skill.in_a_row = 0;
        skill.p = skill.p.min(0.5);
        skill.shown = skill.p;
    }
}

fn last_offers(event: &Event, offered: &Offered) -> LastOffers {
    let skill = |work: &Work| match work {
        Work::Practise { skill } => Some(skill.clone()),
        _ => None,
    };
    LastOffers {
        event: event.id,
        course: offered.course.clone(),
        lessons: offered.offers.iter().filter_map(|offer| offer.lesson.clone()).take(4).collect(),
        skills: offered.offers.iter().filter_map(|offer| skill(&offer.work)).take(4).collect(),
        at: event.effective_at,
    }
}
