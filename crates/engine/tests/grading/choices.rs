//! One option, several options, and responses of another kind.

use crate::build::{asking, key, line, options, question};
use curriculum::{Interaction, KeyKind, KeyedItem, Lang, OptionId, PartId};
use engine::grading::{Response, grade, grade_question};
use expect_test::{Expect, expect};

fn one(chosen: &str, expected: Expect) {
    let asked = question(Interaction::Choice { options: options(3, "a"), fixed_order: false });
    let response = Response::Choice { option: chosen.into() };
    expected.assert_eq(&line(&grade_question(&asked, &[], &response, &Lang::en())));
}

fn several(chosen: &str, expected: Expect) {
    let asked = question(Interaction::MultipleChoice { options: options(5, "acd"), fixed_order: false });
    let options = chosen.split_whitespace().map(OptionId::from).collect();
    let response = Response::MultipleChoice { options };
    expected.assert_eq(&line(&grade_question(&asked, &[], &response, &Lang::en())));
}

#[test]
fn the_right_option_is_right_and_a_wrong_one_may_say_why() {
    one("a", expect!["Right"]);
    one("b", expect!["Wrong <adds>"]);
    one("c", expect!["Wrong"]);
    one("z", expect!["Unreadable unreadable.unknown_option option=z"]);
    one("", expect!["Unreadable unreadable.unknown_option option="]);
}

#[test]
fn several_options_score_right_ones_less_wrong_ones() {
    several("a c d", expect!["Right"]);
    several("d a c a", expect!["Right"]);
    several("a c", expect!["Wrong 0.67"]);
    several("a c b", expect!["Wrong 0.17 <adds>"]);
    several("a c d e", expect!["Wrong 0.50"]);
    several("b e", expect!["Wrong <adds>"]);
    several("", expect!["Unreadable unreadable.empty"]);
    several("a z", expect!["Unreadable unreadable.unknown_option option=z"]);
}

#[test]
fn a_response_of_another_kind_is_no_attempt_and_not_knowing_is_one() {
    let asked = asking(key(&["4"], KeyKind::Number));
    let judged = |response: Response| line(&grade_question(&asked, &[], &response, &Lang::en()));
    expect!["Unreadable unreadable.other_kind"].assert_eq(&judged(Response::Choice { option: "a".into() }));
    expect!["Unreadable unreadable.other_kind"].assert_eq(&judged(Response::MultipleChoice { options: vec![] }));
    expect!["DontKnow"].assert_eq(&judged(Response::DontKnow {}));
}

#[test]
fn a_part_that_is_not_there_has_no_judgement() {
    let item = curriculum::Item {
        id: "i".into(),
        title: Default::default(),
        stem: Default::default(),
        parts: vec![curriculum::Part {
            id: "a".into(),
            skills: vec!["s".into()],
            question: asking(key(&["4"], KeyKind::Number)),
            hints: vec![],
            buggy: vec![],
            solution: Default::default(),
        }],
        depth: Default::default(),
        pool: Default::default(),
        parameters: vec![],
        conditions: vec![],
        figures: vec![],
        attribution: None,
    };
    let keyed = KeyedItem::new(&item, 7, Lang::en()).expect("it has no template");
    let four = Response::Text { text: "4".into() };
    assert!(grade(&keyed, &PartId::from("a"), &four).is_some_and(|judged| judged.verdict.is_right()));
    assert_eq!(grade(&keyed, &PartId::from("b"), &four), None);
}
