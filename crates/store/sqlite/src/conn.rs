//! A connection whose statements can bring something along.
//!
//! Every statement crosses to its connection's thread and back, which costs more than most statements do. What begins a
//! reader's moment, what stands between two units and what a unit writes without asking for an answer therefore travel
//! with the statement after them.

use futures_util::{
    FutureExt, StreamExt,
    future::{self, BoxFuture},
    stream::{self, BoxStream},
};
use sqlx::{
    Arguments, AssertSqlSafe, Connection, Either, Error, Execute, Executor, SqlStr, Sqlite, SqliteConnection, query,
    query_with,
    sqlite::{SqliteArguments, SqliteQueryResult, SqliteRow, SqliteStatement, SqliteTypeInfo},
};
use uuid::Uuid;

/// What goes before a statement: commands that return no rows.
#[derive(Clone, Copy, Debug)]
pub struct Lead {
    /// The commands, with a semicolon after each.
    pub sql: &'static str,
    /// How many they are.
    pub commands: usize,
}

/// How many writes wait at most: each number of them is a statement of its own, prepared once.
const WRITES_MAX: usize = 8;

/// A connection to a SQLite file.
#[derive(Debug)]
pub struct Conn {
    connection: SqliteConnection,
    waiting: Waiting,
}

/// What the next statement takes along.
#[derive(Debug, Default)]
struct Waiting {
    lead: Option<Lead>,
    writes: Vec<Write>,
}

/// A write of which nothing is asked but that it succeeds.
#[derive(Debug)]
pub struct Write {
    /// One command, its values numbered from `$1` in the order of their first use.
    pub sql: &'static str,
    /// The values.
    pub values: Vec<Value>,
}

/// A value of a [`Write`].
#[derive(Clone, Debug)]
pub enum Value {
    /// A whole number, or a truth as 1 and 0.
    Integer(Option<i64>),
    /// A text.
    Text(Option<String>),
    /// Bytes, as which ids are kept too.
    Blob(Vec<u8>),
}

impl From<SqliteConnection> for Conn {
    fn from(connection: SqliteConnection) -> Self {
        Self { connection, waiting: Waiting::default() }
    }
}

impl Conn {
    /// Goes before the next statement, and fails with it. A statement is on its way at its first step, so one that is
    /// given up later has taken its lead along.
    pub fn lead(&mut self, lead: Lead) {
        self.waiting.lead = Some(lead);
    }

    /// True while no statement has taken along what goes before it.
    pub fn leads(&self) -> bool {
        self.waiting.lead.is_some()
    }

    /// Goes before the next statement, and fails with it; or, when there are many, now.
    pub async fn write(&mut self, write: Write) -> sqlx::Result<()> {
        self.waiting.writes.push(write);
        if self.waiting.writes.len() < WRITES_MAX { Ok(()) } else { self.flush().await }
    }

    /// Forgets what waits to be written.
    pub fn forget_writes(&mut self) {
        self.waiting.writes.clear();
    }

    /// Writes what waits.
    pub async fn flush(&mut self) -> sqlx::Result<()> {
        let Some(last) = self.waiting.writes.pop() else { return Ok(()) };
        let mut arguments = SqliteArguments::default();
        last.bind(&mut arguments)?;
        query_with::<Sqlite, SqliteArguments>(last.sql, arguments).execute(self).await?;
        Ok(())
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

impl Write {
    fn bind(&self, arguments: &mut SqliteArguments) -> sqlx::Result<()> {
        let add = |value: &Value| match value {
            Value::Integer(number) => arguments.add(*number),
            Value::Text(text) => arguments.add(text.clone()),
            Value::Blob(bytes) => arguments.add(bytes.clone()),
        };
        self.values.iter().try_for_each(add).map_err(Error::Encode)
    }
}

impl Waiting {
    fn is_empty(&self) -> bool {
        self.lead.is_none() && self.writes.is_empty()
    }

    fn commands(&self) -> usize {
        self.lead.map_or(0, |lead| lead.commands) + self.writes.len()
    }

    /// A statement with all that goes before it. Its own values keep their numbers; those of the writes follow.
    fn before<'q, E: Execute<'q, Sqlite>>(self, mut statement: E) -> sqlx::Result<impl Execute<'q, Sqlite>> {
        let mut arguments = statement.take_arguments().map_err(Error::Encode)?.unwrap_or_default();
        let mut sql = self.lead.map_or_else(String::new, |lead| lead.sql.to_owned());
        for write in &self.writes {
            renumber(write.sql, arguments.len(), &mut sql);
            sql.push_str("; ");
            write.bind(&mut arguments)?;
        }
        sql.push_str(statement.sql().as_str());
        // All are texts of ours; values are bound.
        Ok(query_with::<Sqlite, SqliteArguments>(AssertSqlSafe(sql), arguments))
    }
}

/// Writes a command whose values follow `before` others.
fn renumber(command: &str, before: usize, to: &mut String) {
    let mut parts = command.split('$');
    to.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: usize = part[..digits].parse().unwrap_or_default();
        to.push_str(&format!("${}{}", number + before, &part[digits..]));
    }
}

macro_rules! values {
    ($($type:ty: $value:ident => $of:expr;)*) => {$(
        impl From<&$type> for Value {
            fn from($value: &$type) -> Self {
                $of
            }
        }
    )*};
}

values! {
    i64: number => Self::Integer(Some(*number));
    Option<i64>: number => Self::Integer(*number);
    bool: truth => Self::Integer(Some(i64::from(*truth)));
    String: text => Self::Text(Some(text.clone()));
    Option<String>: text => Self::Text(text.clone());
    Vec<u8>: bytes => Self::Blob(bytes.clone());
    Uuid: id => Self::Blob(id.into_bytes().to_vec());
}

impl<'c> Executor<'c> for &'c mut Conn {
    type Database = Sqlite;

    fn fetch_many<'e, 'q, E>(self, statement: E) -> BoxStream<'e, sqlx::Result<Either<SqliteQueryResult, SqliteRow>>>
    where
        'c: 'e,
        'q: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        if self.waiting.is_empty() {
            return self.connection.fetch_many(statement);
        }
        let waiting = std::mem::take(&mut self.waiting);
        let commands = waiting.commands();
        let statement = match waiting.before(statement) {
            Ok(statement) => statement,
            Err(error) => return stream::once(future::ready(Err(error))).boxed(),
        };
        // What the commands before it did is not what the statement did.
        let before = move |(nth, step): &(usize, sqlx::Result<_>)| *nth < commands && step.is_ok();
        let steps = self.connection.fetch_many(statement).enumerate();
        steps.filter(move |step| future::ready(!before(step))).map(|(_, step)| step).boxed()
    }

    fn fetch_optional<'e, 'q, E>(self, statement: E) -> BoxFuture<'e, sqlx::Result<Option<SqliteRow>>>
    where
        'c: 'e,
        'q: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        if self.waiting.is_empty() {
            return self.connection.fetch_optional(statement);
        }
        match std::mem::take(&mut self.waiting).before(statement) {
            Ok(statement) => self.connection.fetch_optional(statement),
            Err(error) => future::ready(Err(error)).boxed(),
        }
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
