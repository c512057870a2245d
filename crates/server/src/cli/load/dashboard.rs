//! Teachers' screens under load: live streams, and how long an acknowledged answer takes to reach them.

use anyhow::Context;
use futures_util::StreamExt;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use store::ClassId;
use uuid::Uuid;

/// What the screens showed so far, shared by all who watch and all who answer.
pub type Shared = Arc<Mutex<Screens>>;

/// See [`Shared`].
#[derive(Default)]
pub struct Screens {
    /// The newest answer of each watched student that a screen shows: its time by the server, and when it was shown.
    shown: BTreeMap<Uuid, (i64, Instant)>,
    /// Acknowledged and not yet shown: the time by the student's clock, and when it was acknowledged.
    waiting: BTreeMap<Uuid, Vec<(i64, Instant)>>,
    /// From the acknowledgement to the screen.
    pub delays_ms: Vec<f64>,
}

impl Screens {
    /// An answer, given at `at` by the student's clock, was acknowledged. Student and server share a machine, so their
    /// clocks agree.
    pub fn acknowledged(screens: &Shared, student: Uuid, at: i64, acknowledged_at: Instant) {
        let mut screens = screens.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let Some((shown, shown_at)) = screens.shown.get(&student).copied() else { return };
        if shown >= at {
            // The screen was quicker than the acknowledgement.
            let delay = shown_at.saturating_duration_since(acknowledged_at);
            screens.delays_ms.push(delay.as_secs_f64() * 1000.0);
        } else {
            screens.waiting.entry(student).or_default().push((at, acknowledged_at));
        }
    }

    fn show(&mut self, row: &Row, now: Instant) {
        let newest = row.last_answer_at.unwrap_or(0);
        self.shown.insert(row.student.id, (newest, now));
        let Some(waiting) = self.waiting.get_mut(&row.student.id) else { return };
        let mut delays = Vec::new();
        waiting.retain(|(at, acknowledged_at)| {
            if *at <= newest {
                delays.push(now.saturating_duration_since(*acknowledged_at).as_secs_f64() * 1000.0);
            }
            *at > newest
        });
        self.delays_ms.extend(delays);
    }
}

#[derive(Deserialize)]
struct Picture {
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    student: Student,
    last_answer_at: Option<i64>,
}

#[derive(Deserialize)]
struct Student {
    id: Uuid,
}

/// An administrator, who may look at every class and record.
#[derive(Clone)]
pub struct Office {
    client: reqwest::Client,
    api: String,
}

impl Office {
    /// Signs in.
    pub async fn sign_in(address: &str, email: &str, password: &str) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder().cookie_store(true).build()?;
        let api = format!("{address}/api/v1");
        let body = serde_json::json!({ "email": email, "password": password });
        let request = client.post(format!("{api}/sessions")).header("Origin", address).json(&body);
        request.send().await?.error_for_status().context("the administrator signs in")?;
        Ok(Self { client, api })
    }

    /// The ids of all events in a student's record.
    pub async fn events_of(&self, student: Uuid) -> anyhow::Result<Vec<Uuid>> {
        #[derive(Deserialize)]
        struct Export {
            events: Vec<OnlyId>,
        }
        #[derive(Deserialize)]
        struct OnlyId {
            id: Uuid,
        }
        let request = self.client.get(format!("{}/admin/students/{student}/export", self.api));
        let export: Export = request.send().await?.error_for_status()?.json().await?;
        Ok(export.events.into_iter().map(|event| event.id).collect())
    }
}

/// Watches a class; connects again when the server was away. Without `screens` it only reads along.
pub async fn watch(office: Office, class: ClassId, screens: Option<Shared>) {
    loop {
        if let Ok(response) = office.client.get(format!("{}/classes/{class}/live", office.api)).send().await {
            read(response, screens.as_ref()).await;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn read(response: reqwest::Response, screens: Option<&Shared>) {
    let mut stream = response.bytes_stream();
    let mut text: Vec<u8> = Vec::new();
    while let Some(Ok(bytes)) = stream.next().await {
        let now = Instant::now();
        let Some(screens) = screens else { continue };
        text.extend_from_slice(&bytes);
        while let Some(end) = text.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = text.drain(..=end).collect();
            let Some(data) = line.strip_prefix(b"data:") else { continue };
            if let Ok(picture) = serde_json::from_slice::<Picture>(data.trim_ascii()) {
                let mut screens = screens.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                picture.rows.iter().for_each(|row| screens.show(row, now));
            }
        }
    }
}
