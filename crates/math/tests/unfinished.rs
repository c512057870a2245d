//! What is left to do to an answer of the right value.

use math::{DecimalMark, Kind, Same, Unfinished, read, same, unfinished};

/// What is left of `given`, of the same value as the key, where the question shows these formulas.
#[track_caller]
fn check(given: &str, key: &str, shown: &[&str], expect: Option<Unfinished>) {
    let kind = Kind::guess(key);
    let given_math = read(given, kind, DecimalMark::Point).or_else(|_| read(given, Kind::Equation, DecimalMark::Point));
    let (given_math, expected) = (given_math.expect(given), read(key, kind, DecimalMark::Point).expect(key));
    let shown: Vec<_> =
        shown.iter().map(|text| read(text, Kind::guess(text), DecimalMark::Point).expect(text)).collect();
    assert_eq!(same(&given_math, &expected), Same::Equal, "{given} has not the value of {key}");
    assert_eq!(unfinished(&given_math, &expected, &shown), expect, "{given} for {key}");
}

#[test]
fn the_question_is_not_its_answer() {
    for (given, key, shown) in [
        ("4(x+3)", "4x+12", "4\\left(x+3\\right)"),
        ("(3+x)*4", "4x+12", "4\\left(x+3\\right)"),
        ("x^2+5x+6", "(x+2)(x+3)", "x^2+5x+6"),
        ("y-3.8=10", "y=13.8", "y-3.8=10"),
        ("sqrt(12)", "2sqrt(3)", "\\sqrt{12}"),
        ("3/4", "0.75", "\\frac{3}{4}"),
        ("|-28|", "28", "|-28|"),
        ("x>2", "x>2", "x+1>3"),
    ] {
        let expect = (given != key).then_some(Unfinished::AsShown);
        check(given, key, &[shown], expect);
    }
}

#[test]
fn a_step_that_the_key_has_taken_is_to_be_taken() {
    for (given, key) in [
        ("3*2^2+1", "13"),
        ("3/4+1/8", "7/8"),
        ("12/4", "3"),
        ("sqrt(9)", "3"),
        ("sqrt(4/9)", "2/3"),
        ("cbrt(27)", "3"),
        ("|-3|", "3"),
        ("2^3", "8"),
        ("2*5", "10"),
        ("3x+2x", "5x"),
        ("3x+6+4x", "7x+6"),
        ("x^3*x^5", "x^8"),
        ("x^(3+5)", "x^8"),
        ("(x^4)^2", "x^8"),
        ("(2x)^3", "8x^3"),
        ("6x/3", "2x"),
        ("(x^2-4)/(x+2)", "x-2"),
        ("x=6/2", "x=3"),
        ("x=2+1 or x=-4", "x=3 or x=-4"),
        ("(1+1, 3)", "(2, 3)"),
        ("6^(14-5)", "6^9"),
        ("-(-5)", "5"),
    ] {
        check(given, key, &[], Some(Unfinished::Undone));
    }
}

#[test]
fn what_the_key_leaves_may_be_left_and_other_ways_of_writing_too() {
    for (given, key) in [
        ("6^9", "6^9"),
        ("10077696", "6^9"),
        ("3.7*10^4", "37000"),
        ("37000", "3.7*10^4"),
        ("6/8", "3/4"),
        ("0.75", "3/4"),
        ("2 3/4", "11/4"),
        ("11/4", "2 3/4"),
        ("75%", "0.75"),
        ("-3/2", "\\frac{3}{-2}"),
        ("sqrt(3)*2", "2sqrt(3)"),
        ("sqrt(12)", "2sqrt(3)"),
        ("2+sqrt(3)", "sqrt(3)+2"),
        ("12+4x", "4x+12"),
        ("px+8p", "xp+8p"),
        ("(x+3)(x+2)", "(x+2)(x+3)"),
        ("(x-3)^2+4", "(x-3)^2+4"),
        ("x/(x^2-x-2)", "x/((x+1)(x-2))"),
        ("5x/16", "\\frac{5}{16}x"),
        ("x^4*sqrt(x)", "x^4\\sqrt{x}"),
        ("36pi", "36\\pi"),
        ("2i+3", "3+2i"),
        ("y-3=2(x-1)", "y=2x+1"),
        ("x<3", "3>x"),
        ("3, -2", "-2, 3"),
        ("2(3x+4)", "6x+8"),
        ("-(x-3)", "3-x"),
    ] {
        check(given, key, &[], None);
    }
}

#[test]
fn an_equation_is_to_be_solved_where_the_key_solves_it() {
    check("2y=27.6", "y=13.8", &["y-3.8=10"], Some(Unfinished::Unsolved));
    check("2x>6", "x>3", &[], Some(Unfinished::Unsolved));
    check("(x-2)(x+3)=0", "x=2 or x=-3", &[], Some(Unfinished::Unsolved));
    check("13.8=y", "y=13.8", &["y-3.8=10"], None);
    check("2<=x<5", "2\\le x<5", &[], None);
    // A formula for a letter: only where it was the question.
    check("3x=y-6", "y=3x+6", &["y-3x=6"], Some(Unfinished::Unsolved));
    check("y-3x=6", "y=3x+6", &[], None);
}
