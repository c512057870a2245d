//! Looks over a student's shoulder at every request of a trial: enough offers or an honest end, no item too often, no
//! lesson before what it needs. Checked from the course as written and the record's own marks, not with the rules
//! that make the offers.

use crate::{
    cli::simulated::{
        direct::{Direct, failed},
        walk::{Asked, HomeRead, NextRead, OfferRead, RunRead, VerdictRead, Wanted, Way},
    },
    learning::LearnerState,
};
use curriculum::{Course, EdgeKind, ItemId, KeyedItem, LessonId, SkillId};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use uuid::Uuid;

const OFFERS_MIN: usize = 2;
const WINDOW: usize = 10;
const TIMES_MAX: usize = 2;
const EXAMPLES_MAX: usize = 12;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Requests looked at.
    pub requests: u64,
    /// Fewer than two offers, and no word of being done.
    pub too_few_offers: u64,
    /// Done for today was said.
    pub done_for_today: u64,
    /// It was said, and the first page of the next school day had nothing either although the course is not done.
    pub dishonestly_done: u64,
    /// An item stood more than twice among ten presentations.
    pub repeated_items: u64,
    /// A lesson was offered while something that it needs was not there.
    pub unmet_needs: u64,
    /// Some of them in words.
    pub examples: Vec<String>,
}

impl Findings {
    /// Adds another's.
    pub fn add(&mut self, other: &Self) {
        self.requests += other.requests;
        self.too_few_offers += other.too_few_offers;
        self.done_for_today += other.done_for_today;
        self.dishonestly_done += other.dishonestly_done;
        self.repeated_items += other.repeated_items;
        self.unmet_needs += other.unmet_needs;
        let left = EXAMPLES_MAX.saturating_sub(self.examples.len());
        self.examples.extend(other.examples.iter().take(left.min(2)).cloned());
    }

    fn example(&mut self, text: String) {
        if self.examples.len() < EXAMPLES_MAX {
            self.examples.push(text);
        }
    }
}

/// The direct way, watched.
pub struct Witness {
    inner: Direct,
    course: Arc<Course>,
    /// Skills that a lesson needs from elsewhere, by lesson.
    needs: BTreeMap<LessonId, Vec<SkillId>>,
    pub findings: Findings,
    presented: Vec<(Uuid, ItemId)>,
    /// The last word was that nothing is left today.
    was_done: bool,
    is_first_of_day: bool,
}

impl Witness {
    /// Watches a way through a course.
    pub fn new(inner: Direct, course: Arc<Course>) -> Self {
        let needs = needs(&course);
        Self {
            inner,
            course,
            needs,
            findings: Findings::default(),
            presented: Vec::new(),
            was_done: false,
            is_first_of_day: true,
        }
    }

    /// Another school day.
    pub fn begin_day(&mut self, now: i64) {
        self.inner.at(now);
        self.is_first_of_day = true;
    }

    /// The student's marks.
    pub async fn state(&self) -> anyhow::Result<LearnerState> {
        self.inner.learner.state(&self.inner.app).await.map_err(failed)
    }

    fn who(&self) -> String {
        let id = self.inner.learner.id.0.simple().to_string();
        format!("student {} on {}", &id[id.len() - 6..], self.inner.learner.school_day())
    }

    async fn look_at_home(&mut self, home: &HomeRead) -> anyhow::Result<()> {
        self.findings.requests += 1;
        let done = home.done_for_today.as_ref().and_then(|done| done["code"].as_str());
        if home.offers.len() < OFFERS_MIN && done.is_none() && home.offers.iter().all(|o| o.kind != "placement") {
            self.findings.too_few_offers += 1;
            let text = format!("{}: {} offers and no word of being done", self.who(), home.offers.len());
            self.findings.example(text);
        }
        if self.is_first_of_day && self.was_done && home.offers.is_empty() && done != Some("course_done") {
            self.findings.dishonestly_done += 1;
            let text = format!("{}: done for today, and the next day begins with nothing", self.who());
            self.findings.example(text);
        }
        self.findings.done_for_today += u64::from(done.is_some());
        self.was_done = done.is_some() && home.offers.len() < OFFERS_MIN;
        self.is_first_of_day = false;
        let state = self.state().await?;
        for offer in home.offers.iter().chain(&home.something_else) {
            self.look_at_offer(offer, &state);
        }
        Ok(())
    }

