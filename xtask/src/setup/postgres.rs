//! PostgreSQL's own tools, for the throw-away clusters of the tests. No server is started here.

use super::apt;
use crate::command::{self, which};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Finds `initdb`, or installs PostgreSQL.
pub fn prepare() -> Result<(), String> {
    const WHAT: &str = "PostgreSQL, for the tests on both databases";
    if initdb().is_some() {
        return Ok(());
    }
    apt::install(WHAT, &["postgresql", "libpq-dev"])?;
    initdb().map(drop).ok_or_else(|| format!("{WHAT}: its `initdb` was not found"))
}

/// Debian keeps the server's tools off PATH, in a folder a version.
fn initdb() -> Option<PathBuf> {
    let named = which("pg_config").and_then(|tool| {
        let folder = command::output(Command::new(tool).arg("--bindir").stderr(Stdio::null())).ok()?;
        Some(Path::new(folder.trim()).join("initdb"))
    });
    let versions = Path::new("/usr/lib/postgresql").read_dir().into_iter().flatten().flatten();
    named
        .into_iter()
        .chain(which("initdb"))
        .chain(versions.map(|version| version.path().join("bin/initdb")))
        .find(|file| file.is_file())
}
