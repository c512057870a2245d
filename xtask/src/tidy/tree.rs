//! The text files of the repository, read once for all rules.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Every text file that is the project's own work; what is built or fetched is left out.
pub struct Tree {
    /// Ordered by path.
    pub files: Vec<File>,
}

pub struct File {
    /// From the root of the repository, with `/` between the steps.
    pub path: String,
    pub text: String,
}

const LEFT_OUT: &[&str] = &["target", "node_modules", "dist", "coverage", ".git", ".sqlx"];
const TEXT: &[&str] = &[
    "rs", "toml", "md", "sql", "ts", "js", "mjs", "svelte", "css", "html", "json", "sh", "yml", "yaml", "csv", "txt",
    "run", "LICENSE",
];
/// Longer files are data, not work to be read.
const BYTES_MAX: u64 = 2_000_000;

impl Tree {
    pub fn read(root: &Path) -> Result<Self> {
        let mut files = Vec::new();
        read_folder(root, "", &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files })
    }

    /// The files at or under a path that end in one of these.
    pub fn under<'a>(&'a self, folder: &'a str, ends: &'a [&'a str]) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| file.path.starts_with(folder) && ends.contains(&file.end()))
    }

    /// True if there is this file, or a file in this folder.
    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
    }
}

impl File {
    /// The last step of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// What stands after the last dot, or the whole name.
    pub fn end(&self) -> &str {
        self.name().rsplit('.').next().unwrap_or_default()
    }

    /// The steps of the path above the name.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.path.rsplit('/').skip(1)
    }

    /// Lines with their numbers, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

fn read_folder(root: &Path, inside: &str, files: &mut Vec<File>) -> Result<()> {
    let folder = root.join(inside);
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if inside.is_empty() { name.clone() } else { format!("{inside}/{name}") };
        let kind = entry.file_type()?;
        if kind.is_dir() && !LEFT_OUT.contains(&name.as_str()) {
            read_folder(root, &path, files)?;
        } else if kind.is_file() && TEXT.contains(&name.rsplit('.').next().unwrap_or_default()) {
            let is_short = entry.metadata()?.len() <= BYTES_MAX;
            if let Some(text) = is_short.then(|| fs::read_to_string(entry.path()).ok()).flatten() {
                files.push(File { path, text });
            }
        }
    }
    Ok(())
}
