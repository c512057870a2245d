//! A student's plan: seen by the student and by the class's teacher, asked of by both, taken back by who may.

use super::{
    rules::{self, Refusal, Wanted},
    seen,
    solving::{Whose, make},
};
use crate::{
    app::{Answer, ClassStudent, Json, Path, Problem, Shared, Student, access::audit},
    learning::Learner,
};
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    routing::{delete, get, post},
};
use curriculum::Lang;
use engine::record::{AskReason, Author, Body, PlanAsked, PlanChange, PlanUndone};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// The routes of plans.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/student/plan", get(own))
        .route("/student/plan/asks", post(own_ask))
        .route("/student/plan/asks/{ask}", delete(own_undo))
        .route("/classes/{class}/students/{student}/plan", get(theirs))
        .route("/classes/{class}/students/{student}/plan/asks", post(theirs_ask))
        .route("/classes/{class}/students/{student}/plan/asks/{ask}", delete(theirs_undo))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asking {
    change: Wanted,
    #[serde(default)]
    reason: AskReason,
}

/// Who looks or asks, in which language.
struct Hand {
    by: Author,
    lang: Lang,
}

async fn own_of(app: &Shared, student: &Student) -> Answer<(Whose, Hand)> {
    let learner = Learner::of(app, student).await?;
    let Some(class) = learner.class.clone() else { return Err(Problem::missing("class")) };
    let whose = Whose::of(app, &student.0, class.id, class.course_id.as_deref(), learner.id).await?;
    Ok((whose, Hand { by: Author::Student(learner.id.0), lang: learner.lang }))
}

async fn theirs_of(app: &Shared, of: &ClassStudent) -> Answer<(Whose, Hand)> {
    let (signed, class) = (&of.teacher.signed, &of.teacher.class);
    let whose = Whose::of(app, signed, class.id, class.course_id.as_deref(), of.id()).await?;
    let lang = Lang::from(signed.person.locale.as_str());
    Ok((whose, Hand { by: Author::Teacher(signed.person.id.0), lang }))
}

async fn own(State(app): State<Shared>, student: Student) -> Answer<Json<Value>> {
    let (whose, hand) = own_of(&app, &student).await?;
    look(&app, &whose, &hand, false).await
}

async fn own_ask(
    State(app): State<Shared>,
    student: Student,
    Json(asking): Json<Asking>,
) -> Answer<(StatusCode, Json<Value>)> {
    let (whose, hand) = own_of(&app, &student).await?;
    ask(&app, &whose, &hand, asking).await.map(|(_, answer)| answer)
}

async fn own_undo(State(app): State<Shared>, student: Student, Path(id): Path<Uuid>) -> Answer<Json<Value>> {
    let (whose, hand) = own_of(&app, &student).await?;
    undo(&app, &whose, &hand, id).await
}

async fn theirs(State(app): State<Shared>, of: ClassStudent) -> Answer<Json<Value>> {
    let (whose, hand) = theirs_of(&app, &of).await?;
    let (subject, class) = (of.student.id.0, of.teacher.class.id);
    audit(&app, &of.teacher.signed, "plan_viewed", Some(subject), Some(class), json!({})).await?;
    look(&app, &whose, &hand, false).await
}

async fn theirs_ask(
    State(app): State<Shared>,
    of: ClassStudent,
    Json(asking): Json<Asking>,
) -> Answer<(StatusCode, Json<Value>)> {
    let (whose, hand) = theirs_of(&app, &of).await?;
    let (id, answer) = ask(&app, &whose, &hand, asking).await?;
    let (subject, class) = (of.student.id.0, of.teacher.class.id);
    audit(&app, &of.teacher.signed, "plan_changed", Some(subject), Some(class), json!({ "ask": id })).await?;
    Ok(answer)
}

async fn theirs_undo(
    State(app): State<Shared>,
    of: ClassStudent,
    Path((_, _, id)): Path<(Uuid, Uuid, Uuid)>,
) -> Answer<Json<Value>> {
    let (whose, hand) = theirs_of(&app, &of).await?;
    let answer = undo(&app, &whose, &hand, id).await?;
    let (subject, class) = (of.student.id.0, of.teacher.class.id);
    audit(&app, &of.teacher.signed, "plan_changed", Some(subject), Some(class), json!({ "undone": id })).await?;
    Ok(answer)
}

async fn look(app: &Shared, whose: &Whose, hand: &Hand, afresh: bool) -> Answer<Json<Value>> {
    let mut made = make(app, whose, afresh).await?;
    if let Some(published) = made.to_publish.take() {
        whose.tell(app, Author::Engine, Body::PlanPublished(published)).await?;
    }
    Ok(Json(seen::plan(whose, &made, &hand.lang)))
}

async fn ask(app: &Shared, whose: &Whose, hand: &Hand, asking: Asking) -> Answer<(Uuid, (StatusCode, Json<Value>))> {
    let change = rules::change(asking.change, &whose.published, hand.by, whose.today()).map_err(refused)?;
    // Nobody sees this one, and of two plans published within a millisecond nothing says which came last.
    let before = make(app, whose, false).await?;
    let at = |skill: &curriculum::SkillId| before.plan.entries.iter().position(|entry| entry.skill == *skill);
    let change = match change {
        PlanChange::Swap { entry, with } => {
            let (Some(one), Some(other)) = (at(&entry), at(&with)) else {
                return Err(Problem::field("change", "not_planned", "One of the two is not in the plan."));
            };
            let (entry, with) = if one < other { (entry, with) } else { (with, entry) };
            if !before.may_swap(whose, &entry, &with) {
                return Err(Problem::field("change", "breaks_the_plan", "These two cannot change places."));
            }
            PlanChange::Swap { entry, with }
        }
        change => change,
    };
    let id = rules::takes_place_of(&before.standing, &change, hand.by).map_err(refused)?.unwrap_or_else(Uuid::now_v7);
    let asked = PlanAsked { course: whose.published.course.id.clone(), ask: id, change, reason: asking.reason };
    whose.tell(app, hand.by, Body::PlanAsked(asked)).await?;
    let Json(plan) = look(app, whose, hand, false).await?;
    app.live.changed(whose.tenant, whose.class);
    Ok((id, (StatusCode::CREATED, Json(json!({ "id": id, "plan": plan })))))
}

async fn undo(app: &Shared, whose: &Whose, hand: &Hand, id: Uuid) -> Answer<Json<Value>> {
    let standing = whose.standing(app).await?;
    let Some(found) = standing.iter().find(|standing| standing.ask == id) else { return Err(Problem::missing("ask")) };
    if !rules::may_undo(found, hand.by) {
        return Err(Problem::forbidden().at("ask"));
    }
    let undone = PlanUndone { course: whose.published.course.id.clone(), ask: id };
    whose.tell(app, hand.by, Body::PlanUndone(undone)).await?;
    app.live.changed(whose.tenant, whose.class);
    look(app, whose, hand, true).await
}

fn refused(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::NotYours => Problem::forbidden().at("change"),
        Refusal::NotTaught(field) => Problem::field(field, "not_taught", "The course does not teach it."),
        Refusal::TooMany => Problem::field("change", "too_many", "Take something back first: the plan holds no more."),
        Refusal::InThePast(field) => Problem::field(field, "in_the_past", "The day is over already."),
        Refusal::NoDay(field) => Problem::field(field, "no_day", "A day such as 2026-12-04, at most two years away."),
        Refusal::OutOfRange(field) => {
            Problem::field(field, "out_of_range", "That is more or less than a plan can hold.")
        }
    }
}
