//! The database: the operator's, by URL, or a private one in the data folder.

use anyhow::Context;
use private_postgres::{Lease, Options};
use store::{DAEMON_ROLE, PoolSize, Store, create_database};

use crate::config::Config;

/// The name of the database in a private cluster.
const DATABASE: &str = "relire";

/// An open database. A private one stays up as long as this lives.
pub(crate) struct Database {
    /// As the daemon: with the rights that serving takes.
    pub(crate) store: Store,
    /// As the owner of the schema: migrations, imports.
    pub(crate) owner: Store,
    /// In a few words, for people.
    pub(crate) described: String,
    _lease: Option<Lease>,
}

/// Opens the database, starts a private one if need be, and brings the schema up to date.
pub(crate) async fn open(config: &Config) -> anyhow::Result<Database> {
    let (url, lease, described) = match &config.database.url {
        Some(url) => (url.clone(), None, "the database of the settings".to_owned()),
        None => {
            let folder = config.data.clone();
            // Starting a server waits for processes and locks.
            let lease = tokio::task::spawn_blocking(move || private_postgres::open(&folder, &Options::default()))
                .await?
                .with_context(|| format!("the private Postgres in {}", config.data.display()))?;
            create_database(&lease.url("postgres"), DATABASE).await.context("creating the database")?;
            (lease.url(DATABASE), Some(lease), format!("the private Postgres in {}", config.data.display()))
        }
    };
    let small = PoolSize { connections: 2, statement: std::time::Duration::from_secs(600), ..PoolSize::default() };
    let owner = Store::connect(&url, &small).await.context("the database URL")?;
    owner.migrate().await.with_context(|| format!("bringing {described} up to date"))?;

    let mut size = PoolSize::default();
    if let Some(connections) = config.database.connections {
        size.connections = connections;
    }
    if owner.has_daemon_role().await? {
        size.role = Some(DAEMON_ROLE.into());
    }
    let store = Store::connect(&url, &size).await.context("the database URL")?;
    Ok(Database { store, owner, described, _lease: lease })
}
