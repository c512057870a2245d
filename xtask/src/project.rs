//! Where things are: the repository, the build folder, the shared folder, and whether this is CI.

use anyhow::{Context, Result};
use std::env;
use std::path::{Path, PathBuf};

/// The repository this command works on. Made once in `main`, handed down, never looked up again.
pub struct Project {
    pub root: PathBuf,
    /// Cargo's build folder, absolute: `CARGO_TARGET_DIR`, or `target` in the repository.
    pub target: PathBuf,
    /// Real courses and answer logs for tests: `TANDEM_SHARED`, or `shared` beside the repository.
    pub shared: PathBuf,
    /// True under CI=true: what is missing then fails where it would be skipped at home.
    pub ci: bool,
}

impl Project {
    pub fn find() -> Result<Self> {
        let here = env::current_dir().context("the current folder cannot be read")?;
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository").to_path_buf();
        let absolute = |path: PathBuf| if path.is_absolute() { path } else { here.join(path) };
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| absolute(dir.into()));
        let shared = env::var_os("TANDEM_SHARED")
            .map_or_else(|| root.parent().unwrap_or(&root).join("shared"), |dir| absolute(dir.into()));
        let ci = env::var("CI").is_ok_and(|value| value == "true" || value == "1");
        Ok(Self { root, target, shared, ci })
    }

    pub fn web(&self) -> PathBuf {
        self.root.join("web")
    }

    /// True once the front end exists; before that each command says so in a line and goes on.
    pub fn has_web(&self) -> bool {
        self.web().join("package.json").is_file()
    }

    /// True where web/package.json offers this script, so that a command can say what is missing.
    pub fn has_web_script(&self, script: &str) -> bool {
        std::fs::read_to_string(self.web().join("package.json"))
            .ok()
            .and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok())
            .is_some_and(|package| package["scripts"][script].is_string())
    }
}
