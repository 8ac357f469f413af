//! What an idle connection costs in memory, in plain text and TLS.
//!
//! ```sh
//! cargo run -p relire-listener --example idle_memory            # 2,000 of each
//! cargo run -p relire-listener --example idle_memory -- 5000
//! ```
//!
//! The clients live in a process of their own, so that what grows is the server's alone. Each
//! shows a certificate, sends a message of 512 bytes, reads it back, and is silent from then on.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "what it finds is for a person's eyes")]

use std::{error::Error, process::Stdio, sync::Arc, time::SystemTime};

use certificates::{Authority, Issued, PemFile, server_config};
use jiff::Timestamp;
use relire_listener::{Connection, Limits, Tls, raise_open_files, run};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject},
};
use secrecy::ExposeSecret;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    process::Command,
};
use tokio_rustls::TlsConnector;
use tokio_util::sync::CancellationToken;

type Failed = Box<dyn Error + Send + Sync>;

const MESSAGE: [u8; 512] = [b'e'; 512];

#[tokio::main]
async fn main() -> Result<(), Failed> {
    raise_open_files();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["clients", address, connections, files @ ..] => {
            clients(address, connections.parse()?, files).await
        }
        ["server", clothes, connections] => measure(clothes, connections.parse()?).await,
        [] => both("2000").await,
        [connections] => both(connections).await,
        _ => Err("give a number of connections, or nothing".into()),
    }
}

/// A process for each: memory that one gives back would hide what the other takes.
async fn both(connections: &str) -> Result<(), Failed> {
    for clothes in ["plain", "tls"] {
        let mut server = Command::new(std::env::current_exe()?);
        let ended = server
            .args(["server", clothes, connections])
            .status()
            .await?;
        if !ended.success() {
            return Err("the server did not come through".into());
        }
    }
    Ok(())
}

async fn measure(clothes: &str, connections: usize) -> Result<(), Failed> {
    let home = tempfile::tempdir()?;
    let now = Timestamp::try_from(SystemTime::now())?;
    let authority = Authority::open_or_create(home.path(), "idle memory", now)?;
    let own = authority.issue_server(&["localhost"], now, 1)?;
    let config = server_config(
        &PemFile::new("server.pem", own.certificate_pem),
        &PemFile::new("server.key", own.key_pem.expose_secret()),
        &[authority.root()],
        now,
    )?;
    let client = authority.issue_client("LENS-automates", now, 1)?;
    let files = written(home.path(), &authority, &client)?;

    let each = if clothes == "tls" {
        let limits = Limits::encrypted("tls", Tls::new(config));
        growth(limits, connections, &files).await?
    } else {
        growth(Limits::plain("plain", Vec::new()), connections, &[]).await?
    };
    println!("{clothes}: {connections} idle connections, {each} bytes each");
    Ok(())
}

/// Bytes of resident memory that each connection adds.
async fn growth(limits: Limits, connections: usize, files: &[String]) -> Result<usize, Failed> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    let shutdown = CancellationToken::new();
    // Everybody here is on this machine and stays nameless.
    let limits = Limits {
        nameless: connections,
        ..limits
    };
    let door = tokio::spawn(run(listener, limits, shutdown.clone(), echo));
    let before = resident()?;
    let mut clients = Command::new(std::env::current_exe()?)
        .args(["clients", &address, &connections.to_string()])
        .args(files)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let said = clients.stdout.take().ok_or("no output of the clients")?;
    let ready = BufReader::new(said).lines().next_line().await?;
    if ready.as_deref() != Some("ready") {
        return Err("the clients did not come through".into());
    }
    let grown = resident()?.saturating_sub(before);
    drop(clients.stdin.take());
    clients.wait().await?;
    shutdown.cancel();
    door.await?;
    Ok(grown / connections.max(1))
}

async fn echo(mut connection: Connection) {
    let mut message = [0; MESSAGE.len()];
    while connection.stream.read_exact(&mut message).await.is_ok() {
        if connection.stream.write_all(&message).await.is_err()
            || connection.stream.flush().await.is_err()
        {
            return;
        }
    }
}

/// Resident memory of this process, in bytes.
fn resident() -> Result<usize, Failed> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next());
    Ok(1024 * kibibytes.ok_or("no VmRSS")?.parse::<usize>()?)
}

/// What a client needs, as files: the authority, its certificate, its key.
fn written(
    home: &std::path::Path,
    authority: &Authority,
    client: &Issued,
) -> Result<[String; 3], Failed> {
    let files = [
        ("root.pem", authority.certificate_pem()),
        ("client.pem", &client.certificate_pem),
        ("client.key", client.key_pem.expose_secret()),
    ];
    for (name, text) in files {
        std::fs::write(home.join(name), text)?;
    }
    Ok(files.map(|(name, _)| home.join(name).display().to_string()))
}

/// The other process: connects, says "ready", and stays until its input ends.
async fn clients(address: &str, connections: usize, files: &[&str]) -> Result<(), Failed> {
    let connector = match files {
        [root, certificate, key] => Some(connector(root, certificate, key)?),
        _ => None,
    };
    let (mut plain, mut encrypted) = (Vec::new(), Vec::new());
    let mut answer = [0; MESSAGE.len()];
    for _ in 0..connections {
        let mut stream = TcpStream::connect(address).await?;
        match &connector {
            None => {
                stream.write_all(&MESSAGE).await?;
                stream.read_exact(&mut answer).await?;
                plain.push(stream);
            }
            Some(connector) => {
                let name = ServerName::try_from("localhost")?;
                let mut stream = connector.connect(name, stream).await?;
                stream.write_all(&MESSAGE).await?;
                stream.flush().await?;
                stream.read_exact(&mut answer).await?;
                encrypted.push(stream);
            }
        }
    }
    println!("ready");
    tokio::io::stdin().read_to_end(&mut Vec::new()).await?;
    Ok(())
}

/// Without resumption: each handshake is a whole one, as after a night's power cut.
fn connector(root: &str, certificate: &str, key: &str) -> Result<TlsConnector, Failed> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(root)?)?;
    let provider = Arc::new(ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_client_auth_cert(
            vec![CertificateDer::from_pem_file(certificate)?],
            PrivateKeyDer::from_pem_file(key)?,
        )?;
    config.resumption = rustls::client::Resumption::disabled();
    Ok(TlsConnector::from(Arc::new(config)))
}
