//! The store: where a school's record is kept, on SQLite or on PostgreSQL.
//!
//! It knows rows of bytes, ids, milliseconds and small texts, and holds no decision. All writing goes through
//! [`Store::write`], which runs one *unit of work*: everything in it happens, or nothing does, and the caller hears of it
//! only when it is on disk. All reading goes through [`Store::read`], which sees the store as it was at one moment.
//!
//! A unit is a closure over [`Tx`], which has one method a query. The caller's own refusals take a unit back:
//!
//! ```
//! use store::{Event, PersonId, Store, StoreError, StudentId, TenantId};
//!
//! enum Refusal {
//!     Full,
//!     Store(StoreError),
//! }
//!
//! impl From<StoreError> for Refusal {
//!     fn from(error: StoreError) -> Self {
//!         Refusal::Store(error)
//!     }
//! }
//!
//! async fn record(store: &Store, tenant: TenantId, student: StudentId, mut event: Event) -> Result<i64, Refusal> {
//!     store
//!         .write(move |tx| {
//!             Box::pin(async move {
//!                 let mut head = tx.lock_student_head(tenant, student).await?;
//!                 if head.position == 1_000_000 {
//!                     return Err(Refusal::Full);
//!                 }
//!                 head.position += 1;
//!                 event.position = head.position;
//!                 tx.insert_event(tenant, &event).await?;
//!                 tx.save_student_head(tenant, &head).await?;
//!                 Ok(head.position)
//!             })
//!         })
//!         .await
//! }
//!
//! async fn given_name(store: &Store, tenant: TenantId, id: PersonId) -> Result<String, StoreError> {
//!     let person = store.read(move |tx| Box::pin(async move { tx.person(tenant, id).await })).await?;
//!     Ok(person.ok_or(StoreError::Missing)?.given_name)
//! }
//! ```
//!
//! A statement that fails ends its unit, on both databases: further calls on the same [`Tx`] fail, and nothing of the
//! unit is kept even if the closure answers `Ok`. A unit waits for nothing but its `Tx`; on SQLite all others wait for it.

mod backup;
mod error;
mod notices;
mod open;
mod read_sqlite;
mod schema;
mod tx;
mod unit;
mod write_postgres;
mod write_sqlite;

pub use error::StoreError;
pub use notices::Listener;
pub use open::{Options, Store};
pub use schema::Schema;
pub use store_rows::*;
pub use tx::Tx;
pub use unit::UnitFuture;
