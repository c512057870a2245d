//! What the head keeps of each event: time, tempo, what is open, what was seen, what the detectors count.

use super::{
    Answered, Context, Event, HeadState, HelpDeclined, HintOpened, Loaded, PartProgress, Presented, Purpose,
    RecentAnswer, SITTING_GAP_MS, ScaffoldAnswered, SeenItem, Sitting, SolutionOpened, WorkStarted, WorkingOn,
    evidence::{self, First},
    head::{ANSWERS_KEPT, ITEMS_KEPT, OPEN_KEPT, PRESENTED_KEPT, push_bounded},
    head_parts::{TEMPO_KEPT, TEMPO_MAX_MS},
    working::{Deed, work_on},
};
use crate::{
    detect::{self, Came, Missed},
    detour,
    next_activity::Work,
};
use curriculum::{CourseId, ItemId, PartId, SkillId};
use uuid::Uuid;

/// Faster than this from one hint to the next is faster than reading (ms).
const HINT_READ_MS: i64 = 1500;
/// Misses on one question after which help changes its form.
pub const MISSES_FOR_HELP: u32 = 3;
/// An answer below this is quick, whatever the tempo (ms).
const QUICK_MS: i64 = 2000;

/// The place that an event is about.
struct Place<'e> {
    presentation: Uuid,
    part: &'e PartId,
    course: &'e CourseId,
    item: &'e ItemId,
    skills: &'e [SkillId],
    purpose: Purpose,
    mixed_set: Option<Uuid>,
}

/// Reading aloud or a screen reader was in use, so that times say nothing.
pub(super) fn time_misleads(answer: &Answered) -> bool {
    answer.listened || answer.supports.iter().any(|support| detect::TIME_RULES_OFF.contains(&support.as_str()))
}

/// A response: what it means to the head, and whether it is the first valid one.
pub(super) fn answered(head: &mut HeadState, event: &Event, answer: &Answered) -> Option<First> {
    let place = Place {
        presentation: answer.presentation,
        part: &answer.part,
        course: &answer.course,
        item: &answer.item,
        skills: &answer.skills,
        purpose: answer.purpose,
        mixed_set: answer.mixed_set,
    };
    seen(head, event, &place);
    let verdict = answer.judgement.verdict;
    if !verdict.counts() {
        return None;
    }
    let (right, at) = (verdict.is_right(), event.effective_at);
    head.times_mislead = time_misleads(answer);
    head.last_answer_at = Some(head.last_answer_at.map_or(at, |last| last.max(at)));
    let progress = progress(head, &place, at);
    let (helped, taken) = (progress.helped(), progress.taken);
    progress.taken = true;
    progress.tries = progress.tries.saturating_add(1);
    progress.misses = progress.misses.saturating_add(u32::from(!right));
    progress.right |= right;
    progress.in_detour = answer.detour.is_some();
    if let Some(idea) = &answer.judgement.misconception {
        progress.misconception = Some(idea.clone());
    }
    let misses = progress.misses;
    detour::question_answered(head, answer.presentation, &answer.part, right);
    let deed = Deed {
        course: &answer.course,
        lesson: answer.lesson.clone(),
        skills: &answer.skills,
        item: &answer.item,
        presentation: answer.presentation,
        after_ms: answer.elapsed_ms,
        right,
        placement: answer.purpose == Purpose::Placement,
        detour: answer.detour.is_some(),
        at,
    };
    work_on(head, &deed);
    if answer.purpose != Purpose::Placement {
        if !taken {
            detect::age_misconceptions(&mut head.counters, &answer.course, &answer.skills);
        }
        note_misses(head, event, answer, misses, right);
        note_misconception(head, event, answer);
    }
    if taken {
        return None;
    }
    let median_ms = head.tempo.median_ms();
    let limit = QUICK_MS.max(median_ms.unwrap_or(0) / 10);
    let quick = !right && !time_misleads(answer) && answer.elapsed_ms < limit;
    let first = First { right, helped, median_ms, quick };
    note_first(head, event, answer, first);
    Some(first)
}

