//! The import of a tiny course of our own making, and of broken ones.

use curriculum::{EdgeKind, HintBody, Interaction, ItemId, Lang, PartId, Pool, SkillId};
use expect_test::{Expect, expect};
use interop::Memory;
use interop::oatutor::{ImportError, Imported, Options, import};
use std::fs;
use std::path::Path;

/// The fixture as files in memory.
fn fixture() -> Memory {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/oatutor");
    let mut source = Memory::default();
    add(&root, "", &mut source);
    source
}

fn add(folder: &Path, prefix: &str, source: &mut Memory) {
    for entry in fs::read_dir(folder).expect("the fixture is there") {
        let entry = entry.expect("it can be listed");
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            add(&entry.path(), &format!("{path}/"), source);
        } else {
            source.files.insert(path, fs::read(entry.path()).expect("it can be read"));
        }
    }
}

fn sample(source: &Memory) -> Result<Imported, ImportError> {
    let graph = source.files.get("section-graph.json").map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let options = Options { course: Some("tea-and-boxes-a-sample".into()), prerequisites: graph };
    import(source, &options).map(|mut courses| courses.remove(0))
}

fn warnings(source: &Memory, containing: &str) -> Vec<String> {
    let report = sample(source).expect("it imports").report;
    report.warnings.into_iter().filter(|line| line.contains(containing)).collect()
}

#[test]
fn a_tree_may_hold_several_courses() {
    let all = import(&fixture(), &Options::default()).expect("both import");
    let names: Vec<&str> = all.iter().map(|one| one.course.id.as_str()).collect();
    assert_eq!(names, ["tea-and-boxes-a-sample", "nothing-yet"]);
    let missing = import(&fixture(), &Options { course: Some("Coffee".into()), prerequisites: None });
    expect!["coursePlans.json: holds no such course; it has: Tea and Boxes: a Sample; Nothing Yet"]
        .assert_eq(&missing.expect_err("there is no coffee").to_string());
}

#[test]
fn the_tree_may_lie_deeper() {
    let mut deeper = Memory::default();
    for (path, bytes) in fixture().files {
        deeper.files.insert(format!("./OATutor/src/content-sources/oatutor/{path}"), bytes);
    }
    let courses = import(&deeper, &Options::default()).expect("it is found");
    assert_eq!(courses[0].report.problems, 2);
}

#[test]
fn counts_include_hints_within_scaffolds() {
    let report = sample(&fixture()).expect("it imports").report;
    let counts = (report.problems, report.steps, report.hints, report.scaffolds, report.lessons, report.units);
    assert_eq!(counts, (2, 3, 5, 2, 2, 2));
    assert_eq!((report.skills_upstream, report.skills, report.figures), (5, 3, 1));
}

#[test]
fn a_problem_becomes_an_item_with_text_picture_and_attribution() {
    let imported = sample(&fixture()).expect("it imports");
    let item = &imported.course.items[&ItemId::from("tea1")];
    assert_eq!(item.stem.get(&Lang::en()), r"A pot costs \$4 and fills $3$ cups.");
    assert_eq!(item.pool, Pool::Both);
    let figure = &item.figures[0];
    assert_eq!(figure.media_type, "image/gif");
    assert!(imported.media[&figure.hash].bytes.starts_with(b"GIF89a"));
    assert!(figure.alternative.is_empty());
    let other = imported.course.items[&ItemId::from("box2")].attribution.clone().expect("it differs from the course");
    assert_eq!(
        (other.author.as_str(), other.licence.as_str()),
        ("Boxes Only", "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)")
    );
    let lacking: Vec<String> =
        imported.report.lacking.iter().map(|note| format!("{} {}", note.place, note.code)).collect();
    assert_eq!(lacking, ["tea1b no_help", "tea1 no_alternative_text", "tea1 no_licence"]);
}

#[test]
fn hints_stay_a_graph_and_know_which_gives_the_answer_away() {
    let imported = sample(&fixture()).expect("it imports");
    let part = imported.course.items[&ItemId::from("tea1")].part(&PartId::from("tea1a")).expect("it is there").clone();
    let after: Vec<usize> = part.hints.iter().map(|hint| hint.after.len()).collect();
    assert_eq!(after, [0, 1, 2]);
    assert_eq!(part.hints.iter().map(|hint| hint.bottom_out).collect::<Vec<_>>(), [false, false, true]);
    let HintBody::Ask { question, hints } = &part.hints[1].body else { panic!("it asks") };
    assert!(matches!(question.interaction, Interaction::Numeric(_)));
    assert_eq!(hints.iter().map(|hint| hint.bottom_out).collect::<Vec<_>>(), [true, false]);
    assert!(matches!(&hints[1].body, HintBody::Ask { question, .. } if question.interaction.kind() == "choice"));
}

