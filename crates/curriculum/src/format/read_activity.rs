//! The pages of `activities/` and `checks/`.

use super::{
    node::{Notes, Table, name_missing_languages, parse},
    page::{self, Block, Page},
    read::{Found, ITEM, skill_references},
    read_item,
};
use crate::{Activity, ActivityId, ActivityKind, Item, ItemId, Lang, Text};
use std::collections::BTreeMap;

pub(super) fn activity(
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
pub(super) fn held_back(
    path: &str,
    text: &str,
    languages: &[Lang],
    items: &mut BTreeMap<ItemId, Item>,
    found: &mut Found,
) {
    let page = page::split(path, text, &mut found.problems);
    if page.head.is_some() || !page.body.0.is_empty() {
        found.say(path, 1, "a page in `checks/` holds items only");
    }
    read_items(path, &page.items, languages, items, found);
}
