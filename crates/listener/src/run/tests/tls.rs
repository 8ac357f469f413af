//! TLS over real sockets.

use rustls::version::{TLS12, TLS13};

use super::{
    tls_site::{Clock, Counts, Site, connect, now, shake, was_resumed},
    *,
};
use crate::{Tls, turns::Turns};

/// A door of the site whose handshakes are to end soon.
fn impatient(site: &Site) -> Limits {
    Limits {
        handshake: Duration::from_millis(300),
        ..site.limits()
    }
}

#[tokio::test]
async fn with_and_without_a_certificate() {
    let counts = Counts::new();
    let _here = counts.here();
    let site = Site::new();
    let door = Running::start(site.limits()).await;
    for version in [&TLS12, &TLS13] {
        let mut client = connect(&site.trusting(version, None), &door).await.unwrap();
        let address = client.get_ref().0.local_addr().unwrap();
        assert_eq!(who(&mut client).await, format!("{address} tls"));

        let issued = site.client();
        let config = site.trusting(version, Some(&issued));
        let mut client = connect(&config, &door).await.unwrap();
        let said = who(&mut client).await;
        let fingerprint = format!("{:02x?}", &issued.fingerprint[..]);
        assert!(
            said.ends_with(&format!(" CN=LENS-automates {fingerprint}")),
            "{said}"
        );
    }
    assert_eq!(counts.of("handshakes_total", "kind=\"full\""), 4);
    door.stop().await;
}

#[tokio::test]
async fn certificates_that_are_not_good() {
    let counts = Counts::new();
    let _here = counts.here();
    let site = Site::new();
    let door = Running::start(site.limits()).await;
    let long_ago = now() - jiff::SignedDuration::from_hours(24 * 400);
    let soon = now() + jiff::SignedDuration::from_hours(24 * 30);
    let own = site
        .authority
        .issue_server(&["localhost"], now(), 30)
        .unwrap();
    for (issued, reason) in [
        (Site::new().client(), "certificate_of_unknown_authority"),
        (
            site.authority.issue_client("LENS", long_ago, 30).unwrap(),
            "certificate_expired",
        ),
        (
            site.authority.issue_client("LENS", soon, 30).unwrap(),
            "certificate_not_yet_valid",
        ),
        (own, "certificate_unusable"),
    ] {
        let config = site.trusting(&TLS13, Some(&issued));
        let mut client = connect(&config, &door).await.unwrap();
        assert!(!echo(&mut client).await, "{reason}");
        counts.failed(reason).await;
    }
    let stranger = Site::new().trusting(&TLS13, None);
    assert!(connect(&stranger, &door).await.is_err());
    counts.failed("refused_by_peer").await;
    assert_eq!(counts.of("handshakes_total", "kind=\"full\""), 0);
    until("all have left", || counts.of("open", "") == 0).await;
    assert_eq!(counts.of("nameless", ""), 0);
    door.stop().await;
}

#[tokio::test]
async fn a_resumed_session_brings_its_certificate_until_that_is_over() {
    for version in [&TLS12, &TLS13] {
        let counts = Counts::new();
        let _here = counts.here();
        let site = Site::new();
        let clock = Clock::new();
        let mut settings = site.config("localhost");
        settings.time_provider = clock.clone();
        let door = Running::start(Limits {
            access: Access::Tls(Tls::new(settings)),
            ..limits()
        })
        .await;
        let issued = site.client();
        let fingerprint = format!("{:02x?}", &issued.fingerprint[..]);
        let config = site.trusting(version, Some(&issued));

        let mut first = connect(&config, &door).await.unwrap();
        assert!(who(&mut first).await.ends_with(&fingerprint));
        assert!(!was_resumed(&first));

        let mut second = connect(&config, &door).await.unwrap();
        assert!(was_resumed(&second));
        assert!(
            who(&mut second).await.ends_with(&fingerprint),
            "the door can ask for revocation"
        );
        assert_eq!(counts.of("handshakes_total", "kind=\"resumed\""), 1);

        clock.forward(31);
        let mut third = connect(&config, &door).await.unwrap();
        assert!(was_resumed(&third), "nobody verified it this time");
        assert!(!echo(&mut third).await, "but it is over");
        counts.failed("certificate_expired").await;
        assert!(echo(&mut second).await, "who is there stays");
        door.stop().await;
    }
}

