//! Signing in and out, and one's own settings.

use super::{
    passwords::{hash_password, verify_password},
    pins::{pin_of, same_pin},
    rules,
    sessions::{closing_cookie, hash_of, open_session},
};
use crate::app::{Answer, App, Json, Path, Problem, Shared, Signed, access::host_of, body, random};
use axum::{
    Router,
    extract::{ConnectInfo, FromRequestParts, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, SocketAddr};
use store::{Organization, Person, PersonId, SignInMiss, TenantId};
use uuid::Uuid;

/// The routes of this slice.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/server", get(server))
        .route("/setup", post(setup))
        .route("/me", get(me).patch(change_me))
        .route("/sessions", get(list_sessions).post(sign_in_adult))
        .route("/sessions/student", post(sign_in_student))
        .route("/sessions/current", delete(sign_out))
        .route("/sessions/{id}", delete(end_session))
        .route("/links/{token}", post(use_link))
        .route("/demo/people", get(demo_people))
        .route("/sessions/demo", post(sign_in_demo))
}

/// Who is signed in, as every page needs to know.
#[derive(Serialize)]
pub struct Me {
    id: PersonId,
    role: String,
    given_name: String,
    family_name: String,
    locale: String,
    preferences: serde_json::Value,
    organization: String,
    zone: String,
    demo: bool,
    classes: Vec<ClassName>,
}

#[derive(Serialize)]
struct ClassName {
    id: store::ClassId,
    name: String,
}

async fn me_of(app: &App, organization: &Organization, person: &Person, now: i64) -> Answer<Me> {
    let (tenant, id) = (organization.tenant_id, person.id);
    let classes =
        app.store.read(move |tx| Box::pin(async move { tx.classes_of_person(tenant, id, now).await })).await?;
    Ok(Me {
        id,
        role: person.role.clone(),
        given_name: person.given_name.clone(),
        family_name: person.family_name.clone(),
        locale: person.locale.clone(),
        preferences: serde_json::from_str(&person.preferences).unwrap_or_default(),
        organization: organization.name.clone(),
        zone: organization.zone.clone(),
        demo: app.settings.demo,
        classes: classes
            .into_iter()
            .filter(|class| class.archived_at.is_none())
            .map(|class| ClassName { id: class.id, name: class.name })
            .collect(),
    })
}

/// The school that the browser asked for, and where the request came from.
struct Door {
    organization: Organization,
    network: Option<IpAddr>,
    headers: HeaderMap,
    now: i64,
}

impl FromRequestParts<Shared> for Door {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Problem> {
        let organization = app.organization(&host_of(parts)).ok_or_else(|| {
            if app.needs_setup() {
                Problem::new(StatusCode::CONFLICT, "needs_setup", "No school has been set up here yet.")
            } else {
                Problem::missing("school")
            }
        })?;
        let network = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        Ok(Self { organization, network, headers: parts.headers.clone(), now: app.now() })
    }
}

impl Door {
    async fn let_in(&self, app: &App, person: Person, class: Option<store::ClassId>) -> Answer<Response> {
        let cookie = open_session(app, self.organization.tenant_id, &person, class, &self.headers, self.now).await?;
        let me = me_of(app, &self.organization, &person, self.now).await?;
        Ok((StatusCode::CREATED, [(header::SET_COOKIE, cookie)], Json(me)).into_response())
    }
}

#[derive(Serialize)]
struct Server {
    demo: bool,
    needs_setup: bool,
    organization: Option<String>,
    version: &'static str,
}

async fn server(State(app): State<Shared>, headers: HeaderMap) -> Json<Server> {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Json(Server {
        demo: app.settings.demo,
        needs_setup: app.needs_setup(),
        organization: app.organization(host).map(|organization| organization.name),
        version: env!("CARGO_PKG_VERSION"),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Setup {
    token: String,
    organization: String,
    given_name: String,
    family_name: String,
    email: String,
    password: String,
    #[serde(default)]
    zone: Option<String>,
    #[serde(default)]
    locale: Option<String>,
}

async fn setup(State(app): State<Shared>, headers: HeaderMap, Json(setup): Json<Setup>) -> Answer<Response> {
    let now = app.now();
    if !app.setup.matches(&setup.token) {
        return Err(
            Problem::new(StatusCode::FORBIDDEN, "link_used", "This link is not valid, or no longer.").at("token")
        );
    }
    let zone = setup.zone.unwrap_or_else(|| "UTC".to_owned());
    if jiff::tz::TimeZone::get(&zone).is_err() {
        return Err(Problem::field("zone", "wrong_value", "Not a time zone of the IANA list."));
    }
    let organization = Organization {
        tenant_id: TenantId(Uuid::now_v7()),
        name: body::line("organization", &setup.organization, 120)?,
        host: None,
        zone,
        created_at: now,
    };
    let mut person =
        new_adult("admin", &setup.given_name, &setup.family_name, &setup.email, setup.locale.as_deref(), now)?;
    check_password(&setup.password, &person)?;
    person.password_hash = Some(hash_password(&app, setup.password).await?);
    if !app.setup.take(&setup.token) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "link_used", "This link was used already.").at("token"));
    }
    let (row, admin) = (organization.clone(), person.clone());
    app.store
        .write(move |tx| {
            Box::pin(async move {
                tx.insert_organization(row.tenant_id, &row).await?;
                tx.insert_person(row.tenant_id, &admin).await
            })
        })
        .await?;
    app.reload_organizations().await?;
    Door { organization, network: None, headers, now }.let_in(&app, person, None).await
}

