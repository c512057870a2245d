//! A student's requests.

use super::{
    detours,
    hand::{hand, lower_hand, raise_hand},
    home::{Home, home},
    judge::{ClientEvent, Judged, judge},
    placement::{PlacementSeen, go_on as placement_go_on},
    practice_key::{PracticeKey, practice_key as key_of},
    progress::{skill_progress, units_progress},
    record::{Appended, append},
    runs::{NextSeen, RunSeen, go_on, start},
    stored::StoredBody,
    student::Learner,
    verdict::Verdict,
    work::chosen_work,
};
use crate::{
    app::{Answer, App, Json, Path, Problem, Shared, Student, body},
    library::Published,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    routing::{get, post},
};
use curriculum::{ActivityId, Lang, PartId, SkillId, template::instantiate};
use engine::record::{Answered, Body, Purpose};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json, value::RawValue};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Events in one request.
const EVENTS_MAX: usize = 500;
/// Bytes of one event.
const EVENT_BYTES_MAX: usize = 64 * 1024;
/// Bytes of one request of events.
const BATCH_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The routes of this slice.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/events", post(events).layer(DefaultBodyLimit::max(BATCH_BYTES_MAX)))
        .route("/student/home", get(student_home))
        .route("/student/work", post(start_work))
        .route("/student/work/{work}/next", post(next_question))
        .route("/student/detours/{detour}", post(start_detour))
        .route("/student/presentations/{presentation}/practice-key", get(practice_key))
        .route("/student/placement", post(placement))
        .route("/student/placement/next", post(placement))
        .route("/student/progress", get(progress))
        .route("/student/skills/{skill}", get(one_skill))
        .route("/student/hand", get(hand).post(raise_hand).delete(lower_hand))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Events {
    events: Vec<Box<RawValue>>,
    /// The device's clock as the request leaves it.
    #[serde(default)]
    sent_at: Option<i64>,
}

#[derive(Serialize)]
struct Verdicts {
    verdicts: Vec<Verdict>,
}

async fn events(
    State(app): State<Shared>,
    student: Student,
    body::Batch(batch): body::Batch<Events>,
) -> Answer<Json<Verdicts>> {
    if batch.events.len() > EVENTS_MAX {
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_many", format!("At most {EVENTS_MAX} events."))
            .at("events"));
    }
    if batch.sent_at.is_some_and(|sent_at| !super::rules::is_instant(sent_at)) {
        return Err(Problem::field("sent_at", "wrong_value", "Milliseconds since 1970, before 2100."));
    }
    let learner = Learner::of(&app, &student).await?;
    let mut verdicts = Vec::with_capacity(batch.events.len());
    for raw in &batch.events {
        verdicts.push(one_event(&app, &learner, raw.get(), batch.sent_at).await?);
    }
    Ok(Json(Verdicts { verdicts }))
}

async fn one_event(app: &Shared, learner: &Learner, raw: &str, sent_at: Option<i64>) -> Answer<Verdict> {
    if raw.len() > EVENT_BYTES_MAX {
        let problem =
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "An event holds at most 64 KiB.").at("event");
        return Ok(Verdict::refused(Uuid::nil(), &problem));
    }
    match body::read::<ClientEvent>(raw.as_bytes()) {
        Ok(event) => accept(app, learner, &event, sent_at).await,
        Err(problem) => Ok(Verdict::refused(id_of(raw), &problem)),
    }
}

/// The id of an event that cannot be read otherwise, so that its sender knows which one is meant.
fn id_of(raw: &str) -> Uuid {
    #[derive(Deserialize)]
    struct OnlyId {
        id: Uuid,
    }
    serde_json::from_str::<OnlyId>(raw).map_or(Uuid::nil(), |only| only.id)
}

