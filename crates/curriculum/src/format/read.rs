//! Files to a course: `course.toml`, `skills.toml`, `misconceptions.toml`, `activities/` and `checks/`.

use super::{
    FILE_BYTES_MAX, Problem,
    node::{Notes, Table, parse},
    read_activity::{activity, held_back},
    read_skills::{misconceptions, skills},
};
use crate::{Attribution, Course, CourseId, Lang, Lesson, LessonId, SkillId, Unit, UnitId, ids::well_formed};
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
