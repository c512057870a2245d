//! What is asked of a student, as they see it on their first page.

use super::{
    student::{Learner, LearnerState},
    verdict::SkillName,
};
use crate::{
    app::{Answer, App, Problem},
    library::Published,
};
use curriculum::{Lang, LessonId, SkillId};
use engine::{
    next_activity::{Situation, Work, next_item, unmet_needs},
    record::SkillState,
};
use serde::Serialize;
use uuid::Uuid;

/// A lesson by name.
#[derive(Clone, Debug, Serialize)]
pub struct LessonName {
    pub id: LessonId,
    pub title: String,
}

impl LessonName {
    /// The lesson's title in a language.
    pub fn of(published: &Published, lesson: &LessonId, lang: &Lang) -> Self {
        let title = published.course.lesson(lesson).map(|lesson| lesson.title.words(lang));
        Self { id: lesson.clone(), title: title.unwrap_or_default() }
    }
}

/// An assignment as its student sees it.
#[derive(Clone, Debug, Serialize)]
pub struct AssignmentSeen {
    pub id: Uuid,
    pub lesson: LessonName,
    pub by: AuthorSeen,
    pub due_at: Option<i64>,
    pub note: String,
    pub done: bool,
    pub answered: u32,
    pub of: u32,
    /// Why it has no question now.
    pub waits: Option<Waits>,
}

/// Why there is no question of what is asked for now.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Waits {
    /// Something else comes first.
    Needs { skill: SkillName },
    /// What there is was answered today, and rests until another day.
    AnotherDay,
    /// All that it asks for is known.
    Known,
}

impl Waits {
    fn of(situation: &Situation<'_>, published: &Published, lesson: &LessonId, lang: &Lang) -> Option<Self> {
        if next_item(situation, &Work::Lesson { lesson: lesson.clone() }).is_some() {
            return None;
        }
        if let Some(first) = unmet_needs(situation, lesson).into_iter().next() {
            let skill = beneath(situation, published, first);
            return Some(Self::Needs { skill: SkillName::of(published, &skill, lang) });
        }
        let is_known = |skill: &SkillId| situation.skills.get(skill).is_some_and(SkillState::opens);
        let known = published.course.lesson(lesson).is_some_and(|lesson| lesson.skills.iter().all(is_known));
        Some(if known { Self::Known } else { Self::AnotherDay })
    }
}

/// All that a lesson asks for is known, and nothing of it is asked now.
pub async fn is_known(app: &App, learner: &Learner, published: &Published, lesson: &LessonId) -> Answer<bool> {
    let state = learner.state(app).await?;
    let day = learner.school_day();
    let situation = state.situation(learner, published, &day, state.head.answers);
    Ok(matches!(Waits::of(&situation, published, lesson, &learner.lang), Some(Waits::Known)))
}

/// Of all that a skill still needs, something that itself needs nothing more: there a student can begin.
fn beneath(situation: &Situation<'_>, published: &Published, mut skill: SkillId) -> SkillId {
    let is_unmet = |below: &SkillId| {
        let asks = published.facts.place(below).is_some_and(|place| published.facts.skills[place].items > 0);
        asks && !situation.skills.get(below).is_some_and(SkillState::opens)
    };
    while let Some((below, _)) = published.graph.needs(&skill).iter().find(|(below, _)| is_unmet(below)) {
        skill = below.clone();
    }
    skill
}

/// Who put a thing there, by name where there is one.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorSeen {
    pub kind: &'static str,
    pub name: Option<String>,
}

/// What is asked of this student and not taken back.
pub async fn student_assignments(
    app: &App,
    learner: &Learner,
    published: &Published,
    state: &LearnerState,
) -> Answer<Vec<AssignmentSeen>> {
    let (tenant, student, lang, head) = (learner.tenant, learner.id, &learner.lang, &state.head);
    let course = published.course.id.0.clone();
    let (rows, names) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let rows = tx.assignments_of_student(tenant, student).await?;
                let rows: Vec<_> =
                    rows.into_iter().filter(|row| row.cancelled_at.is_none() && row.course_id == course).collect();
                let mut names = Vec::with_capacity(rows.len());
                for row in &rows {
                    names.push(tx.person(tenant, row.created_by).await?.map(|person| full_name(&person)));
                }
                Ok::<_, Problem>((rows, names))
            })
        })
        .await?;
    let day = learner.school_day();
    let situation = state.situation(learner, published, &day, head.answers);
    let seen = rows.into_iter().zip(names).map(|(row, name)| {
        let so_far = head.assignments.iter().find(|open| open.assignment == row.id);
        let (lesson, done) = (LessonId(row.lesson_id), row.done_at.is_some());
        AssignmentSeen {
            id: row.id,
            waits: if done { None } else { Waits::of(&situation, published, &lesson, lang) },
            lesson: LessonName::of(published, &lesson, lang),
            by: AuthorSeen { kind: "teacher", name },
            due_at: row.due_at,
            note: row.note,
            done,
            answered: so_far.map_or(0, |open| open.answers),
            of: QUESTIONS_ASKED,
        }
    });
    Ok(seen.collect())
}

/// An assignment is done after this many questions of its lesson, if it is not known before.
pub const QUESTIONS_ASKED: u32 = 6;

fn full_name(person: &store::Person) -> String {
    format!("{} {}", person.given_name, person.family_name).trim().to_owned()
}
