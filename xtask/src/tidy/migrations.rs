//! Migrations: both databases take the same steps under the same names.

use super::{Place, Rule};
use std::collections::BTreeSet;

const FOLDER: &str = "crates/store/migrations/";
const ENGINES: &[&str] = &["sqlite", "postgres"];

pub const RULES: &[Rule] = &[
    Rule {
        name: "migrations-for-both",
        reason: "a school may move from SQLite to PostgreSQL; a step that one of them lacks makes two products",
        check: |house| {
            let names = |engine: &str| -> BTreeSet<&str> {
                let folder = format!("{FOLDER}{engine}/");
                house.tree.files.iter().filter_map(|file| file.path.strip_prefix(&folder)).collect()
            };
            let (sqlite, postgres) = (names(ENGINES[0]), names(ENGINES[1]));
            let lacking = |engine: &str, name: &str| Place::new(format!("{FOLDER}{engine}/{name}"), 0, "is missing");
            let in_postgres = sqlite.difference(&postgres).map(|name| lacking(ENGINES[1], name));
            let in_sqlite = postgres.difference(&sqlite).map(|name| lacking(ENGINES[0], name));
            in_postgres.chain(in_sqlite).collect()
        },
    },
    Rule {
        name: "migrations-in-order",
        reason: "migrations run by number: two with one number run in an order nobody chose",
        check: |house| {
            let mut places = Vec::new();
            for engine in ENGINES {
                let folder = format!("{FOLDER}{engine}/");
                let mut seen = BTreeSet::new();
                for file in house.tree.under(&folder, &["sql"]) {
                    let number = file.name().split('_').next().unwrap_or_default();
                    if number.len() != 4 || number.parse::<u32>().is_err() || !seen.insert(number) {
                        places.push(Place::new(
                            &file.path,
                            0,
                            "wants four digits of its own, as in 0007_add_plan_goals.sql",
                        ));
                    }
                }
            }
            places
        },
    },
];

#[cfg(test)]
mod tests {
    use super::super::planted::{Planted, check};

    #[test]
    fn a_migration_for_one_database_is_found() {
        check(
            &Planted::clean().file("crates/store/migrations/sqlite/0002_goals.sql", "select 1;"),
            &["crates/store/migrations/postgres/0002_goals.sql: is missing | migrations-for-both"],
        );
        check(
            &Planted::clean().file("crates/store/migrations/postgres/0002_goals.sql", "select 1;"),
            &["crates/store/migrations/sqlite/0002_goals.sql: is missing | migrations-for-both"],
        );
    }

    #[test]
    fn a_number_used_twice_is_found() {
        let planted = Planted::clean().file("crates/store/migrations/sqlite/0001_plans.sql", "select 1;");
        let expected = "wants four digits of its own, as in 0007_add_plan_goals.sql | migrations-in-order";
        check(
            &planted.file("crates/store/migrations/postgres/0001_plans.sql", "select 1;"),
            &[
                &format!("crates/store/migrations/sqlite/0001_plans.sql: {expected}"),
                &format!("crates/store/migrations/postgres/0001_plans.sql: {expected}"),
            ],
        );
    }
}
