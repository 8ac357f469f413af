//! `relire check-config`: what the settings were understood to say.

use std::net::ToSocketAddrs;

use anyhow::Context;

use crate::{
    cli::{Addresses, Common},
    config::Config,
};

pub(super) fn run(common: &Common) -> anyhow::Result<()> {
    let config = Config::load(common, &Addresses::default())?;
    let tls = config.sip2.tls_listen.as_ref();
    for (door, address) in [("sip2", &config.sip2.listen), ("ops", &config.ops)]
        .into_iter()
        .chain(tls.map(|address| ("sip2-tls", address)))
    {
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
    match tls {
        Some(address) => {
            let certificate = match &config.tls.certificate {
                Some(file) => file.display().to_string(),
                None => "one of our own authority".to_owned(),
            };
            eprintln!("sip2 in TLS   {address}, with {certificate}");
        }
        None => eprintln!("sip2 in TLS   off"),
    }
    for network in &config.sip2.proxy_from {
        eprintln!("              behind a proxy from {network}");
    }
    eprintln!("ops           {}", config.ops);
    eprintln!(
        "log           {}, {}",
        config.log.filter.as_deref().unwrap_or("info"),
        if config.log.json { "JSON" } else { "text" }
    );
    Ok(())
}
