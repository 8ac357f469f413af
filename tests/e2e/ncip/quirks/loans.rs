//! Loans as partners ask for them.

use crate::ncip::{Served, fine, item, problem, request, text, user};

/// 7, 20, 22, 28, 30: dates, institutions, repeated loans, places, empty elements.
#[tokio::test(flavor = "multi_thread")]
async fn loans_as_partners_ask_for_them() {
    let served = Served::new().await;
    let town = &served.town;
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let mut books = Vec::new();
    for _ in 0..3 {
        books.push(town.item("LIV", "LENS").await.unwrap());
    }
    let lend = |card: &str, book: &str| {
        let empty = "<RequestId><RequestIdentifierValue/></RequestId><DesiredDateDue/>";
        let asked = format!("<AuthenticationInput/>{}{}{empty}", user(card), item(book));
        served.ask("broker-borrower", "CheckOutItem", &asked)
    };
    let first = lend(&reader.card, &books[0]);
    let again = lend(&reader.card, &books[0]);
    assert_eq!(first, again);
    assert!(text(&first, "DateDue").unwrap().ends_with('Z'), "{first}");
    // Days later too: the same loan, the same date, no renewal.
    let renewals = format!(
        "SELECT renewals::bigint FROM custody c JOIN item i ON i.id = c.item_id WHERE c.until IS NULL AND i.barcode = '{}'",
        books[0]
    );
    assert_eq!(town.store.count(&renewals).await.unwrap(), 0);

    // The institution owes nothing and asks for the same title twice; a reader of its own is nobody here.
    let card = served.partner("broker-lender")["card"]
        .as_str()
        .unwrap()
        .to_owned();
    let theirs = "<UserId><AgencyId>PRETEUR</AgencyId><UserIdentifierValue>lecteur-7</UserIdentifierValue></UserId>";
    let answer = served.ask(
        "broker-lender",
        "CheckOutItem",
        &format!("{theirs}{}", item(&books[1])),
    );
    fine(&answer);
    assert_eq!(
        text(&answer, "UserIdentifierValue"),
        Some(card.as_str()),
        "{answer}"
    );
    for number in ["L-1", "L-2"] {
        let asked = format!(
            "{theirs}{}{}<RequestType>Loan</RequestType><RequestScopeType>Bibliographic Item</RequestScopeType>",
            item(&books[2]),
            request(number)
        );
        fine(&served.ask("broker-lender", "RequestItem", &asked));
    }

    // A place that is not known is never taken for another; its own names are.
    let place = |place: &str| {
        let asked = format!(
            "{}{}<RequestType>Hold</RequestType><RequestScopeType>Item</RequestScopeType><PickupLocation>{place}</PickupLocation>",
            user(&reader.card),
            item(&books[2])
        );
        served.ask("broker-borrower", "RequestItem", &asked)
    };
    let refused = place("Nulle part");
    problem(&refused, "Element Rule Violated");
    assert_eq!(
        text(&refused, "ProblemElement"),
        Some("PickupLocation"),
        "{refused}"
    );
    fine(&place("lens MÉDIATHÈQUE".to_lowercase().as_str()));

    // 24: identifiers are opaque.
    for odd in ["$5/7", "x'; DROP TABLE item; --", "%_*", "«é»", "a&amp;b"] {
        problem(
            &served.ask("broker-borrower", "CheckInItem", &item(odd)),
            "Unknown Item",
        );
        problem(
            &served.ask("broker-borrower", "LookupUser", &user(odd)),
            "Unknown User",
        );
    }
}
