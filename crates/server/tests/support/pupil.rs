//! A student who works.

use super::{Class, Client, TestApp, text};
use curriculum::{Interaction, KeyedItem, Part};
use serde_json::{Value, json};
use server::app::Shared;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use store::{StudentId, TenantId};
use uuid::Uuid;

/// A student, signed in.
#[derive(Clone)]
pub struct Pupil {
    pub client: Client,
    pub id: String,
    pub name: String,
    pub sign_in_name: String,
    pub pin: String,
    pub app: Shared,
    pub tenant: TenantId,
    pub seq: Arc<AtomicI64>,
}

impl Pupil {
    /// Signs in with what the teacher reads out.
    pub async fn sign_in(school: &TestApp, class: &Class, student: &Value) -> Self {
        let (sign_in_name, pin) = (text(&student["sign_in_name"]), text(&student["pin"]));
        let nobody = school.nobody();
        let asked = json!({ "class_code": class.code, "sign_in_name": sign_in_name, "pin": pin });
        let reply = nobody.post("/sessions/student", asked).await;
        let client = nobody.with_cookie(&reply.cookie());
        reply.assert_status(201);
        Self {
            client,
            id: text(&student["id"]),
            name: format!("{} {}", text(&student["given_name"]), text(&student["family_name"])),
            sign_in_name,
            pin,
            app: school.app.clone(),
            tenant: school.tenant,
            seq: Arc::default(),
        }
    }

    /// As the owner of the record.
    pub fn student(&self) -> StudentId {
        self.id.parse().expect("an id")
    }

    /// The first page.
    pub async fn home(&self) -> Value {
        self.client.get("/student/home").await.json(200)
    }

    /// Through the pre-test, everything right; what it came to.
    pub async fn place(&self) -> Value {
        let mut seen = self.client.post("/student/placement", json!({})).await.json(200);
        while seen["next"] != Value::Null {
            self.answer_right(&seen["next"]).await;
            seen = self.client.post("/student/placement/next", json!({})).await.json(200);
        }
        seen
    }

    /// Begins to practise a skill and returns the run.
    pub async fn practise(&self, skill: &str) -> Value {
        self.client.post("/student/work", json!({ "skill": skill })).await.json(200)
    }

    /// Goes on with a run.
    pub async fn go_on(&self, work: &Value) -> Value {
        self.client.post(&format!("/student/work/{}/next", text(work)), json!({})).await.json(200)
    }

    /// Leaves the open question for another one.
    pub async fn skip(&self, work: &Value) -> Value {
        self.client.post(&format!("/student/work/{}/next", text(work)), json!({ "skip": true })).await.json(200)
    }

    /// An event of this student's tablet, now.
    pub fn event(&self, kind: &str, body: Value) -> Value {
        json!({
            "id": Uuid::now_v7(),
            "kind": kind,
            "schema": 1,
            "device": "d-tablet",
            "device_seq": self.seq.fetch_add(1, Ordering::Relaxed),
            "claimed_at": self.app.now(),
            "body": body,
        })
    }

    /// An answer to the first part of a presentation.
    pub fn answer(&self, presentation: &Value, response: Value) -> Value {
        self.answer_part(presentation, &presentation["item"]["parts"][0]["id"], response)
    }

    /// An answer to one part.
    pub fn answer_part(&self, presentation: &Value, part: &Value, response: Value) -> Value {
        let body =
            json!({ "presentation": presentation["id"], "part": part, "response": response, "elapsed_ms": 9_000 });
        self.event("answered", body)
    }

    /// Opens a hint of the first part.
    pub fn hint(&self, presentation: &Value, hint: &Value) -> Value {
        let part = &presentation["item"]["parts"][0]["id"];
        self.event(
            "hint_opened",
            json!({ "presentation": presentation["id"], "part": part, "hint": hint, "since_last_ms": 4_000 }),
        )
    }

    /// Sends events; the verdicts.
    pub async fn send(&self, events: Vec<Value>) -> Vec<Value> {
        let count = events.len();
        let answer = self.client.post("/events", json!({ "events": events })).await.json(200);
        let verdicts = answer["verdicts"].as_array().expect("verdicts").clone();
        assert_eq!(verdicts.len(), count);
        verdicts
    }

    /// Sends one event; its verdict, which must be stored.
    pub async fn store(&self, event: Value) -> Value {
        let verdict = self.send(vec![event]).await.remove(0);
        assert_eq!(verdict["status"], "stored", "{verdict}");
        verdict
    }

    /// The question with its key, as only the server knows it.
    pub async fn key(&self, presentation: &Value) -> KeyedItem {
        let id: Uuid = text(&presentation["id"]).parse().expect("an id");
        let shown =
            server::learning::shown_by_id(&self.app, self.tenant, self.student(), id).await.expect("it was shown");
        shown.keyed.clone()
    }

    /// Answers every part right; the last verdict.
    pub async fn answer_right(&self, presentation: &Value) -> Value {
        let keyed = self.key(presentation).await;
        let mut last = Value::Null;
        for part in &keyed.item.parts {
            let response = right_response(&keyed, part);
            last = self.store(self.answer_part(presentation, &json!(part.id), response)).await;
            let verdict = &last["judgement"]["verdict"];
            assert!(verdict == "right" || verdict == "recorded", "{last}");
        }
        last
    }

    /// Answers the first part wrong; the verdict.
    pub async fn answer_wrong(&self, presentation: &Value) -> Value {
        let response = self.wrong(presentation).await;
        self.store(self.answer(presentation, response)).await
    }

    /// A wrong response to the first part.
    pub async fn wrong(&self, presentation: &Value) -> Value {
        let keyed = self.key(presentation).await;
        wrong_response(&keyed, &keyed.item.parts[0])
    }

    /// A right response to the first part.
    pub async fn right(&self, presentation: &Value) -> Value {
        let keyed = self.key(presentation).await;
        right_response(&keyed, &keyed.item.parts[0])
    }
}

/// What a student who knows sends.
pub fn right_response(keyed: &KeyedItem, part: &Part) -> Value {
    match &part.question.interaction {
        Interaction::Choice { options, .. } => {
            let right = options.iter().find(|option| option.correct).expect("a right option");
            json!({ "kind": "choice", "option": right.id })
        }
        Interaction::MultipleChoice { options, .. } => {
            let right: Vec<_> = options.iter().filter(|option| option.correct).map(|option| &option.id).collect();
            json!({ "kind": "multiple_choice", "options": right })
        }
        Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) => {
            json!({ "kind": "text", "text": key.accepted[0] })
        }
        Interaction::ShortText { accepted } => json!({ "kind": "text", "text": accepted[0].get(&keyed.lang) }),
    }
}

/// What a student who does not know sends.
pub fn wrong_response(_: &KeyedItem, part: &Part) -> Value {
    match &part.question.interaction {
        Interaction::Choice { options, .. } => {
            let wrong = options.iter().find(|option| !option.correct).expect("a wrong option");
            json!({ "kind": "choice", "option": wrong.id })
        }
        Interaction::MultipleChoice { options, .. } => {
            let wrong: Vec<_> = options.iter().filter(|option| !option.correct).map(|option| &option.id).collect();
            json!({ "kind": "multiple_choice", "options": wrong })
        }
        Interaction::Equation(_) => json!({ "kind": "text", "text": "7x = 90001" }),
        Interaction::Numeric(_) | Interaction::Expression(_) => json!({ "kind": "text", "text": "90001" }),
        Interaction::ShortText { .. } => json!({ "kind": "text", "text": "umbrella" }),
    }
}
