//! One ```` ```item ```` block to an [`Item`].

use super::{
    SCAFFOLD_DEPTH_MAX,
    node::{Notes, Table, parse, whole},
    page::Block,
    read::{Found, ITEM, MISCONCEPTION, attribution, skill_references},
};
use crate::{
    BuggyAnswer, Depth, Figure, Hint, HintBody, HintId, Interaction, Item, ItemId, KeyKind, Lang, MathKey,
    MisconceptionId, Option_, OptionId, Part, PartId, Pool, Question, Text, UnitRule,
    template::{Parameter, Source},
};
use std::collections::BTreeSet;
use toml::de::DeValue;

/// Reads a block; `None` when it has no id, or one that is taken.
pub(super) fn item(path: &str, block: &Block<'_>, languages: &[Lang], found: &mut Found) -> Option<Item> {
    let mut problems = Vec::new();
    let mut notes = Notes::new(path, block.line, block.toml, languages, &mut problems);
    let parsed = parse(&mut notes);
    let mut table = Table::new("this item", 0, parsed.get_ref());
    let id_line = notes.line(table.place("id"));
    let id = table.required_string("id", &mut notes);
    let fresh = id.as_ref().is_some_and(|id| found.name(ITEM, id, path, id_line));
    let item = Item {
        id: ItemId(id.unwrap_or_default()),
        title: table.text("title", &mut notes),
        stem: table.text("stem", &mut notes),
        depth: depth(&mut table, &mut notes),
        pool: pool(&mut table, &mut notes),
        parameters: parameters(&mut table, &mut notes),
        conditions: table.strings("conditions", &mut notes).into_iter().map(|(_, condition)| condition).collect(),
        figures: table
            .tables("figures", "this figure", &mut notes)
            .into_iter()
            .map(|one| figure(one, &mut notes))
            .collect(),
        attribution: table.table("attribution", "an attribution", &mut notes).map(|one| attribution(one, &mut notes)),
        parts: parts(&mut table, &mut notes, found),
    };
    table.finish(&mut notes);
    found.problems.append(&mut problems);
    fresh.then_some(item)
}

fn depth(table: &mut Table<'_>, notes: &mut Notes<'_>) -> Depth {
    let at = table.place("depth");
    match table.string("depth", notes).as_deref() {
        Some("recall") => Depth::Recall,
        Some("apply") | None => Depth::Apply,
        Some("explain") => Depth::Explain,
        Some("transfer") => Depth::Transfer,
        Some(other) => {
            notes.say(at, format!("`{other}` is no depth; write `recall`, `apply`, `explain` or `transfer`"));
            Depth::Apply
        }
    }
}

fn pool(table: &mut Table<'_>, notes: &mut Notes<'_>) -> Pool {
    let at = table.place("pool");
    match table.string("pool", notes).as_deref() {
        Some("practice") | None => Pool::Practice,
        Some("check") => Pool::Check,
        Some("both") => Pool::Both,
        Some(other) => {
            notes.say(at, format!("`{other}` is no pool; write `practice`, `check` or `both`"));
            Pool::Practice
        }
    }
}

fn parameters(table: &mut Table<'_>, notes: &mut Notes<'_>) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for mut one in table.tables("parameters", "this parameter", notes) {
        let name = one.required_string("name", notes).unwrap_or_default();
        if parameters.iter().any(|before| before.name == name) {
            notes.say(one.at(), format!("there is already a parameter `{name}`"));
        }
        let source = source(&mut one, notes);
        match source {
            Some(source) => parameters.push(Parameter { name, source }),
            None => notes.say(one.at(), format!("parameter `{name}` needs `between`, `one_of`, `formula` or `words`")),
        }
        one.finish(notes);
    }
    parameters
}

fn source(table: &mut Table<'_>, notes: &mut Notes<'_>) -> Option<Source> {
    if let Some((at, value)) = table.take("between") {
        let ends: Vec<i64> = match value {
            DeValue::Array(ends) => ends.iter().filter_map(|end| whole(end.get_ref())).collect(),
            _ => Vec::new(),
        };
        let [from, to] = ends[..] else {
            notes.say(at, "`between` must be two whole numbers, as in [2, 9]");
            return Some(Source::Between((1, 1)));
        };
        if from > to {
            notes.say(at, "`between` must name the smaller number first");
        }
        return Some(Source::Between((from, to)));
    }
    if table.has("one_of") {
        return Some(Source::OneOf(table.strings("one_of", notes).into_iter().map(|(_, choice)| choice).collect()));
    }
    if table.has("words") {
        return Some(Source::Words(table.texts_or_names("words", notes)));
    }
    table.string("formula", notes).map(Source::Formula)
}

