//! One connection, for as long as one command takes.

use sqlx::{PgConnection, Postgres, Transaction, pool::PoolConnection};

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
        let Locks {
            bib,
            item,
            household,
        } = locks;
        let mut transaction = self.pool.begin().await?;
        if let Some(bib) = bib {
            sqlx::query!("SELECT id FROM bib WHERE id = $1 FOR NO KEY UPDATE", bib)
                .fetch_optional(&mut *transaction)
                .await?;
        }
        if let Some(item) = item {
            sqlx::query!("SELECT id FROM item WHERE id = $1 FOR NO KEY UPDATE", item)
                .fetch_optional(&mut *transaction)
                .await?;
        }
        if let Some(household) = household {
            sqlx::query!(
                "SELECT id FROM household WHERE id = $1 FOR NO KEY UPDATE",
                household
            )
            .fetch_optional(&mut *transaction)
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
