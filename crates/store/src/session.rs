//! One connection, for as long as one command takes.

use sqlx::{AssertSqlSafe, PgConnection, Postgres, Transaction, pool::PoolConnection};

use crate::{Store, StoreError};

/// One connection. Each write commits by itself, or, when the session was [locked](Store::locked_session),
/// with [`Session::commit`]; a locked session that is dropped has changed nothing.
#[derive(Debug)]
pub struct Session(Inner);

#[derive(Debug)]
enum Inner {
    Plain(PoolConnection<Postgres>),
    Locked(Transaction<'static, Postgres>),
}

/// The rows that a command locks before it reads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Locks {
    /// The title: its queue of holds.
    pub bib: Option<i64>,
    /// The item: where it is.
    pub item: Option<i64>,
    /// The household: how much its members have.
    pub household: Option<i64>,
}

impl Locks {
    /// One after the other in one message. Numbers only: nothing that anybody typed is among them.
    fn statements(self) -> Option<String> {
        let rows = [
            ("bib", self.bib),
            ("item", self.item),
            ("household", self.household),
        ];
        let locks: Vec<String> = rows
            .into_iter()
            .filter_map(|(table, id)| {
                let id = id?;
                Some(format!(
                    "SELECT id FROM {table} WHERE id = {id} FOR NO KEY UPDATE"
                ))
            })
            .collect();
        (!locks.is_empty()).then(|| locks.join(";"))
    }
}

impl Store {
    /// Takes one connection for one command.
    pub async fn session(&self) -> Result<Session, StoreError> {
        Ok(Session(Inner::Plain(self.pool.acquire().await?)))
    }

    /// Takes one connection, opens a transaction and takes the guards' row locks, bib, item, household, in this
    /// order everywhere. Facts are then read by a later statement, so that they are seen as the locks' former
    /// holders left them.
    ///
    /// This is the way out for a command whose guards were missed several times: slower, and certain.
    pub async fn locked_session(&self, locks: Locks) -> Result<Session, StoreError> {
        // Two round trips: taken together with BEGIN, a lock that fails would leave behind a connection in a
        // transaction that sqlx knows nothing of.
        let mut transaction = self.pool.begin().await?;
        if let Some(statements) = locks.statements() {
            sqlx::raw_sql(AssertSqlSafe(statements))
                .execute(&mut *transaction)
                .await?;
        }
        Ok(Session(Inner::Locked(transaction)))
    }
}

impl Session {
    pub(crate) fn pg(&mut self) -> &mut PgConnection {
        match &mut self.0 {
            Inner::Plain(connection) => connection,
            Inner::Locked(transaction) => transaction,
        }
    }

    /// Commits what a locked session wrote; for a plain one everything is committed already.
    pub async fn commit(self) -> Result<(), StoreError> {
        if let Inner::Locked(transaction) = self.0 {
            transaction.commit().await?;
        }
        Ok(())
    }
}
