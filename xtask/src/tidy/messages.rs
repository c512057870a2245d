//! Messages: every language says the same things, with the same blanks to fill in.

use super::{House, Place, Rule};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const FOLDER: &str = "web/src/text/";
/// The language that the others are compared with.
const FIRST: &str = "web/src/text/en.json";

pub const RULES: &[Rule] = &[
    Rule {
        name: "messages-in-every-language",
        reason: "a sentence that is missing in one language leaves a reader of that language without it",
        check: |house| {
            compared(house, |key, first, other| match (first, other) {
                (Some(_), None) => Some(format!("lacks {key}")),
                (None, Some(_)) => Some(format!("{key} is not in en.json")),
                _ => None,
            })
        },
    },
    Rule {
        name: "messages-fill-the-same-blanks",
        reason: "a blank that is not filled shows braces to a child; one that is not there drops a name or a number",
        check: |house| {
            compared(house, |key, first, other| {
                let (first, other) = (blanks(first?), blanks(other?));
                match (first, other) {
                    (Ok(first), Ok(other)) if first == other => None,
                    (Ok(first), Ok(other)) => Some(format!("{key} fills {other:?}, en.json fills {first:?}")),
                    (Err(problem), _) => Some(format!("{key} in en.json: {problem}")),
                    (_, Err(problem)) => Some(format!("{key}: {problem}")),
                }
            })
        },
    },
];

/// Compares every other language with the first, key by key; en.json is also compared with itself, to read its blanks.
fn compared(house: &House, judge: impl Fn(&str, Option<&str>, Option<&str>) -> Option<String>) -> Vec<Place> {
    let read = |path: &str| {
        let file = house.tree.files.iter().find(|file| file.path == path)?;
        serde_json::from_str(&file.text).ok().map(|json: Value| flat(&json))
    };
    let first = read(FIRST).unwrap_or_default();
    let mut places = Vec::new();
    for file in house.tree.under(FOLDER, &["json"]) {
        let Some(other) = read(&file.path) else {
            places.push(Place::new(&file.path, 0, "is not JSON"));
            continue;
        };
        let keys: BTreeSet<&String> = first.keys().chain(other.keys()).collect();
        let text = |messages: &BTreeMap<String, String>, key: &str| messages.get(key).cloned();
        places.extend(keys.into_iter().filter_map(|key| {
            let what = judge(key, text(&first, key).as_deref(), text(&other, key).as_deref())?;
            Some(Place::new(&file.path, 0, what))
        }));
    }
    places
}

/// Nested groups as one list: `{"player": {"check": "Check"}}` gives `player.check`.
fn flat(json: &Value) -> BTreeMap<String, String> {
    match json {
        Value::Object(group) => group
            .iter()
            .flat_map(|(name, inner)| {
                flat(inner)
                    .into_iter()
                    .map(move |(key, text)| (if key.is_empty() { name.clone() } else { format!("{name}.{key}") }, text))
            })
            .collect(),
        Value::String(text) => BTreeMap::from([(String::new(), text.clone())]),
        _ => BTreeMap::new(),
    }
}

/// The blanks of an ICU message: `{name}`, `{count, plural, one {# point} other {# points}}`, `<link>`.
fn blanks(message: &str) -> Result<BTreeSet<String>, String> {
    let mut reader = Reader { rest: message, blanks: BTreeSet::new() };
    reader.text(0)?;
    Ok(reader.blanks)
}

struct Reader<'a> {
    rest: &'a str,
    blanks: BTreeSet<String>,
}

