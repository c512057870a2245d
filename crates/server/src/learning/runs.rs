//! Runs: a short row of questions that a student chose or was asked for.
//!
//! A run is not stored by itself: each of its presentations says which run it belongs to, so a reload, another
//! device or another node goes on where it was.

use super::{
    asked::LessonName,
    detours,
    home::{OfferSeen, offer_seen, reading},
    on_screen::{PresentationSeen, open_question, present},
    present::{LATEST, Place, shown as shown_by_id, shown_of},
    record::{Incoming, append},
    student::{Learner, LearnerState},
    verdict::{SkillName, item_done},
    work::{kind_of, lesson_of, questions_of, title_of},
};
use crate::{
    app::{Answer, App, Problem},
    library::Published,
};
use curriculum::Lang;
use engine::{
    next_activity::{Work, next_item, offers},
    record::{Author, Body, SkillState, WorkStarted},
};
use serde::Serialize;
use std::collections::BTreeSet;
use store::Presentation;
use uuid::Uuid;

/// A run as it is begun or resumed.
#[derive(Serialize)]
pub struct RunSeen {
    pub work: Uuid,
    pub title: String,
    pub kind: &'static str,
    pub lesson: Option<LessonName>,
    pub questions: u16,
    pub answered: u16,
    pub next: Option<PresentationSeen>,
    /// What is to be read first, and its language.
    pub body: Option<String>,
    pub body_lang: Option<Lang>,
}

/// How a run goes on.
#[derive(Serialize)]
pub struct NextSeen {
    /// What the run is called in the student's language of today.
    pub title: String,
    pub kind: &'static str,
    pub next: Option<PresentationSeen>,
    pub answered: u16,
    pub questions: u16,
    pub finished: Option<Finished>,
}

/// What a run brought.
#[derive(Serialize)]
pub struct Finished {
    /// Parts that were right at the first try and without help.
    pub right_unaided: usize,
    /// Questions worked on.
    pub answers: usize,
    /// Their parts that were answered.
    pub parts: usize,
    pub became_ready: Vec<SkillName>,
    /// Skills that were right in it without help and are not ready yet.
    pub right_alone: Vec<SkillName>,
    /// Skills counted as known before, that were right in it without help.
    pub still_known: Vec<SkillName>,
    pub next: Vec<OfferSeen>,
}

/// Begins a run.
pub async fn start(app: &App, learner: &Learner, work: Work, offered: Option<Uuid>) -> Answer<RunSeen> {
    let published = learner.course()?.clone();
    let state = learner.state_for(app, &work).await?;
    let run = Uuid::now_v7();
    let place = Place {
        run,
        number: 1,
        of: questions_of(&work),
        lesson: lesson_of(&work, &published),
        mixed_set: None,
        started_at: learner.now,
        detour: None,
        work,
    };
    let day = learner.school_day();
    let choice = next_item(&state.situation(learner, &published, &day, state.head.answers), &place.work);
    let next = match &choice {
        Some(choice) => Some(present(app, learner, &published, &state, choice, place.clone()).await?),
        None => None,
    };
    let started = Body::WorkStarted(WorkStarted {
        course: published.course.id.clone(),
        work: place.work.clone(),
        lesson: choice.as_ref().and_then(|choice| choice.lesson.clone()).or(place.lesson.clone()),
        skill: choice.as_ref().map(|choice| choice.skill.clone()),
        item: choice.as_ref().map(|choice| choice.item.clone()),
        presentation: next.as_ref().map(|next| next.id),
    });
    let mut events = vec![Incoming::by_server(run, Author::Student(learner.id.0), started, learner.now)?];
    if let Some(event) = offered {
        let chosen = engine::record::OfferChosen {
            offered: Some(event),
            course: published.course.id.clone(),
            work: place.work.clone(),
        };
        events.push(Incoming::by_server(
            Uuid::now_v7(),
            Author::Student(learner.id.0),
            Body::OfferChosen(chosen),
            learner.now,
        )?);
    }
    append(app, learner.setting(), events).await?;
    app.live.student_changed(learner.tenant, &learner.classes);
    let lesson = place.lesson.as_ref().map(|lesson| LessonName::of(&published, lesson, &learner.lang));
    let (body, body_lang) = reading(&published, &place.work, &learner.lang).unzip();
    Ok(RunSeen {
        work: run,
        title: title_of(&place.work, &published, &learner.lang),
        kind: kind_of(&place.work),
        lesson,
        questions: place.of,
        answered: 0,
        next,
        body,
        body_lang,
    })
}

