//! A database of one's own: a clone of a template that is prepared once.

use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Context;
use jiff::Timestamp;
use network::Network;
use store::{PoolSize, Store, create_database};
use tokio::sync::OnceCell;

use crate::{Cluster, Daemon};

/// A database with the network's files in it.
#[derive(Debug)]
pub struct Database {
    /// Its URL.
    pub url: String,
}

static TEMPLATE: OnceCell<()> = OnceCell::const_new();
static DEMO: OnceCell<()> = OnceCell::const_new();
const DEMO_NAME: &str = "template_demo";
static NUMBER: AtomicU32 = AtomicU32::new(0);
const TEMPLATE_NAME: &str = "template_network";

impl Database {
    /// A fresh database: migrated, with branches, calendar and rules, without people or stock.
    pub async fn network() -> anyhow::Result<Self> {
        let cluster = Cluster::shared()?;
        TEMPLATE
            .get_or_try_init(|| async {
                create_database(&cluster.url("postgres"), TEMPLATE_NAME).await?;
                let store =
                    Store::connect(&cluster.url(TEMPLATE_NAME), &PoolSize::default()).await?;
                store.migrate().await?;
                let files = concat!(env!("CARGO_MANIFEST_DIR"), "/../../network");
                let network = Network::read(files.as_ref()).context("the network's own files")?;
                store
                    .import_network(&network, "test", Timestamp::UNIX_EPOCH, false)
                    .await?;
                // Nobody may stay connected to a template that is to be cloned.
                store.close().await;
                anyhow::Ok(())
            })
            .await?;
        Self::cloned(TEMPLATE_NAME).await
    }

    /// The demonstration's database, filled once by the daemon itself.
    pub async fn demo() -> anyhow::Result<Self> {
        let cluster = Cluster::shared()?;
        DEMO.get_or_try_init(|| async {
            create_database(&cluster.url("postgres"), DEMO_NAME).await?;
            let url = cluster.url(DEMO_NAME);
            // Starting a process and waiting for its line is nothing for an async thread.
            tokio::task::spawn_blocking(move || Daemon::demo(&url)?.stop().map(drop)).await?
        })
        .await?;
        Self::cloned(DEMO_NAME).await
    }

    /// A clone of another database of the cluster, to which nobody is connected.
    pub async fn cloned(template: &str) -> anyhow::Result<Self> {
        let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        Self::named(&name, Some(template)).await
    }

    /// A database without anything in it.
    pub async fn empty() -> anyhow::Result<Self> {
        let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        Self::named(&name, None).await
    }

    async fn named(name: &str, template: Option<&str>) -> anyhow::Result<Self> {
        let cluster = Cluster::shared()?;
        let template = template
            .map(|template| format!(" TEMPLATE {template}"))
            .unwrap_or_default();
        let server = Store::connect(&cluster.url("postgres"), &PoolSize::default()).await?;
        server
            .run_sql(&format!("CREATE DATABASE {name}{template}"))
            .await?;
        server.close().await;
        Ok(Self {
            url: cluster.url(name),
        })
    }

    /// A store on it, as a daemon would hold one.
    pub async fn store(&self) -> anyhow::Result<Store> {
        Ok(Store::connect(&self.url, &PoolSize::default()).await?)
    }
}
