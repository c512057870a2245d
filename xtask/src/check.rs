//! `cargo xtask check`: everything CI checks besides the tests. All of it runs, also after a failure.

use crate::project::Project;
use crate::setup::{self, Purpose};
use crate::{command, generate, tidy};
use anyhow::{Result, bail};
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// The version that CI builds.
const CARGO_DENY: &str = "0.20.2";

pub fn run(project: &Project) -> Result<()> {
    for line in setup::prepare(project, Purpose::Run)? {
        println!("check: missing: {line}");
    }
    let mut failed = Vec::new();
    let mut step = |name: &'static str, outcome: &mut dyn FnMut() -> Result<()>| {
        println!("── {name}");
        let begun = Instant::now();
        let outcome = outcome();
        if let Err(problem) = &outcome {
            println!("{problem:#}");
            failed.push(name);
        }
        let word = if outcome.is_ok() { "ok" } else { "FAILED" };
        println!("── {name}: {word}, {:.1} s", begun.elapsed().as_secs_f64());
    };

    step("format", &mut || command::run(command::cargo(project).args(["fmt", "--all", "--check"])));
    step("tidy", &mut || tidy::run(project));
    step("clippy", &mut || {
        let mut clippy = command::cargo(project);
        // What only measuring needs is code too.
        let features = ["--features", "engine-wasm/measure"];
        clippy.args(["clippy", "--workspace", "--all-targets"]).args(features);
        command::run(clippy.args(["--", "-D", "warnings"]))
    });
    step("fuzz targets", &mut || {
        // A workspace of their own: what a parser changes must reach them too.
        let fuzz = ["--manifest-path", "fuzz/Cargo.toml"];
        command::run(command::cargo(project).arg("fmt").args(fuzz).arg("--check"))?;
        command::run(command::cargo(project).arg("clippy").args(fuzz).args(["--locked", "--", "-D", "warnings"]))
    });
    step("licences and bans", &mut || licences(project));
    if project.has_web_script("check") {
        step("web", &mut || command::run(command::npm(project).args(["run", "--silent", "check"])));
    } else {
        println!("check: web/ has no script `check` yet");
    }
    step("generated files", &mut || generate::run(project, &generate::Arguments { check: true }));

    if failed.is_empty() {
        println!("check: all well");
        return Ok(());
    }
    bail!("check failed: {}", failed.join(", "))
}

/// Licences, bans and sources of every crate, by cargo-deny as deny.toml says.
fn licences(project: &Project) -> Result<()> {
    let Some(tool) = cargo_deny(project)? else {
        println!(
            "left out: cargo-deny is not installed (`cargo install cargo-deny --locked`); CI does not leave it out"
        );
        return Ok(());
    };
    let mut deny = Command::new(tool);
    command::run(deny.current_dir(&project.root).args(["--log-level", "warn", "check", "licenses", "bans", "sources"]))
}

/// The cargo-deny on PATH; CI builds its own once (about three minutes) and keeps it beside the build folder's cache.
fn cargo_deny(project: &Project) -> Result<Option<PathBuf>> {
    let own = project.target.join("tools");
    let installed = own.join("bin/cargo-deny");
    if let Some(tool) = command::which("cargo-deny").or_else(|| installed.is_file().then(|| installed.clone())) {
        return Ok(Some(tool));
    }
    if !project.ci {
        return Ok(None);
    }
    let mut cargo = command::cargo(project);
    cargo.args(["install", "--quiet", "--locked", "cargo-deny", "--version", CARGO_DENY, "--root"]).arg(&own);
    command::run(cargo.env("CARGO_TARGET_DIR", own.join("build")))?;
    std::fs::remove_dir_all(own.join("build"))?;
    Ok(Some(installed))
}
