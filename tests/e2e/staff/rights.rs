//! What each right opens, and what is shut without it; and what is noted.

use super::Served;

/// The fields of a form.
type Fields = &'static [(&'static str, &'static str)];

/// The way to each right: the action, and a question that takes it.
const WAYS: [(&str, &str, &str, Fields); 43] = [
    (
        "circulate",
        "POST",
        "/staff/lend",
        &[("card", "CARD"), ("barcode", "BOOK")],
    ),
    ("circulate", "POST", "/staff/return", &[("barcode", "BOOK")]),
    (
        "circulate",
        "POST",
        "/staff/undo",
        &[("barcode", "BOOK"), ("what", "loan")],
    ),
    (
        "circulate",
        "POST",
        "/staff/renew",
        &[("card", "CARD"), ("barcode", "BOOK")],
    ),
    ("circulate", "POST", "/staff/renew-all", &[("card", "CARD")]),
    (
        "hold",
        "POST",
        "/staff/hold",
        &[("card", "CARD"), ("barcode", "BOOK"), ("pickup", "LENS")],
    ),
    (
        "money",
        "POST",
        "/staff/pay",
        &[
            ("card", "CARD"),
            ("fee", "1"),
            ("euros", "1"),
            ("how", "pay"),
        ],
    ),
    ("item.read", "GET", "/staff/items/BOOK", &[]),
    (
        "item.edit",
        "POST",
        "/staff/items/BOOK/condition",
        &[("condition", "good")],
    ),
    ("list", "GET", "/staff/lists/hold-shelf", &[]),
    ("list", "GET", "/staff/lists/shuttle", &[]),
    ("list", "GET", "/staff/lists/shuttle/in/VIMY", &[]),
    ("list", "GET", "/staff/lists/overdue", &[]),
    ("figures", "GET", "/staff/figures", &[]),
    ("catalogue.merge", "GET", "/staff/work/records", &[]),
    ("catalogue.merge", "GET", "/staff/work/moves", &[]),
    ("catalogue.merge", "POST", "/staff/work/moves/1/undo", &[]),
    (
        "calendar",
        "GET",
        "/staff/calendar/closure?place=LENS&first=2026-07-07&last=2026-07-07&reason=essai",
        &[],
    ),
    (
        "calendar",
        "POST",
        "/staff/calendar/closure",
        &[
            ("place", "LENS"),
            ("first", "jamais"),
            ("last", ""),
            ("reason", "essai"),
            ("seen", "0"),
        ],
    ),
    ("calendar", "GET", "/staff/calendar/week?day2=9-12", &[]),
    ("list", "GET", "/staff/work/offline", &[]),
    ("terminal", "GET", "/staff/terminals", &[]),
    (
        "terminal",
        "POST",
        "/staff/terminals/lens-automate-1/password",
        &[],
    ),
    ("terminal", "GET", "/staff/terminals/new", &[]),
    ("terminal", "GET", "/staff/terminals/lens-automate-1", &[]),
    ("partner", "GET", "/staff/partners", &[]),
    ("partner", "GET", "/staff/partners/new", &[]),
    ("user", "GET", "/staff/users", &[]),
    ("user", "POST", "/staff/users", &[("branch", "")]),
    ("inventory", "GET", "/staff/inventory", &[]),
    (
        "inventory",
        "POST",
        "/staff/inventory",
        &[("first", "Z"), ("last", "A")],
    ),
    ("event.read", "GET", "/staff/log", &[]),
    ("event.read", "GET", "/staff/log?barcode=BOOK", &[]),
    ("audit.read", "GET", "/staff/audit", &[]),
    ("item.read", "GET", "/staff/items/BOOK/history", &[]),
    ("item.read", "GET", "/staff/items/BOOK", &[]),
    ("branch", "GET", "/staff/branches/new", &[]),
    (
        "branch",
        "POST",
        "/staff/branches/LENS",
        &[
            ("name", "Ailleurs"),
            ("commune", "Lens"),
            ("phone", ""),
            ("phone2", ""),
            ("street", ""),
            ("postcode", ""),
            ("town", ""),
            ("note", ""),
        ],
    ),
    ("patron.read", "GET", "/staff/readers?words=fictif", &[]),
    ("patron.edit", "GET", "/staff/readers/new", &[]),
    ("patron.edit", "POST", "/staff/readers/new", &[]),
    ("patron.merge", "GET", "/staff/work/readers", &[]),
    ("patron.merge", "POST", "/staff/work/readers/1/apart", &[]),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_right_opens_its_pages_and_no_other_does() {
    let served = Served::new().await;
    let card = served.town.reader("ADU", "LENS").await.unwrap().card;
    let book = served.town.item("LIV", "LENS").await.unwrap();
    let filled = |text: &str| text.replace("CARD", &card).replace("BOOK", &book);
    let all: std::collections::BTreeSet<_> = WAYS.iter().map(|(action, ..)| *action).collect();
    for (number, action) in all.iter().enumerate() {
        let others: Vec<_> = all
            .iter()
            .filter(|other| *other != action)
            .copied()
            .collect();
        let mut with = served.staff(&format!("with{number}"), &[action]).await;
        let mut without = served.staff(&format!("without{number}"), &others).await;
        for (_, method, path, fields) in WAYS.iter().filter(|(of, ..)| of == action) {
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| (*name, filled(value)))
                .collect();
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            let path = filled(path);
            for (browser, expected) in [(&mut with, 200), (&mut without, 403)] {
                let status = match *method {
                    "GET" => browser.ask(&format!("GET {path} HTTP/1.1"), "").status,
                    _ => browser.post(&path, &fields).status,
                };
                // What is done may lead on to another page.
                let status = if status == 303 { 200 } else { status };
                assert_eq!(status, expected, "{action}: {method} {path}");
            }
        }
    }
}

