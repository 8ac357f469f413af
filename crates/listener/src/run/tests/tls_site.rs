//! An authority, a door with TLS, and clients of all kinds.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::SystemTime,
};

use certificates::{Authority, Issued, PemFile, server_config};
use jiff::Timestamp;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use rustls::{
    ClientConfig, HandshakeKind, RootCertStore, ServerConfig, SupportedProtocolVersion,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime, pem::PemObject},
    time_provider::TimeProvider,
};
use secrecy::ExposeSecret;
use tempfile::TempDir;
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::*;

/// An authority of one's own.
pub(super) struct Site {
    _home: TempDir,
    pub(super) authority: Authority,
}

pub(super) fn now() -> Timestamp {
    Timestamp::try_from(SystemTime::now()).unwrap()
}

impl Site {
    pub(super) fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let authority = Authority::open_or_create(home.path(), "Test", now()).unwrap();
        Self {
            _home: home,
            authority,
        }
    }

    pub(super) fn client(&self) -> Issued {
        self.authority
            .issue_client("LENS-automates", now(), 30)
            .unwrap()
    }

    /// Settings with a new certificate for this name.
    pub(super) fn config(&self, name: &str) -> ServerConfig {
        let own = self.authority.issue_server(&[name], now(), 30).unwrap();
        server_config(
            &PemFile::new("server.pem", own.certificate_pem),
            &PemFile::new("server.key", own.key_pem.expose_secret()),
            &[self.authority.root()],
            now(),
        )
        .unwrap()
    }

    pub(super) fn limits(&self) -> Limits {
        Limits {
            access: Access::Tls(crate::Tls::new(self.config("localhost"))),
            ..limits()
        }
    }

    /// A client that trusts this site.
    pub(super) fn trusting(
        &self,
        version: &'static SupportedProtocolVersion,
        certificate: Option<&Issued>,
    ) -> Arc<ClientConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(der(self.authority.certificate_pem())).unwrap();
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[version])
            .unwrap()
            .with_root_certificates(roots);
        let Some(issued) = certificate else {
            return Arc::new(builder.with_no_client_auth());
        };
        let key = issued.key_pem.expose_secret().as_bytes();
        let key = PrivateKeyDer::from_pem_slice(key).unwrap();
        let chain = vec![der(&issued.certificate_pem)];
        Arc::new(builder.with_client_auth_cert(chain, key).unwrap())
    }
}

fn der(pem: &str) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()
}

pub(super) type Client = TlsStream<TcpStream>;

/// Shakes hands as a client.
pub(super) async fn shake(
    config: &Arc<ClientConfig>,
    name: &'static str,
    stream: TcpStream,
) -> io::Result<Client> {
    let name = ServerName::try_from(name).unwrap();
    let shaking = TlsConnector::from(config.clone()).connect(name, stream);
    timeout(SOON, shaking).await.expect("the handshake ends")
}

pub(super) async fn connect(config: &Arc<ClientConfig>, door: &Running) -> io::Result<Client> {
    shake(config, "localhost", door.connect().await).await
}

pub(super) fn was_resumed(client: &Client) -> bool {
    client.get_ref().1.handshake_kind() == Some(HandshakeKind::Resumed)
}

/// A clock that can be set.
#[derive(Debug)]
pub(super) struct Clock(AtomicU64);

impl Clock {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self(AtomicU64::new(UnixTime::now().as_secs())))
    }

    pub(super) fn forward(&self, days: u64) {
        self.0.fetch_add(days * 24 * 60 * 60, Ordering::Relaxed);
    }
}

impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = self.0.load(Ordering::Relaxed);
        Some(UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
    }
}

/// What is counted on this thread while a test runs.
pub(super) struct Counts {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
}

impl Counts {
    pub(super) fn new() -> Self {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        Self { recorder, handle }
    }

    pub(super) fn here(&self) -> metrics::LocalRecorderGuard<'_> {
        metrics::set_default_local_recorder(&self.recorder)
    }

    /// A series of the door `test`; 0 where there is none.
    pub(super) fn of(&self, metric: &str, label: &str) -> u64 {
        let labels = match label {
            "" => "{door=\"test\"} ".to_owned(),
            label => format!("{{door=\"test\",{label}}} "),
        };
        let series = format!("relire_listener_{metric}{labels}");
        let rendered = self.handle.render();
        let mut lines = rendered.lines();
        lines
            .find_map(|line| line.strip_prefix(&series))
            .map_or(0, |count| count.parse().unwrap())
    }

    pub(super) async fn failed(&self, reason: &str) {
        let label = format!("reason=\"{reason}\"");
        until(reason, || self.of("handshakes_failed_total", &label) == 1).await;
    }
}
