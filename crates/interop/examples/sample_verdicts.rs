//! Prints sampled verdicts on the real course for reading by eye:
//! `cargo run -p interop --example sample_verdicts -- N SEED`.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

#[path = "../tests/support/course.rs"]
mod course;
#[path = "../tests/support/typing.rs"]
mod typing;

use curriculum::template::Draw;
use curriculum::{Interaction, KeyKind, KeyedItem, Lang, Part, markup};
use engine::grading::{Response, grade};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(100);
    let seed: u64 = arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let Some(imported) = course::imported() else { return };
    let keyed: Vec<KeyedItem> = imported
        .course
        .items
        .values()
        .map(|item| KeyedItem::new(item, seed, Lang::en()).expect("the course has no templates"))
        .collect();
    let mut draw = Draw::new(seed);
    for line in 1..=count {
        let keyed = &keyed[draw.below(keyed.len())];
        let part = &keyed.item.parts[draw.below(keyed.item.parts.len())];
        let (key, given, response) = answer(part, &mut draw);
        let judged = grade(keyed, &part.id, &response).expect("the part is there");
        let words = |text: &curriculum::Text| markup::words(text.get(&Lang::en()));
        let prompt = format!("{} {}", words(&keyed.item.stem), words(&part.question.prompt));
        let said = judged.message.map_or_else(String::new, |message| format!(" {}", message.code));
        println!("{line}. {} | {} | key {key} | given {given} | {:?}{said}", part.id, prompt.trim(), judged.verdict);
    }
}

/// The key, and an answer: the key itself, the key in another way, or something wrong, drawn alike.
fn answer(part: &Part, draw: &mut Draw) -> (String, String, Response) {
    let (key, kind) = match &part.question.interaction {
        Interaction::Choice { options, .. } | Interaction::MultipleChoice { options, .. } => {
            let right = options.iter().find(|option| option.correct).expect("one is right");
            let chosen = &options[draw.below(options.len())];
            let text = |option: &curriculum::Option_| markup::words(option.text.get(&Lang::en()));
            return (text(right), text(chosen), Response::Choice { option: chosen.id.clone() });
        }
        Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) => {
            (key.accepted[0].clone(), key.kind)
        }
        Interaction::ShortText { accepted } => (accepted[0].get(&Lang::en()).to_owned(), KeyKind::Words),
    };
    let wrong = typing::wrong(&key, kind);
    let given = match draw.below(3) {
        0 => typing::typed(&key),
        1 => typing::rewritten(&key, kind),
        _ => wrong[draw.below(wrong.len())].clone(),
    };
    (key, given.clone(), Response::Text { text: given })
}
