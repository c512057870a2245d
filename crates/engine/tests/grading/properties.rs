//! What holds of every input: no panic, a score within its bounds, no verdict "right" for what is not.

use crate::build::{asking, buggy, key, options, question, text};
use curriculum::{Interaction, KeyKind, Lang, OptionId, Question, Text};
use engine::grading::{Response, Verdict, grade_question};
use proptest::prelude::*;

fn questions() -> Vec<Question> {
    let mut all: Vec<Question> = KeyKind::ALL.iter().map(|kind| asking(key(&["(x+1)/2", "3", "1,2"], *kind))).collect();
    all.push(question(Interaction::ShortText { accepted: vec![Text::en("no solution")] }));
    all.push(question(Interaction::Choice { options: options(4, "c"), fixed_order: true }));
    all.push(question(Interaction::MultipleChoice { options: options(6, "ace"), fixed_order: true }));
    all
}

/// Anything, and things that look like mathematics.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        r"[0-9xy+\-*/^()=.,<>|√π ±%°$\\{}\[\]a-z]{0,60}",
        r"(\\frac|\\sqrt|\\left|\\begin\{bmatrix\}|\{|\}|&|[0-9]|x|\^|,){0,40}",
        "[(]{1,200}x",
        r"(9\^){1,200}9",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn judging_never_panics_and_scores_stay_within_bounds(given in texts(), lang in "(en|es|de|fr|xx)") {
        for asked in questions() {
            let judged = grade_question(&asked, &[buggy("2x", "m")], &text(&given), &Lang::from(lang.as_str()));
            prop_assert!((0.0..=1.0).contains(&judged.score));
            prop_assert_eq!(judged.verdict.is_right(), judged.score == 1.0);
            prop_assert_eq!(judged.verdict == Verdict::Unreadable, judged.message.as_ref().is_some_and(|m| m.code.starts_with("unreadable.")));
        }
    }

    #[test]
    fn a_whole_number_is_itself_and_no_other(a in -10_000_i64..10_000, b in -10_000_i64..10_000) {
        let asked = asking(key(&[&a.to_string()], KeyKind::Number));
        let verdict = |given: String| grade_question(&asked, &[], &text(&given), &Lang::en()).verdict;
        prop_assert_eq!(verdict(a.to_string()), Verdict::Right);
        prop_assert_eq!(verdict(format!("{}/2", 2 * a)), Verdict::RightValueWrongForm);
        prop_assert_eq!(verdict(format!("{}.0", a)), Verdict::Right);
        prop_assert_eq!(verdict(format!("x = {a}")), Verdict::Right);
        prop_assert_eq!(verdict(b.to_string()).is_right(), a == b);
    }

    #[test]
    fn a_line_is_itself_and_no_other(a in 1_i64..99, b in -99_i64..99, c in 1_i64..99, d in -99_i64..99) {
        let line = |a: i64, b: i64| format!("{a}x{b:+}");
        let asked = asking(key(&[&line(a, b)], KeyKind::Expression));
        let verdict = |given: String| grade_question(&asked, &[], &text(&given), &Lang::en()).verdict;
        prop_assert_eq!(verdict(format!("{b}+{a}x")), Verdict::Right);
        prop_assert_eq!(verdict(line(c, d)).is_right(), (a, b) == (c, d));
    }

    #[test]
    fn one_more_right_option_never_lowers_the_score(chosen in proptest::collection::btree_set("[a-f]", 0..6)) {
        let asked = question(Interaction::MultipleChoice { options: options(6, "ace"), fixed_order: true });
        let score = |ids: Vec<&str>| {
            let options: Vec<OptionId> = ids.into_iter().map(OptionId::from).collect();
            grade_question(&asked, &[], &Response::MultipleChoice { options }, &Lang::en()).score
        };
        let with = |more: &'static str| score(chosen.iter().map(String::as_str).chain([more]).collect());
        let now = score(chosen.iter().map(String::as_str).collect());
        prop_assert!(with("a") >= now && with("b") <= now.max(0.0));
    }
}
