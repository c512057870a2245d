//! Where an importer reads from: a folder, an open archive or memory, all alike.

use std::collections::BTreeMap;

/// Files by path. Paths are relative, with `/` between their parts, whatever the system.
pub trait Source {
    /// Every file's path, in any order.
    fn paths(&self) -> Vec<String>;

    /// The bytes of one file, or in a few words why they cannot be had.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
}

/// Files held in memory: an unpacked archive, or a test's own.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// Bytes by path.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    /// The same with one more file.
    pub fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), bytes.into());
        self
    }
}

impl Source for Memory {
    fn paths(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.files.get(path).cloned().ok_or_else(|| "there is no such file".to_owned())
    }
}
