//! What belongs to one school cannot be seen or changed through another.

use crate::{on_both, school::*};
use store::*;
use uuid::Uuid;

on_both![another_school_sees_nothing_and_changes_nothing];

async fn another_school_sees_nothing_and_changes_nothing(school: School) {
    let (ours, theirs) = (school.tenant, TenantId(new_id()));
    school.add_tenant(theirs).await;
    let (class, student) = (school.class().await, school.student().await);
    school.enroll(class, student).await;
    let answered = event(student);
    school.record(answered.clone()).await.unwrap();
    let (shown, task, ours_session) =
        (presentation(student), assignment(class), session(student.person(), Some(class)));
    write(&school.store, move |tx| {
        Box::pin(async move {
            tx.insert_presentation(ours, &shown).await?;
            tx.insert_assignment(ours, &task).await?;
            tx.insert_session(ours, &ours_session).await?;
            tx.save_skill_state(ours, &skill_state(student, "slope")).await?;
            tx.insert_snapshot(ours, &snapshot(student, 1, NOW)).await?;
            tx.raise_hand(ours, &hand(class, student)).await?;
            tx.insert_audit(ours, &audit(student.0, NOW)).await?;

            let person = student.person();
            assert_eq!(tx.person(theirs, person).await?, None);
            assert_eq!(tx.people(theirs, None, 9).await?, []);
            assert_eq!(tx.class(theirs, class).await?, None);
            assert_eq!(tx.class_people(theirs, class, NOW).await?, []);
            assert_eq!(tx.class_rows(theirs, class, NOW).await?, []);
            assert_eq!(tx.classes_of_person(theirs, person, NOW).await?, []);
            assert_eq!(tx.session(theirs, &ours_session.token_hash).await?, None);
            assert_eq!(tx.event_by_id(theirs, student, answered.id).await?, None);
            assert_eq!(tx.events_after_position(theirs, student, 0, 9).await?, []);
            assert_eq!(tx.events_in_order(theirs, student, &EventOrder::before(0), 9).await?, []);
            assert_eq!(tx.presentation(theirs, student, shown.id).await?, None);
            assert_eq!(tx.student_head(theirs, student).await?, None);
            assert_eq!(tx.skill_states(theirs, student, "algebra").await?, []);
            assert_eq!(tx.class_skill_states(theirs, class, "algebra", NOW).await?, []);
            assert_eq!(tx.snapshot_before(theirs, student, i64::MAX).await?, None);
            assert_eq!(tx.assignment(theirs, task.id).await?, None);
            assert_eq!(tx.raised_hands(theirs, class).await?, []);
            assert_eq!(tx.audit_page(theirs, (i64::MAX, Uuid::max()), 9).await?, []);

            assert_eq!(tx.archive_person(theirs, person, Some(NOW)).await?, 0);
            assert_eq!(tx.revoke_session(theirs, ours_session.id, NOW).await?, 0);
            assert_eq!(tx.revoke_sessions_of_class(theirs, class, NOW).await?, 0);
            assert_eq!(tx.cancel_assignment(theirs, task.id, Some(NOW)).await?, 0);
            assert_eq!(tx.lower_hand(theirs, class, student, NOW).await?, 0);
            assert_eq!(tx.delete_skill_states(theirs, student, "algebra").await?, 0);
            assert_eq!(tx.erase_student(theirs, student, NOW).await?, 0);
            Ok(())
        })
    })
    .await
    .unwrap();

    let lock = write(&school.store, move |tx| Box::pin(async move { tx.lock_student_head(theirs, student).await }));
    // They have erased whoever has this id, so they take nothing more for it.
    assert_eq!(lock.await, Err(StoreError::Erased));
    let row = enrollment(class, student.person(), "teacher");
    let enroll = write(&school.store, move |tx| Box::pin(async move { tx.enroll(theirs, &row).await }));
    assert_eq!(enroll.await, Err(StoreError::Missing));
    assert_eq!(school.events(student).await.len(), 1);
}
