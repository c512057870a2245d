//! Files to a course: `course.toml`, `skills.toml`, `misconceptions.toml`, `activities/` and `checks/`.

use super::{
    FILE_BYTES_MAX, Problem,
    node::{Notes, Table, name_missing_languages, parse, whole},
    page::{self, Block, Page},
    read_item,
};
use crate::{
    Activity, ActivityId, ActivityKind, Attribution, Course, CourseId, Edge, EdgeKind, Item, ItemId, Lang, Lesson,
    LessonId, Misconception, MisconceptionId, Skill, SkillId, Text, Unit, UnitId, ids::well_formed,
};
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// Everything that is found while reading, beside the course.
#[derive(Default)]
pub(super) struct Found {
    pub problems: Vec<Problem>,
    /// Ids in use: what kind of thing, which id, and where it was first given.
    names: BTreeMap<(&'static str, String), (String, usize)>,
    /// Ids that are pointed at; looked up once everything is read.
    references: Vec<Reference>,
}

struct Reference {
    kind: &'static str,
    id: String,
    file: String,
    line: usize,
}

impl Found {
    pub fn say(&mut self, file: &str, line: usize, text: impl Into<String>) {
        self.problems.push(Problem { file: file.to_owned(), line, text: text.into() });
    }

    /// Notes that `id` names a thing of this kind; says so when the id is taken or malformed.
    pub fn name(&mut self, kind: &'static str, id: &str, file: &str, line: usize) -> bool {
        if !well_formed(id) {
            self.say(file, line, format!("`{id}` cannot be an id: use letters, digits and hyphens"));
        }
        let here = (file.to_owned(), line);
        let first = self.names.entry((kind, id.to_owned())).or_insert_with(|| here.clone()).clone();
        if first != here {
            self.say(file, line, format!("there is already {kind} `{id}`, at {}:{}", first.0, first.1));
            return false;
        }
        true
    }

    /// Notes that `id` is pointed at.
    pub fn refer(&mut self, kind: &'static str, id: &str, file: &str, line: usize) {
        self.references.push(Reference { kind, id: id.to_owned(), file: file.to_owned(), line });
    }

