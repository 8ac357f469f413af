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
    for (door, address) in config.doors() {
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
    let off = |address: &Option<String>| address.clone().unwrap_or_else(|| "off".to_owned());
    eprintln!("z39.50        {}", off(&config.z3950));
    eprintln!("http          {}", off(&config.http));
    eprintln!("ops           {}", config.ops);
    eprintln!(
        "log           {}, {}",
        config.log.filter.as_deref().unwrap_or("info"),
        if config.log.json { "JSON" } else { "text" }
    );
    Ok(())
}
