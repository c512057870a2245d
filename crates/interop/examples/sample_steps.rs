//! Prints typed steps of the real course for somebody who writes wrong answers to them, none of two lessons before
//! every lesson had its turn: `cargo run -p interop --example sample_steps -- N SEED`.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

#[path = "../tests/support/course.rs"]
mod course;

use curriculum::template::Draw;
use curriculum::{Interaction, Item, Lang, Part, markup};
use std::collections::BTreeMap;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(50);
    let seed: u64 = arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let Some(imported) = course::imported() else { return };
    let course = imported.course;
    let lesson_of: BTreeMap<_, _> = course
        .lessons()
        .flat_map(|lesson| lesson.skills.iter().map(|skill| (skill.clone(), lesson.id.clone())))
        .collect();
    let mut steps: Vec<(&Item, &Part)> =
        course.items.values().flat_map(|item| item.parts.iter().map(move |part| (item, part))).collect();
    steps.retain(|(_, part)| key(part).is_some());
    Draw::new(seed).shuffle(&mut steps);
    let mut turns: BTreeMap<_, usize> = BTreeMap::new();
    let mut order: Vec<(usize, usize)> = Vec::new();
    for (place, (_, part)) in steps.iter().enumerate() {
        let turn = turns.entry(part.skills.first().and_then(|skill| lesson_of.get(skill))).or_default();
        order.push((*turn, place));
        *turn += 1;
    }
    order.sort_unstable();
    for (_, place) in order.into_iter().take(count) {
        let (item, part) = steps[place];
        let words = |text: &curriculum::Text| markup::words(text.get(&Lang::en()));
        println!(
            "{}/{}\n  {} | {}\n  stem: {}\n  prompt: {}\n  key: {}\n",
            item.id,
            part.id,
            part.skills.iter().map(|skill| skill.as_str()).collect::<Vec<_>>().join(", "),
            part.question.interaction.kind(),
            words(&item.stem),
            words(&part.question.prompt),
            key(part).unwrap_or_default(),
        );
    }
}

fn key(part: &Part) -> Option<String> {
    match &part.question.interaction {
        Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) => {
            Some(format!("{} ({})", key.accepted.join(" or "), key.kind))
        }
        _ => None,
    }
}
