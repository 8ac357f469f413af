//! Which terminal a connection may be, and for how long.

use std::{
    io::{Read, Write},
    net::{IpAddr, TcpStream},
    sync::Arc,
    time::Instant,
};

use desk::Fingerprint;
use jiff::ToSpan;
use sip2_server::{Door, Origin, Settings};
use store::NewCertificate;
use testkit::Wire;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use super::{SOON, Served, metrics};

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_terminal_is_hung_up_on() {
    let served = Served::new().await;
    let mut idle = served.added("lens-revoked", &[]).await;
    let mut neighbour = served.kiosk("LENS");
    served.relire(&["terminal", "revoke", "lens-revoked"]);
    let begun = Instant::now();
    // Silence ends at the socket's own half minute, a closed line at once.
    assert!(idle.is_closed() && begun.elapsed() < SOON);
    assert!(Wire::log_in(served.address(), "lens-revoked", "sesame").is_err());
    assert!(neighbour.ask("9900802.00").unwrap().starts_with("98Y"));
    let metrics = metrics(&served);
    assert!(
        metrics.contains("relire_sip2_closed_total{why=\"revoked\"} 1"),
        "{metrics}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_from_its_own_addresses() {
    let served = Served::new().await;
    let mut kiosk = served.added("lens-ici", &[]).await;
    served.relire(&[
        "terminal",
        "set",
        "lens-ici",
        "--address",
        "10.99.0.0/16",
        "10.98.0.1",
    ]);
    let begun = Instant::now();
    assert!(
        kiosk.is_closed() && begun.elapsed() < SOON,
        "it is not there any more"
    );
    assert!(Wire::log_in(served.address(), "lens-ici", "sesame").is_err());
    served.relire(&["terminal", "set", "lens-ici", "--address", "127.0.0.0/8"]);
    served.logged_in("lens-ici").await;
    let metrics = metrics(&served);
    assert!(
        metrics.contains("relire_sip2_logins_refused_total{why=\"address\"}"),
        "{metrics}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_logs_in_by_prompts() {
    let served = Served::new().await;
    let more = ["--profile", "telnet", "--address", "127.0.0.1"];
    // By a 93 it may log in as well.
    drop(served.added("lens-vieux", &more).await);
    let mut line = TcpStream::connect(served.address()).unwrap();
    line.set_read_timeout(Some(SOON)).unwrap();
    let expect = |line: &mut TcpStream, text: &str| {
        let mut heard = vec![0; text.len()];
        line.read_exact(&mut heard).unwrap();
        assert_eq!(String::from_utf8_lossy(&heard), text);
    };
    expect(&mut line, "login: ");
    line.write_all(b"\xff\xfb\x18lens-vieux\r\n").unwrap();
    expect(&mut line, "Password: ");
    line.write_all(b"sesame\r\n").unwrap();
    expect(&mut line, "Login OK\r\n");
    line.write_all(b"9900802.00\r").unwrap();
    expect(&mut line, "98YYYYYY600003");
}

const CERTIFICATE: Fingerprint = [7; 32];

/// A connection to a door of this process, as it comes out of TLS.
async fn over_tls(door: &Arc<Door>, certificate: Option<Fingerprint>) -> DuplexStream {
    let (near, far) = duplex(4096);
    let origin = Origin {
        encrypted: true,
        certificate,
        ..Origin::plain(IpAddr::from([10, 1, 2, 3]))
    };
    let door = door.clone();
    tokio::spawn(async move { door.serve(far, origin, CancellationToken::new()).await });
    near
}

async fn ask(line: &mut DuplexStream, text: &str) -> String {
    line.write_all(format!("{text}\r").as_bytes())
        .await
        .unwrap();
    let mut answer = Vec::new();
    loop {
        match timeout(SOON, line.read_u8()).await.unwrap() {
            Ok(b'\r') | Err(_) => return String::from_utf8(answer).unwrap(),
            Ok(byte) => answer.push(byte),
        }
    }
}

async fn is_closed(mut line: DuplexStream) -> bool {
    let read = timeout(SOON, line.read_u8()).await;
    read.unwrap().is_err()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_bound_to_its_terminals() {
    let served = Served::new().await;
    let (desk, store) = (served.town.desk.clone(), &served.town.store);
    let shutdown = CancellationToken::new();
    let watching = tokio::spawn(desk.clone().watch_terminals(shutdown.clone()));
    let mut changes = desk.terminals_watched();
    let mut session = store.session().await.unwrap();
    let mut number = async |login: &str| session.terminal(login).await.unwrap().unwrap().id;
    let terminals = [number("lens-automate-1").await, number("lens-trieur").await];
    let now = desk.now().timestamp();
    let new = NewCertificate {
        fingerprint: CERTIFICATE,
        subject: "CN=lens".into(),
        serial: "0a".into(),
        not_before: now,
        not_after: now + 24.hours(),
        issued_at: now,
    };
    session.add_certificate(&new, &terminals).await.unwrap();
    timeout(
        SOON,
        changes.wait_for(|held| held.certificate(&CERTIFICATE).is_some()),
    )
    .await
    .unwrap()
    .unwrap();
    let listed = session.certificates().await.unwrap();
    assert_eq!(listed[0].logins, ["lens-automate-1", "lens-trieur"]);

    let door = Arc::new(Door::new(desk.clone(), Settings::default()));
    let log_in = |login: &str| format!("9300CN{login}|COdemo|");
    for (certificate, login, answer) in [
        (Some(CERTIFICATE), "lens-automate-1", "941"),
        (Some(CERTIFICATE), "lens-trieur", "941"),
        (Some(CERTIFICATE), "lens-poste", "940"),
        (Some([8; 32]), "lens-automate-1", "940"),
        (None, "lens-automate-1", "941"),
    ] {
        let mut line = over_tls(&door, certificate).await;
        assert_eq!(ask(&mut line, &log_in(login)).await, answer, "{login}");
    }

    let mut named = over_tls(&door, Some(CERTIFICATE)).await;
    assert_eq!(ask(&mut named, &log_in("lens-automate-1")).await, "941");
    let nameless = over_tls(&door, Some(CERTIFICATE)).await;
    let mut without = over_tls(&door, None).await;
    assert_eq!(ask(&mut without, &log_in("lens-poste")).await, "941");
    assert!(session.revoke_certificate(&CERTIFICATE, now).await.unwrap());
    assert!(
        !session.revoke_certificate(&CERTIFICATE, now).await.unwrap(),
        "once"
    );
    assert!(is_closed(named).await && is_closed(nameless).await);
    assert!(ask(&mut without, "9900802.00").await.starts_with("98Y"));
    let mut late = over_tls(&door, Some(CERTIFICATE)).await;
    assert_eq!(
        ask(&mut late, &log_in("lens-automate-1")).await,
        "",
        "hung up on at once"
    );

    // One that is now required ends who came without.
    served.relire(&[
        "terminal",
        "set",
        "lens-poste",
        "--set",
        "certificate=required",
    ]);
    assert!(is_closed(without).await);
    shutdown.cancel();
    watching.await.unwrap();
}
