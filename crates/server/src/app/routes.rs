//! All slices under one roof.

use super::{assets, problem::Problem, security, state::Shared};
use crate::{admin, identity, insight, learning, library, live, plans, refit, roster};
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    middleware,
    response::IntoResponse,
    routing::{get, post},
};
use tower_http::compression::{
    CompressionLayer, Predicate,
    predicate::{DefaultPredicate, NotForContentType},
};

/// The whole service.
pub fn router(app: Shared) -> Router {
    let api = Router::new()
        .merge(identity::routes())
        .merge(roster::routes())
        .merge(library::routes())
        .merge(learning::routes())
        .merge(plans::routes())
        .merge(live::routes())
        .merge(insight::routes())
        .merge(admin::routes())
        .merge(refit::routes())
        .fallback(async || Problem::missing("page"))
        .method_not_allowed_fallback(async || {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "wrong_method", "This address takes another method.")
        });
    let compressed = DefaultPredicate::new().and(NotForContentType::SSE);
    Router::new()
        .nest("/api/v1", api)
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/csp-report", post(security::csp_report))
        .route("/media/{hash}", get(assets::media))
        .fallback(get(assets::page))
        .layer(middleware::from_fn(security::same_origin))
        .layer(DefaultBodyLimit::max(app.settings.body_bytes_max))
        .layer(middleware::from_fn(security::headers))
        .layer(CompressionLayer::new().compress_when(compressed))
        .with_state(app)
}

async fn ready(State(app): State<Shared>) -> impl IntoResponse {
    match app.store.check().await {
        Ok(()) => (StatusCode::OK, "ready\n").into_response(),
        Err(error) => Problem::from(error).into_response(),
    }
}
