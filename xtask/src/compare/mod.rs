//! `cargo xtask compare`: our models and those of others on the same answers, one after the other on this machine.
//!
//! The baselines lie beside the logs in the shared folder and are Python of their own; which Python is for the caller to
//! say, since pyBKT wants old packages. What is not there is said to be absent, and its line has no numbers.

mod baselines;
mod table;

use crate::build::{self, Profile};
use crate::command;
use crate::project::Project;
use anyhow::{Context, Result};
use baselines::Baselines;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use table::{Row, Took};

#[derive(clap::Args)]
pub struct Arguments {
    /// The Python that runs the baselines, with pyBKT built from source (see their README)
    #[arg(long)]
    python: Option<PathBuf>,
    /// This program instead of a release build
    #[arg(long)]
    tandem: Option<PathBuf>,
    /// Fits of knowledge tracing, ours and theirs by turns; the median counts
    #[arg(long, default_value_t = 5)]
    fits: usize,
    /// Only these logs
    #[arg(long)]
    log: Vec<String>,
}

/// A log by the name of its held-out students, and its files.
struct Log {
    name: &'static str,
    files: &'static [&'static str],
}

const LOGS: &[Log] = &[
    Log {
        name: "assist2009",
        files: &["assist2009-gervet/preprocessed_data_train.csv.gz", "assist2009-gervet/preprocessed_data_test.csv.gz"],
    },
    Log {
        name: "statics2011",
        files: &[
            "statics2011-gervet/preprocessed_data_train.csv.gz",
            "statics2011-gervet/preprocessed_data_test.csv.gz",
        ],
    },
    Log { name: "algebra2005t", files: &["algebra2005-gervet-test/preprocessed_data_test.csv.gz"] },
];

pub fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    let tandem = match &arguments.tandem {
        Some(ready) => ready.clone(),
        None => build::server(project, Profile::Release, false)?,
    };
    let baselines = Baselines::find(project, arguments.python.as_deref())?;
    let mut rows = Vec::new();
    for log in LOGS.iter().filter(|log| arguments.log.is_empty() || arguments.log.iter().any(|name| name == log.name)) {
        eprintln!("── {}", log.name);
        if let Some(missing) = missing(project, log) {
            rows.push(Row::absent(log.name, "all", &format!("no {}", missing.display())));
            continue;
        }
        rows.extend(tracing(project, log, &tandem, &baselines, arguments.fits)?);
        for model in ["response", "elo", "pfa"] {
            eprintln!("   tandem, {model}");
            rows.push(ours(project, log, &tandem, model)?);
        }
        rows.extend(baselines.others(log.name)?);
    }
    println!("{}", table::written(&rows));
    Ok(())
}

fn missing(project: &Project, log: &Log) -> Option<PathBuf> {
    let files = log.files.iter().map(|file| project.shared.join("data").join(file));
    files.chain([held_out(project, log)]).find(|file| !file.is_file())
}

fn held_out(project: &Project, log: &Log) -> PathBuf {
    project.shared.join("kt-baselines/splits").join(format!("{}.test_users.txt", log.name))
}

/// Knowledge tracing, theirs and ours by turns, so that what else the machine does meets both.
fn tracing(project: &Project, log: &Log, tandem: &Path, baselines: &Baselines, fits: usize) -> Result<Vec<Row>> {
    let mut rows: Vec<Row> = Vec::new();
    for nth in 0..fits.max(1) {
        eprintln!("   knowledge tracing, fit {} of {fits}", nth + 1);
        let mut of_round = vec![ours(project, log, tandem, "bkt")?];
        of_round.extend(baselines.tracing(log.name)?);
        if rows.is_empty() {
            rows = of_round;
        } else {
            rows.iter_mut().zip(of_round).for_each(|(row, other)| row.took.extend(other.took));
        }
    }
    Ok(rows)
}

fn ours(project: &Project, log: &Log, tandem: &Path, model: &str) -> Result<Row> {
    let mut command = Command::new(tandem);
    command.args(["engine", "evaluate", "--log"]);
    command.args(log.files.iter().map(|file| project.shared.join("data").join(file)));
    command.arg("--test-users").arg(held_out(project, log)).args(["--model", model, "--json"]);
    let printed = command::output(&mut command)?;
    let told: Value = serde_json::from_str(printed.trim()).with_context(|| format!("{}, {model}", log.name))?;
    let took = Took { clock: told["fit_seconds"].as_f64(), processor: told["fit_processor_seconds"].as_f64() };
    let name = format!("**Tandem, `{model}`**");
    Ok(Row::measured(log.name, &name, &told, ["auc", "rmse", "log_loss", "ece"], took))
}