fn note_first(head: &mut HeadState, event: &Event, answer: &Answered, first: First) {
    head.answers = head.answers.saturating_add(1);
    if answer.purpose == Purpose::Placement {
        return;
    }
    let (right, helped) = (first.right, first.helped);
    let mut today = head.today(&event.school_day);
    today.answers = today.answers.saturating_add(1);
    today.right = today.right.saturating_add(u32::from(right));
    today.reviews = today.reviews.saturating_add(u32::from(answer.purpose == Purpose::Review));
    head.today = today;
    detect::count_week(&mut head.counters.weeks, &event.school_day);
    head.sitting.answers = head.sitting.answers.saturating_add(1);
    head.sitting.rights = head.sitting.rights.saturating_add(u32::from(right));
    head.sitting.mixed |= answer.mixed_set.is_some();
    if !helped && !first.quick && !time_misleads(answer) && (1..TEMPO_MAX_MS).contains(&answer.elapsed_ms) {
        push_bounded(&mut head.tempo.times_ms, answer.elapsed_ms, TEMPO_KEPT);
    }
    if right
        && !helped
        && let Some(item) =
            head.items.iter_mut().rev().find(|seen| seen.item == answer.item && seen.course == answer.course)
    {
        item.right = true;
    }
    for assignment in &mut head.assignments {
        if assignment.course == answer.course && Some(&assignment.lesson) == answer.lesson.as_ref() {
            assignment.answers = assignment.answers.saturating_add(1);
            assignment.right = assignment.right.saturating_add(u32::from(right));
        }
    }
    let recent = RecentAnswer {
        event: event.id,
        course: answer.course.clone(),
        item: answer.item.clone(),
        skills: answer.skills.clone(),
        at: event.effective_at,
        right,
        helped,
        quick: first.quick,
        purpose: answer.purpose,
    };
    push_bounded(&mut head.recent, recent, ANSWERS_KEPT);
}

/// After the skills were updated: what the detectors need of them.
pub(super) fn after_evidence(
    context: &Context<'_>,
    state: &mut Loaded,
    event: &Event,
    answer: &Answered,
    first: First,
) {
    let unaided_right = first.right && !first.helped;
    let sitting_at = state.head.sitting.started_at;
    let counters = &mut state.head.counters;
    let idea = answer.judgement.misconception.as_ref();
    let explained = first.quick || idea.is_some_and(|idea| detect::is_found_idea(counters, &answer.course, idea));
    counters.in_a_row = if unaided_right { counters.in_a_row.saturating_add(1) } else { 0 };
    counters.answered_at = Some(event.effective_at);
    counters.lesson.clone_from(&answer.lesson);
    for skill_id in &answer.skills {
        let Some(skill) = state.skills.get(&(answer.course.clone(), skill_id.clone())) else { continue };
        let constants = context.parameters.of(&answer.course, skill_id);
        let question = evidence::question(context.parameters, constants, answer);
        let came = match (first.right, first.helped) {
            (false, _) => Came::Miss,
            (true, false) => Came::Right,
            (true, true) => Came::Helped,
        };
        let at = event.effective_at;
        let tried = detect::Try { constants, question, came, explained, sitting_at, at };
        detect::count_skill(counters, (&answer.course, skill_id), skill, &tried);
    }
}

fn note_misses(head: &mut HeadState, event: &Event, answer: &Answered, misses: u32, right: bool) {
    let here = head.counters.three_misses.as_ref().is_some_and(|missed| missed.presentation == answer.presentation);
    if right {
        // The same question, or another one of the same skill, was got: the matter is settled.
        let same_skill = head.counters.three_misses.as_ref().is_some_and(|missed| {
            missed.course == answer.course && missed.skill.as_ref().is_some_and(|skill| answer.skills.contains(skill))
        });
        if here || same_skill {
            head.counters.three_misses = None;
        }
    } else if misses >= MISSES_FOR_HELP {
        let since = head.counters.three_misses.as_ref().filter(|_| here).map_or(event.effective_at, |missed| missed.at);
        head.counters.three_misses = Some(Missed {
            presentation: answer.presentation,
            course: answer.course.clone(),
            item: answer.item.clone(),
            skill: answer.skills.first().cloned(),
            misses,
            at: since,
        });
    }
}

