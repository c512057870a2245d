//! The plain-text course format: what authors write, read into a [`Course`] and written back.
//!
//! A course is a folder of TOML and Markdown files (`docs/reference/course-format.md` shows every key).
//! Reading is pure: it takes the files' texts by their path below the course's folder, and gives back the
//! course together with *all* problems, each with file and line. What cannot be read is left out; the rest of
//! the course is still there, so an author sees every problem at once.

mod node;
mod page;
mod read;
mod read_activity;
mod read_item;
mod read_skills;
mod write;
mod write_item;

#[cfg(test)]
pub(crate) mod tests;

use crate::Course;
use std::{collections::BTreeMap, fmt};

/// Files above this size are named as a problem and not read; a course's largest file is a hundredth of it.
pub const FILE_BYTES_MAX: usize = 2 * 1024 * 1024;

/// Scaffolds inside scaffolds are read this deep.
pub const SCAFFOLD_DEPTH_MAX: usize = 4;

/// Something in a course's files that an author must mend.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Path below the course's folder.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// What is wrong, in plain English.
    pub text: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.text)
    }
}

/// Reads a course from its files, by path below the course's folder (`course.toml`, `activities/fractions/read.md`).
///
/// The course is `None` only when `course.toml` is absent or holds no usable id. Problems come sorted by file and
/// line; none means that every line was understood. Whether the course teaches well is asked by [`crate::check`].
pub fn read(files: &BTreeMap<String, String>) -> (Option<Course>, Vec<Problem>) {
    read::course(files)
}

/// Writes a course as files that [`read`] reads back to the same course.
pub fn write(course: &Course) -> BTreeMap<String, String> {
    write::course(course)
}
