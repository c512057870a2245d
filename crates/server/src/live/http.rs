//! The live screen's two ways in: a stream, and one reading for where streams fail.

use super::{Live, LiveClass, Row, picture, watch::first_picture};
use crate::app::{Answer, ClassStudent, ClassTeacher, Json, Shared, access::audit};
use async_stream::stream;
use axum::{
    Router,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{delete, get},
};
use std::{
    collections::BTreeMap,
    convert::Infallible,
    sync::Arc,
    time::{Duration, Instant},
};
use store::StudentId;

/// How often a stream asks whether its watcher still may watch.
const ASK_AGAIN: Duration = Duration::from_secs(2);

/// The routes of this slice.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/classes/{class}/live", get(live))
        .route("/classes/{class}/now", get(now))
        .route("/classes/{class}/hands/{student}", delete(lower_hand))
}

async fn now(State(app): State<Shared>, teacher: ClassTeacher) -> Answer<Json<LiveClass>> {
    Ok(Json(picture(&app, teacher.signed.tenant(), teacher.class.id).await?))
}

async fn live(State(app): State<Shared>, teacher: ClassTeacher) -> Answer<Response> {
    let (tenant, class) = (teacher.signed.tenant(), teacher.class.id);
    audit(&app, &teacher.signed, "class_watched", None, Some(class), serde_json::json!({})).await?;
    let mut receiver = Live::watch(&app, tenant, class);
    let first = first_picture(&mut receiver).await?;
    let pictures = stream! {
        let mut shown = Shown::of(&first);
        yield Ok::<_, Infallible>(event("full", &first));
        drop(first);
        let mut asked_at = Instant::now();
        while receiver.changed().await.is_ok() {
            if asked_at.elapsed() >= ASK_AGAIN {
                asked_at = Instant::now();
                // Signed out, archived, no longer a teacher of the class; a store that is away decides nothing.
                if teacher.still_may(&app).await.is_ok_and(|may| !may) {
                    break;
                }
            }
            let Some(next) = receiver.borrow_and_update().clone() else { continue };
            if let Some(news) = shown.news(&next) {
                yield Ok(event("rows", &news));
            }
        }
    };
    let mut response =
        Sse::new(pictures).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

fn event(name: &str, picture: &LiveClass) -> Event {
    Event::default().event(name).data(serde_json::to_string(picture).unwrap_or_default())
}

/// What one watcher has been told.
struct Shown {
    rows: BTreeMap<StudentId, Row>,
    rest: LiveClass,
}

impl Shown {
    fn of(picture: &Arc<LiveClass>) -> Self {
        let rows = picture.rows.iter().map(|row| (row.student.id, row.clone())).collect();
        Self { rows, rest: LiveClass { rows: Vec::new(), ..(**picture).clone() } }
    }

    /// The picture with the changed rows only; none when nothing changed.
    fn news(&mut self, next: &Arc<LiveClass>) -> Option<LiveClass> {
        let rows: Vec<Row> =
            next.rows.iter().filter(|row| self.rows.get(&row.student.id) != Some(row)).cloned().collect();
        let left = self.rows.len() != next.rows.len();
        let rest = LiveClass { rows: Vec::new(), ..(**next).clone() };
        let same = LiveClass { at: self.rest.at, ..rest.clone() } == self.rest;
        if rows.is_empty() && !left && same {
            return None;
        }
        *self = Self::of(next);
        Some(LiveClass { rows: if left { next.rows.clone() } else { rows }, whole: left, ..rest })
    }
}

async fn lower_hand(State(app): State<Shared>, of: ClassStudent) -> Answer<StatusCode> {
    let (tenant, class, student, now) =
        (of.teacher.signed.tenant(), of.teacher.class.id, of.id(), of.teacher.signed.now);
    app.store.write(move |tx| Box::pin(async move { tx.lower_hand(tenant, class, student, now).await })).await?;
    app.live.changed(tenant, class);
    Ok(StatusCode::NO_CONTENT)
}