/// Judges and stores one event. A refusal is a verdict; only failures of ours end the request.
pub async fn accept(app: &App, learner: &Learner, event: &ClientEvent, sent_at: Option<i64>) -> Answer<Verdict> {
    let judged = match judge(app, learner.tenant, learner.id, event, sent_at).await {
        Ok(judged) => judged,
        Err(problem) if problem.is_ours() => return Err(problem),
        Err(problem) => return Ok(Verdict::refused(event.id, &problem)),
    };
    let Judged { incoming, shown, part } = judged;
    let setting = learner.setting();
    let published = setting.courses.get(&shown.course).cloned();
    let appended = append(app, setting, vec![incoming]).await?.pop();
    match appended.ok_or_else(|| Problem::failure("an event was neither stored nor known"))? {
        Appended::Stored { event, head } => {
            finish_assignments(app, learner, published.as_deref(), &head, &shown).await?;
            app.live.student_changed(learner.tenant, &learner.classes);
            Verdict::of("stored", &event, &shown, &part, published.as_deref())
        }
        Appended::Known { event } => {
            // The server may have stopped between storing it and this.
            let head = learner.head(app).await?;
            finish_assignments(app, learner, published.as_deref(), &head, &shown).await?;
            Verdict::of("known", &event, &shown, &part, published.as_deref())
        }
        Appended::Different => {
            let problem =
                Problem::new(StatusCode::CONFLICT, "already_stored_differently", "This id holds another event.")
                    .at("id");
            Ok(Verdict::refused(event.id, &problem))
        }
    }
}

/// What a teacher asked for is done after so many questions, or sooner when all of its lesson is known and nothing of it
/// is asked any more.
async fn finish_assignments(
    app: &App,
    learner: &Learner,
    published: Option<&Published>,
    head: &engine::record::HeadState,
    shown: &super::present::Shown,
) -> Answer<()> {
    let (tenant, id, now) = (learner.tenant, learner.id, learner.now);
    let open = head.assignments.iter().filter(|open| {
        Some(&open.lesson) == shown.place.lesson.as_ref() && open.answers <= super::asked::QUESTIONS_ASKED
    });
    for open in open {
        let is_done = open.answers == super::asked::QUESTIONS_ASKED
            || match published {
                Some(published) => super::asked::is_known(app, learner, published, &open.lesson).await?,
                None => false,
            };
        if is_done {
            let assignment = open.assignment;
            app.store
                .write(move |tx| Box::pin(async move { tx.finish_assignment(tenant, assignment, id, now).await }))
                .await?;
        }
    }
    Ok(())
}

async fn student_home(State(app): State<Shared>, student: Student) -> Answer<Json<Home>> {
    let learner = Learner::of(&app, &student).await?;
    Ok(Json(home(&app, &learner).await?))
}

/// Which work to start; one of these.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkWanted {
    #[serde(default)]
    pub offer: Option<String>,
    #[serde(default)]
    pub activity: Option<ActivityId>,
    #[serde(default)]
    pub assignment: Option<Uuid>,
    #[serde(default)]
    pub skill: Option<SkillId>,
}

