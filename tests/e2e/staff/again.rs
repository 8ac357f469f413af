//! A form that is sent again: by a reload, a second press, or many at once.

use super::Served;

const DESK: [&str; 4] = ["circulate", "patron.read", "hold", "money"];

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_reloaded_does_nothing_twice() {
    let served = Served::new().await;
    let town = &served.town;
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let books = town.items("LIV", "LENS", 2).await.unwrap();
    let fee = format!(
        "INSERT INTO ledger (patron_id, cents, kind, at, branch, event_id)
         SELECT patron_id, 500, 'other', now(), 'LENS', 0 FROM card WHERE number = '{}'",
        reader.card
    );
    town.store.run_sql(&fee).await.unwrap();
    let fee = served.count("SELECT max(id) FROM ledger").await.to_string();
    let mut browser = served.staff("anne", &DESK).await;
    browser.scan(&reader.card, "");
    let (key, once) = (browser.field("form_key"), browser.field("once"));
    let card = reader.card.as_str();
    let events = "SELECT count(*) FROM event WHERE outcome = 'done'";
    for (path, fields) in [
        (
            "/staff/scan",
            vec![("q", books[0].as_str()), ("card", card)],
        ),
        (
            "/staff/renew",
            vec![("barcode", books[0].as_str()), ("card", card)],
        ),
        (
            "/staff/hold",
            vec![
                ("barcode", books[1].as_str()),
                ("card", card),
                ("pickup", "LENS"),
            ],
        ),
        (
            "/staff/pay",
            vec![
                ("card", card),
                ("fee", &fee),
                ("euros", "2,00"),
                ("how", "pay"),
            ],
        ),
    ] {
        let marks = [("form_key", key.as_str()), ("once", once.as_str())];
        let form: Vec<_> = marks.into_iter().chain(fields).collect();
        let mut told = Vec::new();
        let mut counted = Vec::new();
        for _ in 0..3 {
            let answer = browser.send(path, "", &form);
            assert_eq!(answer.status, 200, "{path}: {answer:?}");
            browser.page = answer.page;
            told.push(browser.told());
            counted.push(served.count(events).await);
        }
        assert_eq!(told[1..], [told[0].clone(), told[0].clone()], "{path}");
        assert_eq!(counted[1..], [counted[0], counted[0]], "{path}");
    }
    let owed = format!("SELECT sum(cents)::bigint FROM ledger WHERE {fee} IN (id, fee_id)");
    assert_eq!(served.count(&owed).await, 300);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_presses_at_once_are_one_loan() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let book = served.town.item("LIV", "LENS").await.unwrap();
    let mut browser = served.staff("anne", &DESK).await;
    browser.scan(&reader.card, "");
    let (key, once) = (browser.field("form_key"), browser.field("once"));
    let presses: Vec<_> = (0..20)
        .map(|_| {
            let mut other = served.browser();
            other.cookie.clone_from(&browser.cookie);
            let (key, once) = (key.clone(), once.clone());
            let (book, card) = (book.clone(), reader.card.clone());
            tokio::task::spawn_blocking(move || {
                let form = [
                    ("form_key", key.as_str()),
                    ("once", &once),
                    ("q", &book),
                    ("card", &card),
                ];
                other.page = other.send("/staff/scan", "", &form).page;
                other.told()
            })
        })
        .collect();
    let mut told = Vec::new();
    for press in presses {
        told.push(press.await.unwrap());
    }
    assert!(told[0].contains("Prêté jusqu’au "), "{}", told[0]);
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(served.loans_of(&reader).await, 1);
    let loans = format!(
        "SELECT count(*) FROM event e JOIN card c USING (patron_id) WHERE kind = 'checkout' AND c.number = '{}'",
        reader.card
    );
    assert_eq!(served.count(&loans).await, 1);
}
