//! Building the one binary, with or without the front end inside.

use crate::command;
use crate::project::Project;
use crate::wasm;
use anyhow::{Context, Result};
use std::path::PathBuf;

/// Which build of the server a command needs.
#[derive(Clone, Copy)]
pub enum Profile {
    /// For working on it: no optimization.
    Dev,
    /// For a first start and the journeys: quick to build, fast where it is felt.
    Quick,
    /// For measuring, and for schools.
    Release,
}

/// Builds the browser's engine, web/ and then `tandem` with them inside; without a front end, or a place for it, it says so and builds plain.
pub fn whole(project: &Project, profile: Profile) -> Result<PathBuf> {
    let pages = project.has_web_script("build");
    if pages {
        wasm::build(project)?;
        eprintln!("build: web");
        command::run(command::npm(project).args(["run", "--silent", "build"]))?;
    } else {
        eprintln!("build: web/ is not here yet, so Tandem is built without its pages");
    }
    server(project, profile, pages)
}

/// Builds `tandem` and says where it is.
pub fn server(project: &Project, profile: Profile, pages: bool) -> Result<PathBuf> {
    let (name, folder) = match profile {
        Profile::Dev => ("dev", "debug"),
        Profile::Quick => ("quick", "quick"),
        Profile::Release => ("release", "release"),
    };
    let embed = pages && offers_feature(project, "embed-web")?;
    if pages && !embed {
        eprintln!("build: the server has no feature embed-web yet, so it is built without its pages");
    }
    eprintln!("build: tandem ({name})");
    let mut cargo = command::cargo(project);
    cargo.args(["build", "--package", "server", "--bin", "tandem", "--profile", name]);
    if embed {
        cargo.args(["--features", "embed-web"]);
    }
    command::run(&mut cargo).context("the server does not build")?;
    Ok(project.target.join(folder).join(if cfg!(windows) { "tandem.exe" } else { "tandem" }))
}

fn offers_feature(project: &Project, feature: &str) -> Result<bool> {
    let manifest = std::fs::read_to_string(project.root.join("crates/server/Cargo.toml"))?;
    let manifest: toml::Table = manifest.parse().context("crates/server/Cargo.toml")?;
    Ok(manifest.get("features").is_some_and(|features| features.get(feature).is_some()))
}
