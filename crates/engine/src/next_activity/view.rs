//! A situation with what a choice looks up again and again at hand.

use super::{Situation, planned::InForce, progress, short_time};
use crate::record::{Presented, SeenItem, SkillState};
use curriculum::ItemId;
use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    ops::Deref,
};

/// In any window of this many presentations ...
const WINDOW: usize = 10;
/// ... an item stands at most so often.
const TIMES_IN_WINDOW: usize = 2;

/// A [`Situation`] with its look-ups done once.
pub(super) struct View<'a> {
    situation: Situation<'a>,
    states: Vec<Option<&'a SkillState>>,
    seen: BTreeMap<&'a ItemId, &'a SeenItem>,
    /// The plan in force.
    pub(super) plan: InForce<'a>,
    /// Items that would stand too often or twice running.
    barred: BTreeSet<&'a ItemId>,
    all_met: OnceCell<bool>,
    short: OnceCell<bool>,
}

impl<'a> Deref for View<'a> {
    type Target = Situation<'a>;

    fn deref(&self) -> &Self::Target {
        &self.situation
    }
}

impl<'a> View<'a> {
    pub(super) fn new(situation: &Situation<'a>) -> Self {
        let (facts, head) = (situation.facts, situation.head);
        let seen = head.items.iter().filter(|seen| seen.course == facts.id).map(|seen| (&seen.item, seen)).collect();
        Self {
            situation: *situation,
            states: facts.skills.iter().map(|skill| situation.skills.get(&skill.id)).collect(),
            seen,
            plan: InForce::new(facts, head.plans.get(&facts.id), situation.school_day),
            barred: barred(situation),
            all_met: OnceCell::new(),
            short: OnceCell::new(),
        }
    }

    /// True when nothing is left that is new by itself: then what the pre-test alone thought likely is.
    pub(super) fn is_all_met(&self) -> bool {
        *self.all_met.get_or_init(|| progress::all_passed(self))
    }

    /// True while the time that a teacher named runs short for this student.
    pub(super) fn is_time_short(&self) -> bool {
        *self.short.get_or_init(|| short_time::is_short(self))
    }

    pub(super) fn state(&self, place: usize) -> Option<&'a SkillState> {
        self.states[place]
    }

    /// What is kept of an item of this course.
    pub(super) fn seen(&self, item: &ItemId) -> Option<&'a SeenItem> {
        self.seen.get(item).copied()
    }

    /// At most twice in any ten presentations, never twice running, and never just after its solution was shown.
    pub(super) fn may_come(&self, item: &ItemId) -> bool {
        !self.barred.contains(item) && !self.situation.solved.contains(item)
    }
}

fn barred<'a>(situation: &Situation<'a>) -> BTreeSet<&'a ItemId> {
    let presented = &situation.head.presented;
    let before: Vec<&Presented> = presented[presented.len().saturating_sub(WINDOW - 1)..]
        .iter()
        .filter(|presented| presented.course == situation.facts.id)
        .collect();
    let often = |item: &ItemId| before.iter().filter(|presented| presented.item == *item).count() >= TIMES_IN_WINDOW;
    let last = presented.last().filter(|last| last.course == situation.facts.id).map(|last| &last.item);
    before.iter().map(|presented| &presented.item).filter(|item| often(item)).chain(last).collect()
}
