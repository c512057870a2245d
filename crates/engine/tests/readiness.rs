//! How often readiness errs, exactly: over every course that the answers can take.

mod support;

use engine::{
    Parameters,
    mastery::{KNOWN_FIRST_MAX, learn_at_most},
    parameters::SkillParameters,
    record::{Context, Event, Loaded, step},
};
use support::{History, facts};

/// Tries that are followed to their end.
const TRIES: usize = 14;

/// Chance of being called ready at each try, for somebody who is right with a constant chance, on different questions.
fn ready_at(chance_right: f64, tries: usize) -> Vec<f64> {
    ready_by(SkillParameters::default(), chance_right, tries)
}

/// The same by other constants.
fn ready_by(skill: SkillParameters, chance_right: f64, tries: usize) -> Vec<f64> {
    let facts = facts("a:20");
    let parameters = Parameters { skill, ..Parameters::default() };
    let context = Context { parameters: &parameters, course: &facts };
    let said = |word: &str| {
        let words: Vec<String> = (1..=tries).map(|nth| format!("{word} a{nth}")).collect();
        History::read(&words.join(", ")).events
    };
    let mut found = vec![0.0; tries];
    follow(&context, [&said("right"), &said("wrong")], &Loaded::default(), (0, 1.0), chance_right, &mut found);
    found
}

fn follow(
    context: &Context<'_>,
    said: [&[Event]; 2],
    before: &Loaded,
    (nth, chance): (usize, f64),
    chance_right: f64,
    found: &mut [f64],
) {
    for (events, of_it) in said.into_iter().zip([chance_right, 1.0 - chance_right]) {
        let (mut state, chance) = (before.clone(), chance * of_it);
        if !step(context, &mut state, &events[nth]).is_empty() {
            found[nth] += chance;
        } else if nth + 1 < found.len() {
            follow(context, said, &state, (nth + 1, chance), chance_right, found);
        }
    }
}

#[test]
fn of_those_who_never_learn_hardly_any_is_called_ready() {
    let guessing: f64 = ready_at(0.20, 12).iter().sum();
    assert!(guessing < 0.02, "within 12 tries, guessing one in five: {guessing:.4}");
    let less: f64 = ready_at(0.10, 12).iter().sum();
    assert!(less < 0.003, "guessing one in ten: {less:.4}");
}

#[test]
fn who_knows_it_needs_few_questions() {
    let found = ready_at(0.90, TRIES);
    let (reached, mean) = (found.iter().sum::<f64>(), mean(&found));
    assert!(reached > 0.999, "within {TRIES} tries: {reached:.4}");
    assert!(mean < 4.0, "{mean:.2} questions on average");
    let six: f64 = found[..6].iter().sum();
    assert!(six > 0.9, "ready within six questions: {six:.3}");
}

/// Over all guesses and slips that a refit may find, and beginnings with the most learning that it may find with them.
#[test]
fn whatever_a_refit_finds_who_never_learns_is_hardly_ever_called_ready() {
    let fastest = [0.001, 0.25, 0.50, 0.70, KNOWN_FIRST_MAX].map(|first| (first, learn_at_most(first)));
    let defaults = SkillParameters::default();
    let slower = [(defaults.known_first, defaults.learn), (0.05, 0.02), (0.60, 0.08), (KNOWN_FIRST_MAX, 0.05)];
    for (known_first, learn) in fastest.into_iter().chain(slower) {
        for (guess, slip) in pairs(&[0.05, 0.10, 0.20, 0.35, 0.50], &[0.02, 0.10, 0.25]) {
            let skill = SkillParameters { known_first, learn, guess, slip };
            let called: f64 = ready_by(skill, guess, 12).iter().sum();
            assert!(called <= 0.03, "{called:.4} by {skill:?}");
        }
    }
}

/// Guessing more often than one in four, or slipping more often than three in twenty, takes more questions.
#[test]
fn whatever_the_guess_and_the_slip_who_knows_it_needs_six_questions_at_most_on_average() {
    for (guess, slip) in pairs(&[0.05, 0.10, 0.15, 0.20, 0.25], &[0.02, 0.05, 0.10, 0.15]) {
        let skill = SkillParameters { guess, slip, ..SkillParameters::default() };
        let found = ready_by(skill, 1.0 - slip, TRIES);
        let (reached, mean) = (found.iter().sum::<f64>(), mean(&found));
        assert!(reached > 0.98, "within {TRIES} tries: {reached:.4} by {skill:?}");
        assert!(mean <= 6.0, "{mean:.2} questions by {skill:?}");
    }
}

/// Questions until ready, of those who are ready within the tries.
fn mean(found: &[f64]) -> f64 {
    let sum: f64 = found.iter().enumerate().map(|(nth, chance)| (nth + 1) as f64 * chance).sum();
    sum / found.iter().sum::<f64>()
}

fn pairs(some: &[f64], others: &[f64]) -> Vec<(f64, f64)> {
    some.iter().flat_map(|one| others.iter().map(move |other| (*one, *other))).collect()
}

#[test]
fn a_miss_asks_for_more_rights() {
    let ready = |words: &str| !History::read(words).fold(&facts("a:20")).derived.is_empty();
    assert!(ready("right a1, right a2, right a3"));
    assert!(!ready("wrong a1, right a2, right a3, right a4"));
    assert!(ready("wrong a1, right a2, right a3, right a4, right a5"));
    let many = (1..=10).map(|nth| format!("wrong a{nth}")).collect::<Vec<_>>().join(", ");
    assert!(!ready(&format!("{many}, right a11, right a12, right a13, right a14")));
    assert!(ready(&format!("{many}, right a11, right a12, right a13, right a14, right a15")));
}
