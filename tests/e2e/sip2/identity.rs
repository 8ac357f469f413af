//! Who a terminal is, over the real TLS door: certificates, their ends and their terminals; and PINs that are guessed.

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use certificates::Authority;
use jiff::{SignedDuration, Timestamp};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject},
};
use secrecy::ExposeSecret;

use super::Served;

type Line = StreamOwned<ClientConnection, TcpStream>;

/// What a client shows.
struct Shown {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl Shown {
    fn files(certificate: &str, key: &str) -> Self {
        Self::texts(
            &std::fs::read_to_string(certificate).unwrap(),
            &std::fs::read_to_string(key).unwrap(),
        )
    }

    fn texts(certificate: &str, key: &str) -> Self {
        Self {
            chain: vec![CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()],
            key: PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap(),
        }
    }
}

impl Served {
    fn text(&self, path: &str) -> String {
        self.daemon.text(path).unwrap().to_owned()
    }

    /// Settings of a client that trusts the daemon; kept, so that it may resume its sessions.
    fn client(&self, shown: Option<Shown>) -> Arc<ClientConfig> {
        let mut roots = RootCertStore::empty();
        let ca = self.text("/tls_ca");
        roots
            .add(CertificateDer::from_pem_file(ca).unwrap())
            .unwrap();
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots);
        Arc::new(match shown {
            Some(shown) => builder
                .with_client_auth_cert(shown.chain, shown.key)
                .unwrap(),
            None => builder.with_no_client_auth(),
        })
    }

    /// A line to the TLS door; `None` if the door does not want it.
    fn line(&self, client: &Arc<ClientConfig>) -> Option<Line> {
        let line = TcpStream::connect(self.text("/sip2_tls")).unwrap();
        line.set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        let name = ServerName::try_from("127.0.0.1").unwrap();
        let session = ClientConnection::new(client.clone(), name).unwrap();
        let mut line = StreamOwned::new(session, line);
        // The door may say no after our side is done: an answer shows that it did not.
        ask(&mut line, "9900802.00").map(|_| line)
    }
}

fn ask(line: &mut Line, message: &str) -> Option<String> {
    line.write_all(format!("{message}\r").as_bytes()).ok()?;
    let mut answer = Vec::new();
    let mut byte = [0];
    while line.read(&mut byte).ok()? == 1 {
        if byte[0] == b'\r' {
            return String::from_utf8(answer).ok();
        }
        answer.push(byte[0]);
    }
    None
}

/// Whether a line ends within seconds, whatever is asked on it meanwhile.
fn ends(line: &mut Line) -> bool {
    let deadline = Instant::now() + Duration::from_secs(20);
    while Instant::now() < deadline {
        if ask(line, "9900802.00").is_none() {
            return true;
        }
    }
    false
}

