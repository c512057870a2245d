//! A school to test with: an own store, and builders that fill in what a test does not care about.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};
use store::*;
use tempfile::TempDir;
use uuid::Uuid;

pub const NOW: i64 = 1_790_000_000_000;

pub struct School {
    pub store: Store,
    pub url: String,
    pub tenant: TenantId,
    /// Holds the SQLite file.
    pub folder: TempDir,
}

impl School {
    pub async fn sqlite() -> Self {
        Self::sqlite_with(patient()).await
    }

    pub async fn sqlite_with(options: Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("tandem.db").display());
        Self::open(url, folder, options).await
    }

    pub async fn postgres() -> Option<Self> {
        let cluster = tokio::task::spawn_blocking(store_testing::shared_postgres).await.unwrap()?;
        Some(Self::open(cluster.new_database(), tempfile::tempdir().unwrap(), patient()).await)
    }

    async fn open(url: String, folder: TempDir, options: Options) -> Self {
        let store = Store::open(&url, options).await.unwrap();
        let school = Self { store, url, tenant: TenantId(new_id()), folder };
        school.add_tenant(school.tenant).await;
        school
    }

    pub async fn add_tenant(&self, tenant: TenantId) {
        let organization = Organization {
            tenant_id: tenant,
            name: "Elm Street".into(),
            host: None,
            zone: "America/New_York".into(),
            created_at: NOW,
        };
        let add =
            write(&self.store, move |tx| Box::pin(async move { tx.insert_organization(tenant, &organization).await }));
        add.await.unwrap();
    }

    pub async fn student(&self) -> StudentId {
        let (tenant, person) = (self.tenant, person("student"));
        let id = person.id.student();
        write(&self.store, move |tx| Box::pin(async move { tx.insert_person(tenant, &person).await })).await.unwrap();
        id
    }

    /// A course that students may have states in, and somebody who may publish.
    pub async fn course_and_teacher(&self) -> (String, PersonId) {
        let (tenant, row, by) = (self.tenant, person("admin"), nth());
        let (id, course) = (row.id, format!("course-{by}"));
        let row_of_course = Course { id: course.clone(), published_version: None, title: "{}".into(), created_at: NOW };
        write(&self.store, move |tx| {
            Box::pin(async move {
                tx.insert_person(tenant, &row).await?;
                tx.save_course(tenant, &row_of_course).await
            })
        })
        .await
        .unwrap();
        (course, id)
    }

    pub async fn class(&self) -> ClassId {
        let (tenant, class) = (self.tenant, class());
        let id = class.id;
        write(&self.store, move |tx| Box::pin(async move { tx.insert_class(tenant, &class).await })).await.unwrap();
        id
    }

    pub async fn enroll(&self, class: ClassId, student: StudentId) {
        let (tenant, row) = (self.tenant, enrollment(class, student.person(), "student"));
        write(&self.store, move |tx| Box::pin(async move { tx.enroll(tenant, &row).await })).await.unwrap();
    }

    /// Adds the event at the end of its student's stream, as the server does.
    pub async fn record(&self, event: Event) -> Result<i64, StoreError> {
        record(&self.store, self.tenant, event).await
    }

    pub async fn events(&self, student: StudentId) -> Vec<Event> {
        let tenant = self.tenant;
        let read = self
            .store
            .read(move |tx| Box::pin(async move { tx.events_after_position(tenant, student, 0, 10_000).await }));
        read.await.unwrap()
    }
}

/// Waits longer than any machine is slow.
pub fn patient() -> Options {
    Options { wait_max: Duration::from_secs(60), ..Options::default() }
}

/// As [`Store::write`], for units that are refused by the store alone.
pub async fn write<T, F>(store: &Store, work: F) -> Result<T, StoreError>
where
    T: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>) -> UnitFuture<'t, Result<T, StoreError>> + Send + 'static,
{
    store.write(work).await
}

pub async fn record(store: &Store, tenant: TenantId, event: Event) -> Result<i64, StoreError> {
    store.write(move |tx| Box::pin(async move { append(tx, tenant, event).await })).await
}

/// An event that is there already keeps its position.
pub async fn append(tx: &mut Tx<'_>, tenant: TenantId, mut event: Event) -> Result<i64, StoreError> {
    let mut head = tx.lock_student_head(tenant, event.student_id).await?;
    if let Some(known) = tx.event_by_id(tenant, event.student_id, event.id).await? {
        return Ok(known.position);
    }
    head.position += 1;
    head.effective_at = head.effective_at.max(event.effective_at);
    event.position = head.position;
    tx.insert_event(tenant, &event).await?;
    tx.save_student_head(tenant, &head).await?;
    Ok(head.position)
}

pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// Different at every call.
pub fn nth() -> u64 {
    static NTH: AtomicU64 = AtomicU64::new(0);
    NTH.fetch_add(1, Ordering::Relaxed)
}

pub fn person(role: &str) -> Person {
    let nth = nth();
    Person {
        id: PersonId(new_id()),
        role: role.into(),
        given_name: format!("Given {nth}"),
        family_name: "Family".into(),
        sign_in_name: Some(format!("given{nth}")),
        email: Some(format!("Given{nth}@example.org")),
        password_hash: None,
        pin_nonce: Some(vec![7; 16]),
        locale: "en".into(),
        preferences: "{}".into(),
        created_at: NOW,
        archived_at: None,
    }
}

pub fn class() -> Class {
    Class {
        id: ClassId(new_id()),
        name: "7b".into(),
        code: format!("CODE{}", nth()),
        course_id: Some("algebra".into()),
        created_at: NOW,
        archived_at: None,
    }
}

pub fn enrollment(class: ClassId, person: PersonId, role: &str) -> Enrollment {
    Enrollment { class_id: class, person_id: person, role: role.into(), starts_at: NOW, ends_at: None }
}

pub fn session(person: PersonId, class: Option<ClassId>) -> Session {
    Session {
        token_hash: new_id().as_bytes().to_vec(),
        id: new_id(),
        person_id: person,
        class_id: class,
        created_at: NOW,
        last_seen_at: NOW,
        expires_at: NOW + 1_000,
        revoked_at: None,
        user_agent: "a browser".into(),
        kind: "full".into(),
    }
}

pub fn event(student: StudentId) -> Event {
    Event {
        student_id: student,
        position: 0,
        id: new_id(),
        kind: "answered".into(),
        schema: 1,
        actor: "student".into(),
        origin: "server".into(),
        device: "device".into(),
        device_seq: nth() as i64,
        claimed_at: NOW,
        received_at: NOW,
        effective_at: NOW,
        school_day: "2026-09-21".into(),
        client: b"{\"response\":\"42\"}".to_vec(),
        server: vec![0, 255],
        derived: false,
    }
}

pub fn presentation(student: StudentId) -> Presentation {
    Presentation {
        student_id: student,
        id: new_id(),
        course_id: "algebra".into(),
        item_id: format!("item-{}", nth()),
        item_hash: "hash".into(),
        seed: i64::MIN,
        lang: "en".into(),
        purpose: "practice".into(),
        activity_id: None,
        created_at: NOW,
        body: vec![1, 2, 3],
    }
}

pub fn skill_state(student: StudentId, skill: &str) -> SkillState {
    SkillState {
        student_id: student,
        course_id: "algebra".into(),
        skill_id: skill.into(),
        level_step: 3,
        ready_at: Some(NOW),
        lasting_at: None,
        placed: true,
        answers: 5,
        last_at: NOW,
        state: vec![9],
    }
}

pub fn snapshot(student: StudentId, position: i64, effective_at: i64) -> Snapshot {
    Snapshot {
        student_id: student,
        position,
        effective_at,
        engine_version: "1".into(),
        parameter_version: "1".into(),
        content_version: "1".into(),
        state: vec![1],
    }
}

pub fn hand(class: ClassId, student: StudentId) -> Hand {
    Hand { student_id: student, class_id: class, raised_at: NOW, note: "Please look".into(), lowered_at: None }
}

pub fn assignment(class: ClassId) -> Assignment {
    Assignment {
        id: new_id(),
        class_id: class,
        course_id: "algebra".into(),
        lesson_id: "lesson".into(),
        note: String::new(),
        due_at: None,
        created_by: PersonId(new_id()),
        created_at: NOW,
        cancelled_at: None,
    }
}

pub fn alert_verdict(class: ClassId, student: StudentId) -> AlertVerdict {
    AlertVerdict {
        id: new_id(),
        class_id: class,
        student_id: student,
        rule: "guessing".into(),
        basis: "{}".into(),
        verdict: "right".into(),
        note: String::new(),
        by_id: PersonId(new_id()),
        at: NOW,
    }
}

pub fn audit(subject: Uuid, at: i64) -> AuditEntry {
    AuditEntry {
        id: new_id(),
        at,
        actor_id: None,
        action: "student_viewed".into(),
        subject_id: Some(subject),
        class_id: None,
        detail: "{}".into(),
    }
}
