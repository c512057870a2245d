//! What every slice stands on: shared state, who is asking, reading requests, answering problems.

pub mod access;
pub mod address;
pub mod assets;
pub mod background;
pub mod body;
pub mod clock;
pub mod problem;
pub mod random;
pub mod routes;
pub mod secret;
pub mod security;
pub mod state;
pub mod sweep;

pub use access::{Admin, ClassStudent, ClassTeacher, Signed, Staff, Student};
pub use address::{Path, Query};
pub use background::Background;
pub use body::Json;
pub use problem::{Answer, Problem};
pub use state::{App, Shared};
