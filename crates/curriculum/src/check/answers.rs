//! Templates that draw, keys that can be read, and wrong answers that can be told from right ones.

use super::{
    Findings, SEEDS,
    words::{drawable, each_text},
};
use crate::{
    BuggyAnswer, Course, Hint, HintBody, Interaction, Item, Lang, MathKey, Option_, Part, Question, Text, markup,
    template::{self, Draw, Source, Values},
};
use math::{DecimalMark, Kind, Math, Rational, Same};

/// How many of the seeds have their formulas drawn.
const DRAWN_SEEDS: usize = 5;

/// Nobody types longer answers gladly.
const MATH_KEY_CHARACTERS_MAX: usize = 60;
const WORDS_KEY_CHARACTERS_MAX: usize = 40;

pub(super) fn check(course: &Course, seed: u64, findings: &mut Findings) {
    for item in course.items.values() {
        let place = format!("item `{}`", item.id);
        let mut seeds = Draw::new(seed);
        let rounds = if item.is_template() { SEEDS } else { 1 };
        for round in 0..rounds {
            let seed = seeds.bits();
            match template::instantiate(item, seed) {
                Ok(filled) => {
                    // Formulas of other items are drawn with the rest of their words. Drawing is slow, and a formula
                    // that draws with some numbers draws with others.
                    if item.is_template() && round < DRAWN_SEEDS {
                        drawn_item(&filled, findings);
                    }
                    filled_item(course, &filled, &place, findings);
                }
                Err(problem) => {
                    findings.error(
                        "template",
                        &place,
                        format!("with seed {seed}, `{}` {}", problem.place, problem.reason),
                    );
                    break;
                }
            }
        }
        unused_parameters(item, &place, findings);
        for part in &item.parts {
            help(part, &format!("{place}, part `{}`", part.id), findings);
        }
    }
}

fn drawn_item(item: &Item, findings: &mut Findings) {
    each_text(item, &mut |place, text| {
        drawable(place, text, findings);
        if text.0.values().any(|string| markup::outside_formulas(string).contains("{{")) {
            findings.error("place", place, "a place `{{` is opened and never closed");
        }
    });
}

fn filled_item(course: &Course, item: &Item, place: &str, findings: &mut Findings) {
    for part in &item.parts {
        let place = format!("{place}, part `{}`", part.id);
        question(course, &part.question, &place, findings);
        buggy(part, &place, findings);
        bottom_out(part, &place, findings);
        scaffolds(course, &part.hints, &place, findings);
    }
}

fn scaffolds(course: &Course, hints: &[Hint], place: &str, findings: &mut Findings) {
    for hint in hints {
        if let HintBody::Ask { question: asked, hints } = &hint.body {
            let place = format!("{place}, hint `{}`", hint.id);
            question(course, asked, &place, findings);
            scaffolds(course, hints, &place, findings);
        }
    }
}

fn question(course: &Course, question: &Question, place: &str, findings: &mut Findings) {
    match &question.interaction {
        Interaction::Choice { options, .. } => {
            let right = options.iter().filter(|option| option.correct).count();
            match right {
                0 => findings.error("no_right_option", place, "no option is right"),
                1 => {}
                _ => findings.error(
                    "several_right_options",
                    place,
                    format!("{right} options are right; a choice has one"),
                ),
            }
            distinct_options(course, options, place, findings);
        }
        Interaction::MultipleChoice { options, .. } => {
            if !options.iter().any(|option| option.correct) {
                findings.error("no_right_option", place, "no option is right");
            }
            distinct_options(course, options, place, findings);
        }
        Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) => {
            math_key(key, place, findings)
        }
        Interaction::ShortText { accepted } => words_key(accepted, place, findings),
    }
}

fn distinct_options(course: &Course, options: &[Option_], place: &str, findings: &mut Findings) {
    if options.len() < 2 {
        findings.error("few_options", place, "a choice needs two options at least");
    }
    for lang in &course.languages {
        for (at, option) in options.iter().enumerate() {
            let text = shown(option, lang);
            if let Some(twin) = options[..at].iter().find(|other| shown(other, lang) == text) {
                let text = format!("options `{}` and `{}` say the same in `{}`: {text}", twin.id, option.id, lang.0);
                findings.error("option_twice", place, text);
            }
        }
    }
    distinct_ideas(course, options, place, findings);
    for option in options.iter().filter(|option| option.correct && option.misconception.is_some()) {
        let text = format!("option `{}` is right but names a misconception", option.id);
        findings.error("right_and_wrong", place, text);
    }
}

