//! What a teacher looks at afterwards: one student's story and answers as seen, the class skill by skill.

mod answers;
mod http;
mod story;

pub use http::routes;
