//! `tandem engine fit`: the engine's constants from a log, as one file.

use super::{bench::Clock, logs::read_logs};
use crate::cli::data::say;
use anyhow::Context;
use clap::Args;
use engine::{
    Parameters,
    evaluation::{COURSE, Comparison, Measures, compare},
    refit::fit,
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{path::PathBuf, process::ExitCode, time::Instant};

/// Fits all that a log can tell and writes it as a set of parameters. The same log gives the same file, bit for bit.
///
/// Says too whether the parameters may be published: for this it fits once more without every sixth student and
/// compares, on the answers of those, the defaults before with the new parameters after. They may be published when
/// their held-out log loss is not worse, neither of the response model's predictions nor of knowledge tracing's.
#[derive(Args)]
#[command(after_long_help = JSON_KEYS)]
pub struct Fit {
    /// The logs, as for `evaluate`.
    #[arg(long, required = true, num_args = 1..)]
    log: Vec<PathBuf>,
    /// Where the parameters go.
    #[arg(long)]
    out: PathBuf,
    /// One JSON object instead of words.
    #[arg(long)]
    json: bool,
}

const JSON_KEYS: &str = "\
With --json:
  version                the parameters' name, made from what they hold
  answers, students, items, skills
                         what the log holds
  fit_seconds            the fit of the parameters that are written, on all students
  fit_processor_seconds  the same without what else the machine did meanwhile, where the system tells
  held_out               null for fewer than five students; else
    students, answers      the students held out (10-20 %) and their answers
    before                 auc, rmse, log_loss and ece of the defaults, by knowledge tracing
    after                  the same of the new parameters, by the response model
    after_tracing          the same of the new parameters, by knowledge tracing
  may_be_published       true when held-out log loss is not worse; false also where nobody could be held out";

#[derive(Serialize)]
struct Fitted {
    version: String,
    answers: usize,
    students: usize,
    items: usize,
    skills: usize,
    fit_seconds: f64,
    fit_processor_seconds: f64,
    held_out: Option<Comparison>,
    may_be_published: bool,
}

impl Fit {
    /// Exit 1 when a log cannot be read or the file cannot be written.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let log = read_logs(&self.log)?;
        let (started, clock) = (Instant::now(), Clock::start());
        let fitted = fit(&log, &vec![true; log.students.len()]);
        let (fit_seconds, fit_processor_seconds) = (started.elapsed().as_secs_f64(), clock.seconds());
        let mut parameters = Parameters { fitted: true, ..Parameters::default() };
        parameters.courses.insert(COURSE.into(), fitted);
        // Named by what it holds, so that two fits of one log have one name.
        let print = Sha256::digest(serde_json::to_vec(&parameters.courses)?);
        let hex: String = print.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        parameters.version = format!("fit-{hex}");
        std::fs::write(&self.out, serde_json::to_vec(&parameters)?).with_context(|| self.out.display().to_string())?;
        let held_out = compare(&log, &Parameters::default());
        let fitted = Fitted {
            version: parameters.version,
            answers: log.attempts.len(),
            students: log.students.len(),
            items: log.items.len(),
            skills: log.skills.len(),
            fit_seconds,
            fit_processor_seconds,
            held_out,
            may_be_published: held_out.is_some_and(|held_out| held_out.may_be_published()),
        };
        if self.json {
            say(serde_json::to_string(&fitted)?);
        } else {
            tell(&fitted);
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn tell(fitted: &Fitted) {
    let Fitted { version, answers, students, items, skills, fit_seconds, fit_processor_seconds, .. } = fitted;
    say(format!(
        "{version}: {answers} answers, {students} students, {items} items, {skills} skills; {fit_seconds:.2} s, \
         {fit_processor_seconds:.2} s of them on the processor"
    ));
    let Some(held_out) = &fitted.held_out else {
        return say("fewer than five students: nobody could be held out, so these may not be published");
    };
    say(format!("{} students with {} answers held out and predicted:", held_out.students, held_out.answers));
    let line = |name: &str, measures: &Measures| {
        let Measures { auc, log_loss, ece, .. } = measures;
        say(format!("  {name:<24} AUC {auc:.4}  log loss {log_loss:.4}  ECE {ece:.4}"));
    };
    line("before, defaults", &held_out.before);
    line("after", &held_out.after);
    line("after, knowledge tracing", &held_out.after_tracing);
    say(if fitted.may_be_published {
        "may be published: not worse in held-out log loss"
    } else {
        "may not be published: worse in held-out log loss"
    });
}