/// Two numbers that are one, written in two ways, cannot tell a wrong idea from knowing. Where the form is what is
/// asked for, the right option and a wrong one may share a value; two named ideas may not.
fn distinct_ideas(course: &Course, options: &[Option_], place: &str, findings: &mut Findings) {
    let Some(lang) = course.languages.first() else { return };
    let value = |option: &Option_| read(&shown(option, lang), Kind::Number).ok().filter(Math::is_closed);
    let named: Vec<(&Option_, Math)> = options
        .iter()
        .filter(|option| option.misconception.is_some())
        .filter_map(|option| Some((option, value(option)?)))
        .collect();
    for (at, (option, math)) in named.iter().enumerate() {
        let other_idea = |(other, _): &&(&Option_, Math)| other.misconception != option.misconception;
        let twin = named[..at].iter().filter(other_idea).find(|(_, other)| math::same(math, other) == Same::Equal);
        if let Some((twin, _)) = twin {
            let text = format!("options `{}` and `{}` name two wrong ideas with one value", twin.id, option.id);
            findings.error("option_same_value", place, text);
        }
    }
}

fn shown(option: &Option_, lang: &Lang) -> String {
    markup::words(option.text.get(lang))
}

fn read(answer: &str, kind: Kind) -> Result<Math, String> {
    math::read(answer, kind, DecimalMark::Point).map_err(|unreadable| unreadable.reason.to_string())
}

fn math_key(key: &MathKey, place: &str, findings: &mut Findings) {
    if key.accepted.is_empty() {
        findings.error("no_key", place, "no answer is accepted");
    }
    let form: Option<math::Form> = match key.form.as_deref().map(str::parse) {
        Some(Ok(form)) => Some(form),
        Some(Err(math::UnknownName(name))) => {
            findings.error("key_form", place, format!("there is no form `{name}`"));
            None
        }
        None => None,
    };
    if key.tolerance.is_some() && tolerance(key).is_none() {
        findings.error("key_tolerance", place, "the tolerance is not a number");
    }
    for answer in &key.accepted {
        if answer.chars().count() > MATH_KEY_CHARACTERS_MAX {
            let text = format!("its answer is long to type ({} characters): {answer}", answer.chars().count());
            findings.warning("key_length", place, text);
        }
        match read(answer, key.kind) {
            Err(reason) => {
                findings.error(
                    "key_unreadable",
                    place,
                    format!("the answer `{answer}` cannot be read as {}: {reason}", key.kind),
                );
            }
            Ok(read) => {
                if form.is_some_and(|form| !math::form_ok(&read, &read, form)) {
                    let form = key.form.as_deref().unwrap_or_default();
                    findings.error(
                        "key_form",
                        place,
                        format!("the answer `{answer}` is not itself in the form `{form}`"),
                    );
                }
            }
        }
    }
}

fn tolerance(key: &MathKey) -> Option<Rational> {
    template::compute(key.tolerance.as_ref()?, &Values::default()).ok()
}

fn words_key(accepted: &[Text], place: &str, findings: &mut Findings) {
    if accepted.is_empty() {
        findings.error("no_key", place, "no answer is accepted");
    }
    for string in accepted.iter().flat_map(|text| text.0.values()) {
        if string.chars().count() > WORDS_KEY_CHARACTERS_MAX {
            findings.warning("key_length", place, format!("its answer is long to type: {string}"));
        }
    }
}

/// Every named wrong answer must differ from the right ones and from the other wrong ones.
fn buggy(part: &Part, place: &str, findings: &mut Findings) {
    match &part.question.interaction {
        Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) => {
            buggy_math(&part.buggy, key, place, findings);
        }
        Interaction::ShortText { accepted } => buggy_words(&part.buggy, accepted, place, findings),
        Interaction::Choice { .. } | Interaction::MultipleChoice { .. } => {
            if !part.buggy.is_empty() {
                let text = "name the misconception on the option that it leads to, not as a buggy answer";
                findings.error("buggy_on_choice", place, text);
            }
        }
    }
}

