//! The real course, imported and judged: counts, and for every step that its own answer is right, that wrong
//! answers are refused and that another way to write the answer is accepted.

#![allow(clippy::print_stdout, reason = "the figures are meant to be read")]

mod support {
    pub mod course;
    pub mod typing;
}

use curriculum::check::Severity;
use curriculum::{Hint, HintBody, Interaction, KeyKind, KeyedItem, Lang, Option_, Part, Text, markup};
use engine::grading::{Response, Verdict, grade, shown_formulas};
use interop::oatutor::Imported;
use std::collections::{BTreeMap, BTreeSet};
use support::{course, typing};

#[test]
fn every_problem_step_hint_and_lesson_is_there() {
    let Some(imported) = course::imported() else { return };
    let report = &imported.report;
    let counts = (report.problems, report.steps, report.hints, report.scaffolds, report.lessons);
    assert_eq!(counts, (2_032, 2_520, 7_572, 3_127, 71));
    assert_eq!((report.skills_upstream, report.skills, report.units), (201, 189, 10));
    assert_eq!(report.refused, []);
    let items = &imported.course.items;
    let held: BTreeSet<&str> = report.held_out.iter().map(|note| note.place.as_str()).collect();
    assert_eq!((held.len(), report.problems_held_out), (62, 47));
    assert_eq!(report.held_out.iter().filter(|note| note.code == "key_reviewed").count(), 9);
    assert!(held.contains("a2ef97dGrphingQuads10a") && held.contains("a2ef97dGrphingQuads10b"));
    assert_eq!(items.values().map(|item| item.parts.len()).sum::<usize>(), report.steps - held.len());
    assert!(items.values().flat_map(|item| &item.parts).all(|part| !part.skills.is_empty()));
    let in_lessons =
        imported.course.lessons().flat_map(|lesson| &lesson.activities).map(|activity| activity.items.len());
    assert_eq!(in_lessons.sum::<usize>(), report.problems - report.problems_held_out);
    let titles: BTreeSet<&str> = imported.course.lessons().map(|lesson| lesson.title.get(&Lang::en())).collect();
    assert!(titles.contains("Factor Trinomials of the Form ax²+bx+c"), "{titles:?}");
    let of_form = |form: &str| report.formed.iter().filter(|note| note.code == form).count();
    let forms = ["factored", "simplified_radical", "lowest_terms", "scientific"].map(of_form);
    assert_eq!((forms, report.formed.len()), ([136, 95, 33, 7], 271));
    assert_eq!(report.lacking.iter().filter(|note| note.code == "no_help").count(), 7);
    assert_eq!(report.lacking.iter().filter(|note| note.code == "no_alternative_text").count(), 168);
}

/// Every text that a person reads, with where it stands.
fn texts(imported: &Imported) -> Vec<(String, String)> {
    fn of_hints(hints: &[Hint], texts: &mut Vec<(String, Text)>) {
        for hint in hints {
            texts.push((hint.id.0.clone(), hint.title.clone()));
            match &hint.body {
                HintBody::Tell { text } => texts.push((hint.id.0.clone(), text.clone())),
                HintBody::Ask { question, hints } => {
                    texts.push((hint.id.0.clone(), question.prompt.clone()));
                    of_hints(hints, texts);
                }
            }
        }
    }
    let mut texts: Vec<(String, Text)> = Vec::new();
    texts.extend(imported.course.skills.iter().map(|skill| (skill.id.0.clone(), skill.name.clone())));
    for item in imported.course.items.values() {
        texts.extend([(item.id.0.clone(), item.title.clone()), (item.id.0.clone(), item.stem.clone())]);
        for part in &item.parts {
            texts.push((part.id.0.clone(), part.question.prompt.clone()));
            if let Interaction::Choice { options, .. } | Interaction::MultipleChoice { options, .. } =
                &part.question.interaction
            {
                texts.extend(options.iter().map(|option| (part.id.0.clone(), option.text.clone())));
            }
            of_hints(&part.hints, &mut texts);
        }
    }
    texts.into_iter().map(|(place, text)| (place, text.get(&Lang::en()).to_owned())).collect()
}

