//! A student's hand: up until the student or a teacher lowers it, and not beyond its school day. It is a fact of the server, so
//! a reload, another page and another device see the same.

use super::student::Learner;
use crate::app::{Answer, App, Json, Problem, Shared, Student, body, clock};
use axum::{extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use store::{ClassId, Hand};

/// Whether the student's hand is up.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct HandSeen {
    /// When it went up, in ms UTC; none while it is down.
    pub since: Option<i64>,
}

/// A raised hand's note.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandUp {
    #[serde(default)]
    note: String,
}

/// `GET /student/hand`.
pub async fn hand(State(app): State<Shared>, student: Student) -> Answer<Json<HandSeen>> {
    let learner = Learner::of(&app, &student).await?;
    Ok(Json(hand_of(&app, &learner).await?))
}

/// As the student's pages show it.
pub async fn hand_of(app: &App, learner: &Learner) -> Answer<HandSeen> {
    let Some(class) = learner.class.as_ref().map(|class| class.id) else { return Ok(HandSeen { since: None }) };
    let (tenant, id) = (learner.tenant, learner.id);
    let hands = app.store.read(move |tx| Box::pin(async move { tx.hands_of_student(tenant, id).await })).await?;
    Ok(HandSeen { since: up(&hands, class, &learner.school_day(), &learner.zone).map(|hand| hand.raised_at) })
}

fn up<'h>(hands: &'h [Hand], class: ClassId, day: &str, zone: &str) -> Option<&'h Hand> {
    hands.iter().rev().find(|hand| {
        hand.class_id == class && hand.lowered_at.is_none() && clock::school_day(hand.raised_at, zone) == day
    })
}

/// `POST /student/hand`: a hand that is up already stays as it is.
pub async fn raise_hand(State(app): State<Shared>, student: Student, Json(hand): Json<HandUp>) -> Answer<StatusCode> {
    let learner = Learner::of(&app, &student).await?;
    let class = learner.class.as_ref().map(|class| class.id).ok_or_else(|| Problem::missing("class"))?;
    let note = body::note("note", &hand.note, 200)?;
    let (tenant, id, now) = (learner.tenant, learner.id, learner.now);
    let (day, zone) = (learner.school_day(), learner.zone.clone());
    app.store
        .write(move |tx| {
            Box::pin(async move {
                if up(&tx.hands_of_student(tenant, id).await?, class, &day, &zone).is_some() {
                    return Ok(());
                }
                // One that was forgotten on another day.
                tx.lower_hand(tenant, class, id, now).await?;
                let row = Hand { student_id: id, class_id: class, raised_at: now, note, lowered_at: None };
                tx.raise_hand(tenant, &row).await
            })
        })
        .await?;
    app.live.changed(tenant, class);
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /student/hand`.
pub async fn lower_hand(State(app): State<Shared>, student: Student) -> Answer<StatusCode> {
    let learner = Learner::of(&app, &student).await?;
    let class = learner.class.as_ref().map(|class| class.id).ok_or_else(|| Problem::missing("class"))?;
    let (tenant, id, now) = (learner.tenant, learner.id, learner.now);
    app.store.write(move |tx| Box::pin(async move { tx.lower_hand(tenant, class, id, now).await })).await?;
    app.live.changed(tenant, class);
    Ok(StatusCode::NO_CONTENT)
}
