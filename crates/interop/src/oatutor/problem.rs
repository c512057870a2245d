//! One problem as an item: its steps as parts, its pictures, its attribution.

use super::Media;
use super::agreement::{self, Disagreement};
use super::codes::Code;
use super::hints::{Around, hints};
use super::keys::{Asked, interaction};
use super::raw::Help;
use super::report::Report;
use super::text::{convert, name_and_address};
use super::tree::{ProblemFiles, StepFiles, Tree};
use curriculum::{
    Attribution, Depth, Figure, Interaction, Item, ItemId, Lang, Part, PartId, Pool, Question, SkillId, Text,
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What all problems of a course are read with.
pub struct Frame<'a> {
    pub tree: &'a Tree<'a>,
    pub lang: &'a Lang,
    /// Skills here, by upstream id.
    pub skill_of: &'a BTreeMap<String, String>,
    /// The course's own attribution.
    pub attribution: &'a Attribution,
}

/// Converts one problem; `None` when no step of it can be asked.
pub fn item(
    files: &ProblemFiles,
    skills: &BTreeMap<String, Vec<String>>,
    frame: &Frame<'_>,
    media: &mut BTreeMap<String, Media>,
    report: &mut Report,
) -> Option<Item> {
    let problem = &files.problem;
    let text = |markup: String| Text::one(frame.lang.clone(), markup);
    let title = convert(&with_powers(&problem.id, &problem.title, report));
    let stem = convert(&problem.body);
    let mut named: Vec<String> = title.figures.into_iter().chain(stem.figures).collect();
    let mut in_hints = Vec::new();
    let mut parts = Vec::new();
    for step in &files.steps {
        let upstream = skills.get(&step.step.id).unwrap_or(&step.step.skills);
        if let Some(part) = part(problem_text(files), step, upstream, frame, &mut named, &mut in_hints, report) {
            parts.push(part);
        }
    }
    report.problems += usize::from(!files.steps.is_empty());
    if parts.is_empty() {
        let held = report.held_out.iter().any(|note| files.steps.iter().any(|step| step.step.id == note.place));
        if held {
            report.problems_held_out += 1;
        } else {
            report.dispute(&problem.id, "no_steps", "nothing in it can be asked, so it is left out");
        }
        return None;
    }
    let chosen = |part: &Part| {
        matches!(part.question.interaction, Interaction::Choice { .. } | Interaction::MultipleChoice { .. })
    };
    if let Some(lost) = named.iter().find(|name| !files.figures.contains_key(*name))
        && parts.iter().all(chosen)
    {
        report.hold_out(&problem.id, "no_figure", format!("`{lost}` is not there, and its options speak of it"));
        report.problems_held_out += 1;
        return None;
    }
    let figures = figures(files, &named, &in_hints, frame.tree, media, report);
    let attribution = attribution(&problem.oer, &problem.license);
    if problem.license.trim().is_empty() {
        report.lack(&problem.id, "no_licence", "the problem names no licence");
    }
    Some(Item {
        id: ItemId(problem.id.clone()),
        title: text(title.markup),
        stem: text(stem.markup),
        parts,
        depth: Depth::Apply,
        pool: Pool::Practice,
        parameters: Vec::new(),
        conditions: Vec::new(),
        figures,
        attribution: (attribution != *frame.attribution).then_some(attribution),
    })
}

/// `of the Form x2 + bx + c` as `of the Form $$x^2+bx+c$$`: between signs of addition, a letter with a two behind it was a
/// square before its markup was lost.
fn with_powers(place: &str, title: &str, report: &mut Report) -> String {
    let words: Vec<&str> = title.split(' ').collect();
    let square = |word: &str| {
        let letters = word.strip_suffix('2').unwrap_or_default();
        (1..=2).contains(&letters.len()) && letters.bytes().all(|sign| sign.is_ascii_lowercase())
    };
    let sign = |at: usize| words.get(at).is_some_and(|word| matches!(*word, "+" | "-" | "="));
    let Some(start) = (0..words.len()).find(|at| square(words[*at]) && sign(at + 1)) else { return title.to_owned() };
    let mut end = start + 1;
    while sign(end) && end + 1 < words.len() {
        end += 2;
    }
    let formula: String = words[start..end]
        .iter()
        .map(|word| if square(word) { word.replace('2', "^2") } else { (*word).to_owned() })
        .collect();
    let mended = [&words[..start], &[format!("$${formula}$$").as_str()], &words[end..]].concat().join(" ");
    report.repair(place, "lost_power", title, &mended, "a letter with a two behind it, in a sum");
    mended
}

fn problem_text(files: &ProblemFiles) -> String {
    format!("{} {}", files.problem.title, files.problem.body)
}

