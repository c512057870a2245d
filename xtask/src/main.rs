//! `cargo xtask COMMAND`: the one place for automation.
//!
//! Everything a person or CI does to this repository beyond plain `cargo` is a command here, one file each. Nothing
//! in here calls anything but cargo, Node's npm, git and the tools it installs itself.
#![allow(clippy::print_stdout, reason = "a command line tool talks on standard output")]

mod build;
mod check;
mod command;
mod compare;
mod dev;
mod fuzz;
mod generate;
mod load;
mod measure;
mod project;
mod setup;
mod start;
mod test;
mod tidy;
mod wasm;

use clap::{Parser, Subcommand};
use project::Project;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Build, run, test and check Tandem")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Set up, build everything and run Tandem on a demo school
    Start(start::Arguments),
    /// Run every test: Rust, web, both databases, browser journeys, tidy
    Test(test::Arguments),
    /// Everything CI checks besides the tests: format, clippy, tidy, licences, web, generated files
    Check,
    /// Run the server and the web development server together
    Dev(dev::Arguments),
    /// Throw inputs at every parser for a while: `cargo xtask fuzz mathematics --seconds 300`
    Fuzz(fuzz::Arguments),
    /// Write the generated files anew: query checks, API description, web client
    Gen(generate::Arguments),
    /// Check the rules of the house: who may import whom, and what a file may hold
    Tidy,
    /// Put load on a server: `cargo xtask load --students 300 --seconds 60`
    Load(load::Arguments),
    /// Set our models beside those of others: `cargo xtask compare --python venv/bin/python`
    Compare(compare::Arguments),
    /// Run the long measurements and write the tables of docs/performance.md
    Measure(measure::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = Project::find().and_then(|project| match arguments.command {
        Command::Start(arguments) => start::run(&project, &arguments),
        Command::Test(arguments) => test::run(&project, &arguments),
        Command::Check => check::run(&project),
        Command::Dev(arguments) => dev::run(&project, &arguments),
        Command::Fuzz(arguments) => fuzz::run(&project, &arguments),
        Command::Gen(arguments) => generate::run(&project, &arguments),
        Command::Tidy => tidy::run(&project),
        Command::Load(arguments) => load::run(&project, &arguments),
        Command::Compare(arguments) => compare::run(&project, &arguments),
        Command::Measure(arguments) => measure::run(&project, &arguments),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("xtask: {problem:#}");
            ExitCode::FAILURE
        }
    }
}
