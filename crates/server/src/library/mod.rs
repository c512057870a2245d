//! What is taught here: courses in the store, published versions in memory, importing and publishing.

mod http;
mod published;
mod publishing;
mod sources;

pub use http::routes;
pub use published::{Courses, Library, Published};
pub use publishing::{Publication, publish};
pub use sources::{course_files, oatutor_source};
