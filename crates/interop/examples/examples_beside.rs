//! Prints steps of the real course, each with the step that would stand beside it as a worked example, for judging by
//! eye: `cargo run -p interop --example examples_beside -- HOW_MANY SEED`.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

#[path = "../tests/support/course.rs"]
mod course;

use curriculum::{Lang, alike::sibling, template::Draw};

fn main() {
    let number =
        |place: usize, usual: u64| std::env::args().nth(place).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let Some(imported) = course::imported() else { return };
    let items: Vec<_> = imported.course.items.values().collect();
    let mut draw = Draw::new(number(2, 1));
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for _ in 0..number(1, 20) {
        let item = items[draw.below(items.len())];
        let part = &item.parts[draw.below(item.parts.len())];
        let en = Lang::en();
        println!("{} {} | {}", part.id, one_line(item.stem.get(&en)), one_line(part.question.prompt.get(&en)));
        let started = std::time::Instant::now();
        match sibling(&imported.course, &item.id, &part.id, &draw.bits().to_le_bytes()) {
            Some(found) => {
                let (stem, prompt) = (found.item.stem.get(&en), found.part.question.prompt.get(&en));
                println!("  {:?} {} {} | {}", found.likeness, found.part.id, one_line(stem), one_line(prompt));
            }
            None => println!("  nothing"),
        }
        println!("  {} µs", started.elapsed().as_micros());
    }
    let (mut alike, mut all) = (0, 0);
    for item in imported.course.items.values() {
        for part in &item.parts {
            let found = sibling(&imported.course, &item.id, &part.id, &[]);
            all += 1;
            alike += usize::from(found.is_some_and(|found| found.likeness.is_alike()));
        }
    }
    println!("{alike} of {all} steps have an example that is called alike");
}
