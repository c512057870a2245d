//! Who decides what a student does next. All four have the same items, hints and time.

use super::desk::Desk;
use clap::ValueEnum;
use curriculum::SkillId;
use engine::{
    Versions,
    next_activity::{ItemChoice, Work, next_item, offers, placement_askable, placement_item},
    placement::{Placement, PlacementStatus, Step},
    record::{Author, Body, Offered, PlacementStarted, Purpose, SkillState},
};
use serde::Serialize;

/// Questions in a run before something else is chosen.
const RUN: usize = 5;
/// Answers after which a skill is left behind although it is not ready.
const GIVE_UP: u32 = 20;
/// Looking at what is offered, about (ms).
const CHOOSING_MS: f64 = 6_000.0;

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// Pre-test, offers to choose from, reviews: the product.
    Tandem,
    /// Everybody the same lessons, each for its share of the time.
    Linear,
    /// The same order, each lesson until its skills are ready.
    SelfPacedFixedOrder,
    /// Any skill whose needs are ready, at random.
    RandomReady,
}

impl Policy {
    /// All four, the reference first.
    pub const ALL: [Self; 4] = [Self::Linear, Self::SelfPacedFixedOrder, Self::RandomReady, Self::Tandem];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tandem => "tandem",
            Self::Linear => "linear",
            Self::SelfPacedFixedOrder => "self-paced-fixed-order",
            Self::RandomReady => "random-ready",
        }
    }

    /// Lets the student work for so long.
    pub fn teach(self, desk: &mut Desk<'_>, until_ms: i64) {
        if self == Self::Tandem {
            place(desk, until_ms);
        }
        while desk.clock.gone_ms < until_ms {
            let worked = match self {
                Self::Tandem => tandem(desk, until_ms),
                Self::Linear => linear(desk, until_ms),
                Self::SelfPacedFixedOrder => self_paced(desk),
                Self::RandomReady => random_ready(desk, until_ms),
            };
            if !worked {
                desk.clock.rest();
            }
        }
    }
}

/// The pre-test, as the server gives it.
fn place(desk: &mut Desk<'_>, until_ms: i64) {
    let room = desk.room;
    let course = room.facts.id.clone();
    if desk.head.placements.get(&course).is_some_and(|state| state.status == PlacementStatus::Done) {
        return;
    }
    let seed = (desk.chance.bits() >> 11) as i64;
    desk.take(Author::PreTest, Body::PlacementStarted(PlacementStarted { course: course.clone(), seed, grade: None }));
    let mut test = Placement::resume(&room.prior, &room.parameters, None, seed, &[]);
    while desk.clock.gone_ms < until_ms {
        let situation = desk.situation(0);
        let choice = match test.next(&placement_askable(&situation)) {
            Step::Ask(skill) => placement_item(&situation, &skill),
            Step::Done(result) => {
                let answers = desk.head.placements.get(&course).map(|state| state.answers.as_slice());
                let cause = answers.and_then(<[_]>::last).map_or(uuid::Uuid::nil(), |answer| answer.event);
                let placed = result.placed(&room.facts, &room.parameters, cause);
                desk.take(Author::PreTest, Body::Placed(placed));
                return;
            }
        };
        let Some(choice) = choice else { return };
        debug_assert_eq!(choice.purpose, Purpose::Placement);
        desk.question(&choice, &Work::Placement {});
        let state = desk.head.placements.get(&course).filter(|state| state.status == PlacementStatus::Started);
        let over_after = state.and_then(|state| state.over_after);
        if let Some(answer) = state.and_then(|state| state.answers.last()) {
            test.answer(&answer.skill, answer.outcome, answer.options);
            test.time_over(over_after);
        }
    }
}

/// Chooses among what is offered and works at it: mostly the first offer, as people do. Reading takes no time and
/// teaches nothing here, under no policy: an offer to read is its lesson's questions.
fn tandem(desk: &mut Desk<'_>, until_ms: i64) -> bool {
    let seed = desk.chance.bits();
    let offered = offers(&desk.situation(seed));
    let place = match desk.chance.unit() {
        draw if draw < 0.65 => 0,
        _ => desk.chance.below(offered.offers.len()),
    };
    let Some(chosen) = offered.offers.get(place).map(|offer| offer.work.clone()) else { return false };
    let room = desk.room;
    desk.take(
        Author::Engine,
        Body::Offered(Offered {
            course: room.facts.id.clone(),
            offers: offered.offers,
            something_else: offered.something_else,
            done_for_today: offered.done_for_today,
            versions: Versions::new(&room.parameters, &room.facts.version),
        }),
    );
    desk.pause(CHOOSING_MS);
    let count = match &chosen {
        Work::Review { skills, .. } => skills.len(),
        _ => RUN,
    };
    run(desk, &chosen, count, until_ms)
}

