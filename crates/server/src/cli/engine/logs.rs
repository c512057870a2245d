//! The files that the engine's commands read: logs of answers, lists of users, parameters.

use anyhow::{Context, bail};
use engine::{
    Parameters,
    evaluation::{Reader, Refused, read_users},
    refit::Log,
};
use flate2::read::MultiGzDecoder;
use std::{
    io::Read,
    path::{Path, PathBuf},
};

/// Reads logs one after another; those whose first bytes say gzip are unpacked.
pub fn read_logs(paths: &[PathBuf]) -> anyhow::Result<Log> {
    let mut reader = Reader::default();
    for path in paths {
        reader.add(&read(path)?).map_err(|refused| located(path, &refused))?;
    }
    Ok(reader.finish())
}

/// True for each student of the log, by number, who does not stand in the list: those are learnt from.
pub fn learn_from(log: &Log, test_users: &Path) -> anyhow::Result<Vec<bool>> {
    let users = read_users(&read(test_users)?).map_err(|refused| located(test_users, &refused))?;
    Ok(log.students.iter().map(|student| !users.contains(student)).collect())
}

/// Reads a set of parameters.
pub fn read_parameters(path: &Path) -> anyhow::Result<Parameters> {
    let text = read(path)?;
    let parameters: Parameters = serde_json::from_slice(&text).with_context(|| path.display().to_string())?;
    if parameters.version.is_empty() {
        bail!("{}: the parameters have no version", path.display());
    }
    Ok(parameters)
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let packed = std::fs::read(path).with_context(|| path.display().to_string())?;
    if !packed.starts_with(&[0x1f, 0x8b]) {
        return Ok(packed);
    }
    let mut text = Vec::new();
    MultiGzDecoder::new(&packed[..]).read_to_end(&mut text).with_context(|| path.display().to_string())?;
    Ok(text)
}

fn located(path: &Path, refused: &Refused) -> anyhow::Error {
    anyhow::anyhow!("{}, {refused}", path.display())
}
