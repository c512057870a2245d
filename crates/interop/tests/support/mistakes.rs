//! Wrong answers written by hand, and what grading says to them.

#![allow(dead_code, reason = "each test and example uses its own part of this")]

use crate::course;
use curriculum::{KeyedItem, Lang};
use engine::grading::{Response, Verdict, grade};
use std::collections::{BTreeMap, BTreeSet};

/// One wrong answer and what was said.
pub struct Said {
    pub step: String,
    pub given: String,
    /// In the words of whoever wrote the answer.
    pub mistake: String,
    /// `general.<code>` without its beginning; `None`: only "look again".
    pub code: Option<String>,
    /// Whether the code names the mistake, as judged by eye in `names.tsv`, or row by row in `<file>_judged.tsv`.
    pub names_it: bool,
    /// Judged true row by row, but not about the mistake.
    pub remarks: bool,
    pub verdict: Verdict,
    pub micros: u128,
}

impl Said {
    pub fn share(&self) -> &'static str {
        match (&self.code, self.names_it) {
            (None, _) => "silent",
            (_, true) => "named",
            (_, false) if self.remarks => "remark",
            (Some(code), false) if math::Mistake::all().any(|one| one.code() == code && one.is_always_true()) => {
                "remark"
            }
            (_, false) => "FALSE",
        }
    }
}

/// Grades the file's answers on the real course; `None`, loudly, where it is absent.
pub fn said(file: &str) -> Option<Vec<Said>> {
    let imported = course::imported()?;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let read = |name: &str| std::fs::read_to_string(folder.join(format!("{name}.tsv"))).expect("the file is there");
    let names = read("names");
    let mut accepted: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in rows(&names) {
        accepted.entry(line[0]).or_default().extend(line[1].split(' '));
    }
    let by_row = std::fs::read_to_string(folder.join(format!("{file}_judged.tsv"))).unwrap_or_default();
    let judged = |verdict: &str| -> BTreeSet<(&str, &str, &str)> {
        rows(&by_row).filter(|row| row[3] == verdict).map(|row| (row[0], row[1], row[2])).collect()
    };
    let (judged_named, judged_remark) = (judged("named"), judged("remark"));
    let items: BTreeMap<_, _> = imported
        .course
        .items
        .values()
        .flat_map(|item| item.parts.iter().map(move |part| (part.id.as_str().to_owned(), item)))
        .collect();
    let text = read(file);
    // A step whose own key is wrong is not asked, so nobody can answer it wrong.
    let held: BTreeSet<&str> = imported.report.held_out.iter().map(|note| note.place.as_str()).collect();
    let said = rows(&text).filter(|row| !held.contains(row[0])).map(|row| {
        let item = items.get(row[0]).unwrap_or_else(|| panic!("no step {}", row[0]));
        let keyed = KeyedItem::new(item, 1, Lang::en()).expect("the course has no templates");
        let response = Response::Text { text: row[1].to_owned() };
        let timed = || {
            let started = std::time::Instant::now();
            let judgement = grade(&keyed, &row[0].into(), &response).expect("the part is there");
            (started.elapsed().as_micros(), judgement)
        };
        // The machine has other things to do as well: the quickest of five.
        let (micros, judgement) = (0..5).map(|_| timed()).min_by_key(|(micros, _)| *micros).expect("five times");
        let code = judgement.misconception.map(|id| id.as_str().trim_start_matches("general.").to_owned());
        let named = code.as_deref().is_some_and(|code| {
            let of_all = accepted.get(row[2]).is_some_and(|codes| codes.contains(&code));
            of_all || judged_named.contains(&(row[0], row[1], code))
        });
        let remarks = code.as_deref().is_some_and(|code| judged_remark.contains(&(row[0], row[1], code)));
        let [step, given, mistake] = [0, 1, 2].map(|at| row[at].to_owned());
        Said { step, given, mistake, code, names_it: named, remarks, verdict: judgement.verdict, micros }
    });
    Some(said.collect())
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

/// How many were named, got a remark that is true but does not name the mistake, were named wrongly, and were told
/// only "look again".
pub fn summary(said: &[Said]) -> String {
    let count = |share: &str| said.iter().filter(|one| one.share() == share).count();
    let [named, remark, wrong, silent] = ["named", "remark", "FALSE", "silent"].map(count);
    format!("{} answers: {named} named, {remark} a true remark, {wrong} false, {silent} silent", said.len())
}
