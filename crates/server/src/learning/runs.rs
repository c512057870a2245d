//! Runs: a short row of questions that a student chose or was asked for.
//!
//! A run is not stored by itself: each of its presentations says which run it belongs to, so a reload, another
//! device or another node goes on where it was.

use super::{
    asked::LessonName,
    detours::{self, SidePath},
    home::{Chosen, OfferSeen, offer_seen, reading},
    practice_key::carries_key,
    present::{LATEST, Place, Shown, ToShow, practice_seed, row, secret_seed, shown as shown_by_id, shown_of},
    record::{Incoming, append},
    said::Said,
    stored::StoredBody,
    student::{Learner, LearnerState},
    verdict::{HelpSeen, JudgementSeen, SkillName, help, item_done, judgement_seen, worked},
};
use crate::{
    app::{Answer, App, Problem},
    library::Published,
};
use curriculum::{HintId, Lang, PartId, PublicHint, PublicItem};
use engine::{
    detour::{Detour, Phase},
    next_activity::{ItemChoice, RUN_QUESTIONS, Work, next_item, offers},
    record::{Author, Body, HeadState, Purpose, SkillState, WorkStarted},
};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
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

/// A question as it is shown, with what was answered so far.
#[derive(Serialize)]
pub struct PresentationSeen {
    pub id: Uuid,
    pub purpose: Purpose,
    pub number: u16,
    pub of: u16,
    pub item: PublicItem,
    /// The browser may ask for the key, to judge by itself before the server has.
    pub instant: bool,
    pub answered: BTreeMap<PartId, PartSoFar>,
    pub course: Value,
    /// It belongs to a detour.
    pub detour: Option<SidePath>,
    /// How the detour from this question ended, until it is answered again.
    pub back_from: Option<Phase>,
}

/// What was answered on a part before the page was loaded.
#[derive(Default, Serialize)]
pub struct PartSoFar {
    pub tries: u32,
    pub right: bool,
    pub last: Option<LastVerdict>,
    pub response: Option<Value>,
    pub hints: Vec<PublicHint>,
}

/// The last judgement, as in a verdict.
#[derive(Serialize)]
pub struct LastVerdict {
    pub judgement: JudgementSeen,
    pub part_done: bool,
    pub help: Option<HelpSeen>,
    pub solution: Option<String>,
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

/// The work that a request names.
pub fn chosen_work(
    learner: &Learner,
    head: &HeadState,
    request: &super::http::WorkWanted,
) -> Answer<(Work, Option<Uuid>)> {
    let published = learner.course()?;
    if let Some(id) = &request.offer {
        let chosen =
            Chosen::read(id).ok_or_else(|| Problem::field("offer", "unknown_offer", "Not an offer of ours."))?;
        known_work(published, &chosen.work)?;
        return Ok((chosen.work, Some(chosen.event)));
    }
    if let Some(skill) = &request.skill {
        let work = Work::Practise { skill: skill.clone() };
        known_work(published, &work)?;
        return Ok((work, None));
    }
    if let Some(assignment) = request.assignment {
        let open = head.assignments.iter().find(|open| open.assignment == assignment);
        let open =
            open.ok_or_else(|| Problem::field("assignment", "unknown_assignment", "Nothing of yours is asked there."))?;
        return Ok((Work::Lesson { lesson: open.lesson.clone() }, None));
    }
    if let Some(activity) = &request.activity {
        let (lesson, found) = published
            .course
            .activity(activity)
            .ok_or_else(|| Problem::field("activity", "unknown_activity", "The course has no such activity."))?;
        let work = match found.kind {
            curriculum::ActivityKind::Read => Work::Read { lesson: lesson.id.clone(), activity: activity.clone() },
            curriculum::ActivityKind::Practise => Work::Lesson { lesson: lesson.id.clone() },
        };
        return Ok((work, None));
    }
    Err(Problem::field("offer", "missing_field", "Name an offer, a skill, an activity or an assignment."))
}

/// Refuses work that the course no longer has, and the pre-test, which has a door of its own.
pub fn known_work(published: &Published, work: &Work) -> Answer<()> {
    let known = match work {
        Work::Lesson { lesson } => published.course.lesson(lesson).is_some(),
        Work::Read { lesson, activity } => published.course.activity(activity).is_some_and(|(of, _)| of.id == *lesson),
        Work::Practise { skill } => published.course.skill(skill).is_some(),
        Work::Review { skills, .. } => {
            (1..=12).contains(&skills.len()) && skills.iter().all(|skill| published.course.skill(skill).is_some())
        }
        Work::Placement {} => false,
    };
    if known { Ok(()) } else { Err(Problem::field("offer", "unknown_offer", "The course no longer has this.")) }
}

fn questions_of(work: &Work) -> u16 {
    match work {
        Work::Review { skills, .. } => skills.len() as u16,
        _ => RUN_QUESTIONS,
    }
}

fn lesson_of(work: &Work, published: &Published) -> Option<curriculum::LessonId> {
    match work {
        Work::Lesson { lesson } | Work::Read { lesson, .. } => Some(lesson.clone()),
        Work::Practise { skill } => published.lesson_of(skill).map(|lesson| lesson.id.clone()),
        Work::Review { .. } | Work::Placement {} => None,
    }
}

/// What kind of doing a piece of work is, as screens name it.
pub fn kind_of(work: &Work) -> &'static str {
    match work {
        Work::Lesson { .. } | Work::Practise { .. } => "practise",
        Work::Read { .. } => "read",
        Work::Review { .. } => "review",
        Work::Placement {} => "placement",
    }
}

