//! What is taught here: courses in the store, published versions in memory, importing and publishing.

mod http;
mod publishing;
mod published;
mod sources;

pub use http::routes;
pub use publishing::{Publication, publish};
pub use published::{Courses, Library, Published};
pub use sources::{course_files, oatutor_source};
