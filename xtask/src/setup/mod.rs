//! Set-up steps: what a fresh machine with cargo, Node and npm lacks is installed or named, and what is there is left alone.

mod apt;
pub mod browser;
pub mod node;
pub mod postgres;
pub mod wasm;

use crate::project::Project;
use anyhow::Result;

/// What a command is about to do, and so what the machine must have for it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Build and run Tandem: Node and the web packages.
    Run,
    /// Run every test too: a browser, its fonts, PostgreSQL, the shared folder.
    Test,
}

/// Does every set-up step for that purpose. Hands back what is missing and could not be installed, a line each.
pub fn prepare(project: &Project, purpose: Purpose) -> Result<Vec<String>> {
    let mut missing = Vec::new();
    if let Err(problem) = node::prepare(project) {
        missing.push(format!("{problem:#}"));
    }
    if purpose == Purpose::Test {
        missing.extend(browser::prepare().err());
        missing.extend(postgres::prepare().err());
        if !project.shared.is_dir() {
            let folder = project.shared.display();
            missing.push(format!("real courses for the tests: no folder {folder}; set TANDEM_SHARED to where it lies"));
        }
    }
    Ok(missing)
}
