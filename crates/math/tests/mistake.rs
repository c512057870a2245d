//! Each wrong way is told from the others, right answers' neighbours stay unexplained, and nothing panics.

use math::{Asked, Cue, DecimalMark, Kind, mistake, read};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn named(formula: &str, key: &str, given: &str) -> &'static str {
    named_with(formula, &[], key, given)
}

fn named_with(formula: &str, cues: &[Cue], key: &str, given: &str) -> &'static str {
    let asked = Asked::new(&[formula.to_owned()], &[], cues.iter().copied().collect());
    let kind = Kind::guess(key);
    let math = |text: &str| {
        read(text, kind, DecimalMark::Point)
            .or_else(|_| read(text, Kind::Equation, DecimalMark::Point))
            .expect("it can be read")
    };
    mistake(&asked, &math(key), &math(given)).map_or("-", |mistake| mistake.code())
}

/// What is said where the question has several formulas or numbers in words.
fn told(formulas: &[String], numbers: &[i64], cues: &[Cue], key: &str, given: &str) -> &'static str {
    let numbers: Vec<math::Rational> =
        numbers.iter().map(|value| math::Rational::from_integer((*value).into())).collect();
    let asked = Asked::new(formulas, &numbers, cues.iter().copied().collect());
    let math = |text: &str| read(text, Kind::guess(key), DecimalMark::Point).ok();
    let both = math(key).zip(math(given));
    both.and_then(|(key, given)| mistake(&asked, &key, &given)).map_or("-", |mistake| mistake.code())
}

#[test]
fn a_rule_names_the_answer_that_it_gives() {
    let cases = [
        ("3(x+4)", "3x+12", "3x+4", "first_term_only"),
        ("5-(x+2)", "3-x", "7-x", "minus_before_brackets"),
        ("(x+3)^2", "x^2+6x+9", "x^2+9", "square_of_sum"),
        ("(x+2)(x+3)", "x^2+5x+6", "x^2+6", "first_and_last_only"),
        ("x^3*x^4", "x^7", "x^12", "exponents_of_product"),
        ("(x^3)^4", "x^12", "x^7", "exponents_of_power"),
        ("x^8/x^2", "x^6", "x^4", "exponents_of_quotient"),
        ("2^{-3}", "1/8", "-8", "negative_exponent"),
        ("2^5", "32", "10", "base_times_exponent"),
        ("5^0", "1", "0", "zero_exponent"),
        ("(2x)^3", "8x^3", "2x^3", "power_of_part"),
        ("1/2+1/3", "5/6", "2/5", "tops_and_bottoms"),
        ("\\frac{2}{3}\\div\\frac{4}{5}", "5/6", "8/15", "did_not_invert"),
        ("\\sqrt{9+16}", "5", "7", "root_of_sum"),
        ("2+3*4", "14", "20", "order_of_operations"),
        ("4x+3x^2", "4x+3x^2", "7x^3", "unlike_terms"),
        ("x+5=12", "7", "17", "moved_term"),
        ("3x=12", "4", "36", "inverse_operation"),
        ("2x+3=11", "4", "8", "unfinished"),
        ("|x-3|", "3-x", "x-3", "sign_of_answer"),
        ("x^2=9", "3, -3", "3", "member_lost"),
        ("-2x<6", "x>-3", "x<-3", "inequality_turned"),
        ("x-3\\geq 2", "x>=5", "x>5", "end_in_or_out"),
        ("x+y=3", "(1, 2)", "(2, 1)", "swapped"),
    ];
    let wrong: Vec<_> = cases.iter().filter(|(asked, key, given, code)| named(asked, key, given) != *code).collect();
    let said: Vec<_> = wrong.iter().map(|(asked, key, given, _)| named(asked, key, given)).collect();
    assert!(wrong.is_empty(), "{wrong:?} said {said:?}");
}

