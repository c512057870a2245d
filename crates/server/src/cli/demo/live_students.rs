//! Simulated students who keep working while a demo runs, through the same HTTP API as everybody: they sign in with
//! class code and PIN, at a human pace. They decide with the key in hand whether to be right, as they truly would.

use super::{classes_of, note};
use crate::{
    app::{Shared, clock},
    cli::simulated::{
        direct::failed,
        school::{Card, ClassMade, School},
        walk::{HomeRead, NextRead, RunRead, VerdictRead, Walk, Wanted, Way},
    },
    learning::shown_by_id,
};
use anyhow::{Context, bail};
use curriculum::KeyedItem;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use simulation::{Landscape, Model, Student};
use std::{sync::Arc, time::Duration};
use store::{StudentId, TenantId};
use uuid::Uuid;

/// The first three have a story and wait for their teacher.
const WITH_A_STORY: usize = 3;

/// A student behind HTTP.
struct Web {
    client: reqwest::Client,
    api: String,
    origin: String,
    app: Shared,
    tenant: TenantId,
    student: StudentId,
    device: String,
    device_seq: i64,
}

/// Starts them all; they work until the server stops.
pub async fn start(school: &School, url: &str, seed: u64) -> anyhow::Result<()> {
    let model = Arc::new(Model::default());
    for class in classes_of(school).await? {
        let course = class.row.course_id.clone().unwrap_or_default();
        let published = school.app.library.published(&school.app, school.tenant, &course).await;
        let Some(published) = published.map_err(failed)? else { continue };
        let landscape = Arc::new(Landscape::of(&published.course));
        let present = class.students.iter().enumerate().skip(WITH_A_STORY).filter(|(nth, _)| nth % 10 != 9);
        for (nth, person) in present {
            let student = Student::new(&model, &landscape, seed.wrapping_mul(1_000).wrapping_add(nth as u64));
            let (web, card) = (Web::new(school, url, person.id.student())?, school.card(person));
            tokio::spawn(work(web, card, class.clone(), student, nth as u64));
        }
    }
    Ok(())
}

async fn work(web: Web, card: Card, class: ClassMade, student: Student, seed: u64) {
    // They come in one after the other.
    tokio::time::sleep(Duration::from_millis(400 * seed)).await;
    let mut walk = Walk::new(web, student, seed);
    if let Err(error) = walk.way.sign_in(&class.row.code, &card).await {
        note(&format!("a live student cannot sign in: {error:#}"));
        return;
    }
    loop {
        if let Err(error) = walk.sit(i64::MAX, usize::MAX).await {
            tracing::warn!("a live student stumbled: {error:#}");
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
}

impl Web {
    fn new(school: &School, url: &str, student: StudentId) -> anyhow::Result<Self> {
        Ok(Self {
            client: reqwest::Client::builder().cookie_store(true).build()?,
            api: format!("{url}/api/v1"),
            origin: url.to_owned(),
            app: school.app.clone(),
            tenant: school.tenant,
            student,
            device: format!("d-live-{}", student.0.simple()),
            device_seq: clock::now(),
        })
    }

    async fn sign_in(&self, code: &str, card: &Card) -> anyhow::Result<()> {
        let body = json!({ "class_code": code, "sign_in_name": card.sign_in_name, "pin": card.pin });
        let _: Value = self.post("/sessions/student", body).await?;
        Ok(())
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: Value) -> anyhow::Result<T> {
        let request = self.client.post(format!("{}{path}", self.api)).header("Origin", &self.origin).json(&body);
        let response = request.send().await?;
        let status = response.status();
        let text = response.text().await?;
        if !status.is_success() {
            bail!("POST {path} answered {status}: {text}");
        }
        serde_json::from_str(&text).with_context(|| format!("the answer to POST {path}"))
    }
}

impl Way for Web {
    fn now(&self) -> i64 {
        clock::now()
    }

    async fn wait(&mut self, ms: i64) {
        tokio::time::sleep(Duration::from_millis(ms.max(0) as u64)).await;
    }

    async fn home(&mut self) -> anyhow::Result<HomeRead> {
        let response = self.client.get(format!("{}/student/home", self.api)).send().await?;
        Ok(response.error_for_status()?.json().await?)
    }

    async fn start(&mut self, wanted: Wanted) -> anyhow::Result<RunRead> {
        let body = match wanted {
            Wanted::Offer(offer) => json!({ "offer": offer }),
            Wanted::Skill(skill) => json!({ "skill": skill }),
        };
        self.post("/student/work", body).await
    }

    async fn go_on(&mut self, work: Uuid, skip: bool) -> anyhow::Result<NextRead> {
        self.post(&format!("/student/work/{work}/next"), json!({ "skip": skip })).await
    }

    async fn placement(&mut self) -> anyhow::Result<NextRead> {
        self.post("/student/placement/next", json!({})).await
    }

    async fn send(&mut self, kind: &'static str, body: Value) -> anyhow::Result<VerdictRead> {
        self.device_seq += 1;
        let now = clock::now();
        let event = json!({
            "id": Uuid::now_v7(), "kind": kind, "schema": 1, "device": self.device, "device_seq": self.device_seq,
            "claimed_at": now, "body": body,
        });
        #[derive(serde::Deserialize)]
        struct Verdicts {
            verdicts: Vec<VerdictRead>,
        }
        let verdicts: Verdicts = self.post("/events", json!({ "events": [event], "sent_at": now })).await?;
        verdicts.verdicts.into_iter().next().context("one event has one verdict")
    }

    async fn keyed(&mut self, presentation: Uuid) -> anyhow::Result<KeyedItem> {
        let shown = shown_by_id(&self.app, self.tenant, self.student, presentation).await;
        Ok(shown.map_err(failed)?.keyed.clone())
    }
}
