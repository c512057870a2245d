//! The command `tandem`.

use clap::Parser;
use server::cli::{Command, run};
use std::process::ExitCode;

/// An answer makes thousands of small pieces; this allocator makes and frees them with less work than the system's. SQLite
/// uses it too (feature `override`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Digital curriculum for blended classrooms, run by the school itself.
#[derive(Parser)]
#[command(name = "tandem", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("tandem: {error:#}");
            ExitCode::from(1)
        }
    }
}
