//! The engine natively, in Node and in a browser: the same answers and the same pre-tests, all checked to end alike.

use crate::command;
use crate::project::Project;
use crate::setup::{browser, node};
use crate::wasm;
use anyhow::{Context, Error, Result, bail};
use serde_json::Value;
use std::process::Command;

/// The graph of the pre-tests, in the shared folder.
const GRAPH: &str = "data/junyi-prereq/junyi_Exercise_table.csv";

/// A row a host.
pub fn run(project: &Project) -> Result<Vec<(String, Value)>> {
    node::prepare(project)?;
    browser::prepare().map_err(Error::msg)?;
    let graph = project.shared.join(GRAPH);
    if !graph.is_file() {
        bail!("the graph of the pre-tests is not there: {}", graph.display());
    }
    eprintln!("build: the engine natively (release)");
    let mut cargo = command::cargo(project);
    cargo.args(["build", "--release", "--package", "engine-wasm", "--example", "measured", "--features", "measure"]);
    command::run(&mut cargo)?;
    let measured = wasm::build_measured(project)?;
    wasm::build(project)?;
    let mut node = Command::new("node");
    node.current_dir(project.web()).args(["scripts/run.mjs", "e2e/engine-speed/measure.ts"]);
    node.arg(project.target.join("release/examples/measured"));
    node.arg(project.web().join("src/engine/engine.wasm")).arg(measured).arg(graph);
    if let Some(chromium) = browser::chromium() {
        node.env("TANDEM_CHROMIUM", chromium);
    }
    let printed = command::output(&mut node)?;
    let told: serde_json::Map<String, Value> =
        printed.lines().rev().find_map(|line| serde_json::from_str(line).ok()).context("no JSON object was printed")?;
    Ok(["native", "node", "browser"].into_iter().map(|host| (host.to_owned(), told[host].clone())).collect())
}
