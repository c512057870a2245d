//! `cargo xtask load`: builds what schools run and hands over to its load generator.

use crate::build::{self, Profile};
use crate::command;
use crate::project::Project;
use anyhow::Result;
use std::process::Command;

#[derive(clap::Args)]
pub struct Arguments {
    /// Given to `tandem load`: --students N --seconds S [--pace SECONDS] [--dashboards D] [--kill-after S]
    /// [--database sqlite|postgres] [--json]
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "LOAD ARGUMENTS")]
    load: Vec<String>,
}

pub fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    let tandem = build::server(project, Profile::Release, false)?;
    command::become_program(Command::new(tandem).current_dir(&project.root).arg("load").args(&arguments.load))
}
