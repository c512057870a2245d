//! Adding up what test runners say of themselves.

use std::fmt;
use std::ops::AddAssign;

/// How many tests passed, failed and could not run.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
}

/// Reads a runner's output line by line and counts what its closing lines say.
#[derive(Default)]
pub struct Reader {
    tally: Tally,
    /// Tests that said `skipped: why` and that the next closing line of cargo will call passed.
    said_skipped: usize,
}

impl Reader {
    /// Knows the closing lines of cargo test, of Vitest, and the plain one of our journeys.
    pub fn read(&mut self, line: &str) {
        let line = without_colours(line);
        let line = line.trim();
        if line.starts_with("skipped: ") {
            self.said_skipped += 1;
        } else if let Some(counts) = line.strip_prefix("test result: ") {
            let mut counts = counts_in(counts.split_once(". ").map_or("", |(_, counts)| counts), ';');
            let skipped = std::mem::take(&mut self.said_skipped).min(counts.passed);
            counts.passed -= skipped;
            counts.skipped += skipped;
            self.tally += counts;
        } else if let Some(counts) = line.strip_prefix("Tests ") {
            self.tally += counts_in(counts, '|');
        } else if is_plain_closing_line(line) {
            self.tally += counts_in(line, ',');
        }
    }

    pub fn total(self) -> Tally {
        self.tally
    }
}

fn is_plain_closing_line(line: &str) -> bool {
    let parts: Vec<_> = line.split(", ").filter_map(number_and_word).collect();
    parts.len() == line.split(", ").count()
        && matches!(parts.as_slice(), [(_, "passed"), (_, "failed")] | [(_, "passed"), (_, "failed"), (_, "skipped")])
}

fn counts_in(text: &str, separator: char) -> Tally {
    let mut tally = Tally::default();
    for (number, word) in text.split(separator).filter_map(|part| number_and_word(part.trim())) {
        match word {
            "passed" => tally.passed += number,
            "failed" => tally.failed += number,
            "ignored" | "skipped" | "todo" => tally.skipped += number,
            _ => {}
        }
    }
    tally
}

/// `12 passed` and `12 passed (15)`: the number and the word after it.
fn number_and_word(part: &str) -> Option<(usize, &str)> {
    let (number, rest) = part.split_once(' ')?;
    let word = rest.split_once(" (").map_or(rest, |(word, _)| word);
    Some((number.parse().ok()?, word))
}

/// Takes out the escape sequences that colour a terminal.
fn without_colours(line: &str) -> String {
    let mut rest = line;
    let mut plain = String::new();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain + rest
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &str, expected: &str) {
        let mut reader = Reader::default();
        lines.lines().for_each(|line| reader.read(line));
        assert_eq!(reader.total().to_string(), expected, "{lines}");
    }

    #[test]
    fn every_runner_is_counted_by_its_closing_line() {
        check(
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s",
            "3 passed, 0 failed, 1 skipped",
        );
        check("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured", "3 passed, 2 failed, 0 skipped");
        check(
            " Test Files  1 failed | 4 passed (5)\n      Tests  1 failed | 11 passed | 2 skipped (14)",
            "11 passed, 1 failed, 2 skipped",
        );
        check(
            "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m7 passed\u{1b}[39m (7)",
            "7 passed, 0 failed, 0 skipped",
        );
        check("4 passed, 1 failed, 0 skipped", "4 passed, 1 failed, 0 skipped");
        check("4 passed, 0 failed", "4 passed, 0 failed, 0 skipped");
    }

    #[test]
    fn a_test_that_says_skipped_is_not_counted_as_passed() {
        check(
            "skipped: no PostgreSQL\ntest result: ok. 3 passed; 0 failed; 0 ignored",
            "2 passed, 0 failed, 1 skipped",
        );
    }

    #[test]
    fn other_lines_count_nothing() {
        check(
            "running 12 tests\nsaw 4 passed, as expected\n12 failed attempts, 3 passed",
            "0 passed, 0 failed, 0 skipped",
        );
    }
}