impl Reader<'_> {
    /// Reads words up to the brace that closes them.
    fn text(&mut self, depth: usize) -> Result<(), String> {
        while let Some(first) = self.take() {
            match first {
                '\'' if self.rest.starts_with(['{', '}', '<', '>', '#', '|']) => {
                    // Quoted words are shown as they are.
                    self.rest = self.rest.split_once('\'').map_or("", |(_, rest)| rest);
                }
                '{' => self.blank(depth)?,
                '<' if self.rest.starts_with(|c: char| c.is_ascii_lowercase()) => {
                    let name: String = self.rest.chars().take_while(char::is_ascii_alphanumeric).collect();
                    self.blanks.insert(format!("<{name}>"));
                }
                '}' if depth > 0 => return Ok(()),
                '}' => return Err("a brace closes that was not opened".into()),
                _ => {}
            }
        }
        if depth > 0 { Err("a brace is not closed".into()) } else { Ok(()) }
    }

    fn blank(&mut self, depth: usize) -> Result<(), String> {
        let name = self.word();
        let mut kind = String::new();
        if self.rest.starts_with(',') {
            self.take();
            kind = self.word();
        }
        if ["plural", "select", "selectordinal"].contains(&kind.as_str()) {
            self.take();
            self.choices(depth, &name)?;
        } else {
            let (_, rest) = self.rest.split_once('}').ok_or("a brace is not closed")?;
            self.rest = rest;
        }
        self.blanks.insert([name, kind].join(" ").trim().to_owned());
        Ok(())
    }

    fn choices(&mut self, depth: usize, name: &str) -> Result<(), String> {
        let mut has_other = false;
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.starts_with('}') {
                self.take();
                return if has_other { Ok(()) } else { Err(format!("{name} has no `other`")) };
            }
            let (choice, rest) =
                self.rest.split_once('{').ok_or_else(|| format!("the choices of {name} do not end"))?;
            has_other |= choice.trim() == "other";
            self.rest = rest;
            self.text(depth + 1)?;
        }
    }

    fn word(&mut self) -> String {
        let end = self.rest.find([',', '}']).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.trim().to_owned()
    }

    fn take(&mut self) -> Option<char> {
        let first = self.rest.chars().next()?;
        self.rest = &self.rest[first.len_utf8()..];
        Some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::super::planted::{self, Planted};
    use super::*;

    #[track_caller]
    fn check(english: &str, spanish: &str, expected: &[&str]) {
        planted::check(&Planted::clean().file(FIRST, english).file("web/src/text/es.json", spanish), expected);
    }

    #[test]
    fn a_message_that_one_language_lacks_is_found() {
        check(
            r#"{ "a": { "b": "Check", "c": "Next" } }"#,
            r#"{ "a": { "b": "Comprobar" } }"#,
            &["web/src/text/es.json: lacks a.c | messages-in-every-language"],
        );
        check("{}", r#"{ "a": "Sí" }"#, &["web/src/text/es.json: a is not in en.json | messages-in-every-language"]);
    }

    #[test]
    fn a_blank_that_one_language_does_not_fill_is_found() {
        check(
            r#"{ "a": "Hello {name}" }"#,
            r#"{ "a": "Hola {nombre}" }"#,
            &[r#"web/src/text/es.json: a fills {"nombre"}, en.json fills {"name"} | messages-fill-the-same-blanks"#],
        );
        check(
            r#"{ "a": "Hello {name" }"#,
            r#"{ "a": "Hola {name}" }"#,
            &[
                "web/src/text/en.json: a in en.json: a brace is not closed | messages-fill-the-same-blanks",
                "web/src/text/es.json: a in en.json: a brace is not closed | messages-fill-the-same-blanks",
            ],
        );
    }

    #[test]
    fn blanks_are_read_from_plurals_quotes_and_tags() {
        let read = |message| blanks(message).map(|found| found.into_iter().collect::<Vec<_>>().join(", "));
        assert_eq!(read("{n, plural, one {# point for {name}} other {# points}}").unwrap(), "n plural, name");
        assert_eq!(read("{when, date, short} it's '{not}' <b>{x}</b>").unwrap(), "<b>, when date, x");
        assert_eq!(read("{n, plural, one {#}}").unwrap_err(), "n has no `other`");
    }
}
