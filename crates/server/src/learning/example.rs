//! Which question serves as the worked example for one that was missed, and which were shown so today.

use super::{present::Shown, verdict::answer_html};
use crate::library::Published;
use curriculum::{
    ItemId, KeyedItem, Part, PartId,
    alike::{Likeness, Sibling},
};
use engine::record::HeadState;
use std::collections::BTreeSet;
use uuid::Uuid;

/// How long a question rests after its solution was shown: to the next school day.
const RESTS_MS: i64 = 12 * 3_600_000;
/// Seeds that are tried for numbers that are not those of the question.
const SEEDS: u64 = 20;

/// The question that stands as the example. Each `presentation` has one of its own where several fit as well, so that the
/// next question does not bring the same example again.
fn example<'a>(published: &'a Published, item: &ItemId, part: &PartId, presentation: Uuid) -> Option<Sibling<'a>> {
    published.example(item, part, presentation.as_bytes())
}

/// The example for a part of the question that is shown, filled with other numbers than it has.
pub fn beside(published: &Published, shown: &Shown, part: &PartId) -> Option<(KeyedItem, PartId, Likeness)> {
    let sibling = example(published, &shown.keyed.item.id, part, shown.id)?;
    let asked = shown.keyed.part(part)?;
    let seeds = if sibling.item.is_template() { SEEDS } else { 1 };
    let filled = (1..=seeds).filter_map(|step| {
        let seed = shown.keyed.seed.wrapping_add(step);
        let keyed = KeyedItem::new(sibling.item, seed, shown.keyed.lang.clone()).ok()?;
        let same = sameness((&shown.keyed, asked), (&keyed, keyed.part(&sibling.part.id)?));
        Some((same, keyed))
    });
    // The first of the best; where the key is a sentence, the same sentence may well be right again.
    let mut best: Option<(u8, KeyedItem)> = None;
    for (same, keyed) in filled {
        let better = best.as_ref().is_none_or(|(least, _)| same < *least);
        if better {
            best = Some((same, keyed));
        }
        if same == 0 {
            break;
        }
    }
    best.map(|(_, keyed)| (keyed, sibling.part.id.clone(), sibling.likeness))
}

/// 0 when neither the answer nor the text is the same, 2 when both are.
fn sameness((shown, asked): (&KeyedItem, &Part), (keyed, part): (&KeyedItem, &Part)) -> u8 {
    let answer = |keyed: &KeyedItem, part: &Part| answer_html(&part.question.interaction, &keyed.lang);
    let text = |keyed: &KeyedItem, part: &Part| {
        let prompt = part.question.prompt.get(&keyed.lang).to_owned();
        (keyed.item.stem.get(&keyed.lang).to_owned(), prompt)
    };
    u8::from(answer(shown, asked) == answer(keyed, part)) + u8::from(text(shown, asked) == text(keyed, part))
}

/// Questions whose solution stood on the screen as an example since last night: a right answer to one would show that it
/// was read. Those with a variant to spare may come.
pub fn just_shown(published: &Published, head: &HeadState, now: i64) -> BTreeSet<ItemId> {
    let since = now.saturating_sub(RESTS_MS);
    let missed = head.open.iter().filter(|open| open.changed && open.at >= since && open.course == published.course.id);
    let siblings = missed.filter_map(|open| example(published, &open.item, &open.part, open.presentation));
    siblings.map(|sibling| sibling.item).filter(|item| !item.is_template()).map(|item| item.id.clone()).collect()
}