fn log_in(line: &mut Line, login: &str) -> Option<String> {
    ask(line, &format!("9300CN{login}|COdemo|CPTEST|"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_opens_its_own_terminals_and_no_others() {
    let served = Served::new().await;
    let (login, other) = (
        served.text("/demo/terminals/0/login"),
        served.text("/demo/terminals/1/login"),
    );
    let shown = |number: usize| {
        Shown::files(
            &served.text(&format!("/demo/terminals/{number}/cert")),
            &served.text(&format!("/demo/terminals/{number}/key")),
        )
    };
    let client = served.client(Some(shown(0)));
    let mut line = served.line(&client).unwrap();
    assert_eq!(log_in(&mut line, &login).as_deref(), Some("941"));
    // The second terminal stands in another branch.
    let mut line = served.line(&client).unwrap();
    assert_eq!(log_in(&mut line, &other).as_deref(), Some("940"));

    // Without a certificate, until one is required.
    let bare = served.client(None);
    let mut line = served.line(&bare).unwrap();
    assert_eq!(log_in(&mut line, &login).as_deref(), Some("941"));
    served.relire(&["terminal", "set", &login, "--set", "certificate=required"]);
    assert!(ends(&mut line), "what was open is closed");
    let mut line = served.line(&bare).unwrap();
    assert_eq!(log_in(&mut line, &login).as_deref(), Some("940"));
    let mut line = served.line(&client).unwrap();
    assert_eq!(log_in(&mut line, &login).as_deref(), Some("941"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_wrong_or_over_or_revoked_opens_nothing() {
    let served = Served::new().await;
    let login = served.text("/demo/terminals/0/login");

    // Of another authority, with the same name.
    let elsewhere = tempfile::tempdir().unwrap();
    let now = now();
    let stranger = Authority::open_or_create(elsewhere.path(), "Relire", now).unwrap();
    let issued = stranger.issue_client("LENS", now, 30).unwrap();
    let wrong = Shown::texts(&issued.certificate_pem, issued.key_pem.expose_secret());
    assert!(served.line(&served.client(Some(wrong))).is_none());

    // Of ours, and over since yesterday.
    let ca = served.text("/tls_ca");
    let ours = Authority::open_or_create(Path::new(&ca).parent().unwrap(), "Relire", now).unwrap();
    let earlier = now - SignedDuration::from_hours(31 * 24);
    let issued = ours.issue_client("LENS", earlier, 30).unwrap();
    let over = Shown::texts(&issued.certificate_pem, issued.key_pem.expose_secret());
    assert!(served.line(&served.client(Some(over))).is_none());

    // Of ours, and bound to nothing.
    let issued = ours.issue_client("LENS", now, 30).unwrap();
    let unknown = Shown::texts(&issued.certificate_pem, issued.key_pem.expose_secret());
    let mut line = served.line(&served.client(Some(unknown))).unwrap();
    assert_eq!(log_in(&mut line, &login).as_deref(), Some("940"));

    // Revoked: the line that is open, a resumed session, and a fresh one.
    let shown = Shown::files(
        &served.text("/demo/terminals/0/cert"),
        &served.text("/demo/terminals/0/key"),
    );
    let client = served.client(Some(shown));
    let mut open = served.line(&client).unwrap();
    assert_eq!(log_in(&mut open, &login).as_deref(), Some("941"));
    let resumed = served.line(&client).unwrap();
    assert_eq!(
        resumed.conn.handshake_kind(),
        Some(rustls::HandshakeKind::Resumed),
        "a second session is a resumed one"
    );
    let file = std::fs::read_to_string(served.text("/demo/terminals/0/cert")).unwrap();
    let fingerprint = certificates::describe(&file).unwrap().fingerprint;
    let fingerprint: String = fingerprint
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let known = served.relire(&["terminal", "certs"]);
    let line = known.lines().find(|known| known.starts_with(&fingerprint));
    assert!(line.is_some_and(|line| line.contains(&login)), "{known}");
    served.relire(&["terminal", "revoke-cert", &fingerprint[..12]]);
    assert!(ends(&mut open), "what was open is closed");
    assert!(
        served.line(&client).is_none(),
        "a resumed session is no way in"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_guesses_a_pin_connects_anew_in_vain() {
    let served = Served::new().await;
    let (card, pin) = (
        served.text("/demo/patrons/0/card"),
        served.text("/demo/patrons/0/pin"),
    );
    let typed = |pin: &str| format!("2300220260609    110000AOLENS|AA{card}|AC|AD{pin}|");
    for guess in 0..5 {
        let mut kiosk = served.kiosk("LENS");
        let said = kiosk.ask(&typed(&format!("x{guess}"))).unwrap();
        assert!(said.contains("|CQN|"), "{said}");
    }
    let mut kiosk = served.kiosk("LENS");
    let said = kiosk.ask(&typed(&pin)).unwrap();
    assert!(
        said.contains("|CQN|"),
        "the right one comes too late here: {said}"
    );
    // The card itself is as good as ever: elsewhere it opens at once.
    let mut elsewhere = served.kiosk("VIMY");
    let said = elsewhere.ask(&typed(&pin)).unwrap();
    assert!(said.contains("|CQY|"), "{said}");
}

#[expect(
    clippy::disallowed_methods,
    reason = "certificates are good by the machine's own time"
)]
fn now() -> Timestamp {
    Timestamp::now()
}
