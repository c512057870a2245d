//! How often readiness errs, exactly: over every course that the answers of one student on different questions can take.

use super::record::{answered, course};
use curriculum::{CourseId, SkillId};
use engine::{
    CourseFacts, Parameters,
    grading::Verdict,
    record::{Body, Context, Event, Loaded, step},
};

/// Who never learns guesses one in five, and is watched for so many tries.
const GUESS: f64 = 0.20;
const NEVER_TRIES: usize = 12;
/// Who knows it slips once in ten; hardly anybody needs more tries than these.
const KNOWS: f64 = 0.90;
const KNOWS_TRIES: usize = 14;

pub struct Ready {
    pub never_learners_share: f64,
    pub masters_need_mean: f64,
    /// The number of questions by which nine in ten of them are ready.
    pub masters_need_p90: usize,
}

pub fn measure() -> Ready {
    let facts = CourseFacts::new(&course());
    let parameters = Parameters::default();
    let context = Context { parameters: &parameters, course: &facts };
    let at = |chance_right: f64, tries: usize| {
        let said = [Verdict::Right, Verdict::Wrong].map(|verdict| events(&facts.id, verdict, tries));
        let mut found = vec![0.0; tries];
        follow(&context, &said, &Loaded::default(), (0, 1.0), chance_right, &mut found);
        found
    };
    let knows = at(KNOWS, KNOWS_TRIES);
    let reached: f64 = knows.iter().sum();
    let within = |tries: usize| knows[..tries].iter().sum::<f64>();
    Ready {
        never_learners_share: at(GUESS, NEVER_TRIES).iter().sum(),
        masters_need_mean: knows.iter().enumerate().map(|(nth, chance)| (nth + 1) as f64 * chance).sum::<f64>()
            / reached,
        masters_need_p90: (1..=KNOWS_TRIES).find(|tries| within(*tries) >= 0.9).unwrap_or(KNOWS_TRIES),
    }
}

/// Answers to one skill, each to another item.
fn events(course: &CourseId, verdict: Verdict, tries: usize) -> Vec<Event> {
    let mut events: Vec<Event> = (0..tries).map(|nth| answered(course, nth)).collect();
    for event in &mut events {
        if let Body::Answered(answer) = &mut event.body {
            answer.skills = vec![SkillId("skill-0".into())];
            answer.judgement.verdict = verdict;
        }
    }
    events
}

fn follow(
    context: &Context<'_>,
    said: &[Vec<Event>; 2],
    before: &Loaded,
    (nth, chance): (usize, f64),
    chance_right: f64,
    found: &mut [f64],
) {
    for (events, of_it) in said.iter().zip([chance_right, 1.0 - chance_right]) {
        let (mut state, chance) = (before.clone(), chance * of_it);
        if !step(context, &mut state, &events[nth]).is_empty() {
            found[nth] += chance;
        } else if nth + 1 < found.len() {
            follow(context, said, &state, (nth + 1, chance), chance_right, found);
        }
    }
}
