//! Writing to PostgreSQL: each unit is a transaction on a connection of its own. Units that touch one student wait for
//! each other at the lock on the student's head, on this node and on others.

use crate::{StoreError, Tx, error::ConstraintNames, unit::Unit};
use sqlx::PgPool;
use std::time::Duration;

/// Starts the unit; it runs to the end even if nobody waits for it any more.
pub(crate) fn start(pool: PgPool, unit: Box<dyn Unit>, time_max: Duration) {
    tokio::spawn(async move {
        let mut transaction = match pool.begin().await {
            Ok(transaction) => transaction,
            Err(error) => return unit.refuse(StoreError::unavailable(&error)),
        };
        let names = ConstraintNames::new();
        let mut tx = Tx::postgres(&mut transaction, &names);
        let finished = unit.run(&mut tx, time_max).await;
        let ended = match finished.keep {
            true => transaction.commit().await,
            // A connection that cannot roll back is closed, which rolls back too.
            false => transaction.rollback().await.or(Ok(())),
        };
        (finished.answer)(ended.map_err(|error| StoreError::from_sqlx(error, &names)));
    });
}
