//! A question as it stands on the student's screen: what is shown of it, what was answered so far, and the same question
//! again after a reload.

use super::{
    detours::{self, SidePath},
    practice_key::carries_key,
    present::{Place, Shown, ToShow, practice_seed, row, secret_seed, shown_of},
    said::Said,
    stored::StoredBody,
    student::{Learner, LearnerState},
    verdict::{HelpSeen, JudgementSeen, help, judgement_seen, worked},
};
use crate::{
    app::{Answer, App, Problem},
    library::Published,
};
use curriculum::{HintId, PartId, PublicHint, PublicItem};
use engine::{
    detour::{Detour, Phase},
    next_activity::ItemChoice,
    record::{Body, HeadState, Purpose},
};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

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
