//! Erase means erase; export means everything.

use crate::{
    app::{Answer, App, Problem},
    identity::student_key,
    learning::events_in_order,
};
use serde_json::{Value, json};
use std::io::Write;
use store::{Erasure, Person, StudentId, TenantId};

/// Erases a student: stream, snapshots, presentations, projections, the person. Also noted in a register that
/// no backup holds, so that restoring an old backup erases again.
pub async fn erase_student(app: &App, tenant: TenantId, student: StudentId, now: i64) -> Answer<()> {
    let line = json!({ "tenant": tenant, "student": student, "at": now }).to_string();
    let path = app.settings.data.join("erasures.jsonl");
    tokio::task::spawn_blocking(move || {
        let mut register = std::fs::OpenOptions::new().create(true).append(true).open(path)?;
        writeln!(register, "{line}")?;
        register.sync_all()
    })
    .await
    .map_err(Problem::failure)?
    .map_err(Problem::failure)?;
    let begun = Erasure { student_id: student, at: now };
    // From here on nothing more comes in (410).
    app.store.write(move |tx| Box::pin(async move { tx.begin_erasure(tenant, &begun).await })).await?;
    finish_erasure(app, tenant, student, now).await
}

/// Takes away what is left of a student whose erasure has begun. A long record goes a chunk at a time, since on SQLite
/// all others wait for each unit of work.
async fn finish_erasure(app: &App, tenant: TenantId, student: StudentId, now: i64) -> Answer<()> {
    // Ten thousand events take about 100 ms as one unit.
    const ROWS: i64 = 500;
    while app.store.write(move |tx| Box::pin(async move { tx.erase_some_rows(tenant, student, ROWS).await })).await? > 0
    {
    }
    app.store
        .write(move |tx| {
            Box::pin(async move {
                // Misses are counted under the sign-in name.
                let person = tx.person(tenant, student.person()).await?;
                let name = person.and_then(|person| person.sign_in_name).unwrap_or_default();
                for class in tx.classes_of_person(tenant, student.person(), now).await? {
                    tx.clear_sign_in_miss(tenant, &student_key(&class.code, &name)).await?;
                }
                tx.erase_student(tenant, student, now).await
            })
        })
        .await?;
    app.presented.clear();
    app.heads.clear();
    Ok(())
}

/// Ends the erasures that a server began and did not finish.
pub async fn finish_erasures(app: &App, tenant: TenantId, now: i64) -> Answer<()> {
    let begun = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let mut begun = Vec::new();
                for erasure in tx.erasures(tenant).await? {
                    if tx.person(tenant, erasure.student_id.person()).await?.is_some() {
                        begun.push(erasure.student_id);
                    }
                }
                Ok::<_, Problem>(begun)
            })
        })
        .await?;
    for student in begun {
        finish_erasure(app, tenant, student, now).await?;
    }
    Ok(())
}

/// Rows of a kind in an export: more than anybody has.
const ALL: i64 = 10_000_000;

/// All that is stored about one student.
pub async fn export_student(app: &App, tenant: TenantId, person: &Person) -> Answer<Value> {
    let (id, now) = (person.id, app.now());
    let student = id.student();
    let (events, classes, assignments, sessions, presentations, hands, verdicts, looks) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                Ok::<_, Problem>((
                    events_in_order(tx, tenant, student).await?,
                    tx.classes_of_person(tenant, id, now).await?,
                    tx.assignments_of_student(tenant, student).await?,
                    tx.sessions_of_person(tenant, id).await?,
                    tx.presentations(tenant, student, i64::MAX, ALL).await?,
                    tx.hands_of_student(tenant, student).await?,
                    tx.alert_verdicts_of_student(tenant, student).await?,
                    tx.audit_of_subject(tenant, id.0, (i64::MAX, uuid::Uuid::max()), ALL).await?,
                ))
            })
        })
        .await?;
    let part = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap_or_default();
    let events: Vec<Value> = events
        .iter()
        .map(|event| {
            json!({
                "id": event.id, "kind": event.kind, "schema": event.schema, "actor": event.actor,
                "device": event.device, "device_seq": event.device_seq, "claimed_at": event.claimed_at,
                "received_at": event.received_at, "effective_at": event.effective_at, "school_day": event.school_day,
                "sent": part(&event.client), "added": part(&event.server),
            })
        })
        .collect();
    Ok(json!({
        "person": {
            "id": person.id, "given_name": person.given_name, "family_name": person.family_name,
            "sign_in_name": person.sign_in_name, "locale": person.locale, "preferences": part(person.preferences.as_bytes()),
            "created_at": person.created_at,
        },
        "classes": classes.iter().map(|class| json!({ "id": class.id, "name": class.name, "role": class.role })).collect::<Vec<_>>(),
        "assignments": assignments.iter().map(|row| json!({
            "id": row.id, "lesson": row.lesson_id, "course": row.course_id, "note": row.note, "due_at": row.due_at, "done_at": row.done_at,
        })).collect::<Vec<_>>(),
        "sessions": sessions.iter().map(|row| json!({
            "created_at": row.created_at, "last_seen_at": row.last_seen_at, "user_agent": row.user_agent,
        })).collect::<Vec<_>>(),
        "presentations": presentations.iter().map(|row| json!({
            "id": row.id, "course": row.course_id, "item": row.item_id, "item_hash": row.item_hash, "seed": row.seed,
            "lang": row.lang, "purpose": row.purpose, "created_at": row.created_at, "place": part(&row.body),
        })).collect::<Vec<_>>(),
        "hands": hands.iter().map(|row| json!({
            "class": row.class_id, "raised_at": row.raised_at, "note": row.note, "lowered_at": row.lowered_at,
        })).collect::<Vec<_>>(),
        "alert_verdicts": verdicts.iter().map(|row| json!({
            "class": row.class_id, "rule": row.rule, "verdict": row.verdict, "basis": row.basis, "note": row.note, "at": row.at,
        })).collect::<Vec<_>>(),
        "audit": looks.iter().map(|row| json!({
            "at": row.at, "action": row.action, "by": row.actor_id, "class": row.class_id,
        })).collect::<Vec<_>>(),
        "events": events,
    }))
}
