//! Short texts from one node to all others. They are told outside any other work: a transaction that tells something
//! holds a lock of the whole cluster while it commits.

use crate::Conn;
use sqlx::{Result, query};

/// Tells texts on a channel, together. No table is read, so there is nothing to check this query against.
pub async fn tell(c: &mut Conn, channel: &str, texts: &[String]) -> Result<()> {
    query("select pg_notify($1, told) from unnest($2::text[]) as told").bind(channel).bind(texts).execute(c).await?;
    Ok(())
}
