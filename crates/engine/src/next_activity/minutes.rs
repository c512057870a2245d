//! How long an offer takes this student: the questions that are still to come in it, at the student's own time for one.

use super::{items, progress, view::View};
use crate::{facts::LessonFacts, mastery, parameters::SkillParameters, plan::minutes_for};

/// Questions in one run of work, at most: whoever takes an offer is asked no more before the next choice.
pub const RUN_QUESTIONS: u16 = 5;
/// Minutes that a question takes at least, with what is said of the answer, as a plan reckons; and at most.
const A_QUESTION: (f64, f64) = (1.0, 3.0);
/// Below two minutes nothing is promised; from five on nobody can tell a minute.
const LEAST: u16 = 2;
const EXACT: u16 = 5;

/// Minutes of a run of a lesson: what is left of it for today, whatever the whole of it takes.
pub(super) fn of_lesson(situation: &View<'_>, lesson: &LessonFacts, left: &[usize], is_new: bool) -> u16 {
    let assigned = progress::is_assigned(situation, lesson);
    let mut questions = 0.0;
    // Skills that are likely to be done with in this run, and so open others of the lesson.
    let mut reached: Vec<usize> = Vec::new();
    for place in left.iter().copied() {
        let needs = &situation.facts.skills[place].needs;
        if !needs.iter().all(|(below, _)| progress::is_open(situation, *below) || reached.contains(below)) {
            continue;
        }
        let there = f64::from(items::askable(situation, place, RUN_QUESTIONS));
        let wanted = if is_new { questions_wanted(situation, place, assigned) } else { 1.0 };
        if wanted <= there {
            reached.push(place);
        }
        questions += wanted.min(there);
    }
    of_questions(situation, questions)
}

/// Minutes of a run of one skill, which goes on as long as there is something to ask.
pub(super) fn of_skill(situation: &View<'_>, place: usize) -> u16 {
    of_questions(situation, f64::from(items::askable(situation, place, RUN_QUESTIONS)))
}

/// Minutes of so many questions. Worked numbers: two of a minute are 2 min, five of a minute and a half 10 min.
pub(super) fn of_questions(situation: &View<'_>, questions: f64) -> u16 {
    rounded(questions.min(f64::from(RUN_QUESTIONS)) * a_question(situation))
}

/// The same with a text to read first.
pub(super) fn with_reading(run: u16, reading: u16) -> u16 {
    rounded(f64::from(run.saturating_add(reading)))
}

/// Questions of a skill until its lesson goes on without it: until it is ready, where more than one right is asked for.
fn questions_wanted(situation: &View<'_>, place: usize, assigned: bool) -> f64 {
    let skill = &situation.facts.skills[place];
    let constants = situation.parameters.of(&situation.facts.id, &skill.id);
    if progress::is_open(situation, place) {
        return 1.0;
    }
    if assigned || progress::has_to_be_ready(situation, place) {
        let bar = if skill.hub { situation.parameters.ready_hub_at } else { situation.parameters.ready_at };
        return minutes_for(situation.level(place), constants, bar);
    }
    questions_until_right(situation.level(place), constants)
}

/// Questions until the first right answer, that one included, as far as a run goes. Worked number, by the defaults: 2.5
/// from a level of .25, and 1.2 from .95.
fn questions_until_right(level: f64, constants: SkillParameters) -> f64 {
    let question = mastery::guess_slip(constants, 0.0, 0);
    let (mut level, mut none_right, mut questions) = (level, 1.0, 0.0);
    for _ in 0..RUN_QUESTIONS {
        questions += none_right;
        none_right *= 1.0 - mastery::success_next(level, question);
        level = mastery::learn(mastery::update(level, false, question), constants);
    }
    questions
}

/// Minutes of one question: the student's usual time, where it is longer than the minute that a plan reckons with.
fn a_question(situation: &View<'_>) -> f64 {
    let own = situation.head.tempo.median_ms().map_or(0.0, |own_ms| own_ms as f64 / 60_000.0);
    own.clamp(A_QUESTION.0, A_QUESTION.1)
}

fn rounded(minutes: f64) -> u16 {
    let whole = libm::ceil(minutes - 0.25) as u16;
    if whole <= EXACT { whole.max(LEAST) } else { (whole + 2) / 5 * 5 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_times_are_said_exactly_and_long_ones_by_fives() {
        let said: Vec<u16> = [0.0, 1.0, 2.2, 2.3, 5.0, 7.0, 7.5, 12.0, 15.0].into_iter().map(rounded).collect();
        assert_eq!(said, [2, 2, 2, 3, 5, 5, 10, 10, 15]);
        assert_eq!(with_reading(2, 4), 5);
    }

    #[test]
    fn what_is_half_known_takes_fewer_questions_and_one_at_least() {
        let questions = |level| questions_until_right(level, SkillParameters::default());
        let said: Vec<String> =
            [0.05, 0.25, 0.95].into_iter().map(|level| format!("{:.1}", questions(level))).collect();
        assert_eq!(said, ["2.9", "2.5", "1.2"]);
    }
}
