//! Tandem's server: the only place with HTTP, a clock and chance. One folder a slice; in each, `rules.rs`
//! decides, `http.rs` asks permission, loads, decides, saves and answers.

pub mod admin;
pub mod app;
pub mod cli;
pub mod config;
pub mod identity;
pub mod insight;
pub mod jobs;
pub mod learning;
pub mod library;
pub mod live;
pub mod parameters;
pub mod plans;
pub mod refit;
pub mod roster;
