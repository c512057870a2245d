//! Prints what is said to wrong answers to the starter course, for judging by eye:
//! `cargo run -p engine --example explain_starter`. The answers stand in `starter_mistakes.tsv`.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use curriculum::{Course, Interaction, Item, KeyedItem, Lang, OptionId, format, markup, template};
use engine::grading::{Judgement, Response, foreseen, grade};
use std::{collections::BTreeMap, fs, path::Path};

const SEED: u64 = 11;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = BTreeMap::new();
    read(&root.join("courses/ratios-rates-percent"), "", &mut files);
    let course = format::read(&files).0.expect("the starter course is a course");
    let text = |lang: &str| {
        let file = fs::read_to_string(root.join(format!("web/src/text/{lang}.json"))).expect("the words are there");
        serde_json::from_str::<BTreeMap<String, String>>(&file).expect("the words are a table")
    };
    let languages = ["en", "es"].map(|lang| (Lang::from(lang), text(lang)));
    for line in include_str!("starter_mistakes.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [id, part, answer, mistake] = line.splitn(4, '\t').collect::<Vec<_>>()[..] else { continue };
        let item = &course.items[&id.into()];
        println!("\n{id} {part} | {mistake}");
        for (lang, words) in &languages {
            let keyed = KeyedItem::new(item, SEED, lang.clone()).expect("the starter course fills for any seed");
            let part = keyed.part(&part.into()).expect("the part is there");
            let response = response(item, &part.question.interaction, answer);
            let judgement = grade(&keyed, &part.id, &response).expect("the part is there");
            let asked = format!("{} {}", keyed.item.stem.get(lang), part.question.prompt.get(lang));
            println!("  {} | {response:?} {:?}", markup::words(&asked), judgement.verdict);
            let own = foreseen(&part.question, &part.buggy, &response, lang).map(|buggy| buggy.feedback.get(lang));
            println!(
                "    {}",
                own.filter(|own| !own.is_empty()).map_or_else(|| said(&course, &judgement, lang, words), markup::words)
            );
        }
    }
}

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be listed").path();
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            read(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(&path).expect("the file is text"));
        }
    }
}

fn response(item: &Item, interaction: &Interaction, answer: &str) -> Response {
    match (interaction, answer.strip_prefix("option ")) {
        (Interaction::Choice { .. }, Some(option)) => Response::Choice { option: OptionId(option.to_owned()) },
        (_, Some(option)) => Response::MultipleChoice { options: [OptionId(option.to_owned())].into() },
        (_, None) => {
            let values = template::draw(item, &mut template::Draw::new(SEED)).expect("values meet the conditions");
            Response::Text { text: template::fill(answer, &Lang::en(), &values).expect("a formula of the item") }
        }
    }
}

/// The general words, where the author has none for this very answer.
fn said(course: &Course, judgement: &Judgement, lang: &Lang, words: &BTreeMap<String, String>) -> String {
    let code = judgement.message.as_ref().and_then(|message| words.get(&format!("feedback.{}", message.code)));
    let known = judgement.misconception.as_ref().and_then(|id| course.misconceptions.get(id));
    let known = known.map(|known| format!("{} / {}", known.truth.get(lang), known.conflict.get(lang)));
    let silent = || "(look again)".to_owned();
    known.or_else(|| Some(format!("[{}] {}", judgement.message.as_ref()?.code, code?))).unwrap_or_else(silent)
}
