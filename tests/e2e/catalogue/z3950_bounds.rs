//! The Z39.50 door within its bounds: small messages, many sets, requests that come before their answers are read.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use ::z3950::{
    Pdu,
    ber::Limits,
    frame::{Progress, Scanner},
    oid,
    pdu::{
        DatabaseName, InitRequest, PresentRequest, SearchRequest,
        answer::{OneRecord, Records, present_status},
        query::{AttributeElement, AttributesPlusTerm, Query, Rpn, RpnQuery, Term},
    },
    value::{Bits, Oid},
};
use bytes::{Bytes, BytesMut};
use testkit::{Daemon, Database};

struct Association {
    stream: TcpStream,
    buffer: BytesMut,
}

impl Association {
    /// With these sizes for a message and a record.
    fn open(daemon: &Daemon, preferred: i64, exceptional: i64) -> Self {
        let address = daemon.text("/z3950").unwrap().split('/').next().unwrap();
        let stream = TcpStream::connect(address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let mut association = Self {
            stream,
            buffer: BytesMut::new(),
        };
        association.send(&Pdu::InitRequest(Box::new(InitRequest {
            reference_id: Some(Bytes::from_static(b"7")),
            versions: Bits(vec![true; 3]),
            options: Bits(vec![true; 15]),
            preferred_message_size: preferred,
            exceptional_record_size: exceptional,
            authentication: None,
            implementation_id: None,
            implementation_name: None,
            implementation_version: None,
            other_info: None,
            unknown: Vec::new(),
        })));
        let Pdu::InitResponse(answer) = association.receive() else {
            panic!("no answer to Init")
        };
        assert!(answer.result && answer.reference_id.as_deref() == Some(b"7"));
        association
    }

    fn send(&mut self, pdu: &Pdu) {
        self.stream.write_all(&pdu.encode()).unwrap();
    }

    fn receive(&mut self) -> Pdu {
        let mut scanner = Scanner::new(Limits::default());
        loop {
            if let Progress::Whole(length) = scanner.advance(&self.buffer).unwrap() {
                let bytes = self.buffer.split_to(length).freeze();
                return Pdu::decode(&bytes, Limits::default()).unwrap();
            }
            let mut chunk = [0; 4096];
            let read = self.stream.read(&mut chunk).unwrap();
            assert!(read > 0, "the door hung up");
            self.buffer.extend_from_slice(&chunk[..read]);
        }
    }

    /// Keeps everything under a name; `None`: how many, or the diagnostic.
    fn search(&mut self, name: &str) {
        let usage = AttributeElement {
            set: None,
            kind: 2,
            numeric: Some(103),
            complex: None,
            unknown: Vec::new(),
        };
        let all = AttributesPlusTerm {
            attributes: vec![usage],
            term: Term::General(Bytes::from_static(b"1")),
        };
        self.send(&Pdu::SearchRequest(Box::new(SearchRequest {
            reference_id: None,
            small_set_upper_bound: 0,
            large_set_lower_bound: 1,
            medium_set_present_number: 0,
            replace: true,
            result_set: name.into(),
            databases: vec![DatabaseName("relire".into())],
            small_element_set: None,
            medium_element_set: None,
            preferred_syntax: None,
            query: Query::Rpn(RpnQuery {
                attribute_set: Oid::of(oid::BIB_1),
                root: Rpn::Term(all),
            }),
            additional_info: None,
            unknown: Vec::new(),
        })));
    }

    fn present(&mut self, name: &str, start: i64, number: i64) -> (i64, i64, Option<Records>) {
        self.send(&Pdu::PresentRequest(Box::new(PresentRequest {
            reference_id: None,
            result_set: name.into(),
            start,
            number,
            ranges: None,
            simple_composition: None,
            complex_composition: None,
            preferred_syntax: Some(Oid::of(oid::UNIMARC)),
            unknown: Vec::new(),
        })));
        let Pdu::PresentResponse(answer) = self.receive() else {
            panic!("no answer to Present")
        };
        (answer.returned, answer.status, answer.records)
    }
}

fn found(pdu: Pdu) -> i64 {
    let Pdu::SearchResponse(answer) = pdu else {
        panic!("no answer to Search")
    };
    assert!(answer.status);
    answer.count
}

fn diagnostic(records: Option<Records>) -> i64 {
    match records {
        Some(Records::Diagnostic(diagnostic)) => diagnostic.condition,
        other => panic!("no diagnostic but {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_message_has_fewer_records_and_all_come_in_the_end() {
    let database = Database::demo().await.unwrap();
    let daemon = Daemon::demo(&database.url).unwrap();
    let mut association = Association::open(&daemon, 2048, 4096);
    association.search("all");
    let count = found(association.receive());
    let (mut at, mut messages) = (1, 0);
    while at <= 60 {
        let wanted = 61 - at;
        let (returned, status, records) = association.present("all", at, wanted);
        let Some(Records::Records(records)) = records else {
            panic!("no records at {at}")
        };
        assert_eq!(records.len() as i64, returned);
        assert!(
            records
                .iter()
                .all(|one| matches!(one.record, OneRecord::Record(_)))
        );
        let whole = returned == wanted;
        let expected = if whole {
            present_status::SUCCESS
        } else {
            present_status::PARTIAL_2
        };
        assert_eq!(status, expected);
        at += returned;
        messages += 1;
    }
    assert!(
        messages > 5,
        "{messages} messages of two kilobytes for sixty records"
    );
    for (start, number) in [
        (count, 2),
        (2_000_000_000, 1),
        (0, 1),
        (-1, 1),
        (1, i64::from(i32::MAX)),
    ] {
        let (returned, status, records) = association.present("all", start, number);
        assert_eq!((returned, status), (0, present_status::FAILURE));
        assert_eq!(diagnostic(records), 13, "{start}+{number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sets_that_nobody_deletes_make_room_and_are_told_as_dropped() {
    let database = Database::demo().await.unwrap();
    let daemon = Daemon::demo(&database.url).unwrap();
    let mut association = Association::open(&daemon, 1 << 20, 1 << 20);
    // All at once: answers are read only when every request is sent.
    let names: Vec<String> = (0..150).map(|number| format!("set {number}")).collect();
    for name in &names {
        association.search(name);
    }
    let counts: Vec<i64> = names.iter().map(|_| found(association.receive())).collect();
    assert!(
        counts
            .iter()
            .all(|count| *count == counts[0] && *count > 100)
    );
    assert_eq!(diagnostic(association.present(&names[0], 1, 1).2), 27);
    assert_eq!(diagnostic(association.present("never", 1, 1).2), 30);
    assert_eq!(association.present(&names[149], 1, 1).0, 1);
}
