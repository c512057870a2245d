//! One student's stream: no event twice, no position twice, no gap.

use crate::{on_both, school::*};
use store::*;

on_both! {
    the_same_event_twice_is_kept_once,
    a_position_that_is_taken_is_a_conflict,
    what_waits_to_be_written_fails_with_its_unit,
    a_unit_that_failed_writes_nothing_later,
    two_nodes_on_one_student_leave_no_gap_and_no_double,
    events_come_in_the_order_in_which_things_happened,
    newest_events_come_by_kind_page_by_page,
    a_head_needs_a_person_and_a_lock,
    skills_come_all_or_some,
    a_head_comes_with_some_skills,
    a_fold_starts_from_the_snapshot_before,
    presentations_are_found_by_their_student_alone,
}

async fn the_same_event_twice_is_kept_once(school: School) {
    let student = school.student().await;
    let first = event(student);

    assert_eq!(school.record(first.clone()).await, Ok(1));
    assert_eq!(school.record(event(student)).await, Ok(2));
    assert_eq!(school.record(first.clone()).await, Ok(1));

    let tenant = school.tenant;
    let again = Event { position: 3, ..first.clone() };
    let insert = write(&school.store, move |tx| Box::pin(async move { tx.insert_event(tenant, &again).await }));
    assert_eq!(insert.await, Err(StoreError::Conflict("event_id".into())));
    assert_eq!(school.events(student).await[0], Event { position: 1, ..first });
    assert_eq!(school.events(student).await.len(), 2);
}

async fn a_position_that_is_taken_is_a_conflict(school: School) {
    let (tenant, student) = (school.tenant, school.student().await);
    school.record(event(student)).await.unwrap();
    let careless = Event { position: 1, ..event(student) };
    let insert = write(&school.store, move |tx| Box::pin(async move { tx.insert_event(tenant, &careless).await }));
    assert_eq!(insert.await, Err(StoreError::Conflict("event_pk".into())));
}

async fn what_waits_to_be_written_fails_with_its_unit(school: School) {
    let (tenant, student) = (school.tenant, school.student().await);
    school.record(event(student)).await.unwrap();
    let careless = Event { position: 1, ..event(student) };
    let insert = write(&school.store, move |tx| {
        Box::pin(async move {
            for name in ["slope", "area"] {
                tx.save_skill_state(tenant, &skill_state(student, name)).await?;
            }
            tx.insert_event(tenant, &careless).await?;
            // The first that is asked for after it hears of it.
            tx.student_head(tenant, student).await
        })
    });
    assert_eq!(insert.await, Err(StoreError::Conflict("event_pk".into())));
    let skills =
        school.store.read(move |tx| Box::pin(async move { tx.skill_states(tenant, student, "algebra").await }));
    assert_eq!(skills.await, Ok::<_, StoreError>(vec![]));
    assert_eq!(school.record(event(student)).await, Ok(2));
}

async fn a_unit_that_failed_writes_nothing_later(school: School) {
    let (tenant, student) = (school.tenant, school.student().await);
    let given_up = write(&school.store, move |tx| {
        Box::pin(async move {
            tx.save_skill_state(tenant, &skill_state(student, "slope")).await?;
            Err::<(), _>(StoreError::Missing)
        })
    });
    assert_eq!(given_up.await, Err(StoreError::Missing));
    school.record(event(student)).await.unwrap();
    let skills =
        school.store.read(move |tx| Box::pin(async move { tx.skill_states(tenant, student, "algebra").await }));
    assert_eq!(skills.await, Ok::<_, StoreError>(vec![]));
}

async fn two_nodes_on_one_student_leave_no_gap_and_no_double(school: School) {
    let (tenant, student) = (school.tenant, school.student().await);
    let nodes =
        [Store::open(&school.url, patient()).await.unwrap(), Store::open(&school.url, patient()).await.unwrap()];
    let events: Vec<Event> = (0..200).map(|_| event(student)).collect();

    let mut writes = tokio::task::JoinSet::new();
    for (nth, event) in events.iter().chain(&events[..50]).enumerate() {
        let (node, event) = (nodes[nth % 2].clone(), event.clone());
        writes.spawn(async move { record(&node, tenant, event).await.unwrap() });
    }
    let mut positions = writes.join_all().await;

    positions.sort_unstable();
    positions.dedup();
    assert_eq!(positions, (1..=200).collect::<Vec<i64>>());
    let kept: Vec<i64> = school.events(student).await.iter().map(|event| event.position).collect();
    assert_eq!(kept, (1..=200).collect::<Vec<i64>>());
}