/// A new adult's row, checked field by field.
pub fn new_adult(
    role: &str,
    given_name: &str,
    family_name: &str,
    email: &str,
    locale: Option<&str>,
    now: i64,
) -> Answer<Person> {
    let email = email.trim();
    if !rules::is_email(email) {
        return Err(Problem::field("email", "wrong_value", "Not an e-mail address."));
    }
    Ok(Person {
        id: PersonId(Uuid::now_v7()),
        role: role.to_owned(),
        given_name: body::line("given_name", given_name, 80)?,
        family_name: body::line("family_name", family_name, 80)?,
        sign_in_name: None,
        email: Some(email.to_owned()),
        password_hash: None,
        pin_nonce: None,
        locale: locale.filter(|locale| LOCALES.contains(locale)).unwrap_or("en").to_owned(),
        preferences: "{}".to_owned(),
        created_at: now,
        archived_at: None,
    })
}

/// The languages that the pages speak.
const LOCALES: [&str; 2] = ["en", "es"];

fn check_password(password: &str, person: &Person) -> Answer<()> {
    let email = person.email.as_deref().unwrap_or_default();
    let name = email.split('@').next().unwrap_or_default();
    match rules::password_problem(password, &[&person.given_name, &person.family_name, name]) {
        Some(kind) => Err(Problem::field("password", kind, "Use ten characters or more, not your name.")),
        None => Ok(()),
    }
}

async fn me(State(app): State<Shared>, signed: Signed) -> Answer<Json<Me>> {
    Ok(Json(me_of(&app, &signed.organization, &signed.person, signed.now).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeMe {
    #[serde(default)]
    locale: Option<String>,
    #[serde(default)]
    preferences: Option<serde_json::Map<String, serde_json::Value>>,
}

async fn change_me(State(app): State<Shared>, signed: Signed, Json(change): Json<ChangeMe>) -> Answer<Json<Me>> {
    let mut person = (*signed.person).clone();
    if let Some(locale) = change.locale {
        if !LOCALES.contains(&locale.as_str()) {
            return Err(Problem::field("locale", "wrong_value", "The pages speak en and es."));
        }
        person.locale = locale;
    }
    if let Some(preferences) = change.preferences {
        let text = serde_json::Value::Object(preferences).to_string();
        if text.len() > 4_096 {
            return Err(Problem::field("preferences", "too_long", "At most 4 KiB."));
        }
        person.preferences = text;
    }
    let (tenant, id) = (signed.tenant(), person.id);
    let (locale, preferences) = (person.locale.clone(), person.preferences.clone());
    app.store
        .write(move |tx| Box::pin(async move { tx.set_preferences(tenant, id, &locale, &preferences).await }))
        .await?;
    app.sessions.clear();
    Ok(Json(me_of(&app, &signed.organization, &person, signed.now).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AdultSignIn {
    email: String,
    password: String,
}

async fn sign_in_adult(State(app): State<Shared>, door: Door, Json(given): Json<AdultSignIn>) -> Answer<Response> {
    let key = rules::adult_key(&given.email);
    may_try(&app, &door, &key).await?;
    let (tenant, email) = (door.organization.tenant_id, given.email.trim().to_owned());
    let found = app.store.read(move |tx| Box::pin(async move { tx.person_by_email(tenant, &email).await })).await?;
    let found = found.filter(|person| person.archived_at.is_none());
    let hash = found.as_ref().and_then(|person| person.password_hash.clone());
    let right = verify_password(&app, hash, given.password.chars().take(200).collect()).await?;
    match found {
        Some(person) if right => {
            forget_misses(&app, tenant, key).await?;
            door.let_in(&app, person, None).await
        }
        _ => Err(count_miss(&app, &door, key).await?),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StudentSignIn {
    class_code: String,
    sign_in_name: String,
    pin: String,
}

async fn sign_in_student(State(app): State<Shared>, door: Door, Json(given): Json<StudentSignIn>) -> Answer<Response> {
    let key = rules::student_key(&given.class_code, &given.sign_in_name);
    may_try(&app, &door, &key).await?;
    let (tenant, now) = (door.organization.tenant_id, door.now);
    let (code, name) = (rules::fold_class_code(&given.class_code), rules::fold_sign_in_name(&given.sign_in_name));
    let (class, found) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let class = tx.class_by_code(tenant, &code).await?;
                let person = tx.student_by_class_code(tenant, &code, &name, now).await?;
                Ok::<_, Problem>((class, person))
            })
        })
        .await?;
    let own = found.as_ref().and_then(|person| Some((person.id, person.pin_nonce.as_deref()?)));
    // The same work is done for a name that does not exist.
    let (id, nonce) = own.unwrap_or((PersonId(Uuid::nil()), &[]));
    let right = same_pin(given.pin.trim(), &pin_of(&app.secret, tenant, id, nonce)) && own.is_some();
    match found {
        Some(person) if right => {
            forget_misses(&app, tenant, key).await?;
            door.let_in(&app, person, class.map(|class| class.id)).await
        }
        _ => Err(count_miss(&app, &door, key).await?),
    }
}

async fn may_try(app: &App, door: &Door, key: &str) -> Answer<()> {
    let (tenant, now) = (door.organization.tenant_id, door.now);
    let keys = [Some(key.to_owned()), door.network.map(network_key)];
    let blocked = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let mut blocked_until = 0;
                for key in keys.iter().flatten() {
                    if let Some(miss) = tx.sign_in_miss(tenant, key).await? {
                        blocked_until = blocked_until.max(miss.blocked_until);
                    }
                }
                Ok::<_, Problem>(blocked_until)
            })
        })
        .await?;
    rules::wait_seconds(blocked, now).map_or(Ok(()), |seconds| Err(wait(seconds)))
}

