use super::*;

fn peer(text: &str) -> Option<IpAddr> {
    Some(text.parse().unwrap())
}

fn limits() -> Limits {
    Limits {
        connections: 4,
        nameless: 3,
        nameless_of_one_peer: 2,
        ..Limits::plain(
            "test",
            vec!["0.0.0.0/0".parse().unwrap(), "::/0".parse().unwrap()],
        )
    }
}

fn refused(seat: Result<Seat, Refused>) -> Option<Refused> {
    seat.err()
}

#[test]
fn the_nameless_have_their_bounds_and_others_the_door() {
    let (census, limits) = (Census::new("test"), limits());
    let first = census.admit(&limits, peer("10.0.0.1")).ok().unwrap();
    let second = census.admit(&limits, peer("10.0.0.1")).ok().unwrap();
    let other_clothes = census.admit(&limits, peer("::ffff:10.0.0.1"));
    assert_eq!(refused(other_clothes), Some(Refused::NamelessOfPeer));
    first.standing().recognised();
    first.standing().recognised();
    let third = census.admit(&limits, peer("10.0.0.1")).ok().unwrap();
    let fourth = census.admit(&limits, peer("10.0.0.2")).ok().unwrap();
    assert_eq!(
        refused(census.admit(&limits, peer("10.0.0.3"))),
        Some(Refused::Full)
    );
    drop(first);
    assert_eq!(
        refused(census.admit(&limits, peer("10.0.0.3"))),
        Some(Refused::Nameless)
    );
    for seat in [second, third, fourth] {
        seat.standing().recognised();
    }
    let present = census.present();
    assert_eq!((present.all, present.nameless), (0, 0));
    assert!(
        present.nameless_by_peer.is_empty(),
        "who has left takes no room"
    );
}

#[test]
fn a_standing_that_is_kept_counts_for_nothing() {
    let (census, limits) = (Census::new("test"), limits());
    let seat = census.admit(&limits, peer("10.0.0.1")).ok().unwrap();
    let standing = seat.standing();
    assert_eq!(format!("{standing:?}"), "Standing(nameless)");
    drop(seat);
    standing.recognised();
    let present = census.present();
    assert_eq!((present.all, present.nameless), (0, 0));
}

#[test]
fn one_host_is_one_peer_whatever_its_address() {
    let (census, limits) = (Census::new("test"), limits());
    let _a = census.admit(&limits, peer("2001:db8::1")).ok().unwrap();
    let _b = census.admit(&limits, peer("2001:db8::2")).ok().unwrap();
    let third = census.admit(&limits, peer("2001:db8::3"));
    assert_eq!(refused(third), Some(Refused::NamelessOfPeer));
    assert!(census.admit(&limits, peer("2001:db8:0:1::1")).is_ok());
}

#[test]
fn loopback_is_bounded_in_all() {
    let (census, limits) = (Census::new("test"), limits());
    let _seats: Vec<_> = (0..3)
        .map(|_| census.admit(&limits, peer("127.0.0.1")).ok().unwrap())
        .collect();
    assert_eq!(
        refused(census.admit(&limits, peer("127.0.0.1"))),
        Some(Refused::Nameless)
    );
}

#[test]
fn who_is_behind_a_proxy_counts_once_it_is_said() {
    let (census, limits) = (Census::new("test"), limits());
    let behind = "10.0.0.1".parse().unwrap();
    let unknown: Vec<_> = (0..3)
        .map(|_| census.admit(&limits, None).ok().unwrap())
        .collect();
    assert_eq!(
        refused(census.admit(&limits, None)),
        Some(Refused::Nameless)
    );
    let said: Vec<_> = unknown
        .iter()
        .map(|seat| seat.belongs_to(&limits, behind))
        .collect();
    assert_eq!(said, [Ok(()), Ok(()), Err(Refused::NamelessOfPeer)]);
    drop(unknown);
    assert!(census.present().nameless_by_peer.is_empty());
    assert_eq!(census.present().nameless, 0);
}

#[test]
fn plain_text_is_for_named_networks() {
    let census = Census::new("test");
    let limits = Limits::plain("test", vec!["10.0.0.0/8".parse().unwrap()]);
    assert!(census.admit(&limits, peer("127.0.0.1")).is_ok());
    assert!(census.admit(&limits, peer("10.9.9.9")).is_ok());
    assert_eq!(
        refused(census.admit(&limits, peer("192.0.2.1"))),
        Some(Refused::Plain)
    );
    let seat = census.admit(&limits, None).ok().unwrap();
    let said = seat.belongs_to(&limits, "192.0.2.1".parse().unwrap());
    assert_eq!(said, Err(Refused::Plain));
}