#[test]
fn no_text_shows_remains_of_its_source() {
    let Some(imported) = course::imported() else { return };
    let mut broken = Vec::new();
    let texts = texts(&imported);
    for (place, text) in &texts {
        let html = markup::html(text, &curriculum::Lang::en());
        let plain = markup::outside_formulas(text);
        let shown = ["$$", "\\", "{", "}", "##", "**", "sqrt", "~", "-->"].iter().find(|sign| plain.contains(**sign));
        let undrawn = html.contains("<code>") || html.contains("merror");
        let spelled = text.contains("operatorname{") || spells_a_word(&html);
        if shown.is_some() || undrawn || spelled {
            broken.push(format!("{place}: {text}"));
        }
    }
    settle("texts with remains", texts.len(), &broken, 0);
}

/// Four or more different letters in a row, as formulas draw a word that nobody told them is one.
fn spells_a_word(html: &str) -> bool {
    html.split("<mi>").collect::<Vec<_>>().windows(5).any(|five| {
        let letters: BTreeSet<&str> =
            five[1..].iter().filter_map(|piece| piece.split_once("</mi>")).map(|it| it.0).collect();
        let touch = five[1..4].iter().all(|piece| piece.ends_with("</mi>"));
        touch && letters.len() == 4
    })
}

#[test]
fn the_static_check_finds_no_error_in_it() {
    let Some(imported) = course::imported() else { return };
    let findings = curriculum::check::check(&imported.course, 1);
    let errors: Vec<_> = findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// One step with what is needed to answer it.
struct Step<'a> {
    keyed: &'a KeyedItem,
    part: &'a Part,
}

impl Step<'_> {
    fn verdict(&self, response: &Response) -> Verdict {
        grade(self.keyed, &self.part.id, response).expect("the part is there").verdict
    }

    fn verdict_of(&self, text: &str) -> Verdict {
        self.verdict(&Response::Text { text: text.to_owned() })
    }

    /// The first accepted answer of a typed step and its kind.
    fn key(&self) -> Option<(&str, KeyKind)> {
        match &self.part.question.interaction {
            Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) => {
                Some((&key.accepted[0], key.kind))
            }
            Interaction::ShortText { accepted } => Some((accepted[0].get(&self.keyed.lang), KeyKind::Words)),
            Interaction::Choice { .. } | Interaction::MultipleChoice { .. } => None,
        }
    }
}

fn keyed_items(imported: &Imported) -> Vec<KeyedItem> {
    imported.course.items.values().map(|item| KeyedItem::new(item, 1, Lang::en()).expect("no template")).collect()
}

fn steps(keyed: &[KeyedItem]) -> Vec<Step<'_>> {
    keyed.iter().flat_map(|keyed| keyed.item.parts.iter().map(move |part| Step { keyed, part })).collect()
}

fn right_choice(options: &[Option_], multiple: bool) -> Response {
    let mut right = options.iter().filter(|option| option.correct).map(|option| option.id.clone());
    if multiple {
        return Response::MultipleChoice { options: right.collect() };
    }
    Response::Choice { option: right.next().expect("one option is right") }
}

/// Prints what went otherwise and fails above the share that is allowed.
fn settle(what: &str, tried: usize, exceptions: &[String], allowed: usize) {
    println!("{what}: {tried} tried, {} exceptions", exceptions.len());
    for exception in exceptions {
        println!("    {exception}");
    }
    assert!(exceptions.len() <= allowed, "{what}: {} exceptions, {allowed} allowed", exceptions.len());
}

#[test]
fn the_key_of_every_step_is_accepted_typed_chosen_and_as_latex() {
    let Some(imported) = course::imported() else { return };
    let keyed = keyed_items(&imported);
    let (mut typed, mut latex, mut tried) = (Vec::new(), Vec::new(), 0);
    for step in steps(&keyed) {
        tried += 1;
        match &step.part.question.interaction {
            Interaction::Choice { options, .. } => {
                assert_eq!(step.verdict(&right_choice(options, false)), Verdict::Right, "{}", step.part.id);
            }
            Interaction::MultipleChoice { options, .. } => {
                assert_eq!(step.verdict(&right_choice(options, true)), Verdict::Right, "{}", step.part.id);
            }
            _ => {
                let (key, kind) = step.key().expect("it is typed");
                let as_typed = typing::typed(key);
                for (given, exceptions) in [(as_typed.as_str(), &mut typed), (key, &mut latex)] {
                    let verdict = step.verdict_of(given);
                    if verdict != Verdict::Right {
                        exceptions.push(format!("{}: `{given}` for `{key}` ({kind}): {verdict:?}", step.part.id));
                    }
                }
            }
        }
    }
    settle("key, typed or chosen", tried, &typed, 0);
    settle("key, as LaTeX", tried, &latex, 0);
}

