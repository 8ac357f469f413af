//! Readers registered, changed and blocked on the pages.

use super::{Browser, Served, header};

const EDIT: [&str; 4] = ["circulate", "patron.read", "patron.edit", "hold"];

/// The file of a reader, by the address that the page before led to.
fn led_to(answer: &super::Answer) -> String {
    assert_eq!(answer.status, 303, "{answer:?}");
    let to = header(&answer.head, "location").unwrap();
    to.split('?').next().unwrap().to_owned()
}

fn new<'a>(card: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("card", card),
        ("family_name", "D’Essai <b>"),
        ("given_name", "Zoé"),
        ("born_on", "1990-05-03"),
        ("category", "ADU"),
        ("home_branch", "LENS"),
        ("pin", "4827"),
    ];
    for (name, value) in more {
        match fields.iter_mut().find(|(other, _)| other == name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        }
    }
    fields
}

/// The value of a hidden field of the page that is shown.
fn hidden(browser: &Browser, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let (_, rest) = browser.page.split_once(&mark).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_is_registered_once_and_borrows() {
    let served = Served::new().await;
    let mut browser = served.staff("anne", &EDIT).await;
    browser.get("/staff/readers/new");
    let fields = new("2629999000017", &[]);
    let first = browser.post("/staff/readers/new", &fields);
    let file = led_to(&first);
    // Sent again, by a reload: the same reader, and no refusal.
    assert_eq!(led_to(&browser.post("/staff/readers/new", &fields)), file);
    let page = browser.get(&file).page;
    assert!(page.contains("D’Essai &#60;b&#62;"), "{page}");
    assert!(!page.contains("4827"), "{page}");
    let book = served.town.item("LIV", "LENS").await.unwrap();
    browser.get("/staff");
    browser.scan("2629999000017", "");
    browser.scan(&book, "2629999000017");
    assert!(browser.told().contains("Prêté"), "{}", browser.told());
    let looked = "SELECT count(*) FROM audit a JOIN card c ON c.patron_id = a.patron_id WHERE c.number = '2629999000017'";
    assert!(served.count(looked).await >= 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_stands_beside_its_field_and_nothing_is_lost() {
    let served = Served::new().await;
    let mut browser = served.staff("anne", &EDIT).await;
    browser.get("/staff/readers/new");
    let before = served.count("SELECT count(*) FROM patron").await;
    for (name, value, field) in [
        ("email", "nobody", "email"),
        ("phone", "appeler", "phone"),
        ("pin", "1234", "pin"),
        ("category", "", "category"),
        ("born_on", "hier", "born_on"),
        ("guarantor", "0000", "guarantor"),
        ("card", "a b", "card"),
    ] {
        let answer = browser.post(
            "/staff/readers/new",
            &new("2629999000025", &[(name, value)]),
        );
        assert_eq!(answer.status, 200, "{answer:?}");
        let mark = format!("id=\"no-{field}\"");
        assert!(answer.page.contains(&mark), "{name}: {}", answer.page);
        assert!(
            answer.page.contains("Zoé"),
            "{name}: what was typed is kept"
        );
        assert!(!answer.page.contains("4827"), "{name}: but no PIN");
    }
    // A child needs somebody who answers for it.
    let child = [("born_on", "2018-05-03"), ("category", "ENF")];
    let answer = browser.post("/staff/readers/new", &new("2629999000025", &child));
    assert!(answer.page.contains("no-guarantor"), "{}", answer.page);
    assert_eq!(served.count("SELECT count(*) FROM patron").await, before);

    // The same names and birth date: shown first, and then believed.
    let made = browser.post("/staff/readers/new", &new("2629999000025", &[]));
    let first = led_to(&made);
    let alike = browser.post("/staff/readers/new", &new("2629999000033", &[]));
    assert!(alike.page.contains(&first), "{}", alike.page);
    let sure = browser.post(
        "/staff/readers/new",
        &new("2629999000033", &[("alike", "yes")]),
    );
    assert_ne!(led_to(&sure), first);
    // A number that is taken.
    browser.get("/staff/readers/new");
    let taken = browser.post(
        "/staff/readers/new",
        &new("2629999000033", &[("given_name", "Léa")]),
    );
    assert!(taken.page.contains("no-card"), "{}", taken.page);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_colleague_changed_meanwhile_is_not_written_over() {
    let served = Served::new().await;
    let mut browser = served.staff("anne", &EDIT).await;
    browser.get("/staff/readers/new");
    let file = led_to(&browser.post("/staff/readers/new", &new("2629999000041", &[])));
    let edit = format!("{file}/edit");
    browser.get(&edit);
    let version = hidden(&browser, "version");
    let phone = [("phone", "0639980000"), ("version", version.as_str())];
    led_to(&browser.post(&edit, &new("", &phone)));
    assert!(browser.get(&file).page.contains("0639980000"));
    browser.get(&edit);
    let late = [("phone", "0639981111"), ("version", version.as_str())];
    let answer = browser.post(&edit, &new("", &late));
    assert_eq!(answer.status, 200);
    assert!(
        answer.page.contains("Rien n’est enregistré"),
        "{}",
        answer.page
    );
    assert!(browser.get(&file).page.contains("0639980000"));

    // Fields that no form has change nothing.
    browser.get(&edit);
    let version = hidden(&browser, "version");
    let more = [
        ("version", version.as_str()),
        ("id", "1"),
        ("household", "1"),
        ("expires_on", "2099-01-01"),
    ];
    led_to(&browser.post(&edit, &new("", &more)));
    assert!(!browser.get(&file).page.contains("2099"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_stops_loans_until_it_is_lifted() {
    let served = Served::new().await;
    let mut browser = served.staff("anne", &EDIT).await;
    browser.get("/staff/readers/new");
    let file = led_to(&browser.post("/staff/readers/new", &new("2629999000058", &[])));
    browser.get(&file);
    led_to(&browser.post(&format!("{file}/block"), &[("message", "Passez nous voir")]));
    let page = browser.get(&file).page;
    assert!(page.contains("Passez nous voir"), "{page}");
    let book = served.town.item("LIV", "LENS").await.unwrap();
    browser.get("/staff");
    browser.scan(&book, "2629999000058");
    assert!(!browser.told().contains("Prêté"), "{}", browser.told());
    browser.get(&file);
    let number = hidden(&browser, "number");
    led_to(&browser.post(
        &format!("{file}/lift"),
        &[("what", "block"), ("number", &number)],
    ));
    browser.get("/staff");
    browser.scan(&book, "2629999000058");
    assert!(browser.told().contains("Prêté"), "{}", browser.told());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_and_nothing_is_found_by_counting() {
    let served = Served::new().await;
    let mut browser = served.staff("anne", &EDIT).await;
    for path in [
        "0",
        "-1",
        "999999999",
        "9223372036854775807",
        "9223372036854775808",
        "x",
        "1%00",
    ] {
        let answer = browser.get(&format!("/staff/readers/{path}"));
        assert_eq!(answer.status, 404, "{path}: {}", answer.page);
        let answer = browser.get(&format!("/staff/readers/{path}/edit"));
        assert_eq!(answer.status, 404, "{path}: {}", answer.page);
    }
    // Who may not look into files learns the same of those that there are and those that there are not.
    let mut blind = served.staff("luc", &["circulate", "list"]).await;
    for path in ["1", "999999999"] {
        assert_eq!(blind.get(&format!("/staff/readers/{path}")).status, 403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_card_is_replaced_fees_are_told_and_an_account_is_closed() {
    let served = Served::new().await;
    let more = [&EDIT[..], &["money"]].concat();
    let mut browser = served.staff("anne", &more).await;
    browser.get("/staff/readers/new");
    let file = led_to(&browser.post("/staff/readers/new", &new("2629999000066", &[])));
    browser.get(&file);
    let card = [("former", "lost"), ("number", "2629999000074")];
    led_to(&browser.post(&format!("{file}/card"), &card));
    let page = browser.get(&file).page;
    assert!(page.contains("2629999000074"), "{page}");
    assert!(page.contains("perdue"), "{page}");
    // The number of a card that is in use.
    browser.get(&file);
    let again = browser.post(&format!("{file}/card"), &card);
    assert!(again.page.contains("role=\"alert\""), "{}", again.page);

    browser.get("/staff");
    browser.scan("2629999000074", "");
    let fee = |euros| {
        [
            ("card", "2629999000074"),
            ("kind", "damage"),
            ("euros", euros),
            ("note", "page <i>déchirée</i>"),
        ]
    };
    let wrong = browser.post("/staff/charge", &fee("beaucoup"));
    assert!(wrong.page.contains("n’en est pas un"), "{}", wrong.page);
    let asked = browser.post("/staff/charge", &fee("2,50"));
    assert!(
        asked.page.contains("Frais demandés : 2,50"),
        "{}",
        asked.page
    );
    let page = browser.get(&format!("{file}/account")).page;
    assert!(
        page.contains("2,50") && page.contains("&#60;i&#62;"),
        "{page}"
    );

    browser.get(&file);
    let version = hidden(&browser, "version");
    let end = [("version", version.as_str()), ("sure", "yes")];
    let close = format!("{file}/close");
    let no = browser.post(&close, &end);
    assert!(no.page.contains("role=\"alert\""), "{}", no.page);
    let fee = served.count("SELECT max(id) FROM ledger").await.to_string();
    let paid = [
        ("card", "2629999000074"),
        ("fee", fee.as_str()),
        ("euros", "2,50"),
        ("how", "pay"),
    ];
    browser.post("/staff/pay", &paid);
    // Without the tick nothing is closed.
    browser.get(&file);
    assert_eq!(browser.post(&close, &end[..1]).status, 200);
    assert_eq!(browser.get(&file).status, 200);
    led_to(&browser.post(&close, &end));
    assert_eq!(browser.get(&file).status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_is_looked_at_and_changed_on_its_page() {
    let served = Served::new().await;
    let mut browser = served.staff("anne", &EDIT).await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let book = served.town.item("LIV", "VIMY").await.unwrap();
    browser.get("/staff");
    let place = [
        ("card", reader.card.as_str()),
        ("barcode", book.as_str()),
        ("pickup", "LENS"),
    ];
    let placed = browser.post("/staff/hold", &place);
    let (_, rest) = placed.page.split_once("\"/staff/holds/").unwrap();
    let page = format!("/staff/holds/{}", rest.split('"').next().unwrap());
    assert!(
        browser.get(&page).page.contains("0 avant"),
        "{}",
        browser.page
    );
    let last = hidden_day(&browser.page, "needed_until");
    let change = [
        ("card", reader.card.as_str()),
        ("pickup", "WING"),
        ("needed_until", last.as_str()),
        ("paused_until", "2026-06-30"),
    ];
    led_to(&browser.post(&page, &change));
    let shown = browser.get(&page).page;
    assert!(shown.contains("en pause jusqu’au 30/06/2026"), "{shown}");
    let stands = format!(
        "SELECT count(*) FROM hold WHERE id = {} AND pickup = 'WING' AND suspended_until = '2026-06-30'",
        page.rsplit('/').next().unwrap()
    );
    assert_eq!(served.count(&stands).await, 1);
    // Somebody else's card changes nothing.
    let other = served.town.reader("ADU", "LENS").await.unwrap();
    let theirs = [("card", other.card.as_str()), ("pickup", "VIMY")];
    let no = browser.post(&page, &theirs);
    assert!(no.page.contains("role=\"alert\""), "{}", no.page);
    assert_eq!(served.count(&stands).await, 1);
    let nowhere = [("card", reader.card.as_str()), ("pickup", "NULLE")];
    assert_eq!(browser.post(&page, &nowhere).status, 400);
    assert_eq!(served.count(&stands).await, 1);
    assert_eq!(browser.get("/staff/holds/999999999").status, 404);
}

/// The day in a field of the page.
fn hidden_day(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" type=\"date\" value=\"");
    let (_, rest) = page.split_once(&mark).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_files_are_compared_and_made_one() {
    let served = Served::new().await;
    let more = [&EDIT[..], &["patron.merge"]].concat();
    let mut browser = served.staff("anne", &more).await;
    let mut files = Vec::new();
    for (card, given) in [("2629999000082", "Zoé"), ("2629999000090", "Zoë")] {
        browser.get("/staff/readers/new");
        let fields = [("given_name", given), ("alike", "yes")];
        files.push(led_to(
            &browser.post("/staff/readers/new", &new(card, &fields)),
        ));
    }
    let number = |file: &str| file.rsplit('/').next().unwrap().to_owned();
    let (one, other) = (number(&files[0]), number(&files[1]));
    let pair = store::NewDoubt {
        one: one.parse().unwrap(),
        other: other.parse().unwrap(),
        score: 95,
        why: vec!["accents".into()],
    };
    let at = served.town.now().timestamp();
    served.town.store.propose_doubts(&[pair], at).await.unwrap();
    let list = browser.get("/staff/work/readers").page;
    assert!(list.contains("aux accents près"), "{list}");
    let compare = format!("/staff/readers/{one}/merge?with={other}");
    assert!(list.contains(&compare), "{list}");
    assert!(browser.get(&compare).page.contains("2629999000090"));
    let merge = format!("/staff/readers/{one}/merge");
    let (version, other_version) = (
        hidden(&browser, "version"),
        hidden(&browser, "other_version"),
    );
    let fields = [
        ("version", version.as_str()),
        ("other", other.as_str()),
        ("other_version", other_version.as_str()),
        ("stays", other.as_str()),
        ("sure", "yes"),
    ];
    // Without the tick nothing is done, and a third file is none of the two.
    assert_eq!(browser.post(&merge, &fields[..4]).status, 200);
    assert_eq!(browser.get(&files[0]).status, 200);
    browser.get(&compare);
    let mut third = fields;
    third[3].1 = "1";
    assert_eq!(browser.post(&merge, &third).status, 404);
    browser.get(&compare);
    assert_eq!(led_to(&browser.post(&merge, &fields)), files[1]);
    // The file that ended leads to the one that stays; the pair is gone.
    assert_eq!(led_to(&browser.get(&files[0])), files[1]);
    assert!(browser.get(&files[1]).page.contains("2629999000082"));
    assert!(
        browser
            .get("/staff/work/readers")
            .page
            .contains("Rien à examiner")
    );
    assert_eq!(browser.get(&compare).status, 404);
}
