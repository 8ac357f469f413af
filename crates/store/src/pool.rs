//! The connection pool and the schema's migrations.

use std::{str::FromStr, time::Duration};

use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::StoreError;

/// How many connections a pool holds and how long a caller waits for one.
#[derive(Debug, Clone)]
pub struct PoolSize {
    /// Most connections at once. About four a core: eight do more than sixty-four, terminals queue in the daemon.
    pub connections: u32,
    /// How long a command waits for a connection before it is told that the database is not reachable.
    pub wait: Duration,
    /// The longest that one statement may run.
    pub statement: Duration,
    /// Act as this role, with no more than its rights, whoever the URL logs in as.
    pub role: Option<String>,
}

/// The role that the migrations make for the daemon: it can change neither the schema nor the log.
pub const DAEMON_ROLE: &str = "relire_daemon";

impl Default for PoolSize {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            connections: u32::try_from(cores * 4).unwrap_or(8),
            wait: Duration::from_secs(5),
            statement: Duration::from_secs(5),
            role: None,
        }
    }
}

/// The network's database.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) pool: PgPool,
}

impl Store {
    /// Connects to `url` (`postgres://…`). No connection is opened before the first call needs one.
    pub async fn connect(url: &str, size: &PoolSize) -> Result<Self, StoreError> {
        let statement = size.statement.as_millis().to_string();
        let mut options = PgConnectOptions::from_str(url)?
            .application_name("relire")
            .options([
                // The statements are few and their plans do not depend on the values: plan once a connection.
                ("plan_cache_mode", "force_generic_plan"),
                // Every look-up is by key. A bitmap scan never marks dead index entries, so that a busy card's
                // closed loans would be walked again at each of its next loans.
                ("enable_bitmapscan", "off"),
                ("statement_timeout", statement.as_str()),
                // Acknowledged is durable, whatever the server's default is.
                ("synchronous_commit", "on"),
            ]);
        if let Some(role) = &size.role {
            options = options.options([("role", role.as_str())]);
        }
        // A slow statement shows in the desk's latency; its text has no place in the log.
        let options = options.disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(size.connections)
            .acquire_timeout(size.wait)
            .test_before_acquire(false)
            .connect_lazy_with(options);
        Ok(Self { pool })
    }

    /// Brings the schema up to date. Safe to repeat and to run from several processes at once.
    /// The connection's role must own the schema.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        sqlx::migrate!("./migrations")
            .run(&self.pool)
            .await
            .map_err(|error| StoreError::Migrate(error.to_string()))
    }

    /// Whether the daemon's own role exists and the connection may act as it.
    pub async fn has_daemon_role(&self) -> Result<bool, StoreError> {
        Ok(sqlx::query_scalar!(
            r#"SELECT coalesce((SELECT pg_has_role(oid, 'MEMBER') FROM pg_roles WHERE rolname = $1), false) AS "held!""#,
            DAEMON_ROLE
        )
        .fetch_one(&self.pool)
        .await?)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query_scalar!("SELECT 1 AS \"one!\"")
            .fetch_one(&self.pool)
            .await?;
        Ok(())
    }

    /// How many items are nowhere although they are not withdrawn: more than none means that something wrote
    /// past this crate.
    pub async fn lost_items(&self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            r#"SELECT count(*) AS "n!" FROM item i WHERE i.condition <> 'withdrawn'
                AND NOT EXISTS (SELECT 1 FROM custody c WHERE c.item_id = i.id AND c.until IS NULL)"#
        )
        .fetch_one(&self.pool)
        .await?)
    }

    /// Runs statements as they are, outside of every check: for tests that take a constraint away and for
    /// tools of operators. Nothing that serves calls this.
    pub async fn run_sql(&self, statements: &str) -> Result<(), StoreError> {
        sqlx::raw_sql(AssertSqlSafe(statements))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Asks for one number, outside of every check: for tests that look at what is there.
    pub async fn count(&self, query: &str) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar(AssertSqlSafe(query))
            .fetch_one(&self.pool)
            .await?)
    }

    /// Closes every connection, after the commands in flight.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Makes a database where there is none. `url` leads to another one of the same server.
pub async fn create_database(url: &str, name: &str) -> Result<(), StoreError> {
    let mut connection = PgConnection::connect(url).await?;
    let exists = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1) AS "is!""#,
        name
    )
    .fetch_one(&mut connection)
    .await?;
    if !exists {
        // A name cannot be a parameter here; quoted, it is only ever a name.
        let statement = format!("CREATE DATABASE \"{}\"", name.replace('"', "\"\""));
        let created = sqlx::raw_sql(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await;
        // Another command made it in this very moment.
        let made_meanwhile = |error: &sqlx::Error| {
            let code = error.as_database_error().and_then(|error| error.code());
            matches!(code.as_deref(), Some("42P04" | "23505"))
        };
        if !created.as_ref().is_err_and(made_meanwhile) {
            created?;
        }
    }
    connection.close().await?;
    Ok(())
}