#[test]
fn a_skill_split_at_its_commas_is_one_again() {
    let imported = sample(&fixture()).expect("it imports");
    let course = &imported.course;
    let skill = course.skill(&SkillId::from("compare_cups_bowls_and_spoons")).expect("it is merged");
    assert_eq!(skill.name.get(&Lang::en()), "Compare Cups, Bowls, and Spoons");
    assert_eq!(course.aliases[&SkillId::from("bowls")], skill.id);
    let product = course.skill(&SkillId::from("write_x_2_bx_as_a_product")).expect("its id is tidy");
    assert_eq!(product.name.get(&Lang::en()), "Write $x^2+bx$ as a product");
    let edges: Vec<(&str, EdgeKind)> = product.rests_on.iter().map(|edge| (edge.skill.as_str(), edge.kind)).collect();
    assert_eq!(edges, [("compare_cups_bowls_and_spoons", EdgeKind::Helps)]);
    let never: Vec<String> =
        imported.report.cannot_become_ready.iter().map(|thin| format!("{} {}", thin.skill, thin.code)).collect();
    assert!(never.contains(&"stack_boxes never".to_owned()), "{never:?}");
}

fn line(source: &Memory, containing: &str, expected: Expect) {
    expected.assert_eq(&warnings(source, containing).join("\n"));
}

#[test]
fn every_repair_is_told() {
    let source = fixture();
    line(
        &source,
        "circular",
        expect!["repaired box2a-h2 (circular_dependency): `box2a-h1` is now ``; the hints would wait for each other"],
    );
    line(
        &source,
        "unknown_dependency",
        expect!["repaired box2a-h2 (unknown_dependency): `box2a-h9` is now ``; no hint of this step has that id"],
    );
    line(
        &source,
        "option_twice",
        expect!["repaired tea1b (option_twice): `a spoon` is now ``; the same option stood there twice"],
    );
    line(
        &source,
        "(letter)",
        expect![
            "repaired box2a (letter): `y*(y+3)` is now `x*(x+3)`; equal to the question with this letter, and only with it"
        ],
    );
    line(
        &source,
        "section_title",
        expect![
            "repaired Lesson 2.1 (section_title): `Fill Boxes` is now `Fill Boxes to the Top`; the section of the same number, whose title begins alike"
        ],
    );
}

