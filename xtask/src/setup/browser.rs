//! The browser for the journeys: a system Chromium, and fonts for it to write with.

use super::apt;
use crate::command::which;
use std::path::{Path, PathBuf};

/// Finds a Chromium, or installs it with its fonts.
pub fn prepare() -> Result<(), String> {
    if chromium().is_none() {
        apt::install("Chromium, for the browser journeys", &["chromium"])?;
    }
    if !has_fonts(Path::new("/usr/share/fonts"), 3) {
        apt::install("fonts, for the browser", &["fonts-dejavu-core", "fonts-liberation"])?;
    }
    chromium().map(drop).ok_or_else(|| "Chromium, for the browser journeys: not found; set CHROMIUM to its path".into())
}

/// The Chromium to use: `CHROMIUM`, else the first known name on PATH.
pub fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from).filter(|file| file.is_file());
    named.or_else(|| {
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].into_iter().find_map(which)
    })
}

fn has_fonts(folder: &Path, depth: u8) -> bool {
    let Ok(entries) = folder.read_dir() else { return !cfg!(target_os = "linux") };
    entries.flatten().any(|entry| {
        let path = entry.path();
        let is_font = path.extension().is_some_and(|end| ["ttf", "otf", "ttc"].iter().any(|font| end == *font));
        is_font || (depth > 0 && path.is_dir() && has_fonts(&path, depth - 1))
    })
}
