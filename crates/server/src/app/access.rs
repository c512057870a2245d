//! Who is asking, as types. A handler that takes [`ClassTeacher`] cannot run for anybody who does not teach
//! that very class; there is no `if` to forget.

use super::{
    problem::Problem,
    state::{App, Shared},
};
use crate::identity::session_token;
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::{header, request::Parts},
};
use std::sync::Arc;
use store::{
    Class, ClassId, ClassOfPerson, ClassPerson, Enrollment, Organization, Person, PersonId, Session, StudentId,
    TenantId,
};

/// Somebody who is signed in.
#[derive(Clone)]
pub struct Signed {
    pub organization: Arc<Organization>,
    pub person: Arc<Person>,
    pub session: Arc<Session>,
    /// The classes they are in now.
    pub classes: Arc<Vec<ClassOfPerson>>,
    /// When the request came in.
    pub now: i64,
}

impl Signed {
    /// The school.
    pub fn tenant(&self) -> TenantId {
        self.organization.tenant_id
    }

    /// The school's time zone.
    pub fn zone(&self) -> &str {
        &self.organization.zone
    }
}

/// A student, as the owner of their record.
#[derive(Clone)]
pub struct Student(pub Signed);

impl Student {
    /// The owner of the record.
    pub fn id(&self) -> StudentId {
        self.0.person.id.student()
    }
}

/// A teacher or administrator.
#[derive(Clone)]
pub struct Staff(pub Signed);

/// An administrator.
#[derive(Clone)]
pub struct Admin(pub Signed);

/// A teacher, co-teacher or substitute of the class named in the path, or an administrator.
#[derive(Clone)]
pub struct ClassTeacher {
    pub signed: Signed,
    pub class: Class,
}

impl ClassTeacher {
    /// True as long as the session lives and the person teaches this class, for answers that go on for hours.
    pub async fn still_may(&self, app: &App) -> Result<bool, Problem> {
        let (tenant, person, class, now) = (self.signed.tenant(), self.signed.person.id, self.class.id, app.now());
        let token_hash = self.signed.session.token_hash.clone();
        let (session, person, enrollments) = app
            .store
            .read(move |tx| {
                Box::pin(async move {
                    Ok::<_, Problem>((
                        tx.session(tenant, &token_hash).await?,
                        tx.person(tenant, person).await?,
                        tx.enrollments(tenant, class, person).await?,
                    ))
                })
            })
            .await?;
        let lives = session.is_some_and(|session| session.revoked_at.is_none() && session.expires_at > now);
        let person = person.filter(|person| person.archived_at.is_none());
        Ok(lives && person.is_some_and(|person| person.role == "admin" || teaches(&enrollments, now)))
    }
}

fn teaches(enrollments: &[Enrollment], now: i64) -> bool {
    enrollments.iter().any(|enrollment| {
        matches!(enrollment.role.as_str(), "teacher" | "co_teacher" | "substitute")
            && enrollment.starts_at <= now
            && enrollment.ends_at.is_none_or(|ends| ends > now)
    })
}

/// A [`ClassTeacher`] and a student of that class, both named in the path.
#[derive(Clone)]
pub struct ClassStudent {
    pub teacher: ClassTeacher,
    pub student: ClassPerson,
}

impl ClassStudent {
    /// The owner of the record.
    pub fn id(&self) -> StudentId {
        self.student.id.student()
    }
}

impl FromRequestParts<Shared> for Signed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Problem> {
        let now = app.now();
        let host = host_of(parts);
        let organization = app.organization(&host).ok_or_else(Problem::signed_out)?;
        let token = session_token(&parts.headers).ok_or_else(Problem::signed_out)?;
        crate::identity::signed_in(app, Arc::new(organization), &token, now).await
    }
}

impl FromRequestParts<Shared> for Student {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Problem> {
        let signed = Signed::from_request_parts(parts, app).await?;
        if signed.person.role != "student" {
            return Err(Problem::forbidden());
        }
        app.live.seen(signed.tenant(), signed.person.id.student(), signed.session.class_id, signed.now);
        Ok(Self(signed))
    }
}

impl FromRequestParts<Shared> for Staff {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Problem> {
        let signed = Signed::from_request_parts(parts, app).await?;
        if matches!(signed.person.role.as_str(), "teacher" | "admin") {
            Ok(Self(signed))
        } else {
            Err(Problem::forbidden())
        }
    }
}

impl FromRequestParts<Shared> for Admin {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Problem> {
        let signed = Signed::from_request_parts(parts, app).await?;
        if signed.person.role == "admin" { Ok(Self(signed)) } else { Err(Problem::forbidden()) }
    }
}

impl FromRequestParts<Shared> for ClassTeacher {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Problem> {
        let Staff(signed) = Staff::from_request_parts(parts, app).await?;
        let class = ClassId(path_id(parts, app, "class").await?);
        let (tenant, person, now) = (signed.tenant(), signed.person.id, signed.now);
        let (class, enrollments) = app
            .store
            .read(move |tx| {
                Box::pin(async move {
                    Ok::<_, Problem>((tx.class(tenant, class).await?, tx.enrollments(tenant, class, person).await?))
                })
            })
            .await?;
        match class {
            Some(class) if teaches(&enrollments, now) || signed.person.role == "admin" => Ok(Self { signed, class }),
            _ => Err(Problem::missing("class")),
        }
    }
}

impl FromRequestParts<Shared> for ClassStudent {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Problem> {
        let teacher = ClassTeacher::from_request_parts(parts, app).await?;
        let student = PersonId(path_id(parts, app, "student").await?);
        let (tenant, class, now) = (teacher.signed.tenant(), teacher.class.id, teacher.signed.now);
        let people =
            app.store.read(move |tx| Box::pin(async move { tx.class_people(tenant, class, now).await })).await?;
        people
            .into_iter()
            .find(|person| person.id == student && person.role == "student")
            .map(|student| Self { teacher, student })
            .ok_or_else(|| Problem::missing("student"))
    }
}

/// The host name that the browser asked for.
pub fn host_of(parts: &Parts) -> String {
    let named = parts.headers.get(header::HOST).and_then(|value| value.to_str().ok()).map(str::to_owned);
    named.or_else(|| parts.uri.host().map(str::to_owned)).unwrap_or_default()
}

async fn path_id(parts: &mut Parts, app: &Shared, name: &'static str) -> Result<uuid::Uuid, Problem> {
    let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Problem::missing(name))?;
    let found = params.iter().find(|(key, _)| *key == name).and_then(|(_, value)| value.parse().ok());
    found.ok_or_else(|| Problem::missing(name))
}

/// Notes in the audit log that somebody looked at, or changed, what is another's.
pub async fn audit(
    app: &App,
    signed: &Signed,
    action: &'static str,
    subject: Option<uuid::Uuid>,
    class: Option<ClassId>,
    detail: serde_json::Value,
) -> Result<(), Problem> {
    let tenant = signed.tenant();
    let entry = store::AuditEntry {
        id: uuid::Uuid::now_v7(),
        at: signed.now,
        actor_id: Some(signed.person.id),
        action: action.to_owned(),
        subject_id: subject,
        class_id: class,
        detail: detail.to_string(),
    };
    app.store.write(move |tx| Box::pin(async move { tx.insert_audit(tenant, &entry).await })).await?;
    Ok(())
}
