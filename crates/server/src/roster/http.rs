//! Making classes and filling them.

use super::rules::{LineProblem, NameLine, STUDENTS_MAX, free_sign_in_name, read_names};
use crate::{
    app::{
        Answer, App, ClassStudent, ClassTeacher, Json, Path, Problem, Shared, Signed, Staff, access::audit, body,
        random,
    },
    identity::{fold_sign_in_name, fresh_nonce, pin_of, student_key},
};
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{delete, get, patch, post},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::{Class, ClassId, ClassPerson, Enrollment, Person, PersonId, TenantId, Tx};
use uuid::Uuid;

/// The routes of this slice.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/classes", get(list_classes).post(make_class))
        .route("/classes/{class}", get(one_class).patch(change_class))
        .route("/classes/{class}/students", get(list_students).post(add_students))
        .route("/classes/{class}/students/{student}", patch(rename_student).delete(remove_student))
        .route("/classes/{class}/students/{student}/restore", post(restore_student))
        .route("/classes/{class}/students/{student}/pin", post(new_pin))
        .route("/classes/{class}/students/{student}/unlock", post(unlock_student))
        .route("/classes/{class}/sessions", delete(sign_out_class))
}

#[derive(Serialize)]
struct ClassSeen {
    id: ClassId,
    name: String,
    code: String,
    students: usize,
    course: Option<CourseName>,
    archived: bool,
}

#[derive(Serialize)]
struct CourseName {
    id: String,
    title: String,
}

#[derive(Serialize)]
struct StudentSeen {
    id: PersonId,
    given_name: String,
    family_name: String,
    sign_in_name: String,
    pin: String,
    waiting_until: Option<i64>,
}

async fn class_seen(app: &App, signed: &Signed, class: Class) -> Answer<ClassSeen> {
    let (tenant, id, now) = (signed.tenant(), class.id, signed.now);
    let people = app.store.read(move |tx| Box::pin(async move { tx.class_people(tenant, id, now).await })).await?;
    let course = match &class.course_id {
        Some(course) => app.library.published(app, tenant, course).await?.map(|published| CourseName {
            id: course.clone(),
            title: published.course.title.words(&signed.person.locale.as_str().into()),
        }),
        None => None,
    };
    Ok(ClassSeen {
        id: class.id,
        name: class.name,
        code: class.code,
        students: people.iter().filter(|person| person.role == "student").count(),
        course,
        archived: class.archived_at.is_some(),
    })
}

