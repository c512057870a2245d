//! Reading logs: tab-separated `user_id item_id timestamp correct skill_id`, a line an answer, file order is time
//! order within a user. Seconds, 0 = unknown. The first line names the columns, in any order and with others between
//! them, or is an answer itself: then each line has these five fields in this order.

use crate::refit::{Log, LogBuilder};
use std::collections::BTreeSet;

const COLUMNS: [&str; 5] = ["user_id", "item_id", "timestamp", "correct", "skill_id"];
/// What some programs write before the first letter.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

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

/// So many refused lines are told, and then how many more there are.
const TOLD_MAX: usize = 20;

/// Reads logs one after another into one.
#[derive(Default)]
pub struct Reader {
    builder: LogBuilder,
}

/// Where the five columns stand, and how many fields a line has at most.
struct Columns {
    places: [usize; 5],
    fields: usize,
}

/// One line, read.
struct Answer<'l> {
    user: &'l str,
    item: &'l str,
    skill: &'l str,
    at: f64,
    right: bool,
}

impl Reader {
    /// Adds the text of one file. A file without lines holds no answers. Every line that is refused is told; a first line
    /// that is neither names nor an answer ends it, since nothing after it could be read.
    pub fn add(&mut self, text: &[u8]) -> Result<(), Vec<Refused>> {
        let mut columns: Option<Columns> = None;
        let (mut refused, mut more) = (Vec::new(), 0);
        for (nth, line) in lines(text) {
            let known = columns.is_some();
            match self.line(&mut columns, line) {
                Ok(()) => {}
                Err(_) if refused.len() == TOLD_MAX => more += 1,
                Err(reason) => refused.push(Refused { line: nth + 1, reason }),
            }
            if !known && columns.is_none() && !refused.is_empty() {
                break;
            }
        }
        if let (Some(last), 1..) = (refused.last_mut(), more) {
            last.reason += &format!("; and so are {more} lines after it");
        }
        if refused.is_empty() { Ok(()) } else { Err(refused) }
    }

    fn line(&mut self, columns: &mut Option<Columns>, line: &[u8]) -> Result<(), String> {
        let line = std::str::from_utf8(line).map_err(|_| "is not UTF-8 text".to_owned())?;
        if line.is_empty() {
            return Ok(());
        }
        let columns = match columns {
            Some(columns) => columns,
            none if names_columns(line) => {
                *none = Some(Columns::named(line)?);
                return Ok(());
            }
            none => none.insert(Columns::documented(line)?),
        };
        let answer = columns.answer(line)?;
        self.builder.add(answer.user, answer.item, answer.skill, answer.at, answer.right);
        Ok(())
    }

    /// All answers read.
    pub fn finish(self) -> Log {
        self.builder.finish()
    }
}

/// The lines with their numbers from 0, without line ends of either kind and without the mark before the first.
fn lines(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line)).enumerate()
}

/// True for a first line that is no answer: at least one of its fields is the name of a column.
fn names_columns(line: &str) -> bool {
    line.split('\t').any(|field| COLUMNS.contains(&field.trim()))
}

impl Columns {
    /// As the first line names them.
    fn named(line: &str) -> Result<Self, String> {
        let names: Vec<&str> = line.split('\t').map(str::trim).collect();
        let mut places = [0; 5];
        for (place, name) in places.iter_mut().zip(COLUMNS) {
            let mut found = names.iter().enumerate().filter(|(_, known)| **known == name);
            *place = found.next().ok_or_else(|| format!("no column is called {name}: the first line names others"))?.0;
            if found.next().is_some() {
                return Err(format!("two columns are called {name}"));
            }
        }
        Ok(Self { places, fields: names.len() })
    }

    /// In the documented order, if this first line is an answer.
    fn documented(line: &str) -> Result<Self, String> {
        let columns = Self { places: [0, 1, 2, 3, 4], fields: COLUMNS.len() };
        match columns.answer(line) {
            Ok(_) => Ok(columns),
            Err(reason) => {
                Err(format!("neither names the columns ({}) nor is an answer: {reason}", COLUMNS.join(", ")))
            }
        }
    }

