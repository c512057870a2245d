//! The course pre-test: which skills does the student already know?
//!
//! Many possible students ("particles"), each a set of known skills, are drawn from a mixture of populations
//! (smooth, strand by strand, patchy, random growth). Every answer weighs them; the next question is the one
//! whose answer is expected to tell most. `placement` folds a seed and its own answers, so that it is resumed anywhere.

mod choose;
mod draw;
mod particles;
mod placement_run;
mod population;
mod shape;
mod state;
mod terrain;

pub use placement_run::{Placement, PlacementResult, Prior, Step, Stopped};
pub use state::{Outcome, PLACEMENT_MINUTES, PlacementAnswer, PlacementState, PlacementStatus};
pub(crate) use state::{answered, ended, started};
pub use terrain::{Terrain, TerrainSkill};