    fn look_up_references(&mut self) {
        for Reference { kind, id, file, line } in std::mem::take(&mut self.references) {
            if !self.names.contains_key(&(kind, id.clone())) {
                let other = kind.trim_start_matches("an ").trim_start_matches("a ");
                self.say(&file, line, format!("there is no {other} `{id}`"));
            }
        }
    }
}

pub(super) const SKILL: &str = "a skill";
pub(super) const MISCONCEPTION: &str = "a misconception";
pub(super) const ITEM: &str = "an item";

/// A lesson as `course.toml` lists it: its activities are still files to find.
struct LessonPlan {
    lesson: Lesson,
    activities: Vec<(usize, String)>,
}

pub(super) fn course(files: &BTreeMap<String, String>) -> (Option<Course>, Vec<Problem>) {
    let mut found = Found::default();
    let files = sound_files(files, &mut found);
    let course = match files.get("course.toml") {
        Some(_) => whole_course(&files, &mut found),
        None => {
            found.say("course.toml", 1, "this file is missing; a course starts with it");
            None
        }
    };
    found.look_up_references();
    found.problems.sort();
    found.problems.dedup();
    (course, found.problems)
}

/// The files with byte-order marks gone and lines ended by a line feed alone.
fn sound_files(files: &BTreeMap<String, String>, found: &mut Found) -> BTreeMap<String, String> {
    let mut sound = BTreeMap::new();
    for (path, text) in files {
        if text.len() > FILE_BYTES_MAX {
            found.say(path, 1, format!("this file is larger than {} MiB and was not read", FILE_BYTES_MAX >> 20));
            continue;
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        sound.insert(path.replace('\\', "/"), text.replace("\r\n", "\n"));
    }
    sound
}

fn whole_course(files: &BTreeMap<String, String>, found: &mut Found) -> Option<Course> {
    let (mut course, plans) = header(&files["course.toml"], found)?;
    let languages = course.languages.clone();
    match files.get("skills.toml") {
        Some(text) => course.skills = skills(text, &languages, found),
        None => found.say("skills.toml", 1, "this file is missing; it lists the skills"),
    }
    if let Some(text) = files.get("misconceptions.toml") {
        course.misconceptions = misconceptions(text, &languages, found);
    }
    let mut used = Vec::new();
    for (unit, plans) in course.units.iter_mut().zip(plans) {
        for LessonPlan { mut lesson, activities } in plans {
            for (line, id) in activities {
                let path = format!("activities/{}/{id}.md", lesson.id);
                match files.get(&path) {
                    Some(text) => {
                        lesson.activities.extend(activity(&path, &id, text, &languages, &mut course.items, found))
                    }
                    None => found.say("course.toml", line, format!("activity `{id}` has no file `{path}`")),
                }
                used.push(path);
            }
            unit.lessons.push(lesson);
        }
    }
    for (path, text) in files {
        if path.starts_with("checks/") && path.ends_with(".md") {
            held_back(path, text, &languages, &mut course.items, found);
        } else if path.starts_with("activities/") && !used.contains(path) {
            found.say(path, 1, "no lesson in course.toml lists this file");
        }
    }
    Some(course)
}

fn header(text: &str, found: &mut Found) -> Option<(Course, Vec<Vec<LessonPlan>>)> {
    const FILE: &str = "course.toml";
    let languages = languages(text);
    let mut problems = Vec::new();
    let mut notes = Notes::new(FILE, 1, text, &languages, &mut problems);
    let parsed = parse(&mut notes);
    let mut table = Table::new("course.toml", 0, parsed.get_ref());
    let line = notes.line(table.place("id"));
    let id = table.required_string("id", &mut notes);
    if languages.is_empty() {
        notes.say(0, "course.toml has no `languages`, as in [\"en\"]");
    }
    for (at, tag) in table.strings("languages", &mut notes) {
        if !(2..=3).contains(&tag.len()) || !tag.bytes().all(|byte| byte.is_ascii_lowercase()) {
            notes.say(at, format!("`{tag}` is not a language tag such as `en`"));
        }
    }
    let title = table.required_text("title", &mut notes);
    let attribution = table
        .tables("attribution", "an attribution", &mut notes)
        .into_iter()
        .map(|one| attribution(one, &mut notes))
        .collect();
    let mut units = Vec::new();
    let mut plans = Vec::new();
    for mut unit in table.tables("units", "this unit", &mut notes) {
        let id = named(&mut unit, "a unit", &mut notes, found);
        let title = unit.required_text("title", &mut notes);
        let lessons = unit.tables("lessons", "this lesson", &mut notes);
        plans.push(lessons.into_iter().map(|one| lesson(one, &mut notes, found)).collect());
        unit.finish(&mut notes);
        units.push(Unit { id: UnitId(id), title, lessons: Vec::new() });
    }
    if units.is_empty() {
        notes.say(0, "course.toml has no `units`");
    }
    let mut aliases = BTreeMap::new();
    if let Some(mut table) = table.table("aliases", "the table of aliases", &mut notes) {
        for old in table.rest() {
            let line = notes.line(table.place(old));
            if let Some(new) = table.string(old, &mut notes) {
                found.refer(SKILL, &new, FILE, line);
                aliases.insert(SkillId::from(old), SkillId(new));
            }
        }
    }
    table.finish(&mut notes);
    found.problems.append(&mut problems);
    let id = id.filter(|id| !id.is_empty())?;
    found.name("a course", &id, FILE, line);
    let (skills, misconceptions, items) = Default::default();
    let course =
        Course { id: CourseId(id), title, languages, attribution, units, skills, misconceptions, items, aliases };
    Some((course, plans))
}

/// The languages are wanted before anything else can be judged.
fn languages(text: &str) -> Vec<Lang> {
    let (table, _) = DeTable::parse_recoverable(text);
    let Some(DeValue::Array(tags)) = table.get_ref().get("languages").map(toml::Spanned::get_ref) else {
        return Vec::new();
    };
    let mut languages = Vec::new();
    for lang in tags.iter().filter_map(|tag| tag.get_ref().as_str()).map(Lang::from) {
        if !languages.contains(&lang) {
            languages.push(lang);
        }
    }
    languages
}

pub(super) fn attribution(mut table: Table<'_>, notes: &mut Notes<'_>) -> Attribution {
    let attribution = Attribution {
        author: table.required_string("author", notes).unwrap_or_default(),
        source: table.string("source", notes).unwrap_or_default(),
        licence: table.string("licence", notes).unwrap_or_default(),
    };
    table.finish(notes);
    attribution
}

/// The `id` of a table, noted as in use.
fn named(table: &mut Table<'_>, kind: &'static str, notes: &mut Notes<'_>, found: &mut Found) -> String {
    let line = notes.line(table.place("id"));
    let id = table.required_string("id", notes).unwrap_or_default();
    if !id.is_empty() {
        found.name(kind, &id, notes.file, line);
    }
    id
}

fn lesson(mut table: Table<'_>, notes: &mut Notes<'_>, found: &mut Found) -> LessonPlan {
    let id = LessonId(named(&mut table, "a lesson", notes, found));
    let title = table.required_text("title", notes);
    let skills = skill_references(&mut table, "skills", notes, found);
    let activities =
        table.strings("activities", notes).into_iter().map(|(at, activity)| (notes.line(at), activity)).collect();
    table.finish(notes);
    LessonPlan { lesson: Lesson { id, title, skills, activities: Vec::new() }, activities }
}

/// A list of skill ids, each of which must exist.
pub(super) fn skill_references(
    table: &mut Table<'_>,
    key: &str,
    notes: &mut Notes<'_>,
    found: &mut Found,
) -> Vec<SkillId> {
    let ids = table.strings(key, notes);
    for (at, id) in &ids {
        found.refer(SKILL, id, notes.file, notes.line(*at));
    }
    ids.into_iter().map(|(_, id)| SkillId(id)).collect()
}

fn skills(text: &str, languages: &[Lang], found: &mut Found) -> Vec<Skill> {
    let mut problems = Vec::new();
    let mut notes = Notes::new("skills.toml", 1, text, languages, &mut problems);
    let parsed = parse(&mut notes);
    let mut table = Table::new("skills.toml", 0, parsed.get_ref());
    let tables = table.tables("skills", "this skill", &mut notes);
    table.finish(&mut notes);
    let skills = tables.into_iter().filter_map(|table| skill(table, &mut notes, found)).collect();
    found.problems.append(&mut problems);
    skills
}

fn skill(mut table: Table<'_>, notes: &mut Notes<'_>, found: &mut Found) -> Option<Skill> {
    let line = notes.line(table.place("id"));
    let id = table.required_string("id", notes)?;
    let fresh = found.name(SKILL, &id, notes.file, line);
    let mut rests_on = edges(&mut table, "needs", EdgeKind::Needed, notes, found);
    rests_on.extend(edges(&mut table, "helps", EdgeKind::Helps, notes, found));
    let skill = Skill {
        id: SkillId(id),
        code: table.string("code", notes).unwrap_or_default(),
        name: table.required_text("name", notes),
        can: table.text("can", notes),
        standards: table.strings("standards", notes).into_iter().map(|(_, code)| code).collect(),
        rests_on,
        hub: table.boolean("hub", notes),
    };
    table.finish(notes);
    fresh.then_some(skill)
}

/// Edges are ids, or tables `{ skill = "...", strength = 0.8 }`.
fn edges(table: &mut Table<'_>, key: &str, kind: EdgeKind, notes: &mut Notes<'_>, found: &mut Found) -> Vec<Edge> {
    let mut edges = Vec::new();
    let Some((at, value)) = table.take(key) else { return edges };
    let DeValue::Array(members) = value else {
        notes.say(at, format!("`{key}` must be a list of skills"));
        return edges;
    };
    for member in members.iter() {
        let at = member.span().start;
        let (skill, strength) = match member.get_ref() {
            DeValue::String(id) => (id.to_string(), 0.5),
            DeValue::Table(inner) => {
                let mut inner = Table::new("this edge", at, inner);
                let skill = inner.required_string("skill", notes).unwrap_or_default();
                let strength = inner.take("strength").and_then(|(at, value)| share(at, value, notes)).unwrap_or(0.5);
                inner.finish(notes);
                (skill, strength)
            }
            _ => {
                notes.say(at, format!("`{key}` must be a list of skills"));
                continue;
            }
        };
        found.refer(SKILL, &skill, notes.file, notes.line(at));
        edges.push(Edge { skill: SkillId(skill), kind, strength });
    }
    edges
}

fn share(at: usize, value: &DeValue<'_>, notes: &mut Notes<'_>) -> Option<f64> {
    let number =
        value.as_float().and_then(|float| float.as_str().parse().ok()).or(whole(value).map(|whole| whole as f64));
    let share = number.filter(|number| (0.0..=1.0).contains(number));
    if share.is_none() {
        notes.say(at, "`strength` must be a number from 0 to 1");
    }
    share
}

fn misconceptions(text: &str, languages: &[Lang], found: &mut Found) -> BTreeMap<MisconceptionId, Misconception> {
    let mut problems = Vec::new();
    let mut notes = Notes::new("misconceptions.toml", 1, text, languages, &mut problems);
    let parsed = parse(&mut notes);
    let mut table = Table::new("misconceptions.toml", 0, parsed.get_ref());
    let mut all = BTreeMap::new();
    for mut one in table.tables("misconceptions", "this misconception", &mut notes) {
        let line = notes.line(one.place("id"));
        let id = one.required_string("id", &mut notes).unwrap_or_default();
        let fresh = !id.is_empty() && found.name(MISCONCEPTION, &id, notes.file, line);
        let (name, truth) = (one.required_text("name", &mut notes), one.required_text("truth", &mut notes));
        let conflict = one.required_text("conflict", &mut notes);
        let way_back_line = notes.line(one.place("way_back"));
        let way_back = SkillId(one.required_string("way_back", &mut notes).unwrap_or_default());
        if !way_back.as_str().is_empty() {
            found.refer(SKILL, way_back.as_str(), notes.file, way_back_line);
        }
        one.finish(&mut notes);
        if fresh {
            let id = MisconceptionId(id);
            all.insert(id.clone(), Misconception { id, name, truth, conflict, way_back });
        }
    }
    table.finish(&mut notes);
    found.problems.append(&mut problems);
    all
}

fn activity(
    path: &str,
    id: &str,
    text: &str,
    languages: &[Lang],
    items: &mut BTreeMap<ItemId, Item>,
    found: &mut Found,
) -> Option<Activity> {
    let Page { head, body, body_line, items: blocks } = page::split(path, text, &mut found.problems);
    let here = read_items(path, &blocks, languages, items, found);
    let Some(Block { line, toml }) = head else {
        found.say(path, 1, "an activity starts with a head between `+++` lines");
        return None;
    };
    let mut problems = Vec::new();
    let mut notes = Notes::new(path, line, toml, languages, &mut problems);
    let parsed = parse(&mut notes);
    let mut table = Table::new("this activity", 0, parsed.get_ref());
    let id_line = notes.line(table.place("id"));
    let written = table.required_string("id", &mut notes);
    if let Some(written) = written.filter(|written| written != id) {
        notes.say(0, format!("the id is `{written}` but the file's name says `{id}`"));
    }
    found.name("an activity", id, path, id_line);
    let title = table.required_text("title", &mut notes);
    let kind = kind(&mut table, &mut notes);
    let skills = skill_references(&mut table, "skills", &mut notes, found);
    let minutes_at = table.place("minutes");
    let stated = table.has("minutes");
    let minutes = match table.integer("minutes", &mut notes).map(u16::try_from) {
        Some(Ok(minutes)) if minutes > 0 => minutes,
        None if stated => 1,
        _ => {
            notes.say(minutes_at, "this activity needs `minutes`, a whole number");
            1
        }
    };
    let interests = table.strings("interests", &mut notes).into_iter().map(|(_, interest)| interest).collect();
    let order = item_references(&mut table, &mut notes, found);
    table.finish(&mut notes);
    check_body(&body, kind, body_line, path, languages, found);
    found.problems.append(&mut problems);
    let items = if order.is_empty() { here } else { order };
    Some(Activity { id: ActivityId::from(id), title, kind, skills, minutes, body, interests, items })
}

fn kind(table: &mut Table<'_>, notes: &mut Notes<'_>) -> ActivityKind {
    let at = table.place("kind");
    match table.required_string("kind", notes).as_deref() {
        Some("read") => ActivityKind::Read,
        Some("practise") | None => ActivityKind::Practise,
        Some(other) => {
            notes.say(at, format!("`{other}` is no kind of activity; write `read` or `practise`"));
            ActivityKind::Practise
        }
    }
}

/// `items = [...]` lists them in another order, or names items of other pages.
fn item_references(table: &mut Table<'_>, notes: &mut Notes<'_>, found: &mut Found) -> Vec<ItemId> {
    let ids = table.strings("items", notes);
    for (at, id) in &ids {
        found.refer(ITEM, id, notes.file, notes.line(*at));
    }
    ids.into_iter().map(|(_, id)| ItemId(id)).collect()
}

fn check_body(body: &Text, kind: ActivityKind, line: usize, path: &str, languages: &[Lang], found: &mut Found) {
    let mut problems = Vec::new();
    let mut notes = Notes::new(path, line, "", languages, &mut problems);
    if !body.0.is_empty() {
        name_missing_languages("the body", 0, body, &mut notes);
    } else if kind == ActivityKind::Read {
        notes.say(0, "there is nothing to read; write a `::: en` block");
    }
    for lang in body.0.keys().filter(|lang| !languages.contains(lang)) {
        notes.say(0, format!("the course is not written in `{}`", lang.0));
    }
    found.problems.append(&mut problems);
}

fn read_items(
    path: &str,
    blocks: &[Block<'_>],
    languages: &[Lang],
    items: &mut BTreeMap<ItemId, Item>,
    found: &mut Found,
) -> Vec<ItemId> {
    let mut ids = Vec::new();
    for block in blocks {
        if let Some(item) = read_item::item(path, block, languages, found) {
            ids.push(item.id.clone());
            items.insert(item.id.clone(), item);
        }
    }
    ids
}

/// A page of `checks/`: items that belong to no activity.
fn held_back(path: &str, text: &str, languages: &[Lang], items: &mut BTreeMap<ItemId, Item>, found: &mut Found) {
    let page = page::split(path, text, &mut found.problems);
    if page.head.is_some() || !page.body.0.is_empty() {
        found.say(path, 1, "a page in `checks/` holds items only");
    }
    read_items(path, &page.items, languages, items, found);
}
