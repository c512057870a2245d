//! Units of work: whole or not at all, each for itself, and the store goes on.

use crate::{on_both, school::*};
use sqlx::{Connection, Executor};
use std::time::{Duration, Instant};
use store::*;

on_both! {
    a_refused_unit_takes_back_itself_alone,
    a_panic_takes_back_its_unit_and_nothing_else,
    a_refusal_that_asked_for_nothing_takes_nothing_back,
    a_count_is_of_its_own_statement_alone,
    a_unit_cannot_go_on_after_a_statement_failed,
    a_thousand_units_at_once_all_arrive,
    a_caller_who_leaves_cancels_nothing,
    a_unit_that_takes_too_long_is_taken_back,
    a_reader_cannot_write,
    a_reader_sees_one_moment,
    a_closed_store_is_unavailable,
    the_store_says_that_it_is_well,
}

#[derive(Debug, PartialEq)]
enum Refusal {
    Closed,
    Store(StoreError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

async fn set(store: &Store, tenant: TenantId, key: &str) -> Result<(), StoreError> {
    let key = key.to_owned();
    write(store, move |tx| Box::pin(async move { tx.save_setting(tenant, &key, "set").await })).await
}

async fn is_set(store: &Store, tenant: TenantId, key: &str) -> bool {
    let key = key.to_owned();
    let read = store.read(move |tx| Box::pin(async move { tx.setting(tenant, &key).await }));
    read.await.unwrap().is_some()
}

async fn a_refused_unit_takes_back_itself_alone(school: School) {
    let (store, tenant) = (&school.store, school.tenant);
    let refuse = store.write(move |tx| {
        Box::pin(async move {
            tx.save_setting(tenant, "refused", "set").await?;
            tokio::task::yield_now().await;
            Err::<(), _>(Refusal::Closed)
        })
    });
    // All in one group on SQLite: the first unit makes the others wait for it.
    let (a, refused, b) = tokio::join!(set(store, tenant, "a"), refuse, set(store, tenant, "b"));
    assert_eq!((a, refused, b), (Ok(()), Err(Refusal::Closed), Ok(())));
    assert!(is_set(store, tenant, "a").await);
    assert!(!is_set(store, tenant, "refused").await);
    assert!(is_set(store, tenant, "b").await);
}

async fn a_panic_takes_back_its_unit_and_nothing_else(school: School) {
    let (store, tenant) = (&school.store, school.tenant);
    let panics = write::<(), _>(store, move |tx| {
        Box::pin(async move {
            tx.save_setting(tenant, "panicked", "set").await?;
            panic!("on purpose");
        })
    });
    let panics_early = write::<(), _>(store, move |_| panic!("on purpose"));
    let (a, late, early, b) = tokio::join!(set(store, tenant, "a"), panics, panics_early, set(store, tenant, "b"));
    assert_eq!((a, b), (Ok(()), Ok(())));
    assert!(matches!(late, Err(StoreError::Bug(_))));
    assert!(matches!(early, Err(StoreError::Bug(_))));
    assert!(!is_set(store, tenant, "panicked").await);
    assert_eq!(set(store, tenant, "afterwards").await, Ok(()));
    assert!(is_set(store, tenant, "afterwards").await);
}

async fn a_refusal_that_asked_for_nothing_takes_nothing_back(school: School) {
    let (store, tenant) = (&school.store, school.tenant);
    let refuse = || store.write(move |_| Box::pin(async move { Err::<(), _>(Refusal::Closed) }));
    // Two of them stand together, and one at the end of the group, on SQLite.
    let (a, _, _, b, last) =
        tokio::join!(set(store, tenant, "a"), refuse(), refuse(), set(store, tenant, "b"), refuse());
    assert_eq!((a, b, last), (Ok(()), Ok(()), Err(Refusal::Closed)));
    assert!(is_set(store, tenant, "a").await);
    assert!(is_set(store, tenant, "b").await);
}

async fn a_count_is_of_its_own_statement_alone(school: School) {
    let (store, tenant) = (&school.store, school.tenant);
    let delete =
        |key: &'static str| write(store, move |tx| Box::pin(async move { tx.delete_setting(tenant, key).await }));
    // On SQLite the second and the third follow what changed a row, in one group with it.
    let (set, b, c) = tokio::join!(set(store, tenant, "a"), delete("b"), delete("c"));
    assert_eq!((set, b, c), (Ok(()), Ok(0), Ok(0)));
    assert_eq!(delete("a").await, Ok(1));
}

async fn a_unit_cannot_go_on_after_a_statement_failed(school: School) {
    let (store, tenant) = (&school.store, school.tenant);
    let stubborn = write(store, move |tx| {
        Box::pin(async move {
            tx.save_setting(tenant, "stubborn", "set").await?;
            let nobody = StudentId(new_id());
            assert_eq!(tx.lock_student_head(tenant, nobody).await, Err(StoreError::Missing));
            assert!(matches!(tx.save_setting(tenant, "more", "set").await, Err(StoreError::Bug(_))));
            Ok(())
        })
    });
    assert!(matches!(stubborn.await, Err(StoreError::Bug(_))));
    assert!(!is_set(store, tenant, "stubborn").await);
}

async fn a_thousand_units_at_once_all_arrive(school: School) {
    let (tenant, student) = (school.tenant, school.student().await);
    let mut writes = tokio::task::JoinSet::new();
    for nth in 0..1_000 {
        let (store, event) = (school.store.clone(), event(student));
        writes.spawn(async move {
            match nth % 10 {
                // One in ten is refused after it has written.
                0 => {
                    let refused = store.write(move |tx| {
                        Box::pin(async move {
                            append(tx, tenant, event).await?;
                            Err::<(), _>(Refusal::Closed)
                        })
                    });
                    assert_eq!(refused.await, Err(Refusal::Closed));
                    0
                }
                _ => record(&store, tenant, event).await.unwrap(),
            }
        });
    }
    let mut positions = writes.join_all().await;
    positions.retain(|position| *position != 0);
    positions.sort_unstable();
    assert_eq!(positions, (1..=900).collect::<Vec<i64>>());
    assert_eq!(school.events(student).await.len(), 900);
}

async fn a_caller_who_leaves_cancels_nothing(school: School) {
    let (store, tenant) = (school.store.clone(), school.tenant);
    let (begun, has_begun) = tokio::sync::oneshot::channel();
    let caller = tokio::spawn(async move {
        write(&store, move |tx| {
            Box::pin(async move {
                begun.send(()).unwrap();
                tokio::time::sleep(Duration::from_millis(50)).await;
                tx.save_setting(tenant, "left", "set").await
            })
        })
        .await
    });
    has_begun.await.unwrap();
    caller.abort();
    for _ in 0..100 {
        if is_set(&school.store, tenant, "left").await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the unit did not run to its end");
}

async fn a_unit_that_takes_too_long_is_taken_back(school: School) {
    let options = Options { unit_time_max: Duration::from_millis(50), ..patient() };
    let (store, tenant) = (Store::open(&school.url, options).await.unwrap(), school.tenant);
    let slow = write(&store, move |tx| {
        Box::pin(async move {
            tx.save_setting(tenant, "slow", "set").await?;
            tokio::time::sleep(Duration::from_secs(60)).await;
            Ok(())
        })
    });
    assert!(matches!(slow.await, Err(StoreError::Bug(_))));
    assert!(!is_set(&store, tenant, "slow").await);
    assert_eq!(set(&store, tenant, "afterwards").await, Ok(()));
}

async fn a_reader_cannot_write(school: School) {
    let tenant = school.tenant;
    let write = school.store.read(move |tx| Box::pin(async move { tx.save_setting(tenant, "sneaked", "set").await }));
    assert!(write.await.is_err());
    assert!(!is_set(&school.store, tenant, "sneaked").await);
    let student = school.student().await;
    let write = school
        .store
        .read(move |tx| Box::pin(async move { tx.save_skill_state(tenant, &skill_state(student, "sneaked")).await }));
    assert!(write.await.is_err());
}

async fn a_reader_sees_one_moment(school: School) {
    let (store, tenant) = (school.store.clone(), school.tenant);
    let writer = school.store.clone();
    let seen = store
        .read(move |tx| {
            Box::pin(async move {
                let before = tx.setting(tenant, "later").await?;
                set(&writer, tenant, "later").await?;
                Ok::<_, StoreError>((before, tx.setting(tenant, "later").await?))
            })
        })
        .await
        .unwrap();
    assert_eq!(seen, (None, None));
    assert!(is_set(&store, tenant, "later").await);
}

async fn a_closed_store_is_unavailable(school: School) {
    let (store, tenant) = (school.store.clone(), school.tenant);
    set(&store, tenant, "before").await.unwrap();
    store.close().await;
    assert!(matches!(set(&store, tenant, "after").await, Err(StoreError::Unavailable(_))));
    assert!(matches!(store.check().await, Err(StoreError::Unavailable(_))));
    let again = Store::open(&school.url, Options::default()).await.unwrap();
    assert!(is_set(&again, tenant, "before").await);
    assert!(!is_set(&again, tenant, "after").await);
}

async fn the_store_says_that_it_is_well(school: School) {
    assert_eq!(school.store.check().await, Ok(()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_its_group_and_reads_go_on_and_it_recovers() {
    let school = School::sqlite_with(Options { file_bytes_max: Some(400 * 4096), ..patient() }).await;
    let (store, tenant) = (&school.store, school.tenant);
    let content = |nth: usize| Content { hash: format!("{nth:04}"), kind: "item".into(), body: vec![1; 3_000] };
    let student = school.student().await;
    school.record(event(student)).await.unwrap();

    let mut writes = tokio::task::JoinSet::new();
    for nth in 0..1_000 {
        let (store, content) = (store.clone(), content(nth));
        let add = async move {
            write(&store, move |tx| Box::pin(async move { tx.insert_content(tenant, &content).await })).await
        };
        writes.spawn(async move { (nth, add.await) });
    }
    let answers = writes.join_all().await;

    let kept = store.read(move |tx| Box::pin(async move { tx.content_hashes(tenant, "", 9_999).await }));
    let kept: Vec<String> = kept.await.unwrap();
    for (nth, answer) in &answers {
        let is_kept = kept.contains(&content(*nth).hash);
        match answer {
            Ok(()) => assert!(is_kept, "acknowledged and lost"),
            Err(StoreError::Unavailable(_)) => assert!(!is_kept, "refused and kept"),
            Err(error) => panic!("{error}"),
        }
    }
    assert!(answers.iter().any(|(_, answer)| answer.is_ok()));
    assert!(answers.iter().any(|(_, answer)| answer.is_err()));

    let erase = write(store, move |tx| Box::pin(async move { tx.erase_student(tenant, student, NOW).await }));
    assert!(erase.await.is_ok(), "the writer goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_programs_lock_makes_the_store_busy_for_a_while() {
    let school = School::sqlite_with(Options { wait_max: Duration::from_millis(200), ..Options::default() }).await;
    let (store, tenant) = (&school.store, school.tenant);
    let mut other = sqlx::SqliteConnection::connect(&school.url).await.unwrap();
    other.execute("begin immediate").await.unwrap();

    let begun = Instant::now();
    let (a, b, c) = tokio::join!(set(store, tenant, "a"), set(store, tenant, "b"), set(store, tenant, "c"));
    for answer in [a, b, c] {
        assert!(matches!(answer, Err(StoreError::Unavailable(_))));
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "those who waited together are answered together");
    assert!(!is_set(store, tenant, "a").await, "reads go on");

    other.execute("rollback").await.unwrap();
    assert_eq!(set(store, tenant, "a").await, Ok(()));
}
