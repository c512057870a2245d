//! What can be asked of the module.

use curriculum::{BuggyAnswer, Lang, Question, SkillId};
use engine::{grading::Response, placement::Outcome};
use serde::Deserialize;

/// One request.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// Judges a response, for feedback before the server has spoken.
    Grade(Box<Grade>),
    /// Begins a pre-test over a graph; it is kept until the next one begins.
    Place(Place),
    /// One answer of the pre-test, then the next question.
    Placed(Placed),
}

/// A question with its key, and what was answered.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    pub question: Question,
    /// The formulas that the student sees.
    #[serde(default)]
    pub shown: Vec<String>,
    #[serde(default)]
    pub buggy: Vec<BuggyAnswer>,
    pub response: Response,
    pub lang: Lang,
}

/// A graph of skills and where chance begins.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub skills: Vec<GraphSkill>,
    pub seed: i64,
}

/// One skill of a graph.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GraphSkill {
    pub id: String,
    #[serde(default)]
    pub topic: String,
    #[serde(default)]
    pub area: String,
    #[serde(default)]
    pub prerequisites: Vec<String>,
}

/// How one question of the pre-test went.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placed {
    pub skill: SkillId,
    pub outcome: Outcome,
    #[serde(default)]
    pub options: u16,
}
