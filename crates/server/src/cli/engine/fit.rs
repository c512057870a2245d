//! `tandem engine fit`: the engine's constants from a log, as one file.

use super::{bench::Clock, logs::read_logs};
use crate::cli::data::say;
use anyhow::Context;
use clap::Args;
use engine::{Parameters, evaluation::COURSE, refit::fit};
use sha2::{Digest, Sha256};
use std::{path::PathBuf, process::ExitCode, time::Instant};

/// Fits all that a log can tell and writes it as a set of parameters. The same log gives the same file, bit for bit.
#[derive(Args)]
pub struct Fit {
    /// The logs, as for `evaluate`.
    #[arg(long, required = true, num_args = 1..)]
    log: Vec<PathBuf>,
    /// Where the parameters go.
    #[arg(long)]
    out: PathBuf,
}

impl Fit {
    /// Exit 1 when a log cannot be read or the file cannot be written.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let log = read_logs(&self.log)?;
        let (started, clock) = (Instant::now(), Clock::start());
        let fitted = fit(&log, &vec![true; log.students.len()]);
        let (seconds, on_processor) = (started.elapsed().as_secs_f64(), clock.seconds());
        let mut parameters = Parameters { fitted: true, ..Parameters::default() };
        parameters.courses.insert(COURSE.into(), fitted);
        // Named by what it holds, so that two fits of one log have one name.
        let print = Sha256::digest(serde_json::to_vec(&parameters.courses)?);
        let hex: String = print.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        parameters.version = format!("fit-{hex}");
        std::fs::write(&self.out, serde_json::to_vec(&parameters)?).with_context(|| self.out.display().to_string())?;
        say(format!(
            "{}: {} answers, {} students, {} items, {} skills; {seconds:.2} s, {on_processor:.2} s of them on the processor",
            parameters.version,
            log.attempts.len(),
            log.students.len(),
            log.items.len(),
            log.skills.len()
        ));
        Ok(ExitCode::SUCCESS)
    }
}
