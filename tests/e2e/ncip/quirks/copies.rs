//! Copies of other libraries.

use super::{accept, in_1_0, unique};
use crate::ncip::{Served, fine, in_2_02, item, problem, text, user};

/// 16, 17, 18, 19: copies of other libraries.
#[tokio::test(flavor = "multi_thread")]
async fn copies_that_are_brought() {
    let served = Served::new().await;
    let town = &served.town;
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let other = town.reader("ADU", "LENS").await.unwrap();
    let local = town.item("LIV", "LENS").await.unwrap();
    let barcode = |answer: &str| text(answer, "ItemIdentifierValue").unwrap().to_owned();

    // One that a copy of ours has stays that copy's, which is as it was; and can be deleted by nobody.
    let status = |barcode: &str| {
        let look = format!(
            "{}<ItemElementType>Circulation Status</ItemElementType>",
            item(barcode)
        );
        served.ask("broker-borrower", "LookupItem", &look)
    };
    let before = status(&local);
    let taken = served.ask(
        "broker-borrower",
        "AcceptItem",
        &accept("N-1", &reader.card, &local),
    );
    assert_eq!(
        barcode(&taken),
        "N-1",
        "the number of the request is free: {taken}"
    );
    assert_eq!(status(&local), before);
    let kept = served.ask("broker-borrower", "DeleteItem", &item(&local));
    problem(
        &kept,
        "Unauthorized Combination Of Element Values For Agency",
    );
    assert_eq!(status(&local), before);

    // Twenty times at once, and once more: one copy.
    let document = in_2_02("AcceptItem", &accept("N-2", &reader.card, "B-2"));
    let answers: Vec<String> = std::thread::scope(|scope| {
        let path = served.path("broker-borrower");
        let sent: Vec<_> = (0..20)
            .map(|_| {
                let (served, document, path) = (&served, &document, path.clone());
                scope.spawn(move || served.send(&path, "", document.as_bytes()).1)
            })
            .collect();
        sent.into_iter().map(|sent| sent.join().unwrap()).collect()
    });
    for answer in &answers {
        assert_eq!(barcode(answer), "B-2", "{answer}");
    }
    let count = "SELECT count(*) FROM item WHERE barcode = 'B-2'";
    assert_eq!(town.store.count(count).await.unwrap(), 1);
    // The number belongs to its reader.
    problem(
        &served.ask(
            "broker-borrower",
            "AcceptItem",
            &accept("N-2", &other.card, "B-2"),
        ),
        "Element Rule Violated",
    );

    // It waits for its reader, is nobody else's to ask for or to borrow, and is in no catalogue.
    assert_eq!(
        text(&status("B-2"), "CirculationStatus"),
        Some("Available For Pickup")
    );
    let refused = served.ask(
        "broker-borrower",
        "CheckOutItem",
        &format!("{}{}", user(&other.card), item("B-2")),
    );
    problem(&refused, "Resource Cannot Be Provided");
    let asked = format!(
        "{}{}<RequestType>Hold</RequestType><RequestScopeType>Item</RequestScopeType>",
        user(&other.card),
        item("B-2")
    );
    problem(
        &served.ask("broker-borrower", "RequestItem", &asked),
        "User Ineligible To Request This Item",
    );

    // Lent, it is not deleted; back, it is, and its barcode is free for the next.
    fine(&served.ask(
        "broker-borrower",
        "CheckOutItem",
        &format!("{}{}", user(&reader.card), item("B-2")),
    ));
    fine(&served.ask("broker-borrower", "CheckInItem", &item("B-2")));
    fine(&served.ask("broker-borrower", "DeleteItem", &item("B-2")));
    problem(&status("B-2"), "Unknown Item");
    let again = served.ask(
        "broker-borrower",
        "AcceptItem",
        &accept("N-3", &other.card, "B-2"),
    );
    assert_eq!(barcode(&again), "B-2", "{again}");

    // 18: in 1.0, the check-in at the pickup place is what sets it aside.
    let title = "<ItemOptionalFields><BibliographicDescription><Title>T</Title></BibliographicDescription></ItemOptionalFields>";
    let brought = format!(
        "{}<RequestedActionType><Scheme>x</Scheme><Value>Hold For Pickup</Value></RequestedActionType>{}{}{title}",
        unique(
            "RequestId",
            "<RequestIdentifierValue>V-1</RequestIdentifierValue>"
        ),
        unique(
            "UserId",
            &format!("<UserIdentifierValue>{}</UserIdentifierValue>", reader.card)
        ),
        unique("ItemId", "<ItemIdentifierValue>autre</ItemIdentifierValue>"),
    );
    let answer = served.tcp(&in_1_0("AcceptItem", &brought));
    assert!(
        answer.contains("<ItemIdentifierValue>V-1</ItemIdentifierValue>"),
        "{answer}"
    );
    assert_eq!(
        text(&status("V-1"), "CirculationStatus"),
        Some("Available On Shelf")
    );
    assert!(town.take_back("LENS", "V-1").await.unwrap().outcome.is_ok());
    assert_eq!(
        text(&status("V-1"), "CirculationStatus"),
        Some("Available For Pickup")
    );

    // A reader who may not borrow is brought nothing.
    let nobody = served.ask(
        "broker-borrower",
        "AcceptItem",
        &accept("N-9", "inconnue", "B-9"),
    );
    problem(&nobody, "Unknown User");
    problem(&status("B-9"), "Unknown Item");
}
