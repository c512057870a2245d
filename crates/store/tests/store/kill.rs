//! A program that is killed while it writes.

use crate::school::*;
use std::{
    env,
    io::{BufRead, BufReader, Write, stdout},
    process::{Command, Stdio},
};
use store::*;

const CHILD: &str = "STORE_TEST_CHILD";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_a_kill_is_there_afterwards() {
    let school = School::sqlite().await;
    let (tenant, student) = (school.tenant, school.student().await);
    school.store.close().await;

    let mut acknowledged = 0;
    for _ in 0..3 {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "kill::the_program_that_is_killed", "--nocapture"])
            .env(CHILD, format!("{} {tenant} {student}", school.url))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let positions = lines.filter_map(|line| line.strip_prefix("position ")?.parse::<i64>().ok());
        for position in positions {
            acknowledged = acknowledged.max(position);
            if position % 100 == 0 {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
    }

    let store = Store::open(&school.url, patient()).await.unwrap();
    let events = School { store, ..school }.events(student).await;
    assert!(acknowledged >= 300 && events.len() as i64 >= acknowledged, "{acknowledged} of {}", events.len());
    assert!(events.iter().zip(1..).all(|(event, position)| event.position == position));
}

/// Writes until it is killed; without being asked to, it does nothing.
#[tokio::test(flavor = "multi_thread")]
async fn the_program_that_is_killed() {
    let Ok(asked) = env::var(CHILD) else { return };
    let [url, tenant, student] = asked.split(' ').collect::<Vec<_>>().try_into().unwrap();
    let (tenant, student): (TenantId, StudentId) = (tenant.parse().unwrap(), student.parse().unwrap());
    let store = Store::open(url, patient()).await.unwrap();
    loop {
        let write = || {
            let store = store.clone();
            tokio::spawn(async move { record(&store, tenant, event(student)).await })
        };
        let writes: Vec<_> = (0..20).map(|_| write()).collect();
        for write in writes {
            let position = write.await.unwrap().unwrap();
            writeln!(stdout(), "position {position}").unwrap();
        }
    }
}