fn wait(seconds: u64) -> Problem {
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "wait", "Too many tries. Wait a little, or ask your teacher.")
        .retry_after(seconds)
}

fn network_key(network: IpAddr) -> String {
    format!("network:{network}")
}

async fn count_miss(app: &App, door: &Door, key: String) -> Answer<Problem> {
    let (tenant, now) = (door.organization.tenant_id, door.now);
    let network = door.network.map(network_key);
    let blocked_until = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let mut blocked_until = 0;
                for (key, is_network) in std::iter::once((key, false)).chain(network.map(|key| (key, true))) {
                    let old = tx.sign_in_miss(tenant, &key).await?.filter(|miss| !rules::forgotten(miss.last_at, now));
                    let misses = old.as_ref().map_or(0, |miss| miss.misses) + 1;
                    let until = if is_network {
                        rules::network_blocked_until(misses, now)
                    } else {
                        rules::blocked_until(misses, now)
                    };
                    let first_at = old.map_or(now, |miss| miss.first_at);
                    tx.save_sign_in_miss(
                        tenant,
                        &SignInMiss { key, misses, first_at, last_at: now, blocked_until: until },
                    )
                    .await?;
                    blocked_until = blocked_until.max(until);
                }
                Ok::<_, Problem>(blocked_until)
            })
        })
        .await?;
    Ok(match rules::wait_seconds(blocked_until, now) {
        Some(seconds) => wait(seconds),
        None => Problem::new(StatusCode::UNAUTHORIZED, "wrong_credentials", "That did not match. Check and try again."),
    })
}

async fn forget_misses(app: &App, tenant: TenantId, key: String) -> Answer<()> {
    let known = key.clone();
    let any = app.store.read(move |tx| Box::pin(async move { tx.sign_in_miss(tenant, &known).await })).await?;
    if any.is_some() {
        app.store.write(move |tx| Box::pin(async move { tx.clear_sign_in_miss(tenant, &key).await })).await?;
    }
    Ok(())
}

async fn sign_out(State(app): State<Shared>, signed: Signed) -> Answer<Response> {
    let (tenant, id, now) = (signed.tenant(), signed.session.id, signed.now);
    app.store.write(move |tx| Box::pin(async move { tx.revoke_session(tenant, id, now).await })).await?;
    app.sessions.clear();
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, closing_cookie())]).into_response())
}

#[derive(Serialize)]
struct OwnSession {
    id: Uuid,
    created_at: i64,
    last_seen_at: i64,
    user_agent: String,
    current: bool,
}