#[test]
fn more_rules_name_the_answers_that_they_give() {
    let cases = [
        ("0.5+0.12", "0.62", "0.17", "decimal_places"),
        ("7(-2)+4(-7)", "-42", "42", "sign_of_answer"),
        ("7(-2)+4(-7)-6", "-48", "36", "sign_of_product"),
        ("\\frac{2}{3}(9x-12)=8+2x", "4", "3", "cleared_in_part"),
        ("\\frac{6}{3}+1", "3", "7/3", "term_on_top"),
        ("\\frac{x}{2}-\\frac{x-3}{2}", "3/2", "-3/2", "sign_of_answer"),
        ("\\frac{y^2}{y-6}-\\frac{2y+24}{y-6}", "y+4", "(y^2-2y+24)/(y-6)", "minus_before_brackets"),
        ("x^2-9x", "(x-4.5)^2", "(x-9)^2", "half_the_middle"),
        ("(y-6)^2", "y^2-12y+36", "y^2-6y+36", "middle_not_doubled"),
        ("\\sqrt{16}", "4", "256", "power_for_root"),
        ("\\sqrt{16}", "4", "2", "root_twice"),
        ("340000", "3.4*10^5", "3.4*10^4", "power_of_ten"),
        ("340000", "3.4*10^5", "3.4^5", "power_of_ten_lost"),
        ("2\\frac{1}{2}", "5/2", "1", "mixed_number"),
        ("2*3^2", "18", "36", "order_of_operations"),
        ("(x+2)(x+3)", "x^2+5x+6", "x^2+3x+6", "first_and_last_only"),
        ("-31+(-19)", "-50", "-40", "arithmetic"),
        ("2x<6", "x<3", "x<12", "inverse_operation"),
        ("\\frac{x-2}{x-5}", "5", "2", "top_for_bottom"),
        ("", "[[4,-3,11],[3,2,4]]", "[[4,3,11],[3,2,4]]", "sign_of_member"),
        ("", "[[4,-3,11],[3,2,4]]", "[[4,3],[-3,2],[11,4]]", "rows_and_columns"),
        ("", "(0,-11), (-11,0), (1,0)", "(-11,0), (0,-11), (0,1)", "swapped"),
    ];
    let said: Vec<_> = cases.iter().map(|(asked, key, given, _)| named(asked, key, given)).collect();
    let wrong: Vec<_> = cases.iter().zip(&said).filter(|((.., code), said)| code != *said).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_value_is_put_in_with_its_sign_and_for_its_letter() {
    let formulas = ["\\frac{5x-1}{2x+1}".to_owned(), "x=-1".to_owned()];
    assert_eq!(told(&formulas, &[], &[], "6", "4/3"), "sign_of_value");
    let formulas = ["y=\\frac{x}{3}+1".to_owned(), "x=6".to_owned()];
    assert_eq!(told(&formulas, &[], &[], "3", "15"), "values_swapped");
    let formulas = ["f(x)=3x^2-x".to_owned(), "f(-2)".to_owned()];
    assert_eq!(told(&formulas, &[], &[], "14", "10"), "sign_of_value");
}

#[test]
fn a_story_knows_its_other_parts() {
    assert_eq!(told(&[], &[110_000, 16_000, 2], &[], "42000", "68000"), "other_part");
    assert_eq!(told(&[], &[624], &[], "24", "26"), "other_part");
    assert_eq!(told(&[], &[40, 50], &[Cue::Percent], "25", "20"), "percent_of_other");
    assert_eq!(told(&[], &[40, 50], &[Cue::Percent], "25", "125"), "percent_of_whole");
    assert_eq!(told(&[], &[100, 30], &[], "4", "3"), "up_or_down");
    assert_eq!(told(&[], &[40, 62, 3, 4, 5, 6], &[], "7", "4"), "other_part");
    assert_eq!(told(&[], &[4, 6], &[Cue::CommonMultiple], "12", "24"), "smaller_multiple");
}

#[test]
fn a_number_beside_a_formula_goes_into_it() {
    let formula = ["s=\\sqrt{24d}".to_owned()];
    assert_eq!(told(&formula, &[122], &[Cue::Round], "54.1", "2928"), "lost_root");
}

#[test]
fn factors_are_told_what_is_wrong_with_them() {
    let factor = &[Cue::Factor];
    for (asked, key, given, code) in [
        ("81y^2-72y+16", "(9y-4)^2", "9y-4", "factor_lost"),
        ("a^2+9a+20", "(a+5)(a+4)", "(a+6)(a+3)", "last_term"),
        ("a^2+9a+20", "(a+5)(a+4)", "-4,-5", "zeros_for_factors"),
        ("15pq-15p+12q-12", "3(5p+4)(q-1)", "3(5p+4)(q-1)^2", "factor_too_many"),
    ] {
        assert_eq!(named_with(asked, factor, key, given), code, "{asked} {given}");
    }
}

#[test]
fn where_no_rule_fits_the_place_is_named() {
    let cases = [
        ("", "\\frac{2(4-\\sqrt{2})}{7}", "\\frac{2(4-\\sqrt{2})}{9}", "bottom_of_fraction"),
        ("", "3/7", "5/7", "top_of_fraction"),
        ("", "6p+3-\\frac{2}{p}", "6p+2-\\frac{2}{p}", "number_alone"),
        ("\\frac{6p^2+3p-2}{p}", "6p+3-\\frac{2}{p}", "6p+3-2p", "one_term"),
        ("", "x^2+5x+6", "x^2+5x", "term_missing"),
        ("", "x^2+5x+6", "2x^2+5x+6", "highest_term"),
        ("", "x^2+5x+6", "x^2+5x+9", "number_alone"),
        ("", "3x^2", "5x^3", "number_and_exponents"),
        ("", "8x^4-12x^3", "8x^3-12x^2", "exponents"),
        ("", "5", "3x", "letter_left"),
        ("", "90,70,20", "90,60,30", "some_members_right"),
        ("", "x<5", "x<7", "boundary"),
        ("", "10.05", "10.5", "zeros"),
        ("z^2-5z-6", "2", "3", "other_of_polynomial"),
        ("-\\sqrt{100}", "-10", "10i", "minus_under_root"),
        ("\\frac{4}{4+\\sqrt{2}}", "\\frac{2(4-\\sqrt{2})}{7}", "1/(1+\\sqrt{2})", "cancelled_term"),
        ("\\sqrt{196}", "14", "7", "part_of_root"),
        ("abc", "abc", "ab", "lost_letter"),
    ];
    let said: Vec<_> = cases.iter().map(|(asked, key, given, _)| named(asked, key, given)).collect();
    let wrong: Vec<_> = cases.iter().zip(&said).filter(|((.., code), said)| code != *said).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn words_tell_a_factor_from_a_multiple_and_the_way_round_from_what_is_covered() {
    assert_eq!(told(&[], &[54, 36], &[Cue::CommonFactor], "18", "9"), "greater_factor");
    assert_eq!(told(&[], &[54, 36], &[Cue::CommonFactor], "18", "108"), "multiple_for_factor");
    assert_eq!(told(&[], &[54, 36], &[Cue::CommonFactor], "18", "12"), "not_common_factor");
    assert_eq!(told(&[], &[120, 50], &[Cue::Figure], "340", "170"), "once_round");
    assert_eq!(told(&[], &[784_951], &[Cue::Round], "785000", "785951"), "kept_digits");
    assert_eq!(told(&[], &[20, 30, 4], &[Cue::Compare], "50", "54"), "other_quantity");
}

/// What is said where the question is a story whose hints go a way.
fn on_the_way(numbers: &[i64], hints: &[&str], answers: &[&str], key: &str, given: &str) -> &'static str {
    let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let numbers: Vec<math::Rational> =
        numbers.iter().map(|value| math::Rational::from_integer((*value).into())).collect();
    let asked = Asked::new(&[], &numbers, BTreeSet::new()).with_hints(texts(hints), texts(answers));
    let math = |text: &str| read(text, Kind::guess(key), DecimalMark::Point).expect("it can be read");
    mistake(&asked, &math(key), &math(given)).map_or("-", |mistake| mistake.code())
}

#[test]
fn the_hints_of_a_story_tell_its_equation_and_its_other_quantities() {
    let speeds = |given: &str| on_the_way(&[234, 2, 7], &["x", "x+7", "2x+2(x+7)=234"], &[], "55", given);
    assert_eq!(speeds("62"), "other_quantity");
    assert_eq!(speeds("56.75"), "first_term_only");
    assert_eq!(speeds("113.5"), "number_left_out");
    let sodium = |given: &str| on_the_way(&[2, 3, 4720, 5, 6300], &["2h+3c=4720", "5h+2c=6300"], &[], "860", given);
    assert_eq!(sodium("1000"), "other_part");
    assert_eq!(sodium("1491.58"), "sign_inside");
    assert_eq!(sodium("143.64"), "both_sides");
    assert_eq!(on_the_way(&[5, 25, 45], &["25x=225"], &["0.2"], "9", "225"), "on_the_way");
    assert_eq!(on_the_way(&[5, 25, 45], &["25x=225"], &["0.2"], "9", "0.2"), "on_the_way");
    let trip = |given: &str| on_the_way(&[3, 14, 40, 6], &["\\frac{14}{r}+\\frac{40}{r+6}=3"], &[], "14", given);
    assert_eq!(trip("18"), "parts_mixed");
    assert_eq!(trip("20"), "other_quantity");
    assert_eq!(trip("-2"), "other_solution");
}

#[test]
fn what_several_rules_say_in_common_is_said() {
    // 2x to the other side with its sign, or the right side not multiplied by 3: both give 2.
    assert_eq!(named("\\frac{2}{3}(9x-12)=8+2x", "4", "2"), "both_sides");
}

#[test]
fn words_decide_what_an_upside_down_answer_is() {
    assert_eq!(named_with("", &[Cue::Variation], "y=2/x", "y=2x"), "inverse_or_direct");
    assert_eq!(told(&[], &[14, 3], &[Cue::Variation], "y=4.67x", "y=42/x"), "inverse_or_direct");
    assert_eq!(named_with("", &[Cue::Slope], "2/5", "5/2"), "run_over_rise");
    assert_eq!(named_with("", &[], "2/5", "5/2"), "upside_down");
}

#[test]
fn zero_where_something_is_converted_is_looked_at_without_dividing_by_it() {
    assert_eq!(named_with("12", &[Cue::Convert], "1", "0"), "-");
}

#[test]
fn what_no_rule_gives_is_not_explained() {
    for (asked, key, given) in [("3(x+4)", "3x+12", "19x-7y"), ("2x+3=11", "4", "97"), ("1/2+1/3", "5/6", "0.911")] {
        assert_eq!(named(asked, key, given), "-", "{asked} {given}");
    }
}

#[test]
fn explanations_that_contradict_each_other_give_none() {
    // 2 + 2, 2 * 2 and 2 to the second are one number: nobody knows what was done.
    assert_eq!(named("2^2+1", "5", "17"), "-");
}

proptest! {
    #[test]
    fn any_question_key_and_answer_are_looked_at_without_panic(
        asked in "[-+*/^()x0-9a=|<. ]{0,24}|\\PC{0,20}",
        key in "[-+*/^()x0-9., ]{1,12}",
        given in "[-+*/^()x0-9.,=< ]{1,16}",
    ) {
        let cues: BTreeSet<Cue> = [Cue::Round, Cue::Convert, Cue::Intercept, Cue::Factor].into();
        for cues in [BTreeSet::new(), cues] {
            let hints = vec![asked.clone(), given.clone()];
            let asked = Asked::new(std::slice::from_ref(&asked), &[], cues).with_hints(hints, vec![key.clone()]);
            for kind in [Kind::Expression, Kind::Equation, Kind::List, Kind::Interval] {
                let math = |text: &str| read(text, kind, DecimalMark::Point);
                if let (Ok(key), Ok(given)) = (math(&key), math(&given)) {
                    let _ = mistake(&asked, &key, &given);
                }
            }
        }
    }
}
