//! The course that ships with Tandem: it reads without a problem, teaches without an error, and fills for any seed.

use curriculum::{
    Course, Depth, HintBody, Interaction, Item, Lang, MisconceptionId, Pool,
    alike::{Likeness, sibling},
    check::check,
    format, markup,
    template::instantiate,
};
use expect_test::expect;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

fn files(folder: &str) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let mut files = BTreeMap::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("the folder can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).expect("the file is text"));
            }
        }
    }
    files
}

fn course(folder: &str) -> Course {
    let (course, problems) = format::read(&files(folder));
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    course.expect("a course without problems is a course")
}

const STARTER: &str = "courses/ratios-rates-percent";
const TINY: &str = "fixtures/course/tiny";

#[test]
fn the_starter_course_has_no_problem_and_no_finding() {
    for folder in [STARTER, TINY] {
        let findings: Vec<String> = check(&course(folder), 7).iter().map(ToString::to_string).collect();
        assert!(findings.is_empty(), "{}", findings.join("\n"));
    }
}

#[test]
fn the_starter_course_is_the_same_after_writing_and_reading() {
    for folder in [STARTER, TINY] {
        let course = course(folder);
        let (again, problems) = format::read(&format::write(&course));
        assert_eq!(problems, []);
        assert_eq!(again.expect("it was a course"), course);
    }
}

#[test]
fn every_skill_has_enough_items_of_enough_kinds() {
    let course = course(STARTER);
    for skill in &course.skills {
        let items: Vec<&Item> = course
            .items
            .values()
            .filter(|item| item.parts.iter().any(|part| part.skills.contains(&skill.id)))
            .collect();
        let held_back = items.iter().filter(|item| item.pool == Pool::Check).count();
        assert!(items.len() - held_back >= if skill.hub { 6 } else { 4 }, "{} has {} items", skill.id, items.len());
        assert_eq!(held_back, if skill.hub { 2 } else { 0 }, "{} holds back {held_back}", skill.id);
        assert!(items.iter().any(|item| item.depth == Depth::Explain), "{} asks for no understanding", skill.id);
    }
}

#[test]
fn every_question_has_graded_hints_a_bottom_and_a_solution() {
    for item in course(STARTER).items.values() {
        for part in &item.parts {
            let place = format!("{}, part {}", item.id, part.id);
            assert!((2..=4).contains(&part.hints.len()), "{place}: {} hints", part.hints.len());
            assert!(part.hints.last().is_some_and(|hint| hint.bottom_out), "{place}: the last hint holds the answer");
            assert!(!part.solution.is_empty(), "{place}: no solution");
        }
    }
}

#[test]
fn every_misconception_is_named_by_some_wrong_answer() {
    let course = course(STARTER);
    let mut named = BTreeSet::new();
    for part in course.items.values().flat_map(|item| &item.parts) {
        named.extend(part.buggy.iter().map(|buggy| buggy.misconception.clone()));
        if let Interaction::Choice { options, .. } | Interaction::MultipleChoice { options, .. } =
            &part.question.interaction
        {
            named.extend(options.iter().filter_map(|option| option.misconception.clone()));
        }
    }
    assert_eq!(named, course.misconceptions.keys().cloned().collect());
}

#[test]
fn three_hundred_seeds_fill_every_text_and_every_key_is_read() {
    for item in course(STARTER).items.values() {
        for seed in 0..300 {
            let filled = instantiate(item, seed).expect("a checked template draws");
            let written = serde_json::to_string(&filled).expect("plain data");
            assert!(!written.contains("{{"), "{} with seed {seed} leaves a place open", item.id);
            for part in &filled.parts {
                if let Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) =
                    &part.question.interaction
                {
                    for answer in &key.accepted {
                        math::read(answer, key.kind, Lang::en().decimal_mark()).expect("a checked key is read");
                    }
                }
            }
        }
    }
}

#[test]
fn no_text_shows_a_fraction_where_the_story_counts_things() {
    // A template whose numbers do not divide would speak of "7/2 cups" in its stem; only fraction items may.
    for item in course(STARTER).items.values().filter(|item| item.is_template()) {
        let about_fractions = item.id.as_str().starts_with("f03") || item.id.as_str().starts_with("f04");
        for seed in 0..50 {
            let filled = instantiate(item, seed).expect("a checked template draws");
            let stem = markup::words(filled.stem.get(&Lang::en()));
            assert!(about_fractions || !stem.contains('/'), "{} with seed {seed}: {stem}", item.id);
        }
    }
}

/// Prints what the course holds: `cargo test -p curriculum --test starter_course counts -- --nocapture`.
#[test]
#[allow(clippy::print_stdout)]
fn counts() {
    let course = course(STARTER);
    let templates = course.items.values().filter(|item| item.is_template()).count();
    println!("skills {} items {} templates {templates}", course.skills.len(), course.items.len());
    for lang in &course.languages {
        let mut words = 0;
        let mut add = |text: &curriculum::Text| words += markup::words(text.get(lang)).split_whitespace().count();
        course.lessons().flat_map(|lesson| &lesson.activities).for_each(|activity| add(&activity.body));
        for item in course.items.values() {
            add(&item.stem);
            for part in &item.parts {
                add(&part.question.prompt);
                add(&part.solution);
                part.buggy.iter().for_each(|buggy| add(&buggy.feedback));
                for hint in &part.hints {
                    if let HintBody::Tell { text } = &hint.body {
                        add(text);
                    }
                }
            }
        }
        println!("words in {}: {words}", lang.0);
    }
}