async fn list_classes(State(app): State<Shared>, Staff(signed): Staff) -> Answer<Json<serde_json::Value>> {
    let (tenant, person, now, admin) = (signed.tenant(), signed.person.id, signed.now, signed.person.role == "admin");
    let (own, all) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let all = if admin { tx.classes(tenant).await? } else { Vec::new() };
                Ok::<_, Problem>((tx.classes_of_person(tenant, person, now).await?, all))
            })
        })
        .await?;
    let mut seen = Vec::new();
    let own = own.into_iter().map(|class| Class {
        id: class.id,
        name: class.name,
        code: class.code,
        course_id: class.course_id,
        created_at: class.created_at,
        archived_at: class.archived_at,
    });
    let classes: Vec<Class> = if admin { all } else { own.collect() };
    for class in classes {
        seen.push(class_seen(&app, &signed, class).await?);
    }
    Ok(Json(serde_json::json!({ "classes": seen })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewClass {
    name: String,
    #[serde(default)]
    course: Option<String>,
}

async fn make_class(State(app): State<Shared>, Staff(signed): Staff, Json(new): Json<NewClass>) -> Answer<Response> {
    let tenant = signed.tenant();
    known_course(&app, tenant, new.course.as_deref()).await?;
    let class = Class {
        id: ClassId(Uuid::now_v7()),
        name: body::line("name", &new.name, 80)?,
        code: random::class_code(),
        course_id: new.course,
        created_at: signed.now,
        archived_at: None,
    };
    let teacher = Enrollment {
        class_id: class.id,
        person_id: signed.person.id,
        role: "teacher".to_owned(),
        starts_at: signed.now,
        ends_at: None,
    };
    let row = class.clone();
    app.store
        .write(move |tx| {
            Box::pin(async move {
                tx.insert_class(tenant, &row).await?;
                tx.enroll(tenant, &teacher).await
            })
        })
        .await?;
    Ok((StatusCode::CREATED, Json(class_seen(&app, &signed, class).await?)).into_response())
}

async fn known_course(app: &App, tenant: TenantId, course: Option<&str>) -> Answer<()> {
    if let Some(course) = course
        && app.library.published(app, tenant, course).await?.is_none()
    {
        return Err(Problem::field("course", "unknown_course", "No such published course."));
    }
    Ok(())
}

async fn one_class(State(app): State<Shared>, teacher: ClassTeacher) -> Answer<Json<ClassSeen>> {
    Ok(Json(class_seen(&app, &teacher.signed, teacher.class.clone()).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeClass {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    course: Option<String>,
    #[serde(default)]
    archived: Option<bool>,
    #[serde(default)]
    code: Option<NewCode>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum NewCode {
    New,
}

async fn change_class(
    State(app): State<Shared>,
    teacher: ClassTeacher,
    Json(change): Json<ChangeClass>,
) -> Answer<Json<ClassSeen>> {
    let (tenant, mut class) = (teacher.signed.tenant(), teacher.class.clone());
    if let Some(name) = change.name {
        class.name = body::line("name", &name, 80)?;
    }
    if let Some(course) = change.course {
        known_course(&app, tenant, Some(&course)).await?;
        class.course_id = Some(course);
    }
    if let Some(archived) = change.archived {
        class.archived_at = archived.then_some(teacher.signed.now);
    }
    if let Some(NewCode::New) = change.code {
        class.code = random::class_code();
    }
    let row = class.clone();
    app.store.write(move |tx| Box::pin(async move { tx.update_class(tenant, &row).await })).await?;
    app.sessions.clear();
    app.live.changed(tenant, class.id);
    Ok(Json(class_seen(&app, &teacher.signed, class).await?))
}

async fn list_students(State(app): State<Shared>, teacher: ClassTeacher) -> Answer<Json<serde_json::Value>> {
    let (tenant, class, now) = (teacher.signed.tenant(), teacher.class.clone(), teacher.signed.now);
    let code = class.code.clone();
    let (people, misses) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let people = tx.class_people(tenant, class.id, now).await?;
                let mut misses = Vec::with_capacity(people.len());
                for person in &people {
                    let key = student_key(&code, person.sign_in_name.as_deref().unwrap_or_default());
                    misses.push(tx.sign_in_miss(tenant, &key).await?);
                }
                Ok::<_, Problem>((people, misses))
            })
        })
        .await?;
    let students: Vec<StudentSeen> = people
        .into_iter()
        .zip(misses)
        .filter(|(person, _)| person.role == "student")
        .map(|(person, miss)| {
            let waiting = miss.map(|miss| miss.blocked_until).filter(|until| *until > now);
            student_seen(&app, tenant, person, waiting)
        })
        .collect();
    audit(&app, &teacher.signed, "students_listed", None, Some(teacher.class.id), serde_json::json!({})).await?;
    Ok(Json(serde_json::json!({ "students": students })))
}

fn student_seen(app: &App, tenant: TenantId, person: ClassPerson, waiting_until: Option<i64>) -> StudentSeen {
    let pin = person.pin_nonce.as_deref().map(|nonce| pin_of(&app.secret, tenant, person.id, nonce));
    StudentSeen {
        id: person.id,
        given_name: person.given_name,
        family_name: person.family_name,
        sign_in_name: person.sign_in_name.unwrap_or_default(),
        pin: pin.unwrap_or_default(),
        waiting_until,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewStudents {
    #[serde(default)]
    lines: Option<String>,
    #[serde(default)]
    students: Option<Vec<NewStudent>>,
    #[serde(default)]
    dry_run: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewStudent {
    given_name: String,
    #[serde(default)]
    family_name: String,
}

#[derive(Serialize)]
struct Added {
    added: Vec<StudentSeen>,
    problems: Vec<LineProblem>,
}

async fn add_students(
    State(app): State<Shared>,
    teacher: ClassTeacher,
    Json(new): Json<NewStudents>,
) -> Answer<Response> {
    let (names, problems) = match (new.lines, new.students) {
        (Some(lines), None) => read_names(&lines),
        (None, Some(students)) => (typed_names(students)?, Vec::new()),
        _ => return Err(Problem::field("lines", "missing_field", "Send either lines or students.")),
    };
    let (tenant, class, now) = (teacher.signed.tenant(), teacher.class.id, teacher.signed.now);
    let shared = app.clone();
    let locale = "en".to_owned();
    let dry_run = new.dry_run;
    let added = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let mut added = Vec::with_capacity(names.len());
                let mut taken = BTreeSet::new();
                for name in names {
                    let person = new_student(&shared, tx, tenant, &name, &locale, &mut taken, now).await?;
                    if !dry_run {
                        add_student(tx, tenant, class, &person, now).await?;
                    }
                    added.push(person);
                }
                Ok::<_, Problem>(added)
            })
        })
        .await?;
    let added: Vec<StudentSeen> = added.into_iter().map(|person| person_seen(&app, tenant, person)).collect();
    let status = if dry_run { StatusCode::OK } else { StatusCode::CREATED };
    app.live.changed(tenant, class);
    Ok((status, Json(Added { added, problems })).into_response())
}

fn typed_names(students: Vec<NewStudent>) -> Answer<Vec<NameLine>> {
    if students.len() > STUDENTS_MAX {
        return Err(Problem::field("students", "too_many", format!("At most {STUDENTS_MAX} at once.")));
    }
    students
        .into_iter()
        .enumerate()
        .map(|(index, student)| {
            Ok(NameLine {
                line: index + 1,
                given_name: body::line("given_name", &student.given_name, 80)?,
                family_name: body::note("family_name", &student.family_name, 80)?,
            })
        })
        .collect()
}

/// A student's row with a free sign-in name and a fresh PIN; `taken` gathers the names given out in this unit.
async fn new_student(
    app: &App,
    tx: &mut Tx<'_>,
    tenant: TenantId,
    name: &NameLine,
    locale: &str,
    taken: &mut BTreeSet<String>,
    now: i64,
) -> Answer<Person> {
    let sign_in_name = loop {
        let candidate = free_sign_in_name(&name.given_name, &name.family_name, taken);
        taken.insert(candidate.clone());
        if tx.person_by_sign_in_name(tenant, &candidate).await?.is_none() {
            break candidate;
        }
    };
    let id = PersonId(Uuid::now_v7());
    Ok(Person {
        id,
        role: "student".to_owned(),
        given_name: name.given_name.clone(),
        family_name: name.family_name.clone(),
        sign_in_name: Some(sign_in_name),
        email: None,
        password_hash: None,
        pin_nonce: Some(fresh_nonce(&app.secret, tenant, id)),
        locale: locale.to_owned(),
        preferences: "{}".to_owned(),
        created_at: now,
        archived_at: None,
    })
}

/// Puts a new student into the school and the class.
pub async fn add_student(tx: &mut Tx<'_>, tenant: TenantId, class: ClassId, person: &Person, now: i64) -> Answer<()> {
    tx.insert_person(tenant, person).await?;
    let enrollment =
        Enrollment { class_id: class, person_id: person.id, role: "student".to_owned(), starts_at: now, ends_at: None };
    tx.enroll(tenant, &enrollment).await?;
    Ok(())
}

fn person_seen(app: &App, tenant: TenantId, person: Person) -> StudentSeen {
    let pin = person.pin_nonce.as_deref().map(|nonce| pin_of(&app.secret, tenant, person.id, nonce));
    StudentSeen {
        id: person.id,
        given_name: person.given_name,
        family_name: person.family_name,
        sign_in_name: person.sign_in_name.unwrap_or_default(),
        pin: pin.unwrap_or_default(),
        waiting_until: None,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeStudent {
    #[serde(default)]
    given_name: Option<String>,
    #[serde(default)]
    family_name: Option<String>,
    #[serde(default)]
    sign_in_name: Option<String>,
}

async fn rename_student(
    State(app): State<Shared>,
    of: ClassStudent,
    Json(change): Json<ChangeStudent>,
) -> Answer<Json<StudentSeen>> {
    let (tenant, id) = (of.teacher.signed.tenant(), of.student.id);
    let given = change.given_name.map(|name| body::line("given_name", &name, 80)).transpose()?;
    let family = change.family_name.map(|name| body::note("family_name", &name, 80)).transpose()?;
    let sign_in = change.sign_in_name.map(|name| sign_in_name(&name)).transpose()?;
    let person = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let mut person = tx.person(tenant, id).await?.ok_or_else(|| Problem::missing("student"))?;
                person.given_name = given.unwrap_or(person.given_name);
                person.family_name = family.unwrap_or(person.family_name);
                if let Some(name) = sign_in {
                    let owner = tx.person_by_sign_in_name(tenant, &name).await?;
                    if owner.is_some_and(|owner| owner.id != id) {
                        return Err(Problem::field("sign_in_name", "taken", "Somebody in this school has that name."));
                    }
                    person.sign_in_name = Some(name);
                }
                tx.update_person(tenant, &person).await?;
                Ok(person)
            })
        })
        .await?;
    app.sessions.clear();
    app.live.changed(tenant, of.teacher.class.id);
    Ok(Json(person_seen(&app, tenant, person)))
}

