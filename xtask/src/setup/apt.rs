//! Installing Debian packages, where we are root on Debian; elsewhere the caller says what to install.

use crate::command::{self, which};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// Installs the packages, or says in one line what the person is to do.
pub fn install(what: &str, packages: &[&str]) -> Result<(), String> {
    let list = packages.join(" ");
    if which("apt-get").is_none() {
        return Err(format!("{what}: please install it (on Debian: apt-get install {list})"));
    }
    if !is_root() {
        return Err(format!("{what}: please run `sudo apt-get install {list}`"));
    }
    eprintln!("setup: installing {what} ({list})");
    refresh_lists_once();
    let mut apt = apt_get();
    apt.args(["install", "-y", "--no-install-recommends"]).args(packages).stdout(Stdio::null());
    command::run(&mut apt).map_err(|problem| format!("{what}: {problem:#}"))
}

/// Package lists are fetched once a run; a failure shows itself when the package is then not found.
fn refresh_lists_once() {
    static DONE: OnceLock<()> = OnceLock::new();
    DONE.get_or_init(|| {
        let _ = command::run(apt_get().args(["update", "-q"]).stdout(Stdio::null()));
    });
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null());
    command
}

fn is_root() -> bool {
    command::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
