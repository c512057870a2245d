//! What turns the engine into WebAssembly: rustup's target where it is, else Debian's own compiler for the web, which
//! builds the standard library on the way.

use super::apt;
use crate::command;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target's name.
pub const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-19"];
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_LINKER: &str = "/usr/bin/wasm-ld-19";
const DEBIAN_SOURCE: &str = "/usr/lib/rustlib/src/rust/library";

/// A way to WebAssembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tools {
    /// The usual cargo knows the target.
    Rustup,
    /// Debian's packages.
    Debian,
}

/// Finds the tools, or installs Debian's.
pub fn prepare() -> Result<Tools, String> {
    const WHAT: &str = "WebAssembly, for the browser's engine";
    if let Some(tools) = find() {
        return Ok(tools);
    }
    apt::install(WHAT, &DEBIAN)?;
    find().ok_or_else(|| format!("{WHAT}: please run `rustup target add {TARGET}`"))
}

fn find() -> Option<Tools> {
    if target_folder().is_some_and(|folder| folder.is_dir()) {
        return Some(Tools::Rustup);
    }
    [DEBIAN_CARGO, DEBIAN_RUSTC, DEBIAN_LINKER, DEBIAN_SOURCE]
        .iter()
        .all(|piece| Path::new(piece).exists())
        .then_some(Tools::Debian)
}

/// Where the usual compiler keeps the target's standard library.
fn target_folder() -> Option<PathBuf> {
    let sysroot = command::output(Command::new("rustc").args(["--print", "sysroot"])).ok()?;
    Some(Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET))
}

impl Tools {
    /// Cargo, ready to build for the target; which crate and profile is for the caller to add.
    pub fn cargo(self) -> Command {
        match self {
            Self::Rustup => {
                let mut cargo = Command::new("cargo");
                cargo.args(["build", "--target", TARGET]);
                cargo
            }
            Self::Debian => {
                let mut cargo = Command::new(DEBIAN_CARGO);
                // The standard library is built along, so a panic can be a plain trap, without its words: a third smaller.
                cargo.args(["build", "--target", TARGET, "-Zbuild-std=std,panic_abort"]);
                cargo
                    .env("RUSTC", DEBIAN_RUSTC)
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER)
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Zunstable-options -Cpanic=immediate-abort");
                for name in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTC_WRAPPER"] {
                    cargo.env_remove(name);
                }
                cargo
            }
        }
    }
}
