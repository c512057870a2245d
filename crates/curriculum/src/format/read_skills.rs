//! `skills.toml` and `misconceptions.toml`.

use super::{
    node::{Notes, Table, parse, whole},
    read::{Found, MISCONCEPTION, SKILL},
};
use crate::{Edge, EdgeKind, Lang, Misconception, MisconceptionId, Skill, SkillId};
use std::collections::BTreeMap;
use toml::de::DeValue;

pub(super) fn skills(text: &str, languages: &[Lang], found: &mut Found) -> Vec<Skill> {
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

pub(super) fn misconceptions(
    text: &str,
    languages: &[Lang],
    found: &mut Found,
) -> BTreeMap<MisconceptionId, Misconception> {
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
