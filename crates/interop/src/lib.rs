//! Other people's course formats, read into our model.
//!
//! Pure: whoever calls opens folders and archives and hands in a [`Source`]; what comes back is courses, their
//! pictures and a report of everything that was repaired, merged, lacking or not carried over. Each format is a
//! folder of its own.

pub mod oatutor;
mod source;

pub use source::{Memory, Source};