fn part(
    around: String,
    files: &StepFiles,
    upstream: &[String],
    frame: &Frame<'_>,
    named: &mut Vec<String>,
    in_hints: &mut Vec<String>,
    report: &mut Report,
) -> Option<Part> {
    let step = &files.step;
    let prompt_text = format!("{around} {} {}", step.title, step.body);
    let asked = Asked {
        place: &step.id,
        problem_type: &step.problem_type,
        answer_type: &step.answer_type,
        answers: &step.answer,
        choices: &step.choices,
        prompt: &prompt_text,
        step: &format!("{} {}", step.title, step.body),
        seen: &prompt_text,
        lang: frame.lang,
    };
    let mut interaction = match interaction(&asked, report) {
        Ok(interaction) => interaction,
        Err(reason) => {
            report.dispute(&step.id, "step_left_out", reason);
            return None;
        }
    };
    let mut title = step.title.clone();
    let mut wrong = agreement::look(&asked, &mut title, &mut interaction, report);
    if let Some(code) = step.answer.iter().find_map(|answer| Code::read(answer)) {
        match code.asked_for(&title) {
            Some(asked_for) => title = asked_for,
            None => wrong.push(Disagreement {
                code: "answer_code",
                detail: format!(
                    "`{}` is a code, and the question does not say what its letters stand for",
                    step.answer[0]
                ),
            }),
        }
    }
    report.steps += 1;
    if matches!(interaction.kind(), "choice" | "multiple_choice") {
        report.steps_chosen += 1
    } else {
        report.steps_typed += 1
    }
    let heading = convert(&title);
    let body = convert(&step.body);
    for formula in heading.broken.iter().chain(&body.broken) {
        let detail = format!("`{formula}` cannot be drawn");
        wrong.push(Disagreement { code: "broken_formula", detail });
    }
    named.extend(heading.figures.into_iter().chain(body.figures));
    let prompt =
        [heading.markup, body.markup].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
    let answer = step.answer.first().map_or("", String::as_str);
    let helps = files.help.as_deref().unwrap_or_default();
    if helps.is_empty() {
        report.lack(&step.id, "no_help", "the step has neither hint nor scaffold");
    }
    let seen = format!("{prompt_text} {}", words_of(helps));
    let converted = hints(
        helps,
        &Around {
            lang: frame.lang,
            prompt: &prompt_text,
            seen: &seen,
            answer,
            is_chosen: step.problem_type == "MultipleChoice",
        },
        0,
        report,
    );
    in_hints.extend(converted.figures);
    let mut skills: Vec<SkillId> = Vec::new();
    for skill in upstream.iter().filter_map(|skill| frame.skill_of.get(skill)) {
        if !skills.iter().any(|known| known.0 == *skill) {
            skills.push(SkillId(skill.clone()));
        }
    }
    if skills.is_empty() {
        report.dispute(&step.id, "no_skill", "the step names no skill, so it gives evidence of none");
    }
    if !wrong.is_empty() {
        for found in wrong {
            report.hold_out(&step.id, found.code, found.detail);
        }
        return None;
    }
    Some(Part {
        id: PartId(step.id.clone()),
        skills,
        question: Question { prompt: Text::one(frame.lang.clone(), prompt), interaction },
        hints: converted.hints,
        buggy: Vec::new(),
        solution: Text::default(),
    })
}

/// All the words of a pathway.
fn words_of(helps: &[Help]) -> String {
    helps
        .iter()
        .map(|help| format!("{} {} {}", help.title, help.text, words_of(&help.sub_hints)))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The pictures that the problem and its steps name, in order; those of hints have no place yet.
fn figures(
    files: &ProblemFiles,
    named: &[String],
    in_hints: &[String],
    tree: &Tree<'_>,
    media: &mut BTreeMap<String, Media>,
    report: &mut Report,
) -> Vec<Figure> {
    let id = &files.problem.id;
    let mut figures: Vec<Figure> = Vec::new();
    for name in named {
        let Some(path) = files.figures.get(name) else {
            report.lack(id, "no_figure", format!("`{name}` is named and not there"));
            continue;
        };
        let bytes = match tree.figure(path) {
            Ok(bytes) => bytes,
            Err(problem) => {
                report.refuse(&problem.file, problem.reason);
                continue;
            }
        };
        let Some(media_type) = media_type(&bytes) else {
            report.refuse(path, "is not a picture of a kind that we show (GIF, PNG, JPEG, WebP)");
            continue;
        };
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        if figures.iter().any(|figure| figure.hash == hash) {
            continue;
        }
        media.entry(hash.clone()).or_insert_with(|| Media { bytes, media_type: media_type.to_owned() });
        figures.push(Figure { hash, media_type: media_type.to_owned(), alternative: Text::default() });
    }
    let all: BTreeSet<&String> =
        named.iter().chain(in_hints).filter(|name| files.figures.contains_key(*name)).collect();
    if !all.is_empty() {
        let names: Vec<&str> = all.into_iter().map(String::as_str).collect();
        report.lack(id, "no_alternative_text", format!("no words for those who cannot see {}", names.join(", ")));
    }
    figures
}

/// The type of a picture from its first bytes.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// The upstream fields `oer` and `license` as an attribution.
pub fn attribution(oer: &str, license: &str) -> Attribution {
    let (author, source) = name_and_address(oer);
    let (name, address) = name_and_address(license);
    let licence = match (name.is_empty(), address.is_empty()) {
        (false, false) => format!("{name} ({address})"),
        _ => format!("{name}{address}"),
    };
    Attribution { author, source, licence }
}
