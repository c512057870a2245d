//! What is asked of a student, as they see it on their first page.

use crate::{
    app::{Answer, App, Problem},
    library::Published,
};
use curriculum::{Lang, LessonId};
use serde::Serialize;
use store::{StudentId, TenantId};
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
    tenant: TenantId,
    student: StudentId,
    published: &Published,
    head: &engine::record::HeadState,
    lang: &Lang,
) -> Answer<Vec<AssignmentSeen>> {
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
    let seen = rows.into_iter().zip(names).map(|(row, name)| {
        let so_far = head.assignments.iter().find(|open| open.assignment == row.id);
        AssignmentSeen {
            id: row.id,
            lesson: LessonName::of(published, &LessonId(row.lesson_id), lang),
            by: AuthorSeen { kind: "teacher", name },
            due_at: row.due_at,
            note: row.note,
            done: row.done_at.is_some(),
            answered: so_far.map_or(0, |open| open.answers),
            of: QUESTIONS_ASKED,
        }
    });
    Ok(seen.collect())
}

/// An assignment is done after this many questions of its lesson.
pub const QUESTIONS_ASKED: u32 = 6;

fn full_name(person: &store::Person) -> String {
    format!("{} {}", person.given_name, person.family_name).trim().to_owned()
}