/// The answer as the source file has it, before any repair. What is refused then must be a repaired key.
#[test]
fn the_courses_own_answer_is_accepted_unless_it_was_repaired() {
    let (Some(imported), Some(source)) = (course::imported(), course::source()) else { return };
    let keyed = keyed_items(&imported);
    let repaired: BTreeMap<&str, &str> =
        imported.report.repaired.iter().map(|repair| (repair.place.as_str(), repair.code.as_str())).collect();
    let (mut exceptions, mut unexplained, mut tried) = (Vec::new(), Vec::new(), 0);
    for step in steps(&keyed) {
        tried += 1;
        let (item, part) = (&step.keyed.item.id, &step.part.id);
        let file = &source.files[&format!("content-pool/{item}/steps/{part}/{part}.json")];
        let raw: serde_json::Value = serde_json::from_slice(file).expect("it is JSON");
        let answer = raw["stepAnswer"][0].as_str().expect("one answer");
        let verdict = match &step.part.question.interaction {
            Interaction::Choice { options, .. } => {
                let pressed = |text: &str| {
                    text.replace("\\text{", "")
                        .replace("**2", "²")
                        .replace(['\\', '$', ' ', '\n', '{', '}'], "")
                        .trim_end_matches('.')
                        .to_owned()
                };
                let chosen = options.iter().find(|option| pressed(option.text.get(&Lang::en())) == pressed(answer));
                let chosen = chosen.map(|option| Response::Choice { option: option.id.clone() });
                chosen.map_or(Verdict::Unreadable, |chosen| step.verdict(&chosen))
            }
            _ => step.verdict_of(&typing::typed(answer)),
        };
        if verdict != Verdict::Right {
            let reason = repaired.get(part.as_str());
            let line = format!("{part}: `{answer}`: {verdict:?}; {}", reason.unwrap_or(&"?"));
            if reason.is_none() { unexplained.push(line) } else { exceptions.push(line) }
        }
    }
    settle("own answer of the source, repaired keys", tried, &exceptions, tried / 100);
    settle("own answer of the source, otherwise", tried, &unexplained, 0);
}

/// Fifteen mixture problems want a code such as `125a128c`, which nobody writes: they ask for the two numbers by name.
#[test]
fn an_answer_code_is_asked_for_as_two_numbers_by_name() {
    let Some(imported) = course::imported() else { return };
    let keyed = keyed_items(&imported);
    let coded: BTreeSet<&str> = imported
        .report
        .repaired
        .iter()
        .filter(|repair| repair.code == "answer_code")
        .map(|repair| repair.place.as_str())
        .collect();
    assert_eq!(coded.len(), 15);
    let mut asked = Vec::new();
    for step in steps(&keyed).into_iter().filter(|step| coded.contains(step.part.id.0.as_str())) {
        let (key, kind) = step.key().expect("it is typed");
        assert_eq!(kind, KeyKind::Words, "{}", step.part.id);
        let (first, second) = key.split_once(", ").expect("two numbers");
        for given in [format!("{first},{second}"), format!("{first}, {second}"), format!("{first} and {second}")] {
            assert_eq!(step.verdict_of(&given), Verdict::Right, "{}: {given}", step.part.id);
        }
        for given in [format!("{second}, {first}"), first.to_owned(), second.to_owned()] {
            assert!(!step.verdict_of(&given).is_right(), "{}: {given}", step.part.id);
        }
        let prompt = step.part.question.prompt.get(&Lang::en());
        assert!(!prompt.contains("Answer in the form"), "{prompt}");
        asked.push(prompt.split_once("between them: ").expect("it says the order").1.to_owned());
    }
    asked.sort();
    asked.dedup();
    let expected = [
        "first 25% solution, then 50% solution.",
        "first Main, then Terrace.",
        "first adult, then child.",
        "first adult, then children.",
        "first bank, then federal.",
        "first nuts, then chocolate chips.",
        "first quarter, then dime.",
        "first quarter, then nickels.",
        "first stocks, then bonds.",
    ];
    assert_eq!(asked, expected);
}