    fn answer<'l>(&self, line: &'l str) -> Result<Answer<'l>, String> {
        let mut fields = [""; 5];
        let mut count = 0;
        for (nth, field) in line.split('\t').enumerate() {
            if let Some(column) = self.places.iter().position(|place| *place == nth) {
                fields[column] = field.trim();
            }
            count = nth + 1;
        }
        if let Some(column) = fields.iter().position(|field| field.is_empty()) {
            return Err(format!("{} is missing ({count} fields)", COLUMNS[column]));
        }
        if count > self.fields {
            return Err(format!("{count} fields in place of {}", self.fields));
        }
        let [user, item, at, correct, skill] = fields;
        let number = at.parse().ok().filter(|at: &f64| at.is_finite() && *at >= 0.0);
        let at = number.ok_or_else(|| format!("timestamp `{at}` is not a number of seconds"))?;
        let right = match correct {
            "0" | "0.0" => false,
            "1" | "1.0" => true,
            _ => return Err(format!("correct is `{correct}`, neither 0 nor 1")),
        };
        Ok(Answer { user, item, skill, at, right })
    }
}

/// Reads a list of users, one a line; an empty line names nobody.
pub fn read_users(text: &[u8]) -> Result<BTreeSet<String>, Refused> {
    let mut users = BTreeSet::new();
    for (nth, line) in lines(text) {
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
        let told = |refused: Vec<Refused>| refused.iter().map(Refused::to_string).collect::<Vec<_>>().join("; ");
        reader.add(text.as_bytes()).map_err(told)?;
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
    fn a_first_line_that_is_an_answer_names_no_columns() {
        let named = read("user_id\titem_id\ttimestamp\tcorrect\tskill_id\nu\ti\t5\t1\tk\nu\tj\t6.5\t0\tk\n");
        let named = named.expect("a log");
        assert_eq!(named.attempts.len(), 2);
        let bare = "u\ti\t5\t1\tk\nu\tj\t6.5\t0\tk\n";
        for text in [bare.to_owned(), bare.replace('\n', "\r\n"), format!("\u{feff}{bare}"), format!("\n{bare}\n")] {
            assert_eq!(read(&text).expect("a log"), named, "{text:?}");
        }
        let marked = "\u{feff}user_id\titem_id\ttimestamp\tcorrect\tskill_id\r\nu\ti\t5\t1\tk\r\n";
        assert_eq!(read(marked).expect("a log").attempts, named.attempts[..1]);
    }

    #[test]
    fn a_first_line_that_is_neither_is_refused() {
        let neither =
            "line 1: neither names the columns (user_id, item_id, timestamp, correct, skill_id) nor is an answer: ";
        for (line, reason) in [
            ("u\ti\t5\t1", "skill_id is missing (4 fields)"),
            ("u\ti\t5\t1\tk\tk", "6 fields in place of 5"),
            ("u\ti\tnoon\t1\tk", "timestamp `noon` is not a number of seconds"),
            ("u\ti\t1\t5\tk", "correct is `5`, neither 0 nor 1"),
            ("u,i,5,1,k", "item_id is missing (1 fields)"),
        ] {
            assert_eq!(read(line).expect_err("no log"), format!("{neither}{reason}"));
        }
        assert_eq!(read("u\ti\t5\t1\tk\nu\ti\t5\t1\tk\tk").expect_err("no log"), "line 2: 6 fields in place of 5");
        assert_eq!(
            read("u\ti\t5\t1\tk\nuser_id\titem_id\ttimestamp\tcorrect\tskill_id\n").expect_err("no log"),
            "line 2: timestamp `timestamp` is not a number of seconds"
        );
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
            read("user_id\titem_id\ttimestamp\tcorrect\n").expect_err("no log"),
            "line 1: no column is called skill_id: the first line names others"
        );
        assert_eq!(read(&format!("{head}1\t2\t0\t1\t3\t4")).expect_err("no log"), "line 2: 6 fields in place of 5");
        assert!(read(&head.replace("item_id", "user_id")).is_err(), "a column twice");
        let latin = [head.as_bytes(), b"1\tcaf\xe9\t0\t1\t3\n"].concat();
        assert_eq!(Reader::default().add(&latin).expect_err("no log")[0].to_string(), "line 2: is not UTF-8 text");
        assert!(read_users(b"1\n2\t3\n").is_err());
        let users = read_users(b"\xef\xbb\xbf1\r\n\r\n 2 \r\n").expect("users");
        assert_eq!(users.into_iter().collect::<Vec<_>>(), ["1", "2"]);
    }
}
