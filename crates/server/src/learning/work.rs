//! A piece of work: what a request names, what it is called, how long it is.

use super::{asked::LessonName, home::Chosen, student::Learner, verdict::SkillName};
use crate::{
    app::{Answer, Problem},
    library::Published,
};
use curriculum::Lang;
use engine::{
    next_activity::{RUN_QUESTIONS, Work},
    record::HeadState,
};
use uuid::Uuid;

/// The work that a request names.
pub fn chosen_work(
    learner: &Learner,
    head: &HeadState,
    request: &super::http::WorkWanted,
) -> Answer<(Work, Option<Uuid>)> {
    let published = learner.course()?;
    if let Some(id) = &request.offer {
        let chosen =
            Chosen::read(id).ok_or_else(|| Problem::field("offer", "unknown_offer", "Not an offer of ours."))?;
        known_work(published, &chosen.work)?;
        return Ok((chosen.work, Some(chosen.event)));
    }
    if let Some(skill) = &request.skill {
        let work = Work::Practise { skill: skill.clone() };
        known_work(published, &work)?;
        return Ok((work, None));
    }
    if let Some(assignment) = request.assignment {
        let open = head.assignments.iter().find(|open| open.assignment == assignment);
        let open =
            open.ok_or_else(|| Problem::field("assignment", "unknown_assignment", "Nothing of yours is asked there."))?;
        return Ok((Work::Lesson { lesson: open.lesson.clone() }, None));
    }
    if let Some(activity) = &request.activity {
        let (lesson, found) = published
            .course
            .activity(activity)
            .ok_or_else(|| Problem::field("activity", "unknown_activity", "The course has no such activity."))?;
        let work = match found.kind {
            curriculum::ActivityKind::Read => Work::Read { lesson: lesson.id.clone(), activity: activity.clone() },
            curriculum::ActivityKind::Practise => Work::Lesson { lesson: lesson.id.clone() },
        };
        return Ok((work, None));
    }
    Err(Problem::field("offer", "missing_field", "Name an offer, a skill, an activity or an assignment."))
}

/// Refuses work that the course no longer has, and the pre-test, which has a door of its own.
pub fn known_work(published: &Published, work: &Work) -> Answer<()> {
    let known = match work {
        Work::Lesson { lesson } => published.course.lesson(lesson).is_some(),
        Work::Read { lesson, activity } => published.course.activity(activity).is_some_and(|(of, _)| of.id == *lesson),
        Work::Practise { skill } => published.course.skill(skill).is_some(),
        Work::Review { skills, .. } => {
            (1..=12).contains(&skills.len()) && skills.iter().all(|skill| published.course.skill(skill).is_some())
        }
        Work::Placement {} => false,
    };
    if known { Ok(()) } else { Err(Problem::field("offer", "unknown_offer", "The course no longer has this.")) }
}

/// Questions in a run of it.
pub fn questions_of(work: &Work) -> u16 {
    match work {
        Work::Review { skills, .. } => skills.len() as u16,
        _ => RUN_QUESTIONS,
    }
}

/// The lesson that it is about.
pub fn lesson_of(work: &Work, published: &Published) -> Option<curriculum::LessonId> {
    match work {
        Work::Lesson { lesson } | Work::Read { lesson, .. } => Some(lesson.clone()),
        Work::Practise { skill } => published.lesson_of(skill).map(|lesson| lesson.id.clone()),
        Work::Review { .. } | Work::Placement {} => None,
    }
}

/// What kind of doing a piece of work is, as screens name it.
pub fn kind_of(work: &Work) -> &'static str {
    match work {
        Work::Lesson { .. } | Work::Practise { .. } => "practise",
        Work::Read { .. } => "read",
        Work::Review { .. } => "review",
        Work::Placement {} => "placement",
    }
}

/// What a piece of work is called; empty for a review, which the screen names.
pub fn title_of(work: &Work, published: &Published, lang: &Lang) -> String {
    match work {
        Work::Practise { skill } => SkillName::of(published, skill, lang).name,
        Work::Read { activity, .. } => {
            published.course.activity(activity).map(|(_, activity)| activity.title.words(lang)).unwrap_or_default()
        }
        Work::Lesson { lesson } => LessonName::of(published, lesson, lang).title,
        Work::Review { .. } | Work::Placement {} => String::new(),
    }
}
