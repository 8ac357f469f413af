//! What a kiosk did by itself while its line was down, sent when it is back ("no block").

use testkit::{Reader, Wire, field};

use super::{NO_DATE, Served, checkin, checkout};

/// Monday and Tuesday; the daemon's clock says Tuesday, eleven.
const MONDAY: &str = "20260608    ";
const TUESDAY: &str = "20260609    ";

fn lent(at: &str, card: &str, barcode: &str) -> String {
    format!("11YY{at}{NO_DATE}AOLENS|AA{card}|AB{barcode}|AC|BON|BIN|")
}

fn returned(at: &str, barcode: &str) -> String {
    format!("09Y{at}{at}AP|AO|AB{barcode}|AC|BIN|")
}

fn renewed(at: &str, card: &str, barcode: &str) -> String {
    format!("29NY{at}{NO_DATE}AOLENS|AA{card}|AB{barcode}|AC|BON|")
}

fn says(kiosk: &mut Wire, message: &str, answer: &str) -> String {
    let said = kiosk.ask(message).unwrap();
    assert!(said.starts_with(answer), "{message}: {said}");
    said
}

impl Served {
    /// How many entries the list of a branch has, and its text.
    fn exceptions(&self, branch: &str) -> (usize, String) {
        let list = self.list("offline", branch);
        (list.lines().count(), list)
    }