async fn events_come_in_the_order_in_which_things_happened(school: School) {
    let (tenant, student) = (school.tenant, school.student().await);
    // Upper case sorts before lower case on every database, whatever its language.
    let happened = [(1, "b", 9), (2, "B", 1), (2, "a", 1), (2, "a", 2), (3, "A", 0)];
    for nth in [3, 0, 4, 2, 1] {
        let (effective_at, device, device_seq) = happened[nth];
        let event = Event { effective_at, device: device.into(), device_seq, ..event(student) };
        school.record(event).await.unwrap();
    }
    let order = |events: &[Event]| {
        events.iter().map(|event| (event.effective_at, event.device.clone(), event.device_seq)).collect::<Vec<_>>()
    };
    let expected = happened.map(|(at, device, seq)| (at, device.to_owned(), seq));

    let (first, rest, from_two) = school
        .store
        .read(move |tx| {
            Box::pin(async move {
                let first = tx.events_in_order(tenant, student, &EventOrder::before(0), 2).await?;
                let rest = tx.events_in_order(tenant, student, &first[1].order(), 10).await?;
                let from_two = tx.events_in_order(tenant, student, &EventOrder::before(2), 10).await?;
                Ok::<_, StoreError>((first, rest, from_two))
            })
        })
        .await
        .unwrap();

    assert_eq!(order(&first), expected[..2]);
    assert_eq!(order(&rest), expected[2..]);
    assert_eq!(order(&from_two), expected[1..]);
}

