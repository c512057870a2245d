//! The static check of a course: what an author should know before students meet it.
//!
//! [`crate::format::read`] says whether the files can be understood; this asks whether the course can be taught:
//! every reference leads somewhere, every question can be asked in every language, every key can be read, every
//! named wrong answer can be told from the right one, and every skill can become ready. It works on the course as
//! a value, so an imported course is checked by the same rules.

mod answers;
mod order;
mod shape;
mod supply;
mod words;

#[cfg(test)]
mod tests;

use crate::Course;
use std::fmt;

/// How many seeds each template is drawn with.
pub const SEEDS: usize = 200;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A student or teacher would meet something broken; such a course is not published.
    Error,
    /// Worth a look.
    Warning,
}

/// Something an author should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Errors come first.
    pub severity: Severity,
    /// A stable name of the rule, such as `buggy_equals_key`.
    pub code: &'static str,
    /// Where, such as ``item `same-paint`, part `a` ``.
    pub place: String,
    /// What, in a plain sentence.
    pub text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{severity} {}: {}: {}", self.code, self.place, self.text)
    }
}

/// Findings in the making; each rule says the same thing of the same place only once.
#[derive(Default)]
struct Findings(std::collections::BTreeMap<(Severity, String, &'static str, String), String>);

impl Findings {
    fn error(&mut self, code: &'static str, place: &str, text: impl Into<String>) {
        self.add(Severity::Error, code, place, "", text.into());
    }

    fn warning(&mut self, code: &'static str, place: &str, text: impl Into<String>) {
        self.add(Severity::Warning, code, place, "", text.into());
    }

    /// As [`Findings::error`], but several of one code may stand at one place, told apart by `detail`.
    fn error_about(&mut self, code: &'static str, place: &str, detail: &str, text: impl Into<String>) {
        self.add(Severity::Error, code, place, detail, text.into());
    }

    fn add(&mut self, severity: Severity, code: &'static str, place: &str, detail: &str, text: String) {
        self.0.entry((severity, place.to_owned(), code, detail.to_owned())).or_insert(text);
    }

    fn into_list(self) -> Vec<Finding> {
        self.0.into_iter().map(|((severity, place, code, _), text)| Finding { severity, code, place, text }).collect()
    }
}

/// Checks a course. The same course and seed give the same findings; errors come first, then by place.
pub fn check(course: &Course, seed: u64) -> Vec<Finding> {
    let mut findings = Findings::default();
    shape::check(course, &mut findings);
    order::check(course, &mut findings);
    words::check(course, &mut findings);
    answers::check(course, seed, &mut findings);
    supply::check(course, &mut findings);
    findings.into_list()
}
