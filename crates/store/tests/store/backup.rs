//! A copy of the store while it is in use.

use crate::school::*;
use sqlx::Row;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use store::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_while_writing_opens_and_is_whole() {
    let school = School::sqlite().await;
    let (tenant, student) = (school.tenant, school.student().await);
    let (store, stop) = (school.store.clone(), Arc::new(AtomicBool::new(false)));
    for _ in 0..50 {
        school.record(event(student)).await.unwrap();
    }
    let writer = tokio::spawn({
        let stop = stop.clone();
        async move {
            while !stop.load(Ordering::Relaxed) {
                record(&store, tenant, event(student)).await.unwrap();
            }
        }
    });

    let to = school.folder.path().join("backup.db");
    school.store.backup(&to).await.unwrap();
    school.store.backup(&to).await.expect("a backup replaces an older one");
    stop.store(true, Ordering::Relaxed);
    writer.await.unwrap();

    let url = format!("sqlite:{}", to.display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    let verdict = sqlx::query("pragma integrity_check").fetch_one(&pool).await.unwrap();
    assert_eq!(verdict.get::<String, _>(0), "ok");
    pool.close().await;

    let restored = Store::open(&url, Options::default()).await.unwrap();
    let read = restored.read(move |tx| {
        Box::pin(async move {
            let events = tx.events_after_position(tenant, student, 0, 100_000).await?;
            Ok::<_, StoreError>((events.len() as i64, tx.student_head(tenant, student).await?.unwrap().position))
        })
    });
    let (events, position) = read.await.unwrap();
    assert!(events >= 50);
    assert_eq!(events, position, "the copy is of one moment");
    assert!(!school.folder.path().join("backup.db.part").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_cannot_be_made_leaves_nothing() {
    let school = School::sqlite().await;
    let nowhere = school.folder.path().join("no such folder").join("backup.db");
    assert!(matches!(school.store.backup(&nowhere).await, Err(StoreError::Unavailable(_))));
    assert_eq!(school.store.check().await, Ok(()));
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_has_its_own_tool() {
    if let Some(school) = School::postgres().await {
        let refused = school.store.backup(std::path::Path::new("backup.sql")).await.unwrap_err();
        assert!(refused.to_string().contains("pg_dump"));
    }
}