/// What a piece of work is called; empty for a review, which the screen names.
pub fn title_of(work: &Work, published: &Published, lang: &Lang) -> String {
    match work {
        Work::Practise { skill } => SkillName::of(published, skill, lang).name,
        Work::Read { activity, .. } => {
            published.course.activity(activity).map(|(_, activity)| activity.title.words(lang)).unwrap_or_default()
        }
        Work::Lesson { lesson } => LessonName::of(published, lesson, lang).title,
        Work::Review { .. } | Work::Placement {} => String::new(),
    }
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

/// Presents what was chosen.
pub async fn present(
    app: &App,
    learner: &Learner,
    published: &Published,
    state: &LearnerState,
    choice: &ItemChoice,
    place: Place,
) -> Answer<PresentationSeen> {
    let hash =
        published.hash(&choice.item).ok_or_else(|| Problem::failure("a chosen item is not in the course"))?.clone();
    let seed = match choice.purpose {
        Purpose::Placement | Purpose::Check => secret_seed(app, learner.tenant, learner.id, place.run, place.number),
        Purpose::Practice | Purpose::Review => practice_seed(learner.id, &choice.item, choice.nth),
    };
    let to_show = ToShow {
        course: published.course.id.clone(),
        item: choice.item.clone(),
        hash,
        seed,
        lang: learner.lang.clone(),
        purpose: choice.purpose,
        place: Place { lesson: choice.lesson.clone().or(place.lesson), mixed_set: choice.mixed_set, ..place },
    };
    show(app, learner, published, state, &to_show).await
}

/// Keeps a presentation and shows it.
pub async fn show(
    app: &App,
    learner: &Learner,
    published: &Published,
    state: &LearnerState,
    to_show: &ToShow,
) -> Answer<PresentationSeen> {
    let row = row(learner.id, to_show, learner.now)?;
    let (tenant, kept) = (learner.tenant, row.clone());
    app.store.write(move |tx| Box::pin(async move { tx.insert_presentation(tenant, &kept).await })).await?;
    let shown = shown_of(app, tenant, &row).await?;
    seen(app, learner, published, &shown, state).await
}

/// The open question again; in the student's language of today, when nothing of it was answered yet.
pub async fn open_question(
    app: &App,
    learner: &Learner,
    published: &Published,
    shown: &Shown,
    state: &LearnerState,
) -> Answer<PresentationSeen> {
    let begun = state.head.open.iter().any(|open| open.presentation == shown.id);
    if begun || shown.keyed.lang == learner.lang {
        return seen(app, learner, published, shown, state).await;
    }
    let to_show = ToShow {
        course: shown.course.clone(),
        item: shown.keyed.item.id.clone(),
        hash: shown.keyed.hash.clone(),
        seed: shown.keyed.seed,
        lang: learner.lang.clone(),
        purpose: shown.purpose,
        place: shown.place.clone(),
    };
    show(app, learner, published, state, &to_show).await
}

/// A presentation as it is shown, with what was answered so far.
pub async fn seen(
    app: &App,
    learner: &Learner,
    published: &Published,
    shown: &Shown,
    state: &LearnerState,
) -> Answer<PresentationSeen> {
    let begun = state.head.open.iter().any(|open| open.presentation == shown.id);
    let answered = if begun { so_far(app, learner, published, shown, state).await? } else { BTreeMap::new() };
    let detour = detours::side_path(app, learner, published, shown, &state.head).await?;
    Ok(PresentationSeen {
        detour,
        back_from: back_from(&state.head, shown.id),
        id: shown.id,
        purpose: shown.purpose,
        number: shown.place.number,
        of: shown.place.of,
        item: shown.keyed.public(),
        instant: carries_key(shown),
        answered,
        course: json!({
            "title": published.course.title.words(&learner.lang),
            "languages": published.course.languages,
            "attribution": published.course.attribution,
        }),
    })
}

/// How the latest detour from a question ended, as long as nothing was answered there since.
fn back_from(head: &HeadState, presentation: Uuid) -> Option<Phase> {
    let of_it = |detour: &&Detour| detour.presentation == presentation;
    let detour = head
        .detours
        .iter()
        .rev()
        .find(of_it)
        .filter(|detour| !matches!(detour.phase, Phase::Offered | Phase::Running | Phase::Declined))?;
    let progress = head.progress(presentation, &detour.part)?;
    (!progress.right && progress.misses <= detour.misses).then_some(detour.phase)
}

async fn so_far(
    app: &App,
    learner: &Learner,
    published: &Published,
    shown: &Shown,
    state: &LearnerState,
) -> Answer<BTreeMap<PartId, PartSoFar>> {
    const EVENTS: i64 = 120;
    let (tenant, id) = (learner.tenant, learner.id);
    let kinds = ["answered", "hint_opened", "solution_opened", "help_declined"];
    let rows = app
        .store
        .read(move |tx| Box::pin(async move { tx.newest_events_of_kinds(tenant, id, kinds, i64::MAX, EVENTS).await }))
        .await?;
    let mut parts: BTreeMap<PartId, PartSoFar> = BTreeMap::new();
    for open in state.head.open.iter().filter(|open| open.presentation == shown.id) {
        let part = parts.entry(open.part.clone()).or_default();
        part.tries = open.tries;
        part.right = open.right;
    }
    for row in rows.iter().rev() {
        match StoredBody::read(row)? {
            Body::Answered(answered) if answered.presentation == shown.id => {
                let part = parts.entry(answered.part.clone()).or_default();
                part.response = serde_json::to_value(&answered.response).ok();
                let (judgement, response) = (&answered.judgement, &answered.response);
                let judgement = judgement_seen(judgement, response, shown, &answered.part, Some(published));
                let done = part.right || shown.is_pre_test();
                let said = Said::read(row).map_err(Problem::failure)?;
                let (form, detour) = said.help_now(&state.head, shown.id, &answered.part);
                let help = form.map(|form| help(form, detour.as_ref(), shown, &answered.part, Some(published)));
                part.last = Some(LastVerdict { judgement, part_done: done, help, solution: None });
            }
            Body::HelpDeclined(declined) if declined.presentation == shown.id => {
                let last = parts.get_mut(&declined.part).and_then(|part| part.last.as_mut());
                last.map(|last| last.help.take());
            }
            Body::SolutionOpened(opened) if opened.presentation == shown.id => {
                let last = parts.get_mut(&opened.part).and_then(|part| part.last.as_mut());
                if let (Some(last), Some(part)) = (last, shown.keyed.part(&opened.part)) {
                    last.solution = Some(worked(&shown.keyed, part));
                }
            }
            Body::HintOpened(opened) if opened.presentation == shown.id => {
                let label = |hint: &HintId| {
                    super::judge::find_hint(shown, &opened.part, hint).map(|hint| shown.keyed.public_hint(hint))
                };
                if let Ok(hint) = label(&opened.hint) {
                    parts.entry(opened.part.clone()).or_default().hints.push(hint);
                }
            }
            _ => {}
        }
    }
    Ok(parts)
}