async fn list_sessions(State(app): State<Shared>, signed: Signed) -> Answer<Json<serde_json::Value>> {
    let (tenant, id) = (signed.tenant(), signed.person.id);
    let all = app.store.read(move |tx| Box::pin(async move { tx.sessions_of_person(tenant, id).await })).await?;
    let sessions: Vec<OwnSession> = all
        .into_iter()
        .filter(|session| session.revoked_at.is_none() && session.expires_at > signed.now)
        .map(|session| OwnSession {
            id: session.id,
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
            current: session.id == signed.session.id,
            user_agent: session.user_agent,
        })
        .collect();
    Ok(Json(serde_json::json!({ "sessions": sessions })))
}

async fn end_session(State(app): State<Shared>, signed: Signed, Path(id): Path<Uuid>) -> Answer<StatusCode> {
    let (tenant, person, now) = (signed.tenant(), signed.person.id, signed.now);
    let ended = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let own = tx.sessions_of_person(tenant, person).await?.iter().any(|session| session.id == id);
                if own {
                    tx.revoke_session(tenant, id, now).await?;
                }
                Ok::<_, Problem>(own)
            })
        })
        .await?;
    app.sessions.clear();
    if ended { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::missing("session")) }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPassword {
    password: String,
}

/// The purpose of a link that lets one person choose a password.
pub fn password_link_purpose(person: PersonId) -> String {
    format!("password:{person}")
}

async fn use_link(
    State(app): State<Shared>,
    door: Door,
    Path(token): Path<String>,
    Json(given): Json<NewPassword>,
) -> Answer<Response> {
    let (tenant, now, hash) = (door.organization.tenant_id, door.now, hash_of(&token));
    let used = || Problem::new(StatusCode::FORBIDDEN, "link_used", "This link is not valid, or no longer.").at("token");
    let key = hash.clone();
    let link = app.store.read(move |tx| Box::pin(async move { tx.one_time_link(tenant, &key).await })).await?;
    let link = link.filter(|link| link.used_at.is_none() && link.expires_at > now).ok_or_else(used)?;
    let person: PersonId = link.purpose.strip_prefix("password:").and_then(|id| id.parse().ok()).ok_or_else(used)?;
    let found = app.store.read(move |tx| Box::pin(async move { tx.person(tenant, person).await })).await?;
    let found = found.filter(|person| person.archived_at.is_none()).ok_or_else(used)?;
    check_password(&given.password, &found)?;
    let new = hash_password(&app, given.password).await?;
    let taken = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let taken = tx.use_one_time_link(tenant, &hash, now).await?;
                if taken {
                    tx.set_password_hash(tenant, person, Some(&new)).await?;
                    tx.revoke_sessions_of_person(tenant, person, now).await?;
                }
                Ok::<_, Problem>(taken)
            })
        })
        .await?;
    app.sessions.clear();
    if taken { door.let_in(&app, found, None).await } else { Err(used()) }
}

/// Makes a one-time link by which this person chooses a password; returns its token.
pub async fn make_password_link(app: &App, tenant: TenantId, person: PersonId, now: i64) -> Answer<String> {
    const DAYS_7: i64 = 7 * 24 * 60 * 60 * 1000;
    let token = random::token();
    let link = store::OneTimeLink {
        token_hash: hash_of(&token),
        purpose: password_link_purpose(person),
        created_at: now,
        expires_at: now + DAYS_7,
        used_at: None,
    };
    app.store.write(move |tx| Box::pin(async move { tx.insert_one_time_link(tenant, &link).await })).await?;
    Ok(token)
}

fn demo_only(app: &App) -> Answer<()> {
    if app.settings.demo { Ok(()) } else { Err(Problem::missing("page")) }
}

async fn demo_people(State(app): State<Shared>, door: Door) -> Answer<Json<serde_json::Value>> {
    demo_only(&app)?;
    let tenant = door.organization.tenant_id;
    let text = app.store.read(move |tx| Box::pin(async move { tx.setting(tenant, "demo_people").await })).await?;
    let people: serde_json::Value =
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_else(|| serde_json::json!([]));
    Ok(Json(serde_json::json!({ "people": people })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DemoSignIn {
    person: PersonId,
}

async fn sign_in_demo(State(app): State<Shared>, door: Door, Json(given): Json<DemoSignIn>) -> Answer<Response> {
    demo_only(&app)?;
    let (tenant, now) = (door.organization.tenant_id, door.now);
    let (person, classes) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                Ok::<_, Problem>((
                    tx.person(tenant, given.person).await?,
                    tx.classes_of_person(tenant, given.person, now).await?,
                ))
            })
        })
        .await?;
    let person = person.filter(|person| person.archived_at.is_none()).ok_or_else(|| Problem::missing("person"))?;
    let class = classes.first().filter(|_| person.role == "student").map(|class| class.id);
    door.let_in(&app, person, class).await
}
