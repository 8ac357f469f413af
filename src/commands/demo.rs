//! `relire demo`: the demonstration network, served.

use super::network_clock;
use crate::{
    cli::Common,
    config::Config,
    database,
    demo::{certify, seed, usable},
    serve::serve,
};

pub(super) async fn run(common: &Common, config: &Config) -> anyhow::Result<()> {
    let database = database::open(config).await?;
    let clock = network_clock(common, &database).await?;
    seed(&database.owner, &clock).await?;
    let mut demo = usable(&database.owner, &clock.now()).await?;
    if config.sip2.tls_listen.is_some() {
        certify(&database.owner, &config.data, &mut demo).await?;
    }
    serve(config, database, clock, Some(demo)).await
}
