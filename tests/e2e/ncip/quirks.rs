//! What partners really send, and what they make of an answer: by the numbers of the table in `docs/ncip.md`.

use super::{NAMESPACE, Served, V2_02, fine, in_2_02, item, problem, request, shown, text, user};

fn accept(number: &str, card: &str, barcode: &str) -> String {
    format!(
        "{}<RequestedActionType>Hold For Pickup</RequestedActionType>{}{}",
        request(number),
        user(card),
        item(barcode)
    )
}

fn unique(name: &str, inner: &str) -> String {
    format!(
        "<Unique{name}><UniqueAgencyId><Scheme>x</Scheme><Value>LENS</Value></UniqueAgencyId>{inner}</Unique{name}>"
    )
}

fn in_1_0(service: &str, inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE NCIPMessage PUBLIC \"-//NISO//NCIP DTD Version 1.0//EN\" \
         \"http://www.niso.org/ncip/v1_0/imp1/dtd/ncip_v1_0.dtd\">\n<NCIPMessage version=\"1.0\"><{service}>\
         <InitiationHeader><FromAgencyId><UniqueAgencyId><Scheme>x</Scheme><Value>ANCIEN</Value></UniqueAgencyId></FromAgencyId>\
         <FromAgencyAuthentication>demo</FromAgencyAuthentication><ToAgencyId><UniqueAgencyId><Scheme>x</Scheme><Value>LENS</Value>\
         </UniqueAgencyId></ToAgencyId></InitiationHeader>{inner}</{service}></NCIPMessage>"
    )
}

/// 1, 2, 5, 27: versions, namespaces, schemes, comments.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_question_in_every_dress() {
    let served = Served::new().await;
    let card = served.town.reader("ADU", "LENS").await.unwrap().card;
    let inner = format!(
        "<UserId><AgencyId>LENS</AgencyId><UserIdentifierValue>{card}</UserIdentifierValue></UserId>"
    );
    let prefixed = inner
        .replace("</", "\u{1}")
        .replace('<', "<n:")
        .replace('\u{1}', "</n:");
    for document in [
        in_2_02("LookupUser", &inner),
        format!("<NCIPMessage><LookupUser>{inner}</LookupUser></NCIPMessage>"),
        format!("<NCIPMessage version=\"2.02\"><LookupUser>{inner}</LookupUser></NCIPMessage>"),
        format!(
            "<n:NCIPMessage xmlns:n=\"{NAMESPACE}\" n:version=\"{V2_02}\"><n:LookupUser>{prefixed}</n:LookupUser></n:NCIPMessage>"
        ),
        format!(
            "\u{feff}<!-- a --><?b c?><NCIPMessage xmlns=\"{NAMESPACE}\"><!-- d --><?e f?><LookupUser><!-- g -->{inner}</LookupUser></NCIPMessage>"
        ),
        in_2_02(
            "LookupUser",
            &inner.replace(
                "<AgencyId>",
                "<AgencyId Scheme=\"http://example.org/nobody.scm\">",
            ),
        ),
    ] {
        let answer = served.raw("broker-borrower", &document);
        fine(&answer);
        assert_eq!(
            text(&answer, "UserIdentifierValue"),
            Some(card.as_str()),
            "{document}"
        );
    }
}

/// 4, 13: versions in both forms; and everything is answered, in the element that its sender waits for.
#[tokio::test(flavor = "multi_thread")]
async fn everything_is_answered() {
    let served = Served::new().await;
    let card = served.town.reader("ADU", "LENS").await.unwrap().card;
    let own = "<NCIPVersionMessage version=\"x\"><LookupVersion><FromAgencyId><UniqueAgencyId><Scheme>x</Scheme><Value>A</Value>\
               </UniqueAgencyId></FromAgencyId><ToAgencyId><UniqueAgencyId><Scheme>x</Scheme><Value>B</Value></UniqueAgencyId>\
               </ToAgencyId></LookupVersion></NCIPVersionMessage>";
    let answer = served.raw("portal", own);
    assert!(
        answer.contains("<NCIPVersionMessage") && answer.contains("<VersionSupported>"),
        "{answer}"
    );
    let answer = served.ask("portal", "LookupVersion", "");
    assert!(
        answer.contains("LookupVersionResponse") && answer.contains(V2_02),
        "{answer}"
    );
    for service in ncip::message::Service::ALL
        .iter()
        .filter(|service| service.is_notification())
    {
        let inner = format!("{}{}", user(&card), item("rien"));
        let answer = served.ask("broker-lender", service.name(), &inner);
        assert!(
            answer.contains(&format!("<{}", service.response())),
            "{answer}"
        );
        fine(&answer);
    }
    let told = in_1_0(
        "ItemRequested",
        &unique("UserId", "<UserIdentifierValue>x</UserIdentifierValue>"),
    );
    let answer = served.tcp(&told);
    assert!(
        answer.contains("<ItemRequestedResponse>") && !answer.contains("MessagingError"),
        "{answer}"
    );
    // Unreadable within a service: the problem stands in that service's answer.
    let answer = served.ask(
        "broker-lender",
        "CheckOutItem",
        "<DesiredDateDue>hier</DesiredDateDue>",
    );
    assert!(answer.contains("<CheckOutItemResponse"), "{answer}");
    problem(&answer, "Invalid Date");
    assert_eq!(text(&answer, "ProblemElement"), Some("DesiredDateDue"));
}

/// 8, 14: a fault is told with its line; control characters are refused, or taken out where a partner is known for them.
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_has_its_line() {
    let served = Served::new().await;
    let answer = served.ask(
        "broker-borrower",
        "AcceptItem",
        "\n<Title>Les 5 & 6</Title>",
    );
    problem(&answer, "Invalid Message Syntax Error");
    assert!(
        text(&answer, "ProblemDetail")
            .unwrap()
            .starts_with("line 2: "),
        "{answer}"
    );
    let answer = served.ask("broker-borrower", "LookupUser", "\n\n\u{4}");
    problem(&answer, "Invalid Message Syntax Error");
    let detail = text(&answer, "ProblemDetail").unwrap();
    assert!(
        detail.contains("line 3") && detail.contains("U+0004"),
        "{detail}"
    );
    // 8: declared as one thing, said to be another, sent as a third.
    let card = served.town.reader("ADU", "LENS").await.unwrap().card;
    let mut bytes = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>".to_vec();
    let brought = format!(
        "{}<ItemOptionalFields><BibliographicDescription><Title>L'\u{c9}t\u{e9}</Title></BibliographicDescription></ItemOptionalFields>",
        accept("CS-1", &card, "CS-1")
    );
    bytes.extend(
        in_2_02("AcceptItem", &brought)
            .chars()
            .map(|char| u8::try_from(u32::from(char)).unwrap()),
    );
    let (_, answer) = served.send(
        &served.path("broker-borrower"),
        "Content-Type: text/xml; charset=UTF-8\r\n",
        &bytes,
    );
    fine(&answer);
    let look = format!(
        "{}<ItemElementType>Bibliographic Description</ItemElementType>",
        item("CS-1")
    );
    let answer = served.ask("broker-borrower", "LookupItem", &look);
    assert_eq!(text(&answer, "Title"), Some("L'Été"), "{answer}");
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
