//! Decisions about names and lists of names.

use crate::identity::fold_sign_in_name;
use std::collections::BTreeSet;

/// The most students that one request may add.
pub const STUDENTS_MAX: usize = 400;
const NAME_CHARS_MAX: usize = 80;

/// One name that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameLine {
    /// The line it stands on, from 1.
    pub line: usize,
    pub given_name: String,
    pub family_name: String,
}

/// A line that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LineProblem {
    /// From 1.
    pub line: usize,
    /// `too_long`, `not_a_name`, `twice` or `too_many`.
    pub code: &'static str,
    /// The line, shortened.
    pub text: String,
}

/// Reads a pasted list: a name a line, as "Ana Ruiz", "Ruiz, Ana" or in two columns of a spreadsheet (given
/// name first). Empty lines, numbering and a heading line are passed over.
pub fn read_names(text: &str) -> (Vec<NameLine>, Vec<LineProblem>) {
    let (mut names, mut problems, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (index, raw) in text.lines().enumerate() {
        let line = index + 1;
        let mut problem = |code| {
            problems.push(LineProblem { line, code, text: raw.trim().chars().take(60).collect() });
        };
        let cleaned = without_number(raw.trim_start_matches('\u{feff}').trim());
        if cleaned.is_empty() || (line == 1 && is_heading(cleaned)) {
            continue;
        }
        let (given_name, family_name) = split_name(cleaned);
        let long = |name: &str| name.chars().count() > NAME_CHARS_MAX;
        if names.len() >= STUDENTS_MAX {
            problem("too_many");
            break;
        } else if long(&given_name) || long(&family_name) {
            problem("too_long");
        } else if !given_name.chars().any(char::is_alphabetic) || cleaned.chars().any(is_odd) {
            problem("not_a_name");
        } else if !seen.insert((given_name.to_lowercase(), family_name.to_lowercase())) {
            problem("twice");
        } else {
            names.push(NameLine { line, given_name, family_name });
        }
    }
    (names, problems)
}

fn is_odd(letter: char) -> bool {
    (letter.is_control() && letter != '\t') || matches!(letter, '<' | '>' | '{' | '}' | '@')
}

/// Drops "12." or "12)" or "12<tab>" at the beginning.
fn without_number(line: &str) -> &str {
    let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    match rest.chars().next() {
        Some('.' | ')' | '\t' | ' ' | ';') if rest.len() < line.len() => rest[1..].trim(),
        _ => line,
    }
}

fn is_heading(line: &str) -> bool {
    let folded = line.to_lowercase();
    ["name", "student", "nombre", "alumno", "estudiante"]
        .iter()
        .any(|word| folded.split(|c: char| !c.is_alphabetic()).any(|part| part == *word))
}

fn split_name(line: &str) -> (String, String) {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((given, family)) = line.split_once(['\t', ';']) {
        return (words(given), words(family));
    }
    if let Some((family, given)) = line.split_once(',') {
        return (words(given), words(family));
    }
    match line.split_once(char::is_whitespace) {
        Some((given, family)) => (words(given), words(family)),
        None => (words(line), String::new()),
    }
}

/// A sign-in name that nobody in the school has: given name, then the family name's letters as needed, then a number.
pub fn free_sign_in_name(given_name: &str, family_name: &str, taken: &BTreeSet<String>) -> String {
    let given = fold_sign_in_name(given_name.split_whitespace().next().unwrap_or(given_name));
    let given = if given.is_empty() { "student".to_owned() } else { given };
    let family: Vec<char> = fold_sign_in_name(family_name).chars().collect();
    let with_letters =
        (0..=family.len().min(3)).map(|count| format!("{given}{}", family[..count].iter().collect::<String>()));
    let numbered = (2..).map(|number| format!("{given}{number}"));
    with_letters.chain(numbered).find(|name| !taken.contains(name)).expect("numbers do not end")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)], problems: &[&str]) {
        let (names, found) = read_names(text);
        let names: Vec<_> = names.iter().map(|name| (name.given_name.as_str(), name.family_name.as_str())).collect();
        assert_eq!(names, expected);
        assert_eq!(found.iter().map(|problem| problem.code).collect::<Vec<_>>(), problems);
    }

    #[test]
    fn names_are_read_however_they_are_pasted() {
        check("Ana Ruiz\nLi, Ben\nKai\tNakamura", &[("Ana", "Ruiz"), ("Ben", "Li"), ("Kai", "Nakamura")], &[]);
        check(
            "Student name\r\n1. Ana María Ruiz Soto\r\n\r\n2) Cher",
            &[("Ana", "María Ruiz Soto"), ("Cher", "")],
            &[],
        );
        check("محمد علي", &[("محمد", "علي")], &[]);
    }

    #[test]
    fn a_line_that_is_no_name_is_named_and_the_rest_is_kept() {
        check("Ana Ruiz\n12345\nana ruiz\n<script>", &[("Ana", "Ruiz")], &["not_a_name", "twice", "not_a_name"]);
    }

    #[test]
    fn a_sign_in_name_takes_letters_of_the_family_name_only_when_needed() {
        let taken: BTreeSet<String> = ["ana", "anar"].map(String::from).into();
        assert_eq!(free_sign_in_name("Ana", "Ruiz", &BTreeSet::new()), "ana");
        assert_eq!(free_sign_in_name("Ana", "Ruiz", &taken), "anaru");
        assert_eq!(free_sign_in_name("Ana", "", &taken), "ana2");
    }
}
