//! Staff accounts by one-time link, the audit log page by page, export and erase of one student.

use crate::{
    app::{Admin, Answer, Json, Path, Problem, Query, Shared, access::audit, address::wish},
    identity::{make_password_link, new_adult},
};
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{delete, get, patch, post},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::str::FromStr;
use store::{Person, PersonId};
use uuid::Uuid;

const PAGE: i64 = 100;

/// The routes of this slice.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/admin/people", get(list_people).post(add_person))
        .route("/admin/people/{person}", patch(change_person))
        .route("/admin/people/{person}/link", post(fresh_link))
        .route("/admin/audit", get(read_audit))
        .route("/admin/students/{student}", delete(erase))
        .route("/admin/students/{student}/export", get(export))
}

#[derive(Serialize)]
struct PersonSeen {
    id: PersonId,
    role: String,
    given_name: String,
    family_name: String,
    email: Option<String>,
    created_at: i64,
    archived: bool,
}

impl From<Person> for PersonSeen {
    fn from(person: Person) -> Self {
        Self {
            id: person.id,
            role: person.role,
            given_name: person.given_name,
            family_name: person.family_name,
            email: person.email,
            created_at: person.created_at,
            archived: person.archived_at.is_some(),
        }
    }
}

#[derive(Deserialize)]
struct PeopleWanted {
    #[serde(default)]
    role: Option<String>,
    #[serde(default)]
    q: Option<String>,
    #[serde(default)]
    after: Option<String>,
}

async fn list_people(
    State(app): State<Shared>,
    Admin(signed): Admin,
    Query(wanted): Query<PeopleWanted>,
) -> Answer<Json<Value>> {
    let tenant = signed.tenant();
    let after: Option<PersonId> = wish("after", wanted.after.as_deref())?;
    let page = app.store.read(move |tx| Box::pin(async move { tx.people(tenant, after, PAGE).await })).await?;
    let next = (page.len() == PAGE as usize).then(|| page.last().map(|person| person.id)).flatten();
    let q = wanted.q.map(|q| q.to_lowercase());
    let matches = |person: &Person| {
        let name = format!("{} {} {}", person.given_name, person.family_name, person.email.as_deref().unwrap_or(""))
            .to_lowercase();
        wanted.role.as_ref().is_none_or(|role| role.is_empty() || *role == person.role)
            && q.as_ref().is_none_or(|q| name.contains(q.as_str()))
    };
    let people: Vec<PersonSeen> = page.into_iter().filter(matches).map(PersonSeen::from).collect();
    Ok(Json(json!({ "people": people, "next": next })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPerson {
    role: StaffRole,
    given_name: String,
    family_name: String,
    email: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum StaffRole {
    Teacher,
    Admin,
}

async fn add_person(State(app): State<Shared>, Admin(signed): Admin, Json(new): Json<NewPerson>) -> Answer<Response> {
    let role = match new.role {
        StaffRole::Teacher => "teacher",
        StaffRole::Admin => "admin",
    };
    let person =
        new_adult(role, &new.given_name, &new.family_name, &new.email, Some(&signed.person.locale), signed.now)?;
    let (tenant, row) = (signed.tenant(), person.clone());
    let taken = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let email = row.email.clone().unwrap_or_default();
                if tx.person_by_email(tenant, &email).await?.is_some() {
                    return Ok::<_, Problem>(true);
                }
                tx.insert_person(tenant, &row).await?;
                Ok(false)
            })
        })
        .await?;
    if taken {
        return Err(Problem::field("email", "taken", "Somebody in this school has that address."));
    }
    let token = make_password_link(&app, tenant, person.id, signed.now).await?;
    audit(&app, &signed, "person_added", Some(person.id.0), None, json!({ "role": role })).await?;
    Ok((StatusCode::CREATED, Json(json!({ "person": PersonSeen::from(person), "link": format!("/link/{token}") })))
        .into_response())
}

