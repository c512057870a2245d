//! What is written comes back the same, slice by slice.

use crate::{on_both, school::*};
use store::*;
use uuid::Uuid;

on_both! {
    a_school_is_found_by_its_host,
    people_are_found_by_id_address_and_name,
    a_name_that_is_taken_is_a_conflict_with_the_same_name_on_both_databases,
    a_student_signs_in_only_by_the_code_of_a_class_they_are_in_now,
    sessions_end_one_by_one_by_person_and_by_class,
    misses_are_counted_and_forgotten,
    a_link_works_once,
    a_class_shows_who_is_in_it_now,
    a_version_is_seen_when_it_is_published,
    content_is_kept_once,
    the_class_has_one_line_a_student,
    hands_go_up_and_down,
    assignments_reach_their_students,
    verdicts_and_audit_come_newest_first,
    one_node_takes_a_job,
    a_job_that_waits_is_cancelled_at_once,
    the_last_publication_is_in_force,
    students_of_other_versions_are_found,
    settings_are_replaced,
}

async fn a_school_is_found_by_its_host(school: School) {
    let tenant = school.tenant;
    school
        .store
        .write(move |tx| {
            Box::pin(async move {
                tx.update_organization(tenant, "Oak", Some("oak.example"), "Europe/Berlin").await?;
                let oak = tx.organization_by_host("oak.example").await?.unwrap();
                assert_eq!((oak.tenant_id, &*oak.name, &*oak.zone), (tenant, "Oak", "Europe/Berlin"));
                assert_eq!(tx.organizations().await?, vec![oak.clone()]);
                assert_eq!(tx.organization(tenant).await?, Some(oak));
                assert_eq!(tx.organization_by_host("elm.example").await?, None);
                Ok::<_, StoreError>(())
            })
        })
        .await
        .unwrap();
}