fn figure(mut table: Table<'_>, notes: &mut Notes<'_>) -> Figure {
    let figure = Figure {
        hash: table.required_string("hash", notes).unwrap_or_default(),
        media_type: table.required_string("media_type", notes).unwrap_or_default(),
        alternative: table.text("alternative", notes),
    };
    table.finish(notes);
    figure
}

/// `[[parts]]`; an item of one part may write that part's keys at its own level.
fn parts(table: &mut Table<'_>, notes: &mut Notes<'_>, found: &mut Found) -> Vec<Part> {
    if !table.has("parts") {
        return vec![part(table, "a".into(), notes, found)];
    }
    let mut ids = BTreeSet::new();
    let mut parts = Vec::new();
    for (mut one, letter) in table.tables("parts", "this part", notes).into_iter().zip(letters()) {
        let id = one.string("id", notes).unwrap_or(letter);
        distinct(&mut ids, &id, "part", one.at(), notes);
        parts.push(part(&mut one, id, notes, found));
        one.finish(notes);
    }
    parts
}

/// `a`, `b`, ... `z`, `a2`, `b2`, ...: the ids that parts and options have when the author gives none.
pub(super) fn letters() -> impl Iterator<Item = String> {
    (1..).flat_map(|round| {
        ('a'..='z').map(move |letter| if round == 1 { letter.to_string() } else { format!("{letter}{round}") })
    })
}

fn distinct(ids: &mut BTreeSet<String>, id: &str, what: &str, at: usize, notes: &mut Notes<'_>) {
    if !ids.insert(id.to_owned()) {
        notes.say(at, format!("two {what}s are called `{id}` here"));
    }
}

fn part(table: &mut Table<'_>, id: String, notes: &mut Notes<'_>, found: &mut Found) -> Part {
    let at = table.place("skills");
    let skills = skill_references(table, "skills", notes, found);
    if skills.is_empty() {
        notes.say(at, "a part needs `skills`, the skills that it gives evidence of");
    }
    let question = question(table, notes, found);
    let hints = hints(table, 0, notes, found);
    let buggy =
        table.tables("buggy", "this buggy answer", notes).into_iter().map(|one| buggy(one, notes, found)).collect();
    Part { id: PartId(id), skills, question, hints, buggy, solution: table.text("solution", notes) }
}

fn question(table: &mut Table<'_>, notes: &mut Notes<'_>, found: &mut Found) -> Question {
    let prompt = table.text("prompt", notes);
    let at = table.place("kind");
    let interaction = match table.required_string("kind", notes).as_deref() {
        Some("choice") => Interaction::Choice {
            options: options(table, notes, found),
            fixed_order: table.boolean("fixed_order", notes),
        },
        Some("multiple_choice") => Interaction::MultipleChoice {
            options: options(table, notes, found),
            fixed_order: table.boolean("fixed_order", notes),
        },
        Some("numeric") => Interaction::Numeric(key(table, KeyKind::Number, notes)),
        Some("expression") => Interaction::Expression(key(table, KeyKind::Expression, notes)),
        Some("equation") => Interaction::Equation(key(table, KeyKind::Equation, notes)),
        Some("short_text") => {
            needs_answer(table, notes);
            Interaction::ShortText { accepted: table.texts("answer", notes) }
        }
        other => {
            if let Some(other) = other {
                let kinds = "choice, multiple_choice, numeric, expression, equation, short_text";
                notes.say(at, format!("`{other}` is no kind of question; the kinds are {kinds}"));
            }
            for key in ["answer", "options", "key", "form", "tolerance", "unit", "fixed_order"] {
                table.take(key);
            }
            Interaction::ShortText { accepted: Vec::new() }
        }
    };
    Question { prompt, interaction }
}

fn needs_answer(table: &Table<'_>, notes: &mut Notes<'_>) {
    if !table.has("answer") {
        notes.say(table.at(), "this question has no `answer`");
    }
}

