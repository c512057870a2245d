//! A class at this moment: who is here, on what, whom to see first; over server-sent events.

mod http;
mod nodes;
mod picture;
mod presence;
mod watch;

pub use http::routes;
pub use nodes::with_other_nodes;
pub use picture::{LiveClass, Row, alerts_of, picture};
pub use watch::Live;
