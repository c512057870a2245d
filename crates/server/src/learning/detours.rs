//! The detour to the idea beneath, joined: offered with the answer that it follows from, in one unit of work; begun,
//! gone on with, and back to the same presentation. What it decides is `engine::detour`'s.
//!
//! Its questions are presentations of the same run that say so in their place, so a reload or another device goes on
//! where it was.

use super::{
    example,
    on_screen::{PresentationSeen, open_question, present},
    present::{OnDetour, Place, Shown, shown as shown_by_id},
    record::{Incoming, Setting, append},
    runs::{self, NextSeen},
    said::Asked,
    stored::{StoredBody, load_some_skills},
    student::{Learner, LearnerState},
    verdict::{SkillName, item_done},
    work::{kind_of, title_of},
};
use crate::{
    app::{Answer, App, Problem},
    library::Published,
};
use axum::http::StatusCode;
use curriculum::Lang;
use engine::{
    Parameters,
    detour::{self as rules, Because, Detour, DetourDeclined, DetourOffered, DetourStarted, Phase, QUESTIONS_MAX},
    next_activity::{ItemChoice, Situation, Work, next_item},
    record::{Author, Body, DerivedKind, Event, HeadState, Loaded, SITTING_GAP_MS, derived_id},
};
use serde::Serialize;
use std::collections::BTreeMap;
use store::{StudentId, TenantId, Tx};
use uuid::Uuid;

/// A question's way from and back to the one that waits, as its student sees it.
#[derive(Serialize)]
pub struct SidePath {
    pub id: Uuid,
    pub part: curriculum::PartId,
    pub skill: SkillName,
    pub because: Because,
    pub number: u16,
    pub of: u32,
    pub waiting: Waiting,
}

/// The question that waits.
#[derive(Serialize)]
pub struct Waiting {
    pub presentation: Uuid,
    pub number: u16,
    pub of: u16,
    pub lang: Lang,
    pub title: String,
    pub stem: String,
    pub prompt: String,
}

/// The detour to offer with an answer, decided with the state that it led to. The skills that it may lead to are read only
/// where help changes its form.
pub async fn offer(
    tx: &mut Tx<'_>,
    setting: &Setting,
    parameters: &Parameters,
    event: &Event,
    asked: &Asked,
    state: &Loaded,
) -> Result<Option<DetourOffered>, Problem> {
    let Body::Answered(answered) = &event.body else { return Ok(None) };
    // Nobody waits for an offer about what was done offline an hour ago.
    let waits = setting.now.saturating_sub(event.effective_at) < SITTING_GAP_MS;
    let (Some(published), Some(from), true) =
        (setting.courses.get(&answered.course), answered.skills.first(), waits && !asked.pre_test)
    else {
        return Ok(None);
    };
    let Some(progress) = state.head.progress(asked.presentation, &asked.part).filter(|progress| !progress.right) else {
        return Ok(None);
    };
    if engine::detect::help_after(&state.head, asked.presentation, &asked.part).is_none() {
        return Ok(None);
    }
    let wanted = rules::candidates(&published.facts, from, progress.misconception.as_ref());
    let rows = load_some_skills(tx, setting.tenant, setting.student, &answered.course, &wanted).await?;
    let mut skills: BTreeMap<_, _> = rows.into_iter().map(|((_, skill), state)| (skill, state)).collect();
    skills.extend(state.of_course(&answered.course));
    let situation = Situation {
        facts: &published.facts,
        parameters,
        head: &state.head,
        skills: &skills,
        now: setting.now,
        school_day: &event.school_day,
        seed: state.head.answers,
        solved: &example::just_shown(published, &state.head, setting.now),
        placement_first: false,
    };
    Ok(rules::offer(&situation, asked.presentation, &asked.part, event.id))
}

/// The event that offers it.
pub fn offering(setting: &Setting, offered: DetourOffered) -> Result<Incoming, Problem> {
    let id = rules::offer_id(setting.student.0, offered.cause);
    Incoming::by_server(id, Author::Engine, Body::DetourOffered(offered), setting.now)
}

/// A detour as it was offered to this student.
pub async fn offered(
    app: &App,
    tenant: TenantId,
    student: StudentId,
    id: Uuid,
) -> Result<Option<DetourOffered>, Problem> {
    let row = app.store.read(move |tx| Box::pin(async move { tx.event_by_id(tenant, student, id).await })).await?;
    Ok(match row.as_ref().map(StoredBody::read).transpose()? {
        Some(Body::DetourOffered(offered)) => Some(offered),
        _ => None,
    })
}

/// Begins a detour with its probe; one that was begun goes on.
pub async fn start(app: &App, learner: &Learner, id: Uuid) -> Answer<NextSeen> {
    let head = learner.head(app).await?;
    let detour = head.detour(id).ok_or_else(|| Problem::missing("detour"))?;
    let waiting = shown_by_id(app, learner.tenant, learner.id, detour.presentation).await?;
    match detour.phase {
        Phase::Offered => {}
        Phase::Running => return runs::go_on(app, learner, waiting.place.run, false).await,
        _ => return Err(over()),
    }
    let published = learner.courses.get(&detour.course).ok_or_else(|| Problem::missing("detour"))?.clone();
    let state = learner.state_for(app, &Work::Practise { skill: detour.skill.clone() }).await?;
    let choice = choose(learner, &published, &state, detour).ok_or_else(over)?;
    let next = show(app, learner, &published, &state, detour, &waiting, &choice, 1).await?;
    let started = Body::DetourStarted(DetourStarted {
        detour: id,
        course: detour.course.clone(),
        skill: detour.skill.clone(),
        presentation: next.id,
    });
    let event_id = derived_id(learner.id.0, DerivedKind::DetourStarted, "", id);
    let event = Incoming::by_server(event_id, Author::Student(learner.id.0), started, learner.now)?;
    append(app, learner.setting(), vec![event]).await?;
    app.live.student_changed(learner.tenant, &learner.classes);
    Ok(on_the_way(learner, &published, &waiting, next))
}

