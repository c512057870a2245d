//! A whole stream into state.

use super::{
    Body, Derived, DerivedKind, Event, Loaded,
    correction::{Corrected, Corrections},
    course_of,
    observed::{Observed, expect, told},
    step::{Context, apply, keep},
    watch,
};
use curriculum::{CourseId, SkillId};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What a fold comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Folded {
    /// All rows.
    pub loaded: Loaded,
    /// Conclusions that follow and are not in the stream yet.
    pub derived: Vec<Derived>,
    /// Stored conclusions that no longer follow, to be marked `basis_changed`.
    pub basis_changed: Vec<Uuid>,
    /// Events of courses that no context was given for; they changed nothing.
    pub skipped: Vec<Uuid>,
}

/// Folds a stream, oldest first, from nothing.
pub fn fold<'e>(contexts: &BTreeMap<CourseId, Context<'_>>, events: impl IntoIterator<Item = &'e Event>) -> Folded {
    fold_from(contexts, Loaded::default(), events)
}

/// Folds the rest of a stream onto a snapshot. Corrections in the rest can only reach events in the rest.
pub fn fold_from<'e>(
    contexts: &BTreeMap<CourseId, Context<'_>>,
    snapshot: Loaded,
    events: impl IntoIterator<Item = &'e Event>,
) -> Folded {
    fold_observed(contexts, snapshot, events, None).0
}

/// As [`fold_from`], with the evidence where a list for it is given.
pub(super) fn fold_observed<'e>(
    contexts: &BTreeMap<CourseId, Context<'_>>,
    snapshot: Loaded,
    events: impl IntoIterator<Item = &'e Event>,
    observed: Option<Vec<Observed>>,
) -> (Folded, Vec<Observed>) {
    let mut known = BTreeSet::new();
    let events: Vec<&Event> = events.into_iter().filter(|event| known.insert(event.id)).collect();
    let corrections = Corrections::gather(&events);
    let mut run = Run {
        contexts,
        stored: stored(&events),
        known,
        corrected: corrections.skills(&events),
        folded: Folded { loaded: snapshot, ..Folded::default() },
        observed,
    };
    for event in &events {
        match corrections.apply(event) {
            Corrected::Undone => {}
            Corrected::Void => watch::void(&mut run.folded.loaded.head, event),
            Corrected::Stands(body) => run.take(event, &body),
        }
    }
    // What followed from an event that counts for nothing now, follows no more.
    let gone = run.stored.values().flatten().filter(|(_, derived)| run.known.contains(&derived.cause));
    let gone: Vec<Uuid> = gone.map(|(event, _)| event.id).collect();
    run.folded.basis_changed.extend(gone);
    (run.folded, run.observed.unwrap_or_default())
}

/// Stored conclusions by the event that they follow from.
fn stored<'e>(events: &[&'e Event]) -> BTreeMap<Uuid, Vec<(&'e Event, Derived)>> {
    let mut stored: BTreeMap<Uuid, Vec<(&Event, Derived)>> = BTreeMap::new();
    for event in events {
        if let Some(derived) = Derived::in_body(&event.body) {
            stored.entry(derived.cause).or_default().push((event, derived));
        }
    }
    stored
}

struct Run<'r, 'e> {
    contexts: &'r BTreeMap<CourseId, Context<'r>>,
    stored: BTreeMap<Uuid, Vec<(&'e Event, Derived)>>,
    known: BTreeSet<Uuid>,
    corrected: BTreeSet<(CourseId, SkillId)>,
    folded: Folded,
    observed: Option<Vec<Observed>>,
}

impl Run<'_, '_> {
    fn take(&mut self, event: &Event, body: &Body) {
        let context = match course_of(body) {
            None => None,
            Some(course) => match self.contexts.get(course) {
                Some(context) => Some(context),
                None => {
                    self.folded.skipped.push(event.id);
                    return;
                }
            },
        };
        match body {
            // Read where their cause stands, so that the order of two events of one instant does not matter.
            Body::Ready(concluded) | Body::Lasting(concluded) if self.known.contains(&concluded.cause) => {}
            Body::DetourFinished(ended) | Body::DetourFailed(ended) if self.known.contains(&ended.cause) => {}
            Body::Ready(concluded) | Body::Lasting(concluded) => {
                let about = (concluded.course.clone(), concluded.skill.clone());
                if self.corrected.contains(&about) {
                    self.folded.basis_changed.push(event.id);
                } else {
                    apply(context, &mut self.folded.loaded, event, body);
                }
            }
            _ => {
                let state = &mut self.folded.loaded;
                let (before, expected) = match &self.observed {
                    Some(_) => (state.head.answers, expect(context, state, body)),
                    None => (0, Vec::new()),
                };
                let follows = apply(context, state, event, body);
                if let Some(observed) = &mut self.observed {
                    observed.extend(told(expected, before, state));
                }
                self.settle(event, context, follows);
            }
        }
    }

    /// True when the fold itself came to the conclusion at this event, in place of one that was only kept.
    fn reached(&self, about: &(CourseId, SkillId), kind: DerivedKind, cause: Uuid) -> bool {
        let Some(skill) = self.folded.loaded.skills.get(about) else { return false };
        let latched = if kind == DerivedKind::Ready { &skill.ready } else { &skill.lasting };
        latched.as_ref().is_some_and(|latched| latched.cause == cause && !latched.basis_changed)
    }

    /// Compares what follows from an event with the conclusions stored for it.
    fn settle(&mut self, cause: &Event, context: Option<&Context<'_>>, mut follows: Vec<Derived>) {
        for (event, derived) in self.stored.remove(&cause.id).unwrap_or_default() {
            let Some(about) = about(&event.body) else { continue };
            let matches = |other: &Derived| other.kind == derived.kind && other.subject == derived.subject;
            if let Some(place) = follows.iter().position(matches) {
                follows.remove(place);
                continue;
            }
            let latched = matches!(event.body, Body::Ready(_) | Body::Lasting(_));
            if latched && self.reached(&about, derived.kind, cause.id) {
                continue;
            }
            self.folded.basis_changed.push(event.id);
            // Latched: other rules or constants do not take it back, only a correction does.
            if self.corrected.contains(&about) {
                continue;
            }
            if latched {
                keep(context, &mut self.folded.loaded, event);
            } else {
                apply(context, &mut self.folded.loaded, event, &event.body);
            }
        }
        self.folded.derived.append(&mut follows);
    }
}

/// Course and skill that a conclusion is about.
fn about(concluded: &Body) -> Option<(CourseId, SkillId)> {
    match concluded {
        Body::Ready(concluded) | Body::Lasting(concluded) => Some((concluded.course.clone(), concluded.skill.clone())),
        Body::DetourFinished(ended) | Body::DetourFailed(ended) => Some((ended.course.clone(), ended.skill.clone())),
        _ => None,
    }
}
