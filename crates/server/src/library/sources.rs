//! Reading course files from disk: a folder in our own format, or an OATutor tree, packed or not.

use flate2::read::GzDecoder;
use std::{
    collections::BTreeMap,
    io::{self, Read},
    path::{Component, Path},
};

/// A folder or archive larger than this is not a course.
const BYTES_MAX: u64 = 512 * 1024 * 1024;
const FILES_MAX: usize = 200_000;

/// The text files of a course folder in our own format, by their path within it.
pub fn course_files(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for (name, bytes) in walk(folder)? {
        if name.ends_with(".toml") || name.ends_with(".md") {
            let text = String::from_utf8(bytes)
                .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, format!("{name} is not UTF-8 text")))?;
            files.insert(name, text);
        }
    }
    Ok(files)
}

/// The files of an OATutor tree: a folder, or a folder that holds `content-pool.tar.gz` beside its JSON files.
pub fn oatutor_source(path: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for (name, bytes) in walk(path)? {
        if name.ends_with(".tar.gz") || name.ends_with(".tgz") {
            unpack(&name, &bytes, &mut files)?;
        } else {
            files.insert(name, bytes);
        }
    }
    Ok(files)
}

fn walk(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    let mut bytes_left = BYTES_MAX;
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        let mut entries: Vec<_> = std::fs::read_dir(&next)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", next.display())))?
            .collect::<io::Result<_>>()?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                open.push(path);
                continue;
            }
            let size = entry.metadata()?.len();
            bytes_left = bytes_left.checked_sub(size).ok_or_else(|| too_large(folder))?;
            if found.len() >= FILES_MAX {
                return Err(too_large(folder));
            }
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            found.push((name, std::fs::read(&path)?));
        }
    }
    Ok(found)
}

fn unpack(archive: &str, bytes: &[u8], files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    let mut archive_reader = tar::Archive::new(GzDecoder::new(bytes).take(BYTES_MAX));
    for entry in archive_reader.entries()? {
        let entry = entry?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let path = entry.path()?.into_owned();
        if !path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("{archive}: {} leads outside", path.display()),
            ));
        }
        let name = path.to_string_lossy().trim_start_matches("./").to_owned();
        let mut body = Vec::new();
        entry.take(BYTES_MAX).read_to_end(&mut body)?;
        files.insert(name, body);
        if files.len() > FILES_MAX {
            return Err(too_large(Path::new(archive)));
        }
    }
    Ok(())
}

fn too_large(path: &Path) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{} holds more than a course can", path.display()))
}