fn note_misconception(head: &mut HeadState, event: &Event, answer: &Answered) {
    if let Some(misconception) = &answer.judgement.misconception {
        let place = (answer.item.clone(), answer.seed);
        let about = (&answer.course, misconception, answer.skills.first());
        detect::count_misconception(&mut head.counters, about, place, answer.options_shown, event.effective_at);
    }
}

pub(super) fn scaffold_answered(head: &mut HeadState, event: &Event, scaffold: &ScaffoldAnswered) {
    let place = Place {
        presentation: scaffold.presentation,
        part: &scaffold.part,
        course: &scaffold.course,
        item: &scaffold.item,
        skills: &scaffold.skills,
        purpose: Purpose::Practice,
        mixed_set: None,
    };
    seen(head, event, &place);
    let progress = progress(head, &place, event.effective_at);
    // A scaffold is help even where its opening was not sent.
    progress.hints = progress.hints.max(1);
}

pub(super) fn hint_opened(head: &mut HeadState, event: &Event, hint: &HintOpened) {
    let place = Place {
        presentation: hint.presentation,
        part: &hint.part,
        course: &hint.course,
        item: &hint.item,
        skills: &hint.skills,
        purpose: Purpose::Practice,
        mixed_set: None,
    };
    seen(head, event, &place);
    let on = head.working_on.as_ref().filter(|on| on.presentation == Some(hint.presentation));
    let deed = Deed {
        course: &hint.course,
        lesson: on.and_then(|on| on.lesson.clone()),
        skills: &hint.skills,
        item: &hint.item,
        presentation: hint.presentation,
        after_ms: hint.since_last_ms,
        right: false,
        placement: false,
        detour: on.is_some_and(|on| on.detour),
        at: event.effective_at,
    };
    if !head.open.iter().any(|open| open.presentation == hint.presentation && open.part == hint.part && open.right) {
        work_on(head, &deed);
    }
    let progress = progress(head, &place, event.effective_at);
    let first_bottom = hint.bottom_out && !progress.bottom_out;
    progress.hints = progress.hints.saturating_add(1);
    progress.hints_quick = progress.hints_quick.saturating_add(u32::from(hint.since_last_ms < HINT_READ_MS));
    progress.bottom_out |= hint.bottom_out;
    // The first hint may well come at once; what tells is the way from there to the last.
    let quick = progress.hints >= 2 && progress.hints_quick + 1 >= progress.hints;
    if first_bottom {
        push_bounded(&mut head.counters.hint_runs_quick, quick, detect::HINT_RUNS_KEPT);
        if quick {
            head.counters.hint_run_at = Some(event.effective_at);
        }
    }
}

pub(super) fn solution_opened(head: &mut HeadState, event: &Event, solution: &SolutionOpened) {
    let place = Place {
        presentation: solution.presentation,
        part: &solution.part,
        course: &solution.course,
        item: &solution.item,
        skills: &solution.skills,
        purpose: Purpose::Practice,
        mixed_set: None,
    };
    seen(head, event, &place);
    let progress = progress(head, &place, event.effective_at);
    progress.example = true;
    progress.bottom_out = true;
}

pub(super) fn help_declined(head: &mut HeadState, event: &Event, declined: &HelpDeclined) {
    touch_time(head, event);
    let open = head.open.iter_mut().rev();
    if let Some(progress) =
        open.into_iter().find(|open| open.presentation == declined.presentation && open.part == declined.part)
    {
        progress.declined = progress.declined.saturating_add(1);
    }
}

