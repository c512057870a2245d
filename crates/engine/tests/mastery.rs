//! What a history comes to: level, state, what is missing.

mod support;

use engine::{Parameters, mastery};
use expect_test::{Expect, expect};
use support::{COURSE, History, facts};

/// Skills: `a` has eight items (two pools), `few` two (one pool), `h` is a hub with eight.
fn check(words: &str, expected: Expect) {
    let mut text = "a:8 few:2 h:8".to_owned();
    for nth in 0..10 {
        text.push_str(&format!(" z{nth}z:1(h)"));
    }
    let facts = facts(&text);
    let folded = History::read(words).fold(&facts);
    let mut lines = String::new();
    for ((_, skill), state) in &folded.loaded.skills {
        let shown = mastery::state_of(state);
        let missing = mastery::missing_for_ready(&facts, &Parameters::default(), skill, state);
        lines.push_str(&format!(
            "{skill}: p {:.4} shown {:.4} step {} {:?} {:.2}..{:.2}{} missing {missing:?}\n",
            state.p,
            state.shown,
            shown.step,
            shown.state,
            shown.range.low,
            shown.range.high,
            if shown.few_answers { " few" } else { "" },
        ));
    }
    for derived in &folded.derived {
        lines.push_str(&format!("{:?} {}\n", derived.kind, derived.subject.trim_start_matches(COURSE)));
    }
    expected.assert_eq(&lines);
}

#[test]
fn one_right_answer_is_a_beginning() {
    check(
        "right a1",
        expect![[r#"
        a: p 0.6600 shown 0.6600 step 3 Started 0.32..0.89 few missing [Level, Proof, Rights]
    "#]],
    );
}

#[test]
fn three_rights_on_different_items_are_ready() {
    check(
        "right a1, right a2, right a3",
        expect![[r#"
        a: p 0.9823 shown 0.9823 step 5 Ready 0.73..1.00 missing []
        Ready /a
    "#]],
    );
}

#[test]
fn a_hub_asks_for_more() {
    check(
        "right h1, right h2, right h3",
        expect![[r#"
        h: p 0.9823 shown 0.9823 step 5 Ready 0.73..1.00 missing []
        Ready /h
    "#]],
    );
    check(
        "right h1, right h2, right h3, right h4",
        expect![[r#"
        h: p 0.9966 shown 0.9966 step 5 Ready 0.78..1.00 missing []
        Ready /h
    "#]],
    );
}

#[test]
fn the_same_item_again_is_not_a_different_one() {
    check(
        "right a1, right a1, right a1, right a1",
        expect![[r#"
        a: p 0.9966 shown 0.9966 step 5 Nearly 0.78..1.00 missing [Rights]
    "#]],
    );
}

#[test]
fn with_few_items_the_same_item_counts_on_a_later_day() {
    check(
        "right few1, right few1, right few1",
        expect![[r#"
        few: p 0.9823 shown 0.9823 step 5 Nearly 0.73..1.00 missing [Rights]
    "#]],
    );
    check(
        "right few1, right few1, day, right few1",
        expect![[r#"
        few: p 0.9823 shown 0.9823 step 5 Ready 0.73..1.00 missing []
        Ready /few
    "#]],
    );
}

#[test]
fn wrong_first_is_wrong_though_right_in_the_end() {
    check(
        "wrong a1, right, right",
        expect![[r#"
        a: p 0.1840 shown 0.1840 step 1 Started 0.04..0.55 few missing [Level, Proof, Rights]
    "#]],
    );
}

#[test]
fn right_after_a_hint_teaches_and_proves_nothing() {
    check(
        "hint a1, right, hint a2, right, hint a3, right",
        expect![[r#"
        a: p 0.5394 shown 0.5394 step 3 Started 0.19..0.86 few missing [Level, Proof, Rights]
    "#]],
    );
}

#[test]
fn wrong_after_a_hint_is_wrong() {
    check(
        "hint a1, wrong",
        expect![[r#"
        a: p 0.1840 shown 0.1840 step 1 Started 0.04..0.55 few missing [Level, Proof, Rights]
    "#]],
    );
}

#[test]
fn what_cannot_be_read_and_a_wrong_form_are_no_attempt() {
    check(
        "unreadable a1, form, right",
        expect![[r#"
        a: p 0.6600 shown 0.6600 step 3 Started 0.32..0.89 few missing [Level, Proof, Rights]
    "#]],
    );
}

#[test]
fn after_a_hint_that_holds_the_answer_a_fresh_question_is_needed() {
    check(
        "right a1, right a2, bottom a3, right, right a3",
        expect![[r#"
        a: p 0.9851 shown 0.9851 step 5 Nearly 0.73..1.00 missing [Fresh]
    "#]],
    );
    check(
        "right a1, right a2, bottom a3, right, right a4",
        expect![[r#"
        a: p 0.9851 shown 0.9851 step 5 Ready 0.73..1.00 missing []
        Ready /a
    "#]],
    );
}

#[test]
fn lasting_needs_a_later_day_and_a_mixed_set() {
    check(
        "right a1, right a2, right a3, mixed right a4",
        expect![[r#"
        a: p 0.9966 shown 0.9966 step 5 Ready 0.78..1.00 missing []
        Ready /a
    "#]],
    );
    check(
        "right a1, right a2, right a3, day, right a4",
        expect![[r#"
        a: p 0.9966 shown 0.9966 step 5 Ready 0.78..1.00 missing []
        Ready /a
    "#]],
    );
    check(
        "right a1, right a2, right a3, day, mixed right a4",
        expect![[r#"
        a: p 0.9966 shown 0.9966 step 5 Lasting 0.78..1.00 missing []
        Ready /a
        Lasting /a
    "#]],
    );
}

#[test]
fn one_slip_never_looks_like_a_fall() {
    check(
        "right a1, right a2, right a3, wrong a4",
        expect![[r#"
        a: p 0.8929 shown 0.8929 step 4 Ready 0.64..0.97 missing [Level, Proof]
        Ready /a
    "#]],
    );
    check(
        "right a1, wrong a2",
        expect![[r#"
        a: p 0.3160 shown 0.3160 step 2 Started 0.11..0.63 few missing [Level, Proof, Rights]
    "#]],
    );
}

#[test]
fn i_have_not_learned_this_counts_as_a_miss() {
    check(
        "dontknow a1",
        expect![[r#"
        a: p 0.1840 shown 0.1840 step 1 Started 0.04..0.55 few missing [Level, Proof, Rights]
    "#]],
    );
}
