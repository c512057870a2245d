//! Sessions: a random token in a cookie, its hash in the store, a short memory in front.

use crate::app::{App, Problem, Signed, random};
use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use store::{ClassId, ClassOfPerson, Organization, Person, Session, TenantId};
use uuid::Uuid;

const COOKIE: &str = "tandem_session";
/// A school day and its evening.
const SESSION_MS: i64 = 12 * 60 * 60 * 1000;
/// How long another node may still honour a session that was ended here.
const REMEMBERED_MS: i64 = 3_000;
/// How often the store is told that a session was used.
const TOUCH_EVERY_MS: i64 = 10 * 60 * 1000;

/// Sessions looked up a moment ago. Ending a session here clears it at once.
#[derive(Default)]
pub struct SessionCache(Mutex<HashMap<Vec<u8>, Remembered>>);

#[derive(Clone)]
struct Remembered {
    tenant: TenantId,
    person: Arc<Person>,
    session: Arc<Session>,
    classes: Arc<Vec<ClassOfPerson>>,
    until: i64,
}

impl SessionCache {
    /// Forgets everything, after a session ended, a person changed or a class did.
    pub fn clear(&self) {
        self.lock().clear();
    }

    fn get(&self, hash: &[u8], now: i64) -> Option<Remembered> {
        self.lock().get(hash).filter(|found| found.until > now).cloned()
    }

    fn put(&self, hash: Vec<u8>, remembered: Remembered, now: i64) {
        let mut all = self.lock();
        if all.len() > 5_000 {
            all.retain(|_, old| old.until > now);
        }
        all.insert(hash, remembered);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Vec<u8>, Remembered>> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// The token in the request's cookie.
pub fn session_token(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, token)| token.to_owned())
        .filter(|token| token.len() == 64)
}

/// What the store keeps of a token.
pub fn hash_of(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Who this token belongs to, or a 401.
pub async fn signed_in(app: &App, organization: Arc<Organization>, token: &str, now: i64) -> Result<Signed, Problem> {
    let tenant = organization.tenant_id;
    let hash = hash_of(token);
    if let Some(found) = app.sessions.get(&hash, now).filter(|found| found.tenant == tenant) {
        let Remembered { person, session, classes, .. } = found;
        return Ok(Signed { organization, person, session, classes, now });
    }
    let key = hash.clone();
    let (session, person, classes) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let Some(session) = tx.session(tenant, &key).await? else { return Ok((None, None, Vec::new())) };
                let person = tx.person(tenant, session.person_id).await?;
                let classes = tx.classes_of_person(tenant, session.person_id, now).await?;
                Ok::<_, Problem>((Some(session), person, classes))
            })
        })
        .await?;
    let session = session.filter(|session| session.revoked_at.is_none() && session.expires_at > now);
    let person = person.filter(|person| person.archived_at.is_none());
    let (Some(session), Some(person)) = (session, person) else { return Err(Problem::signed_out()) };
    if now - session.last_seen_at > TOUCH_EVERY_MS {
        let key = hash.clone();
        app.store
            .write(move |tx| Box::pin(async move { tx.touch_session(tenant, &key, now, now + SESSION_MS).await }))
            .await?;
    }
    let remembered = Remembered {
        tenant,
        person: Arc::new(person),
        session: Arc::new(session),
        classes: Arc::new(classes),
        until: now + REMEMBERED_MS,
    };
    app.sessions.put(hash, remembered.clone(), now);
    let Remembered { person, session, classes, .. } = remembered;
    Ok(Signed { organization, person, session, classes, now })
}

/// Opens a session and gives the cookie that carries it.
pub async fn open_session(
    app: &App,
    tenant: TenantId,
    person: &Person,
    class: Option<ClassId>,
    headers: &HeaderMap,
    now: i64,
) -> Result<HeaderValue, Problem> {
    let token = random::token();
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let session = Session {
        token_hash: hash_of(&token),
        id: Uuid::now_v7(),
        person_id: person.id,
        class_id: class,
        created_at: now,
        last_seen_at: now,
        expires_at: now + SESSION_MS,
        revoked_at: None,
        user_agent: agent.chars().take(200).collect(),
        kind: if app.settings.demo { "demo" } else { "full" }.to_owned(),
    };
    app.store.write(move |tx| Box::pin(async move { tx.insert_session(tenant, &session).await })).await?;
    let secure = headers.get("x-forwarded-proto").is_some_and(|value| value == "https");
    Ok(cookie(&token, SESSION_MS / 1000, secure))
}

/// The cookie that ends the session in the browser.
pub fn closing_cookie() -> HeaderValue {
    cookie("", 0, false)
}

fn cookie(token: &str, seconds: i64, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}"))
        .expect("a token is plain letters and digits")
}
