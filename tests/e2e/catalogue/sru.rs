//! The SRU door, driven by an SRU client of others, judged by libxml2.

use std::{
    collections::BTreeSet,
    io::{Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
};

use testkit::{Daemon, Database};

use super::{element, models};

/// Elements that were looked at: by namespace and name.
type Seen = BTreeSet<(&'static str, &'static str)>;

async fn served() -> (Database, Daemon) {
    let database = Database::demo().await.unwrap();
    let daemon = Daemon::demo(&database.url).unwrap();
    (database, daemon)
}

/// Head and body of an answer.
fn http(daemon: &Daemon, request: &str) -> (String, String) {
    let address = daemon.text("/http").unwrap().replace("http://", "");
    let mut peer = TcpStream::connect(address).unwrap();
    peer.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    peer.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8(answer).expect("UTF-8");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

/// The body of a GET, which has to be well-formed.
#[track_caller]
fn get(daemon: &Daemon, query: &str) -> String {
    let request = format!("GET /sru?{query} HTTP/1.0\r\nHost: catalogue.example:8080\r\n\r\n");
    let (head, body) = http(daemon, &request);
    assert!(
        head.starts_with("HTTP/1.0 200") && head.contains("text/xml"),
        "{head}"
    );
    well_formed(&body);
    body
}

/// For libxml2, and in its elements for the models of the published schemas.
#[track_caller]
fn valid(what: &str, xml: &str, seen: &mut Seen) {
    well_formed(xml);
    models::check(&element::parse(xml).unwrap(), what, seen);
}

#[track_caller]
fn well_formed(xml: &str) {
    let mut judge = Command::new("xmllint")
        .args(["--noout", "--nonet", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("`cargo xtask test` installs xmllint");
    judge
        .stdin
        .take()
        .unwrap()
        .write_all(xml.as_bytes())
        .unwrap();
    let output = judge.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{}\n{xml}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_version_schema_and_service_is_as_its_schema_says() {
    let (_database, daemon) = served().await;
    let mut seen = Seen::new();
    for version in ["1.1", "1.2", "2.0"] {
        let operation = |name: &str| match version {
            "2.0" => format!("version={version}"),
            _ => format!("version={version}&operation={name}"),
        };
        for schema in [
            "marcxml",
            "dc",
            "mods",
            "unimarcxml",
            "marcxchange",
            "isohold",
        ] {
            let search = operation("searchRetrieve");
            let all = format!(
                "{search}&query=cql.allRecords%3D1&maximumRecords=100&recordSchema={schema}"
            );
            let body = get(&daemon, &all);
            valid(&all, &body, &mut seen);
            let places = body.matches("<sru:recordPosition>").count();
            assert_eq!(places, 100, "{all}");
            assert!(body.contains("<sru:nextRecordPosition>101<"));
            let text = get(
                &daemon,
                &format!("{search}&query=hugo&recordSchema={schema}&recordPacking=string"),
            );
            valid("as text", &text, &mut seen);
            assert!(text.contains("&lt;"), "{text}");
        }
        let facets = format!("{}&query=roman&facetLimit=5", operation("searchRetrieve"));
        valid(&facets, &get(&daemon, &facets), &mut seen);
        let scan = format!(
            "{}&scanClause=dc.title%3Dhist&maximumTerms=5&responsePosition=3",
            operation("scan")
        );
        let scanned = get(&daemon, &scan);
        valid(&scan, &scanned, &mut seen);
        assert_eq!(scanned.matches("<sru:term>").count(), 5, "{scanned}");
        // Just before the first: a term that is there is left out, the next behind one that is not comes.
        let before = |term: &str| {
            let scan = format!(
                "{}&scanClause=dc.title%3D{term}&maximumTerms=2&responsePosition=0",
                operation("scan")
            );
            let scanned = get(&daemon, &scan);
            let values = scanned.split("<sru:value>").skip(1);
            let values = values.map(|rest| rest.split('<').next().unwrap().to_owned());
            values.collect::<Vec<_>>()
        };
        assert_eq!(before("histoire"), before("histoireaa"));
        assert_eq!(before("hist").len(), 2);
        assert_eq!(before("hist")[0], "histoire");
        let explain = operation("explain");
        let explained = get(&daemon, &explain);
        valid(&explain, &explained, &mut seen);
        assert!(
            explained.contains("<zr:host>catalogue.example</zr:host>"),
            "{explained}"
        );
    }
    for query in [
        "verb=Identify",
        "verb=ListMetadataFormats",
        "verb=ListSets",
        "verb=ListIdentifiers&metadataPrefix=oai_dc",
        "verb=ListRecords&metadataPrefix=oai_dc",
        "verb=ListRecords&metadataPrefix=marcxml",
        "verb=ListRecords&metadataPrefix=marcxchange",
        "verb=ListRecords&metadataPrefix=mods",
        "verb=GetRecord&metadataPrefix=mods&identifier=oai:relire:1",
        "verb=Nonsense",
    ] {
        let request = format!("GET /oai?{query} HTTP/1.0\r\nHost: x\r\n\r\n");
        let (head, body) = http(&daemon, &request);
        assert!(head.starts_with("HTTP/1.0 200"), "{query}: {head}");
        valid(query, &body, &mut seen);
    }
    for (space, name) in [
        ("http://www.loc.gov/MARC21/slim", "datafield"),
        ("info:lc/xmlns/marcxchange-v2", "datafield"),
        ("http://www.loc.gov/mods/v3", "titleInfo"),
        ("info:srw/schema/1/dc-schema", "dc"),
        ("http://www.openarchives.org/OAI/2.0/oai_dc/", "dc"),
        ("http://www.loc.gov/standards/iso20775/", "copyInformation"),
        ("http://www.openarchives.org/OAI/2.0/", "ListRecords"),
    ] {
        assert!(
            seen.contains(&(space, name)),
            "{name} of {space} was in no answer"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_have_their_number_and_say_what_was_wrong() {
    let (_database, daemon) = served().await;
    for (query, number, details) in [
        ("version=1.2&operation=searchRetrieve", 7, "query"),
        ("version=9.9&operation=searchRetrieve&query=a", 5, "2.0"),
        ("version=1.2&operation=dance&query=a", 4, "dance"),
        ("query=dc.title%3D", 10, ""),
        ("query=%28a", 13, ""),
        ("query=nope.title%3Da", 15, "nope"),
        ("query=dc.nope%3Da", 16, "dc.nope"),
        ("query=dc.title+encloses+a", 19, "encloses"),
        ("query=dc.title+%3D/fuzzy+a", 20, "fuzzy"),
        ("query=%2A", 29, "*"),
        ("query=%3F%2A", 29, "?*"),
        ("query=%22%22", 27, ""),
        ("query=a&startRecord=100000", 61, ""),
        ("query=a&startRecord=0", 6, "startRecord"),
        ("query=a&recordSchema=nope", 66, "nope"),
        ("query=a+sortBy+dc.subject", 88, "dc.subject"),
        ("query=a+and/x.y+b", 46, "x.y"),
        ("query=a+prox/unit%3Dparagraph+b", 42, ""),
        ("scanClause=relire.barcode%3D1", 16, "relire.barcode"),
        ("query=cql.resultSetId%3Da", 50, "a"),
    ] {
        let body = get(&daemon, query);
        let uri = format!("info:srw/diagnostic/1/{number}<");
        assert!(
            body.contains(&uri),
            "{query} is not refused by {number}:\n{body}"
        );
        assert!(body.contains(details), "{query}\n{body}");
    }
    // Ten thousand conditions are refused before they cost anything.
    let many = vec!["a"; 10_000].join("+and+");
    assert!(get(&daemon, &format!("query={many}")).contains("info:srw/diagnostic/1/"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_sru_client_of_others_is_served() {
    let (_database, daemon) = served().await;
    let python = std::env::var("RELIRE_TEST_PYTHON").expect(
        "RELIRE_TEST_PYTHON names a Python with the packages of tests/clients/requirements.txt: `cargo xtask test` sets it up",
    );
    let output = Command::new(python)
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/clients/sru_clients.py"
        ))
        .env("RELIRE_HTTP", daemon.text("/http").unwrap())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let http = daemon.text("/http").unwrap().replace("http://", "");
    for way in ["get", "post", "soap"] {
        let lines = format!(
            "sru {way} 1.1\nopen http://{http}/sru\nschema dc\nfind dc.title=misérables\nshow 1+1\nquit\n"
        );
        let mut client = Command::new("yaz-client")
            .args(["-f", "/dev/stdin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("`cargo xtask test` installs YAZ");
        client
            .stdin
            .take()
            .unwrap()
            .write_all(lines.as_bytes())
            .unwrap();
        let said = client.wait_with_output().unwrap().stdout;
        let said = String::from_utf8_lossy(&said);
        assert!(
            said.contains("Number of hits: 2") && said.contains("<dc:title>Les Misérables"),
            "{way}: {said}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn holdings_follow_the_kiosk_and_people_get_a_page() {
    let (_database, daemon) = served().await;
    let text = |path: &str| daemon.text(path).unwrap().to_owned();
    let (barcode, card) = (text("/demo/items/0/barcode"), text("/demo/patrons/0/card"));
    let held = || {
        let body = get(
            &daemon,
            &format!(
                "version=1.2&operation=searchRetrieve&query=relire.barcode%3D{barcode}&recordSchema=isohold"
            ),
        );
        let copy = body
            .find(&format!("<hold:value>{barcode}</hold:value>"))
            .unwrap();
        let end = body[copy..].find("</hold:copyInformation>").unwrap();
        body[copy..copy + end].to_owned()
    };
    assert!(held().contains("<hold:availabilityStatus>1<"));
    let mut kiosk = daemon.kiosk().unwrap();
    let lend =
        format!("11NN20260609    11000020260609    110000AOLENS|AA{card}|AB{barcode}|AC|BON|BIN|");
    assert!(kiosk.ask(&lend).unwrap().starts_with("121"));
    let lent = held();
    assert!(
        lent.contains("<hold:availabilityStatus>2<") && lent.contains("2026-"),
        "{lent}"
    );

    let browser = "GET /sru HTTP/1.0\r\nHost: x\r\nAccept: text/html,*/*;q=0.8\r\n\r\n";
    let (head, page) = http(&daemon, browser);
    assert!(
        head.contains("text/html") && head.contains("default-src 'none'"),
        "{head}"
    );
    assert!(page.contains("<h1>Catalogue du réseau") && page.contains("dc.title"));
    let (head, _) = http(&daemon, "GET / HTTP/1.0\r\nHost: x\r\n\r\n");
    assert!(
        head.contains("303") && head.contains("location: /sru"),
        "{head}"
    );
    let (head, _) = http(&daemon, "GET /sru/style.css HTTP/1.0\r\nHost: x\r\n\r\n");
    assert!(head.contains("text/css"));
}
