//! Numbers, expressions, equations: value, form, kind of key, foreseen wrong answers.

use crate::build::{asking, buggy, formed, judged, key, line, text};
use curriculum::{KeyKind as Kind, Lang, MathKey, Question, Text};
use engine::grading::{foreseen, grade_question};
use expect_test::{Expect, expect};

fn check(key: MathKey, given: &str, expected: Expect) {
    expected.assert_eq(&judged(&asking(key), given));
}

#[test]
fn a_value_is_right_however_it_is_written() {
    check(key(&["11/7"], Kind::Number), "22/14", expect!["Right"]);
    check(key(&["11/7"], Kind::Number), "1 4/7", expect!["Right"]);
    check(key(&[r"\frac{11}{7}"], Kind::Number), "11/7", expect!["Right"]);
    check(key(&["1/3"], Kind::Number), "0.33", expect!["Wrong"]);
    check(key(&["4", "-4"], Kind::Number), "-4", expect!["Right"]);
    check(key(&[r"18\sqrt{6}"], Kind::Number), "18sqrt(6)", expect!["Right"]);
    check(key(&["4x+12"], Kind::Expression), "12+4x", expect!["Right"]);
    check(key(&["4x+12"], Kind::Expression), "4(x+3)", expect!["Right"]);
    check(key(&["4x+12"], Kind::Expression), "4x+3", expect!["Wrong general.number_alone <general.number_alone>"]);
}

#[test]
fn a_tolerance_is_a_distance() {
    let rough = || MathKey { tolerance: Some("0.05".into()), ..key(&["3.14"], Kind::Number) };
    check(rough(), "3.1", expect!["Right"]);
    check(rough(), "3.2", expect!["Wrong"]);
}

#[test]
fn the_right_value_in_another_form_is_told_apart() {
    check(formed("3/4", Kind::Number, "lowest_terms"), "3/4", expect!["Right"]);
    check(formed("3/4", Kind::Number, "lowest_terms"), "6/8", expect!["RightValueWrongForm form.lowest_terms"]);
    check(formed("3/4", Kind::Number, "lowest_terms"), "5/8", expect!["Wrong"]);
    check(formed("(x+2)(x+3)", Kind::Expression, "factored"), "(x+3)(x+2)", expect!["Right"]);
    check(formed("(x+2)(x+3)", Kind::Expression, "factored"), "x^2+5x+6", expect!["RightValueWrongForm form.factored"]);
}

#[test]
fn what_the_question_shows_is_no_answer_to_it() {
    let shows = |prompt: &str, key: MathKey| Question { prompt: Text::en(prompt), ..asking(key) };
    let check = |prompt: &str, key: MathKey, given: &str, expected: Expect| {
        expected.assert_eq(&judged(&shows(prompt, key), given));
    };
    let product = || key(&["4x+12"], Kind::Expression);
    check("Multiply $4(x+3)$.", product(), "(x+3)*4", expect!["RightValueWrongForm form.as_shown"]);
    check("Multiply $4(x+3)$.", product(), "12+4x", expect!["Right"]);
    check("Multiply $4(x+3)$.", product(), "4x+3", expect!["Wrong general.first_term_only <general.first_term_only>"]);
    check("Write 91% as a decimal.", key(&["0.91"], Kind::Number), "91%", expect!["RightValueWrongForm form.as_shown"]);
    check("Solve $y-3=10$.", key(&["y=13"], Kind::Equation), "y-3=10", expect!["RightValueWrongForm form.as_shown"]);
    check("Solve $y-3=10$.", key(&["y=13"], Kind::Equation), "2y=26", expect!["RightValueWrongForm form.solve"]);
    check("Solve $y-3=10$.", key(&["y=13"], Kind::Equation), "10+3", expect!["RightValueWrongForm form.work_out"]);
    check("Solve $y-3=10$.", key(&["y=13"], Kind::Equation), "13", expect!["Right"]);
    check("How much?", key(&["7/8"], Kind::Number), "3/4+1/8", expect!["RightValueWrongForm form.work_out"]);
    check("Solve; write it as $x=6$.", key(&["6"], Kind::Number), "x=6", expect!["Right"]);
    // Of several accepted answers one is enough.
    check("Multiply $2(x+1)$, or not.", key(&["2x+2", "2(x+1)"], Kind::Expression), "2(1+x)", expect!["Right"]);
}

#[test]
fn a_solution_may_name_its_letter_or_not() {
    check(key(&["4"], Kind::Number), "x=4", expect!["Right"]);
    check(key(&["4"], Kind::Number), "4 = x", expect!["Right"]);
    check(key(&["4"], Kind::Number), "x=5", expect!["Wrong"]);
    check(key(&["x=4"], Kind::Equation), "4", expect!["Right"]);
    check(key(&["x=4"], Kind::Equation), "x = 4", expect!["Right"]);
    check(key(&["x=4"], Kind::Equation), "4=x", expect!["Right"]);
    check(key(&["x=4"], Kind::Equation), "y=4", expect!["Wrong"]);
    check(key(&["x=4"], Kind::Equation), "5", expect!["Wrong"]);
    check(key(&["y=2x+1"], Kind::Equation), "2x+1", expect!["Right"]);
    check(key(&["y=2x+1"], Kind::Equation), "y-1=2x", expect!["Right"]);
    check(key(&["x>4"], Kind::Inequality), "4<x", expect!["Right"]);
    check(key(&["x>4"], Kind::Inequality), "4", expect!["Wrong"]);
}

