//! A few words.

use crate::build::{judged, question};
use curriculum::{Interaction, Text};
use expect_test::{Expect, expect};

fn check(accepted: &str, given: &str, expected: Expect) {
    let accepted = vec![Text::en(accepted), Text::one("es".into(), "el año")];
    expected.assert_eq(&judged(&question(Interaction::ShortText { accepted }), given));
}

#[test]
fn case_spaces_end_marks_and_accents_do_not_matter() {
    check("no solution", " No  Solution. ", expect!["Right"]);
    check("no solution", "nosolution!", expect!["Right"]);
    check("razón", "RAZON", expect!["Right"]);
    check("42a105c", "42a 105c", expect!["Right"]);
    check("no solution", "a solution", expect!["Wrong"]);
    check("no solution", "   ", expect!["Unreadable unreadable.empty at=0"]);
    check("?", "?", expect!["Right"]);
}

#[test]
fn n_with_a_tilde_is_a_letter_of_its_own() {
    check("year", "el año", expect!["Right"]);
    check("year", "EL AN\u{303}O", expect!["Right"]);
    check("year", "el ano", expect!["Wrong"]);
}
