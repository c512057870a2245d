//! SQLite tells which columns clashed, PostgreSQL which constraint. This table turns the first into the second.

use sqlx::{Result, SqliteConnection};
use std::collections::BTreeMap;

/// Names of unique constraints by the columns that SQLite reports, such as `person.tenant_id, person.sign_in_name`.
pub type ConstraintNames = BTreeMap<String, String>;

/// Reads them from the schema. A primary key is called after its table.
pub async fn constraint_names(c: &mut SqliteConnection) -> Result<ConstraintNames> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "select group_concat(t.name || '.' || k.name, ', ' order by k.seqno),
            case i.origin when 'pk' then t.name || '_pk' else i.name end
        from sqlite_schema t
        join pragma_index_list(t.name) i
        join pragma_index_info(i.name) k
        where t.type = 'table'
        and i.\"unique\"
        and k.name is not null
        group by t.name, i.name",
    )
    .fetch_all(c)
    .await?;
    Ok(rows.into_iter().collect())
}
