//! What is sent to break it: told what is wrong, in the standard's form, and nothing done.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use serde_json::json;

use super::{Served, at, send};

const JSON: &str = "Content-Type: application/json\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_are_no_question() {
    let served = Served::new().await;
    let program = served.any().await;
    let deep = |depth: usize| format!("{{\"card\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    let long = format!("{{\"card\":\"{}\"}}", "x".repeat(70_000));
    let nested = "{\"a\":".repeat(9_000);
    let unreadable: &[(&[u8], u16, &str)] = &[
        (b"", 422, "invalid"),
        (b"{", 400, "unreadable"),
        (b"\xff\xfe", 400, "unreadable"),
        (
            b"{\"card\":\"\xc3\x28\",\"barcode\":\"1\"}",
            400,
            "unreadable",
        ),
        (b"{\"card\":\"a\nb\",\"barcode\":\"1\"}", 400, "unreadable"),
        (br#"{"card":"1","barcode":"2"}{}"#, 400, "unreadable"),
        (br#"{"card":"\ud800","barcode":"2"}"#, 400, "unreadable"),
        (br#"["1","2"]"#, 422, "invalid"),
        (b"null", 422, "invalid"),
        (br#""loan""#, 422, "invalid"),
        (br#"{"card":1,"barcode":"2"}"#, 422, "invalid"),
        (br#"{"card":null,"barcode":"2"}"#, 422, "invalid"),
        (br#"{"card":"1","card":"2","barcode":"3"}"#, 422, "invalid"),
        (
            br#"{"card":"1","barcode":"2","admin":true}"#,
            422,
            "invalid",
        ),
        (br#"{"card":"a\u0000b","barcode":"2"}"#, 422, "invalid"),
        (
            br#"{"card":"1","barcode":"2","desired_due":"-009999-01-01"}"#,
            422,
            "invalid",
        ),
        (
            br#"{"card":"1","barcode":"2","dry_run":"yes"}"#,
            422,
            "invalid",
        ),
        (
            br#"{"card":"1","barcode":"2","overrides":{"rights":["all"],"reason":"x"}}"#,
            422,
            "invalid",
        ),
        (
            br#"{"card":"1","barcode":"2","overrides":{"rights":[],"reason":"\u0007"}}"#,
            422,
            "invalid",
        ),
        (long.as_bytes(), 413, "too-large"),
    ];
    for (body, status, kind) in unreadable {
        let told = program.ask("POST", "/loans", JSON, body);
        told.problem(*status, kind);
    }
    let field = program.ask("POST", "/loans", JSON, unreadable[17].0);
    assert_eq!(field.json["field"], "overrides.rights[0]");
    for deep in [deep(200), deep(30_000), nested] {
        let told = program.ask("POST", "/loans", JSON, deep.as_bytes());
        assert!([400, 422].contains(&told.status), "{told:?}");
    }
    for kind in [
        "",
        "Content-Type: text/plain\r\n",
        "Content-Type: application/x-www-form-urlencoded\r\n",
    ] {
        let told = program.ask("POST", "/loans", kind, br#"{"card":"1","barcode":"2"}"#);
        told.problem(415, "media-type");
    }
    program.get("/me").fine();
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_and_methods_that_are_none() {
    let served = Served::new().await;
    let program = served.any().await;
    let no = program.get("/loans");
    no.problem(405, "method");
    assert_eq!(no.header("allow"), Some("POST"));
    program
        .ask("PUT", "/holds/1", "", b"")
        .problem(405, "method");
    for path in [
        "",
        "/",
        "/nothing",
        "/items",
        "/items/a%00b",
        "/items/%ff",
        "/events/x",
        "/bibs/-/copies",
    ] {
        program.get(path).problem(404, "not-found");
    }
    let shown = format!("Authorization: Bearer {}\r\n", program.token);
    for path in ["/api", "/api/", "/api/v2/me"] {
        at(&program.address, "GET", path, &shown, b"").problem(404, "not-found");
    }
    let sql = program.get("/items/'%20OR%201=1--");
    sql.problem(404, "not-found");
    program
        .ask("DELETE", "/holds/99999999999999999999", "", b"")
        .problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_are_none() {
    let served = Served::new().await;
    let (program, town) = (served.any().await, &served.town);
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let book = town.item("LIV", "LENS").await.unwrap();
    let lend = json!({ "card": reader.card, "barcode": book }).to_string();
    let long = "k".repeat(129);
    for wrong in [
        "Idempotency-Key: a\r\nIdempotency-Key: b\r\n",
        "Idempotency-Key: a\r\nidempotency-key: a\r\n",
        "Idempotency-Key:\r\n",
        "Idempotency-Key: a b\r\n",
        "Idempotency-Key: \u{e9}\r\n",
        &format!("Idempotency-Key: {long}\r\n"),
    ] {
        let told = program.ask("POST", "/loans", &format!("{JSON}{wrong}"), lend.as_bytes());
        told.problem(400, "unreadable");
    }
    // A line that goes on in the next one is no header of HTTP any more.
    let folded = format!("{JSON}Idempotency-Key: a\r\n b\r\n");
    let told = program.ask("POST", "/loans", &folded, lend.as_bytes());
    assert_eq!(told.status, 400, "{told:?}");
    let item = program.get(&format!("/items/{book}"));
    assert_eq!(item.fine()["place"]["at"], "shelf");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_too_often_waits() {
    let served = Served::new().await;
    let (program, other) = (served.any().await, served.any().await);
    let (asked, told_off) = (AtomicU32::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while !told_off.load(Ordering::Relaxed)
                    && asked.fetch_add(1, Ordering::Relaxed) < 20_000
                {
                    let told = program.get("/me");
                    if told.status == 429 {
                        told.problem(429, "too-many");
                        assert_eq!(told.header("retry-after"), Some("1"));
                        told_off.store(true, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    assert!(told_off.load(Ordering::Relaxed));
    assert!(asked.load(Ordering::Relaxed) > 200);
    other.get("/me").fine();
    // Tokens that nobody has are tried so often from one address; who is known there goes on.
    let mut tried = 0;
    loop {
        tried += 1;
        let shown = format!("Authorization: Bearer {:064x}\r\n", u64::MAX - tried);
        match send(&program.address, "GET", "/me", &shown, b"").status {
            401 if tried < 20_000 => {}
            status => {
                assert_eq!(status, 429);
                break;
            }
        }
    }
    assert!(tried > 200);
    other.get("/me").fine();
}
