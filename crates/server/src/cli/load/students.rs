//! Students under load: sign in, take a short run of questions, answer, go on. Answers that nobody acknowledged are
//! sent again, as the outbox of a browser does.

use super::{
    Plan,
    dashboard::{Screens, Shared},
};
use crate::{app::clock, cli::simulated::school::Card};
use anyhow::Context;
use curriculum::ItemId;
use serde::{Deserialize, de::DeserializeOwned};
use simulation::Chance;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use uuid::Uuid;

/// Share of first answers that are right.
const RIGHT: f64 = 0.75;
/// Sign-ins under way at once.
const SIGN_INS: usize = 16;

/// Somebody signed in.
pub struct SignedIn {
    client: reqwest::Client,
    id: Uuid,
    chance: Chance,
    device: String,
    device_seq: i64,
    tally: Tally,
}

/// An event that the server said it has.
#[derive(Clone, Copy, Debug)]
pub struct Acknowledged {
    pub student: Uuid,
    pub event: Uuid,
}

/// What one student, or all, saw.
#[derive(Default)]
pub struct Tally {
    pub answer_ms: Vec<f64>,
    pub next_ms: Vec<f64>,
    pub acknowledged: Vec<Acknowledged>,
    pub sent_again: u64,
    pub errors: u64,
    pub first_error: Option<String>,
}

impl Tally {
    /// Adds another's.
    pub fn add(&mut self, other: Self) {
        self.answer_ms.extend(other.answer_ms);
        self.next_ms.extend(other.next_ms);
        self.acknowledged.extend(other.acknowledged);
        self.sent_again += other.sent_again;
        self.errors += other.errors;
        self.first_error = self.first_error.take().or(other.first_error);
    }

    fn error(&mut self, text: impl FnOnce() -> String) {
        self.errors += 1;
        self.first_error.get_or_insert_with(text);
    }
}

#[derive(Deserialize)]
struct Run {
    work: Uuid,
    next: Option<Question>,
}

#[derive(Deserialize)]
struct Next {
    next: Option<Question>,
}

#[derive(Deserialize)]
struct Question {
    id: Uuid,
    item: OnlyId,
}

#[derive(Deserialize)]
struct OnlyId {
    item: ItemId,
}

#[derive(Deserialize)]
struct Verdicts {
    verdicts: Vec<Verdict>,
}

#[derive(Deserialize)]
struct Verdict {
    status: String,
    part_done: bool,
    problem: Option<serde_json::Value>,
}

/// Signs everybody in, a few at once; everybody, and how long each took (ms).
pub async fn sign_in(plan: &Arc<Plan>) -> anyhow::Result<(Vec<SignedIn>, Vec<f64>)> {
    let turn = Arc::new(tokio::sync::Semaphore::new(SIGN_INS));
    let mut tasks = Vec::new();
    for (class, cards) in &plan.classes {
        for card in cards {
            let (turn, plan, code, card) = (turn.clone(), plan.clone(), class.row.code.clone(), card.clone());
            tasks.push(tokio::spawn(async move {
                let _turn = turn.acquire().await?;
                let (client, ms) = sign_one_in(&plan, &code, &card).await?;
                let id = card.id.0;
                let student = SignedIn {
                    client,
                    id,
                    chance: Chance::named(id.as_u128() as u64, "load"),
                    device: format!("d-{}", id.simple()),
                    device_seq: 0,
                    tally: Tally::default(),
                };
                Ok::<_, anyhow::Error>((student, ms))
            }));
        }
    }
    let mut all = (Vec::new(), Vec::new());
    for task in tasks {
        let (student, ms) = task.await?.context("signing in")?;
        all.0.push(student);
        all.1.push(ms);
    }
    Ok(all)
}

/// Signs everybody in once more, as on another device, evenly over `window` while others answer; how long each took (ms).
pub async fn sign_in_meanwhile(plan: Arc<Plan>, window: Duration) -> anyhow::Result<Vec<f64>> {
    let cards: Vec<_> = plan
        .classes
        .iter()
        .flat_map(|(class, cards)| cards.iter().map(|card| (class.row.code.clone(), card)))
        .collect();
    let began = tokio::time::Instant::now();
    let mut tasks = Vec::new();
    for (nth, (code, card)) in cards.iter().enumerate() {
        let at = began + window.mul_f64(nth as f64 / cards.len() as f64);
        let (plan, code, card) = (plan.clone(), code.clone(), (*card).clone());
        tasks.push(tokio::spawn(async move {
            tokio::time::sleep_until(at).await;
            sign_one_in(&plan, &code, &card).await.map(|(_, ms)| ms)
        }));
    }
    let mut all = Vec::with_capacity(tasks.len());
    for task in tasks {
        all.push(task.await?.context("signing in meanwhile")?);
    }
    Ok(all)
}

/// A browser that is signed in, and how long that took (ms).
async fn sign_one_in(plan: &Plan, class_code: &str, card: &Card) -> anyhow::Result<(reqwest::Client, f64)> {
    let client = reqwest::Client::builder().cookie_store(true).pool_max_idle_per_host(1).build()?;
    let body = serde_json::json!({ "class_code": class_code, "sign_in_name": card.sign_in_name, "pin": card.pin });
    let began = Instant::now();
    let request = client.post(format!("{}/api/v1/sessions/student", plan.address));
    let answered = request.header("Origin", &plan.address).json(&body).send().await?;
    let status = answered.status();
    let text = answered.text().await?;
    anyhow::ensure!(status.is_success(), "sign-in answered {status}: {text}");
    Ok((client, began.elapsed().as_secs_f64() * 1000.0))
}

