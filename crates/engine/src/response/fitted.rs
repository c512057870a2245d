//! What a refit found, as it is kept: counts and weights. Everything else is derived from them.

use super::{Count, Reach};
use curriculum::{ItemId, SkillId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How one thing was answered by all students.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Easiness<Id> {
    /// What.
    pub id: Id,
    /// How often, and how often right.
    pub count: Count,
    /// The skill it belongs to, as a number in [`Fitted::skills`]; for a skill, its own number.
    pub skill: u32,
}

/// How often an item or a skill was right in one situation: whose (a number), the situation's state, the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u32, u32, Count)", into = "(u32, u32, Count)")]
pub struct Cell {
    /// The item's or skill's number.
    pub whose: u32,
    /// See [`super::Context::state`].
    pub state: u32,
    /// The count.
    pub count: Count,
}

impl From<(u32, u32, Count)> for Cell {
    fn from((whose, state, count): (u32, u32, Count)) -> Self {
        Self { whose, state, count }
    }
}

impl From<Cell> for (u32, u32, Count) {
    fn from(cell: Cell) -> Self {
        (cell.whose, cell.state, cell.count)
    }
}

/// The response model of one course.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fitted {
    /// All answers.
    pub all: Count,
    /// The skills, by number.
    pub skills: Vec<Easiness<SkillId>>,
    /// The items, by number.
    pub items: Vec<Easiness<ItemId>>,
    /// For each [`super::Context`], by its feature's name, the situations that occurred.
    pub contexts: BTreeMap<String, Vec<Cell>>,
    /// For each context, by state, how much easier than usual its questions are (logits); of pairs, by how the one
    /// before went.
    pub usual: BTreeMap<String, Vec<f64>>,
    /// Weights by the feature's name; absent ones are 0.
    pub weights: BTreeMap<String, f64>,
    /// The constant of the sum (logits).
    pub constant: f64,
    /// How far the counts behind the weights reach.
    pub reach: Reach,
    /// Calibration: the sum is multiplied by the first and the second added.
    pub calibration: Option<(f64, f64)>,
}