fn key(table: &mut Table<'_>, usual: KeyKind, notes: &mut Notes<'_>) -> MathKey {
    needs_answer(table, notes);
    let accepted = table.strings("answer", notes).into_iter().map(|(_, answer)| answer).collect();
    let at = table.place("key");
    let kind = match table.string("key", notes).map(|name| name.parse()) {
        None => usual,
        Some(Ok(kind)) => kind,
        Some(Err(math::UnknownName(name))) => {
            let kinds: Vec<String> = KeyKind::ALL.iter().map(ToString::to_string).collect();
            notes.say(at, format!("`{name}` is no kind of key; the kinds are {}", kinds.join(", ")));
            usual
        }
    };
    let shown = table.text("unit", notes);
    let required = table.boolean("unit_required", notes);
    let accepted_units: Vec<String> = table.strings("unit_accepted", notes).into_iter().map(|(_, unit)| unit).collect();
    let unit = (!shown.0.is_empty()).then_some(UnitRule { shown, required, accepted: accepted_units });
    MathKey {
        accepted,
        kind,
        form: table.string("form", notes),
        tolerance: table.strings("tolerance", notes).into_iter().next().map(|(_, tolerance)| tolerance),
        unit,
    }
}

fn options(table: &mut Table<'_>, notes: &mut Notes<'_>, found: &mut Found) -> Vec<Option_> {
    if !table.has("options") {
        notes.say(table.at(), "this question has no `options`");
    }
    let mut ids = BTreeSet::new();
    let mut options = Vec::new();
    for (mut one, letter) in table.tables("options", "this option", notes).into_iter().zip(letters()) {
        let id = one.string("id", notes).unwrap_or(letter);
        distinct(&mut ids, &id, "option", one.at(), notes);
        options.push(Option_ {
            id: OptionId(id),
            text: one.required_text("text", notes),
            correct: one.boolean("correct", notes),
            misconception: misconception(&mut one, notes, found),
        });
        one.finish(notes);
    }
    options
}

fn misconception(table: &mut Table<'_>, notes: &mut Notes<'_>, found: &mut Found) -> Option<MisconceptionId> {
    let line = notes.line(table.place("misconception"));
    let id = table.string("misconception", notes)?;
    found.refer(MISCONCEPTION, &id, notes.file, line);
    Some(MisconceptionId(id))
}

fn buggy(mut table: Table<'_>, notes: &mut Notes<'_>, found: &mut Found) -> BuggyAnswer {
    if !table.has("misconception") {
        notes.say(table.at(), "this buggy answer has no `misconception`");
    }
    if !table.has("answer") {
        notes.say(table.at(), "this buggy answer has no `answer`");
    }
    let misconception = misconception(&mut table, notes, found).unwrap_or_else(|| MisconceptionId(String::new()));
    let answer = table.strings("answer", notes).into_iter().next().map(|(_, answer)| answer).unwrap_or_default();
    let feedback = table.text("feedback", notes);
    table.finish(notes);
    BuggyAnswer { misconception, answer, feedback }
}

/// A ladder: without `after`, each hint comes after the one above it.
fn hints(table: &mut Table<'_>, depth: usize, notes: &mut Notes<'_>, found: &mut Found) -> Vec<Hint> {
    let mut ids = BTreeSet::new();
    let mut hints: Vec<Hint> = Vec::new();
    for (mut one, number) in table.tables("hints", "this hint", notes).into_iter().zip(1..) {
        let id = one.string("id", notes).unwrap_or_else(|| format!("h{number}"));
        distinct(&mut ids, &id, "hint", one.at(), notes);
        let after = if one.has("after") {
            one.strings("after", notes).into_iter().map(|(_, id)| HintId(id)).collect()
        } else {
            hints.last().map(|before| before.id.clone()).into_iter().collect()
        };
        let (title, bottom_out) = (one.text("title", notes), one.boolean("bottom_out", notes));
        let body = hint_body(&mut one, depth, notes, found);
        one.finish(notes);
        hints.push(Hint { id: HintId(id), title, body, after, bottom_out });
    }
    hints
}

fn hint_body(table: &mut Table<'_>, depth: usize, notes: &mut Notes<'_>, found: &mut Found) -> HintBody {
    let at = table.place("ask");
    if table.has("ask") == table.has("tell") {
        notes.say(table.at(), "a hint has either `tell` or `ask`");
    }
    let tell: Text = table.text("tell", notes);
    match table.table("ask", "this scaffold", notes) {
        None => HintBody::Tell { text: tell },
        Some(_) if depth >= SCAFFOLD_DEPTH_MAX => {
            notes.say(at, format!("scaffolds may stand at most {SCAFFOLD_DEPTH_MAX} deep"));
            HintBody::Tell { text: tell }
        }
        Some(mut ask) => {
            let question = Box::new(question(&mut ask, notes, found));
            let hints = hints(&mut ask, depth + 1, notes, found);
            ask.finish(notes);
            HintBody::Ask { question, hints }
        }
    }
}
