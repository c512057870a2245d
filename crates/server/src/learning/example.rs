//! Which question serves as the worked example for one that was missed, and which were shown so just now.

use crate::library::Published;
use curriculum::{Item, ItemId, Part, PartId, Pool};
use engine::{detect::FORM_CHANGES, record::HeadState};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Presentations for which a question rests after its solution was shown.
const RESTS: usize = 3;

/// Another question of the same skill; for a template the same will do, as another variant. Of several that fit as well,
/// each `presentation` has one of its own, so that the next question does not bring the same example again.
pub fn sibling<'a>(published: &'a Published, item: &ItemId, part: &PartId, presentation: Uuid) -> Option<&'a Item> {
    let item = published.course.items.get(item)?;
    let own = item.part(part)?;
    let skill = own.skills.first()?;
    let same_skill = |other: &Item| other.parts.iter().any(|part| part.skills.contains(skill));
    let others = published.course.items.values().filter(|other| same_skill(other) && other.pool != Pool::Check);
    others.filter(|other| other.id != item.id || other.is_template()).min_by_key(|other| {
        // A heading and a way of answering in common make it one like it.
        let other_title = other.title != item.title;
        let kind_of = |part: &Part| part.question.interaction.kind();
        let other_kind = other.parts.first().map(kind_of) != Some(kind_of(own));
        let several = other.parts.len() != 1;
        let bare = other.parts.iter().all(|part| part.solution.is_empty() && part.hints.is_empty());
        (bare, other_title, other_kind, several, other.id == item.id, turn(presentation, &other.id), other.id.clone())
    })
}

/// A place in line that is as good as drawn, and always the same for the same two.
fn turn(presentation: Uuid, item: &ItemId) -> u64 {
    let mut hash = Sha256::new();
    hash.update(presentation.as_bytes());
    hash.update(item.as_str().as_bytes());
    hash.finalize().iter().take(8).fold(0, |turn, byte| turn << 8 | u64::from(*byte))
}

/// Questions whose solution stood on the screen in one of the last presentations. Those with a variant to spare may come.
pub fn just_shown(published: &Published, head: &HeadState) -> BTreeSet<ItemId> {
    let latest: Vec<_> = head.presented.iter().rev().take(RESTS).map(|presented| presented.presentation).collect();
    let missed = head.open.iter().filter(|open| {
        open.misses >= FORM_CHANGES && open.course == published.course.id && latest.contains(&open.presentation)
    });
    let siblings = missed.filter_map(|open| sibling(published, &open.item, &open.part, open.presentation));
    siblings.filter(|item| !item.is_template()).map(|item| item.id.clone()).collect()
}
