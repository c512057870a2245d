//! Assigning lessons. The request stands in its own table; that a student was asked is an event in their record.

use crate::{
    app::{Answer, ClassTeacher, Json, Path, Problem, Shared, body},
    learning::{Incoming, LessonName, Setting, append_for},
};
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use curriculum::{CourseId, Lang, LessonId};
use engine::record::{Assigned, AssignmentCancelled, Author, Body};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use store::{Assignment, AssignmentStudent, PersonId, StudentId};
use uuid::Uuid;

/// The routes of this slice.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/classes/{class}/assignments", get(list).post(assign))
        .route("/classes/{class}/assignments/{assignment}", delete(cancel))
        .route("/classes/{class}/assignments/{assignment}/restore", post(restore))
}

/// Students told in one unit of work, so that no answer waits long behind it.
const STUDENTS_A_UNIT: usize = 20;

async fn list(State(app): State<Shared>, teacher: ClassTeacher) -> Answer<Json<serde_json::Value>> {
    let (tenant, class) = (teacher.signed.tenant(), teacher.class.id);
    let lang = Lang::from(teacher.signed.person.locale.as_str());
    let (rows, students) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                Ok::<_, Problem>((
                    tx.assignments_of_class(tenant, class).await?,
                    tx.assignment_students_of_class(tenant, class).await?,
                ))
            })
        })
        .await?;
    let mut seen = Vec::new();
    for row in rows.into_iter().filter(|row| row.cancelled_at.is_none()) {
        let asked: Vec<&AssignmentStudent> = students.iter().filter(|asked| asked.assignment_id == row.id).collect();
        let published = app.library.published(&app, tenant, &row.course_id).await?;
        let lesson = published.map(|published| LessonName::of(&published, &LessonId(row.lesson_id.clone()), &lang));
        seen.push(serde_json::json!({
            "id": row.id,
            "lesson": lesson,
            "due_at": row.due_at,
            "note": row.note,
            "created_at": row.created_at,
            "by": row.created_by,
            "students": asked.iter().map(|asked| serde_json::json!({ "id": asked.student_id, "done_at": asked.done_at })).collect::<Vec<_>>(),
            "done": asked.iter().filter(|asked| asked.done_at.is_some()).count(),
            "of": asked.len(),
        }));
    }
    Ok(Json(serde_json::json!({ "assignments": seen })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Assign {
    lesson: LessonId,
    students: Who,
    #[serde(default)]
    due_at: Option<i64>,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Who {
    All(All),
    Some(Vec<PersonId>),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum All {
    All,
}

async fn assign(State(app): State<Shared>, teacher: ClassTeacher, Json(request): Json<Assign>) -> Answer<Response> {
    let (tenant, class, now) = (teacher.signed.tenant(), teacher.class.clone(), teacher.signed.now);
    let course =
        class.course_id.clone().ok_or_else(|| Problem::field("lesson", "no_course", "The class has no course yet."))?;
    let published = app.library.published(&app, tenant, &course).await?.ok_or_else(|| Problem::missing("course"))?;
    if published.course.lesson(&request.lesson).is_none() {
        return Err(Problem::field("lesson", "unknown_lesson", "The course has no such lesson."));
    }
    if request.due_at.is_some_and(|due| due < now - 24 * 60 * 60 * 1000) {
        return Err(Problem::field("due_at", "in_the_past", "The day is over already."));
    }
    let class_id = class.id;
    let people =
        app.store.read(move |tx| Box::pin(async move { tx.class_people(tenant, class_id, now).await })).await?;
    let enrolled: BTreeSet<PersonId> =
        people.iter().filter(|person| person.role == "student").map(|person| person.id).collect();
    let asked: BTreeSet<PersonId> = match request.students {
        Who::All(All::All) => enrolled,
        Who::Some(some) if some.iter().all(|id| enrolled.contains(id)) => some.into_iter().collect(),
        Who::Some(_) => return Err(Problem::field("students", "unknown_student", "Somebody is not in this class.")),
    };
    if asked.is_empty() {
        return Err(Problem::field("students", "empty", "Choose at least one student."));
    }
    let assignment = Assignment {
        id: Uuid::now_v7(),
        class_id,
        course_id: course,
        lesson_id: request.lesson.0.clone(),
        note: body::note("note", &request.note, 300)?,
        due_at: request.due_at,
        created_by: teacher.signed.person.id,
        created_at: now,
        cancelled_at: None,
    };
    let body = Body::Assigned(Assigned {
        assignment: assignment.id,
        course: published.course.id.clone(),
        lesson: request.lesson,
        due_at: request.due_at,
    });
    let author = Author::Teacher(teacher.signed.person.id.0);
    let row = assignment.clone();
    app.store.write(move |tx| Box::pin(async move { tx.insert_assignment(tenant, &row).await })).await?;
    let courses = app.library.all(&app, tenant).await?;
    let asked: Vec<StudentId> = asked.into_iter().map(PersonId::student).collect();
    for some in asked.chunks(STUDENTS_A_UNIT) {
        let (some, id, zone) = (some.to_vec(), assignment.id, teacher.signed.zone().to_owned());
        let (courses, shelf, body) = (courses.clone(), app.parameters.clone(), body.clone());
        app.store
            .write(move |tx| {
                Box::pin(async move {
                    for student in some {
                        tx.assign_student(
                            tenant,
                            &AssignmentStudent { assignment_id: id, student_id: student, done_at: None },
                        )
                        .await?;
                        let (zone, courses, shelf) = (zone.clone(), courses.clone(), shelf.clone());
                        let setting = Setting { tenant, student, zone, courses, shelf, now };
                        tell(tx, &setting, author, body.clone()).await?;
                    }
                    Ok::<_, Problem>(())
                })
            })
            .await?;
    }
    app.live.changed(tenant, class_id);
    Ok((StatusCode::CREATED, Json(serde_json::json!({ "id": assignment.id }))).into_response())
}

async fn tell(tx: &mut store::Tx<'_>, setting: &Setting, author: Author, body: Body) -> Answer<()> {
    let id = event_id(setting.student, &body, setting.now)?;
    append_for(tx, setting, Incoming::by_server(id, author, body, setting.now)?).await?;
    Ok(())
}

/// The same act at the same moment is the same event.
pub(super) fn event_id(student: StudentId, body: &Body, now: i64) -> Answer<Uuid> {
    let mut digest = Sha256::new();
    digest.update(student.0.as_bytes());
    digest.update(now.to_le_bytes());
    digest.update(serde_json::to_vec(body).map_err(Problem::failure)?);
    let bytes: [u8; 32] = digest.finalize().into();
    Ok(uuid::Builder::from_custom_bytes(bytes[..16].try_into().expect("a digest has 32 bytes")).into_uuid())
}

async fn cancel(
    State(app): State<Shared>,
    teacher: ClassTeacher,
    Path((_, assignment)): Path<(Uuid, Uuid)>,
) -> Answer<StatusCode> {
    set_cancelled(&app, &teacher, assignment, true).await
}

async fn restore(
    State(app): State<Shared>,
    teacher: ClassTeacher,
    Path((_, assignment)): Path<(Uuid, Uuid)>,
) -> Answer<StatusCode> {
    set_cancelled(&app, &teacher, assignment, false).await
}

async fn set_cancelled(app: &Shared, teacher: &ClassTeacher, id: Uuid, cancelled: bool) -> Answer<StatusCode> {
    let (tenant, class, now) = (teacher.signed.tenant(), teacher.class.id, teacher.signed.now);
    let author = Author::Teacher(teacher.signed.person.id.0);
    let zone = teacher.signed.zone().to_owned();
    let (courses, shelf) = (app.library.all(app, tenant).await?, app.parameters.clone());
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let row = tx.assignment(tenant, id).await?.filter(|row| row.class_id == class);
                let row = row.ok_or_else(|| Problem::missing("assignment"))?;
                if row.cancelled_at.is_some() == cancelled {
                    return Ok(());
                }
                tx.cancel_assignment(tenant, id, cancelled.then_some(now)).await?;
                let asked = tx.assignment_students_of_class(tenant, class).await?;
                for student in asked.into_iter().filter(|asked| asked.assignment_id == id).map(|asked| asked.student_id)
                {
                    let body = if cancelled {
                        Body::AssignmentCancelled(AssignmentCancelled { assignment: id })
                    } else {
                        Body::Assigned(Assigned {
                            assignment: id,
                            course: CourseId(row.course_id.clone()),
                            lesson: LessonId(row.lesson_id.clone()),
                            due_at: row.due_at,
                        })
                    };
                    let (zone, courses, shelf) = (zone.clone(), courses.clone(), shelf.clone());
                    let setting = Setting { tenant, student, zone, courses, shelf, now };
                    tell(tx, &setting, author, body).await?;
                }
                Ok::<_, Problem>(())
            })
        })
        .await?;
    app.live.changed(tenant, class);
    Ok(StatusCode::NO_CONTENT)
}
