//! What a teacher asks for: a lesson, of one student or of all, until a day.

mod http;

pub use http::routes;
