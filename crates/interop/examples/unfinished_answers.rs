//! What hints of the real course write that has the key's value and is not taken for the answer, for reading by eye:
//! `cargo run -p interop --example unfinished_answers`.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

#[path = "../tests/support/course.rs"]
mod course;

use curriculum::{HintBody, Interaction, KeyedItem, Lang, markup};
use engine::grading::{Response, Verdict, grade};

fn main() {
    let Some(imported) = course::imported() else { return };
    let (mut right, mut total) = (0, 0);
    for item in imported.course.items.values() {
        let keyed = KeyedItem::new(item, 0, Lang::en()).expect("the course has no templates");
        for part in &item.parts {
            let (Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key)) =
                &part.question.interaction
            else {
                continue;
            };
            let told = part.hints.iter().filter_map(|hint| match &hint.body {
                HintBody::Tell { text } => Some(markup::formulas(text.get(&Lang::en()))),
                HintBody::Ask { .. } => None,
            });
            for text in told.flatten().flat_map(|formula| formula.split('=').map(str::to_owned).collect::<Vec<_>>()) {
                let Some(judged) = grade(&keyed, &part.id, &Response::Text { text: text.clone() }) else { continue };
                total += usize::from(judged.verdict == Verdict::RightValueWrongForm);
                right += usize::from(judged.verdict == Verdict::Right);
                if judged.verdict == Verdict::RightValueWrongForm {
                    let prompt = format!("{} {}", item.stem.get(&Lang::en()), part.question.prompt.get(&Lang::en()));
                    let said = judged.message.map(|message| message.code).unwrap_or_default();
                    println!("{} | {} | key {} | {text} | {said}", part.id, prompt.replace('\n', " "), key.accepted[0]);
                }
            }
        }
    }
    println!("{right} right, {total} of the value and not the answer yet");
}
