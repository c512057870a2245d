//! An item to its fenced block.

use super::{
    read_item::letters,
    write::{Toml, attribution, fence_length, quoted, strings},
};
use crate::{
    BuggyAnswer, Depth, Hint, HintBody, HintId, Interaction, Item, KeyKind, Lang, MathKey, Option_, Part, Pool,
    Question,
    template::{Parameter, Source},
};

pub(super) fn block(item: &Item, languages: &[Lang]) -> String {
    let mut toml = Toml { out: String::new(), languages };
    write(&mut toml, item);
    let fence = "`".repeat(fence_length(&toml.out, '`'));
    format!("{fence}item\n{}{fence}\n", toml.out)
}

fn write(toml: &mut Toml<'_>, item: &Item) {
    toml.string("id", item.id.as_str());
    match item.depth {
        Depth::Apply => {}
        Depth::Recall => toml.string("depth", "recall"),
        Depth::Explain => toml.string("depth", "explain"),
        Depth::Transfer => toml.string("depth", "transfer"),
    }
    match item.pool {
        Pool::Practice => {}
        Pool::Check => toml.string("pool", "check"),
        Pool::Both => toml.string("pool", "both"),
    }
    toml.text("title", &item.title);
    toml.text("stem", &item.stem);
    parameters(toml, &item.parameters);
    toml.list_unless_empty("conditions", &item.conditions);
    let flat = matches!(&item.parts[..], [only] if only.id.as_str() == "a");
    if flat {
        part_keys(toml, &item.parts[0]);
    } else if item.parts.is_empty() {
        toml.raw("parts", "[]");
    }
    if let Some(one) = &item.attribution {
        toml.table("attribution");
        attribution(toml, one);
    }
    for figure in &item.figures {
        toml.section("figures");
        toml.string("hash", &figure.hash);
        toml.string("media_type", &figure.media_type);
        toml.text("alternative", &figure.alternative);
    }
    if flat {
        part_tables(toml, "", &item.parts[0]);
        return;
    }
    for (part, letter) in item.parts.iter().zip(letters()) {
        toml.section("parts");
        if part.id.as_str() != letter {
            toml.string("id", part.id.as_str());
        }
        part_keys(toml, part);
        part_tables(toml, "parts.", part);
    }
}

fn parameters(toml: &mut Toml<'_>, parameters: &[Parameter]) {
    if parameters.is_empty() {
        return;
    }
    let mut lines = String::from("[\n");
    for parameter in parameters {
        let source = match &parameter.source {
            Source::Between((from, to)) => format!("between = [{from}, {to}]"),
            Source::OneOf(choices) => {
                let choices: Vec<String> = choices.iter().map(|choice| quoted(choice)).collect();
                format!("one_of = [{}]", choices.join(", "))
            }
            Source::Formula(formula) => format!("formula = {}", quoted(formula)),
            Source::Words(words) => {
                let words: Vec<String> = words.iter().map(|text| toml.inline_or_name(text)).collect();
                format!("words = [{}]", words.join(", "))
            }
        };
        lines.push_str(&format!("  {{ name = {}, {source} }},\n", quoted(&parameter.name)));
    }
    lines.push(']');
    toml.raw("parameters", &lines);
}

fn part_keys(toml: &mut Toml<'_>, part: &Part) {
    toml.list("skills", &strings(&part.skills));
    question_keys(toml, &part.question);
    toml.text("solution", &part.solution);
}

fn part_tables(toml: &mut Toml<'_>, path: &str, part: &Part) {
    options(toml, path, &part.question);
    hints(toml, path, &part.hints);
    for BuggyAnswer { misconception, answer, feedback } in &part.buggy {
        toml.section(&format!("{path}buggy"));
        toml.string("misconception", misconception.as_str());
        toml.string("answer", answer);
        toml.text("feedback", feedback);
    }
}

fn question_keys(toml: &mut Toml<'_>, question: &Question) {
    toml.string("kind", question.interaction.kind());
    toml.text("prompt", &question.prompt);
    match &question.interaction {
        Interaction::Choice { fixed_order, options } | Interaction::MultipleChoice { fixed_order, options } => {
            toml.yes("fixed_order", *fixed_order);
            if options.is_empty() {
                toml.raw("options", "[]");
            }
        }
        Interaction::Numeric(key) => math_key(toml, key, KeyKind::Number),
        Interaction::Expression(key) => math_key(toml, key, KeyKind::Expression),
        Interaction::Equation(key) => math_key(toml, key, KeyKind::Equation),
        Interaction::ShortText { accepted } => {
            let accepted: Vec<String> = accepted.iter().map(|text| toml.inline(text)).collect();
            toml.raw("answer", &format!("[{}]", accepted.join(", ")));
        }
    }
}

fn math_key(toml: &mut Toml<'_>, key: &MathKey, usual: KeyKind) {
    toml.one_or_more("answer", &key.accepted);
    if key.kind != usual {
        toml.string("key", &key.kind.to_string());
    }
    if let Some(form) = &key.form {
        toml.string("form", form);
    }
    if let Some(tolerance) = &key.tolerance {
        toml.string("tolerance", tolerance);
    }
    if let Some(unit) = &key.unit {
        toml.text("unit", &unit.shown);
        toml.yes("unit_required", unit.required);
        toml.list_unless_empty("unit_accepted", &unit.accepted);
    }
}

fn options(toml: &mut Toml<'_>, path: &str, question: &Question) {
    let (Interaction::Choice { options, .. } | Interaction::MultipleChoice { options, .. }) = &question.interaction
    else {
        return;
    };
    for (Option_ { id, text, correct, misconception }, letter) in options.iter().zip(letters()) {
        toml.section(&format!("{path}options"));
        if id.as_str() != letter {
            toml.string("id", id.as_str());
        }
        toml.text("text", text);
        toml.yes("correct", *correct);
        if let Some(misconception) = misconception {
            toml.string("misconception", misconception.as_str());
        }
    }
}

fn hints(toml: &mut Toml<'_>, path: &str, hints: &[Hint]) {
    let mut before: Vec<HintId> = Vec::new();
    for (hint, number) in hints.iter().zip(1..) {
        toml.section(&format!("{path}hints"));
        if hint.id.as_str() != format!("h{number}") {
            toml.string("id", hint.id.as_str());
        }
        if hint.after != before {
            toml.list("after", &strings(&hint.after));
        }
        before = vec![hint.id.clone()];
        toml.yes("bottom_out", hint.bottom_out);
        toml.text("title", &hint.title);
        match &hint.body {
            HintBody::Tell { text } if text.0.is_empty() => toml.raw("tell", "{}"),
            HintBody::Tell { text } => toml.text("tell", text),
            HintBody::Ask { question, hints: inner } => {
                toml.table(&format!("{path}hints.ask"));
                question_keys(toml, question);
                let path = format!("{path}hints.ask.");
                options(toml, &path, question);
                self::hints(toml, &path, inner);
            }
        }
    }
}