    fn look_at_offer(&mut self, offer: &OfferRead, state: &LearnerState) {
        if offer.kind == "review" || offer.kind == "placement" {
            return;
        }
        let Some(lesson) = &offer.lesson else { return };
        let unmet: Vec<&str> = self
            .needs
            .get(&lesson.id)
            .into_iter()
            .flatten()
            .filter(|skill| !is_there(state, skill))
            .map(SkillId::as_str)
            .collect();
        if !unmet.is_empty() {
            let text = format!("{}: {} is offered without {}", self.who(), lesson.id, unmet.join(", "));
            self.findings.unmet_needs += 1;
            self.findings.example(text);
        }
    }

    fn look_at_question(&mut self, asked: &Asked) {
        self.findings.requests += 1;
        let (id, item) = (asked.id, asked.item.item.clone());
        if self.presented.last().is_some_and(|(last, _)| *last == id) {
            // The open question again is no new presentation.
            return;
        }
        self.presented.push((id, item.clone()));
        let window = &self.presented[self.presented.len().saturating_sub(WINDOW)..];
        let times = window.iter().filter(|(_, other)| *other == item).count();
        if times > TIMES_MAX {
            self.findings.repeated_items += 1;
            let text = format!("{}: {item} {times} times in {} presentations", self.who(), window.len());
            self.findings.example(text);
        }
        debug_assert!(self.course.items.contains_key(&item));
    }
}

/// By lesson, the needed skills that it does not teach itself and that have questions to show them.
fn needs(course: &Course) -> BTreeMap<LessonId, Vec<SkillId>> {
    let asked: BTreeSet<&SkillId> =
        course.items.values().flat_map(|item| &item.parts).flat_map(|part| &part.skills).collect();
    let of = |lesson: &curriculum::Lesson| -> Vec<SkillId> {
        let skills = course.skills.iter().filter(|skill| lesson.skills.contains(&skill.id));
        let edges = skills.flat_map(|skill| &skill.rests_on).filter(|edge| edge.kind == EdgeKind::Needed);
        let elsewhere = edges.filter(|edge| !lesson.skills.contains(&edge.skill) && asked.contains(&edge.skill));
        elsewhere.map(|edge| edge.skill.clone()).collect()
    };
    course.lessons().map(|lesson| (lesson.id.clone(), of(lesson))).collect()
}

/// Made ready, placed as known, or a teacher's word.
fn is_there(state: &LearnerState, skill: &SkillId) -> bool {
    state.skills.get(skill).is_some_and(|skill| skill.opens())
}

impl Way for Witness {
    fn now(&self) -> i64 {
        self.inner.now()
    }

    async fn wait(&mut self, ms: i64) {
        self.inner.wait(ms).await;
    }

    async fn home(&mut self) -> anyhow::Result<HomeRead> {
        let home = self.inner.home().await?;
        self.look_at_home(&home).await?;
        Ok(home)
    }

    async fn start(&mut self, wanted: Wanted) -> anyhow::Result<RunRead> {
        let run = self.inner.start(wanted).await?;
        run.next.iter().for_each(|asked| self.look_at_question(asked));
        Ok(run)
    }

    async fn go_on(&mut self, work: Uuid, skip: bool) -> anyhow::Result<NextRead> {
        let next = self.inner.go_on(work, skip).await?;
        next.next.iter().for_each(|asked| self.look_at_question(asked));
        Ok(next)
    }

    async fn placement(&mut self) -> anyhow::Result<NextRead> {
        let next = self.inner.placement().await?;
        next.next.iter().for_each(|asked| self.look_at_question(asked));
        Ok(next)
    }

    async fn send(&mut self, kind: &'static str, body: Value) -> anyhow::Result<VerdictRead> {
        self.inner.send(kind, body).await
    }

    async fn keyed(&mut self, presentation: Uuid) -> anyhow::Result<KeyedItem> {
        self.inner.keyed(presentation).await
    }
}
