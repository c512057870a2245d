use super::{Likeness, sibling};
use crate::{
    Course, Figure, Interaction, Item, KeyKind, MathKey, Part, PartId, Pool, Question, Text,
    format::{read, tests::tiny},
};
use std::collections::BTreeMap;

/// A question as imported courses have them, without parameters: id, situation, prompt and key.
fn question((id, stem, prompt, key): (&str, &str, &str, &str)) -> Item {
    let key = MathKey { accepted: vec![key.into()], kind: KeyKind::Number, form: None, tolerance: None, unit: None };
    let part = Part {
        id: PartId(format!("{id}a")),
        skills: vec!["add".into()],
        question: Question { prompt: Text::en(prompt), interaction: Interaction::Numeric(key) },
        hints: Vec::new(),
        buggy: Vec::new(),
        solution: Text::en("So it goes."),
    };
    Item {
        id: id.into(),
        title: Text::default(),
        stem: Text::en(stem),
        parts: vec![part],
        depth: Default::default(),
        pool: Pool::Practice,
        parameters: Vec::new(),
        conditions: Vec::new(),
        figures: Vec::new(),
        attribution: None,
    }
}

fn course(questions: &[(&str, &str, &str, &str)]) -> Course {
    let mut course = read(&tiny()).0.expect("the tiny course is a course");
    let items = questions.iter().map(|question| self::question(*question));
    course.items = items.map(|item| (item.id.clone(), item)).collect::<BTreeMap<_, _>>();
    course
}

/// Whatever is drawn, the first question has this one as its example.
fn check(questions: &[(&str, &str, &str, &str)], expected: &str, likeness: Likeness) {
    let course = course(questions);
    let first = questions[0].0;
    for drawn in 0..20_u8 {
        let found = sibling(&course, &first.into(), &PartId(format!("{first}a")), &[drawn]).expect("there is one");
        assert_eq!((found.item.id.as_str(), found.likeness), (expected, likeness), "{drawn}");
    }
}

const EGGS: (&str, &str, &str, &str) = ("eggs", "6 boxes hold 7 eggs each.", "How many eggs is that?", "42");
const SHARED: (&str, &str, &str, &str) =
    ("shared", "35 eggs are put into 5 boxes.", "How many eggs is that each?", "7");
const PENS: (&str, &str, &str, &str) = ("pens", "Tim has 3 cups with 8 pens.", "What does he have in all?", "24");

#[test]
fn a_product_is_an_example_for_a_product_however_a_division_is_worded() {
    check(&[EGGS, SHARED, PENS], "pens", Likeness::SameOperation);
}

#[test]
fn where_nothing_is_alike_the_example_is_not_called_so() {
    check(&[EGGS, SHARED], "shared", Likeness::SameSkill);
}

#[test]
fn the_same_words_about_other_numbers_come_first() {
    let more = ("more-eggs", "9 boxes hold 4 eggs each.", "How many eggs is that?", "36");
    check(&[EGGS, PENS, SHARED, more], "more-eggs", Likeness::OtherNumbers);
}

#[test]
fn an_example_does_not_tell_the_answer() {
    let same = ("same", "3 boxes hold 14 eggs each.", "How many eggs is that?", "42");
    let other = ("other", "3 boxes hold 12 eggs each.", "How many eggs is that?", "36");
    check(&[EGGS, same, other], "other", Likeness::OtherNumbers);
}

#[test]
fn letters_are_no_words_and_signs_must_agree() {
    let like = ("like", "Simplify.", "$b^9b^8$", "0");
    let sum = ("sum", "Simplify.", "$7x^2+5x^2$", "0");
    check(&[("first", "Simplify.", "$d^3d^6$", "1"), sum, like], "like", Likeness::OtherNumbers);
    check(&[("first", "Simplify.", "$d^3d^6$", "1"), sum], "sum", Likeness::SameSkill);
}

#[test]
fn a_letter_in_place_of_a_word_tells_which_one() {
    let y = ("y", "", "Find the $y$ intercept of $3x-4y=12$.", "-3");
    let x = ("x", "", "Find the $x$ intercept of $5x-2y=20$.", "4");
    let first = ("first", "", "Find the $y$ intercept of $4x-3y=15$.", "-5");
    check(&[first, x, y], "y", Likeness::OtherNumbers);
    check(&[first, x], "x", Likeness::SameSkill);
}

#[test]
fn an_example_has_no_picture_that_would_be_missing() {
    let mut pictured = course(&[EGGS, PENS, SHARED]);
    let figure = Figure { hash: "00".into(), media_type: "image/png".into(), alternative: Text::default() };
    pictured.items.get_mut(&"pens".into()).expect("it is there").figures.push(figure);
    let found = sibling(&pictured, &"eggs".into(), &"eggsa".into(), &[]).expect("there is one");
    assert_eq!(found.item.id.as_str(), "shared");
}

#[test]
fn a_question_held_back_is_no_example_and_a_bare_answer_only_where_nothing_tells_more() {
    let mut held = course(&[EGGS, PENS, SHARED]);
    held.items.get_mut(&"pens".into()).expect("it is there").pool = Pool::Check;
    let found = |course: &Course| {
        let found = sibling(course, &"eggs".into(), &"eggsa".into(), &[]).expect("there is one");
        (found.item.id.as_str().to_owned(), found.likeness)
    };
    assert_eq!(found(&held), ("shared".to_owned(), Likeness::SameSkill));
    let mut bare = course(&[EGGS, PENS, SHARED]);
    bare.items.get_mut(&"pens".into()).expect("it is there").parts[0].solution = Text::default();
    assert_eq!(found(&bare), ("shared".to_owned(), Likeness::SameSkill));
    bare.items.remove(&"shared".into());
    assert_eq!(found(&bare), ("pens".to_owned(), Likeness::SameOperation));
}

#[test]
fn of_several_that_fit_as_well_each_draw_has_its_own() {
    let questions = ["one", "two", "three"].map(|id| (id, "6 boxes hold 7 eggs each.", "How many eggs is that?", "4"));
    let course = course(&[&[EGGS], &questions[..]].concat());
    let of = |drawn: u8| sibling(&course, &"eggs".into(), &"eggsa".into(), &[drawn]).expect("one").item.id.clone();
    assert!((1..40).any(|drawn| of(drawn) != of(0)));
    assert!((0..40).all(|drawn| of(drawn) == of(drawn)));
}
