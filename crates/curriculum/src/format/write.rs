//! A course to files.

use super::write_item;
use crate::{Activity, ActivityKind, Attribution, Course, Edge, EdgeKind, ItemId, Lang, Lesson, Text};
use std::collections::{BTreeMap, BTreeSet};

/// TOML in the making: keys of one table, then the tables below it.
pub(super) struct Toml<'c> {
    pub out: String,
    pub languages: &'c [Lang],
}

impl Toml<'_> {
    pub fn section(&mut self, name: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(&format!("[[{name}]]\n"));
    }

    pub fn table(&mut self, name: &str) {
        self.out.push_str(&format!("\n[{name}]\n"));
    }

    /// A key with a value that is TOML already.
    pub fn raw(&mut self, key: &str, value: &str) {
        self.out.push_str(&format!("{key} = {value}\n"));
    }

    pub fn string(&mut self, key: &str, value: &str) {
        self.raw(key, &quoted(value));
    }

    pub fn string_unless_empty(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.string(key, value);
        }
    }

    /// One string alone, several as a list, none not at all.
    pub fn one_or_more(&mut self, key: &str, values: &[String]) {
        match values {
            [] => {}
            [one] => self.string(key, one),
            several => self.list(key, several),
        }
    }

    pub fn list(&mut self, key: &str, values: &[String]) {
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        self.raw(key, &format!("[{}]", values.join(", ")));
    }

    pub fn list_unless_empty(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            self.list(key, values);
        }
    }

    pub fn yes(&mut self, key: &str, value: bool) {
        if value {
            self.raw(key, "true");
        }
    }

    /// `key.en = ...` and so on; a text without words that is the same everywhere is written once.
    pub fn text(&mut self, key: &str, text: &Text) {
        match self.same_everywhere(text) {
            Some(string) => self.string(key, string),
            None => {
                for (lang, string) in in_order(text, self.languages) {
                    self.string(&format!("{key}.{}", lang.0), string);
                }
            }
        }
    }

    /// The text as an inline value.
    pub fn inline(&self, text: &Text) -> String {
        if let Some(string) = self.same_everywhere(text) {
            return quoted(string);
        }
        let pairs: Vec<String> = in_order(text, self.languages)
            .map(|(lang, string)| format!("{} = {}", lang.0, quoted_on_one_line(string)))
            .collect();
        format!("{{ {} }}", pairs.join(", "))
    }

    /// As [`Toml::inline`], but one string stands for all languages also when it has letters: a person's name.
    pub fn inline_or_name(&self, text: &Text) -> String {
        let first = text.0.values().next().filter(|first| text.0.values().all(|string| string == *first));
        match first.filter(|_| text.0.keys().eq(self.languages.iter().collect::<BTreeSet<_>>())) {
            Some(name) => quoted(name),
            None => self.inline(text),
        }
    }

    fn same_everywhere<'t>(&self, text: &'t Text) -> Option<&'t str> {
        let first = text.0.values().next()?;
        let everywhere = text.0.keys().eq(self.languages.iter().collect::<BTreeSet<_>>());
        let same = text.0.values().all(|string| string == first);
        (everywhere && same && !super::node::needs_translation(first)).then_some(first)
    }
}

/// The course's first language first, then the others by name.
fn in_order<'t>(text: &'t Text, languages: &'t [Lang]) -> impl Iterator<Item = (&'t Lang, &'t String)> {
    let first = languages.first().and_then(|lang| text.0.get_key_value(lang));
    first.into_iter().chain(text.0.iter().filter(move |(lang, _)| Some(*lang) != languages.first()))
}

pub(super) fn quoted(string: &str) -> String {
    toml::Value::String(string.to_owned()).to_string()
}

/// Inline tables stand on one line, so line ends are escaped.
fn quoted_on_one_line(string: &str) -> String {
    if !string.contains('\n') {
        return quoted(string);
    }
    let mut escaped = String::from("\"");
    for c in string.chars() {
        match c {
            '\n' => escaped.push_str("\\n"),
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            c if c.is_control() => escaped.push_str(&format!("\\u{:04X}", c as u32)),
            c => escaped.push(c),
        }
    }
    escaped.push('"');
    escaped
}

pub(super) fn course(course: &Course) -> BTreeMap<String, String> {
    let mut files =
        BTreeMap::from([("course.toml".to_owned(), header(course)), ("skills.toml".to_owned(), skills(course))]);
    if !course.misconceptions.is_empty() {
        files.insert("misconceptions.toml".into(), misconceptions(course));
    }
    let mut written = BTreeSet::new();
    for lesson in course.lessons() {
        for one in &lesson.activities {
            let path = format!("activities/{}/{}.md", lesson.id, one.id);
            files.insert(path, activity(course, one, &mut written));
        }
    }
    for (path, items) in held_back(course, &written) {
        let blocks: Vec<String> =
            items.iter().map(|id| write_item::block(&course.items[id], &course.languages)).collect();
        files.insert(path, blocks.join("\n"));
    }
    files
}

