//! What is taught here: courses in the store, published versions in memory, importing and publishing.

mod http;
mod publish;
mod published;
mod sources;

pub use http::routes;
pub use publish::{Publication, publish};
pub use published::{Courses, Library, Published};
pub use sources::{course_files, oatutor_source};