fn sign_in_name(name: &str) -> Answer<String> {
    let folded = fold_sign_in_name(name);
    if folded.is_empty() { Err(Problem::field("sign_in_name", "empty", "Use letters or digits.")) } else { Ok(folded) }
}

async fn remove_student(State(app): State<Shared>, of: ClassStudent) -> Answer<StatusCode> {
    let (tenant, class, id, now) =
        (of.teacher.signed.tenant(), of.teacher.class.id, of.student.id, of.teacher.signed.now);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                tx.end_enrollment(tenant, class, id, "student", now).await?;
                tx.revoke_sessions_of_person(tenant, id, now).await
            })
        })
        .await?;
    app.sessions.clear();
    app.live.changed(tenant, class);
    audit(&app, &of.teacher.signed, "student_removed", Some(id.0), Some(class), serde_json::json!({})).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn restore_student(
    State(app): State<Shared>,
    teacher: ClassTeacher,
    Path((_, student)): Path<(Uuid, Uuid)>,
) -> Answer<StatusCode> {
    let (tenant, class, id, now) = (teacher.signed.tenant(), teacher.class.id, PersonId(student), teacher.signed.now);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let was =
                    tx.enrollments(tenant, class, id).await?.iter().any(|enrollment| enrollment.role == "student");
                if !was {
                    return Err(Problem::missing("student"));
                }
                let again = Enrollment {
                    class_id: class,
                    person_id: id,
                    role: "student".to_owned(),
                    starts_at: now,
                    ends_at: None,
                };
                tx.enroll(tenant, &again).await?;
                Ok(())
            })
        })
        .await?;
    app.sessions.clear();
    app.live.changed(tenant, class);
    Ok(StatusCode::NO_CONTENT)
}

