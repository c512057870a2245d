//! `cargo xtask fuzz [TARGET] [--seconds S]`: libFuzzer against every parser, on the stable compiler.
//!
//! What was found worth keeping stays in the build folder from run to run; the first inputs are the repository's own
//! fixtures, courses and corpora. A crash is written beside them and named.

use crate::command;
use crate::project::Project;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(clap::Args)]
pub struct Arguments {
    /// Only this target; without it all, one after the other
    target: Option<String>,
    /// How long each
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

/// What the fuzzer needs to see which ways an input went; all of it the stable compiler's.
const INSTRUMENTS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing";

/// One input at most so long (s), and so much memory (MB): above it, it counts as found.
const LIMITS: [&str; 2] = ["-timeout=20", "-rss_limit_mb=2048"];

pub fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    let names = targets(project)?;
    if let Some(name) = arguments.target.as_ref().filter(|name| !names.contains(name)) {
        bail!("there is no target {name}; there are {}", names.join(", "));
    }
    let folder = project.target.join("fuzz");
    let host = host()?;
    // With a target named, build scripts and macros stay without instruments.
    let mut build = command::cargo(project);
    build.args(["build", "--release", "--manifest-path", "fuzz/Cargo.toml", "--target", &host]);
    command::run(build.env("CARGO_TARGET_DIR", &folder).env("RUSTFLAGS", INSTRUMENTS))?;
    for name in names.iter().filter(|name| arguments.target.as_ref().is_none_or(|only| only == *name)) {
        let corpus = folder.join("corpus").join(name);
        fs::create_dir_all(&corpus)?;
        seed(project, name, &corpus)?;
        println!("── {name}: {} inputs to begin with", fs::read_dir(&corpus)?.count());
        let mut fuzzer = Command::new(folder.join(&host).join("release").join(name));
        fuzzer.arg(&corpus).args(LIMITS).arg(format!("-max_total_time={}", arguments.seconds));
        fuzzer.args(["-print_final_stats=1", "-verbosity=0"]);
        fuzzer.arg(format!("-artifact_prefix={}/{name}-", folder.display()));
        command::run(&mut fuzzer)
            .with_context(|| format!("{name} found something; the input lies in {}", folder.display()))?;
    }
    Ok(())
}

/// The files of `fuzz/targets`, by name.
fn targets(project: &Project) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(project.root.join("fuzz/targets"))? {
        names.extend(entry?.path().file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

fn host() -> Result<String> {
    let said = command::output(Command::new("rustc").arg("-vV"))?;
    let line = said.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    Ok(line.to_owned())
}

/// Writes what the repository itself has for a target into its corpus.
fn seed(project: &Project, target: &str, corpus: &Path) -> Result<()> {
    let root = &project.root;
    let inputs: Vec<String> = match target {
        "mathematics" => pairs(&root.join("crates/math/corpus/pairs.tsv"))?,
        "course_format" => vec![joined(&root.join("fixtures/course/tiny"))?],
        "oatutor" => vec![joined(&root.join("fixtures/oatutor"))?],
        "answer_log" => vec!["user_id\titem_id\ttimestamp\tcorrect\tskill_id\n1\t2\t0\t1\t3\n1\t2\t5\t0\t3\n".into()],
        "event_body" => bodies(&root.join("fixtures/accepted/events"))?,
        _ => texts(&root.join("courses"))?,
    };
    for (nth, input) in inputs.iter().enumerate() {
        fs::write(corpus.join(format!("of-ours-{nth}")), input)?;
    }
    Ok(())
}

fn pairs(table: &Path) -> Result<Vec<String>> {
    let text = fs::read_to_string(table)?;
    let pair = |line: &str| {
        let mut fields = line.split('\t');
        Some(format!("{}\n{}", fields.next()?, fields.next()?))
    };
    Ok(text.lines().filter_map(pair).step_by(7).collect())
}

fn bodies(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for path in files(folder)? {
        let stored: serde_json::Value = serde_json::from_str(&fs::read_to_string(path)?)?;
        found.push(stored["body"].to_string());
    }
    Ok(found)
}

fn texts(folder: &Path) -> Result<Vec<String>> {
    let pages = files(folder)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "md"));
    pages.map(|path| Ok(fs::read_to_string(path)?)).collect()
}

/// A folder's files as one text, cut at lines `=== path`, as the targets read it.
fn joined(folder: &Path) -> Result<String> {
    let mut whole = String::new();
    for path in files(folder)? {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let name = path.strip_prefix(folder).unwrap_or(&path).display();
        whole.push_str(&format!("=== {name}\n{text}\n"));
    }
    Ok(whole)
}

/// Every file below a folder, by path.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
