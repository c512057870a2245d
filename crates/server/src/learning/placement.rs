//! The course pre-test: where to begin. Stop and go on at any time; no right or wrong is shown.

use super::{
    on_screen::{self, PresentationSeen, show},
    present::{Place, ToShow, newest_of_run, secret_seed, shown_of},
    record::{Incoming, append},
    student::{Learner, LearnerState},
    verdict::{SkillName, item_done},
};
use crate::{
    app::{Answer, App, Problem},
    library::Published,
};
use curriculum::SkillId;
use engine::{
    next_activity::{Work, placement_askable, placement_item},
    placement::{Placement, PlacementState, PlacementStatus, Step},
    record::{Author, Body, Derived, PlacementStarted, Purpose, SkillState},
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, sync::Arc};
use store::Presentation;
use uuid::Uuid;

/// How the pre-test stands.
#[derive(Serialize)]
pub struct PlacementSeen {
    pub next: Option<PresentationSeen>,
    pub answered: usize,
    pub at_most: usize,
    pub finished: Option<PlacementOutcome>,
}

/// Its result, in counts and names; the screen words it as what comes next.
#[derive(Serialize)]
pub struct PlacementOutcome {
    pub known: usize,
    pub frontier: Vec<SkillName>,
    pub uncertain: usize,
}

/// Begins the pre-test, or goes on with it.
pub async fn go_on(app: &App, learner: &Learner) -> Answer<PlacementSeen> {
    let published = learner.course()?.clone();
    let mut state = learner.state(app).await?;
    if !state.head.placements.contains_key(&published.course.id) {
        let seed = secret_seed(app, learner.tenant, learner.id, Uuid::now_v7(), 0) as i64;
        let started =
            Body::PlacementStarted(PlacementStarted { course: published.course.id.clone(), seed, grade: None });
        let incoming = Incoming::by_server(Uuid::now_v7(), Author::PreTest, started, learner.now)?;
        append(app, learner.setting(), vec![incoming]).await?;
        app.live.student_changed(learner.tenant, &learner.classes);
        state = learner.state(app).await?;
    }
    let test = state.head.placements.get(&published.course.id).cloned();
    let test = test.ok_or_else(|| Problem::failure("a pre-test that was begun is not there"))?;
    let at_most = learner.shelf.shipped().placement_questions.1;
    let answered = test.count();
    if test.status == PlacementStatus::Done {
        let finished = result(learner, &published, &state);
        return Ok(PlacementSeen { next: None, answered, at_most, finished: Some(finished) });
    }
    let run = run_of(&test);
    if let Some(row) = open_question(app, learner, run).await? {
        let shown = shown_of(app, learner.tenant, &row).await?;
        if !item_done(&state.head, &shown) {
            let next = on_screen::open_question(app, learner, &published, &shown, &state).await?;
            return Ok(PlacementSeen { next: Some(next), answered, at_most, finished: None });
        }
    }
    let next = next_question(app, learner, &published, &state, &test, run).await?;
    let finished = match next {
        Some(_) => None,
        None => Some(result(learner, &published, &learner.state(app).await?)),
    };
    Ok(PlacementSeen { next, answered, at_most, finished })
}

async fn next_question(
    app: &App,
    learner: &Learner,
    published: &Arc<Published>,
    state: &LearnerState,
    test: &PlacementState,
    run: Uuid,
) -> Answer<Option<PresentationSeen>> {
    let day = learner.school_day();
    let situation = state.situation(learner, published, &day, state.head.answers);
    let askable = placement_askable(&situation);
    let skill = match next_step(learner, published, test, askable).await? {
        Step::Ask(skill) => skill,
        Step::Done(result) => {
            let cause = test.answers.last().map_or(Uuid::nil(), |answer| answer.event);
            let placed = Derived::placed(result.placed(&published.facts, &learner.shelf.shipped(), cause));
            let incoming = Incoming::by_server(placed.id(learner.id.0), Author::PreTest, placed.body, learner.now)?;
            append(app, learner.setting(), vec![incoming]).await?;
            app.live.student_changed(learner.tenant, &learner.classes);
            return Ok(None);
        }
    };
    let choice =
        placement_item(&situation, &skill).ok_or_else(|| Problem::failure("a skill to ask has no question"))?;
    let hash =
        published.hash(&choice.item).ok_or_else(|| Problem::failure("a chosen item is not in the course"))?.clone();
    let number = test.answers.len() as u16 + 1;
    let to_show = ToShow {
        course: published.course.id.clone(),
        item: choice.item,
        hash,
        seed: secret_seed(app, learner.tenant, learner.id, run, number),
        lang: learner.lang.clone(),
        purpose: Purpose::Placement,
        place: Place {
            detour: None,
            run,
            number,
            of: learner.shelf.shipped().placement_questions.1 as u16,
            work: Work::Placement {},
            lesson: None,
            mixed_set: None,
            started_at: test.started_at,
        },
    };
    Ok(Some(show(app, learner, published, state, &to_show).await?))
}

/// Folds the answers so far and chooses; tens of milliseconds of pure work, away from the threads that answer.
async fn next_step(
    learner: &Learner,
    published: &Arc<Published>,
    test: &PlacementState,
    askable: BTreeSet<SkillId>,
) -> Answer<Step> {
    let (published, parameters, test) = (published.clone(), learner.shelf.shipped(), test.clone());
    tokio::task::spawn_blocking(move || {
        let prior = published.prior(&parameters);
        let mut run = Placement::resume(prior, &parameters, test.grade, test.seed, &test.outcomes());
        run.time_over(test.over_after);
        run.next(&askable)
    })
    .await
    .map_err(Problem::failure)
}

/// The pre-test's run: the same for as long as it is the same pre-test.
fn run_of(test: &PlacementState) -> Uuid {
    let bytes: [u8; 32] = Sha256::digest(test.seed.to_le_bytes()).into();
    uuid::Builder::from_custom_bytes(bytes[..16].try_into().expect("a digest has 32 bytes")).into_uuid()
}

async fn open_question(app: &App, learner: &Learner, run: Uuid) -> Answer<Option<Presentation>> {
    let (tenant, id) = (learner.tenant, learner.id);
    let found = app.store.read(move |tx| Box::pin(async move { newest_of_run(tx, tenant, id, run).await })).await?;
    Ok(found.map(|(row, _)| row))
}

fn result(learner: &Learner, published: &Published, state: &LearnerState) -> PlacementOutcome {
    let day = learner.school_day();
    let situation = state.situation(learner, published, &day, state.head.answers);
    let known = state.skills.values().filter(|skill| skill.is_placed_known()).count();
    let first = engine::next_activity::offers(&situation);
    // With everything known there are only looks back: their skills are not what will be worked on.
    let is_known = |skill: &&SkillId| state.skills.get(*skill).is_some_and(SkillState::is_placed_known);
    let frontier = first.offers.iter().flat_map(|offer| offer.skills.first()).filter(|skill| !is_known(skill));
    PlacementOutcome {
        known,
        frontier: frontier.map(|skill| SkillName::of(published, skill, &learner.lang)).collect(),
        uncertain: state.head.placements.get(&published.course.id).map_or(0, |test| test.uncertain.len()),
    }
}
