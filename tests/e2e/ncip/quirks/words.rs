//! Words, names and codes.

use super::accept;
use crate::ncip::{Served, fine, item, problem, request, shown, text, user};

/// 9, 10, 12: answers that programs read by single words.
#[tokio::test(flavor = "multi_thread")]
async fn words_that_programs_look_for() {
    let served = Served::new().await;
    let book = served.town.item("LIV", "LENS").await.unwrap();
    let answer = served.ask("broker-borrower", "CheckInItem", &item(&book));
    problem(&answer, "Item Not Checked Out");
    assert_eq!(answer.matches("<ProblemType").count(), 1, "{answer}");
    problem(
        &served.ask("broker-borrower", "CheckInItem", &item("inconnu")),
        "Unknown Item",
    );
    // A title with the word in it is told only where it is asked for.
    let card = served.town.reader("ADU", "LENS").await.unwrap().card;
    let brought = format!(
        "{}<ItemOptionalFields><BibliographicDescription><Title>Problem Child</Title></BibliographicDescription></ItemOptionalFields>",
        accept("PC-1", &card, "PC-1")
    );
    for (service, inner) in [
        ("AcceptItem", brought.clone()),
        ("LookupItem", item("PC-1")),
        ("CheckOutItem", format!("{}{}", user(&card), item("PC-1"))),
        ("CheckInItem", item("PC-1")),
    ] {
        let answer = served.ask("broker-borrower", service, &inner);
        assert!(!answer.contains("Problem"), "{answer}");
    }
    let answer = served.ask("broker-borrower", "LookupUser", &user(&card));
    for key in ["STATUS", "PROFILE", "LIBRARY", "Primary Key", "Active"] {
        assert!(answer.contains(key), "{key}: {answer}");
    }
    let answer = served.ask("broker-lender", "LookupUser", &user(&card));
    assert!(
        answer.contains("<UserOptionalFields/>"),
        "there, though nothing was asked for: {answer}"
    );
}

/// 15: a partner's own codes for our branches.
#[tokio::test(flavor = "multi_thread")]
async fn codes_are_translated() {
    let served = Served::new().await;
    let agency = "<AgencyId>Lens médiathèque</AgencyId><AgencyElementType>Agency Address Information</AgencyElementType>";
    let answer = served.ask("broker-borrower", "LookupAgency", agency);
    assert!(
        answer.contains("Lens médiathèque") && text(&answer, "AgencyAddressRoleType").is_some(),
        "{answer}"
    );
    let nobody = "<AgencyId>NULLE</AgencyId><AgencyElementType>Organization Name Information</AgencyElementType>";
    problem(
        &served.ask("broker-borrower", "LookupAgency", nobody),
        "Unknown Agency",
    );
}

/// 6, 11, 29: what is asked for, and cancelled, whichever of its names is given.
#[tokio::test(flavor = "multi_thread")]
async fn requests_by_any_of_their_names() {
    let served = Served::new().await;
    let patron = &served.daemon.ready["demo"]["patrons"][0];
    let (card, pin) = (
        patron["card"].as_str().unwrap(),
        patron["pin"].as_str().unwrap(),
    );
    let entry = &served.daemon.ready["demo"]["items"][0];
    let (barcode, bib) = (
        entry["barcode"].as_str().unwrap(),
        entry["bib"].as_str().unwrap(),
    );
    // The input and a UserId in one message, the title under a code of another kind, a private scope.
    let who = format!(
        "{}{}{}",
        user(card),
        shown("Username", card),
        shown("Password", pin)
    );
    let title = format!(
        "<BibliographicId><BibliographicItemId><BibliographicItemIdentifier>{bib}</BibliographicItemIdentifier>\
         <BibliographicItemIdentifierCode>Legal Deposit Number</BibliographicItemIdentifierCode></BibliographicItemId></BibliographicId>"
    );
    let ask = format!(
        "{who}{title}<RequestType>Hold</RequestType><RequestScopeType>Title</RequestScopeType><PickupLocation>LENS</PickupLocation>"
    );
    let cancel = |names: String| {
        let answer = served.ask(
            "portal",
            "CancelRequestItem",
            &format!("{who}{names}<RequestType>Hold</RequestType>"),
        );
        fine(&answer);
    };
    let number = |answer: &str| text(answer, "RequestIdentifierValue").unwrap().to_owned();
    let made = served.ask("portal", "RequestItem", &ask);
    assert_eq!(
        text(&made, "RequestScopeType"),
        Some("Bibliographic Item"),
        "{made}"
    );
    cancel(request(&number(&made)));
    let made = served.ask("portal", "RequestItem", &ask);
    cancel(format!("{}{}", request(&number(&made)), item(barcode)));
    fine(&served.ask("portal", "RequestItem", &ask));
    cancel(item(barcode));
    problem(
        &served.ask(
            "portal",
            "CancelRequestItem",
            &format!("{who}{}", request("999999")),
        ),
        "Unknown Request",
    );
    // Somebody else's is not this reader's to cancel.
    let other = &served.daemon.ready["demo"]["patrons"][1];
    let (other_card, other_pin) = (
        other["card"].as_str().unwrap(),
        other["pin"].as_str().unwrap(),
    );
    let made = served.ask(
        "portal",
        "RequestItem",
        &ask.replace(card, other_card).replace(pin, other_pin),
    );
    fine(&made);
    problem(
        &served.ask(
            "portal",
            "CancelRequestItem",
            &format!("{who}{}", request(&number(&made))),
        ),
        "Unknown Request",
    );
}
