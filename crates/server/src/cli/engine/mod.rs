//! `tandem engine ...`: the engine on files, without a server or a school. Each prints what it found and nothing else.

mod math;
mod place;

use clap::{Args, Subcommand};
use std::process::ExitCode;

/// Asks the engine, on files, without a server.
#[derive(Args)]
pub struct Engine {
    #[command(subcommand)]
    ask: Ask,
}

#[derive(Subcommand)]
enum Ask {
    /// Compares mathematics as a student writes it with a key.
    Math(math::Compare),
    /// Takes a pre-test over a graph or a course.
    Place(place::Place),
}

impl Engine {
    /// Runs it to its end.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        match self.ask {
            Ask::Math(compare) => compare.run(),
            Ask::Place(place) => place.run(),
        }
    }
}
