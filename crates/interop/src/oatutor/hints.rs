//! Pathways as our hints: a graph through `after`, scaffolds with hints of their own, and which hints give the
//! answer away.

use super::agreement;
use super::codes::Code;
use super::keys::{Asked, interaction};
use super::raw::Help;
use super::report::Report;
use super::text::{bare, convert, formulas};
use curriculum::{Hint, HintBody, HintId, Lang, Question, Text};
use std::collections::{BTreeMap, BTreeSet};

/// Scaffolds within scaffolds; the real ones are one deep.
const DEPTH_MAX: usize = 6;

/// What the hints of one step are read with.
pub struct Around<'a> {
    /// The language of the course.
    pub lang: &'a Lang,
    /// What the student reads before opening help.
    pub prompt: &'a str,
    /// All that may be read by then: the step and its whole pathway.
    pub seen: &'a str,
    /// The step's answer as upstream writes it.
    pub answer: &'a str,
    /// The answer stands among options, so that it was read before.
    pub is_chosen: bool,
}

/// Hints, and the names of the pictures that stand in them.
#[derive(Default)]
pub struct Converted {
    /// In the author's order.
    pub hints: Vec<Hint>,
    /// Pictures named in them.
    pub figures: Vec<String>,
}

/// Converts one pathway and counts what it holds.
pub fn hints(helps: &[Help], around: &Around<'_>, depth: usize, report: &mut Report) -> Converted {
    let mut converted = Converted::default();
    let after = dependencies(helps, report);
    let relied_on: BTreeSet<&HintId> = after.values().flatten().collect();
    for help in helps {
        let id = HintId(unused(&help.id, &converted.hints, report));
        let before = after.get(&help.id).cloned().unwrap_or_default();
        let text = convert(&help.text);
        let is_last = !relied_on.contains(&id);
        let title = Text::one(around.lang.clone(), convert(&help.title).markup);
        let bottom_out = gives_away(help, around, is_last);
        for formula in &text.broken {
            report.dispute(
                &help.id,
                "broken_formula",
                format!("`{formula}` cannot be drawn; it stands as it is written"),
            );
        }
        converted.figures.extend(text.figures);
        let text = Text::one(around.lang.clone(), text.markup);
        let Some(body) = body(help, text, around, depth, &mut converted.figures, report) else { continue };
        converted.hints.push(Hint { id, title, body, after: before, bottom_out });
    }
    let kept: BTreeSet<HintId> = converted.hints.iter().map(|hint| hint.id.clone()).collect();
    for hint in &mut converted.hints {
        hint.after.retain(|before| kept.contains(before));
    }
    converted
}

fn body(
    help: &Help,
    text: Text,
    around: &Around<'_>,
    depth: usize,
    figures: &mut Vec<String>,
    report: &mut Report,
) -> Option<HintBody> {
    if help.kind != "scaffold" {
        if help.kind != "hint" {
            report.dispute(&help.id, "unknown_help", format!("kind `{}` is shown as a hint", help.kind));
        }
        report.hints += 1;
        return Some(HintBody::Tell { text });
    }
    if help.answer.iter().any(|answer| Code::read(answer).is_some()) {
        report.dispute(&help.id, "scaffold_left_out", "wants a code of numbers and letters");
        return None;
    }
    let prompt = format!("{} {} {}", around.prompt, help.title, help.text);
    let asked = Asked {
        place: &help.id,
        problem_type: &help.problem_type,
        answer_type: &help.answer_type,
        answers: &help.answer,
        choices: &help.choices,
        prompt: &prompt,
        step: &help.text,
        seen: around.seen,
        lang: around.lang,
    };
    let mut interaction = match interaction(&asked, report) {
        Ok(interaction) => interaction,
        Err(reason) => {
            report.dispute(&help.id, "scaffold_left_out", reason);
            return None;
        }
    };
    for found in agreement::look(&asked, &mut String::new(), &mut interaction, report) {
        report.dispute(&help.id, found.code, found.detail);
    }
    report.scaffolds += 1;
    if depth + 1 >= DEPTH_MAX && !help.sub_hints.is_empty() {
        report.dispute(&help.id, "too_deep", format!("hints more than {DEPTH_MAX} deep are left out"));
        return Some(HintBody::Ask { question: Box::new(Question { prompt: text, interaction }), hints: Vec::new() });
    }
    let within = Around {
        lang: around.lang,
        prompt: &prompt,
        seen: around.seen,
        answer: help.answer.first().map_or("", String::as_str),
        is_chosen: help.problem_type == "MultipleChoice",
    };
    let inner = hints(&help.sub_hints, &within, depth + 1, report);
    figures.extend(inner.figures);
    Some(HintBody::Ask { question: Box::new(Question { prompt: text, interaction }), hints: inner.hints })
}

