//! The files that the engine's commands read: logs of answers, lists of users, parameters.

use anyhow::{Context, bail};
use engine::{
    Parameters,
    evaluation::{Reader, Refused, read_users},
    refit::Log,
};
use flate2::read::MultiGzDecoder;
use std::{
    collections::BTreeSet,
    io::Read,
    path::{Path, PathBuf},
};

/// Reads logs one after another; those whose first bytes say gzip are unpacked.
pub fn read_logs(paths: &[PathBuf]) -> anyhow::Result<Log> {
    let mut reader = Reader::default();
    let mut problems = Vec::new();
    for path in paths {
        if let Err(refused) = reader.add(&read(path)?) {
            problems.extend(refused.iter().map(|refused| located(path, refused).to_string()));
        }
    }
    if problems.is_empty() { Ok(reader.finish()) } else { bail!(problems.join("\n")) }
}

/// True for each student of the log, by number, who does not stand in the list: those are learnt from.
pub fn learn_from(log: &Log, test_users: &Path) -> anyhow::Result<Vec<bool>> {
    let users = read_users(&read(test_users)?).map_err(|refused| located(test_users, &refused))?;
    let known: BTreeSet<&str> = log.students.iter().map(String::as_str).collect();
    let strangers: Vec<&str> = users.iter().map(String::as_str).filter(|user| !known.contains(user)).collect();
    if let [first, ..] = strangers[..] {
        let name = test_users.display();
        eprintln!("{name}: {} of {} users are not in the log, such as `{first}`", strangers.len(), users.len());
    }
    Ok(log.students.iter().map(|student| !users.contains(student)).collect())
}

/// Reads a set of parameters.
pub fn read_parameters(path: &Path) -> anyhow::Result<Parameters> {
    let text = read(path)?;
    let parameters: Parameters = serde_json::from_slice(&text).with_context(|| path.display().to_string())?;
    if parameters.version.is_empty() {
        bail!("{}: the parameters have no version", path.display());
    }
    if let Err(problem) = parameters.check() {
        bail!("{}: {problem}", path.display());
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

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn packed(text: &str) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(text.as_bytes()).expect("memory");
        packed.finish().expect("memory")
    }

    /// Reads one file after another.
    fn read(files: &[&[u8]]) -> Result<Log, String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |(nth, bytes): (usize, &&[u8])| {
            let path = folder.path().join(format!("{nth}.tsv"));
            std::fs::write(&path, bytes).expect("a file");
            path
        };
        let paths: Vec<PathBuf> = files.iter().enumerate().map(write).collect();
        read_logs(&paths).map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn logs_are_read_with_and_without_names_packed_and_plain() {
        let named = "user_id\titem_id\ttimestamp\tcorrect\tskill_id\n1\ti\t0\t1\tk\n";
        let bare = "\u{feff}2\ti\t0\t0\tk\r\n2\tj\t5\t1\tk\r\n";
        let plain = read(&[named.as_bytes(), bare.as_bytes()]).expect("a log");
        assert_eq!((plain.students.len(), plain.attempts.len()), (2, 3));
        assert_eq!(read(&[&packed(named), &packed(bare)]).expect("a log"), plain);
    }

    #[test]
    fn a_refused_log_is_named_with_line_and_reason() {
        let told = read(&[b"1\ti\t0\t1\tk\n", &packed("1\ti\t0\t1\tk\n1\ti\t0\tyes\tk\n")]).expect_err("no log");
        assert!(told.ends_with("1.tsv, line 2: correct is `yes`, neither 0 nor 1"), "{told}");
        let told = read(&[b"1\ti\t0\t1\tk\n1\ti\t0\t2\tk\n1\ti\t0\t1\n", b"1\ti\tx\t1\tk\n"]).expect_err("no log");
        let lines: Vec<&str> = told.lines().map(|line| line.rsplit_once("tsv, ").expect("a place").1).collect();
        assert_eq!(lines.len(), 3, "{told}");
        assert!(lines[0].starts_with("line 2: correct") && lines[1].starts_with("line 3: skill_id"), "{told}");
        let cut = packed(&"1\ti\t0\t1\tk\n".repeat(99));
        assert!(read(&[&cut[..cut.len() - 9]]).expect_err("no log").contains("0.tsv"));
    }
}
