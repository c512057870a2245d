//! `cargo xtask test`: every set-up step, every test, one closing line.

mod tally;

use crate::build::{self, Profile};
use crate::project::Project;
use crate::setup::{self, Purpose, browser};
use crate::{command, tidy, wasm};
use anyhow::Result;
use std::process::Command;
use std::time::Instant;
use tally::{Reader, Tally};

#[derive(clap::Args)]
pub struct Arguments {
    /// Run only these
    #[arg(long, value_enum)]
    only: Vec<Stage>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Stage {
    /// The rules of the house
    Tidy,
    /// Every crate, both databases
    Rust,
    /// The web's own tests
    Web,
    /// People's journeys in a real browser
    Journeys,
}

impl Stage {
    /// The quick ones first, so that a slip shows within seconds.
    const ALL: [Self; 4] = [Self::Tidy, Self::Web, Self::Rust, Self::Journeys];

    fn name(self) -> &'static str {
        match self {
            Self::Tidy => "tidy",
            Self::Rust => "rust",
            Self::Web => "web",
            Self::Journeys => "journeys",
        }
    }
}

pub fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    let mut total = Tally::default();
    for line in setup::prepare(project, Purpose::Test)? {
        println!("skipped: {line}");
        // At home a missing tool costs some tests; in CI it would hide them.
        if project.ci {
            total.failed += 1;
        } else {
            total.skipped += 1;
        }
    }
    let mut lines = Vec::new();
    for stage in Stage::ALL.into_iter().filter(|stage| arguments.only.is_empty() || arguments.only.contains(stage)) {
        println!("── {}", stage.name());
        let begun = Instant::now();
        let tally = run_stage(project, stage).unwrap_or_else(|problem| {
            println!("{problem:#}");
            Tally { failed: 1, ..Tally::default() }
        });
        let line = format!("── {}: {tally}, {:.0} s", stage.name(), begun.elapsed().as_secs_f64());
        println!("{line}");
        lines.push(line);
        total += tally;
    }
    println!("\n{}\n{total}", lines.join("\n"));
    if total.failed > 0 {
        // The closing line is the last word.
        std::process::exit(1);
    }
    Ok(())
}

fn run_stage(project: &Project, stage: Stage) -> Result<Tally> {
    match stage {
        Stage::Tidy => {
            let report = tidy::inspect(project)?;
            println!("{report}");
            Ok(Tally { passed: report.rules_held(), failed: report.findings.len(), skipped: 0 })
        }
        Stage::Rust => {
            // One failing crate does not hide another.
            let mut cargo = command::cargo(project);
            counted(project, cargo.args(["test", "--workspace", "--no-fail-fast"]))
        }
        Stage::Web if project.has_web_script("test") => {
            wasm::build(project)?;
            counted(project, command::npm(project).args(["run", "--silent", "test"]))
        }
        Stage::Journeys if project.has_web_script("e2e") => journeys(project),
        Stage::Web | Stage::Journeys => {
            println!("skipped: web/ has no such tests yet");
            Ok(Tally { skipped: 1, ..Tally::default() })
        }
    }
}

/// The journeys walk through the binary that a school would start.
fn journeys(project: &Project) -> Result<Tally> {
    let Some(chromium) = browser::chromium() else {
        println!("skipped: no Chromium");
        return Ok(Tally { skipped: 1, ..Tally::default() });
    };
    let tandem = build::whole(project, Profile::Quick)?;
    let mut npm = command::npm(project);
    npm.env("TANDEM_BIN", tandem).env("CHROMIUM", chromium);
    counted(project, npm.args(["run", "--silent", "e2e"]))
}

/// Runs a test runner and counts what its own closing lines say.
fn counted(project: &Project, runner: &mut Command) -> Result<Tally> {
    if project.shared.is_dir() {
        runner.env("TANDEM_SHARED", &project.shared);
    }
    let mut reader = Reader::default();
    let well = command::watch(runner, |line| reader.read(line))?;
    let mut tally = reader.total();
    // A runner that failed without saying which test: it did not build, or it broke down.
    if !well && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}
