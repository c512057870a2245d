//! `cargo xtask start`: from a fresh clone to a running demo school.

use crate::build::{self, Profile};
use crate::command;
use crate::project::Project;
use crate::setup::{self, Purpose};
use anyhow::{Context, Result, bail};
use std::net::TcpListener;
use std::process::Command;

#[derive(clap::Args)]
pub struct Arguments {
    /// Port on this machine; the next free one is taken if it is in use
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Go on with the demo school of the last start instead of making a new one
    #[arg(long)]
    keep: bool,
    /// Given to `tandem demo` as it is: `--students 60`, `--live`, `--oatutor PATH`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "DEMO ARGUMENTS")]
    demo: Vec<String>,
}

pub fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    let missing = setup::prepare(project, Purpose::Run)?;
    if !missing.is_empty() {
        bail!("cannot start yet:\n  {}", missing.join("\n  "));
    }
    let tandem = build::whole(project, Profile::Quick)?;
    let data = project.target.join("demo-school");
    if !arguments.keep && data.exists() {
        std::fs::remove_dir_all(&data).context("the demo school of the last start cannot be removed")?;
    }
    let mut command = Command::new(tandem);
    command.current_dir(&project.root).arg("demo").args(["--listen", &free_address(arguments.port)?]);
    if !arguments.demo.iter().any(|argument| argument == "--data" || argument == "--database-url") {
        command.arg("--data").arg(data);
    }
    // From here on the demo speaks for itself: where to look, who to be, how to stop.
    command::become_program(command.args(&arguments.demo))
}

fn free_address(wanted: u16) -> Result<String> {
    let free = (wanted..=wanted.saturating_add(20)).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok());
    let port = free.with_context(|| format!("ports {wanted} to {} are in use; choose one with --port", wanted + 20))?;
    if port != wanted {
        println!("start: port {wanted} is in use, taking {port}");
    }
    Ok(format!("127.0.0.1:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_passed_over() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        let address = free_address(port).unwrap();
        assert_ne!(address, format!("127.0.0.1:{port}"));
        assert!(address.starts_with("127.0.0.1:"));
    }
}