#[test]
fn the_example_beside_a_question_of_the_starter_course_is_the_same_question_with_other_numbers() {
    let course = course(STARTER);
    for item in course.items.values().filter(|item| item.pool != Pool::Check && item.is_template()) {
        for part in &item.parts {
            let found = sibling(&course, &item.id, &part.id, b"any").expect("a template has variants");
            let expected = (&item.id, &part.id, Likeness::OtherNumbers);
            assert_eq!((&found.item.id, &found.part.id, found.likeness), expected);
        }
    }
}

#[test]
fn the_example_beside_a_question_that_is_held_back_asks_for_the_same_operation_or_is_not_called_alike() {
    let course = course(STARTER);
    let mut lines = BTreeSet::new();
    for item in course.items.values().filter(|item| item.pool == Pool::Check || !item.is_template()) {
        for (part, drawn) in item.parts.iter().flat_map(|part| (0..12_u8).map(move |drawn| (part, drawn))) {
            let found = sibling(&course, &item.id, &part.id, &[drawn]).expect("every skill has another question");
            let name = format!("{} {}", found.item.id, found.part.id);
            lines.insert(format!("{} {}: {name} {:?}", item.id, part.id, found.likeness));
        }
    }
    let lines: Vec<String> = lines.into_iter().collect();
    expect![[r#"
        f01-check-boats a: f01-mango-trays a SameOperation
        f01-check-jars a: f01-melon-rows a SameOperation
        f03-check-greatest a: f03-greater-unit a SameSkill
        f03-check-greatest a: f03-ribbon-pieces a SameSkill
        f03-check-track a: f03-bead-on-line a SameOperation
        f03-check-track a: f03-past-one a SameOperation
        f04-check-bottom a: f04-missing-top a SameOperation
        f04-check-simplest a: f04-simplest-form a SameSkill
        r102-boats-and-oars a: r102-read-ratio a SameSkill
        r102-boats-and-oars a: r102-ribbon-units a SameSkill
        r102-boats-and-oars a: r102-tiles a SameSkill
        r102-check-minutes a: r102-ribbon-units a SameOperation
        r102-check-trees a: r102-choir a SameOperation
        r105-check-dye a: r105-lentil-soup a SameOperation
        r105-check-trail-mix a: r105-more-lemonade a SameSkill
        r105-check-trail-mix a: r105-same-green a SameSkill
        r201-check-nets a: r201-feeding-plan a SameOperation
        r201-check-tea-table a: r201-rice-table a SameOperation"#]]
    .assert_eq(&lines.join("\n"));
}

/// What a misconception is said to: options and wrong answers without words of their own, as formula and question.
fn said_to(course: &Course, id: &MisconceptionId) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for item in course.items.values() {
        for part in &item.parts {
            let mut question = format!("{} {}", item.stem.get(&Lang::en()), part.question.prompt.get(&Lang::en()));
            let mut wrong = Vec::new();
            if let Interaction::Choice { options, .. } | Interaction::MultipleChoice { options, .. } =
                &part.question.interaction
            {
                for option in options {
                    question += option.text.get(&Lang::en());
                    if option.misconception.as_ref() == Some(id) {
                        wrong.push(String::new());
                    }
                }
            }
            let silent = part.buggy.iter().filter(|buggy| buggy.misconception == *id && buggy.feedback.is_empty());
            wrong.extend(silent.map(|buggy| buggy.answer.clone()));
            all.extend(wrong.into_iter().map(|formula| (formula, question.to_lowercase())));
        }
    }
    all
}

/// Words, English and Spanish, and what each question must speak of, one of them, for the words to be about it.
const SPOKEN_OF: [(&[&str], &[&str]); 6] = [
    (&["batch", "tanda"], &["batch"]),
    (&["mixture", "mezcla"], &["mix", "taste"]),
    (&["bottom", "abajo"], &["frac"]),
    (&["number line", "recta numérica"], &["frac"]),
    (&[" table", " tabla", " row", " fila"], &["|---|"]),
    (&["unit", "unidad"], &["in the same unit", "both in"]),
];
/// Said of what somebody did: an operation, with the sign that it has in a formula.
const DONE: [(&[&str], char); 2] = [
    (&["you added", "put them together", "sumaste", "juntaste"], '+'),
    (&["you subtracted", "took away", "restaste", "quitaste"], '-'),
];

#[test]
fn the_words_of_a_misconception_fit_everything_that_they_are_said_to() {
    let course = course(STARTER);
    for (id, misconception) in &course.misconceptions {
        let said_to = said_to(&course, id);
        for lang in &course.languages {
            let (truth, conflict) = (misconception.truth.get(lang), misconception.conflict.get(lang));
            let words = format!("{truth} {conflict}").to_lowercase();
            let says = |words: &str, some: &[&str]| some.iter().any(|word| words.contains(word));
            for (used, needed) in SPOKEN_OF.iter().filter(|(used, _)| says(&words, used)) {
                let odd = said_to.iter().find(|(_, question)| !says(question, needed));
                assert!(odd.is_none(), "{id}: {used:?} is said where nothing speaks of it: {odd:?}");
            }
            for (_, sign) in DONE.iter().filter(|(used, _)| says(&truth.to_lowercase(), used)) {
                let odd = said_to.iter().find(|(formula, _)| !formula.contains(*sign));
                assert!(odd.is_none(), "{id}: `{truth}` is said to {odd:?}");
            }
            assert!(!truth.contains('?') && conflict.matches('?').count() >= 1, "{id}: a truth tells, a conflict asks");
        }
        let ends = |text: &str| text.chars().filter(|sign| matches!(sign, '.' | '?')).collect::<String>();
        for text in [&misconception.truth, &misconception.conflict] {
            let [en, es] = ["en", "es"].map(|lang| ends(text.get(&lang.into())));
            assert_eq!(en, es, "{id}: as many sentences and questions in both languages");
        }
    }
}
