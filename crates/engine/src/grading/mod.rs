//! Judging a response: `grade(keyed item, part, response) -> Judgement`, the same on the server and in the browser.

mod response;

pub use response::{Judgement, Message, Response, Verdict};

/// Version of the judging rules; stored beside every judgement, so that a replay never grades again.
pub const GRADER_VERSION: &str = "1";