/// A right is of a branch: elsewhere the same person may look at nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_right_ends_at_the_branch_s_door() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let book = served.town.item("LIV", "LENS").await.unwrap();
    let mut browser = served
        .staff("anne", &["circulate", "patron.read", "list", "item.read"])
        .await;
    assert_eq!(
        browser.post("/staff/branch", &[("branch", "NONE")]).status,
        404
    );
    assert_eq!(
        browser.post("/staff/branch", &[("branch", "VIMY")]).status,
        303
    );
    browser.get("/staff");
    for (path, form) in [
        (
            "/staff/lend",
            vec![("card", reader.card.as_str()), ("barcode", &book)],
        ),
        ("/staff/return", vec![("barcode", book.as_str())]),
    ] {
        assert_eq!(browser.post(path, &form).status, 403, "{path}");
    }
    assert_eq!(
        browser.ask("GET /staff/lists/pull HTTP/1.1", "").status,
        403
    );
    browser.scan(&reader.card, "");
    assert!(
        !browser.page.contains("class=\"card reader\""),
        "no file is shown"
    );
    assert_eq!(
        browser.post("/staff/branch", &[("branch", "LENS")]).status,
        303
    );
    browser.get("/staff");
    browser.scan(&reader.card, "");
    assert!(browser.page.contains("class=\"card reader\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_look_into_a_file_is_noted() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let book = served.town.item("LIV", "LENS").await.unwrap();
    let noted = "SELECT count(*) FROM audit WHERE action = 'patron.read' AND patron_id IS NOT NULL AND branch = 'LENS'";
    let mut browser = served
        .staff("anne", &["circulate", "patron.read", "hold", "money"])
        .await;
    let mut looks = 0;
    browser.scan(&reader.card, "");
    for (path, form) in [
        (
            "/staff/scan",
            vec![("q", book.as_str()), ("card", &reader.card)],
        ),
        (
            "/staff/renew",
            vec![("barcode", book.as_str()), ("card", &reader.card)],
        ),
        (
            "/staff/hold/cancel",
            vec![("hold", "1"), ("card", &reader.card)],
        ),
        (
            "/staff/pay",
            vec![
                ("fee", "1"),
                ("euros", "1"),
                ("how", "waive"),
                ("card", &reader.card),
            ],
        ),
        ("/staff/renew-all", vec![("card", &reader.card)]),
        (
            "/staff/undo",
            vec![("what", "loan"), ("barcode", &book), ("card", &reader.card)],
        ),
    ] {
        looks += 1;
        assert_eq!(served.count(noted).await, looks, "before {path}");
        assert_eq!(browser.post(path, &form).status, 200, "{path}");
        assert!(browser.page.contains("class=\"card reader\""), "{path}");
    }
    let mut blind = served.staff("luc", &["circulate"]).await;
    blind.scan(&book, &reader.card);
    assert!(!blind.page.contains("class=\"card reader\""));
    assert_eq!(served.count(noted).await, looks + 1);
    let unlearned = "SELECT count(*) FROM audit WHERE detail::text LIKE '%26%'";
    assert_eq!(served.count(unlearned).await, 0, "no card is in the notes");
}

/// Why something was decided is the branch's own affair, and of who reads the log.
#[tokio::test(flavor = "multi_thread")]
async fn why_is_told_at_the_branch_where_it_happened() {
    let served = Served::new().await;
    let town = &served.town;
    let reader = town.reader("ADU", "VIMY").await.unwrap();
    let book = town.item("LIV", "VIMY").await.unwrap();
    let there = town.kiosk("VIMY").await.unwrap();
    let lent = town
        .desk
        .checkout(town.checkout(&there, &reader, &book))
        .await
        .unwrap();
    let event = lent.event.unwrap();
    let path = format!("/staff/events/{event}");
    let mut here = served.staff("anne", &["circulate", "event.read"]).await;
    assert_eq!(here.get(&path).status, 403);
    let everywhere = "UPDATE staff_right SET branch = NULL WHERE action = 'event.read'";
    town.store.run_sql(everywhere).await.unwrap();
    let page = here.get(&path);
    assert_eq!(page.status, 200);
    assert!(super::text(&page.page).contains("loan_days"), "{page:?}");
}