/// Up to so many questions of a piece of work; false when there was none.
fn run(desk: &mut Desk<'_>, work: &Work, count: usize, until_ms: i64) -> bool {
    for nth in 0..count {
        let choice = next_item(&desk.situation(desk.head.answers), work);
        let Some(choice) = choice.filter(|_| desk.clock.gone_ms < until_ms) else { return nth > 0 };
        desk.question(&choice, work);
    }
    count > 0
}

/// The lesson whose share of the time it is, its skills in turn; who has nothing left to do in it goes back to
/// what was longest ago.
fn linear(desk: &mut Desk<'_>, until_ms: i64) -> bool {
    let facts = &desk.room.facts;
    let with_items = |place: &usize| facts.skills[*place].items > 0;
    let count = |nth: usize| facts.lessons[nth].skills.iter().filter(|place| with_items(place)).count();
    let total: usize = (0..facts.lessons.len()).map(count).sum();
    let mut left = (desk.clock.gone_ms as f64 / until_ms.max(1) as f64 * total as f64) as usize;
    let mut now = 0;
    while now + 1 < facts.lessons.len() && left >= count(now) {
        left -= count(now);
        now += 1;
    }
    let Some(lesson) = facts.lessons.get(now) else { return false };
    let mut here: Vec<usize> = lesson.skills.iter().copied().filter(with_items).collect();
    here.sort_by_key(|place| answers(desk, *place));
    let mut before: Vec<usize> = facts.lessons[..now].iter().flat_map(|lesson| lesson.skills.iter().copied()).collect();
    before.sort_by_key(|place| desk.skills.get(&facts.skills[*place].id).and_then(|state| state.last_at));
    here.extend(before);
    let first = here.iter().find_map(|place| practise(desk, &facts.skills[*place].id));
    first.map(|(choice, work)| desk.question(&choice, &work)).is_some()
}

fn practise(desk: &Desk<'_>, skill: &SkillId) -> Option<(ItemChoice, Work)> {
    let work = Work::Practise { skill: skill.clone() };
    Some((next_item(&desk.situation(0), &work)?, work))
}

fn answers(desk: &Desk<'_>, place: usize) -> u32 {
    let state = desk.skills.get(&desk.room.facts.skills[place].id);
    state.map_or(0, |state| state.answers + state.helped)
}

fn is_open(desk: &Desk<'_>, place: usize) -> bool {
    desk.skills.get(&desk.room.facts.skills[place].id).is_some_and(SkillState::opens)
}

/// The first lesson, in the author's order, that has a skill neither ready nor given up and something to ask today; its
/// skills take turns of a run each.
fn self_paced(desk: &mut Desk<'_>) -> bool {
    let facts = &desk.room.facts;
    let mut found = None;
    for lesson in &facts.lessons {
        let asks = |place: &usize| !is_open(desk, *place) && answers(desk, *place) < GIVE_UP;
        let mut left: Vec<usize> = lesson.skills.iter().copied().filter(asks).collect();
        left.sort_by_key(|place| answers(desk, *place) / RUN as u32);
        found = left.iter().find_map(|place| practise(desk, &facts.skills[*place].id));
        if found.is_some() {
            break;
        }
    }
    found.map(|(choice, work)| desk.question(&choice, &work)).is_some()
}

/// A run of questions on a skill drawn at random among those that are not ready and whose needs are; among all, when
/// none is left.
fn random_ready(desk: &mut Desk<'_>, until_ms: i64) -> bool {
    let facts = &desk.room.facts;
    let needs_met = |place: usize| {
        facts.skills[place].needs.iter().all(|(below, _)| facts.skills[*below].items == 0 || is_open(desk, *below))
    };
    let can = |place: &usize| practise(desk, &facts.skills[*place].id).is_some();
    let all: Vec<usize> = (0..facts.skills.len()).filter(can).collect();
    let ready: Vec<usize> = all.iter().copied().filter(|place| !is_open(desk, *place) && needs_met(*place)).collect();
    let from = if ready.is_empty() { all } else { ready };
    let Some(place) = desk.chance.pick(&from).copied() else { return false };
    let work = Work::Practise { skill: facts.skills[place].id.clone() };
    let was_open = is_open(desk, place);
    for nth in 0..RUN {
        let choice = next_item(&desk.situation(0), &work);
        let goes_on = desk.clock.gone_ms < until_ms && (nth == 0 || was_open || !is_open(desk, place));
        let Some(choice) = choice.filter(|_| goes_on) else { return nth > 0 };
        desk.question(&choice, &work);
    }
    true
}
