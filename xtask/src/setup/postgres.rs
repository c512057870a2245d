//! PostgreSQL's own tools, for the throw-away clusters of the tests. No server is started here.

use super::apt;
use crate::command::{self, which};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Finds `initdb`, or installs PostgreSQL.
pub fn prepare() -> Result<(), String> {
    const WHAT: &str = "PostgreSQL, for the tests on both databases";
    if initdb().is_some() {
        return Ok(());
    }
    apt::install(WHAT, &["postgresql"])?;
    initdb().map(drop).ok_or_else(|| format!("{WHAT}: its `initdb` was not found"))
}

/// Debian keeps the server's tools off PATH, in a folder a version; `pg_config` names it, and the tests ask it too.
fn initdb() -> Option<PathBuf> {
    let tool = which("pg_config")?;
    let folder = command::output(Command::new(tool).arg("--bindir")).ok()?;
    Some(Path::new(folder.trim()).join("initdb")).filter(|file| file.is_file())
}
