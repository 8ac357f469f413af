//! Documents that are meant to hurt.

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    time::{Duration, Instant},
};

use super::{Served, fine, in_2_02, problem, text, user};
use crate::ncip_rules::hostile::documents;

const FIXTURES: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/protocol-fixtures/ncip/hostile"
);

/// Asked between two attacks: the door is open.
#[track_caller]
fn still_there(served: &Served, card: &str) {
    fine(&served.ask("broker-borrower", "LookupUser", &user(card)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_and_what_is_only_unusual() {
    let served = Served::new().await;
    let mut seen = [0, 0];
    let mut otherwise = Vec::new();
    for document in documents(Path::new(FIXTURES)).unwrap() {
        let name = &document.name;
        let began = Instant::now();
        let kind = format!("Content-Type: {}\r\n", document.media_type);
        let (head, answer) = served.send(&served.path("broker-borrower"), &kind, &document.bytes);
        assert!(head.starts_with("HTTP/1.1 200"), "{name}: {head}");
        assert!(began.elapsed() < Duration::from_secs(10), "{name}");
        served.judge.valid(&answer);
        let of_message = [
            "Invalid Message Syntax Error",
            "Protocol Error",
            "Unknown Service",
            "Needed Data Missing",
        ];
        let is_refused =
            text(&answer, "ProblemType").is_some_and(|kind| of_message.contains(&kind));
        if is_refused == document.accepted {
            otherwise.push(format!("{name}: {:?}", text(&answer, "ProblemType")));
        }
        seen[usize::from(document.accepted)] += 1;
    }
    assert!(otherwise.is_empty(), "{}", otherwise.join("\n"));
    assert!(seen[0] >= 25 && seen[1] >= 5, "{seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn too_much_of_anything_is_refused_within_limits() {
    let served = Served::new().await;
    let card = served.town.reader("ADU", "LENS").await.unwrap().card;
    let inner = user(&card);
    let deep = "<a>".repeat(100_000);
    let many = "<UserElementType>User Id</UserElementType>".repeat(1_001);
    let wide = format!(
        "<a {}/>",
        (0..1_000).map(|n| format!("a{n}='1' ")).collect::<String>()
    );
    let long = "x".repeat(65_537);
    let identifier = user(&"9".repeat(257));
    for (what, content) in [
        ("depth", deep),
        ("repetitions", format!("{inner}{many}")),
        ("elements", "<a/>".repeat(10_001)),
        ("attributes", wide),
        (
            "text",
            format!("<UserId><UserIdentifierValue>{long}</UserIdentifierValue></UserId>"),
        ),
        ("identifier", identifier),
        ("bytes", "<!-- -->".repeat(140_000)),
    ] {
        let answer = served.ask("broker-borrower", "LookupUser", &content);
        problem(&answer, "Invalid Message Syntax Error");
        assert!(answer.len() < 4_000, "{what}");
    }
    still_there(&served, &card);
}

/// A hundred megabytes are not read to their end.
#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_megabytes() {
    let served = Served::new().await;
    let card = served.town.reader("ADU", "LENS").await.unwrap().card;
    let address = served.daemon.text("/http").unwrap().replace("http://", "");
    let mut peer = TcpStream::connect(address).unwrap();
    peer.set_write_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: x\r\nContent-Length: 104857600\r\n\r\n",
        served.path("portal")
    );
    peer.write_all(head.as_bytes()).unwrap();
    let chunk = vec![b'<'; 1 << 20];
    let sent = (0..100)
        .take_while(|_| peer.write_all(&chunk).is_ok())
        .count();
    assert!(sent < 50, "{sent} MiB were taken");
    let mut line = TcpStream::connect(served.daemon.text("/ncip_tcp").unwrap()).unwrap();
    line.set_write_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let endless = [b"<a>".as_slice(), &vec![b'x'; 1 << 20]].concat();
    let sent = (0..100)
        .take_while(|_| line.write_all(&endless).is_ok())
        .count();
    assert!(sent < 50, "{sent} MiB were taken");
    still_there(&served, &card);
}

/// Lengths that are not true, and packings that nobody asked for.
#[tokio::test(flavor = "multi_thread")]
async fn lying_about_lengths_and_packing() {
    let served = Served::new().await;
    let card = served.town.reader("ADU", "LENS").await.unwrap().card;
    let document = in_2_02("LookupUser", &user(&card));
    let address = served.daemon.text("/http").unwrap().replace("http://", "");
    let ask = |head: String, body: &[u8]| {
        let mut peer = TcpStream::connect(&address).unwrap();
        peer.set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        peer.write_all(head.as_bytes()).unwrap();
        peer.write_all(body).unwrap();
        let mut answer = Vec::new();
        let _ = peer.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    };
    let path = served.path("broker-borrower");
    // Counted in characters where the title has accents: the end is missing, and is told at once. HTTP/1.0, no Host.
    let began = Instant::now();
    let short = document.len() - 5;
    let answer = ask(
        format!("POST {path} HTTP/1.0\r\nContent-Length: {short}\r\n\r\n"),
        document.as_bytes(),
    );
    problem(&answer, "Invalid Message Syntax Error");
    assert!(began.elapsed() < Duration::from_secs(5));
    let answer = ask(
        format!(
            "POST {path} HTTP/1.0\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
            document.len()
        ),
        document.as_bytes(),
    );
    problem(&answer, "Protocol Error");
    // More is announced than comes: some seconds, then an answer.
    let long = document.len() + 100;
    let answer = ask(
        format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {long}\r\n\r\n"),
        document.as_bytes(),
    );
    problem(&answer, "Invalid Message Syntax Error");
    still_there(&served, &card);
}

/// A line that never finishes its document, and one that says nothing of XML.
#[tokio::test(flavor = "multi_thread")]
async fn a_raw_line_that_is_none() {
    let served = Served::new().await;
    let address = served.daemon.text("/ncip_tcp").unwrap();
    let ask = |bytes: &[u8], half_close: bool| {
        let mut peer = TcpStream::connect(address).unwrap();
        peer.set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        peer.write_all(bytes).unwrap();
        if half_close {
            peer.shutdown(std::net::Shutdown::Write).unwrap();
        }
        let mut answer = Vec::new();
        let _ = peer.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    };
    problem(
        &ask(b"GET / HTTP/1.1\r\n\r\n", false),
        "Invalid Message Syntax Error",
    );
    problem(
        &ask(b"<NCIPMessage><LookupUser>", true),
        "Invalid Message Syntax Error",
    );
    problem(
        &ask("<a>".repeat(100).as_bytes(), false),
        "Invalid Message Syntax Error",
    );
    assert_eq!(ask(b"\r\n\r\n", true), "");
}
