//! The store as its callers meet it. Every test runs on SQLite and on PostgreSQL, with the same body.

mod backup;
mod erase;
mod kill;
mod queries;
mod schema;
mod school;
mod slices;
mod stream;
mod tenants;
mod units;

/// Makes of each named body one test on SQLite and one on PostgreSQL.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(crate::school::School::sqlite().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                if let Some(school) = crate::school::School::postgres().await {
                    super::$name(school).await;
                }
            })*
        }
    };
}
pub(crate) use on_both;