#[test]
fn wrong_answers_are_refused_and_another_way_to_write_is_never_called_wrong() {
    let Some(imported) = course::imported() else { return };
    let keyed = keyed_items(&imported);
    let steps = steps(&keyed);
    let typed: Vec<(&Step<'_>, &str, KeyKind)> =
        steps.iter().filter_map(|step| step.key().map(|(key, kind)| (step, key, kind))).collect();
    let (mut accepted, mut few, mut refused, mut tried) = (Vec::new(), Vec::new(), Vec::new(), 0);
    let mut verdicts: BTreeMap<String, usize> = BTreeMap::new();
    for (at, (step, key, kind)) in typed.iter().enumerate() {
        let neighbours = typed[at + 1..].iter().chain(&typed[..at]).filter(|(_, _, other)| other == kind);
        let others = neighbours.filter(|(_, other, _)| typing::surely_differ(key, other)).take(2);
        let mut wrong: Vec<String> = if *kind == KeyKind::Words { Vec::new() } else { typing::wrong(key, *kind) };
        wrong.extend(others.map(|(_, other, _)| typing::typed(other)));
        wrong.retain(|wrong| !typing::same_by_chance(key, wrong));
        if wrong.len() < 2 {
            few.push(format!("{}: `{key}`", step.part.id));
        }
        for given in &wrong {
            tried += 1;
            let verdict = step.verdict_of(given);
            *verdicts.entry(format!("{verdict:?}")).or_default() += 1;
            if verdict.is_right() {
                accepted.push(format!("{}: `{given}` for `{key}` ({kind})", step.part.id));
            }
        }
        let given = typing::rewritten(key, *kind);
        let verdict = step.verdict_of(&given);
        // `2*(x+1)-(x+1)` has the value, and is not worked out.
        if !verdict.is_right() && verdict != Verdict::RightValueWrongForm {
            refused.push(format!("{}: `{given}` for `{key}` ({kind}): {verdict:?}", step.part.id));
        }
    }
    println!("verdicts on wrong answers: {verdicts:?}");
    settle("typed steps with fewer than two wrong answers", typed.len(), &few, 0);
    settle("wrong answers accepted", tried, &accepted, 0);
    settle("rewritten answers called wrong", typed.len(), &refused, 0);
}

/// The value of the key, in the words of the question: "Multiply 4(x+3)" is not answered by `4(x+3)`.
#[test]
fn no_question_is_its_own_answer() {
    let Some(imported) = course::imported() else { return };
    let (mut taken, mut told) = (Vec::new(), BTreeSet::new());
    for item in imported.course.items.values() {
        let keyed = KeyedItem::new(item, 0, Lang::en()).expect("the course has no templates");
        for part in &item.parts {
            let (Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key)) =
                &part.question.interaction
            else {
                continue;
            };
            for formula in shown_formulas(item.stem.get(&Lang::en()), &part.question, &Lang::en()) {
                let judged =
                    grade(&keyed, &part.id, &Response::Text { text: formula.clone() }).expect("the part is there");
                // Here and there nothing is to be done, and the question says so.
                let says = |key: &String| {
                    *key == formula || key.ends_with(&format!("={formula}")) || formula.ends_with(&format!("={key}"))
                };
                let is_key = key.accepted.iter().any(says);
                match judged.verdict {
                    Verdict::Right if !is_key => {
                        taken.push(format!("{} {formula} for {}", part.id, key.accepted.join(" or ")))
                    }
                    Verdict::RightValueWrongForm => {
                        told.insert(&part.id);
                    }
                    _ => {}
                }
            }
        }
    }
    println!("{} questions show the value of their key in another way; taken: {taken:#?}", told.len());
    assert!(told.len() > 500, "{}", told.len());
    assert_eq!(taken, [""; 0]);
}