#[test]
fn an_interval_for_an_inequality_is_no_miss() {
    let saying = "RightValueWrongForm form.as_given";
    for (accepted, kind, given) in [("(3,∞)", Kind::Interval, "x>3"), ("x>3", Kind::Inequality, "(3,∞)")] {
        let asked = asking(key(&[accepted], kind));
        let found = line(&grade_question(&asked, &[], &text(given), &Lang::from("en")));
        assert!(found.starts_with(saying), "{found}");
    }
    check(key(&["[2,5)"], Kind::Interval), "2<x<5", expect!["Wrong"]);
}

#[test]
fn the_kind_of_the_key_decides_how_a_comma_reads() {
    check(key(&["330,367"], Kind::OrderedList), "330, 367", expect!["Right"]);
    check(key(&["330,367"], Kind::OrderedList), "367,330", expect!["Wrong general.swapped <general.swapped>"]);
    check(key(&["330,367"], Kind::List), "367,330", expect!["Right"]);
    check(key(&["330367"], Kind::Number), "330,367", expect!["Right"]);
    check(key(&["(3,-2)"], Kind::Point), "(3, -2)", expect!["Right"]);
    check(key(&["(3,-2)"], Kind::Point), "(-2, 3)", expect!["Wrong general.swapped <general.swapped>"]);
}

#[test]
fn a_decimal_comma_is_read_where_the_language_writes_one() {
    let asked = asking(key(&["3.5"], Kind::Number));
    let in_lang = |lang: &str, given: &str| line(&grade_question(&asked, &[], &text(given), &Lang::from(lang)));
    expect!["Right"].assert_eq(&in_lang("de", "3,5"));
    expect!["Right"].assert_eq(&in_lang("es", "3.5"));
    expect!["Right"].assert_eq(&in_lang("en", "3.5"));
}

#[test]
fn spanish_joins_numbers_with_its_own_words_and_comma() {
    let right = |accepted: &str, kind: Kind, given: &str| {
        let asked = asking(key(&[accepted], kind));
        grade_question(&asked, &[], &text(given), &Lang::from("es")).verdict.is_right()
    };
    assert!(right("3:2", Kind::Ratio, "12 a 8") && !right("3:2", Kind::Ratio, "8 a 12"));
    assert!(
        right("3, 5", Kind::List, "3 y 5") && right("35", Kind::Number, "35,0") && right("-2.5", Kind::Number, "-2,5")
    );
    assert!(right("1500", Kind::Number, "1,500") && !right("1.5", Kind::Number, "1,500"));
    assert!(right("a+b", Kind::Expression, "b + a") && right("5y+3, 4", Kind::List, "4, 5 y + 3"));
    assert!(right("4u+5=9", Kind::Equation, "4 u + 5 = 9"));
}

#[test]
fn what_cannot_be_read_is_no_attempt_and_says_where() {
    check(key(&["4"], Kind::Number), "", expect!["Unreadable unreadable.empty at=0"]);
    check(key(&["4"], Kind::Number), "(4", expect!["Unreadable unreadable.unbalanced at=2"]);
    check(key(&["4"], Kind::Number), "3..5", expect!["Unreadable unreadable.bad_number at=0"]);
    check(key(&["4"], Kind::Number), "4+", expect!["Unreadable unreadable.unfinished at=2"]);
    check(key(&["x/2"], Kind::Expression), "1/2x", expect!["Unreadable unreadable.ambiguous at=3"]);
    check(key(&["4"], Kind::Number), "banana split", expect!["Unreadable unreadable.stray_word at=0"]);
    check(key(&["4"], Kind::Number), &"1".repeat(2_001), expect!["Unreadable unreadable.too_long at=2000"]);
}

#[test]
fn of_two_wrong_answers_of_one_idea_the_words_are_those_of_the_one_given() {
    let asked = asking(key(&["3/4"], Kind::Number));
    let all = [buggy("3/8", "one-side"), buggy("2/3", "one-side")];
    let said = |given: &str| foreseen(&asked, &all, &text(given), &Lang::en()).map(|buggy| buggy.answer.as_str());
    assert_eq!(["3/8", "4/6", "5"].map(said), [Some("3/8"), Some("2/3"), None]);
}

#[test]
fn a_wrong_answer_that_was_foreseen_names_its_idea() {
    let asked = asking(key(&["3/4"], Kind::Number));
    let foreseen = [buggy("4/6", "adds-tops-and-bottoms"), buggy("7", "subtracts")];
    let judged = |given: &str| line(&grade_question(&asked, &foreseen, &text(given), &Lang::en()));
    expect!["Wrong <adds-tops-and-bottoms>"].assert_eq(&judged("2/3"));
    expect!["Wrong <subtracts>"].assert_eq(&judged("x = 7"));
    expect!["Wrong"].assert_eq(&judged("8"));
    expect!["Right"].assert_eq(&judged("0.75"));
}
