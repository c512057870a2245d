//! Enough items for every skill, and pools that never share one.

use super::Findings;
use crate::{Course, Item, ItemId, Pool, SkillId};
use std::collections::BTreeMap;

/// From so many items on, practice and checks have pools of their own.
const TWO_POOLS_ITEMS_MIN: usize = 6;

pub(super) fn check(course: &Course, findings: &mut Findings) {
    let mut by_skill: BTreeMap<&SkillId, Vec<&Item>> =
        course.skills.iter().map(|skill| (&skill.id, Vec::new())).collect();
    for item in course.items.values() {
        for skill in item.parts.iter().flat_map(|part| &part.skills) {
            let items = by_skill.entry(skill).or_default();
            if !items.iter().any(|other| other.id == item.id) {
                items.push(item);
            }
        }
    }
    let holds_back = course.items.values().any(|item| item.pool == Pool::Check);
    for (skill, items) in by_skill {
        one_skill(skill, &items, holds_back, findings);
    }
    practised_checks(course, findings);
    same_in_both(course, findings);
}

fn one_skill(skill: &SkillId, items: &[&Item], holds_back: bool, findings: &mut Findings) {
    let place = format!("skill `{skill}`");
    if items.is_empty() {
        findings.error("no_items", &place, "it has no items, so nobody can become ready in it");
        return;
    }
    let practised: Vec<&&Item> = items.iter().filter(|item| item.pool != Pool::Check).collect();
    let held_back = items.len() - practised.len();
    let variants: usize = practised.iter().map(|item| if item.is_template() { 2 } else { 1 }).sum();
    if items.len() >= TWO_POOLS_ITEMS_MIN {
        if variants < 2 {
            let text = "it cannot become ready: two unaided rights on different practice items or variants are needed";
            findings.error("never_ready", &place, text);
        }
        if holds_back && held_back == 0 && items.iter().all(|item| item.pool == Pool::Practice) {
            findings.warning("nothing_held_back", &place, "six items or more, but none is held back for checks");
        }
        return;
    }
    if held_back > 0 {
        let text = "fewer than six items: practice and checks share one pool, so nothing is held back";
        findings.warning("small_pool", &place, text);
    }
    if variants + held_back < 2 {
        findings.warning(
            "slow_ready",
            &place,
            "it has one item without variants, so it becomes ready on a later day only",
        );
    }
}

/// What an activity lists is practised, so nothing that is held back may stand there.
fn practised_checks(course: &Course, findings: &mut Findings) {
    for activity in course.lessons().flat_map(|lesson| &lesson.activities) {
        for id in &activity.items {
            if course.items.get(id).is_some_and(|item| item.pool == Pool::Check) {
                let text = format!("item `{id}` is held back for checks but listed for practice");
                findings.error_about("pools", &format!("activity `{}`", activity.id), id.as_str(), text);
            }
        }
    }
}

/// Two items that ask the same, one to practise and one held back.
fn same_in_both(course: &Course, findings: &mut Findings) {
    let mut practised: BTreeMap<String, &ItemId> = BTreeMap::new();
    for item in course.items.values().filter(|item| item.pool != Pool::Check) {
        practised.insert(content(item), &item.id);
    }
    for item in course.items.values().filter(|item| item.pool == Pool::Check) {
        if let Some(twin) = practised.get(&content(item)) {
            let text = format!("it is held back for checks, but `{twin}` asks the same in practice");
            findings.error("pools", &format!("item `{}`", item.id), text);
        }
    }
}

fn content(item: &Item) -> String {
    Item { id: ItemId(String::new()), pool: Pool::Practice, ..item.clone() }.hash().0
}