/// Items of no activity, gathered by the first skill that they ask.
fn held_back<'c>(course: &'c Course, written: &BTreeSet<&'c ItemId>) -> BTreeMap<String, Vec<&'c ItemId>> {
    let mut pages: BTreeMap<String, Vec<&ItemId>> = BTreeMap::new();
    for (id, item) in course.items.iter().filter(|(id, _)| !written.contains(id)) {
        let skill = item.parts.first().and_then(|part| part.skills.first());
        let name = skill.map_or("items", |skill| skill.as_str());
        pages.entry(format!("checks/{name}.md")).or_default().push(id);
    }
    pages
}

fn header(course: &Course) -> String {
    let mut toml = Toml { out: String::new(), languages: &course.languages };
    toml.string("id", course.id.as_str());
    let languages: Vec<String> = course.languages.iter().map(|lang| lang.0.clone()).collect();
    toml.list("languages", &languages);
    toml.text("title", &course.title);
    for one in &course.attribution {
        toml.section("attribution");
        attribution(&mut toml, one);
    }
    for unit in &course.units {
        toml.section("units");
        toml.string("id", unit.id.as_str());
        toml.text("title", &unit.title);
        unit.lessons.iter().for_each(|one| lesson(&mut toml, one));
    }
    if !course.aliases.is_empty() {
        toml.table("aliases");
        for (old, new) in &course.aliases {
            toml.string(&quoted(old.as_str()), new.as_str());
        }
    }
    toml.out
}

pub(super) fn attribution(toml: &mut Toml<'_>, one: &Attribution) {
    toml.string("author", &one.author);
    toml.string_unless_empty("source", &one.source);
    toml.string_unless_empty("licence", &one.licence);
}

fn lesson(toml: &mut Toml<'_>, lesson: &Lesson) {
    toml.section("units.lessons");
    toml.string("id", lesson.id.as_str());
    toml.text("title", &lesson.title);
    toml.list("skills", &strings(&lesson.skills));
    let activities: Vec<String> = lesson.activities.iter().map(|activity| activity.id.0.clone()).collect();
    toml.list("activities", &activities);
}

pub(super) fn strings<T: ToString>(ids: &[T]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

fn skills(course: &Course) -> String {
    let mut toml = Toml { out: String::new(), languages: &course.languages };
    for skill in &course.skills {
        toml.section("skills");
        toml.string("id", skill.id.as_str());
        toml.string_unless_empty("code", &skill.code);
        toml.text("name", &skill.name);
        toml.text("can", &skill.can);
        toml.list_unless_empty("standards", &skill.standards);
        edges(&mut toml, "needs", EdgeKind::Needed, &skill.rests_on);
        edges(&mut toml, "helps", EdgeKind::Helps, &skill.rests_on);
        toml.yes("hub", skill.hub);
    }
    toml.out
}

fn edges(toml: &mut Toml<'_>, key: &str, kind: EdgeKind, edges: &[Edge]) {
    let edges: Vec<String> = edges.iter().filter(|edge| edge.kind == kind).map(edge).collect();
    if !edges.is_empty() {
        toml.raw(key, &format!("[{}]", edges.join(", ")));
    }
}

fn edge(edge: &Edge) -> String {
    match edge.strength {
        0.5 => quoted(edge.skill.as_str()),
        strength => format!("{{ skill = {}, strength = {strength:?} }}", quoted(edge.skill.as_str())),
    }
}

fn misconceptions(course: &Course) -> String {
    let mut toml = Toml { out: String::new(), languages: &course.languages };
    for one in course.misconceptions.values() {
        toml.section("misconceptions");
        toml.string("id", one.id.as_str());
        toml.text("name", &one.name);
        toml.text("truth", &one.truth);
        toml.text("conflict", &one.conflict);
        toml.string("way_back", one.way_back.as_str());
    }
    toml.out
}

fn activity<'c>(course: &'c Course, activity: &'c Activity, written: &mut BTreeSet<&'c ItemId>) -> String {
    let here: Vec<&ItemId> =
        activity.items.iter().filter(|id| course.items.contains_key(id) && written.insert(id)).collect();
    let mut toml = Toml { out: String::new(), languages: &course.languages };
    toml.string("id", activity.id.as_str());
    toml.string(
        "kind",
        match activity.kind {
            ActivityKind::Read => "read",
            ActivityKind::Practise => "practise",
        },
    );
    toml.text("title", &activity.title);
    toml.list("skills", &strings(&activity.skills));
    toml.raw("minutes", &activity.minutes.to_string());
    toml.list_unless_empty("interests", &activity.interests);
    if !here.iter().copied().eq(&activity.items) {
        toml.list("items", &strings(&activity.items));
    }
    let mut page = format!("+++\n{}+++\n", toml.out);
    for (lang, body) in in_order(&activity.body, &course.languages) {
        let colons = ":".repeat(fence_length(body, ':'));
        page.push_str(&format!("\n{colons} {}\n{body}\n{colons}\n", lang.0));
    }
    for id in here {
        page.push('\n');
        page.push_str(&write_item::block(&course.items[id], &course.languages));
    }
    page
}

/// Three marks, or more where the text itself has a line that starts with so many.
pub(super) fn fence_length(text: &str, mark: char) -> usize {
    let marks = |line: &str| line.trim_start().chars().take_while(|c| *c == mark).count();
    text.lines().map(|line| marks(line) + 1).max().unwrap_or(0).max(3)
}
