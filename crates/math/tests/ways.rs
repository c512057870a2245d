//! One answer in several ways of writing: named or not, as a system or a point, as an interval or an inequality.

mod tables;

use math::{DecimalMark, Kind, other_notation, read};
use tables::check_all;

#[test]
fn a_value_is_the_same_with_its_name_and_without() {
    check_all(
        Kind::Equation,
        "
        5 ~ x=5 -> equal
        4 ~ x=5 -> different
        2, -3 ~ x=2 or x=-3 -> equal
        2, 3 ~ x=2 or x=-3 -> different
        ±3 ~ x=3 or x=-3 -> equal
        {5} ~ x=5 -> equal
        x={3,-3} ~ x=3 or x=-3 -> equal
        f(x)=2x+1 ~ y=2x+1 -> equal
        f(x)=2x+3 ~ y=2x+1 -> different
        x=0 ~ x(x-1)=0 -> different
        ",
    );
    check_all(
        Kind::Number,
        "
        5=x ~ 5 -> equal
        f(2)=5 ~ 5 -> equal
        P(A)=1/2 ~ 1/2 -> equal
        P(A)=1/3 ~ 1/2 -> different
        3x=15 ~ 5 -> different
        x(2)=5 ~ 5 -> different
        4 x (3+2) ~ 20 -> equal
        2^3 x 3^2 ~ 72 -> equal
        ½ x 3 ~ 3/2 -> equal
        3.14. ~ 3.14 -> equal
        ３．５ ~ 3.5 -> equal
        0.\\bar{3} ~ 1/3 -> equal
        ",
    );
    check_all(
        Kind::Expression,
        "
        C=25h+10 ~ 25h+10 -> equal
        y=2x+1 ~ 2x+1 -> equal
        x=2x+1 ~ 2x+1 -> different
        2x. ~ 2x -> equal
        (2^61-1)x ~ 0 -> different
        x+2305843009213693951y ~ x -> different
        ",
    );
}

#[test]
fn a_solved_system_is_its_point() {
    check_all(
        Kind::Point,
        "
        x=3, y=-2 ~ (3,-2) -> equal
        y=-2, x=3 ~ (3,-2) -> equal
        x=-2, y=3 ~ (3,-2) -> different
        (x,y)=(3,-2) ~ (3,-2) -> equal
        (y,x)=(-2,3) ~ (3,-2) -> equal
        ",
    );
    check_all(
        Kind::List,
        "
        (3,-2) ~ x=3, y=-2 -> equal
        (-2,3) ~ x=3, y=-2 -> different
        x=3, z=-2 ~ x=3, y=-2 -> different
        x=2, y=3 ~ 2, 3 -> undecided
        x=3, y=2 ~ 2, 3 -> undecided
        x=2 or y=3 ~ 2, 3 -> undecided
        x=2 or x=3 ~ 2, 3 -> equal
        ",
    );
}

#[test]
fn an_interval_is_its_inequality_in_another_notation() {
    check_all(
        Kind::Inequality,
        "
        (3,∞) ~ x>3 -> equal
        [3,∞) ~ x>3 -> different
        (3,-∞) ~ x>3 -> different
        [2,5) ~ 2≤x<5 -> equal
        (-∞,1) ∪ (1,∞) ~ x<1 or x>1 -> equal
        (-∞,1] ∪ (1,∞) ~ x<1 or x>1 -> different
        ",
    );
    check_all(
        Kind::Interval,
        "
        2≤x<5 ~ [2,5) -> equal
        2<x<5 ~ [2,5) -> different
        x>3 ~ (3,∞) -> equal
        ",
    );
    let read = |text: &str, kind: Kind| read(text, kind, DecimalMark::Point).expect("reads");
    let other = |given: &str, key: &str, kind: Kind| other_notation(&read(given, kind), &read(key, kind));
    assert!(other("x>3", "(3,∞)", Kind::Interval) && other("(3,∞)", "x>3", Kind::Inequality));
    assert!(!other("x>3", "3<x", Kind::Inequality) && !other("(3,∞)", "(3,∞)", Kind::Interval));
}

#[test]
fn inequalities_with_a_comma_hold_together() {
    check_all(
        Kind::Inequality,
        "
        x>-1, x<=4 ~ -1<x<=4 -> equal
        x>-1, x<=4 ~ x>-1 or x<=4 -> different
        x<-2, x>5 ~ x<-2 or x>5 -> equal
        y<3 and y>x ~ y>x, y<3 -> equal
        ",
    );
}

#[test]
fn what_a_denominator_leaves_out_is_left_out() {
    check_all(
        Kind::Equation,
        "
        x=3 ~ (x^2-9)/(x-3)=6 -> different
        x=4 ~ (x^2-9)/(x-3)=7 -> equal
        2/x=6 ~ 1/x=3 -> equal
        x=0 ~ x^2/x=0 -> different
        ",
    );
    check_all(
        Kind::Inequality,
        "
        x>-2 ~ (x^2-4)/(x-2)>0 -> different
        ",
    );
}

#[test]
fn numbers_out_of_all_measure_are_left_to_a_person_at_once() {
    check_all(
        Kind::Equation,
        "
        x^9-x-1=10^1001 ~ x=5 -> undecided
        x^2=(9^1001) or x^2=2*(9^1001) ~ x^2+0=(9^1001) or x^2+0=2*(9^1001) -> equal
        ",
    );
}
