//! Terminals that are logged in over TLS and say nothing: a network of them behind one daemon.

use std::{sync::Arc, time::Instant};

use anyhow::{Context, bail, ensure};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Semaphore,
    task::JoinSet,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use crate::sip2::{
    TERMINALS,
    daemon::Daemon,
    database::{self, PIN},
    load::{self, Seen},
    say,
};

/// So many come at once: as after a power cut, when switches wake one after the other.
const AT_ONCE: usize = 64;

pub(crate) async fn run(terminals: usize, seconds: u64) -> anyhow::Result<()> {
    let open = listener::raise_open_files();
    ensure!(
        open > terminals as u64 + 256,
        "this process may open {open} files: too few for {terminals} connections; `ulimit -Hn` bounds it"
    );
    let folder = tempfile::Builder::new().prefix("relire-bench-").tempdir()?;
    database::reachable(folder.path())?;
    let server = database::Server::start(folder.path()).await?;
    let daemon = Daemon::start(&server).context("the daemon")?;

    // Once, so that what a first load brings is not counted to the idle ones.
    load::run(&daemon, TERMINALS, false, 2).await?;
    let alone = load::run(&daemon, TERMINALS, false, seconds).await?;
    let before = daemon.resident_kb()?;
    let began = Instant::now();
    let idle = connect(&daemon, terminals).await?;
    let took = began.elapsed().as_secs_f64();
    let after = daemon.resident_kb()?;
    let beside = load::run(&daemon, TERMINALS, false, seconds).await?;
    let at_last = daemon.resident_kb()?;
    ensure!(idle.len() == terminals, "some have gone meanwhile");

    say(&format!(
        "\n{terminals} terminals logged in over TLS in {took:.1} s, {AT_ONCE} at once: {:.0} a second",
        terminals as f64 / took
    ));
    let mb = |kb: u64| kb as f64 / 1024.0;
    say(&format!(
        "resident memory of the daemon: {:.0} MB before, {:.0} MB with them ({:.1} kB each), {:.0} MB after the others worked",
        mb(before),
        mb(after),
        after.saturating_sub(before) as f64 / terminals as f64,
        mb(at_last),
    ));
    say(&format!(
        "{TERMINALS} others at work      pairs/s     p50     p99     max ms"
    ));
    line("alone", &alone);
    line("beside them", &beside);
    say(&format!(
        "beside : alone            {:>5.2}   {:>5.2}   {:>5.2}",
        beside.pairs / alone.pairs,
        beside.p50 / alone.p50,
        beside.p99 / alone.p99
    ));
    Ok(())
}

fn line(what: &str, seen: &Seen) {
    say(&format!(
        "{what:<22} {:>9.0}   {:>5.2}   {:>5.2}   {:>5.1}",
        seen.pairs, seen.p50, seen.p99, seen.max
    ));
}

/// Connects and logs in so many.
async fn connect(daemon: &Daemon, terminals: usize) -> anyhow::Result<Vec<TlsStream<TcpStream>>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(&daemon.ca)?)?;
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = TlsConnector::from(Arc::new(config));
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut set = JoinSet::new();
    for number in 0..terminals {
        let (connector, turns, address) = (connector.clone(), turns.clone(), daemon.sip2_tls);
        set.spawn(async move {
            let _turn = turns.acquire().await?;
            let line = TcpStream::connect(address).await?;
            let mut line = connector
                .connect(ServerName::from(address.ip()), line)
                .await?;
            let log_in = format!("9300CNbench-{}|CO{PIN}|CPLENS|\r", number % TERMINALS);
            line.write_all(log_in.as_bytes()).await?;
            let mut answer = [0; 4];
            line.read_exact(&mut answer).await?;
            if !answer.starts_with(b"941") {
                bail!("terminal {number} was not let in");
            }
            anyhow::Ok(line)
        });
    }
    let mut connected = Vec::with_capacity(terminals);
    while let Some(line) = set.join_next().await {
        connected.push(line??);
    }
    Ok(connected)
}
