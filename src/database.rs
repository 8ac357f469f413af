//! The database: the operator's, by URL, or a private one in the data folder.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use desk::Desk;
use private_postgres::{Lease, Options};
use store::{DAEMON_ROLE, PoolSize, Store, create_database};
use tokio::time::{interval, timeout};
use tokio_util::sync::CancellationToken;

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
    lease: Option<Lease>,
}

/// Opens the database, starts a private one if need be, and brings the schema up to date.
pub(crate) async fn open(config: &Config) -> anyhow::Result<Database> {
    let (url, lease, described) = match &config.database.url {
        Some(url) => (url.clone(), None, "the database of the settings".to_owned()),
        None => {
            let lease = lease(&config.data).await?;
            create_database(&lease.url("postgres"), DATABASE)
                .await
                .context("creating the database")?;
            (
                lease.url(DATABASE),
                Some(lease),
                format!("the private Postgres in {}", config.data.display()),
            )
        }
    };
    let small = PoolSize {
        connections: 2,
        statement: Duration::from_secs(600),
        ..PoolSize::default()
    };
    let owner = Store::connect(&url, &small)
        .await
        .context("the database URL")?;
    owner
        .migrate()
        .await
        .with_context(|| format!("bringing {described} up to date"))?;
    // Here and not in a migration: they are written once, typed, beside what reads them, and a newer program may
    // know more of them. Every command comes by here, so that none finds them missing.
    let profiles = [sip2_server::ready_made(), ncip_server::ready_made()].concat();
    owner
        .bring_profiles(&profiles)
        .await
        .context("bringing in the profiles of terminals")?;
    if owner
        .bring_feed()
        .await
        .context("looking at the change feed")?
    {
        tracing::debug!("a new change feed: copies of the catalogue are built anew");
    }

    let mut size = PoolSize::default();
    if let Some(connections) = config.database.connections {
        size.connections = connections;
    }
    if owner.has_daemon_role().await? {
        size.role = Some(DAEMON_ROLE.into());
    }
    let store = Store::connect(&url, &size)
        .await
        .context("the database URL")?;
    Ok(Database {
        store,
        owner,
        described,
        lease,
    })
}

async fn lease(data: &Path) -> anyhow::Result<Lease> {
    let folder = data.to_owned();
    // Starting a server waits for processes and locks.
    tokio::task::spawn_blocking(move || private_postgres::open(&folder, &Options::default()))
        .await?
        .with_context(|| format!("the private Postgres in {}", data.display()))
}

/// How often the database is looked at.
const LOOK: Duration = Duration::from_secs(2);

/// Holds the database while the daemon serves. A private one whose keeper was killed is opened again, so that
/// the daemon gets it back without an operator.
pub(crate) async fn keep(
    config: Config,
    mut database: Database,
    desk: Arc<Desk>,
    shutdown: CancellationToken,
) {
    let mut look = interval(LOOK);
    let mut answered = true;
    while shutdown.run_until_cancelled(look.tick()).await.is_some() {
        let answers = matches!(timeout(LOOK, desk.ping()).await, Ok(Ok(())));
        metrics::gauge!("relire_database_up").set(if answers { 1.0 } else { 0.0 });
        if answers != answered {
            answered = answers;
            if answers {
                tracing::info!("{} answers again", database.described);
            } else {
                tracing::error!(
                    "{} does not answer: nothing is lent or taken back until it does",
                    database.described
                );
            }
        }
        if !answers && database.lease.is_some() {
            match lease(&config.data).await {
                Ok(lease) => database.lease = Some(lease),
                Err(error) => tracing::error!("{error:#}"),
            }
        }
    }
    database.store.close().await;
    database.owner.close().await;
}