/// The hint's id, or the same with a mark where another hint of the pathway has it already.
fn unused(id: &str, taken: &[Hint], report: &mut Report) -> String {
    let mut own = id.to_owned();
    while taken.iter().any(|hint| hint.id.0 == own) {
        own.push_str("-again");
    }
    if own != id {
        report.repair(id, "hint_id_twice", id, &own, "two hints of the step had this id");
    }
    own
}

/// Dependencies by hint, without those that lead nowhere or around in a circle.
fn dependencies(helps: &[Help], report: &mut Report) -> BTreeMap<String, Vec<HintId>> {
    let known: BTreeSet<&str> = helps.iter().map(|help| help.id.as_str()).collect();
    let mut after: BTreeMap<String, Vec<HintId>> = BTreeMap::new();
    for help in helps {
        for before in &help.dependencies {
            let entry = after.get(&help.id);
            if entry.is_some_and(|list| list.iter().any(|id| id.0 == *before)) {
                continue;
            }
            if !known.contains(before.as_str()) {
                report.repair(&help.id, "unknown_dependency", before, "", "no hint of this step has that id");
            } else if *before == help.id || reaches(&after, before, &help.id) {
                report.repair(&help.id, "circular_dependency", before, "", "the hints would wait for each other");
            } else {
                after.entry(help.id.clone()).or_default().push(HintId(before.clone()));
            }
        }
    }
    after
}

/// Whether `target` must be opened before `from`, along dependencies taken so far.
fn reaches(after: &BTreeMap<String, Vec<HintId>>, from: &str, target: &str) -> bool {
    let mut open = vec![from];
    let mut seen = BTreeSet::new();
    while let Some(next) = open.pop() {
        if next == target {
            return true;
        }
        if seen.insert(next) {
            open.extend(after.get(next).into_iter().flatten().map(|id| id.0.as_str()));
        }
    }
    false
}

/// Whether a telling hint shows the answer. A formula does where it stands as a whole formula or as the end of one,
/// words where the hint says that something *is* them, or stops with them; in a hint that others follow either counts
/// only where it is long enough to be no accident and was not read in the question already, or is called the answer.
fn gives_away(help: &Help, around: &Around<'_>, is_last: bool) -> bool {
    let key = pressed(around.answer);
    if help.kind == "scaffold" || key.is_empty() {
        return false;
    }
    let says_so = bare(&format!("{} {}", help.title, help.text)).contains("answeris");
    if !around.answer.contains("$$") {
        return (is_last || says_so) && says(&help.text, around.answer);
    }
    let known = around.is_chosen || formulas(around.prompt).into_iter().any(|formula| pressed(formula) == key);
    if !is_last && !says_so && (known || key.chars().count() <= 3) {
        return false;
    }
    let ends = |formula: &str| {
        formula.strip_suffix(key.as_str()).is_some_and(|rest| rest.ends_with(['=', '<', '>']) || rest.ends_with("eq"))
    };
    formulas(&help.text).into_iter().map(pressed).any(|formula| formula == key || ends(&formula))
}

/// Whether the text says that something is, has or makes this, or is nothing else at its end.
fn says(text: &str, answer: &str) -> bool {
    let words =
        |text: &str| -> Vec<String> { text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect() };
    let (text, answer) = (words(text), words(answer));
    if answer.is_empty() {
        return false;
    }
    (0..text.len().saturating_sub(answer.len() - 1)).any(|at| {
        let here = text[at..at + answer.len()] == answer[..];
        let verb = text[..at].iter().rev().find(|word| !matches!(word.as_str(), "a" | "an" | "the" | "also"));
        let said = verb.is_some_and(|verb| SAYING.contains(&verb.as_str()));
        here && (said || at + answer.len() == text.len())
    })
}

const SAYING: [&str; 10] = ["is", "are", "be", "has", "have", "get", "makes", "equals", "called", "answer"];

/// The text without fences and spaces, in lower case.
fn pressed(text: &str) -> String {
    text.replace("$$", "")
        .replace("\\left", "")
        .replace("\\right", "")
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}
