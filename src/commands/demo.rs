//! `relire demo`: the demonstration network, served.

use super::network_clock;
use crate::{
    cli::Common,
    config::Config,
    database,
    demo::{seed, usable},
    serve::serve,
};

pub(super) async fn run(common: &Common, config: &Config) -> anyhow::Result<()> {
    let database = database::open(config).await?;
    let clock = network_clock(common, &database).await?;
    seed(&database.owner, &clock).await?;
    let demo = usable(&database.owner, &clock.now()).await?;
    serve(config, database, clock, Some(demo)).await
}