    async fn on_loan(&self, barcode: &str) -> i64 {
        self.town
            .store
            .count(&format!(
                "SELECT count(*) FROM custody c JOIN item i ON i.id = c.item_id
                  WHERE c.until IS NULL AND c.kind = 'loan' AND i.barcode = '{barcode}'"
            ))
            .await
            .unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_taken_over_with_its_own_dates_and_counts_once() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let book = served.town.item("LIV", "LENS").await.unwrap();
    let kept = served.town.item("LIV", "LENS").await.unwrap();
    let mut kiosk = served.kiosk("LENS");
    let status = kiosk.ask("9900802.00").unwrap();
    assert_eq!(&status[..8], "98YYYYYY", "off-line is allowed: {status}");

    let batch = [
        lent(&format!("{MONDAY}170000"), &reader.card, &book),
        lent(&format!("{MONDAY}170010"), &reader.card, &kept),
        returned(&format!("{MONDAY}171500"), &book),
    ];
    let first: Vec<_> = batch
        .iter()
        .map(|message| kiosk.ask(message).unwrap())
        .collect();
    assert!(first[0].starts_with("121N"), "{}", first[0]);
    // 28 days from the Monday on which it was lent, not from today.
    assert_eq!(
        field(&first[1], 24, "AH"),
        Some("20260707    235959"),
        "{}",
        first[1]
    );
    assert!(first[2].starts_with("101"), "{}", first[2]);
    assert_eq!(served.on_loan(&book).await, 0);

    // The whole batch once more, on a new connection: the same answers, and nothing is lent again.
    let mut again = served.kiosk("LENS");
    for (message, answer) in batch.iter().zip(&first) {
        let said = again.ask(message).unwrap();
        assert_eq!(said[..4], answer[..4], "{message}");
        let due = |text: &str| field(text, 24, "AH").map(str::to_owned);
        assert_eq!(due(&said), due(answer), "{message}");
    }
    assert_eq!(served.on_loan(&book).await, 0, "it was returned");
    assert_eq!(served.on_loan(&kept).await, 1);
    assert_eq!(served.exceptions("LENS").0, 0, "nothing was odd");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_rules_forbid_has_happened_and_staff_see_it() {
    let served = Served::new().await;
    let town = &served.town;
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let mut kiosk = served.kiosk("LENS");
    says(
        &mut kiosk,
        &format!(
            "01N{TUESDAY}100000AOLENS|ALCarte oubliée|AA{}|AC|",
            reader.card
        ),
        "24Y",
    );
    let book = town.item("LIV", "LENS").await.unwrap();
    says(&mut kiosk, &checkout(&reader.card, &book), "120");
    let done = says(
        &mut kiosk,
        &lent(&format!("{TUESDAY}101500"), &reader.card, &book),
        "121N",
    );
    assert!(done.contains("signalée au personnel"), "{done}");
    let (entries, list) = served.exceptions("LENS");
    assert_eq!(entries, 1, "{list}");
    assert!(
        list.contains("contre les règles")
            && list.contains("Carte oubliée")
            && list.contains(&book),
        "{list}"
    );
    let why = served.why(&done);
    assert!(why.contains("off-line"), "{why}");

    // Somebody has looked at it.
    let entry: serde_json::Value = serde_json::from_str(list.trim()).unwrap();
    served.relire(&["settle", &entry["id"].to_string()]);
    assert_eq!(served.exceptions("LENS").0, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_that_was_somewhere_else() {
    let served = Served::new().await;
    let town = &served.town;
    let [first, second]: [Reader; 2] = [
        town.reader("ADU", "LENS").await.unwrap(),
        town.reader("ADU", "LENS").await.unwrap(),
    ];
    let mut kiosk = served.kiosk("LENS");
    let book = town.item("LIV", "LENS").await.unwrap();

    // On loan since Monday; handed on without a return: the second reader has it.
    says(
        &mut kiosk,
        &lent(&format!("{MONDAY}100000"), &first.card, &book),
        "121",
    );
    says(
        &mut kiosk,
        &lent(&format!("{MONDAY}160000"), &second.card, &book),
        "121",
    );
    let (entries, list) = served.exceptions("LENS");
    assert!(
        entries == 1 && list.contains("ce prêt a été clos"),
        "{list}"
    );

    // Earlier than what is known since: nothing moves.
    let late = says(
        &mut kiosk,
        &lent(&format!("{MONDAY}120000"), &first.card, &book),
        "120",
    );
    assert!(late.contains("hors ligne"), "{late}");
    says(
        &mut kiosk,
        &returned(&format!("{MONDAY}150000"), &book),
        "100",
    );
    let holder = town
        .store
        .count(&format!(
            "SELECT count(*) FROM custody u JOIN item i ON i.id = u.item_id JOIN card c ON c.patron_id = u.patron_id
              WHERE u.until IS NULL AND i.barcode = '{book}' AND c.number = '{}'",
            second.card
        ))
        .await
        .unwrap();
    assert_eq!(holder, 1, "the second reader still has it");
    assert_eq!(served.exceptions("LENS").0, 3);

    // Seen on the shelf today, and a loan of yesterday arrives: it had come back.
    let shelf = town.item("LIV", "LENS").await.unwrap();
    says(&mut kiosk, &checkin(&shelf), "101");
    says(
        &mut kiosk,
        &lent(&format!("{MONDAY}160000"), &first.card, &shelf),
        "120",
    );
    assert_eq!(served.on_loan(&shelf).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobodys_card_and_no_ones_barcode() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let book = served.town.item("LIV", "LENS").await.unwrap();
    let mut kiosk = served.kiosk("LENS");
    let at = format!("{TUESDAY}090000");
    says(&mut kiosk, &lent(&at, "9999999999", &book), "120");
    says(&mut kiosk, &lent(&at, "9999999999", &book), "120");
    says(&mut kiosk, &lent(&at, &reader.card, "8888888888"), "120");
    says(&mut kiosk, &returned(&at, "8888888888"), "100");
    let (entries, list) = served.exceptions("LENS");
    assert_eq!(entries, 3, "each once: {list}");
    assert!(list.contains("\"scanned\":\"9999999999\""), "{list}");
    assert!(list.contains("non repris"), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn renewals_promises_and_dates_out_of_bounds() {
    let served = Served::new().await;
    let town = &served.town;
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let waiting = town.reader("ADU", "LENS").await.unwrap();
    let book = town.item("LIV", "LENS").await.unwrap();
    let mut kiosk = served.kiosk("LENS");
    says(
        &mut kiosk,
        &lent("20260601    100000", &reader.card, &book),
        "121",
    );
    says(
        &mut kiosk,
        &super::holds::hold('+', &waiting.card, &book, "LENS"),
        "161",
    );
    says(&mut kiosk, &super::renew(&reader.card, &book), "300");
    let done = says(
        &mut kiosk,
        &renewed(&format!("{TUESDAY}091500"), &reader.card, &book),
        "301Y",
    );
    assert_eq!(field(&done, 24, "AH"), Some("20260728    235959"), "{done}");
    assert_eq!(served.exceptions("LENS").0, 1);

    // The slip said the 20th of July: it is kept.
    let other = town.item("LIV", "LENS").await.unwrap();
    let promise = format!(
        "11YY{TUESDAY}09200020260720    235959AOLENS|AA{}|AB{other}|AC|BON|BIN|",
        reader.card
    );
    let done = says(&mut kiosk, &promise, "121");
    assert_eq!(field(&done, 24, "AH"), Some("20260720    235959"), "{done}");
    assert_eq!(served.exceptions("LENS").0, 1);

    // A clock that was never set: counted from now, and somebody should look at the machine.
    let third = town.item("LIV", "LENS").await.unwrap();
    let done = says(
        &mut kiosk,
        &lent("19990101    000000", &reader.card, &third),
        "121",
    );
    assert_eq!(field(&done, 24, "AH"), Some("20260707    235959"), "{done}");
    let (entries, list) = served.exceptions("LENS");
    assert!(entries == 2 && list.contains("hors des bornes"), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_nobody_settles_forgets_its_reader_after_ninety_days_and_stays() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let other = served.town.reader("ADU", "LENS").await.unwrap();
    let book = served.town.item("LIV", "LENS").await.unwrap();
    let mut kiosk = served.kiosk("LENS");
    // The first reader has it still, so that the second one's loan is to be looked at. Both bring their own time: how
    // fast this machine is decides nothing.
    for (time, card) in [("105900", &reader.card), ("105930", &other.card)] {
        says(
            &mut kiosk,
            &lent(&format!("{TUESDAY}{time}"), card, &book),
            "121",
        );
    }
    let named = "SELECT count(*) FROM offline_exception WHERE patron_id IS NOT NULL";
    assert_eq!(served.town.store.count(named).await.unwrap(), 1);

    let now = served.town.now();
    served
        .turn(&now.checked_add(jiff::Span::new().days(89)).unwrap())
        .await;
    assert_eq!(served.town.store.count(named).await.unwrap(), 1);
    served
        .turn(&now.checked_add(jiff::Span::new().days(91)).unwrap())
        .await;
    assert_eq!(served.town.store.count(named).await.unwrap(), 0);
    assert_eq!(served.exceptions("LENS").0, 1, "it is still to be settled");
}
