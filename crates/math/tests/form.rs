//! Forms, printing and tolerances.

use std::collections::BTreeMap;

use math::{DecimalMark, Form, Kind, Rational, decimal, form_ok, latex, number_of, plain, read, right_side, within};

fn check(given: &str, expected: &str, form: &str, expect: bool) {
    let kind = Kind::guess(expected);
    let given_math = read(given, kind, DecimalMark::Point).expect(given);
    let expected = read(expected, kind, DecimalMark::Point).expect(expected);
    let form: Form = form.parse().expect(form);
    assert_eq!(form_ok(&given_math, &expected, form), expect, "{given} as {form}");
}

#[test]
fn fractions_have_their_forms() {
    for (given, form, expect) in [
        ("3/4", "lowest_terms", true),
        ("6/8", "lowest_terms", false),
        ("\\frac{-3}{4}", "lowest_terms", true),
        ("-\\frac{6}{8}", "lowest_terms", false),
        ("0.75", "lowest_terms", false),
        ("2 1/2", "lowest_terms", true),
        ("2 2/4", "lowest_terms", false),
        ("3", "lowest_terms", true),
        ("3/1", "lowest_terms", false),
        ("2 1/2", "mixed_number", true),
        ("5/2", "mixed_number", false),
        ("5/2", "improper_fraction", true),
        ("2 1/2", "improper_fraction", false),
        ("2.50", "decimal_places:2", true),
        ("2.5", "decimal_places:2", false),
        ("9.6*10^4", "scientific", true),
        ("96*10^3", "scientific", false),
        ("96000", "scientific", false),
        ("50%", "percent", true),
        ("0.5", "percent", false),
    ] {
        check(given, "1", form, expect);
    }
}

#[test]
fn expressions_have_their_forms() {
    for (given, expected, form, expect) in [
        ("(x+1)(x-1)", "(x-1)(x+1)", "factored", true),
        ("x^2-1", "(x-1)(x+1)", "factored", false),
        ("(2x+2)(x-1)", "2(x-1)(x+1)", "factored", false),
        ("2(x-1)(x+1)", "2(x-1)(x+1)", "factored", true),
        ("(x+3)^2", "(x+3)(x+3)", "factored", true),
        ("3(x^2-1)", "3(x-1)(x+1)", "factored", false),
        ("x^2-1", "x^2-1", "expanded", true),
        ("x^2+x-x-1", "x^2-1", "expanded", false),
        ("(x+1)(x-1)", "x^2-1", "expanded", false),
        ("2*3x", "6x", "expanded", false),
        ("\\frac{x+1}{x+2}", "\\frac{x+1}{x+2}", "lowest_terms", true),
        ("\\frac{x^2-1}{x-1}", "x+1", "lowest_terms", false),
        ("\\frac{2x}{4y}", "\\frac{x}{2y}", "lowest_terms", false),
        ("2\\sqrt{2}", "2\\sqrt{2}", "simplified_radical", true),
        ("\\sqrt{8}", "2\\sqrt{2}", "simplified_radical", false),
        ("\\frac{1}{\\sqrt{2}}", "\\frac{\\sqrt2}{2}", "simplified_radical", false),
        ("\\frac{\\sqrt{2}}{2}", "\\frac{\\sqrt2}{2}", "simplified_radical", true),
        ("\\sqrt{2}\\sqrt{3}", "\\sqrt6", "simplified_radical", false),
        ("x\\sqrt{x}", "x\\sqrt{x}", "simplified_radical", true),
        ("\\sqrt{x^3}", "x\\sqrt{x}", "simplified_radical", false),
        ("2\\sqrt[3]{2}", "2\\sqrt[3]{2}", "simplified_radical", true),
        ("\\sqrt[3]{16}", "2\\sqrt[3]{2}", "simplified_radical", false),
        ("\\sqrt[4]{4}", "\\sqrt2", "simplified_radical", false),
        ("\\sqrt[6]{8}", "\\sqrt2", "simplified_radical", false),
        ("\\sqrt[4]{9}", "\\sqrt3", "simplified_radical", false),
        ("\\sqrt[6]{4}", "\\sqrt[3]2", "simplified_radical", false),
        ("\\sqrt[4]{8}", "\\sqrt[4]8", "simplified_radical", true),
        ("\\sqrt[3]{4}", "\\sqrt[3]4", "simplified_radical", true),
        ("4π/8", "π/2", "lowest_terms", false),
        ("π*4/8", "π/2", "lowest_terms", false),
        ("4√2/8", "√2/2", "lowest_terms", false),
        ("π/2", "π/2", "lowest_terms", true),
        ("3π/2", "3π/2", "lowest_terms", true),
        ("\\frac{2+4\\sqrt3}{6}", "\\frac{1+2\\sqrt3}{3}", "lowest_terms", false),
        ("\\frac{1+2\\sqrt3}{3}", "\\frac{1+2\\sqrt3}{3}", "lowest_terms", true),
        ("2+x", "x+2", "as_given", true),
        ("x+1+1", "x+2", "as_given", false),
    ] {
        check(given, expected, form, expect);
    }
}

