//! A cursor over TOML that remembers places: each value is taken once, and what is left at the end is named as unknown.

use super::Problem;
use crate::{Lang, Text};
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// A value and the byte where it starts.
pub(super) type Placed<T> = (usize, T);
type Spanned<'t> = toml::Spanned<DeValue<'t>>;

/// Collects problems of one stretch of TOML within one file.
pub(super) struct Notes<'a> {
    pub file: &'a str,
    pub languages: &'a [Lang],
    pub problems: &'a mut Vec<Problem>,
    /// The line of the file on which the TOML starts.
    first_line: usize,
    toml: &'a str,
}

impl<'a> Notes<'a> {
    pub fn new(
        file: &'a str,
        first_line: usize,
        toml: &'a str,
        languages: &'a [Lang],
        problems: &'a mut Vec<Problem>,
    ) -> Self {
        Self { file, languages, problems, first_line, toml }
    }

    pub fn line(&self, at: usize) -> usize {
        let before = &self.toml.as_bytes()[..at.min(self.toml.len())];
        self.first_line + before.iter().filter(|byte| **byte == b'\n').count()
    }

    pub fn say(&mut self, at: usize, text: impl Into<String>) {
        let line = self.line(at);
        self.problems.push(Problem { file: self.file.to_owned(), line, text: text.into() });
    }
}

/// One slip, such as a quote that is never closed, makes many errors; the first few say enough.
const TOML_ERRORS_MAX: usize = 3;

/// Parses TOML; what is not TOML is named, the rest is still read.
pub(super) fn parse<'a>(notes: &mut Notes<'a>) -> toml::Spanned<DeTable<'a>> {
    let (table, errors) = DeTable::parse_recoverable(notes.toml);
    for error in errors.into_iter().take(TOML_ERRORS_MAX) {
        let at = error.span().map_or(0, |span| span.start);
        notes.say(at, format!("not TOML: {}", error.message().replace('\n', " ")));
    }
    table
}

/// A table whose keys are taken one by one.
pub(super) struct Table<'t> {
    /// What it is called in problems, such as "this item".
    what: &'static str,
    at: usize,
    entries: BTreeMap<&'t str, (usize, &'t Spanned<'t>)>,
    /// Every key that was asked for, to find what a misspelt one means.
    asked: Vec<String>,
}

impl<'t> Table<'t> {
    pub fn new(what: &'static str, at: usize, table: &'t DeTable<'t>) -> Self {
        let entry = |(key, value): (&'t toml::Spanned<toml::de::DeString<'t>>, &'t Spanned<'t>)| {
            (key.get_ref().as_ref(), (key.span().start, value))
        };
        Self { what, at, entries: table.iter().map(entry).collect(), asked: Vec::new() }
    }

    /// Where it starts.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Where `key` stands, else where the table starts.
    pub fn place(&self, key: &str) -> usize {
        self.entries.get(key).map_or(self.at, |(at, _)| *at)
    }

    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    pub fn take(&mut self, key: &str) -> Option<Placed<&'t DeValue<'t>>> {
        self.asked.push(key.to_owned());
        self.entries.remove(key).map(|(at, value)| (at, value.get_ref()))
    }

    pub fn string(&mut self, key: &str, notes: &mut Notes<'_>) -> Option<String> {
        match self.take(key)? {
            (_, DeValue::String(string)) => Some(string.to_string()),
            (at, _) => wrong(notes, at, key, "text in quotes"),
        }
    }

    pub fn required_string(&mut self, key: &str, notes: &mut Notes<'_>) -> Option<String> {
        if !self.has(key) {
            notes.say(self.at, format!("{} has no `{key}`", self.what));
        }
        self.string(key, notes)
    }

    pub fn boolean(&mut self, key: &str, notes: &mut Notes<'_>) -> bool {
        match self.take(key) {
            None => false,
            Some((_, DeValue::Boolean(value))) => *value,
            Some((at, _)) => wrong(notes, at, key, "true or false").unwrap_or(false),
        }
    }

    pub fn integer(&mut self, key: &str, notes: &mut Notes<'_>) -> Option<i64> {
        let (at, value) = self.take(key)?;
        whole(value).or_else(|| wrong(notes, at, key, "a whole number"))
    }

    /// One string or a list of strings; numbers are taken as written.
    pub fn strings(&mut self, key: &str, notes: &mut Notes<'_>) -> Vec<Placed<String>> {
        let Some((at, value)) = self.take(key) else { return Vec::new() };
        let mut strings = Vec::new();
        for (at, value) in members(at, value) {
            match number_or_string(value) {
                Some(string) => strings.push((at, string)),
                None => _ = wrong::<()>(notes, at, key, "a list of texts in quotes"),
            }
        }
        strings
    }

