use super::{FILE_BYTES_MAX, Problem, page, read, write};
use crate::{ActivityKind, Course, HintBody, Interaction, Lang, Pool, SkillId, template::Source};
use expect_test::{Expect, expect};
use std::collections::BTreeMap;

type Files = BTreeMap<String, String>;

/// The small course of `fixtures/course/tiny`.
pub(crate) fn tiny() -> Files {
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    BTreeMap::from([
        file("course.toml", include_str!("../../../../fixtures/course/tiny/course.toml")),
        file("skills.toml", include_str!("../../../../fixtures/course/tiny/skills.toml")),
        file("misconceptions.toml", include_str!("../../../../fixtures/course/tiny/misconceptions.toml")),
        file(
            "activities/counting/add-read.md",
            include_str!("../../../../fixtures/course/tiny/activities/counting/add-read.md"),
        ),
        file(
            "activities/counting/double-and-half.md",
            include_str!("../../../../fixtures/course/tiny/activities/counting/double-and-half.md"),
        ),
    ])
}

pub(crate) const ADD: &str = "activities/counting/add-read.md";
pub(crate) const DOUBLE: &str = "activities/counting/double-and-half.md";

/// The tiny course with the first `old` of a file replaced.
pub(crate) fn tiny_with(file: &str, old: &str, new: &str) -> Files {
    let mut files = tiny();
    let text = files.get_mut(file).expect("a file of the tiny course");
    assert!(text.contains(old), "{file} has no {old}");
    *text = text.replacen(old, new, 1);
    files
}

fn check(files: &Files, expected: Expect) {
    let (_, problems) = read(files);
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    expected.assert_eq(&lines.join("\n"));
}

fn check_with(file: &str, old: &str, new: &str, expected: Expect) {
    check(&tiny_with(file, old, new), expected);
}

fn tiny_course() -> Course {
    let (course, problems) = read(&tiny());
    assert_eq!(problems, []);
    course.expect("the tiny course is a course")
}

#[test]
fn the_tiny_course_is_read_whole() {
    let course = tiny_course();
    assert_eq!(course.id.as_str(), "tiny");
    assert_eq!(course.languages, [Lang::en(), Lang::from("es")]);
    assert_eq!(course.skills.len(), 3);
    assert_eq!(course.skills[2].rests_on.iter().map(|edge| edge.strength).collect::<Vec<_>>(), [0.8, 0.5]);
    let lesson = course.lessons().next().expect("one lesson");
    assert_eq!(lesson.activities[0].kind, ActivityKind::Read);
    assert_eq!(lesson.activities[1].items.len(), 4);
    let item = &course.items[&"double-drums".into()];
    assert_eq!(item.pool, Pool::Practice);
    assert!(matches!(&item.parameters[1].source, Source::Words(words) if words[0].get(&Lang::from("es")) == "Noor"));
    let part = &item.parts[0];
    assert_eq!(part.id.as_str(), "a");
    assert!(matches!(&part.question.interaction, Interaction::Numeric(key) if key.accepted == ["{{2*a}}"]));
    assert!(matches!(&part.hints[1].body, HintBody::Ask { hints, .. } if hints[0].bottom_out));
    assert_eq!(part.hints[2].after, ["h2".into()]);
}

#[test]
fn what_is_written_reads_as_the_same_course() {
    let course = tiny_course();
    let files = write(&course);
    let (again, problems) = read(&files);
    assert_eq!(problems, []);
    assert_eq!(again.expect("it was a course"), course);
    assert_eq!(write(&course), files, "writing is deterministic");
}

#[test]
fn an_item_outside_every_activity_is_kept_in_checks() {
    let mut files = tiny();
    files.insert(
        "checks/add.md".into(),
        "```item\nid = \"held\"\npool = \"check\"\nskills = [\"add\"]\nkind = \"numeric\"\nprompt = \"1 + 2\"\nanswer = 3\n```\n".into(),
    );
    let (course, problems) = read(&files);
    assert_eq!(problems, []);
    let course = course.expect("a course");
    assert_eq!(course.items[&"held".into()].pool, Pool::Check);
    assert!(
        course.lessons().flat_map(|lesson| &lesson.activities).all(|activity| !activity.items.contains(&"held".into()))
    );
    assert_eq!(read(&write(&course)).0.expect("a course"), course);
}

#[test]
fn an_item_may_serve_two_activities() {
    let files = tiny_with(DOUBLE, "interests = [\"music\"]", "items = [\"add-apples\", \"half-choose\"]");
    let (course, problems) = read(&files);
    assert_eq!(problems, []);
    let course = course.expect("a course");
    let (_, activity) = course.activity(&"double-and-half".into()).expect("it is there");
    assert_eq!(activity.items, ["add-apples".into(), "half-choose".into()]);
    assert_eq!(read(&write(&course)).0.expect("a course"), course);
}

