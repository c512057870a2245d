//! The plan in force decides among what could be done next, where people asked for something: what they put into this
//! week comes first, in their name, with all that it needs; what is excused never comes, what is locked to a later week
//! waits for it. What stands in the plan because it belongs to the course decides nothing here: a look at a plan changes
//! nothing of what is offered.

use super::{OfferKind, Reason, candidates::Candidate, view::View};
use crate::{
    facts::CourseFacts,
    plan::{Day, PlanReason},
    record::{Author, PlanChange, PlanState, Soon},
};
use std::collections::{BTreeMap, BTreeSet};

/// What an entry of this week is worth, and of a later one; each place further back a little less.
const THIS_WEEK: f64 = 1.0;
const LATER: f64 = 0.3;
const A_PLACE: f64 = 0.02;

/// The plan in force as a choice looks at it. Numbers are places of skills.
#[derive(Default)]
pub(super) struct InForce<'a> {
    excused: BTreeSet<usize>,
    /// Locked to a week that has not begun.
    waits: BTreeSet<usize>,
    /// Place in the plan, and the entry.
    soon: BTreeMap<usize, (usize, &'a Soon)>,
    /// The Monday of this week; at a weekend, of the week to come.
    this_week: Day,
}

impl<'a> InForce<'a> {
    pub(super) fn new(facts: &'a CourseFacts, plan: Option<&'a PlanState>, school_day: &str) -> Self {
        let (Some(plan), Some(today)) = (plan, crate::plan::day_of(school_day)) else { return Self::default() };
        let monday = crate::plan::monday_of(today);
        let is_weekend = today - monday >= 5;
        let mut found = Self { this_week: if is_weekend { monday + 7 } else { monday }, ..Self::default() };
        for standing in &plan.asked {
            let Some(what) = standing.change.target() else { continue };
            for place in what.places_in(facts) {
                match &standing.change {
                    PlanChange::Excused { .. } => {
                        found.excused.insert(place);
                        found.waits.remove(&place);
                    }
                    PlanChange::Must { .. } => {
                        found.excused.remove(&place);
                    }
                    PlanChange::Locked { week, .. } => {
                        found.excused.remove(&place);
                        if crate::plan::monday_of(*week) > monday {
                            found.waits.insert(place);
                        } else {
                            found.waits.remove(&place);
                        }
                    }
                    _ => {}
                }
            }
        }
        let soon =
            plan.soon.iter().enumerate().filter_map(|(nth, soon)| Some((facts.place(&soon.skill)?, (nth, soon))));
        found.soon = soon.collect();
        found
    }

    /// A person asked for it this week.
    pub(super) fn is_asked_for(&self, place: usize) -> bool {
        let asked = |(_, soon): &(usize, &Soon)| soon.week <= self.this_week && reason(soon).is_some();
        self.soon.get(&place).is_some_and(asked)
    }

    /// It need not be done, and opens what rests on it.
    pub(super) fn is_excused(&self, place: usize) -> bool {
        self.excused.contains(&place)
    }
}

/// Brings candidates into the plan's order. A teacher's word and the pre-test stand as they did.
pub(super) fn follow(situation: &View<'_>, found: &mut Vec<Candidate>) {
    let plan = &situation.plan;
    let places = |candidate: &Candidate| -> Vec<usize> {
        candidate.offer.skills.iter().filter_map(|skill| situation.facts.place(skill)).collect()
    };
    let is_work = |candidate: &Candidate| {
        matches!(candidate.kind, OfferKind::Lesson | OfferKind::Read | OfferKind::Practise) && !candidate.must
    };
    found.retain(|candidate| {
        let places = places(candidate);
        let rests = |place: &usize| plan.waits.contains(place) || plan.excused.contains(place);
        !is_work(candidate) || places.is_empty() || !places.iter().all(rests)
    });
    let mut first: Option<(usize, OfferKind, usize)> = None;
    for (nth, candidate) in found.iter_mut().enumerate().filter(|(_, candidate)| is_work(candidate)) {
        let entries = places(candidate).into_iter().filter_map(|place| plan.soon.get(&place));
        let asked_for = entries.filter_map(|(rank, soon)| Some((*rank, soon, reason(soon)?)));
        let Some((rank, soon, reason)) = asked_for.min_by_key(|(rank, ..)| *rank) else { continue };
        let now = soon.week <= plan.this_week;
        candidate.score += if now { THIS_WEEK } else { LATER } - A_PLACE * rank as f64;
        if !now {
            continue;
        }
        (candidate.offer.reason, candidate.offer.by) = (reason, soon.by);
        // One thing that a teacher put into this week comes first whatever is drawn, the rest by its weight, so that
        // there is something to choose.
        let comes = matches!(soon.by, Author::Teacher(_)) && candidate.kind != OfferKind::Read;
        if comes && first.is_none_or(|(best, kind, _)| (rank, candidate.kind) < (best, kind)) {
            first = Some((rank, candidate.kind, nth));
        }
    }
    if let Some((_, _, nth)) = first {
        found[nth].must = true;
    }
}

/// Who put it there and why, where that was a person or what a person asked for needs it.
fn reason(soon: &Soon) -> Option<Reason> {
    let skill = soon.skill.clone();
    Some(match &soon.reason {
        PlanReason::Required {} | PlanReason::Locked {} => Reason::Required { skill },
        PlanReason::Chosen {} => Reason::Chosen { skill },
        PlanReason::Goal { .. } => Reason::Goal { skill },
        PlanReason::NeededFor { skill } => Reason::NeededFor { skill: skill.clone() },
        PlanReason::Standard { .. } | PlanReason::Course {} => return None,
    })
}
