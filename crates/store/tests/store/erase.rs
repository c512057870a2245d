//! Erasing a student leaves no row of theirs, in any table that names one.

use crate::{on_both, school::*};
use sqlx::{AssertSqlSafe, Row, SqlitePool};
use store::*;

on_both![erasing_takes_the_student_and_nobody_else, a_long_stream_goes_in_chunks];

/// Writes a row into every table that names a student.
async fn a_full_record(school: &School, class: ClassId) -> StudentId {
    let (tenant, student) = (school.tenant, school.student().await);
    school.enroll(class, student).await;
    school.record(event(student)).await.unwrap();
    write(&school.store, move |tx| {
        Box::pin(async move {
            let task = assignment(class);
            tx.insert_session(tenant, &session(student.person(), Some(class))).await?;
            tx.insert_presentation(tenant, &presentation(student)).await?;
            tx.save_skill_state(tenant, &skill_state(student, "slope")).await?;
            tx.insert_snapshot(tenant, &snapshot(student, 1, NOW)).await?;
            tx.insert_assignment(tenant, &task).await?;
            let to = AssignmentStudent { assignment_id: task.id, student_id: student, done_at: None };
            tx.assign_student(tenant, &to).await?;
            tx.raise_hand(tenant, &hand(class, student)).await?;
            tx.insert_alert_verdict(tenant, &alert_verdict(class, student)).await?;
            tx.insert_audit(tenant, &audit(student.0, NOW)).await
        })
    })
    .await
    .unwrap();
    student
}

async fn erasing_takes_the_student_and_nobody_else(school: School) {
    let (tenant, class) = (school.tenant, school.class().await);
    let (gone, stays) = (a_full_record(&school, class).await, a_full_record(&school, class).await);

    let erase = write(&school.store, move |tx| Box::pin(async move { tx.erase_student(tenant, gone, NOW + 5).await }));
    assert_eq!(erase.await, Ok(11), "one row in each table that is erased");
    let again = write(&school.store, move |tx| Box::pin(async move { tx.erase_student(tenant, gone, NOW + 9).await }));
    assert_eq!(again.await, Ok(0));

    let seen = school.store.read(move |tx| {
        Box::pin(async move {
            assert_eq!(tx.erased_at(tenant, gone).await?, Some(NOW + 5));
            assert_eq!(tx.erased_at(tenant, stays).await?, None);
            assert_eq!(tx.erasures(tenant).await?, [Erasure { student_id: gone, at: NOW + 5 }]);
            assert_eq!(tx.class_rows(tenant, class, NOW).await?.len(), 1);
            assert_eq!(tx.skill_states(tenant, stays, "algebra").await?.len(), 1);
            tx.events_after_position(tenant, stays, 0, 9).await
        })
    });
    assert_eq!(seen.await.unwrap().len(), 1);
    assert_eq!(school.events(gone).await, []);
}

async fn a_long_stream_goes_in_chunks(school: School) {
    let (tenant, student) = (school.tenant, school.student().await);
    for _ in 0..5 {
        school.record(event(student)).await.unwrap();
    }
    write(&school.store, move |tx| {
        Box::pin(async move {
            tx.insert_presentation(tenant, &presentation(student)).await?;
            tx.insert_snapshot(tenant, &snapshot(student, 1, NOW)).await
        })
    })
    .await
    .unwrap();
    let begin = Erasure { student_id: student, at: NOW };
    assert_eq!(
        write(&school.store, move |tx| Box::pin(async move { tx.begin_erasure(tenant, &begin).await })).await,
        Ok(1)
    );
    assert_eq!(school.record(event(student)).await, Err(StoreError::Erased), "nothing comes in while it shrinks");
    for (gone, left) in [(2, 3), (2, 1), (1, 0), (1, 0), (1, 0), (0, 0)] {
        let erase =
            write(&school.store, move |tx| Box::pin(async move { tx.erase_some_rows(tenant, student, 2).await }));
        assert_eq!(erase.await, Ok(gone));
        assert_eq!(school.events(student).await.len(), left);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_column_that_names_a_person_is_in_the_erase_and_export_lists() {
    let school = School::sqlite().await;
    let class = school.class().await;
    let gone = a_full_record(&school, class).await;
    let pool = SqlitePool::connect(&school.url).await.unwrap();

    // Ids of people are all the ids but these.
    let others = ["tenant_id", "class_id", "assignment_id"];
    let columns = "select t.name, c.name
        from sqlite_schema t
        join pragma_table_info(t.name) c
        where t.type = 'table'
        and t.name not like '\\_sqlx%' escape '\\'
        and lower(c.type) = 'blob'
        and (c.name like '%\\_id' escape '\\' or c.name like '%\\_by' escape '\\' or (t.name, c.name) = ('person', 'id'))
        order by t.name, c.name";
    let mut found: Vec<(String, String)> = sqlx::query_as(columns).fetch_all(&pool).await.unwrap();
    found.retain(|(_, column)| !others.contains(&column.as_str()));
    let mut listed: Vec<_> =
        PERSON_COLUMNS.iter().map(|named| (named.table.to_owned(), named.column.to_owned())).collect();
    listed.sort();
    assert_eq!(found, listed, "add the column to PERSON_COLUMNS in store/rows");

    let count = async |column: &PersonColumn| {
        let sql = format!("select count(*) from {} where {} = $1", column.table, column.column);
        sqlx::query(AssertSqlSafe(sql)).bind(gone.0).fetch_one(&pool).await.unwrap().get::<i64, _>(0)
    };
    for column in PERSON_COLUMNS.iter().filter(|column| column.erase == Erase::Rows) {
        assert_eq!(count(column).await, 1, "{} has a row to erase", column.table);
    }
    let tenant = school.tenant;
    write(&school.store, move |tx| Box::pin(async move { tx.erase_student(tenant, gone, NOW).await })).await.unwrap();
    for column in PERSON_COLUMNS.iter().filter(|column| column.erase == Erase::Rows) {
        assert_eq!(count(column).await, 0, "{} is erased", column.table);
    }
}
