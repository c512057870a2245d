//! Ids and what points at them.

use super::Findings;
use crate::{Course, Hint, HintBody, Interaction, Item, MisconceptionId, Question, SkillId, ids::well_formed};
use std::collections::BTreeSet;

pub(super) fn check(course: &Course, findings: &mut Findings) {
    distinct("the course", "unit", course.units.iter().map(|unit| unit.id.as_str()), findings);
    distinct("the course", "lesson", course.lessons().map(|lesson| lesson.id.as_str()), findings);
    let activities = course.lessons().flat_map(|lesson| &lesson.activities);
    distinct("the course", "activity", activities.map(|activity| activity.id.as_str()), findings);
    distinct("the course", "skill", course.skills.iter().map(|skill| skill.id.as_str()), findings);
    distinct("the course", "item", course.items.keys().map(|id| id.as_str()), findings);
    distinct("the course", "misconception", course.misconceptions.keys().map(|id| id.as_str()), findings);
    if !well_formed(course.id.as_str()) {
        findings.error("id", "the course", format!("`{}` cannot be an id: use letters, digits and hyphens", course.id));
    }
    if course.languages.is_empty() {
        findings.error("language", "the course", "it names no language");
    }
    references(course, findings);
    for (id, item) in &course.items {
        let place = format!("item `{id}`");
        if item.id != *id {
            findings.error("id", &place, format!("it calls itself `{}`", item.id));
        }
        check_item(course, item, &place, findings);
    }
}

fn distinct<'a>(place: &str, what: &str, ids: impl Iterator<Item = &'a str>, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !well_formed(id) {
            let text = format!("`{id}` cannot be the id of a {what}: use letters, digits and hyphens");
            findings.error_about("id", place, id, text);
        }
        if !seen.insert(id) {
            let plural = if what == "activity" { "activities".into() } else { format!("{what}s") };
            findings.error_about("id_twice", place, &format!("{what} {id}"), format!("two {plural} are called `{id}`"));
        }
    }
}

fn references(course: &Course, findings: &mut Findings) {
    for skill in &course.skills {
        let place = format!("skill `{}`", skill.id);
        for edge in &skill.rests_on {
            known_skill(course, &edge.skill, &place, findings);
            if !(0.0..=1.0).contains(&edge.strength) {
                findings.error("strength", &place, "the strength of an edge must be from 0 to 1");
            }
        }
    }
    for one in course.misconceptions.values() {
        known_skill(course, &one.way_back, &format!("misconception `{}`", one.id), findings);
    }
    for (old, new) in &course.aliases {
        known_skill(course, new, &format!("alias `{old}`"), findings);
    }
    for lesson in course.lessons() {
        let place = format!("lesson `{}`", lesson.id);
        lesson.skills.iter().for_each(|skill| known_skill(course, skill, &place, findings));
        for activity in &lesson.activities {
            let place = format!("activity `{}`", activity.id);
            activity.skills.iter().for_each(|skill| known_skill(course, skill, &place, findings));
            for item in activity.items.iter().filter(|item| !course.items.contains_key(item)) {
                findings.error_about("unknown_item", &place, item.as_str(), format!("there is no item `{item}`"));
            }
        }
    }
}

fn known_skill(course: &Course, skill: &SkillId, place: &str, findings: &mut Findings) {
    if course.skill(skill).is_none() {
        findings.error_about("unknown_skill", place, skill.as_str(), format!("there is no skill `{skill}`"));
    }
}

fn known_misconception(course: &Course, id: &MisconceptionId, place: &str, findings: &mut Findings) {
    if !course.misconceptions.contains_key(id) {
        findings.error_about("unknown_misconception", place, id.as_str(), format!("there is no misconception `{id}`"));
    }
}

fn check_item(course: &Course, item: &Item, place: &str, findings: &mut Findings) {
    if item.parts.is_empty() {
        findings.error("empty", place, "it asks nothing: it has no parts");
    }
    distinct(place, "part", item.parts.iter().map(|part| part.id.as_str()), findings);
    for part in &item.parts {
        let place = format!("{place}, part `{}`", part.id);
        if part.skills.is_empty() {
            findings.error("no_skill", &place, "it gives evidence of no skill");
        }
        if part.question.prompt.is_empty() && item.stem.is_empty() {
            findings.error("empty", &place, "it has neither a stem nor a prompt");
        }
        part.skills.iter().for_each(|skill| known_skill(course, skill, &place, findings));
        part.buggy.iter().for_each(|buggy| known_misconception(course, &buggy.misconception, &place, findings));
        question(course, &part.question, &place, findings);
        hints(course, &part.hints, &place, findings);
    }
}

fn question(course: &Course, question: &Question, place: &str, findings: &mut Findings) {
    if let Interaction::Choice { options, .. } | Interaction::MultipleChoice { options, .. } = &question.interaction {
        distinct(place, "option", options.iter().map(|option| option.id.as_str()), findings);
        let named = options.iter().filter_map(|option| option.misconception.as_ref());
        named.for_each(|id| known_misconception(course, id, place, findings));
    }
}

fn hints(course: &Course, hints: &[Hint], place: &str, findings: &mut Findings) {
    distinct(place, "hint", hints.iter().map(|hint| hint.id.as_str()), findings);
    for hint in hints {
        for before in hint.after.iter().filter(|before| !hints.iter().any(|other| other.id == **before)) {
            let text = format!("hint `{}` comes after `{before}`, which is not there", hint.id);
            findings.error_about("unknown_hint", place, before.as_str(), text);
        }
        if let HintBody::Ask { question: asked, hints: inner } = &hint.body {
            let place = format!("{place}, hint `{}`", hint.id);
            question(course, asked, &place, findings);
            self::hints(course, inner, &place, findings);
        }
    }
    if never_open(hints) {
        findings.error("hint_cycle", place, "some hints wait for each other and can never be opened");
    }
}

/// True when hints wait for each other in a circle.
fn never_open(hints: &[Hint]) -> bool {
    let known: BTreeSet<_> = hints.iter().map(|hint| &hint.id).collect();
    let mut opened = BTreeSet::new();
    loop {
        let before = opened.len();
        for hint in hints {
            if hint.after.iter().all(|id| opened.contains(id) || !known.contains(id)) {
                opened.insert(&hint.id);
            }
        }
        if opened.len() == before {
            return opened.len() < known.len();
        }
    }
}
