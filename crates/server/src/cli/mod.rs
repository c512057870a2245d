//! The command line: one file a command. Exit 0 done, 1 the data had problems (all listed), 2 wrong usage.

mod backup;
mod check;
mod data;
mod demo;
mod doctor;
mod engine;
mod grade;
mod import;
mod load;
mod replay;
mod serve;
mod simulated;
mod trial;
mod user;

use clap::Subcommand;
use std::process::ExitCode;

/// What `tandem` can do.
#[derive(Subcommand)]
pub enum Command {
    /// Serves the school.
    Serve(serve::Serve),
    /// Makes a demo school with weeks of history and serves it.
    Demo(demo::Demo),
    /// Lets simulated students learn for a month and checks everything they are shown.
    Trial(trial::Trial),
    /// Lets many students answer at once and measures it.
    Load(load::Load),
    /// Brings a course in.
    Import(import::Import),
    /// Checks a course in the plain-text format.
    Check(check::Check),
    /// Judges answers from a file.
    Grade(grade::Grade),
    /// Asks the engine, on files, without a server.
    Engine(engine::Engine),
    /// Folds records again and compares with what is stored.
    Replay(replay::Replay),
    /// Makes a school and people from the command line.
    User(user::User),
    /// Looks whether all that the server stands on is in order.
    Doctor(doctor::Doctor),
    /// Copies a running school to a folder.
    Backup(backup::Backup),
    /// Puts a copy back.
    Restore(backup::Restore),
}

/// Runs a command to its end.
pub fn run(command: Command) -> anyhow::Result<ExitCode> {
    data::start_logging();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match command {
            Command::Serve(serve) => serve.run().await,
            Command::Demo(demo) => demo.run().await,
            Command::Trial(trial) => trial.run().await,
            Command::Load(load) => load.run().await,
            Command::Import(import) => import.run().await,
            Command::Check(check) => check.run(),
            Command::Grade(grade) => grade.run(),
            Command::Engine(engine) => engine.run(),
            Command::Replay(replay) => replay.run().await,
            Command::User(user) => user.run().await,
            Command::Doctor(doctor) => doctor.run().await,
            Command::Backup(backup) => backup.run().await,
            Command::Restore(restore) => restore.run().await,
        }
    })
}
