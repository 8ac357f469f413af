//! Documents in every dress, and what cannot be read.

use super::{accept, in_1_0, unique};
use crate::ncip::{NAMESPACE, Served, V2_02, fine, in_2_02, item, problem, text, user};

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
