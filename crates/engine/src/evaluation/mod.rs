//! How well answers are predicted: logs of other schools, models to compare with, and the measures.
//!
//! Students are parted: all is fitted on some, and every answer of the others is predicted from that student's own
//! earlier answers. The models are fitted and asked here by the functions that the product uses.

mod baseline;
mod comparing;
mod elo;
mod held_out;
mod measures;
mod pfa;
mod predicting;
mod read;
pub mod workload;

pub use baseline::Predicted;
pub use comparing::{Comparison, compare, hold_out};
pub use elo::{Elo, elo, fit_elo};
pub use held_out::{Bin, Figures, draw, is_held_out};
pub use measures::{Measures, measure};
pub use pfa::{Pfa, fit_pfa};
pub use predicting::{COURSE, TracedSkills, predict_response, predict_tracing};
pub use read::{Reader, Refused, read_users};