#[test]
fn awkward_texts_survive_writing_and_reading() {
    let mut course = tiny_course();
    let awkward = [
        "a \"quoted\" \\frac{1}{2} 'word'",
        "two\nlines",
        "```item\ninside\n```",
        "::: en\nfence\n:::",
        "tab\tand \u{7f}",
    ];
    for text in awkward {
        for item in course.items.values_mut() {
            item.stem = item.stem.map(|lang, _| format!("{text} {}", lang.0));
            item.parts[0].solution = item.stem.clone();
        }
        for activity in course.units[0].lessons[0].activities.iter_mut() {
            activity.body = activity.title.map(|_, _| text.to_owned());
        }
        let (again, problems) = read(&write(&course));
        assert_eq!(problems, []);
        assert_eq!(again.expect("a course"), course, "{text}");
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let windows: Files =
        tiny().into_iter().map(|(path, text)| (path, format!("\u{feff}{}", text.replace('\n', "\r\n")))).collect();
    assert_eq!(read(&windows), read(&tiny()));
}

#[test]
fn an_empty_folder_says_where_to_begin() {
    check(&Files::new(), expect!["course.toml:1: this file is missing; a course starts with it"]);
}

#[test]
fn missing_files_are_named() {
    let mut files = tiny();
    files.remove("skills.toml");
    files.remove(ADD);
    let (course, problems) = read(&files);
    assert!(course.is_some());
    assert!(problems.iter().any(|problem| problem.text.contains("activity `add-read` has no file")));
    assert!(problems.iter().any(|problem| problem.file == "skills.toml"));
}

#[test]
fn a_huge_file_is_named_and_not_read() {
    let mut files = tiny();
    files.insert("checks/huge.md".into(), "x".repeat(FILE_BYTES_MAX + 1));
    check(&files, expect!["checks/huge.md:1: this file is larger than 2 MiB and was not read"]);
}

#[test]
fn a_file_that_no_lesson_lists_is_named() {
    let mut files = tiny();
    files.insert("activities/counting/lost.md".into(), String::new());
    check(&files, expect!["activities/counting/lost.md:1: no lesson in course.toml lists this file"]);
}

#[test]
fn broken_toml_is_named_and_the_rest_is_read() {
    check_with(
        "skills.toml",
        "name.en = \"Adding\"",
        "name.en = \"Adding",
        expect![[r#"skills.toml:4: not TOML: invalid basic string, expected `"`"#]],
    );
}

#[test]
fn unknown_keys_are_named_with_what_was_meant() {
    check_with(
        ADD,
        "solution.en",
        "solutoin.en",
        expect![[r#"
        activities/counting/add-read.md:29: this item has no key `solutoin`; did you mean `solution`?
        activities/counting/add-read.md:30: `solution` has no text in `en`"#]],
    );
    check_with(
        ADD,
        "minutes = 2",
        "minutes = 2\ncolour = \"red\"",
        expect!["activities/counting/add-read.md:8: this activity has no key `colour`"],
    );
    check_with(
        DOUBLE,
        "[[buggy]]\nmisconception",
        "[[buggy]]\nfedback.en = \"x\"\nmisconception",
        expect![
            "activities/counting/double-and-half.md:46: this buggy answer has no key `fedback`; did you mean `feedback`?"
        ],
    );
    check_with(
        "course.toml",
        "title.en = \"Counting up\"",
        "titel.en = \"Counting up\"",
        expect![[r#"
        course.toml:19: this lesson has no key `titel`; did you mean `title`?
        course.toml:20: `title` has no text in `en`"#]],
    );
}

#[test]
fn ids_given_twice_are_named_with_the_first_place() {
    check_with(
        DOUBLE,
        "id = \"double-drums\"",
        "id = \"add-apples\"",
        expect![
            "activities/counting/double-and-half.md:12: there is already an item `add-apples`, at activities/counting/add-read.md:19"
        ],
    );
    check_with(
        "skills.toml",
        "id = \"double\"",
        "id = \"add\"",
        expect![[r#"
        activities/counting/double-and-half.md:6: there is no skill `double`
        activities/counting/double-and-half.md:13: there is no skill `double`
        activities/counting/double-and-half.md:55: there is no skill `double`
        course.toml:21: there is no skill `double`
        skills.toml:11: there is already a skill `add`, at skills.toml:2
        skills.toml:28: there is no skill `double`"#]],
    );
    check_with(
        DOUBLE,
        "text = \"7\"",
        "id = \"a\"\ntext = \"7\"",
        expect!["activities/counting/double-and-half.md:117: two options are called `a` here"],
    );
}

#[test]
fn malformed_ids_are_named() {
    check_with(
        DOUBLE,
        "id = \"double-drums\"",
        "id = \"double drums/../x\"",
        expect![
            "activities/counting/double-and-half.md:12: `double drums/../x` cannot be an id: use letters, digits and hyphens"
        ],
    );
}

#[test]
fn missing_languages_are_named() {
    check_with(
        ADD,
        "prompt.es = \"¿Cuántas manzanas hay ahora?\"\n",
        "",
        expect!["activities/counting/add-read.md:24: `prompt` has no text in `es`"],
    );
    check_with(
        ADD,
        "::: es\n3 manzanas y 2 manzanas son 5 manzanas: $3 + 2 = 5$.\n:::\n",
        "",
        expect!["activities/counting/add-read.md:10: the body has no text in `es`"],
    );
    check_with(
        ADD,
        "prompt.es",
        "prompt.fr",
        expect![[r#"
        activities/counting/add-read.md:24: `prompt` has no text in `es`
        activities/counting/add-read.md:25: `prompt.fr`: the course is not written in `fr`"#]],
    );
    check_with(
        DOUBLE,
        "text = \"7\"",
        "text = \"seven\"",
        expect![[
            r#"activities/counting/double-and-half.md:118: `text` must have one text for each language, as in { en = "..." }"#
        ]],
    );
}

#[test]
fn references_to_nothing_are_named() {
    check_with(
        ADD,
        "skills = [\"add\"]\nkind",
        "skills = [\"ad\"]\nkind",
        expect!["activities/counting/add-read.md:20: there is no skill `ad`"],
    );
    check_with(
        "skills.toml",
        "needs = [\"add\"]",
        "needs = [\"sum\"]",
        expect!["skills.toml:18: there is no skill `sum`"],
    );
    check_with(
        DOUBLE,
        "misconception = \"adds-two\"",
        "misconception = \"adds-three\"",
        expect!["activities/counting/double-and-half.md:46: there is no misconception `adds-three`"],
    );
    check_with(
        "misconceptions.toml",
        "way_back = \"add\"",
        "way_back = \"nowhere\"",
        expect!["misconceptions.toml:9: there is no skill `nowhere`"],
    );
    check_with(
        DOUBLE,
        "interests = [\"music\"]",
        "items = [\"nothing\"]",
        expect!["activities/counting/double-and-half.md:8: there is no item `nothing`"],
    );
}

#[test]
fn values_of_the_wrong_kind_are_named() {
    check_with(
        ADD,
        "minutes = 2",
        "minutes = \"two\"",
        expect!["activities/counting/add-read.md:7: `minutes` must be a whole number"],
    );
    check_with(
        ADD,
        "kind = \"read\"",
        "kind = \"watch\"",
        expect!["activities/counting/add-read.md:3: `watch` is no kind of activity; write `read` or `practise`"],
    );
    check_with(
        ADD,
        "kind = \"numeric\"",
        "kind = \"number\"",
        expect![
            "activities/counting/add-read.md:21: `number` is no kind of question; the kinds are choice, multiple_choice, numeric, expression, equation, short_text"
        ],
    );
    check_with(
        ADD,
        "answer = \"{{a+b}}\"",
        "answer = \"{{a+b}}\"\nkey = \"numbers\"",
        expect![
            "activities/counting/add-read.md:28: `numbers` is no kind of key; the kinds are number, expression, equation, inequality, list, ordered_list, point, interval, ratio, matrix, words"
        ],
    );
    check_with(
        ADD,
        "between = [2, 9]",
        "between = [2]",
        expect!["activities/counting/add-read.md:26: `between` must be two whole numbers, as in [2, 9]"],
    );
    check_with(
        ADD,
        "depth = \"explain\"",
        "depth = \"deep\"",
        expect![
            "activities/counting/add-read.md:44: `deep` is no depth; write `recall`, `apply`, `explain` or `transfer`"
        ],
    );
    check_with(
        "skills.toml",
        "strength = 0.8",
        "strength = 8",
        expect!["skills.toml:28: `strength` must be a number from 0 to 1"],
    );
    check_with(
        DOUBLE,
        "text = \"7\"",
        "text = \"7\"\ncorrect = \"no\"",
        expect!["activities/counting/double-and-half.md:119: `correct` must be true or false"],
    );
}

#[test]
fn what_a_question_lacks_is_named() {
    check_with(
        ADD,
        "answer = \"{{a+b}}\"\n",
        "",
        expect!["activities/counting/add-read.md:19: this question has no `answer`"],
    );
    check_with(
        DOUBLE,
        "[hints.ask]",
        "[hints.aks]",
        expect![[r#"
        activities/counting/double-and-half.md:29: this hint has no key `aks`; did you mean `ask`?
        activities/counting/double-and-half.md:35: this scaffold has no `kind`"#]],
    );
    check_with(ADD, "id = \"add-apples\"\n", "", expect!["activities/counting/add-read.md:19: this item has no `id`"]);
}

#[test]
fn a_page_with_loose_ends_is_named_line_by_line() {
    check_with(
        ADD,
        "::: en",
        "Some words.\n::: en",
        expect![
            "activities/counting/add-read.md:10: this line belongs to no block; text stands between `::: en` and `:::`"
        ],
    );
    check_with(
        ADD,
        "```item",
        "```python",
        expect!["activities/counting/add-read.md:18: outside a language block only ```item blocks may stand"],
    );
    check_with(
        ADD,
        "+++\n\n:::",
        "\n:::",
        expect![[r#"
            activities/counting/add-read.md:1: the head opened by `+++` is never closed
            activities/counting/add-read.md:1: there is nothing to read; write a `::: en` block
            activities/counting/add-read.md:9: not TOML: key with no value, expected `=`
            activities/counting/add-read.md:10: not TOML: key with no value, expected `=`
            activities/counting/add-read.md:11: not TOML: key with no value, expected `=`"#]],
    );
}

#[test]
fn every_problem_is_reported_not_only_the_first() {
    let mut files = tiny_with(ADD, "minutes = 2", "minutes = 0");
    files.insert("misconceptions.toml".into(), "[[misconceptions]]\nid = \"adds-two\"\n".into());
    check(
        &files,
        expect![[r#"
            activities/counting/add-read.md:7: this activity needs `minutes`, a whole number
            misconceptions.toml:1: this misconception has no `conflict`
            misconceptions.toml:1: this misconception has no `name`
            misconceptions.toml:1: this misconception has no `truth`
            misconceptions.toml:1: this misconception has no `way_back`"#]],
    );
}

#[test]
fn nested_scaffolds_end_at_a_depth() {
    let mut text = String::from("id = \"deep\"\nskills = [\"add\"]\nkind = \"numeric\"\nprompt = \"1\"\nanswer = 1\n");
    let mut path = String::from("hints");
    for _ in 0..8 {
        text.push_str(&format!("[[{path}]]\n[{path}.ask]\nkind = \"numeric\"\nprompt = \"1\"\nanswer = 1\n"));
        path.push_str(".ask.hints");
    }
    let mut files = tiny();
    files.insert("checks/deep.md".into(), format!("```item\n{text}```\n"));
    let (_, problems) = read(&files);
    assert!(problems.iter().any(|problem| problem.text.contains("at most 4 deep")), "{problems:?}");
}

#[test]
fn garbage_never_panics() {
    for garbage in [
        "",
        "+++",
        "```item",
        "::: ",
        "[[[[",
        "a.a.a = {",
        "\u{0}",
        "+++\n+++\n::: en",
        "```item\n[[parts]]\n```",
        "id = 3",
    ] {
        for path in ["course.toml", "skills.toml", "misconceptions.toml", ADD, "checks/x.md"] {
            let mut files = tiny();
            files.insert(path.into(), garbage.into());
            read(&files);
        }
    }
    let deep = format!("x = {}", "[".repeat(100_000));
    let dotted = format!("{} = 1", vec!["a"; 50_000].join("."));
    for text in [deep, dotted] {
        let mut files = tiny();
        files.insert("skills.toml".into(), text);
        read(&files);
    }
}

#[test]
fn lines_are_counted_in_the_file_not_in_the_block() {
    let mut problems = Vec::new();
    let text = "+++\nid = \"x\"\n+++\n\n::: en\nwords\n:::\n\n```item\nid = \"y\"\n```\n";
    let page = page::split("p.md", text, &mut problems);
    assert_eq!((page.head.map(|head| head.line), page.items[0].line), (Some(2), 10));
    assert_eq!(problems, []);
}

#[test]
fn an_alias_points_at_a_skill() {
    let mut files = tiny();
    files.get_mut("course.toml").expect("it is there").push_str("\n[aliases]\nsum = \"add\"\nplus = \"nothing\"\n");
    let (course, problems) = read(&files);
    assert_eq!(course.expect("a course").aliases[&SkillId::from("sum")], SkillId::from("add"));
    assert_eq!(problems.len(), 1);
}