async fn new_pin(State(app): State<Shared>, of: ClassStudent) -> Answer<Json<StudentSeen>> {
    let (tenant, mut person, now) = (of.teacher.signed.tenant(), of.student.clone(), of.teacher.signed.now);
    let nonce = fresh_nonce(&app.secret, tenant, person.id);
    person.pin_nonce = Some(nonce.clone());
    let id = person.id;
    app.store
        .write(move |tx| {
            Box::pin(async move {
                tx.set_pin_nonce(tenant, id, Some(&nonce)).await?;
                tx.revoke_sessions_of_person(tenant, id, now).await
            })
        })
        .await?;
    app.sessions.clear();
    audit(&app, &of.teacher.signed, "pin_changed", Some(id.0), Some(of.teacher.class.id), serde_json::json!({}))
        .await?;
    Ok(Json(student_seen(&app, tenant, person, None)))
}

async fn unlock_student(State(app): State<Shared>, of: ClassStudent) -> Answer<StatusCode> {
    let tenant = of.teacher.signed.tenant();
    let key = student_key(&of.teacher.class.code, of.student.sign_in_name.as_deref().unwrap_or_default());
    app.store.write(move |tx| Box::pin(async move { tx.clear_sign_in_miss(tenant, &key).await })).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn sign_out_class(State(app): State<Shared>, teacher: ClassTeacher) -> Answer<StatusCode> {
    let (tenant, class, now) = (teacher.signed.tenant(), teacher.class.id, teacher.signed.now);
    app.store.write(move |tx| Box::pin(async move { tx.revoke_sessions_of_class(tenant, class, now).await })).await?;
    app.sessions.clear();
    audit(&app, &teacher.signed, "class_signed_out", None, Some(class), serde_json::json!({})).await?;
    Ok(StatusCode::NO_CONTENT)
}