/// One student until the time is up.
pub async fn answer(mut student: SignedIn, plan: Arc<Plan>, screens: Shared, until: Instant) -> Tally {
    if let Some(pace) = plan.pace {
        // They do not all begin in the same moment.
        tokio::time::sleep(pace.mul_f64(student.chance.unit())).await;
    }
    let mut nth = student.chance.below(plan.skills.len());
    while Instant::now() < until {
        nth += 1;
        let skill = &plan.skills[nth % plan.skills.len()];
        let body = format!("{{\"skill\":\"{skill}\"}}");
        let run: Option<Run> = student.post(&plan, "/student/work", body, until).await;
        let Some(run) = run else { continue };
        let mut next = run.next;
        while let Some(question) = next.take().filter(|_| Instant::now() < until) {
            student.question(&plan, &question, &screens, until).await;
            let began = Instant::now();
            let path = format!("/student/work/{}/next", run.work);
            let gone: Option<Next> = student.post(&plan, &path, "{\"skip\":true}".to_owned(), until).await;
            student.tally.next_ms.push(began.elapsed().as_secs_f64() * 1000.0);
            next = gone.and_then(|gone| gone.next);
        }
    }
    student.tally
}

impl SignedIn {
    async fn question(&mut self, plan: &Plan, question: &Question, screens: &Shared, until: Instant) {
        let Some(parts) = plan.answers.get(&question.item.item) else { return };
        for part in parts {
            let first_right = self.chance.happens(RIGHT);
            for right in [first_right, true] {
                if Instant::now() >= until {
                    return;
                }
                let response = if right { &part.right } else { &part.wrong };
                let done = self.send(plan, question.id, &part.part.0, response, screens).await;
                if let Some(pace) = plan.pace {
                    tokio::time::sleep(pace.mul_f64(0.5 + self.chance.unit())).await;
                }
                if done || right {
                    break;
                }
            }
        }
    }

    /// Sends one answer until it is acknowledged; true when the part is done.
    async fn send(&mut self, plan: &Plan, presentation: Uuid, part: &str, response: &str, screens: &Shared) -> bool {
        self.device_seq += 1;
        let (event, now) = (Uuid::now_v7(), clock::now());
        let body = format!(
            "{{\"events\":[{{\"id\":\"{event}\",\"kind\":\"answered\",\"schema\":1,\"device\":\"{}\",\"device_seq\":{},\
             \"claimed_at\":{now},\"body\":{{\"presentation\":\"{presentation}\",\"part\":\"{part}\",\
             \"response\":{response},\"elapsed_ms\":{}}}}}],\"sent_at\":{now}}}",
            self.device,
            self.device_seq,
            8_000 + self.chance.below(30_000),
        );
        let began = Instant::now();
        let mut tries = 0_u64;
        loop {
            let sent = self.try_post::<Verdicts>(plan, "/events", body.clone()).await;
            match sent {
                Sent::Answered(Verdicts { verdicts }) => {
                    let Some(verdict) = verdicts.into_iter().next() else { return false };
                    if !matches!(verdict.status.as_str(), "stored" | "known") {
                        self.tally.error(|| format!("refused: {:?}", verdict.problem));
                        return false;
                    }
                    let acknowledged_at = Instant::now();
                    if tries == 0 {
                        self.tally.answer_ms.push((acknowledged_at - began).as_secs_f64() * 1000.0);
                    }
                    self.tally.acknowledged.push(Acknowledged { student: self.id, event });
                    Screens::acknowledged(screens, self.id, now, acknowledged_at);
                    return verdict.part_done;
                }
                Sent::Refused => return false,
                Sent::Lost => {
                    tries += 1;
                    self.tally.sent_again += 1;
                    if tries > 2_000 {
                        self.tally.error(|| "an answer never arrived".to_owned());
                        return false;
                    }
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
    }

    async fn post<T: DeserializeOwned>(&mut self, plan: &Plan, path: &str, body: String, until: Instant) -> Option<T> {
        while Instant::now() < until {
            match self.try_post(plan, path, body.clone()).await {
                Sent::Answered(answer) => return Some(answer),
                Sent::Refused => return None,
                Sent::Lost => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
        None
    }

    async fn try_post<T: DeserializeOwned>(&mut self, plan: &Plan, path: &str, body: String) -> Sent<T> {
        let request = self.client.post(format!("{}/api/v1{path}", plan.address)).header("Origin", &plan.address);
        let Ok(response) = request.header("Content-Type", "application/json").body(body).send().await else {
            return Sent::Lost;
        };
        let status = response.status();
        let Ok(bytes) = response.bytes().await else { return Sent::Lost };
        if !status.is_success() {
            self.tally.error(|| format!("{path} answered {status}: {}", String::from_utf8_lossy(&bytes)));
            return Sent::Refused;
        }
        match serde_json::from_slice(&bytes) {
            Ok(answer) => Sent::Answered(answer),
            Err(error) => {
                self.tally.error(|| format!("{path}: {error}"));
                Sent::Refused
            }
        }
    }
}

enum Sent<T> {
    Answered(T),
    Refused,
    /// The connection broke: nobody knows whether it arrived.
    Lost,
}
