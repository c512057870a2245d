//! Reading logs: tab-separated `user_id item_id timestamp correct skill_id`, a line an answer, file order is time
//! order within a user. Seconds, 0 = unknown. The first line names the columns, in any order.

use crate::refit::{Log, LogBuilder};
use std::collections::BTreeSet;

const COLUMNS: [&str; 5] = ["user_id", "item_id", "timestamp", "correct", "skill_id"];

/// Why a log is refused, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The line, from 1.
    pub line: usize,
    /// In words.
    pub reason: String,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// Reads logs one after another into one.
#[derive(Default)]
pub struct Reader {
    builder: LogBuilder,
}

impl Reader {
    /// Adds the text of one file. A file without lines holds no answers.
    pub fn add(&mut self, text: &[u8]) -> Result<(), Refused> {
        let mut columns: Option<[usize; 5]> = None;
        for (nth, line) in text.split(|byte| *byte == b'\n').enumerate() {
            let refused = |reason: String| Refused { line: nth + 1, reason };
            let line = std::str::from_utf8(line).map_err(|_| refused("is not UTF-8 text".into()))?;
            let line = line.trim_end_matches('\r').trim_start_matches('\u{feff}');
            if line.is_empty() {
                continue;
            }
            match &columns {
                None => columns = Some(header(line).map_err(refused)?),
                Some(columns) => self.answer(line, columns).map_err(refused)?,
            }
        }
        Ok(())
    }

    fn answer(&mut self, line: &str, columns: &[usize; 5]) -> Result<(), String> {
        let mut fields = [""; 5];
        let mut count = 0;
        for (nth, field) in line.split('\t').enumerate() {
            if let Some(column) = columns.iter().position(|column| *column == nth) {
                fields[column] = field.trim();
            }
            count = nth + 1;
        }
        if let Some(column) = fields.iter().position(|field| field.is_empty()) {
            return Err(format!("{} is missing ({count} fields)", COLUMNS[column]));
        }
        let [user, item, at, correct, skill] = fields;
        let at: f64 = at.parse().map_err(|_| format!("timestamp `{at}` is not a number of seconds"))?;
        if !at.is_finite() || at < 0.0 {
            return Err(format!("timestamp `{at}` is not a number of seconds"));
        }
        let right = match correct {
            "0" | "0.0" => false,
            "1" | "1.0" => true,
            _ => return Err(format!("correct is `{correct}`, neither 0 nor 1")),
        };
        self.builder.add(user, item, skill, at, right);
        Ok(())
    }

    /// All answers read.
    pub fn finish(self) -> Log {
        self.builder.finish()
    }
}

fn header(line: &str) -> Result<[usize; 5], String> {
    let names: Vec<&str> = line.split('\t').map(str::trim).collect();
    let mut columns = [0; 5];
    for (column, name) in columns.iter_mut().zip(COLUMNS) {
        let mut places = names.iter().enumerate().filter(|(_, known)| **known == name);
        *column = places.next().ok_or_else(|| format!("no column is called {name}: the first line names them"))?.0;
        if places.next().is_some() {
            return Err(format!("two columns are called {name}"));
        }
    }
    Ok(columns)
}

/// Reads a list of users, one a line; an empty line names nobody.
pub fn read_users(text: &[u8]) -> Result<BTreeSet<String>, Refused> {
    let mut users = BTreeSet::new();
    for (nth, line) in text.split(|byte| *byte == b'\n').enumerate() {
        let refused = |reason: &str| Refused { line: nth + 1, reason: reason.into() };
        let line = std::str::from_utf8(line).map_err(|_| refused("is not UTF-8 text"))?.trim();
        if line.contains('\t') {
            return Err(refused("holds more than one user"));
        }
        if !line.is_empty() {
            users.insert(line.to_owned());
        }
    }
    Ok(users)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Log, String> {
        let mut reader = Reader::default();
        reader.add(text.as_bytes()).map_err(|refused| refused.to_string())?;
        Ok(reader.finish())
    }

    #[test]
    fn columns_are_found_by_name_and_students_stand_together() {
        let log =
            read("item_id\tuser_id\tcorrect\ttimestamp\tskill_id\r\ni\tu\t1\t5\tk\r\nj\tv\t0\t6\tk\ni\tu\t0\t4\tk\n")
                .expect("a log");
        let rows: Vec<(u32, u32, bool)> = log.attempts.iter().map(|a| (a.row, a.student, a.right)).collect();
        assert_eq!(rows, [(0, 0, true), (2, 0, false), (1, 1, false)]);
        assert_eq!((log.items.len(), log.skills.len()), (2, 1));
    }

    #[test]
    fn nothing_is_an_empty_log() {
        assert_eq!(read("").expect("a log"), Log::default());
        assert_eq!(read("user_id\titem_id\ttimestamp\tcorrect\tskill_id\n").expect("a log"), Log::default());
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_line_and_reason() {
        let head = "user_id\titem_id\ttimestamp\tcorrect\tskill_id\n";
        for (lines, said) in [
            ("1\t2\t0\t2\t3", "line 2: correct is `2`, neither 0 nor 1"),
            ("1\t2\t0\t1\t3\n1\t2\t0\t1", "line 3: skill_id is missing (4 fields)"),
            ("1\t2\tnoon\t1\t3", "line 2: timestamp `noon` is not a number of seconds"),
            ("1\t2\tNaN\t1\t3", "line 2: timestamp `NaN` is not a number of seconds"),
            ("\t2\t0\t1\t3", "line 2: user_id is missing (5 fields)"),
        ] {
            assert_eq!(read(&format!("{head}{lines}")).expect_err("no log"), said);
        }
        assert_eq!(
            read("1\t2\t0\t1\t3").expect_err("no log"),
            "line 1: no column is called user_id: the first line names them"
        );
        assert!(read_users(b"1\n2\t3\n").is_err());
        assert_eq!(read_users(b"1\n\n 2 \n").expect("users").len(), 2);
    }
}
