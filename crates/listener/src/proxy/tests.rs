use proptest::prelude::*;

use super::*;

/// A header as a proxy writes it.
fn header(command: u8, family: u8, rest: &[u8]) -> Vec<u8> {
    let mut bytes = SIGNATURE.to_vec();
    bytes.extend([command, family]);
    bytes.extend(u16::try_from(rest.len()).unwrap().to_be_bytes());
    bytes.extend(rest);
    bytes
}

fn addresses(source: SocketAddr, extensions: &[u8]) -> Vec<u8> {
    let (ip, other) = match source {
        SocketAddr::V4(v4) => (v4.ip().octets().to_vec(), vec![10, 1, 0, 5]),
        SocketAddr::V6(v6) => (v6.ip().octets().to_vec(), vec![9; 16]),
    };
    let mut bytes = [ip, other].concat();
    bytes.extend(source.port().to_be_bytes());
    bytes.extend(6002u16.to_be_bytes());
    bytes.extend(extensions);
    bytes
}

fn read(bytes: &[u8]) -> Result<Origin, ProxyError> {
    let head = Head::read(bytes.first_chunk().unwrap())?;
    head.origin(&bytes[HEAD..HEAD + head.rest()])
}

#[test]
fn both_families_with_and_without_extensions() {
    for (peer, family) in [("192.0.2.7:50000", TCP4), ("[2001:db8::7]:50000", TCP6)] {
        let peer: SocketAddr = peer.parse().unwrap();
        let crc = [0x03, 0, 4, 1, 2, 3, 4];
        for extensions in [&[][..], &crc, &[0xff; 500]] {
            let bytes = header(0x21, family, &addresses(peer, extensions));
            assert_eq!(read(&bytes), Ok(Origin::Peer(peer)));
        }
    }
}

#[test]
fn the_proxy_looks_for_itself() {
    assert_eq!(read(&header(0x20, 0, &[])), Ok(Origin::Proxy));
    let peer = addresses("192.0.2.7:1".parse().unwrap(), &[]);
    assert_eq!(read(&header(0x20, TCP4, &peer)), Ok(Origin::Proxy));
    assert_eq!(read(&header(0x20, 0xff, &[7; 30])), Ok(Origin::Proxy));
}

#[test]
fn who_comes_by_no_tcp_is_unknown() {
    for family in [0x00, 0x01, 0x10, 0x12, 0x20, 0x22, 0x31, 0x32] {
        assert_eq!(read(&header(0x21, family, &[7; 216])), Ok(Origin::Unknown));
    }
}

#[test]
fn what_is_no_header() {
    let v1 = b"PROXY TCP4 192.0.2.7 10.1.0.5 50000 6002\r\n";
    assert_eq!(read(v1), Err(ProxyError::Signature));
    for command in [0x11, 0x31, 0x22, 0x2f, 0x01] {
        assert_eq!(
            read(&header(command, TCP4, &[0; 12])),
            Err(ProxyError::Version(command))
        );
    }
    for family in [0x41, 0x13, 0xff] {
        assert_eq!(
            read(&header(0x21, family, &[0; 12])),
            Err(ProxyError::Family(family))
        );
    }
    assert_eq!(
        read(&header(0x21, TCP4, &[0; 11])),
        Err(ProxyError::Short(11))
    );
    assert_eq!(
        read(&header(0x21, TCP6, &[0; 35])),
        Err(ProxyError::Short(35))
    );
    assert_eq!(
        read(&header(0x20, 0, &[0; 1025])),
        Err(ProxyError::Long(1025))
    );
}

proptest! {
    #[test]
    fn what_a_proxy_writes_is_read(
        ip: std::net::IpAddr,
        port: u16,
        extensions in proptest::collection::vec(any::<u8>(), 0..900),
    ) {
        let peer = SocketAddr::new(ip, port);
        let family = if ip.is_ipv4() { TCP4 } else { TCP6 };
        let bytes = header(0x21, family, &addresses(peer, &extensions));
        prop_assert_eq!(read(&bytes), Ok(Origin::Peer(peer)));
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        signed: bool,
        mut head: [u8; HEAD],
        rest in proptest::collection::vec(any::<u8>(), 0..MOST),
    ) {
        if signed {
            head[..12].copy_from_slice(&SIGNATURE);
            // Known versions often enough to come further.
            head[12] &= 0x23;
        }
        if let Ok(read) = Head::read(&head) {
            prop_assert!(signed && read.rest() <= MOST);
            // Whatever it says of them: any bytes may follow.
            if let Err(error) = read.origin(&rest) {
                prop_assert_eq!(error, ProxyError::Short(rest.len()));
                prop_assert!(rest.len() < 36);
            }
        }
    }
}
