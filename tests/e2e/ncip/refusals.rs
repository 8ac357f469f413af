//! What is refused at a kiosk is refused here: for the same reason, by the same rule.

use testkit::{Wire, field};

use super::{Served, fine, item, problem, text, user};

fn kiosk(served: &Served) -> Wire {
    let terminal = &served.daemon.ready["demo"]["terminals"][0];
    let word = |name: &str| terminal[name].as_str().unwrap().to_owned();
    Wire::log_in(
        served.daemon.text("/sip2").unwrap(),
        &word("login"),
        &word("password"),
    )
    .unwrap()
}

/// Asks both doors; the kiosk's words are in the detail, with this rule, under this type.
#[track_caller]
fn same(served: &Served, card: &str, barcode: &str, kind: &str, rule: Option<&str>) {
    let at_kiosk = kiosk(served)
        .ask(&crate::sip2::checkout(card, barcode))
        .unwrap();
    assert_eq!(at_kiosk.get(2..3), Some("0"), "{at_kiosk}");
    let said = field(&at_kiosk, 24, "AF").unwrap();
    let inner = format!("{}{}", user(card), item(barcode));
    let answer = served.ask("broker-borrower", "CheckOutItem", &inner);
    problem(&answer, kind);
    let detail = text(&answer, "ProblemDetail").unwrap();
    let detail = detail.replace("&apos;", "'").replace("&quot;", "\"");
    assert!(detail.contains(said), "{said:?} is not in {detail:?}");
    if let Some(rule) = rule {
        assert!(detail.contains(&format!("[{rule}]")), "{detail}");
    }
    assert!(detail.contains("[réf. "), "{detail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_reason_and_the_same_rule() {
    let served = Served::new().await;
    let town = &served.town;
    let adult = town.reader("ADU", "LENS").await.unwrap();
    let other = town.reader("ADU", "LENS").await.unwrap();
    let books = town.items("LIV", "LENS", 8).await.unwrap();

    let visitor = town.reader("TMP", "LENS").await.unwrap();
    for book in &books[..5] {
        assert!(town.lend(&visitor, book).await.unwrap().outcome.is_ok());
    }
    same(
        &served,
        &visitor.card,
        &books[5],
        "Maximum Check Outs Exceeded",
        Some("L-TMP"),
    );
    same(
        &served,
        &other.card,
        &books[0],
        "Resource Cannot Be Provided",
        None,
    );
    same(&served, &adult.card, "nulle-part", "Unknown Item", None);
    same(&served, "nulle-personne", &books[5], "Unknown User", None);

    let tablet = town.item("TAB", "LENS").await.unwrap();
    same(
        &served,
        &adult.card,
        &tablet,
        "Item Does Not Circulate",
        None,
    );

    assert!(
        town.place_hold(&other, &books[6], "LENS")
            .await
            .unwrap()
            .outcome
            .is_ok()
    );
    assert!(
        town.take_back("LENS", &books[6])
            .await
            .unwrap()
            .outcome
            .is_ok()
    );
    same(
        &served,
        &adult.card,
        &books[6],
        "Resource Cannot Be Provided",
        None,
    );

    // What a machine may not lend, staff of another library may.
    let reader = town.item("LIS", "LENS").await.unwrap();
    let at_kiosk = kiosk(&served)
        .ask(&crate::sip2::checkout(&adult.card, &reader))
        .unwrap();
    assert_eq!(at_kiosk.get(2..3), Some("0"), "{at_kiosk}");
    let inner = format!("{}{}", user(&adult.card), item(&reader));
    fine(&served.ask("broker-borrower", "CheckOutItem", &inner));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_lender_wants_back_is_lent_no_longer() {
    let served = Served::new().await;
    let adult = served.town.reader("ADU", "LENS").await.unwrap();
    let brought = format!(
        "{}<RequestedActionType>Hold For Pickup</RequestedActionType>{}{}<DateForReturn>2026-06-20T00:00:00Z</DateForReturn>",
        super::request("B-1"),
        user(&adult.card),
        item("B-1"),
    );
    fine(&served.ask("broker-borrower", "AcceptItem", &brought));
    let lend = format!("{}{}", user(&adult.card), item("B-1"));
    let answer = served.ask("broker-borrower", "CheckOutItem", &lend);
    assert_eq!(
        text(&answer, "DateDue"),
        Some("2026-06-20T21:59:59Z"),
        "{answer}"
    );
    // Nor renewed past it.
    let answer = served.ask("broker-borrower", "RenewItem", &lend);
    problem(&answer, "Item Not Renewable");

    // An earlier date that is asked for is granted, a later one is not.
    let books = served.town.items("LIV", "LENS", 2).await.unwrap();
    let dated = |book: &str, day: &str| {
        format!(
            "{}{}<DesiredDateDue>{day}</DesiredDateDue>",
            user(&adult.card),
            item(book)
        )
    };
    let early = served.ask(
        "broker-borrower",
        "CheckOutItem",
        &dated(&books[0], "2026-06-12T12:00:00Z"),
    );
    assert_eq!(
        text(&early, "DateDue"),
        Some("2026-06-12T21:59:59Z"),
        "{early}"
    );
    let late = served.ask(
        "broker-borrower",
        "CheckOutItem",
        &dated(&books[1], "2027-06-12"),
    );
    assert_eq!(
        text(&late, "DateDue"),
        Some("2026-07-07T21:59:59Z"),
        "{late}"
    );
}