#[test]
fn options_that_ran_together_are_taken_apart_where_one_is_the_key() {
    let choices = |list: &str| {
        let step = format!(
            r#"{{"id": "tea1b", "stepAnswer": ["$$(1,2)$$"], "problemType": "MultipleChoice", "answerType": "string", "choices": {list}}}"#
        );
        fixture().with("content-pool/tea1/steps/tea1b/tea1b.json", step)
    };
    line(
        &choices(r#"["$$(1,2)$$", "$$(1,2)I(2,1)$$"]"#),
        "tea1b (options",
        expect![
            "repaired tea1b (options_run_together): `$$(1,2)I(2,1)$$` is now `$$(1,2)$$ | $$(2,1)$$`; one of them is the right answer"
        ],
    );
    line(
        &choices(r#"["$$(1,2)$$", "a box.IV or VI.I.5"]"#),
        "tea1b (options",
        expect!["disputed tea1b (options_run_together): `a box.IV or VI.I.5` seems to be several options in one"],
    );
    let imported = sample(&choices(r#"["$$(1,2)I(2,1)$$", "$$(1,2)$$"]"#)).expect("it imports");
    let part = imported.course.items[&ItemId::from("tea1")].part(&PartId::from("tea1b")).expect("it is there").clone();
    let Interaction::Choice { options, .. } = part.question.interaction else { panic!("it is a choice") };
    let texts: Vec<(&str, bool)> =
        options.iter().map(|option| (option.text.get(&Lang::en()), option.correct)).collect();
    assert_eq!(texts, [("$(1,2)$", true), ("$(2,1)$", false)]);
}

#[test]
fn options_that_only_name_something_stand_in_the_order_of_their_names() {
    let options = |list: &str| {
        let step = format!(
            r#"{{"id": "tea1b", "stepAnswer": ["B"], "problemType": "MultipleChoice", "answerType": "string", "choices": {list}}}"#
        );
        let imported = sample(&fixture().with("content-pool/tea1/steps/tea1b/tea1b.json", step)).expect("it imports");
        let part = imported.course.items[&ItemId::from("tea1")].part(&PartId::from("tea1b")).expect("it is there");
        let Interaction::Choice { options, fixed_order } = part.question.interaction.clone() else {
            panic!("it is a choice")
        };
        let texts: Vec<String> = options.iter().map(|option| option.text.get(&Lang::en()).to_owned()).collect();
        (texts.join(" "), fixed_order)
    };
    assert_eq!(options(r#"["C", "B", "D", "A"]"#), ("A B C D".to_owned(), true));
    assert_eq!(options(r#"["two", "B", "one"]"#), ("two B one".to_owned(), false));
}

fn held(step: &str) -> Vec<String> {
    let source = fixture().with("content-pool/tea1/steps/tea1b/tea1b.json", step.to_owned());
    let imported = sample(&source).expect("it imports");
    let asked = imported.course.items[&ItemId::from("tea1")].part(&PartId::from("tea1b")).is_some();
    assert_eq!(asked, imported.report.held_out.is_empty(), "a step is held out or asked");
    assert_eq!((imported.report.problems, imported.report.steps), (2, 3), "it was read all the same");
    imported.report.held_out.into_iter().map(|note| format!("{}: {}", note.code, note.detail)).collect()
}

#[test]
fn a_step_whose_key_is_provably_wrong_is_held_out() {
    let typed = |title: &str, answer: &str| {
        held(&format!(
            r#"{{"id": "tea1b", "stepAnswer": ["{answer}"], "problemType": "TextBox", "answerType": "arithmetic", "stepTitle": "{title}"}}"#
        ))
        .join("; ")
    };
    expect!["key_differs: the key `x^4` does not agree with `\\frac{x^2}{x^6}`"]
        .assert_eq(&typed(r"Simplify $$\\frac{x^2}{x^6}$$", "$$x^4$$"));
    expect![""].assert_eq(&typed(r"Simplify $$\\frac{x^2}{x^6}$$", "$$x^{-4}$$"));
    expect!["key_not_intercept: the key says `4`, but that is not the value of `x^2-2x-8` where x is 0"]
        .assert_eq(&typed("Find the y intercept of $$y=x^2-2x-8$$", "$$4$$"));
    expect![""].assert_eq(&typed("Find the y intercept of $$y=x^2-2x-8$$", "$$-8$$"));
    expect![""].assert_eq(&typed(r"Solve $$-5=\\frac{1}{4\\left(8x+4\\right)}$$", "$$-3$$"));
    let roots = |curve: &str| {
        held(&format!(
            r#"{{"id": "tea1b", "stepAnswer": ["No Real Roots"], "problemType": "MultipleChoice", "answerType": "string", "stepTitle": "$$y={curve}$$", "choices": ["$$1$$ and $$2$$", "No Real Roots"]}}"#
        ))
        .join("; ")
    };
    expect!["key_denies_roots: the key says `No Real Roots`, but `x^2-2x-8` is 0 where x is -2"]
        .assert_eq(&roots("x^2-2x-8"));
    expect![""].assert_eq(&roots("x^2+1"));
}

#[test]
fn a_heading_gets_back_the_power_it_lost() {
    let mut source = fixture();
    let head = source.files["content-pool/box2/box2.json"].clone();
    let mut head: serde_json::Value = serde_json::from_slice(&head).expect("it is JSON");
    head["title"] = "Factor Trinomials of the Form x2 + bx + c".into();
    source.files.insert("content-pool/box2/box2.json".into(), head.to_string().into_bytes());
    let title = &sample(&source).expect("it imports").course.items[&ItemId::from("box2")].title;
    assert_eq!(title.get(&Lang::en()), "Factor Trinomials of the Form $x^2+bx+c$");
}

#[test]
fn a_hint_is_called_the_answer_only_where_it_tells_it() {
    let told = |answer: &str, text: &str, last: bool| {
        let next = if last { "" } else { r#", {"id": "b", "type": "hint", "dependencies": ["a"], "text": "More."}"# };
        let step = format!(
            r#"{{"id": "tea1a", "stepAnswer": ["{answer}"], "problemType": "TextBox", "answerType": "arithmetic", "stepTitle": "Do it with $$x$$ and $$b$$."}}"#
        );
        let pathway =
            format!(r#"[{{"id": "a", "type": "hint", "dependencies": [], "title": "Look", "text": "{text}"}}{next}]"#);
        let source = fixture()
            .with("content-pool/tea1/steps/tea1a/tea1a.json", step)
            .with("content-pool/tea1/steps/tea1a/tutoring/tea1aDefaultPathway.json", pathway);
        let course = sample(&source).expect("it imports").course;
        course.items[&ItemId::from("tea1")].part(&PartId::from("tea1a")).expect("it is there").hints[0].bottom_out
    };
    assert!(told("$$5x^3$$", "We get $$5x^3$$.", false));
    assert!(told("$$5x^3$$", "So $$10x^4\\\\div2x=5x^3$$.", true));
    assert!(!told("$$5x^3$$", "First $$5x^3=5 x x x$$.", false), "the start of a formula is no answer");
    assert!(
        !told("$$5b+6$$", "It is $$\\\\left(5b+6\\\\right) \\\\left(5b-6\\\\right)$$.", true),
        "a part of a formula neither"
    );
    assert!(told("Parallel", "They are parallel.", true));
    assert!(!told("Rational", "A rational number stops or repeats.", true), "a definition is not the answer");
}

#[test]
fn a_broken_file_is_named_and_the_rest_is_imported() {
    let cut = fixture().with("content-pool/box2/steps/box2a/box2a.json", "{\"id\": \"box2a\", \"stepAn");
    line(
        &cut,
        "refused",
        expect!["refused content-pool/box2/steps/box2a/box2a.json: EOF while parsing a string at line 1 column 23"],
    );
    let typed = fixture().with("content-pool/box2/steps/box2a/box2a.json", r#"{"id": "box2a", "stepAnswer": 5}"#);
    line(
        &typed,
        "refused",
        expect![
            "refused content-pool/box2/steps/box2a/box2a.json: invalid type: integer `5`, expected a sequence at line 1 column 31"
        ],
    );
    let head = fixture().with("content-pool/box2/box2.json", "[]");
    line(
        &head,
        "refused",
        expect![
            "refused content-pool/box2/box2.json: invalid length 0, expected struct Problem with 9 elements at line 1 column 2"
        ],
    );
    let pathway = fixture().with("content-pool/tea1/steps/tea1a/tutoring/tea1aDefaultPathway.json", "{}");
    line(
        &pathway,
        "refused",
        expect![
            "refused content-pool/tea1/steps/tea1a/tutoring/tea1aDefaultPathway.json: invalid type: map, expected a sequence at line 1 column 0"
        ],
    );
    assert_eq!(sample(&pathway).expect("it imports").report.steps, 3);
    let model = fixture().with("skillModel.json", "nothing");
    line(&model, "refused", expect!["refused skillModel.json: expected ident at line 1 column 2"]);
    let huge = fixture().with("content-pool/box2/box2.json", vec![b' '; 5 << 20]);
    line(
        &huge,
        "refused",
        expect!["refused content-pool/box2/box2.json: 5242880 bytes are more than the 4194304 allowed"],
    );
    let picture = fixture().with("content-pool/tea1/figures/figure1.gif", "<svg/>");
    line(
        &picture,
        "refused",
        expect![
            "refused content-pool/tea1/figures/figure1.gif: is not a picture of a kind that we show (GIF, PNG, JPEG, WebP)"
        ],
    );
    let mut alone = fixture();
    alone.files.remove("content-pool/tea1/steps/tea1a/tutoring/tea1aDefaultPathway.json");
    line(&alone, "tea1a (no_help)", expect!["lacking tea1a (no_help): the step has neither hint nor scaffold"]);
}

#[test]
fn without_a_plan_or_with_a_climbing_path_nothing_is_imported() {
    let refused = |source: &Memory| sample(source).expect_err("it is refused").to_string();
    expect!["coursePlans.json: EOF while parsing a value at line 1 column 16"]
        .assert_eq(&refused(&fixture().with("coursePlans.json", "[{\"courseName\": ")));
    expect!["coursePlans.json: describes no course"].assert_eq(&refused(&fixture().with("coursePlans.json", "[]")));
    expect!["content-pool/../../etc/passwd: a path must be relative and must not climb with `..`"]
        .assert_eq(&refused(&fixture().with("content-pool/../../etc/passwd", "x")));
    expect!["section graph: names no book"]
        .assert_eq(&refused(&fixture().with("section-graph.json", "{\"books\": []}")));
    expect!["coursePlans.json: not found; give the folder that holds it and `content-pool` (or `content-pool.tar.gz`)"]
        .assert_eq(&import(&Memory::default(), &Options::default()).expect_err("it is empty").to_string());
    let mut bare = fixture();
    bare.files.retain(|path, _| !path.starts_with("content-pool"));
    expect!["content-pool/: not found beside coursePlans.json"].assert_eq(&refused(&bare));
}