fn over() -> Problem {
    Problem::new(StatusCode::CONFLICT, "detour_over", "This side path is over.")
}

/// Goes on from a question of a detour: the open one again, the next one, or none when the way leads back.
pub async fn go_on(
    app: &App,
    learner: &Learner,
    published: &Published,
    shown: &Shown,
    on: &OnDetour,
    state: &LearnerState,
    skip: bool,
) -> Answer<Option<NextSeen>> {
    let Some(detour) = state.head.detour(on.detour).filter(|detour| detour.phase == Phase::Running) else {
        return Ok(None);
    };
    let waiting = shown_by_id(app, learner.tenant, learner.id, on.back).await?;
    let taken = state.head.open.iter().any(|open| open.presentation == shown.id && open.taken);
    if !taken || !(skip || item_done(&state.head, shown)) {
        let next = open_question(app, learner, published, shown, state).await?;
        return Ok(Some(on_the_way(learner, published, &waiting, next)));
    }
    let choice = choose(learner, published, state, detour).filter(|_| u32::from(on.number) < QUESTIONS_MAX);
    let Some(choice) = choice else {
        leave(app, learner, detour).await?;
        return Ok(None);
    };
    let next = show(app, learner, published, state, detour, &waiting, &choice, on.number + 1).await?;
    Ok(Some(on_the_way(learner, published, &waiting, next)))
}

/// The skill has no other question to ask today: back, without a failure.
async fn leave(app: &App, learner: &Learner, detour: &Detour) -> Answer<()> {
    let left = Body::DetourDeclined(DetourDeclined {
        presentation: detour.presentation,
        part: detour.part.clone(),
        detour: detour.id,
        course: detour.course.clone(),
        skill: detour.skill.clone(),
    });
    let event = Incoming::by_server(Uuid::now_v7(), Author::Engine, left, learner.now)?;
    append(app, learner.setting(), vec![event]).await?;
    app.live.student_changed(learner.tenant, &learner.classes);
    Ok(())
}

/// The run stays what it is, however far the side path leads.
fn on_the_way(learner: &Learner, published: &Published, waiting: &Shown, next: PresentationSeen) -> NextSeen {
    let Place { number, of, work, .. } = &waiting.place;
    NextSeen {
        title: title_of(work, published, &learner.lang),
        kind: kind_of(work),
        next: Some(next),
        answered: number - 1,
        questions: *of,
        finished: None,
    }
}

fn choose(learner: &Learner, published: &Published, state: &LearnerState, detour: &Detour) -> Option<ItemChoice> {
    let day = learner.school_day();
    let situation = state.situation(learner, published, &day, state.head.answers);
    next_item(&situation, &Work::Practise { skill: detour.skill.clone() })
}

#[allow(clippy::too_many_arguments)]
async fn show(
    app: &App,
    learner: &Learner,
    published: &Published,
    state: &LearnerState,
    detour: &Detour,
    waiting: &Shown,
    choice: &ItemChoice,
    number: u16,
) -> Answer<PresentationSeen> {
    let on = OnDetour { detour: detour.id, skill: detour.skill.clone(), back: waiting.id, number };
    let place = Place { detour: Some(on), mixed_set: None, ..waiting.place.clone() };
    present(app, learner, published, state, choice, place).await
}

/// How a question of a detour is shown beside the one that waits.
pub async fn side_path(
    app: &App,
    learner: &Learner,
    published: &Published,
    shown: &Shown,
    head: &HeadState,
) -> Answer<Option<SidePath>> {
    let Some(on) = &shown.place.detour else { return Ok(None) };
    // The head learns of a detour only with its first event; its offer stands in the record before that.
    let kept = head.detour(on.detour).map(|detour| (detour.because.clone(), detour.part.clone()));
    let (because, part) = match kept {
        Some(kept) => kept,
        None => {
            let known = offered(app, learner.tenant, learner.id, on.detour).await?;
            known.map(|known| (known.because, known.part)).ok_or_else(|| Problem::missing("detour"))?
        }
    };
    let waiting = shown_by_id(app, learner.tenant, learner.id, on.back).await?;
    let lang = waiting.keyed.lang.clone();
    let item = &waiting.keyed.item;
    let prompt = item.part(&part).map(|part| part.question.prompt.html(&lang)).unwrap_or_default();
    Ok(Some(SidePath {
        id: on.detour,
        part,
        skill: SkillName::of(published, &on.skill, &shown.keyed.lang),
        because,
        number: on.number,
        of: QUESTIONS_MAX,
        waiting: Waiting {
            presentation: waiting.id,
            number: waiting.place.number,
            of: waiting.place.of,
            title: item.title.html_inline(&lang),
            stem: item.stem.html(&lang),
            prompt,
            lang,
        },
    }))
}
