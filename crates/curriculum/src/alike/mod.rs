//! Which question of a skill is like another: for a worked example, where a division helps nobody who is to multiply.
//!
//! Most alike is the same template with other numbers, or the same words and signs about other numbers; then a question
//! that is answered in the same way by the same operation; then any other of the skill, which should not be called alike.

mod sort;
#[cfg(test)]
mod tests;

use crate::{Course, Interaction, Item, ItemId, Part, PartId, Pool, template::Source};
use sha2::{Digest, Sha256};
use sort::Sort;
use std::cmp::Reverse;

/// How much a question is like the one that it stands beside, the most alike first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same question about other numbers.
    OtherNumbers,
    /// Another question with the same thing to do.
    SameOperation,
    /// Another question of the skill.
    SameSkill,
}

impl Likeness {
    /// Whether it may be called one like the other.
    pub fn is_alike(self) -> bool {
        self != Self::SameSkill
    }
}

/// A question that may stand as an example beside another.
#[derive(Clone, Copy, Debug)]
pub struct Sibling<'a> {
    /// The item; it may be the same, as a template that has other numbers too.
    pub item: &'a Item,
    /// Its part.
    pub part: &'a Part,
    /// How much it is like the other one.
    pub likeness: Likeness,
}

/// The question of the same skill that is most like this part, of those that can show a way of solving them. Of several
/// that fit as well, each value of `drawn` has one of its own.
pub fn sibling<'a>(course: &'a Course, item: &ItemId, part: &PartId, drawn: &[u8]) -> Option<Sibling<'a>> {
    let mut fitting = siblings(course, item, part);
    let nth = draw(fitting.iter().map(|sibling| &sibling.item.id), drawn)?;
    Some(fitting.swap_remove(nth))
}

/// All questions that fit best, as [`sibling`] takes one of them, in the order of the course: what does not depend on who
/// asks, and takes a closer look at every question of the skill.
pub fn siblings<'a>(course: &'a Course, item: &ItemId, part: &PartId) -> Vec<Sibling<'a>> {
    let Some(item) = course.items.get(item) else { return Vec::new() };
    let Some(own) = item.part(part) else { return Vec::new() };
    let varies = item.pool != Pool::Check && item.figures.is_empty() && has_numbers_to_spare(item);
    let variant = varies.then_some(Sibling { item, part: own, likeness: Likeness::OtherNumbers });
    let (Some(skill), Some(lang)) = (own.skills.first(), course.languages.first()) else {
        return variant.into_iter().collect();
    };
    if variant.is_some() && !is_bare(own) {
        return variant.into_iter().collect();
    }
    let sort = Sort::of(item, own, lang);
    // A picture does not stand in the example, and without it nobody could follow.
    let shows = |other: &&Item| other.pool != Pool::Check && other.figures.is_empty();
    let others = course.items.values().filter(shows).filter(|other| other.id != item.id);
    let parts = others.flat_map(|other| other.parts.iter().enumerate().map(move |(place, part)| (other, place, part)));
    let of_skill = parts.filter(|(_, _, part)| part.skills.contains(skill));
    let ranked = of_skill.map(|(other, place, part)| {
        // Whoever answers in another way needs no closer look.
        let near = sort.is_answered_like(part).then(|| Sort::of(other, part, lang));
        let (likeness, words) = near.map_or((Likeness::SameSkill, 0), |near| sort.compare(&near));
        let same_answer = typed_answer(other, part).is_some_and(|answer| typed_answer(item, own) == Some(answer));
        let later = (place > 0, other.parts.len() > 1);
        let rank = (is_bare(part), likeness, same_answer, Reverse(words), later);
        (rank, Sibling { item: other, part, likeness })
    });
    let ranked: Vec<_> = ranked.collect();
    let Some(best) = ranked.iter().map(|(rank, _)| *rank).min() else { return variant.into_iter().collect() };
    ranked.into_iter().filter(|(rank, _)| *rank == best).map(|(_, sibling)| sibling).collect()
}

/// The place of the one that is `drawn` among questions that fit as well, the first of its parts.
pub fn draw<'i>(fitting: impl Iterator<Item = &'i ItemId>, drawn: &[u8]) -> Option<usize> {
    fitting.enumerate().min_by_key(|(_, item)| turn(drawn, item)).map(|(nth, _)| nth)
}

/// Nothing to show but the answer.
fn is_bare(part: &Part) -> bool {
    part.solution.is_empty() && part.hints.is_empty()
}

/// Another seed gives other numbers, not only another name.
fn has_numbers_to_spare(item: &Item) -> bool {
    item.parameters.iter().any(|parameter| !matches!(parameter.source, Source::Words(_)))
}

/// An answer that is to be written; it should not stand in the example. A template's depends on its numbers.
fn typed_answer<'a>(item: &Item, part: &'a Part) -> Option<&'a String> {
    match &part.question.interaction {
        _ if item.is_template() => None,
        Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) => key.accepted.first(),
        _ => None,
    }
}

/// A place in line that is as good as drawn, and always the same for the same two.
fn turn(drawn: &[u8], item: &ItemId) -> u64 {
    let mut hash = Sha256::new();
    hash.update(drawn);
    hash.update(item.as_str().as_bytes());
    hash.finalize().iter().take(8).fold(0, |turn, byte| turn << 8 | u64::from(*byte))
}
