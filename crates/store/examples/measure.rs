//! Measures the store alone, on both databases: `cargo run --release -p store --example measure`.
//!
//! An answer is what the server writes for one: lock the head, look for the event, read the
//! touched skills, save one skill, add the event, save the head. Many students answer at once, each waiting for the
//! disk before the next answer. Figures are of this machine; compare only figures of one run.
#![allow(clippy::print_stdout)]

use std::time::{Duration, Instant};
use store::*;
use uuid::Uuid;

const STUDENTS: usize = 300;
const SECONDS: u64 = 5;

#[tokio::main]
async fn main() -> Result<(), StoreError> {
    let folder = tempfile::tempdir_in(".").expect("a folder on the disk that the figures are about");
    let sqlite = format!("sqlite:{}", folder.path().join("tandem.db").display());
    measure("SQLite", &sqlite, Options::default()).await?;
    let cluster = store_testing::tools().map(|tools| store_testing::Cluster::start(tools, &[]));
    if let Some(Ok(cluster)) = cluster {
        let options = Options { connections_max: 16, wait_max: Duration::from_secs(60), ..Options::default() };
        measure("PostgreSQL", &cluster.new_database(), options).await?;
    }
    Ok(())
}

async fn measure(name: &str, url: &str, options: Options) -> Result<(), StoreError> {
    let store = Store::open(url, options).await?;
    let (tenant, class) = (TenantId(Uuid::now_v7()), ClassId(Uuid::now_v7()));
    let students = make_class(&store, tenant, class).await?;
    answers(name, &store, tenant, &students).await;
    class_page(name, &store, tenant, class).await?;
    late_fold_and_erase(name, &store, tenant, students[0]).await
}

async fn answers(name: &str, store: &Store, tenant: TenantId, students: &[StudentId]) {
    let until = Instant::now() + Duration::from_secs(SECONDS);
    let mut tasks = tokio::task::JoinSet::new();
    for student in students.iter().copied() {
        let store = store.clone();
        tasks.spawn(async move {
            let mut times = Vec::new();
            while Instant::now() < until {
                let begun = Instant::now();
                answer(&store, tenant, student).await.expect("the store takes an answer");
                times.push(begun.elapsed());
            }
            times
        });
    }
    let mut times = tasks.join_all().await.concat();
    times.sort_unstable();
    let (rate, p50, p99) = (times.len() as u64 / SECONDS, times[times.len() / 2], times[times.len() * 99 / 100]);
    println!("{name}: {rate} answers/s, p50 {p50:.1?}, p99 {p99:.1?}, {STUDENTS} students without pause");
}

async fn answer(store: &Store, tenant: TenantId, student: StudentId) -> Result<(), StoreError> {
    let mut event = event(student);
    store
        .write(move |tx| {
            Box::pin(async move {
                let mut head = tx.lock_student_head(tenant, student).await?;
                if tx.event_by_id(tenant, student, event.id).await?.is_some() {
                    return Ok(());
                }
                let skill = format!("skill-{:03}", head.position % 200);
                tx.some_skill_states(tenant, student, "course", &[&skill]).await?;
                tx.save_skill_state(tenant, &skill_state(student, &skill)).await?;
                head.position += 1;
                head.state = vec![1; 4_000];
                head.live = vec![1; 300];
                event.position = head.position;
                event.effective_at = head.position;
                tx.insert_event(tenant, &event).await?;
                tx.save_student_head(tenant, &head).await
            })
        })
        .await
}

