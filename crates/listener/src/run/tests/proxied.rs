//! Behind a proxy that says for whom it connects.

use rustls::version::TLS13;

use super::{
    tls_site::{Counts, Site, connect, shake},
    *,
};

const LOCAL: &[u8] = b"\r\n\r\n\0\r\nQUIT\n\x20\0\0\0";

/// The header of a connection from this IPv4 address, with an extension behind.
fn header(peer: &str) -> Vec<u8> {
    let peer: std::net::SocketAddrV4 = peer.parse().unwrap();
    let mut bytes = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x12".to_vec();
    bytes.extend(peer.ip().octets());
    bytes.extend([10, 1, 0, 5]);
    bytes.extend(peer.port().to_be_bytes());
    bytes.extend([0x17, 0x72, 0x04, 0, 3, 1, 2, 3]);
    bytes
}

/// Everybody on this machine is a proxy.
fn proxied(limits: Limits) -> Limits {
    Limits {
        proxy_from: vec!["127.0.0.0/8".parse().unwrap()],
        ..limits
    }
}

fn named(networks: &[&str]) -> Limits {
    let networks = networks.iter().map(|network| network.parse().unwrap());
    proxied(Limits {
        access: Access::Plain {
            networks: networks.collect(),
        },
        ..limits()
    })
}

async fn from(door: &Running, peer: &str) -> TcpStream {
    let mut stream = door.connect().await;
    stream.write_all(&header(peer)).await.unwrap();
    stream
}

#[tokio::test]
async fn plain_text_goes_by_the_real_address() {
    let counts = Counts::new();
    let _here = counts.here();
    let door = Running::start(named(&["192.0.2.0/24"])).await;
    let mut lens = from(&door, "192.0.2.7:50000").await;
    assert_eq!(who(&mut lens).await, "192.0.2.7:50000 plain");
    let mut stranger = from(&door, "198.51.100.7:50000").await;
    assert_eq!(who(&mut stranger).await, "");
    let label = "reason=\"plain_text_from_unnamed_network\"";
    until("it is counted", || counts.of("refused_total", label) == 1).await;
    // The proxy itself looks whether we are there.
    let mut proxy = door.connect().await;
    proxy.write_all(LOCAL).await.unwrap();
    let own = proxy.local_addr().unwrap();
    assert_eq!(who(&mut proxy).await, format!("{own} plain"));
    assert_eq!(counts.of("accepted_total", ""), 2);
    door.stop().await;
}

#[tokio::test]
async fn it_comes_before_tls() {
    let counts = Counts::new();
    let _here = counts.here();
    let site = Site::new();
    let door = Running::start(proxied(site.limits())).await;
    let issued = site.client();
    let config = site.trusting(&TLS13, Some(&issued));
    let stream = from(&door, "198.51.100.7:50000").await;
    let mut client = shake(&config, "localhost", stream).await.unwrap();
    let said = who(&mut client).await;
    assert!(
        said.starts_with("198.51.100.7:50000 CN=LENS-automates"),
        "{said}"
    );
    assert!(
        connect(&config, &door).await.is_err(),
        "from a proxy it is required"
    );
    counts.failed("proxy_header").await;
    door.stop().await;
}

#[tokio::test]
async fn from_others_it_is_never_read() {
    let counts = Counts::new();
    let _here = counts.here();
    let site = Site::new();
    let elsewhere = vec!["10.9.9.9".parse().unwrap()];
    let door = Running::start(Limits {
        proxy_from: elsewhere.clone(),
        ..site.limits()
    })
    .await;
    let config = site.trusting(&TLS13, None);
    let pretending = from(&door, "192.0.2.7:50000").await;
    assert!(shake(&config, "localhost", pretending).await.is_err());
    counts.failed("not_tls").await;
    let mut client = connect(&config, &door).await.unwrap();
    assert!(who(&mut client).await.starts_with("127.0.0.1:"));
    door.stop().await;

    let door = Running::start(Limits {
        proxy_from: elsewhere,
        ..limits()
    })
    .await;
    let mut pretending = from(&door, "192.0.2.7:50000").await;
    assert!(
        hung_up(&mut pretending).await,
        "the door saw CR as its first byte"
    );
    door.stop().await;
}

#[tokio::test]
async fn headers_that_say_nothing_useful() {
    for (limits, bytes, served) in [
        // PROXY for an unknown family: no limit could hold.
        (
            named(&["0.0.0.0/0"]),
            b"\r\n\r\n\0\r\nQUIT\n\x21\0\0\0".to_vec(),
            false,
        ),
        (
            named(&["0.0.0.0/0"]),
            b"PROXY TCP4 192.0.2.7 10.1.0.5 5 6\r\n".to_vec(),
            false,
        ),
        (
            named(&["0.0.0.0/0"]),
            b"9300CNlens-1|COsecret|\r".to_vec(),
            false,
        ),
        // A proxy on this machine may speak for this machine.
        (named(&[]), header("127.0.0.9:50000"), true),
    ] {
        let counts = Counts::new();
        let _here = counts.here();
        let door = Running::start(limits).await;
        let mut stream = door.connect().await;
        stream.write_all(&bytes).await.unwrap();
        assert_eq!(echo(&mut stream).await, served, "{bytes:?}");
        if !served {
            counts.failed("proxy_header").await;
        }
        door.stop().await;
    }
}

#[tokio::test]
async fn a_peer_behind_it_is_bounded_and_its_neighbours_are_not() {
    let door = Running::start(Limits {
        nameless_of_one_peer: 2,
        ..named(&["0.0.0.0/0"])
    })
    .await;
    let mut first = from(&door, "192.0.2.7:1").await;
    let mut second = from(&door, "192.0.2.7:2").await;
    assert!(echo(&mut first).await && echo(&mut second).await);
    assert!(!echo(&mut from(&door, "192.0.2.7:3").await).await);
    let mut neighbour = from(&door, "192.0.2.8:1").await;
    assert!(echo(&mut neighbour).await);
    assert!(asked(&mut first, b'r').await);
    assert!(echo(&mut from(&door, "192.0.2.7:4").await).await);
    door.stop().await;
}

#[tokio::test]
async fn before_it_is_known_who_is_there_a_connection_is_bounded_too() {
    let counts = Counts::new();
    let _here = counts.here();
    let door = Running::start(Limits {
        nameless: 2,
        handshake: Duration::from_millis(300),
        ..named(&["0.0.0.0/0"])
    })
    .await;
    let mut mute = [door.connect().await, door.connect().await];
    until("both are there", || counts.of("nameless", "") == 2).await;
    assert!(hung_up(&mut from(&door, "192.0.2.7:1").await).await);
    assert_eq!(
        counts.of("refused_total", "reason=\"too_many_nameless_connections\""),
        1
    );
    for peer in &mut mute {
        assert!(hung_up(peer).await, "their time is over");
    }
    until("they have left", || counts.of("nameless", "") == 0).await;
    assert!(echo(&mut from(&door, "192.0.2.7:2").await).await);
    door.stop().await;
}
