//! Node, npm and the packages of web/: fetched again only when the lock file changed.

use crate::command::{self, which};
use crate::project::Project;
use anyhow::{Context, Result, bail};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::process::{Command, Stdio};

/// The oldest Node that the web tools run on.
const NODE_MAJOR_MIN: u32 = 20;

/// Checks Node and fetches the web packages where they are not those of the lock file.
pub fn prepare(project: &Project) -> Result<()> {
    let version = node_version().unwrap_or_default();
    if major(&version) < NODE_MAJOR_MIN || which("npm").is_none() {
        bail!("Node {NODE_MAJOR_MIN} or newer with npm: please install it (on Debian: apt-get install nodejs npm)");
    }
    if !project.has_web() {
        eprintln!("setup: web/ is not here yet, so its packages are not fetched");
        return Ok(());
    }
    fetch_packages(project, &version)
}

fn fetch_packages(project: &Project, node_version: &str) -> Result<()> {
    let web = project.web();
    let stamp_file = web.join("node_modules/.fetched-for");
    let lock = fs::read(web.join("package-lock.json")).ok();
    let stamp = fingerprint(lock.as_deref().unwrap_or_default(), node_version);
    if lock.is_some() && fs::read_to_string(&stamp_file).is_ok_and(|text| text == stamp) {
        return Ok(());
    }
    // Without a lock file there is nothing to be exact about; npm then writes one.
    let verb = if lock.is_some() { "ci" } else { "install" };
    eprintln!("setup: fetching the web packages (npm {verb})");
    command::run(command::npm(project).args([verb, "--no-audit", "--loglevel=error"]).stdin(Stdio::null()))?;
    let lock = fs::read(web.join("package-lock.json")).context("npm left no package-lock.json")?;
    fs::create_dir_all(web.join("node_modules"))?;
    fs::write(&stamp_file, fingerprint(&lock, node_version)).context("the stamp beside the web packages")
}

/// Native packages are built for one Node, so its version is part of what was fetched.
fn fingerprint(lock: &[u8], node_version: &str) -> String {
    let mut hasher = DefaultHasher::new();
    (lock, node_version).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn node_version() -> Option<String> {
    which("node")?;
    Some(command::output(Command::new("node").arg("--version")).ok()?.trim().to_owned())
}

fn major(version: &str) -> u32 {
    version.trim_start_matches('v').split('.').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_node_prints() {
        assert_eq!((major("v20.20.2"), major("22.1.0"), major("")), (20, 22, 0));
    }

    #[test]
    fn packages_are_fetched_again_for_another_lock_file_or_another_node() {
        let first = fingerprint(b"lock", "v20.1.0");
        assert_eq!(first, fingerprint(b"lock", "v20.1.0"));
        assert_ne!(first, fingerprint(b"lock two", "v20.1.0"));
        assert_ne!(first, fingerprint(b"lock", "v22.1.0"));
    }
}
