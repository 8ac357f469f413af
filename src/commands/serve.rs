//! `relire serve`: the doors, on what the database holds.

use super::network_clock;
use crate::{cli::Common, config::Config, database, serve::serve};

pub(super) async fn run(common: &Common, config: &Config) -> anyhow::Result<()> {
    let database = database::open(config).await?;
    let clock = network_clock(common, &database).await?;
    serve(config, database, clock, None).await
}
