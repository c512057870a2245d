//! The way through the rules without HTTP, on a clock of the student's own: the functions that the handlers call.

use super::walk::{
    Asked, HomeRead, ItemRead, JudgementRead, Named, NextRead, OfferRead, RunRead, VerdictRead, Wanted, Way,
};
use crate::{
    app::{Problem, Shared},
    learning::{
        self, ClientEvent, Incoming, Learner, OfferSeen, PresentationSeen, WorkWanted, accept, append, chosen_work,
        shown_by_id,
    },
};
use curriculum::KeyedItem;
use engine::record::{Author, Body};
use serde_json::Value;
use uuid::Uuid;

/// A student in this process; `learner.now` is their clock.
pub struct Direct {
    pub app: Shared,
    pub learner: Learner,
    /// Their clock stops here: nothing of a past happens in the future.
    pub latest: i64,
    device: String,
    device_seq: i64,
}

impl Direct {
    /// Of a student.
    pub fn new(app: Shared, learner: Learner) -> Self {
        let device = format!("d-{}", learner.id.0.simple());
        Self { app, learner, latest: i64::MAX, device, device_seq: 0 }
    }

    /// Moves the clock on; it never goes back.
    pub fn at(&mut self, now: i64) {
        self.learner.now = self.learner.now.max(now).min(self.latest);
    }

    /// Notes something that a teacher did to this student.
    pub async fn told(&mut self, author: Author, body: Body) -> anyhow::Result<()> {
        let incoming = Incoming::by_server(Uuid::now_v7(), author, body, self.learner.now).map_err(failed)?;
        append(&self.app, self.learner.setting(), vec![incoming]).await.map_err(failed)?;
        Ok(())
    }
}

impl Way for Direct {
    fn now(&self) -> i64 {
        self.learner.now
    }

    async fn wait(&mut self, ms: i64) {
        self.learner.now = self.learner.now.saturating_add(ms.max(0)).min(self.latest);
    }

    async fn home(&mut self) -> anyhow::Result<HomeRead> {
        let home = learning::home(&self.app, &self.learner).await.map_err(failed)?;
        Ok(HomeRead {
            offers: home.offers.into_iter().map(offer_read).collect(),
            something_else: home.something_else.into_iter().map(offer_read).collect(),
            done_for_today: home.done_for_today,
        })
    }

    async fn start(&mut self, wanted: Wanted) -> anyhow::Result<RunRead> {
        let wanted = match wanted {
            Wanted::Offer(offer) => WorkWanted { offer: Some(offer), ..WorkWanted::default() },
            Wanted::Skill(skill) => WorkWanted { skill: Some(skill), ..WorkWanted::default() },
        };
        let state = self.learner.state(&self.app).await.map_err(failed)?;
        let (work, offered) = chosen_work(&self.learner, &state.head, &wanted).map_err(failed)?;
        let run = learning::start(&self.app, &self.learner, work, offered).await.map_err(failed)?;
        Ok(RunRead { work: run.work, next: run.next.map(asked) })
    }

    async fn go_on(&mut self, work: Uuid, skip: bool) -> anyhow::Result<NextRead> {
        let next = learning::go_on(&self.app, &self.learner, work, skip).await.map_err(failed)?;
        Ok(NextRead { next: next.next.map(asked) })
    }

    async fn placement(&mut self) -> anyhow::Result<NextRead> {
        let seen = learning::go_on_placing(&self.app, &self.learner).await.map_err(failed)?;
        Ok(NextRead { next: seen.next.map(asked) })
    }

    async fn send(&mut self, kind: &'static str, body: Value) -> anyhow::Result<VerdictRead> {
        self.device_seq += 1;
        let Value::Object(body) = body else { anyhow::bail!("an event's body is an object") };
        let event = ClientEvent {
            id: Uuid::now_v7(),
            kind: kind.to_owned(),
            schema: 1,
            device: self.device.clone(),
            device_seq: self.device_seq,
            claimed_at: self.learner.now,
            body,
        };
        let verdict = accept(&self.app, &self.learner, &event, Some(self.learner.now)).await.map_err(failed)?;
        Ok(VerdictRead {
            status: verdict.status.to_owned(),
            problem: verdict.problem.and_then(|problem| serde_json::to_value(problem).ok()),
            judgement: verdict.judgement.map(|judged| JudgementRead { verdict: judged.verdict, counts: judged.counts }),
            part_done: verdict.part_done,
        })
    }

    async fn keyed(&mut self, presentation: Uuid) -> anyhow::Result<KeyedItem> {
        let shown = shown_by_id(&self.app, self.learner.tenant, self.learner.id, presentation).await;
        Ok(shown.map_err(failed)?.keyed.clone())
    }
}

fn offer_read(offer: OfferSeen) -> OfferRead {
    OfferRead { id: offer.id, kind: offer.kind.to_owned(), lesson: offer.lesson.map(|lesson| Named { id: lesson.id }) }
}

fn asked(seen: PresentationSeen) -> Asked {
    Asked { id: seen.id, item: ItemRead { item: seen.item.item } }
}

/// A problem of the service as the failure of a command.
pub fn failed(problem: Problem) -> anyhow::Error {
    anyhow::anyhow!("{}", serde_json::to_string(&problem.body()).unwrap_or_default())
}