async fn start_work(
    State(app): State<Shared>,
    student: Student,
    Json(wanted): Json<WorkWanted>,
) -> Answer<Json<RunSeen>> {
    let learner = Learner::of(&app, &student).await?;
    let head = learner.head(&app).await?;
    let (work, offered) = chosen_work(&learner, &head, &wanted)?;
    Ok(Json(start(&app, &learner, work, offered).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Next {
    /// Leave the open question and take another one.
    #[serde(default)]
    skip: bool,
}

async fn next_question(
    State(app): State<Shared>,
    student: Student,
    Path(work): Path<Uuid>,
    Json(next): Json<Next>,
) -> Answer<Json<NextSeen>> {
    let learner = Learner::of(&app, &student).await?;
    Ok(Json(go_on(&app, &learner, work, next.skip).await?))
}

async fn start_detour(State(app): State<Shared>, student: Student, Path(detour): Path<Uuid>) -> Answer<Json<NextSeen>> {
    let learner = Learner::of(&app, &student).await?;
    Ok(Json(detours::start(&app, &learner, detour).await?))
}

async fn practice_key(
    State(app): State<Shared>,
    student: Student,
    Path(presentation): Path<Uuid>,
) -> Answer<Json<PracticeKey>> {
    let learner = Learner::of(&app, &student).await?;
    Ok(Json(key_of(&app, &learner, presentation).await?))
}

async fn placement(State(app): State<Shared>, student: Student) -> Answer<Json<PlacementSeen>> {
    let learner = Learner::of(&app, &student).await?;
    Ok(Json(placement_go_on(&app, &learner).await?))
}

async fn progress(State(app): State<Shared>, student: Student) -> Answer<Json<Value>> {
    let learner = Learner::of(&app, &student).await?;
    let Some(published) = &learner.published else { return Ok(Json(json!({ "units": [] }))) };
    let state = learner.state(&app).await?;
    let skills = state.skills.into_iter().map(|(skill, state)| ((published.course.id.clone(), skill), state)).collect();
    Ok(Json(json!({ "units": units_progress(published, &skills, &learner.lang) })))
}

async fn one_skill(State(app): State<Shared>, student: Student, Path(skill): Path<SkillId>) -> Answer<Json<Value>> {
    let learner = Learner::of(&app, &student).await?;
    let published = learner.course()?;
    if published.course.skill(&skill).is_none() {
        return Err(Problem::missing("skill"));
    }
    let state = learner.state(&app).await?;
    let progress = skill_progress(published, &skill, state.skills.get(&skill), &learner.lang);
    let mut seen = serde_json::to_value(progress).map_err(Problem::failure)?;
    seen["ledger"] = Value::Array(ledger(&app, &learner, published, &skill).await?);
    Ok(Json(seen))
}

/// The latest answers on a skill, newest first, each with whether it was the first word on its part and without help.
async fn ledger(app: &App, learner: &Learner, published: &Published, skill: &SkillId) -> Answer<Vec<Value>> {
    const KINDS: [&str; 4] = ["answered", "hint_opened", "solution_opened", "scaffold_answered"];
    let (tenant, id) = (learner.tenant, learner.id);
    let rows = app
        .store
        .read(move |tx| Box::pin(async move { tx.newest_events_of_kinds(tenant, id, KINDS, i64::MAX, 600).await }))
        .await?;
    let mut ledger = Vec::new();
    let mut touched: BTreeSet<(Uuid, PartId)> = BTreeSet::new();
    for row in rows.iter().rev() {
        match StoredBody::read(row)? {
            Body::Answered(answered) => {
                let first = !touched.contains(&(answered.presentation, answered.part.clone()));
                if answered.judgement.verdict.counts() {
                    touched.insert((answered.presentation, answered.part.clone()));
                }
                if !answered.skills.contains(skill) {
                    continue;
                }
                // The pre-test tells no right or wrong, here neither.
                let pre_test = answered.purpose == Purpose::Placement;
                ledger.push(json!({
                    "at": row.effective_at,
                    "item_title": heading(published, &answered, &learner.lang),
                    "verdict": if pre_test { json!("recorded") } else { json!(answered.judgement.verdict) },
                    "purpose": answered.purpose,
                    "unaided": first,
                }));
            }
            Body::HintOpened(opened) => drop(touched.insert((opened.presentation, opened.part))),
            Body::SolutionOpened(opened) => drop(touched.insert((opened.presentation, opened.part))),
            Body::ScaffoldAnswered(answered) => drop(touched.insert((answered.presentation, answered.part))),
            _ => {}
        }
    }
    ledger.reverse();
    Ok(ledger)
}

/// What a question is called in a list: its heading, else how it begins, with the numbers that were asked.
fn heading(published: &Published, answered: &Answered, lang: &Lang) -> String {
    const CHARS_MAX: usize = 70;
    let Some(item) = published.course.items.get(&answered.item) else { return String::new() };
    // A question that has changed since may not be filled with the old seed: better no numbers than a template's places.
    let Ok(item) = instantiate(item, answered.seed as u64) else { return item.title.words(lang) };
    let prompt = item.parts.iter().find(|own| own.id == answered.part).map(|own| own.question.prompt.words(lang));
    let texts = [Some(item.title.words(lang)), Some(item.stem.words(lang)), prompt];
    let words = texts.into_iter().flatten().find(|words| !words.trim().is_empty()).unwrap_or_default();
    match words.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words,
    }
}