async fn people_are_found_by_id_address_and_name(school: School) {
    let tenant = school.tenant;
    let mut row = person("teacher");
    row.email = Some("Ada@Example.org".into());
    row.sign_in_name = Some("ada".into());
    write(&school.store, move |tx| {
        Box::pin(async move {
            tx.insert_person(tenant, &row).await?;
            let found = Some(row.clone());
            assert_eq!(tx.person(tenant, row.id).await?, found);
            assert_eq!(tx.person_by_email(tenant, "aDA@example.ORG").await?, found);
            assert_eq!(tx.person_by_sign_in_name(tenant, "ada").await?, found);
            assert_eq!(tx.people_by_role(tenant, "teacher").await?, vec![row.clone()]);
            assert_eq!(tx.people(tenant, None, 10).await?, vec![row.clone()]);
            assert_eq!(tx.people(tenant, Some(row.id), 10).await?, vec![]);

            row.given_name = "Augusta".into();
            assert_eq!(tx.update_person(tenant, &row).await?, 1);
            assert_eq!(tx.set_password_hash(tenant, row.id, Some("hash")).await?, 1);
            assert_eq!(tx.set_pin_nonce(tenant, row.id, None).await?, 1);
            assert_eq!(tx.set_preferences(tenant, row.id, "es", "{\"calm\":true}").await?, 1);
            assert_eq!(tx.archive_person(tenant, row.id, Some(NOW)).await?, 1);
            let changed = Person {
                password_hash: Some("hash".into()),
                pin_nonce: None,
                locale: "es".into(),
                preferences: "{\"calm\":true}".into(),
                archived_at: Some(NOW),
                ..row.clone()
            };
            assert_eq!(tx.person(tenant, row.id).await?, Some(changed));
            assert_eq!(tx.people_by_role(tenant, "teacher").await?, vec![]);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn a_name_that_is_taken_is_a_conflict_with_the_same_name_on_both_databases(school: School) {
    let tenant = school.tenant;
    let (ada, class) = (person("teacher"), class());
    let add = (ada.clone(), class.clone());
    write(&school.store, move |tx| {
        Box::pin(async move {
            tx.insert_person(tenant, &add.0).await?;
            tx.insert_class(tenant, &add.1).await
        })
    })
    .await
    .unwrap();

    let same_id = Person { sign_in_name: None, email: None, ..ada.clone() };
    let same_address = Person { email: ada.email.map(|email| email.to_uppercase()), ..person("teacher") };
    let same_name = Person { sign_in_name: ada.sign_in_name, ..person("teacher") };
    for (row, constraint) in
        [(same_id, "person_pk"), (same_address, "person_email"), (same_name, "person_sign_in_name")]
    {
        let add = write(&school.store, move |tx| Box::pin(async move { tx.insert_person(tenant, &row).await }));
        assert_eq!(add.await, Err(StoreError::Conflict(constraint.into())));
    }
    let same_code = Class { code: class.code, ..crate::school::class() };
    let add = write(&school.store, move |tx| Box::pin(async move { tx.insert_class(tenant, &same_code).await }));
    assert_eq!(add.await, Err(StoreError::Conflict("class_code".into())));
    let nobody = enrollment(class.id, PersonId(new_id()), "student");
    let add = write(&school.store, move |tx| Box::pin(async move { tx.enroll(tenant, &nobody).await }));
    assert_eq!(add.await, Err(StoreError::Missing));
}

async fn a_student_signs_in_only_by_the_code_of_a_class_they_are_in_now(school: School) {
    let tenant = school.tenant;
    let (row, class, other) = (person("student"), class(), class());
    write(&school.store, move |tx| {
        Box::pin(async move {
            tx.insert_person(tenant, &row).await?;
            tx.insert_class(tenant, &class).await?;
            tx.insert_class(tenant, &other).await?;
            tx.enroll(tenant, &enrollment(class.id, row.id, "student")).await?;
            tx.end_enrollment(tenant, class.id, row.id, "student", NOW + 10).await?;
            let name = row.sign_in_name.clone().unwrap();
            let name = name.as_str();
            assert_eq!(tx.student_by_class_code(tenant, &class.code, name, NOW + 9).await?, Some(row));
            assert_eq!(tx.student_by_class_code(tenant, &class.code, name, NOW + 10).await?, None);
            assert_eq!(tx.student_by_class_code(tenant, &class.code, name, NOW - 1).await?, None);
            assert_eq!(tx.student_by_class_code(tenant, &other.code, name, NOW).await?, None);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn sessions_end_one_by_one_by_person_and_by_class(school: School) {
    let tenant = school.tenant;
    let class = school.class().await;
    let (ann, ben) = (school.student().await.person(), school.student().await.person());
    write(&school.store, move |tx| {
        Box::pin(async move {
            let (a, b, c) = (session(ann, None), session(ann, Some(class)), session(ben, Some(class)));
            for row in [&a, &b, &c] {
                tx.insert_session(tenant, row).await?;
            }
            assert_eq!(tx.session(tenant, &a.token_hash).await?, Some(a.clone()));
            assert_eq!(tx.sessions_of_person(tenant, ann).await?.len(), 2);
            assert_eq!(tx.sessions_of_class(tenant, class).await?.len(), 2);
            assert_eq!(tx.touch_session(tenant, &a.token_hash, NOW + 1, NOW + 2).await?, 1);
            assert_eq!(tx.revoke_session(tenant, a.id, NOW).await?, 1);
            assert_eq!(tx.touch_session(tenant, &a.token_hash, NOW + 1, NOW + 2).await?, 0);
            assert_eq!(tx.revoke_sessions_of_person(tenant, ann, NOW).await?, 1);
            assert_eq!(tx.revoke_sessions_of_class(tenant, class, NOW).await?, 1);
            assert_eq!(tx.session(tenant, &c.token_hash).await?.unwrap().revoked_at, Some(NOW));
            assert_eq!(tx.delete_expired_sessions(tenant, NOW + 3).await?, 1);
            assert_eq!(tx.delete_expired_sessions(tenant, i64::MAX).await?, 2);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn misses_are_counted_and_forgotten(school: School) {
    let tenant = school.tenant;
    write(&school.store, move |tx| {
        Box::pin(async move {
            assert_eq!(tx.count_sign_in_miss(tenant, "ann", NOW).await?, 1);
            assert_eq!(tx.count_sign_in_miss(tenant, "ann", NOW + 5).await?, 2);
            let mut miss = tx.sign_in_miss(tenant, "ann").await?.unwrap();
            assert_eq!((miss.misses, miss.first_at, miss.last_at, miss.blocked_until), (2, NOW, NOW + 5, 0));
            miss.blocked_until = NOW + 30;
            tx.save_sign_in_miss(tenant, &miss).await?;
            assert_eq!(tx.sign_in_miss(tenant, "ann").await?, Some(miss));
            assert_eq!(tx.delete_old_sign_in_misses(tenant, NOW + 20).await?, 0);
            assert_eq!(tx.delete_old_sign_in_misses(tenant, NOW + 31).await?, 1);
            assert_eq!(tx.clear_sign_in_miss(tenant, "ann").await?, 0);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn a_link_works_once(school: School) {
    let tenant = school.tenant;
    write(&school.store, move |tx| {
        Box::pin(async move {
            let link = OneTimeLink {
                token_hash: vec![1; 32],
                purpose: "first_admin".into(),
                created_at: NOW,
                expires_at: NOW + 10,
                used_at: None,
            };
            tx.insert_one_time_link(tenant, &link).await?;
            assert_eq!(tx.one_time_link(tenant, &[1; 32]).await?, Some(link));
            assert!(!tx.use_one_time_link(tenant, &[1; 32], NOW + 10).await?);
            assert!(tx.use_one_time_link(tenant, &[1; 32], NOW + 9).await?);
            assert!(!tx.use_one_time_link(tenant, &[1; 32], NOW + 9).await?);
            assert_eq!(tx.delete_expired_one_time_links(tenant, NOW + 11).await?, 1);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn a_class_shows_who_is_in_it_now(school: School) {
    let tenant = school.tenant;
    let (teacher, student, mut class) = (person("teacher"), person("student"), class());
    write(&school.store, move |tx| {
        Box::pin(async move {
            tx.insert_person(tenant, &teacher).await?;
            tx.insert_person(tenant, &student).await?;
            tx.insert_class(tenant, &class).await?;
            tx.enroll(tenant, &enrollment(class.id, teacher.id, "substitute")).await?;
            tx.enroll(tenant, &enrollment(class.id, student.id, "student")).await?;
            assert_eq!(tx.end_enrollment(tenant, class.id, teacher.id, "substitute", NOW + 10).await?, 1);

            let roles = |people: Vec<ClassPerson>| people.into_iter().map(|person| person.role).collect::<Vec<_>>();
            assert_eq!(roles(tx.class_people(tenant, class.id, NOW).await?), ["substitute", "student"]);
            assert_eq!(roles(tx.class_people(tenant, class.id, NOW + 10).await?), ["student"]);
            let mine = tx.classes_of_person(tenant, teacher.id, NOW).await?;
            assert_eq!((mine[0].id, &*mine[0].role, mine[0].ends_at), (class.id, "substitute", Some(NOW + 10)));
            assert!(tx.classes_of_person(tenant, teacher.id, NOW + 10).await?.is_empty());
            assert_eq!(tx.enrollments(tenant, class.id, teacher.id).await?.len(), 1);
            assert_eq!(tx.enrollments_of_person(tenant, student.id).await?[0].class_id, class.id);

            class.archived_at = Some(NOW);
            assert_eq!(tx.update_class(tenant, &class).await?, 1);
            assert_eq!(tx.class(tenant, class.id).await?, Some(class.clone()));
            assert_eq!(tx.class_by_code(tenant, &class.code).await?, Some(class.clone()));
            assert_eq!(tx.classes(tenant).await?, vec![class]);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn a_version_is_seen_when_it_is_published(school: School) {
    let tenant = school.tenant;
    write(&school.store, move |tx| {
        Box::pin(async move {
            let course = Course {
                id: "algebra".into(),
                published_version: None,
                title: "{\"en\":\"Algebra\"}".into(),
                created_at: NOW,
            };
            let version = CourseVersion {
                course_id: "algebra".into(),
                version: "v1".into(),
                structure: vec![1; 100_000],
                report: vec![2],
                created_at: NOW,
                published_at: None,
            };
            tx.save_course(tenant, &course).await?;
            tx.insert_course_version(tenant, &version).await?;
            assert_eq!(tx.course_version(tenant, "algebra", "v1").await?, Some(version.clone()));
            assert_eq!(tx.published_course_version(tenant, "algebra").await?, None);
            assert_eq!(tx.publish_course(tenant, "algebra", "v2", NOW).await?, 0);
            assert_eq!(tx.publish_course(tenant, "algebra", "v1", NOW).await?, 1);
            let published = CourseVersion { published_at: Some(NOW), ..version };
            assert_eq!(tx.published_course_version(tenant, "algebra").await?, Some(published));
            assert_eq!(tx.course_versions(tenant, "algebra").await?.len(), 1);

            tx.save_course(tenant, &course).await?;
            let shown = tx.course(tenant, "algebra").await?.unwrap();
            assert_eq!(shown.published_version.as_deref(), Some("v1"), "saving a title unpublishes nothing");
            assert_eq!(tx.courses(tenant).await?, vec![shown]);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn content_is_kept_once(school: School) {
    let tenant = school.tenant;
    write(&school.store, move |tx| {
        Box::pin(async move {
            let item = |hash: &str| Content { hash: hash.into(), kind: "item".into(), body: vec![3; 10] };
            for hash in ["b", "a", "b"] {
                tx.insert_content(tenant, &item(hash)).await?;
            }
            assert_eq!(tx.content(tenant, "a").await?, Some(item("a")));
            assert_eq!(tx.contents(tenant, "", 10).await?, vec![item("a"), item("b")]);
            assert_eq!(tx.content_hashes(tenant, "a", 10).await?, ["b"]);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn the_class_has_one_line_a_student(school: School) {
    let tenant = school.tenant;
    let class = school.class().await;
    let (quiet, busy) = (school.student().await, school.student().await);
    school.enroll(class, quiet).await;
    school.enroll(class, busy).await;
    school.record(event(busy)).await.unwrap();
    write(&school.store, move |tx| {
        Box::pin(async move {
            let mut head = tx.lock_student_head(tenant, busy).await?;
            head.live = b"working".to_vec();
            tx.save_student_head(tenant, &head).await?;
            tx.save_skill_state(tenant, &skill_state(busy, "slope")).await?;
            let lines = tx.class_rows(tenant, class, NOW).await?;
            let lines: Vec<_> = lines.into_iter().map(|line| (line.student_id, line.position, line.live)).collect();
            assert_eq!(lines, [(quiet, 0, None), (busy, 1, Some(b"working".to_vec()))]);
            let skills = tx.class_skill_states(tenant, class, "algebra", NOW).await?;
            assert_eq!(skills, [skill_state(busy, "slope")]);
            let shown = tx.class_skills(tenant, class, "algebra", NOW).await?;
            assert_eq!((shown[0].student_id, &*shown[0].skill_id, shown[0].level_step), (busy, "slope", 3));
            let page = ClassEventsPage { class, kind: "answered", from: 0, before: i64::MAX, now: NOW, limit: 10 };
            assert_eq!(tx.class_events(tenant, &page).await?.len(), 1);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn hands_go_up_and_down(school: School) {
    let tenant = school.tenant;
    let (class, student) = (school.class().await, school.student().await);
    write(&school.store, move |tx| {
        Box::pin(async move {
            tx.raise_hand(tenant, &hand(class, student)).await?;
            assert_eq!(tx.raised_hands(tenant, class).await?, [hand(class, student)]);
            assert_eq!(tx.lower_hand(tenant, class, student, NOW + 1).await?, 1);
            assert_eq!(tx.lower_hand(tenant, class, student, NOW + 2).await?, 0);
            assert_eq!(tx.raised_hands(tenant, class).await?, []);
            assert_eq!(tx.hands_of_student(tenant, student).await?[0].lowered_at, Some(NOW + 1));
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn assignments_reach_their_students(school: School) {
    let tenant = school.tenant;
    let (class, student) = (school.class().await, school.student().await);
    write(&school.store, move |tx| {
        Box::pin(async move {
            let row = assignment(class);
            let to = AssignmentStudent { assignment_id: row.id, student_id: student, done_at: None };
            tx.insert_assignment(tenant, &row).await?;
            tx.assign_student(tenant, &to).await?;
            assert_eq!(tx.assignment(tenant, row.id).await?, Some(row.clone()));
            assert_eq!(tx.assignments_of_class(tenant, class).await?, vec![row.clone()]);
            assert_eq!(tx.finish_assignment(tenant, row.id, student, NOW + 5).await?, 1);
            assert_eq!(tx.finish_assignment(tenant, row.id, student, NOW + 6).await?, 0);
            tx.assign_student(tenant, &to).await?;
            assert_eq!(tx.assignment_students_of_class(tenant, class).await?[0].done_at, Some(NOW + 5));
            assert_eq!(tx.cancel_assignment(tenant, row.id, Some(NOW + 7)).await?, 1);
            let mine = tx.assignments_of_student(tenant, student).await?;
            assert_eq!((mine[0].id, mine[0].cancelled_at), (row.id, Some(NOW + 7)));
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn verdicts_and_audit_come_newest_first(school: School) {
    let tenant = school.tenant;
    let (class, student) = (school.class().await, school.student().await);
    write(&school.store, move |tx| {
        Box::pin(async move {
            let verdict = alert_verdict(class, student);
            tx.insert_alert_verdict(tenant, &verdict).await?;
            assert_eq!(tx.alert_verdicts(tenant, class, NOW).await?, vec![verdict.clone()]);
            assert_eq!(tx.alert_verdicts_of_student(tenant, student).await?, vec![verdict]);

            let subject = new_id();
            let lines = [audit(subject, 1), audit(new_id(), 2), audit(subject, 3)];
            for line in &lines {
                tx.insert_audit(tenant, line).await?;
            }
            let end = (i64::MAX, Uuid::max());
            let page = tx.audit_page(tenant, end, 2).await?;
            assert_eq!(page, [lines[2].clone(), lines[1].clone()]);
            assert_eq!(tx.audit_page(tenant, (2, lines[1].id), 2).await?, [lines[0].clone()]);
            assert_eq!(tx.audit_of_subject(tenant, subject, end, 9).await?, [lines[2].clone(), lines[0].clone()]);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn one_node_takes_a_job(school: School) {
    let tenant = school.tenant;
    let row = job("refold");
    let (id, first) = (row.id, row.clone());
    write(&school.store, move |tx| Box::pin(async move { tx.insert_job(tenant, &first).await })).await.unwrap();
    let second = job("refold");
    let clash = write(&school.store, move |tx| Box::pin(async move { tx.insert_job(tenant, &second).await })).await;
    assert_eq!(clash, Err(StoreError::Conflict("job_active".into())), "one of a kind at a time");
    write(&school.store, move |tx| {
        Box::pin(async move {
            assert_eq!(tx.next_job(tenant, NOW).await?, Some(row.clone()));
            assert!(tx.take_job(tenant, id, NOW + 1, NOW + 10).await?);
            assert!(!tx.take_job(tenant, id, NOW + 2, NOW + 10).await?);
            assert_eq!(tx.next_job(tenant, NOW + 2).await?, None);
            let mut taken = tx.job(tenant, id).await?.unwrap();
            assert_eq!((&*taken.state, taken.started_at, taken.taken_until), ("running", Some(NOW + 1), NOW + 10));
            (taken.progress_done, taken.taken_until) = (3, NOW + 20);
            assert!(tx.move_job(tenant, &taken).await?);
            assert_eq!(tx.job(tenant, id).await?, Some(taken.clone()));
            // Its server falls silent, and another one takes it.
            assert_eq!(tx.next_job(tenant, NOW + 21).await?.map(|job| job.id), Some(id));
            assert!(tx.take_job(tenant, id, NOW + 21, NOW + 30).await?);
            assert!(!tx.move_job(tenant, &taken).await?, "the one that was silent has it no more");
            assert!(!tx.end_job(tenant, &taken).await?);
            assert_eq!(tx.cancel_job(tenant, id, NOW + 22).await?, 1);
            let mut asked = tx.job(tenant, id).await?.unwrap();
            assert_eq!(asked.state, "cancelling");
            assert!(!tx.move_job(tenant, &asked).await?, "it hears that it shall stop");
            (asked.state, asked.finished_at, asked.taken_until) = ("cancelled".into(), Some(NOW + 23), 0);
            assert!(tx.end_job(tenant, &asked).await?);
            assert_eq!(tx.newest_jobs(tenant, "refold", 9).await?, vec![asked]);
            assert_eq!(tx.cancel_job(tenant, id, NOW + 24).await?, 0);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn a_job_that_waits_is_cancelled_at_once(school: School) {
    let tenant = school.tenant;
    write(&school.store, move |tx| {
        Box::pin(async move {
            let row = job("refit");
            tx.insert_job(tenant, &row).await?;
            assert_eq!(tx.cancel_job(tenant, row.id, NOW + 1).await?, 1);
            let over = tx.job(tenant, row.id).await?.unwrap();
            assert_eq!((&*over.state, over.finished_at), ("cancelled", Some(NOW + 1)));
            assert_eq!(tx.next_job(tenant, NOW + 2).await?, None);
            tx.insert_job(tenant, &job("refit")).await
        })
    })
    .await
    .unwrap();
}

fn job(kind: &str) -> Job {
    Job {
        id: new_id(),
        kind: kind.into(),
        state: "waiting".into(),
        progress_done: 0,
        progress_total: 10,
        detail: "{}".into(),
        created_at: NOW,
        started_at: None,
        finished_at: None,
        error: None,
        asked_by: None,
        result: None,
        taken_until: 0,
    }
}

async fn the_last_publication_is_in_force(school: School) {
    let tenant = school.tenant;
    let (course, by) = school.course_and_teacher().await;
    write(&school.store, move |tx| {
        Box::pin(async move {
            assert_eq!(tx.parameters_in_force(tenant).await?, vec![]);
            let version = ParameterVersion {
                course_id: course.clone(),
                number: 1,
                constants: b"{}".to_vec(),
                origin: "{}".into(),
                figures: "{}".into(),
                compared_with: 0,
                may_be_published: true,
                made_at: NOW,
                made_by: by,
            };
            tx.insert_parameter_version(tenant, &version).await?;
            assert_eq!(tx.parameter_version(tenant, &course, 1).await?, Some(version));
            assert_eq!(tx.parameter_version(tenant, &course, 2).await?, None);
            assert_eq!(tx.parameter_versions(tenant, &course).await?.len(), 1);
            let publication = |turn, number| ParameterPublication {
                course_id: course.clone(),
                turn,
                number,
                published_at: NOW + turn,
                published_by: by,
            };
            tx.insert_parameter_publication(tenant, &publication(1, 1)).await?;
            tx.insert_parameter_publication(tenant, &publication(2, 0)).await?;
            assert_eq!(tx.parameters_in_force(tenant).await?, vec![publication(2, 0)]);
            assert_eq!(tx.parameter_publications(tenant, &course).await?, vec![publication(2, 0), publication(1, 1)]);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn students_of_other_versions_are_found(school: School) {
    let (tenant, student) = (school.tenant, school.student().await);
    school.record(event(student)).await.unwrap();
    write(&school.store, move |tx| {
        Box::pin(async move {
            let mut head = tx.lock_student_head(tenant, student).await?;
            (head.engine_version, head.parameter_version) = ("2".into(), "a".into());
            tx.save_student_head(tenant, &head).await?;
            for (versions, found) in [(("2", "a"), 0), (("2", "b"), 1), (("3", "a"), 1)] {
                assert_eq!(tx.count_students_folded_otherwise(tenant, versions).await?, found);
                let page = tx.students_folded_otherwise(tenant, versions, None, 9).await?;
                assert_eq!(page.len() as i64, found);
                assert_eq!(tx.students_folded_otherwise(tenant, versions, Some(student), 9).await?, vec![]);
            }
            let mut known = skill_state(student, "slope");
            known.answers = 3;
            tx.save_skill_state(tenant, &known).await?;
            known.skill_id = "intercept".into();
            tx.save_skill_state(tenant, &known).await?;
            let told = tx.course_evidence(tenant, &known.course_id).await?;
            assert_eq!(told, vec![StudentEvidence { student_id: student, answers: 6 }]);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn settings_are_replaced(school: School) {
    let tenant = school.tenant;
    write(&school.store, move |tx| {
        Box::pin(async move {
            tx.save_setting(tenant, "seed", "1").await?;
            tx.save_setting(tenant, "seed", "2").await?;
            assert_eq!(tx.setting(tenant, "seed").await?.as_deref(), Some("2"));
            assert_eq!(tx.delete_setting(tenant, "seed").await?, 1);
            assert_eq!(tx.setting(tenant, "seed").await?, None);
            Ok(())
        })
    })
    .await
    .unwrap();
}