    /// The tables of an array of tables (or a single one).
    pub fn tables(&mut self, key: &str, what: &'static str, notes: &mut Notes<'_>) -> Vec<Table<'t>> {
        let Some((at, value)) = self.take(key) else { return Vec::new() };
        let mut tables = Vec::new();
        for (at, value) in members(at, value) {
            match value {
                DeValue::Table(table) => tables.push(Table::new(what, at, table)),
                _ => _ = wrong::<()>(notes, at, key, "a list of tables"),
            }
        }
        tables
    }

    pub fn table(&mut self, key: &str, what: &'static str, notes: &mut Notes<'_>) -> Option<Table<'t>> {
        match self.take(key)? {
            (at, DeValue::Table(table)) => Some(Table::new(what, at, table)),
            (at, _) => wrong(notes, at, key, "a table"),
        }
    }

    /// A text in every language; absent is empty.
    pub fn text(&mut self, key: &str, notes: &mut Notes<'_>) -> Text {
        self.take(key).map_or_else(Text::default, |(at, value)| text(key, at, value, notes))
    }

    pub fn required_text(&mut self, key: &str, notes: &mut Notes<'_>) -> Text {
        if !self.has(key) {
            notes.say(self.at, format!("{} has no `{key}`", self.what));
        }
        self.text(key, notes)
    }

    /// One text or a list of texts.
    pub fn texts(&mut self, key: &str, notes: &mut Notes<'_>) -> Vec<Text> {
        let Some((at, value)) = self.take(key) else { return Vec::new() };
        members(at, value).into_iter().map(|(at, value)| text(key, at, value, notes)).collect()
    }

    /// As [`Table::texts`], but a plain string stands for every language even when it has letters: a person's name.
    pub fn texts_or_names(&mut self, key: &str, notes: &mut Notes<'_>) -> Vec<Text> {
        let Some((at, value)) = self.take(key) else { return Vec::new() };
        let one = |(at, value): Placed<&DeValue<'_>>| match value {
            DeValue::String(name) => everywhere(name, notes.languages),
            other => text(key, at, other, notes),
        };
        members(at, value).into_iter().map(one).collect()
    }

    /// The keys that are left, for tables whose keys are names.
    pub fn rest(&mut self) -> Vec<&'t str> {
        self.entries.keys().copied().collect()
    }

    /// Names every key that nothing took.
    pub fn finish(self, notes: &mut Notes<'_>) {
        for (key, (at, _)) in &self.entries {
            let nearest = self.asked.iter().find(|name| alike(name, key));
            let hint = nearest.map_or(String::new(), |name| format!("; did you mean `{name}`?"));
            notes.say(*at, format!("{} has no key `{key}`{hint}", self.what));
        }
    }
}

fn wrong<T>(notes: &mut Notes<'_>, at: usize, key: &str, wanted: &str) -> Option<T> {
    notes.say(at, format!("`{key}` must be {wanted}"));
    None
}

fn members<'t>(at: usize, value: &'t DeValue<'t>) -> Vec<Placed<&'t DeValue<'t>>> {
    match value {
        DeValue::Array(array) => array.iter().map(|member| (member.span().start, member.get_ref())).collect(),
        single => vec![(at, single)],
    }
}

pub(super) fn whole(value: &DeValue<'_>) -> Option<i64> {
    match value {
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    }
}

fn number_or_string(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(string) => Some(string.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        _ => None,
    }
}

/// A map by language, or one string where there is nothing to translate.
fn text(key: &str, at: usize, value: &DeValue<'_>, notes: &mut Notes<'_>) -> Text {
    match value {
        DeValue::Table(table) => map_by_language(key, at, table, notes),
        other => match number_or_string(other) {
            Some(string) => {
                if needs_translation(&string) {
                    notes.say(at, format!("`{key}` must have one text for each language, as in {{ en = \"...\" }}"));
                }
                everywhere(&string, notes.languages)
            }
            None => {
                notes.say(at, format!("`{key}` must have one text for each language, as in {{ en = \"...\" }}"));
                Text::default()
            }
        },
    }
}

fn map_by_language(key: &str, at: usize, table: &DeTable<'_>, notes: &mut Notes<'_>) -> Text {
    let mut text = Text::default();
    for (name, value) in table {
        let lang = Lang(name.get_ref().to_string());
        let place = name.span().start;
        if !notes.languages.contains(&lang) {
            notes.say(place, format!("`{key}.{}`: the course is not written in `{}`", lang.0, lang.0));
        }
        match value.get_ref() {
            DeValue::String(string) => _ = text.0.insert(lang, string.to_string()),
            _ => notes.say(place, format!("`{key}.{}` must be text in quotes", lang.0)),
        }
    }
    name_missing_languages(&format!("`{key}`"), at, &text, notes);
    text
}

/// Says which languages a text lacks.
pub(super) fn name_missing_languages(what: &str, at: usize, text: &Text, notes: &mut Notes<'_>) {
    for lang in notes.languages {
        if text.0.get(lang).is_none_or(|string| string.trim().is_empty()) {
            notes.say(at, format!("{what} has no text in `{}`", lang.0));
        }
    }
}

/// The same string in every language.
pub(super) fn everywhere(string: &str, languages: &[Lang]) -> Text {
    Text(languages.iter().map(|lang| (lang.clone(), string.to_owned())).collect())
}

/// True when a letter stands outside places and formulas.
pub(super) fn needs_translation(string: &str) -> bool {
    let mut rest = string;
    loop {
        let next = [("{{", "}}"), ("$", "$")]
            .into_iter()
            .filter_map(|(open, close)| rest.find(open).map(|start| (start, open, close)))
            .min_by_key(|(start, ..)| *start);
        let Some((start, open, close)) = next else { return rest.chars().any(char::is_alphabetic) };
        if rest[..start].chars().any(char::is_alphabetic) {
            return true;
        }
        let inside = &rest[start + open.len()..];
        match inside.find(close) {
            Some(end) => rest = &inside[end + close.len()..],
            None => return inside.chars().any(char::is_alphabetic),
        }
    }
}

/// One slip of the finger apart: a letter more, less or other, or two swapped.
fn alike(known: &str, written: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (known.chars().collect(), written.chars().collect());
    let same_start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let longest = a.len().max(b.len());
    a.len().abs_diff(b.len()) <= 1 && longest >= 3 && same_start + same_end + 2 >= longest
}
