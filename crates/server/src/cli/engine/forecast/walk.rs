//! One student's way through a term, with what a forecast looks at kept at its moments.

use crate::cli::engine::simulate::{
    Desk, Policy, Room,
    clock::{SITTING_MS, day_of_sitting},
};
use curriculum::SkillId;
use engine::{
    placement::PlacementStatus,
    plan::{Day, Ground, Stretch, left},
    record::SkillState,
};
use simulation::Student;
use std::collections::BTreeMap;

/// What came of a term.
pub struct Walk {
    /// The record's skills at each moment.
    pub skills: Vec<BTreeMap<SkillId, SkillState>>,
    /// The day on which each skill opened.
    opened: Vec<Option<Day>>,
    /// Expected minutes left after each sitting from the pre-test's end on, none before.
    left: Vec<Option<f64>>,
}

impl Walk {
    /// Sittings after the pre-test, up to a moment, while there was something to do.
    pub fn stretches(&self, moment: usize) -> Vec<Stretch> {
        let pairs = self.left[..moment].windows(2).filter_map(|pair| Some((pair[0]?, pair[1]?)));
        let minutes = SITTING_MS as f64 / 60_000.0;
        pairs
            .filter(|(before, _)| *before > 0.0)
            .map(|(before, after)| Stretch { minutes, done: before - after })
            .collect()
    }

    /// The day on which the last of these opened; none when one never did.
    pub fn met(&self, places: &[usize]) -> Option<Day> {
        places.iter().map(|place| self.opened[*place]).collect::<Option<Vec<Day>>>()?.into_iter().max()
    }
}

/// Lets a student work through so many sittings.
pub fn walk(room: &Room<'_>, student: Student, seed: u64, sittings: usize, moments: &[usize]) -> Walk {
    let ground = Ground::new(&room.facts);
    let facts = &room.facts.skills;
    let mut desk = Desk::new(room, student, seed);
    desk.name_time(sittings);
    let mut walk = Walk { skills: Vec::new(), opened: vec![None; facts.len()], left: Vec::new() };
    for nth in 0..sittings {
        Policy::Tandem.teach(&mut desk, (nth as i64 + 1) * SITTING_MS);
        for (opened, skill) in walk.opened.iter_mut().zip(facts) {
            if opened.is_none() && desk.skills.get(&skill.id).is_some_and(SkillState::opens) {
                *opened = Some(day_of_sitting(nth));
            }
        }
        let placed =
            desk.head.placements.get(&room.facts.id).is_some_and(|state| state.status == PlacementStatus::Done);
        walk.left.push(placed.then(|| left(&ground, &room.parameters, &desk.skills)));
        if moments.contains(&(nth + 1)) {
            walk.skills.push(desk.skills.clone());
        }
    }
    walk
}
