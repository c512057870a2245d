//! Units: shown beside the field, asked for, missing, other, or not asked at all.

use crate::build::{asking, judged, key, measured};
use curriculum::KeyKind;
use expect_test::{Expect, expect};

fn shown(given: &str, expected: Expect) {
    expected.assert_eq(&judged(&asking(measured("7.5", "cups", false)), given));
}

fn required(given: &str, expected: Expect) {
    expected.assert_eq(&judged(&asking(measured("7.5", "cups", true)), given));
}

#[test]
fn a_unit_that_is_shown_may_be_typed_too() {
    shown("7.5", expect!["Right"]);
    shown("7.5 cups", expect!["Right"]);
    shown("7 1/2 cup", expect!["Right"]);
    shown("15/2 Cups", expect!["Right"]);
    shown("7.5 c", expect!["Right"]);
    shown("8 cups", expect!["Wrong"]);
    shown("7.5 miles", expect!["WrongUnit unit.other unit=miles"]);
}

#[test]
fn a_unit_that_is_asked_for_must_be_there() {
    required("7.5 cups", expect!["Right"]);
    required("7.5", expect!["UnitMissing unit.missing"]);
    required("8", expect!["Wrong"]);
    required("7.5 miles", expect!["WrongUnit unit.other unit=miles"]);
    required("cups", expect!["Unreadable unreadable.stray_word at=0"]);
}

#[test]
fn a_unit_that_nobody_asked_for_is_to_be_left_out() {
    let asked = asking(key(&["5"], KeyKind::Number));
    expect!["Unreadable unreadable.unit_not_asked unit=hours"].assert_eq(&judged(&asked, "5 hours"));
    expect!["Right"].assert_eq(&judged(&asked, "$5"));
}

#[test]
fn a_percent_sign_that_nobody_asked_for_is_to_be_left_out() {
    let asked = asking(key(&["40"], KeyKind::Number));
    expect!["Unreadable unreadable.percent_not_asked"].assert_eq(&judged(&asked, "40%"));
    expect!["Unreadable unreadable.percent_not_asked"].assert_eq(&judged(&asked, "40 %"));
    expect!["Wrong"].assert_eq(&judged(&asked, "41%"));
    expect!["Right"].assert_eq(&judged(&asked, "4000%"));
    expect!["Right"].assert_eq(&judged(&asking(key(&["0.4"], KeyKind::Number)), "40%"));
}

#[test]
fn a_point_on_an_axis_is_more_than_the_number_that_is_asked_for() {
    let asked = asking(key(&["-8"], KeyKind::Number));
    expect!["Unreadable unreadable.point_not_asked"].assert_eq(&judged(&asked, "(0,-8)"));
    expect!["Unreadable unreadable.point_not_asked"].assert_eq(&judged(&asked, "(-8, 0)"));
    expect!["Wrong"].assert_eq(&judged(&asked, "(1, -8)"));
}

#[test]
fn a_matrix_may_be_typed_row_by_row() {
    let asked = asking(key(&["[[1,2,-1,3],[2,-1,2,6]]"], KeyKind::Matrix));
    for text in
        ["1 2 -1 3; 2 -1 2 6", "[1 2 -1 | 3; 2 -1 2 | 6]", "1, 2, -1, 3\n2, -1, 2, 6", "[[1,2,-1,3],[2,-1,2,6]]"]
    {
        expect!["Right"].assert_eq(&judged(&asked, text));
    }
    expect!["Wrong"].assert_eq(&judged(&asked, "1 2 -1 3; 2 -1 2 7"));
}