/// Goes on with a run: the open question again, else the next one, else what the run brought.
pub async fn go_on(app: &App, learner: &Learner, run: Uuid, skip: bool) -> Answer<NextSeen> {
    let published = learner.course()?.clone();
    let (last, state) = learner.state_in(app, run).await?.ok_or_else(|| Problem::missing("work"))?;
    let mut shown = shown_of(app, learner.tenant, &last).await?;
    if let Some(on) = shown.place.detour.clone() {
        if let Some(next) = detours::go_on(app, learner, &published, &shown, &on, &state, skip).await? {
            return Ok(next);
        }
        // Always back to the same question.
        shown = shown_by_id(app, learner.tenant, learner.id, on.back).await?;
    }
    let done = item_done(&state.head, &shown);
    let (number, of) = (shown.place.number, shown.place.of);
    let (title, kind) = (title_of(&shown.place.work, &published, &learner.lang), kind_of(&shown.place.work));
    if !done && !skip {
        let next = open_question(app, learner, &published, &shown, &state).await?;
        return Ok(NextSeen { title, kind, next: Some(next), answered: number - 1, questions: of, finished: None });
    }
    let place = Place { number: number + 1, ..shown.place.clone() };
    let day = learner.school_day();
    let situation = state.situation(learner, &published, &day, state.head.answers);
    let choice = if number < of { next_item(&situation, &place.work) } else { None };
    match choice {
        Some(choice) => {
            let next = present(app, learner, &published, &state, &choice, place).await?;
            Ok(NextSeen { title, kind, next: Some(next), answered: number, questions: of, finished: None })
        }
        None => {
            let rows = rows_of(app, learner, run).await?;
            let whole = learner.state(app).await?;
            let finished = finished(learner, &published, &whole, &rows, &day);
            Ok(NextSeen { title, kind, next: None, answered: number, questions: of, finished: Some(finished) })
        }
    }
}

async fn rows_of(app: &App, learner: &Learner, run: Uuid) -> Answer<Vec<Presentation>> {
    let (tenant, id) = (learner.tenant, learner.id);
    let rows =
        app.store.read(move |tx| Box::pin(async move { tx.presentations(tenant, id, i64::MAX, LATEST).await })).await?;
    let mut of_run: Vec<(u16, Presentation)> = rows
        .into_iter()
        .filter_map(|row| {
            let place: Place = serde_json::from_slice(&row.body).ok()?;
            (place.run == run && place.detour.is_none()).then_some((place.number, row))
        })
        .collect();
    of_run.sort_by_key(|(number, row)| (*number, row.created_at));
    Ok(of_run.into_iter().map(|(_, row)| row).collect())
}

fn finished(
    learner: &Learner,
    published: &Published,
    state: &LearnerState,
    rows: &[Presentation],
    day: &str,
) -> Finished {
    let ids: BTreeSet<Uuid> = rows.iter().map(|row| row.id).collect();
    let parts: Vec<_> = state.head.open.iter().filter(|part| ids.contains(&part.presentation)).collect();
    let taken: Vec<_> = parts.iter().filter(|part| part.taken).collect();
    let questions: BTreeSet<Uuid> = taken.iter().map(|part| part.presentation).collect();
    let unaided = taken.iter().filter(|part| part.right && part.tries == 1 && !part.helped()).count();
    let began = rows.first().map_or(learner.now, |row| row.created_at);
    let lang = &learner.lang;
    let situation = state.situation(learner, published, day, state.head.answers);
    let alone = |skill: &SkillState| skill.rights.iter().any(|right| right.at >= began);
    let became = |skill: &SkillState| skill.ready.as_ref().is_some_and(|ready| ready.at >= began);
    let named = |which: &dyn Fn(&SkillState) -> bool| -> Vec<SkillName> {
        let found = state.skills.iter().filter(|(_, skill)| which(skill));
        found.map(|(id, _)| SkillName::of(published, id, lang)).collect()
    };
    let next = offers(&situation);
    Finished {
        right_unaided: unaided,
        answers: questions.len(),
        parts: taken.len(),
        became_ready: named(&became),
        right_alone: named(&|skill| !skill.opens() && alone(skill)),
        still_known: named(&|skill| skill.opens() && !became(skill) && alone(skill)),
        next: next.offers.iter().map(|offer| offer_seen(published, offer, Uuid::nil(), lang)).collect(),
    }
}