pub(super) fn work_started(head: &mut HeadState, event: &Event, started: &WorkStarted) {
    touch_time(head, event);
    if let (Some(presentation), Some(item)) = (started.presentation, &started.item) {
        let (purpose, mixed_set) = match &started.work {
            Work::Review { set, .. } => (Purpose::Review, Some(*set)),
            Work::Placement {} => (Purpose::Placement, None),
            _ => (Purpose::Practice, None),
        };
        let presented = Presented {
            presentation,
            course: started.course.clone(),
            item: item.clone(),
            skills: started.skill.iter().cloned().collect(),
            purpose,
            mixed_set,
            at: event.effective_at,
        };
        note_presented(head, event, presented);
    }
    let same =
        head.working_on.as_ref().filter(|at| at.presentation.is_some() && at.presentation == started.presentation);
    head.working_on = Some(WorkingOn {
        course: started.course.clone(),
        lesson: started.lesson.clone(),
        skill: started.skill.clone(),
        item: started.item.clone(),
        presentation: started.presentation,
        since: same.map_or(event.effective_at, |at| at.since),
        placement: started.work == Work::Placement {},
        detour: false,
        signs: same.map_or(0, |at| at.signs),
        worked_ms: same.map_or(0, |at| at.worked_ms),
        last_sign_at: same.map_or(event.effective_at, |at| at.last_sign_at),
    });
}

/// The question was seen, though what was done with it counts for nothing.
pub(super) fn void(head: &mut HeadState, event: &Event) {
    if let super::Body::Answered(answer) = &event.body {
        let presented = Presented {
            presentation: answer.presentation,
            course: answer.course.clone(),
            item: answer.item.clone(),
            skills: answer.skills.clone(),
            purpose: answer.purpose,
            mixed_set: answer.mixed_set,
            at: event.effective_at,
        };
        note_presented(head, event, presented);
    }
}

fn seen(head: &mut HeadState, event: &Event, place: &Place<'_>) {
    touch_time(head, event);
    let presented = Presented {
        presentation: place.presentation,
        course: place.course.clone(),
        item: place.item.clone(),
        skills: place.skills.to_vec(),
        purpose: place.purpose,
        mixed_set: place.mixed_set,
        at: event.effective_at,
    };
    note_presented(head, event, presented);
}

pub(super) fn touch_time(head: &mut HeadState, event: &Event) {
    let at = event.effective_at;
    let last = head.last_at.unwrap_or(i64::MIN);
    if at.saturating_sub(last) > SITTING_GAP_MS {
        head.sitting = Sitting { started_at: at, ..Sitting::default() };
    }
    head.last_at = Some(last.max(at));
}

/// The first sign of a presentation counts its item as seen.
fn note_presented(head: &mut HeadState, event: &Event, presented: Presented) {
    let of_set = presented.mixed_set.is_some();
    if let Some(known) = head.presented.iter_mut().rev().find(|known| known.presentation == presented.presentation) {
        known.mixed_set = known.mixed_set.or(presented.mixed_set);
        head.since_set = if of_set { Some(0) } else { head.since_set };
        return;
    }
    head.since_set = if of_set { Some(0) } else { head.since_set.map(|since| since.saturating_add(1)) };
    let (course, item) = (presented.course.clone(), presented.item.clone());
    let place = head.items.iter().position(|known| known.item == item && known.course == course);
    let count = place.map_or(0, |place| head.items.remove(place).count).saturating_add(1);
    let (at, day) = (presented.at, event.school_day.clone());
    push_bounded(&mut head.presented, presented, PRESENTED_KEPT);
    push_bounded(&mut head.items, SeenItem { course, item, count, at, day, right: false }, ITEMS_KEPT);
}

fn progress<'h>(head: &'h mut HeadState, place: &Place<'_>, at: i64) -> &'h mut PartProgress {
    let known = head.open.iter().position(|open| open.presentation == place.presentation && open.part == *place.part);
    let entry = match known {
        Some(known) => PartProgress { at, ..head.open.remove(known) },
        None => PartProgress {
            presentation: place.presentation,
            part: place.part.clone(),
            course: place.course.clone(),
            item: place.item.clone(),
            skills: place.skills.to_vec(),
            tries: 0,
            misses: 0,
            right: false,
            hints: 0,
            hints_quick: 0,
            bottom_out: false,
            example: false,
            changed: false,
            declined: 0,
            taken: false,
            misconception: None,
            in_detour: false,
            at,
        },
    };
    push_bounded(&mut head.open, entry, OPEN_KEPT);
    head.open.last_mut().expect("an entry was just pushed")
}
