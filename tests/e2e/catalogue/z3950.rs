//! The Z39.50 door, driven by YAZ's clients, Perl's ZOOM and bytes of our own.

use std::{
    io::{Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
    time::Duration,
};

use ::z3950::{Pdu, ber::Limits};
use testkit::{Daemon, Database};

async fn served() -> (Database, Daemon) {
    let database = Database::demo().await.unwrap();
    let daemon = Daemon::demo(&database.url).unwrap();
    (database, daemon)
}

/// What a client says when these lines are typed to it.
fn typed(client: &mut Command, lines: &str) -> String {
    let mut client = client
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("`cargo xtask test` installs YAZ");
    client
        .stdin
        .take()
        .unwrap()
        .write_all(lines.as_bytes())
        .unwrap();
    let output = client.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    String::from_utf8_lossy(&said).into_owned()
}

fn yaz(daemon: &Daemon, lines: &str) -> String {
    let target = daemon.text("/z3950").unwrap();
    // Without a terminal it reads its commands from a file alone.
    typed(
        Command::new("yaz-client").args(["-f", "/dev/stdin"]),
        &format!("open {target}\n{lines}close\nquit\n"),
    )
}

fn zoomsh(daemon: &Daemon, lines: &str) -> String {
    let target = daemon.text("/z3950").unwrap();
    typed(
        &mut Command::new("zoomsh"),
        &format!("connect {target}\n{lines}quit\n"),
    )
}

#[track_caller]
fn says(said: &str, what: &[&str]) {
    let mut rest = said;
    for what in what {
        let at = rest.find(what);
        let at = at.unwrap_or_else(|| panic!("{what:?} is not said, or not in its place:\n{said}"));
        rest = &rest[at + what.len()..];
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn yaz_client_is_served_in_every_syntax() {
    let (_database, daemon) = served().await;
    let said = yaz(
        &daemon,
        "find @attr 1=4 \"misérables\"\n\
         format unimarc\nshow 1+1\nformat usmarc\nshow 1+1\nformat xml\nshow 1+1\nelements dc\nshow 1+1\n\
         elements mods\nshow 1+1\nelements B\nformat usmarc\nshow 1+1\nelements F\nformat sutrs\nshow 1+1\n\
         format opac\nshow 1+1\nformat grs-1\nshow 1+1\n",
    );
    says(
        &said,
        &[
            "Connection accepted by v3 target",
            "Number of hits: 2",
            "Record type: Unimarc",
            "200 1  $a Les Misérables $f Victor Hugo",
            "995    $b HARN",
            "Record type: USmarc",
            "245 10 $a Les Misérables / $c Victor Hugo",
            "Record type: XML",
            "<record xmlns=\"http://www.loc.gov/MARC21/slim\">",
            "<oai_dc:dc ",
            "<mods ",
            "Record type: USmarc",
            "Record type: SUTRS",
            "Auteur : Hugo, Victor",
            "Record type: OPAC",
            "localLocation: Médiathèque La Source",
            "availableNow: 1",
            "[239] ",
            "1.2.840.10003.5.105",
        ],
    );
    let kept = yaz(
        &daemon,
        "find @attr 1=1003 verne\nsort 1=31 <\nfind @and @set 1 @attr 1=4 lune\n\
         scan @attr 1=4 hist\nscanpos 5\nscan @attr 1=1003 @attr 4=1 hugo\nscanpos 0\nscan @attr 1=4 hist\nscan @attr 1=4 histoire\ndelete 1\nfind @set 1\n",
    );
    says(
        &kept,
        &[
            "Received SortResponse: status=success",
            "Search was a success",
            "Received ScanResponse",
            "* HISTOIRE",
            "position=5",
            "* Hugo, Victor",
            "position=0",
            "HISTOIRE",
            "position=0",
            "Histoires",
            "Got deleteResultSetResponse status=0",
            "[30] ",
        ],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_served_is_refused_by_its_diagnostic() {
    let (_database, daemon) = served().await;
    for (lines, diagnostic) in [
        (
            "find @attr 1=9999 x\n",
            "[114] Unsupported Use attribute -- v3 addinfo '9999'",
        ),
        (
            "find @attr 2=99 x\n",
            "[117] Unsupported Relation attribute -- v3 addinfo '99'",
        ),
        (
            "find @attr 4=99 x\n",
            "[118] Unsupported Structure attribute -- v3 addinfo '99'",
        ),
        (
            "find @attr 3=9 x\n",
            "[119] Unsupported Position attribute -- v3 addinfo '9'",
        ),
        (
            "find @attr 5=102 x\n",
            "[120] Unsupported Truncation attribute -- v3 addinfo '102'",
        ),
        (
            "find @attr 6=9 x\n",
            "[122] Unsupported Completeness attribute -- v3 addinfo '9'",
        ),
        (
            "find @attr 12=1 x\n",
            "[113] Unsupported attribute type -- v3 addinfo '12'",
        ),
        ("find @attr exp1 1=1 x\n", "[121] "),
        (
            "base nowhere\nfind x\n",
            "[235] Database does not exist -- v3 addinfo 'nowhere'",
        ),
        ("find x\nshow 1000000+1\n", "[13] "),
        ("find roman\nelements nonsense\nshow 1\n", "[25] "),
        ("find @set nothing\n", "[30] "),
        ("scan @attr 1=9999 x\n", "[114] "),
        ("scan @attr 1=1028 1\n", "[228] "),
        ("find roman\nsort 1=21 <\n", "[207] "),
        ("querytype ccl\nfind au=hugo\n", "[107] "),
        ("find @attr 5=104 \"?\"\n", "[125] "),
        ("find @prox 0 1 1 2 k 5 @attr 1=4 a @attr 1=4 b\n", "[132] "),
    ] {
        let said = yaz(&daemon, lines);
        says(&said, &[diagnostic]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn zoom_in_its_shell_and_in_perl_is_served() {
    let (_database, daemon) = served().await;
    let said = zoomsh(
        &daemon,
        "set preferredRecordSyntax usmarc\nset presentChunk 1\nsearch @attr 1=7 @attr 5=1 9782070408504\n\
         search @attr 1=4 \"misérables\"\nshow 0 2\nscan @attr 1=4 hist\n",
    );
    says(&said, &[": 2 hits", "245 10 $a Les Misérables"]);
    let target = daemon.text("/z3950").unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/zoom.pl");
    let output = Command::new("perl")
        .args([script, target])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    says(
        &said,
        &[
            "unimarc 2 ",
            "usmarc 2 ",
            "xml 2 ",
            "sutrs 2 ",
            "opac 2 ",
            "sorted ",
            "scan ",
            "114 9999",
            "118 99",
            "117 99",
        ],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loan_at_a_kiosk_shows_at_once_and_no_reader_does() {
    let (_database, daemon) = served().await;
    let text = |path: &str| daemon.text(path).unwrap().to_owned();
    let (barcode, card) = (text("/demo/items/0/barcode"), text("/demo/patrons/0/card"));
    let shown = || {
        let said = yaz(
            &daemon,
            &format!("find @attr 1=1028 {barcode}\nformat opac\nshow 1\n"),
        );
        let copy = said
            .find(&format!("itemId: {barcode}"))
            .expect("the copy is shown");
        // Availability stands before the copy's number.
        let before = said[..copy].rfind("availableNow").unwrap();
        (said[before..copy].to_owned(), said)
    };
    assert!(shown().0.contains("availableNow: 1"));
    let mut kiosk = daemon.kiosk().unwrap();
    let lend =
        format!("11NN20260609    11000020260609    110000AOLENS|AA{card}|AB{barcode}|AC|BON|BIN|");
    assert!(kiosk.ask(&lend).unwrap().starts_with("121"));
    let (copy, all) = shown();
    assert!(
        copy.contains("availableNow: 0") && copy.contains("Date: 2026-"),
        "{copy}"
    );
    assert!(!all.contains(&card), "a card number is in an answer");
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_bytes_end_one_association_and_no_other() {
    let (_database, daemon) = served().await;
    let address = daemon
        .text("/z3950")
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .to_owned();
    let search = |operand: Vec<u8>| {
        let mut query = vec![0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x13, 0x03, 0x01];
        query.extend(operand);
        query
    };
    // A query so deep that a reader with recursion would have no stack left.
    let mut deep = Vec::new();
    for _ in 0..10_000 {
        deep.extend([0xa1, 0x80]);
    }
    let mut bottomless = vec![0xb6, 0x80, 0xb5, 0x80, 0xa1, 0x80];
    bottomless.extend(search(deep));
    let hostile: [Vec<u8>; 6] = [
        b"GET / HTTP/1.1\r\n\r\n".to_vec(),
        vec![0xb4, 0x84, 0xff, 0xff, 0xff, 0xff],
        vec![0xb4, 0x8f, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        vec![0xff; 70_000],
        bottomless,
        vec![0xb6, 0x00],
    ];
    for bytes in hostile {
        let mut peer = TcpStream::connect(&address).unwrap();
        peer.set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        // It may hang up before it has heard all of it.
        let _ = peer.write_all(&bytes);
        let _ = peer.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = peer.read_to_end(&mut answer);
        if !answer.is_empty() {
            let pdu = Pdu::decode(&answer.into(), Limits::default()).unwrap();
            let Pdu::Close(close) = pdu else {
                panic!("{pdu:?}")
            };
            assert_eq!(close.reason, 6);
        }
    }
    says(
        &yaz(&daemon, "find @attr 1=4 roman\n"),
        &["Search was a success"],
    );
}
