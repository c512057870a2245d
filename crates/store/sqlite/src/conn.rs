//! A connection whose statements can bring something along.
//!
//! Every statement crosses to its connection's thread and back, which costs more than most statements do. What begins a
//! reader's moment or stands between two units therefore travels with the statement after it.

use futures_util::{
    FutureExt, StreamExt,
    future::{self, BoxFuture},
    stream::{self, BoxStream},
};
use sqlx::{
    AssertSqlSafe, Connection, Either, Error, Execute, Executor, SqlStr, Sqlite, SqliteConnection, query, query_with,
    sqlite::{SqliteArguments, SqliteQueryResult, SqliteRow, SqliteStatement, SqliteTypeInfo},
};

/// What goes before a statement: commands that return no rows.
#[derive(Clone, Copy, Debug)]
pub struct Lead {
    /// The commands, with a semicolon after each.
    pub sql: &'static str,
    /// How many they are.
    pub commands: usize,
}

/// A connection to a SQLite file.
#[derive(Debug)]
pub struct Conn {
    connection: SqliteConnection,
    lead: Option<Lead>,
}

impl From<SqliteConnection> for Conn {
    fn from(connection: SqliteConnection) -> Self {
        Self { connection, lead: None }
    }
}

impl Conn {
    /// Goes before the next statement, and fails with it. A statement is on its way at its first step, so one that is
    /// given up later has taken its lead along.
    pub fn lead(&mut self, lead: Lead) {
        self.lead = Some(lead);
    }

    /// True while no statement has taken along what goes before it.
    pub fn leads(&self) -> bool {
        self.lead.is_some()
    }

    /// Asks for a command without waiting until it is done; the next statement is. How it ends is not heard.
    pub fn start(&mut self, command: &'static str) {
        // Its first step puts it into the queue of the connection's thread, which works through it whoever listens.
        drop(query(command).execute(&mut self.connection).now_or_never());
    }

    /// Finishes what was asked for and closes the file.
    pub async fn close(self) -> sqlx::Result<()> {
        self.connection.close().await
    }
}

/// A statement with its lead.
fn led<'q, E: Execute<'q, Sqlite>>(lead: Lead, mut statement: E) -> sqlx::Result<impl Execute<'q, Sqlite>> {
    let arguments = statement.take_arguments().map_err(Error::Encode)?.unwrap_or_default();
    // Both are texts of ours; values are bound.
    let sql = AssertSqlSafe(format!("{}{}", lead.sql, statement.sql().as_str()));
    Ok(query_with::<Sqlite, SqliteArguments>(sql, arguments))
}

impl<'c> Executor<'c> for &'c mut Conn {
    type Database = Sqlite;

    fn fetch_many<'e, 'q, E>(self, statement: E) -> BoxStream<'e, sqlx::Result<Either<SqliteQueryResult, SqliteRow>>>
    where
        'c: 'e,
        'q: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        let Some(lead) = self.lead else { return self.connection.fetch_many(statement) };
        let statement = match led(lead, statement) {
            Ok(statement) => statement,
            Err(error) => return stream::once(future::ready(Err(error))).boxed(),
        };
        self.lead = None;
        // What the lead's commands did is not what the statement did.
        let of_lead = move |(nth, step): &(usize, sqlx::Result<_>)| *nth < lead.commands && step.is_ok();
        let steps = self.connection.fetch_many(statement).enumerate();
        steps.filter(move |step| future::ready(!of_lead(step))).map(|(_, step)| step).boxed()
    }

    fn fetch_optional<'e, 'q, E>(self, statement: E) -> BoxFuture<'e, sqlx::Result<Option<SqliteRow>>>
    where
        'c: 'e,
        'q: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        let Some(lead) = self.lead else { return self.connection.fetch_optional(statement) };
        let statement = match led(lead, statement) {
            Ok(statement) => statement,
            Err(error) => return future::ready(Err(error)).boxed(),
        };
        self.lead = None;
        self.connection.fetch_optional(statement)
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [SqliteTypeInfo],
    ) -> BoxFuture<'e, sqlx::Result<SqliteStatement>>
    where
        'c: 'e,
    {
        self.connection.prepare_with(sql, parameters)
    }

    #[doc(hidden)]
    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, sqlx::Result<sqlx::Describe<Sqlite>>>
    where
        'c: 'e,
    {
        self.connection.describe(sql)
    }
}