async fn fresh_link(
    State(app): State<Shared>,
    Admin(signed): Admin,
    Path(person): Path<PersonId>,
) -> Answer<Json<Value>> {
    let tenant = signed.tenant();
    let found = app.store.read(move |tx| Box::pin(async move { tx.person(tenant, person).await })).await?;
    found.filter(|person| person.role != "student").ok_or_else(|| Problem::missing("person"))?;
    let token = make_password_link(&app, tenant, person, signed.now).await?;
    audit(&app, &signed, "link_made", Some(person.0), None, json!({})).await?;
    Ok(Json(json!({ "link": format!("/link/{token}") })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangePerson {
    archived: bool,
}

async fn change_person(
    State(app): State<Shared>,
    Admin(signed): Admin,
    Path(person): Path<PersonId>,
    Json(change): Json<ChangePerson>,
) -> Answer<Json<PersonSeen>> {
    if person == signed.person.id && change.archived {
        return Err(Problem::field("archived", "own_account", "Somebody else must close your own account."));
    }
    let (tenant, now) = (signed.tenant(), signed.now);
    let row = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                tx.archive_person(tenant, person, change.archived.then_some(now)).await?;
                tx.revoke_sessions_of_person(tenant, person, now).await?;
                tx.person(tenant, person).await?.ok_or_else(|| Problem::missing("person"))
            })
        })
        .await?;
    app.sessions.clear();
    audit(&app, &signed, "person_changed", Some(person.0), None, json!({ "archived": change.archived })).await?;
    Ok(Json(row.into()))
}

#[derive(Deserialize)]
struct AuditWanted {
    /// `<at>.<id>` of the last entry of the page before.
    #[serde(default)]
    before: Option<String>,
}

async fn read_audit(
    State(app): State<Shared>,
    Admin(signed): Admin,
    Query(wanted): Query<AuditWanted>,
) -> Answer<Json<Value>> {
    let tenant = signed.tenant();
    let before = match wanted.before.filter(|text| !text.is_empty()) {
        Some(text) => {
            cursor(&text).ok_or_else(|| Problem::field("before", "wrong_value", "Not a place in the log."))?
        }
        None => (i64::MAX, Uuid::max()),
    };
    let (page, names) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let page = tx.audit_page(tenant, before, PAGE).await?;
                let mut names = std::collections::BTreeMap::new();
                for id in people_of(&page) {
                    if let Some(person) = tx.person(tenant, PersonId(id)).await? {
                        names.insert(id, format!("{} {}", person.given_name, person.family_name));
                    }
                }
                Ok::<_, Problem>((page, names))
            })
        })
        .await?;
    let next =
        (page.len() == PAGE as usize).then(|| page.last().map(|entry| format!("{}.{}", entry.at, entry.id))).flatten();
    let named = |id: Option<Uuid>| id.map(|id| json!({ "id": id, "name": names.get(&id) }));
    let entries: Vec<Value> = page
        .into_iter()
        .map(|entry| {
            json!({
                "id": entry.id,
                "at": entry.at,
                "actor": named(entry.actor_id.map(|id| id.0)),
                "action": entry.action,
                "subject": named(entry.subject_id),
                "class": entry.class_id,
                "detail": serde_json::from_str::<Value>(&entry.detail).unwrap_or_default(),
            })
        })
        .collect();
    Ok(Json(json!({ "entries": entries, "next_before": next })))
}

fn people_of(page: &[store::AuditEntry]) -> std::collections::BTreeSet<Uuid> {
    page.iter().flat_map(|entry| [entry.actor_id.map(|id| id.0), entry.subject_id]).flatten().collect()
}

fn cursor(text: &str) -> Option<(i64, Uuid)> {
    let (at, id) = text.split_once('.')?;
    Some((at.parse().ok()?, Uuid::from_str(id).ok()?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Erase {
    /// The student's whole name, typed by the administrator.
    confirm: String,
}

async fn erase(
    State(app): State<Shared>,
    Admin(signed): Admin,
    Path(student): Path<PersonId>,
    Json(erase): Json<Erase>,
) -> Answer<StatusCode> {
    let (tenant, now) = (signed.tenant(), signed.now);
    let person = app.store.read(move |tx| Box::pin(async move { tx.person(tenant, student).await })).await?;
    let person = person.filter(|person| person.role == "student").ok_or_else(|| Problem::missing("student"))?;
    let name = format!("{} {}", person.given_name, person.family_name);
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if folded(&erase.confirm) != folded(&name) {
        return Err(Problem::field("confirm", "does_not_match", "Type the student's whole name."));
    }
    super::privacy::erase_student(&app, tenant, student.student(), now).await?;
    app.sessions.clear();
    audit(&app, &signed, "student_erased", Some(student.0), None, json!({})).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn export(State(app): State<Shared>, Admin(signed): Admin, Path(student): Path<PersonId>) -> Answer<Json<Value>> {
    let tenant = signed.tenant();
    let person = app.store.read(move |tx| Box::pin(async move { tx.person(tenant, student).await })).await?;
    let person = person.filter(|person| person.role == "student").ok_or_else(|| Problem::missing("student"))?;
    audit(&app, &signed, "student_exported", Some(student.0), None, json!({})).await?;
    Ok(Json(super::privacy::export_student(&app, tenant, &person).await?))
}
