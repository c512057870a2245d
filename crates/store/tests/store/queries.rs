//! All queries at once, read from what was kept about them for PostgreSQL.

use crate::school::School;
use sqlx::{AssertSqlSafe, Row, SqlitePool};
use std::{fs, path::Path};

fn queries() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("postgres/.sqlx");
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    let mut queries: Vec<String> = files
        .map(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).unwrap()["query"].as_str().unwrap().to_owned())
        .collect();
    queries.sort();
    queries
}

/// How a school is found before anything is known of it.
const BEFORE_A_TENANT: [&str; 3] = ["from organization\n        order by", "where host = $1", "select 1 as"];

#[test]
fn every_query_names_its_school_first() {
    for query in queries() {
        if BEFORE_A_TENANT.iter().any(|known| query.contains(known)) {
            continue;
        }
        let written = query.starts_with("insert into") && query.contains("(tenant_id,") | query.contains("tenant_id, ");
        assert!(written || query.contains("tenant_id = $1"), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_query_finds_its_rows_by_an_index() {
    let school = School::sqlite().await;
    let pool = SqlitePool::connect(&school.url).await.unwrap();
    for query in queries() {
        if BEFORE_A_TENANT.iter().any(|known| query.contains(known)) || query.contains("\n        for update") {
            continue;
        }
        let plan = sqlx::query(AssertSqlSafe(format!("explain query plan {query}"))).fetch_all(&pool).await.unwrap();
        let steps: Vec<String> = plan.iter().map(|step| step.get("detail")).collect();
        assert!(!steps.iter().any(|step| step.starts_with("SCAN")), "{query}\n{steps:#?}");
    }
}