async fn class_page(name: &str, store: &Store, tenant: TenantId, class: ClassId) -> Result<(), StoreError> {
    let mut times = Vec::new();
    let mut skills = 0;
    for _ in 0..20 {
        let begun = Instant::now();
        let read = store.read(move |tx| {
            Box::pin(async move {
                tx.class_rows(tenant, class, 1).await?;
                tx.class_skills(tenant, class, "course", 1).await
            })
        });
        skills = Result::<_, StoreError>::Ok(read.await?)?.len();
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    println!("{name}: class page of 35 lines and {skills} skills, median {:.1?}", times[10]);
    Ok(())
}

async fn late_fold_and_erase(
    name: &str,
    store: &Store,
    tenant: TenantId,
    student: StudentId,
) -> Result<(), StoreError> {
    for _ in 0..100 {
        append_hundred(store, tenant, student).await?;
    }
    let begun = Instant::now();
    let read = store.read(move |tx| {
        Box::pin(async move { tx.events_in_order(tenant, student, &EventOrder::before(0), 100_000).await })
    });
    let events = Result::<_, StoreError>::Ok(read.await?)?.len();
    let read = begun.elapsed();
    let begun = Instant::now();
    store.write(move |tx| Box::pin(async move { tx.erase_student(tenant, student, 1).await.map(drop) })).await?;
    println!("{name}: {events} events read in order in {read:.1?}, erased in {:.1?}", begun.elapsed());
    Ok(())
}

async fn append_hundred(store: &Store, tenant: TenantId, student: StudentId) -> Result<(), StoreError> {
    store
        .write(move |tx| {
            Box::pin(async move {
                let mut head = tx.lock_student_head(tenant, student).await?;
                for _ in 0..100 {
                    head.position += 1;
                    let place = Event { position: head.position, effective_at: head.position, ..event(student) };
                    tx.insert_event(tenant, &place).await?;
                }
                tx.save_student_head(tenant, &head).await
            })
        })
        .await
}

/// Thirty-five students in a class, the others in none.
async fn make_class(store: &Store, tenant: TenantId, class: ClassId) -> Result<Vec<StudentId>, StoreError> {
    let students: Vec<StudentId> = (0..STUDENTS).map(|_| StudentId(Uuid::now_v7())).collect();
    let all = students.clone();
    store
        .write(move |tx| {
            Box::pin(async move {
                let zone = "UTC".to_owned();
                let school = Organization { tenant_id: tenant, name: "School".into(), host: None, zone, created_at: 0 };
                tx.insert_organization(tenant, &school).await?;
                let row = Class {
                    id: class,
                    name: "7b".into(),
                    code: "CODE".into(),
                    course_id: None,
                    created_at: 0,
                    archived_at: None,
                };
                tx.insert_class(tenant, &row).await?;
                for (nth, student) in all.iter().enumerate() {
                    tx.insert_person(tenant, &person(*student)).await?;
                    if nth < 35 {
                        let role = "student".to_owned();
                        let person_id = student.person();
                        let row = Enrollment { class_id: class, person_id, role, starts_at: 0, ends_at: None };
                        tx.enroll(tenant, &row).await?;
                        for skill in 0..200 {
                            tx.save_skill_state(tenant, &skill_state(*student, &format!("skill-{skill:03}"))).await?;
                        }
                    }
                }
                Ok::<_, StoreError>(())
            })
        })
        .await?;
    Ok(students)
}

fn person(student: StudentId) -> Person {
    Person {
        id: student.person(),
        role: "student".into(),
        given_name: "Given".into(),
        family_name: "Family".into(),
        sign_in_name: None,
        email: None,
        password_hash: None,
        pin_nonce: None,
        locale: "en".into(),
        preferences: "{}".into(),
        created_at: 0,
        archived_at: None,
    }
}

fn event(student: StudentId) -> Event {
    Event {
        student_id: student,
        position: 0,
        id: Uuid::now_v7(),
        kind: "answered".into(),
        schema: 1,
        actor: "student".into(),
        origin: "server".into(),
        device: Uuid::now_v7().to_string(),
        device_seq: 1,
        claimed_at: 1,
        received_at: 1,
        effective_at: 1,
        school_day: "2026-09-21".into(),
        client: vec![1; 300],
        server: vec![1; 500],
        derived: false,
    }
}

fn skill_state(student: StudentId, skill: &str) -> SkillState {
    SkillState {
        student_id: student,
        course_id: "course".into(),
        skill_id: skill.into(),
        level_step: 1,
        ready_at: None,
        lasting_at: None,
        placed: false,
        answers: 1,
        last_at: 1,
        state: vec![1; 120],
    }
}
