//! What a teacher asks for: a lesson, of one student or of all, until a day. And the plan of each student: what is asked
//! of it by both, the plan solved from that, and when its lessons will be met.

mod asks;
mod http;
mod rules;
mod seen;
mod solving;

use crate::app::Shared;
use axum::Router;

/// The routes of this slice.
pub fn routes() -> Router<Shared> {
    http::routes().merge(asks::routes())
}
