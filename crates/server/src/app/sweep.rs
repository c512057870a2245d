//! Throwing away what has run out: sessions, one-time links, misses at the door. Nothing of a student's record, but for
//! an erasure that was begun and not finished.

use super::{Problem, Shared};
use crate::admin::finish_erasures;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(60 * 60);
/// Sessions and links are kept a week longer than they work, for somebody who asks what happened.
const KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// Misses are forgotten by the rules long before.
const MISSES_KEPT_MS: i64 = 24 * 60 * 60 * 1000;

/// Sweeps once an hour for as long as the server runs.
pub async fn sweep_hourly(app: Shared) {
    loop {
        if let Err(problem) = sweep(&app).await {
            tracing::warn!(kind = problem.kind(), "what has run out could not be thrown away; trying again in an hour");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Sweeps every school once.
pub async fn sweep(app: &Shared) -> Result<(), Problem> {
    let now = app.now();
    let schools = app.store.read(|tx| Box::pin(async move { tx.organizations().await })).await?;
    for school in schools {
        let tenant = school.tenant_id;
        app.store
            .write(move |tx| {
                Box::pin(async move {
                    tx.delete_expired_sessions(tenant, now - KEPT_MS).await?;
                    tx.delete_expired_one_time_links(tenant, now - KEPT_MS).await?;
                    tx.delete_old_sign_in_misses(tenant, now - MISSES_KEPT_MS).await
                })
            })
            .await?;
        finish_erasures(app, tenant, now).await?;
    }
    Ok(())
}