#[tokio::test]
async fn other_settings_serve_who_comes_from_now_on() {
    let site = Site::new();
    let tls = Tls::new(site.config("localhost"));
    let door = Running::start(Limits {
        access: Access::Tls(tls.clone()),
        ..limits()
    })
    .await;
    for version in [&TLS12, &TLS13] {
        let config = site.trusting(version, Some(&site.client()));
        tls.replace(site.config("localhost"));
        let mut old = connect(&config, &door).await.unwrap();
        assert!(echo(&mut old).await);

        tls.replace(site.config("localhost"));
        let mut new = connect(&config, &door).await.unwrap();
        assert!(echo(&mut new).await);
        assert!(
            !was_resumed(&new),
            "tickets of the former settings are void"
        );

        tls.replace(site.config("other.example.org"));
        let renamed = connect(&site.trusting(version, None), &door).await;
        assert!(renamed.is_err(), "the certificate names another");
        let stream = door.connect().await;
        let config = site.trusting(version, None);
        let mut renamed = shake(&config, "other.example.org", stream).await.unwrap();
        assert!(echo(&mut renamed).await);
        assert!(
            echo(&mut old).await && echo(&mut new).await,
            "who is there stays"
        );
    }
    door.stop().await;
}

#[tokio::test]
async fn peers_that_speak_something_else_or_leave() {
    let counts = Counts::new();
    let _here = counts.here();
    let site = Site::new();
    let door = Running::start(site.limits()).await;
    let mut plain = door.connect().await;
    plain.write_all(b"9300CNlens-1|COsecret|\r").await.unwrap();
    let mut answer = Vec::new();
    // It is told so by an alert, and then hung up on.
    let _ = timeout(SOON, plain.read_to_end(&mut answer)).await.unwrap();
    counts.failed("not_tls").await;
    drop(door.connect().await);
    counts.failed("hung_up").await;
    door.stop().await;
}

#[tokio::test]
async fn who_says_nothing_or_dribbles_is_shed() {
    let counts = Counts::new();
    let _here = counts.here();
    let site = Site::new();
    let door = Running::start(impatient(&site)).await;
    let begun = Instant::now();
    assert!(hung_up(&mut door.connect().await).await);
    assert!(begun.elapsed() >= Duration::from_millis(300));
    counts.failed("timed_out").await;

    // The beginning of a TLS record of 512 bytes, and then a byte now and then.
    let (mut read, mut write) = door.connect().await.into_split();
    write.write_all(&[0x16, 3, 1, 2, 0, 1]).await.unwrap();
    let dribbling = tokio::spawn(async move {
        let mut pace = tokio::time::interval(Duration::from_millis(10));
        while write.write_all(&[0]).await.is_ok() {
            pace.tick().await;
        }
    });
    assert!(hung_up(&mut read).await);
    timeout(SOON, dribbling).await.unwrap().unwrap();
    let label = "reason=\"timed_out\"";
    until("it is counted", || {
        counts.of("handshakes_failed_total", label) == 2
    })
    .await;
    door.stop().await;
}

#[tokio::test]
async fn a_hundred_mute_peers_hold_up_nobody() {
    let site = Site::new();
    let tls = Tls::with_turns(site.config("localhost"), Turns::new(1));
    let door = Running::start(Limits {
        access: Access::Tls(tls),
        handshake: SOON,
        ..limits()
    })
    .await;
    let mut mute = Vec::new();
    for n in 0..100 {
        let mut peer = door.connect().await;
        if n % 2 == 0 {
            // Half of them begin, and no more.
            peer.write_all(&[0x16, 3, 1, 2, 0, 1]).await.unwrap();
        }
        mute.push(peer);
    }
    let begun = Instant::now();
    let config = site.trusting(&TLS13, Some(&site.client()));
    assert!(echo(&mut connect(&config, &door).await.unwrap()).await);
    assert!(begun.elapsed() < SOON / 4, "{:?}", begun.elapsed());
    door.stop().await;
}

#[tokio::test]
async fn the_end_does_not_wait_for_handshakes() {
    let site = Site::new();
    let door = Running::start(Limits {
        handshake: SOON,
        drain: SOON,
        ..site.limits()
    })
    .await;
    let mut mute = door.connect().await;
    let mut good = connect(&site.trusting(&TLS13, None), &door).await.unwrap();
    assert!(echo(&mut good).await);
    let begun = Instant::now();
    door.stop().await;
    assert!(begun.elapsed() < SOON / 4, "{:?}", begun.elapsed());
    assert!(hung_up(&mut mute).await && hung_up(&mut good).await);
}