fn buggy_math(all: &[BuggyAnswer], key: &MathKey, place: &str, findings: &mut Findings) {
    let right: Vec<Math> = key.accepted.iter().filter_map(|answer| read(answer, key.kind).ok()).collect();
    let tolerance = tolerance(key);
    let mut before: Vec<(&BuggyAnswer, Math)> = Vec::new();
    for one in all {
        let wrong = match read(&one.answer, key.kind) {
            Ok(wrong) => wrong,
            Err(reason) => {
                let text =
                    format!("the wrong answer `{}` of `{}` cannot be read: {reason}", one.answer, one.misconception);
                findings.error_about("buggy_unreadable", place, one.misconception.as_str(), text);
                continue;
            }
        };
        let accepted = right.iter().any(|right| {
            let near = tolerance.as_ref().and_then(|tolerance| math::within(&wrong, right, tolerance));
            near.unwrap_or_else(|| math::same(&wrong, right) == Same::Equal)
        });
        if accepted {
            let text = format!("`{}` leads to `{}`, which is right", one.misconception, one.answer);
            findings.error_about("buggy_equals_key", place, one.misconception.as_str(), text);
        }
        if let Some((twin, _)) = before.iter().find(|(_, other)| math::same(&wrong, other) == Same::Equal) {
            let text = format!("`{}` and `{}` both lead to `{}`", twin.misconception, one.misconception, one.answer);
            findings.error_about("buggy_same", place, one.misconception.as_str(), text);
        }
        before.push((one, wrong));
    }
}

fn buggy_words(all: &[BuggyAnswer], accepted: &[Text], place: &str, findings: &mut Findings) {
    let plain = |string: &str| string.trim().to_lowercase();
    for (at, one) in all.iter().enumerate() {
        let answer = plain(&one.answer);
        if accepted.iter().flat_map(|text| text.0.values()).any(|right| plain(right) == answer) {
            let text = format!("`{}` leads to `{}`, which is right", one.misconception, one.answer);
            findings.error_about("buggy_equals_key", place, one.misconception.as_str(), text);
        }
        if let Some(twin) = all[..at].iter().find(|other| plain(&other.answer) == answer) {
            let text = format!("`{}` and `{}` both lead to `{}`", twin.misconception, one.misconception, one.answer);
            findings.error_about("buggy_same", place, one.misconception.as_str(), text);
        }
    }
}

/// The hint that is marked to contain a whole-number answer must contain it.
fn bottom_out(part: &Part, place: &str, findings: &mut Findings) {
    let Interaction::Numeric(key) = &part.question.interaction else { return };
    let Some(answer) = key.accepted.first().filter(|answer| answer.bytes().all(|byte| byte.is_ascii_digit())) else {
        return;
    };
    for hint in part.hints.iter().filter(|hint| hint.bottom_out) {
        let HintBody::Tell { text } = &hint.body else { continue };
        for (lang, string) in &text.0 {
            let words = markup::words(string);
            let mut numbers = words.split(|c: char| !c.is_ascii_digit());
            if !numbers.any(|number| number == answer) {
                let text =
                    format!("hint `{}` is the last one but does not say the answer {answer} in `{}`", hint.id, lang.0);
                findings.warning("bottom_out_without_answer", place, text);
            }
        }
    }
}

fn help(part: &Part, place: &str, findings: &mut Findings) {
    if part.hints.is_empty() {
        findings.warning("no_hints", place, "it has no hints");
    } else if !part.hints.iter().any(|hint| hint.bottom_out) {
        findings.warning("no_bottom_out", place, "none of its hints contains the answer (bottom_out = true)");
    }
}

fn unused_parameters(item: &Item, place: &str, findings: &mut Findings) {
    let written = serde_json::to_string(&item).expect("an item is plain data");
    for parameter in &item.parameters {
        let name = &parameter.name;
        let in_formulas =
            item.parameters.iter().any(|other| matches!(&other.source, Source::Formula(f) if mentions(f, name)));
        let in_conditions = item.conditions.iter().any(|condition| mentions(condition, name));
        let in_places = written.split("{{").skip(1).any(|rest| mentions(rest.split("}}").next().unwrap_or(""), name));
        if !(in_formulas || in_conditions || in_places) {
            let text = format!("parameter `{name}` is never used");
            findings.add(super::Severity::Warning, "unused_parameter", place, name, text);
        }
    }
}

fn mentions(formula: &str, name: &str) -> bool {
    formula.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == name)
}
