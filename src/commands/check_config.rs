//! `relire check-config`: what the settings were understood to say.

use std::net::ToSocketAddrs;

use anyhow::Context;

use crate::{
    cli::{Addresses, Common},
    config::Config,
};

pub(super) fn run(common: &Common) -> anyhow::Result<()> {
    let config = Config::load(common, &Addresses::default())?;
    for (door, address) in [("sip2", &config.sip2.listen), ("ops", &config.ops)] {
        address
            .to_socket_addrs()
            .with_context(|| format!("{door}: {address:?} leads nowhere"))?;
    }
    let database = match &config.database.url {
        Some(_) => "external, by URL".to_owned(),
        None => format!("private Postgres in {}", config.data.display()),
    };
    eprintln!("data folder   {}", config.data.display());
    eprintln!("database      {database}");
    eprintln!("sip2          {}", config.sip2.listen);
    match config.sip2.plain_from.as_slice() {
        [] => eprintln!("              plain text from this machine only"),
        networks => {
            for network in networks {
                eprintln!("              plain text also from {network}");
            }
        }
    }
    eprintln!("ops           {}", config.ops);
    eprintln!(
        "log           {}, {}",
        config.log.filter.as_deref().unwrap_or("info"),
        if config.log.json { "JSON" } else { "text" }
    );
    Ok(())
}
