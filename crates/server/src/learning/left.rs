//! A run that was begun and left: the first page offers to go on where it stopped.

use super::{
    asked::LessonName,
    present::{Place, shown_of},
    student::{Learner, LearnerState},
    verdict::item_done,
    work::{kind_of, known_work, title_of},
};
use crate::{
    app::{Answer, App, Problem},
    library::Published,
};
use engine::next_activity::next_item;
use serde::Serialize;
use uuid::Uuid;

/// Days after which a run that was left is let go.
const DAYS_MAX: i64 = 14;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A run that can be gone on with, by its id.
#[derive(Serialize)]
pub struct LeftRun {
    pub work: Uuid,
    pub kind: &'static str,
    pub title: String,
    pub lesson: Option<LessonName>,
    /// The question to go on with, from 1.
    pub number: u16,
    pub of: u16,
    /// When its latest question was shown, in ms UTC.
    pub left_at: i64,
}

/// The student's latest run, when something of it was answered and something is left of it.
pub async fn left_run(
    app: &App,
    learner: &Learner,
    published: &Published,
    state: &LearnerState,
) -> Answer<Option<LeftRun>> {
    let (tenant, id) = (learner.tenant, learner.id);
    let newest =
        app.store.read(move |tx| Box::pin(async move { tx.presentations(tenant, id, i64::MAX, 1).await })).await?;
    let Some(row) = newest.into_iter().next() else { return Ok(None) };
    let place: Place = serde_json::from_slice(&row.body).map_err(Problem::failure)?;
    let here = row.course_id == published.course.id.0 && known_work(published, &place.work).is_ok();
    if !here || learner.now - row.created_at > DAYS_MAX * DAY_MS {
        return Ok(None);
    }
    let shown = shown_of(app, tenant, &row).await?;
    let begun = place.number > 1 || state.head.open.iter().any(|part| part.presentation == row.id && part.tries > 0);
    let done = item_done(&state.head, &shown);
    let number = place.number + u16::from(done);
    if !begun || number > place.of {
        return Ok(None);
    }
    let day = learner.school_day();
    // A run also ends where its lesson has nothing more to ask.
    if done && next_item(&state.situation(learner, published, &day, state.head.answers), &place.work).is_none() {
        return Ok(None);
    }
    Ok(Some(LeftRun {
        work: place.run,
        kind: kind_of(&place.work),
        title: title_of(&place.work, published, &learner.lang),
        lesson: place.lesson.as_ref().map(|lesson| LessonName::of(published, lesson, &learner.lang)),
        number,
        of: place.of,
        left_at: row.created_at,
    }))
}
