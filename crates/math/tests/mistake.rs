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
    let math = |text: &str| read(text, kind, DecimalMark::Point).expect("it can be read");
    mistake(&asked, &math(key), &math(given)).map_or("-", |mistake| mistake.code())
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
fn words_decide_what_an_upside_down_answer_is() {
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
            let asked = Asked::new(std::slice::from_ref(&asked), &[], cues);
            for kind in [Kind::Expression, Kind::Equation, Kind::List, Kind::Interval] {
                let math = |text: &str| read(text, kind, DecimalMark::Point);
                if let (Ok(key), Ok(given)) = (math(&key), math(&given)) {
                    let _ = mistake(&asked, &key, &given);
                }
            }
        }
    }
}
