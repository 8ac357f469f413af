//! What was recorded between a client and a server is read, and written so that it reads the same.

use bytes::Bytes;
use relire_z3950::{
    Pdu,
    ber::Limits,
    frame::{Progress, Scanner},
};

#[test]
fn every_recorded_pdu_is_framed_read_and_written() {
    let recorded = include_str!("../../../protocol-fixtures/z3950/yaz-client-5.34_zebra-2.2.7.tsv");
    let mut seen = 0;
    for line in recorded.lines() {
        let hex = line.split('\t').nth(2).unwrap();
        let bytes: Bytes = (0..hex.len() / 2)
            .map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap())
            .collect();
        let mut scanner = Scanner::new(Limits::default());
        for end in 0..bytes.len() {
            assert!(
                matches!(scanner.advance(&bytes[..end]), Ok(Progress::Need(need)) if need > end)
            );
        }
        assert_eq!(
            scanner.advance(&bytes),
            Ok(Progress::Whole(bytes.len())),
            "{line}"
        );
        let pdu = Pdu::decode(&bytes, Limits::default()).unwrap_or_else(|e| panic!("{e}: {line}"));
        if let Pdu::InitRequest(init) = &pdu {
            assert!(init.authentication.is_none() || format!("{init:?}").contains("Some(Secret)"));
        }
        // What is refused by name is kept as a tree, all else is typed.
        let name = line.split('\t').nth(1).unwrap();
        let kept = ["extendedServicesRequest"];
        assert_eq!(matches!(pdu, Pdu::Other(_)), kept.contains(&name), "{line}");
        assert_eq!(
            Pdu::decode(&pdu.encode().into(), Limits::default()),
            Ok(pdu),
            "{line}"
        );
        seen += 1;
    }
    assert_eq!(seen, 88);
}

#[test]
fn depth_and_length_are_bounded() {
    let deep: Bytes = [0xb6, 0x80].repeat(10_000).into();
    assert!(Pdu::decode(&deep, Limits::default()).is_err());
    assert!(Scanner::new(Limits::default()).advance(&deep).is_err());
    let long = Bytes::from_static(&[0xb6, 0x88, 0x80, 0, 0, 0, 0, 0, 0, 0]);
    assert!(Pdu::decode(&long, Limits::default()).is_err());
    assert!(Scanner::new(Limits::default()).advance(&long).is_err());
}
