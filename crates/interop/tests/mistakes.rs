//! The bar for general misconceptions: of wrong answers written by hand to the real course, at least six in ten get
//! feedback about the very mistake, and fewer than one in twenty a false one. Skipped, loudly, without the course.

#[path = "support/course.rs"]
mod course;
#[path = "support/mistakes.rs"]
mod mistakes;

use engine::grading::Verdict;

fn meets_the_bar(file: &str) {
    let Some(said) = mistakes::said(file) else { return };
    let share = |name: &str| said.iter().filter(|one| one.share() == name).count() as f64 / said.len() as f64;
    // An answer in words to a question for a number is not read; it counts as silent.
    let missed = |one: &mistakes::Said| matches!(one.verdict, Verdict::Wrong | Verdict::Unreadable);
    let taken: Vec<_> = said.iter().filter(|one| !missed(one)).map(|one| (&one.step, &one.given)).collect();
    assert!(taken.is_empty(), "not judged wrong: {taken:?}");
    assert!(share("named") >= 0.60 && share("FALSE") < 0.05, "{}", mistakes::summary(&said));
}

#[test]
fn two_hundred_wrong_answers_get_feedback_about_the_very_mistake() {
    meets_the_bar("by_hand");
}

/// Written by somebody who never saw the rules, but the rules were mended with them in sight, and part of the judgements
/// are the rules' author's. Before that, 56.5 % of `fresh_b` were named: what holds here is no measure of unseen answers.
#[test]
fn answers_of_another_hand_do_too_once_they_were_learnt_from() {
    meets_the_bar("fresh_a");
    meets_the_bar("fresh_b");
}

/// Written and judged by others, and no rule was made with these answers in sight: the measure of unseen answers.
#[test]
fn answers_that_no_rule_was_made_for_do_too() {
    meets_the_bar("fresh_c");
}

#[test]
fn answers_to_other_steps_do_too() {
    meets_the_bar("held_out");
}
