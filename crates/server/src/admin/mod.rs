//! Running the school: staff, the audit log, a student's privacy.

mod http;
mod privacy;

pub use http::routes;
pub use privacy::finish_erasures;