#[test]
fn where_the_key_is_written_out_nothing_may_be_left_to_factor() {
    for (given, key, expect) in [
        ("x(2x+4)", "2x^2+4x", false),
        ("2x(x+2)", "2x^2+4x", true),
        ("(2x+2)(x-1)", "2x^2-2", false),
        ("2(x+1)(x-1)", "2x^2-2", true),
        ("-2(1-x)(x+1)", "2x^2-2", true),
        ("x(x^2-1)", "x^3-x", false),
        ("x(x+1)(x-1)", "x^3-x", true),
        ("(x+1)(x^2+5x+6)", "x^3+6x^2+11x+6", false),
        ("(x+1)(x+2)(x+3)", "x^3+6x^2+11x+6", true),
        ("(x^2-1)(x^2+1)", "x^4-1", false),
        ("x^4-1", "x^4-1", false),
        ("(x-1)(x+1)(x^2+1)", "x^4-1", true),
        ("x^4+4", "x^4+4", false),
        ("(x^2+2x+2)(x^2-2x+2)", "x^4+4", true),
        ("x^4+x^2+1", "x^4+x^2+1", false),
        ("(x^2+2)^2", "x^4+4x^2+4", true),
        ("x^4+4x^2+4", "x^4+4x^2+4", false),
        ("x^4+1", "x^4+1", true),
        ("4x^4+4x^3-3x^2-2x+1", "4x^4+4x^3-3x^2-2x+1", false),
        ("x^8-1", "x^8-1", false),
        ("(x^2-1)(x^2-4)", "x^4-5x^2+4", false),
        ("2(3x+6)", "6x+12", false),
        ("6(x+2)", "6x+12", true),
        ("6x+12", "6x+12", false),
        ("x^2-2", "x^2-2", true),
        ("x^2+x+1", "x^2+x+1", true),
        ("6x^2+x-2", "6x^2+x-2", false),
        ("(2x-1)(3x+2)", "6x^2+x-2", true),
        ("8x^3+27", "8x^3+27", false),
        ("(2x+3)(4x^2-6x+9)", "8x^3+27", true),
        ("x^2-y^2", "x^2-y^2", false),
        ("(x-y)(x+y)", "x^2-y^2", true),
        ("x(xy+y)", "x^2y+xy", false),
        ("xy(x+1)", "x^2y+xy", true),
        ("3(x^2-4)", "3(x^2-4)", true),
        ("x(x+5+6/x)", "(x+2)(x+3)", false),
        ("\\frac{x+1}{x-2}", "\\frac{x+1}{x-2}", true),
    ] {
        check(given, key, "factored", expect);
    }
}

#[test]
fn names_of_forms_come_back() {
    for name in ["as_given", "lowest_terms", "decimal_places:3", "scientific", "mixed_number", "percent"] {
        assert_eq!(name.parse::<Form>().expect(name).to_string(), name);
    }
    assert!("decimal_places:many".parse::<Form>().is_err());
}

#[test]
fn numbers_print_plainly() {
    let value = Rational::new((-7).into(), 4.into());
    assert_eq!(plain(&value, DecimalMark::Point), "-7/4");
    assert_eq!(decimal(&value, 1, DecimalMark::Comma), "-1,8");
    assert_eq!(decimal(&value, 0, DecimalMark::Point), "-2");
    assert_eq!(decimal(&Rational::new(1.into(), 300.into()), 2, DecimalMark::Point), "0.00");
}

#[test]
fn printed_trees_read_again() {
    let math = read("-2(x+1)/(x+4)", Kind::Expression, DecimalMark::Point).expect("reads");
    expect_test::expect![[r"-\frac{2 \left(x+1\right)}{x+4}"]].assert_eq(&latex(&math));
}

#[test]
fn tolerances_are_absolute() {
    let read = |text: &str| read(text, Kind::Number, DecimalMark::Point).expect(text);
    let tenth = Rational::new(1.into(), 10.into());
    assert_eq!(within(&read("3.1"), &read("π"), &tenth), Some(true));
    assert_eq!(within(&read("3.0"), &read("π"), &tenth), Some(false));
    assert_eq!(within(&read("x"), &read("π"), &tenth), None);
    assert_eq!(number_of(&read("1/4")), Some(0.25));
    assert_eq!(number_of(&read("x")), None);
    let side = right_side(&math::read("x=-7", Kind::Equation, DecimalMark::Point).expect("reads")).expect("a side");
    assert_eq!(math::evaluate(&side, &BTreeMap::new()), Some(Rational::from_integer((-7).into())));
}
