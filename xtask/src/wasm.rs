//! Building the browser's engine: `web/src/engine/engine.wasm`, made here and never committed.

use crate::command;
use crate::project::Project;
use crate::setup::wasm::{self, TARGET, Tools};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;

/// Builds it where it can be built. Without the tools the pages work all the same, since the server judges every
/// answer; under CI that would hide a fault, and is one.
pub fn build(project: &Project) -> Result<()> {
    let made = project.web().join("src/engine/engine.wasm");
    let tools = match wasm::prepare() {
        Ok(tools) => tools,
        Err(problem) if project.ci => bail!(problem),
        Err(problem) => {
            eprintln!("build: the pages are built without the browser's engine; {problem}");
            let _ = fs::remove_file(&made);
            return Ok(());
        }
    };
    eprintln!("build: the browser's engine");
    let bytes = compiled(project, tools, &[])?;
    if fs::read(&made).is_ok_and(|before| before == bytes) {
        return Ok(());
    }
    fs::write(&made, bytes).with_context(|| made.display().to_string())
}

/// The same with work for measuring in it, which no browser of a school gets.
pub fn build_measured(project: &Project) -> Result<PathBuf> {
    let tools = wasm::prepare().map_err(anyhow::Error::msg)?;
    eprintln!("build: the browser's engine, for measuring");
    let bytes = compiled(project, tools, &["--features", "measure"])?;
    let made = project.target.join("wasm/measured.wasm");
    fs::write(&made, bytes).with_context(|| made.display().to_string())?;
    Ok(made)
}

fn compiled(project: &Project, tools: Tools, more: &[&str]) -> Result<Vec<u8>> {
    // A folder of its own: another compiler must not throw away what the usual one built.
    let folder = project.target.join("wasm");
    let mut cargo = tools.cargo();
    cargo.current_dir(&project.root).args(["--quiet", "--profile", "wasm", "--package", "engine-wasm"]).args(more);
    command::run(cargo.arg("--target-dir").arg(&folder)).context("the browser's engine does not build")?;
    Ok(fs::read(folder.join(TARGET).join("wasm/engine_wasm.wasm"))?)
}