async fn newest_events_come_by_kind_page_by_page(school: School) {
    let (tenant, student) = (school.tenant, school.student().await);
    for kind in ["answered", "offered", "answered", "placed", "answered"] {
        school.record(Event { kind: kind.into(), ..event(student) }).await.unwrap();
    }
    let positions = |events: Vec<Event>| events.iter().map(|event| event.position).collect::<Vec<_>>();
    write(&school.store, move |tx| {
        Box::pin(async move {
            let page = tx.newest_events(tenant, student, "answered", i64::MAX, 2).await?;
            assert_eq!(positions(page), [5, 3]);
            let page = tx.newest_events(tenant, student, "answered", 3, 2).await?;
            assert_eq!(positions(page), [1]);
            let kinds = ["offered", "placed", "placed", "placed"];
            let page = tx.newest_events_of_kinds(tenant, student, kinds, i64::MAX, 9).await?;
            assert_eq!(positions(page), [4, 2]);
            assert_eq!(positions(tx.events_after_position(tenant, student, 3, 9).await?), [4, 5]);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn a_head_needs_a_person_and_a_lock(school: School) {
    let (tenant, student) = (school.tenant, school.student().await);
    let nobody = StudentId(new_id());
    let lock = write(&school.store, move |tx| Box::pin(async move { tx.lock_student_head(tenant, nobody).await }));
    assert_eq!(lock.await, Err(StoreError::Missing));

    let unlocked = StudentHead {
        student_id: student,
        position: 1,
        effective_at: NOW,
        device_clock: vec![1],
        engine_version: "1".into(),
        parameter_version: "2".into(),
        course_version: "3".into(),
        state: vec![2],
        live: vec![3],
        updated_at: NOW,
    };
    let head = unlocked.clone();
    let save = write(&school.store, move |tx| Box::pin(async move { tx.save_student_head(tenant, &head).await }));
    assert_eq!(save.await, Err(StoreError::Missing));

    write(&school.store, move |tx| {
        Box::pin(async move {
            assert_eq!(tx.lock_student_head(tenant, student).await?.position, 0);
            tx.save_student_head(tenant, &unlocked).await?;
            assert_eq!(tx.lock_student_head(tenant, student).await?, unlocked);
            assert_eq!(tx.student_head(tenant, student).await?, Some(unlocked));
            assert_eq!(tx.students_with_record(tenant, None, 9).await?, [student]);
            assert_eq!(tx.students_with_record(tenant, Some(student), 9).await?, []);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn skills_come_all_or_some(school: School) {
    let (tenant, student) = (school.tenant, school.student().await);
    write(&school.store, move |tx| {
        Box::pin(async move {
            let names: Vec<String> = (0..20).map(|nth| format!("skill-{nth:02}")).collect();
            for name in &names {
                tx.save_skill_state(tenant, &skill_state(student, name)).await?;
            }
            let better = SkillState { level_step: 4, ..skill_state(student, "skill-03") };
            tx.save_skill_state(tenant, &better).await?;
            assert_eq!(tx.skill_states(tenant, student, "algebra").await?.len(), 20);
            let ten: Vec<&str> = names.iter().map(String::as_str).skip(3).take(10).collect();
            let some = tx.some_skill_states(tenant, student, "algebra", &ten).await?;
            assert_eq!(some.len(), 10);
            assert_eq!(some[0], better);
            assert_eq!(tx.some_skill_states(tenant, student, "algebra", &[]).await?, []);
            assert_eq!(tx.delete_skill_states(tenant, student, "algebra").await?, 20);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn a_head_comes_with_some_skills(school: School) {
    let (tenant, student) = (school.tenant, school.student().await);
    let nobody = StudentId(new_id());
    let lock = write(&school.store, move |tx| {
        Box::pin(async move { tx.lock_head_and_skills(tenant, nobody, new_id(), "algebra", &["skill-03"]).await })
    });
    assert_eq!(lock.await, Err(StoreError::Missing));

    write(&school.store, move |tx| {
        Box::pin(async move {
            assert_eq!(tx.head_and_skills(tenant, student, "algebra", &["skill-03"]).await?, None);
            let locked = tx.lock_head_and_skills(tenant, student, new_id(), "algebra", &["skill-03"]).await?;
            assert_eq!((locked.line.position, locked.event_known, locked.skills), (0, false, vec![]));
            let names: Vec<String> = (0..20).map(|nth| format!("skill-{nth:02}")).collect();
            for name in &names {
                tx.save_skill_state(tenant, &skill_state(student, name)).await?;
            }
            let mut head = tx.lock_student_head(tenant, student).await?;
            head.position = 1;
            let first = Event { position: 1, ..event(student) };
            tx.insert_event(tenant, &first).await?;
            tx.save_student_head(tenant, &head).await?;
            let of = |name: &&str| ((*name).to_owned(), skill_state(student, name).state);
            let ten: Vec<&str> = names.iter().map(String::as_str).skip(3).take(10).collect();
            for some in [&ten[..], &ten[..1], &ten[..8], &[]] {
                let mut locked = tx.lock_head_and_skills(tenant, student, first.id, "algebra", some).await?;
                locked.skills.sort();
                let skills = some.iter().map(of).collect();
                assert_eq!(locked, Locked { line: head.line(), event_known: true, skills });
            }
            let (_, skills) = tx.head_and_skills(tenant, student, "algebra", &["skill-99", "skill-05"]).await?.unwrap();
            assert_eq!(skills, [of(&"skill-05")]);
            let (line, skills) = tx.head_and_skills(tenant, student, "geometry", &ten).await?.unwrap();
            assert_eq!((line, skills), (head.line(), vec![]));
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn a_fold_starts_from_the_snapshot_before(school: School) {
    let (tenant, student) = (school.tenant, school.student().await);
    write(&school.store, move |tx| {
        Box::pin(async move {
            for row in [snapshot(student, 200, 1_000), snapshot(student, 400, 2_000), snapshot(student, 600, 2_000)] {
                tx.insert_snapshot(tenant, &row).await?;
            }
            let before = tx.snapshot_before(tenant, student, 2_000).await?.unwrap();
            assert_eq!(before, snapshot(student, 200, 1_000));
            assert_eq!(tx.snapshot_before(tenant, student, 2_001).await?.unwrap().position, 600);
            assert_eq!(tx.snapshot_before(tenant, student, 1_000).await?, None);
            assert_eq!(tx.delete_snapshots_from(tenant, student, 2_000).await?, 2);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn presentations_are_found_by_their_student_alone(school: School) {
    let tenant = school.tenant;
    let (student, other) = (school.student().await, school.student().await);
    write(&school.store, move |tx| {
        Box::pin(async move {
            let (old, new) = (presentation(student), Presentation { created_at: NOW + 1, ..presentation(student) });
            tx.insert_presentation(tenant, &old).await?;
            tx.insert_presentation(tenant, &new).await?;
            assert_eq!(tx.presentation(tenant, student, old.id).await?, Some(old.clone()));
            assert_eq!(tx.presentation(tenant, other, old.id).await?, None);
            let recent: Vec<_> =
                tx.recent_items(tenant, student, 9).await?.into_iter().map(|item| item.item_id).collect();
            assert_eq!(recent, [new.item_id, old.item_id.clone()]);
            assert_eq!(tx.presentations(tenant, student, NOW + 1, 9).await?, [old]);
            Ok(())
        })
    })
    .await
    .unwrap();
}
