//! What people read: every text in every language, formulas that draw, short enough.

use super::Findings;
use crate::{ActivityKind, Course, Figure, Hint, HintBody, Interaction, Item, Lang, Question, Text, markup};

/// About a minute for a reader in grade 5: nobody reads longer without something to do.
const READING_WORDS_MAX: usize = 120;

pub(super) fn check(course: &Course, findings: &mut Findings) {
    let languages = &course.languages;
    let mut look = |place: &str, text: &Text| one(place, text, languages, findings);
    look("the course, title", &course.title);
    for unit in &course.units {
        look(&format!("unit `{}`, title", unit.id), &unit.title);
    }
    for lesson in course.lessons() {
        look(&format!("lesson `{}`, title", lesson.id), &lesson.title);
    }
    for activity in course.lessons().flat_map(|lesson| &lesson.activities) {
        look(&format!("activity `{}`, title", activity.id), &activity.title);
        look(&format!("activity `{}`, body", activity.id), &activity.body);
    }
    for skill in &course.skills {
        look(&format!("skill `{}`, name", skill.id), &skill.name);
        look(&format!("skill `{}`, can", skill.id), &skill.can);
    }
    for one in course.misconceptions.values() {
        look(&format!("misconception `{}`, name", one.id), &one.name);
        look(&format!("misconception `{}`, truth", one.id), &one.truth);
        look(&format!("misconception `{}`, conflict", one.id), &one.conflict);
    }
    for item in course.items.values() {
        let formulas = !item.is_template();
        each_text(item, &mut |place, text| {
            missing(place, text, languages, findings);
            if formulas {
                drawable(place, text, findings);
                places_left(place, text, findings);
            }
        });
        figures(item, findings);
        length(item, findings);
    }
    reading(course, findings);
    titles(course, findings);
}

fn one(place: &str, text: &Text, languages: &[Lang], findings: &mut Findings) {
    missing(place, text, languages, findings);
    drawable(place, text, findings);
    places_left(place, text, findings);
}

/// A text that is there in one language must be there in all; a language the course does not have is noise.
fn missing(place: &str, text: &Text, languages: &[Lang], findings: &mut Findings) {
    if text.is_empty() {
        return;
    }
    for lang in languages {
        if text.0.get(lang).is_none_or(|string| string.trim().is_empty()) {
            findings.error_about("language", place, &lang.0, format!("it has no text in `{}`", lang.0));
        }
    }
    for lang in text.0.keys().filter(|lang| !languages.contains(lang)) {
        let text = format!("it has text in `{}`, which is not a language of the course", lang.0);
        findings.error_about("language", place, &lang.0, text);
    }
}

/// Formulas that the screen cannot draw.
pub(super) fn drawable(place: &str, text: &Text, findings: &mut Findings) {
    for (lang, string) in &text.0 {
        for formula in markup::broken_formulas(string) {
            let text = format!("in `{}`, the formula `{formula}` cannot be drawn", lang.0);
            findings.error_about("formula", place, &formula, text);
        }
        if markup::has_loose_dollar(string) {
            let text = format!("in `{}`, a `$` belongs to no whole formula; money is written `\\$`", lang.0);
            findings.error_about("formula", place, "$", text);
        }
    }
}

/// `{{...}}` in a text that is never filled.
fn places_left(place: &str, text: &Text, findings: &mut Findings) {
    for (lang, string) in &text.0 {
        // Inside a formula two braces are LaTeX.
        if markup::outside_formulas(string).contains("{{") {
            findings.error(
                "place",
                place,
                format!("in `{}`, there is a place `{{{{` but nothing to fill it with", lang.0),
            );
        }
    }
}

/// Visits every text of an item that a student may read.
pub(super) fn each_text(item: &Item, visit: &mut impl FnMut(&str, &Text)) {
    let place = format!("item `{}`", item.id);
    visit(&format!("{place}, title"), &item.title);
    visit(&format!("{place}, stem"), &item.stem);
    for figure in &item.figures {
        visit(&format!("{place}, figure"), &figure.alternative);
    }
    for part in &item.parts {
        let place = format!("{place}, part `{}`", part.id);
        each_text_of_question(&place, &part.question, visit);
        each_text_of_hints(&place, &part.hints, visit);
        visit(&format!("{place}, solution"), &part.solution);
        for buggy in &part.buggy {
            visit(&format!("{place}, feedback on `{}`", buggy.misconception), &buggy.feedback);
        }
    }
}

fn each_text_of_question(place: &str, question: &Question, visit: &mut impl FnMut(&str, &Text)) {
    visit(&format!("{place}, prompt"), &question.prompt);
    match &question.interaction {
        Interaction::Choice { options, .. } | Interaction::MultipleChoice { options, .. } => {
            for option in options {
                visit(&format!("{place}, option `{}`", option.id), &option.text);
            }
        }
        Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) => {
            if let Some(unit) = &key.unit {
                visit(&format!("{place}, unit"), &unit.shown);
            }
        }
        Interaction::ShortText { accepted } => {
            accepted.iter().for_each(|text| visit(&format!("{place}, answer"), text));
        }
    }
}

fn each_text_of_hints(place: &str, hints: &[Hint], visit: &mut impl FnMut(&str, &Text)) {
    for hint in hints {
        let place = format!("{place}, hint `{}`", hint.id);
        visit(&format!("{place}, title"), &hint.title);
        match &hint.body {
            HintBody::Tell { text } => visit(&place, text),
            HintBody::Ask { question, hints } => {
                each_text_of_question(&place, question, visit);
                each_text_of_hints(&place, hints, visit);
            }
        }
    }
}

fn figures(item: &Item, findings: &mut Findings) {
    let silent = |figure: &&Figure| figure.alternative.is_empty();
    let count = item.figures.iter().filter(silent).count();
    if count > 0 {
        let text = format!("{count} of its figures has no alternative text for people who cannot see it");
        findings.warning("figure_text", &format!("item `{}`", item.id), text);
    }
}

fn length(item: &Item, findings: &mut Findings) {
    for part in &item.parts {
        let words = longest(&item.stem) + longest(&part.question.prompt);
        if words > READING_WORDS_MAX {
            let text = format!("{words} words to read before answering; {READING_WORDS_MAX} are enough");
            findings.warning("reading_length", &format!("item `{}`, part `{}`", item.id, part.id), text);
        }
    }
}

fn longest(text: &Text) -> usize {
    text.0.values().map(|string| markup::words(string).split_whitespace().count()).max().unwrap_or(0)
}

fn reading(course: &Course, findings: &mut Findings) {
    for activity in course.lessons().flat_map(|lesson| &lesson.activities) {
        let place = format!("activity `{}`", activity.id);
        let words = longest(&activity.body);
        if words > READING_WORDS_MAX {
            let text = format!("{words} words before anything is asked; {READING_WORDS_MAX} are enough");
            findings.warning("reading_length", &place, text);
        }
        if activity.items.is_empty() {
            findings.warning("no_items", &place, "it asks nothing: it lists no items");
        }
        if activity.kind == ActivityKind::Read && activity.body.is_empty() {
            findings.error("empty", &place, "there is nothing to read");
        }
    }
}

fn titles(course: &Course, findings: &mut Findings) {
    for skill in course.skills.iter().filter(|skill| skill.name.is_empty()) {
        findings.error("empty", &format!("skill `{}`", skill.id), "it has no name");
    }
    for lesson in course.lessons().filter(|lesson| lesson.title.is_empty()) {
        findings.error("empty", &format!("lesson `{}`", lesson.id), "it has no title");
    }
}
