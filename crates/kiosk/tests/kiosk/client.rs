//! What the line may do, and what the client makes of it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use relire_kiosk::client::{Card, Client, ClientError, Settings, Trouble};
use sip2::Code;
use sip2::messages::{CheckoutResponse, Request};

use crate::library::{CARD, Library, PIN, Reply};

fn card() -> Card {
    Card {
        number: CARD.into(),
        pin: Some(PIN.into()),
    }
}

/// A client that has logged in, and does not wait for long.
fn client(library: &Library) -> Client {
    let settings = Settings {
        timeout: Duration::from_millis(300),
        ..Settings::new(&library.address)
    };
    let mut client = Client::connect(settings).unwrap();
    client.login("kiosk-1", "sesame".into()).unwrap();
    client
}

/// Misbehaves at the first `times` checkouts.
fn at_checkout(times: usize, fault: impl Fn() -> Reply + Send + 'static) -> Library {
    let seen = AtomicUsize::new(0);
    Library::open(move |request, _| match request {
        Request::Checkout(_) if seen.fetch_add(1, Ordering::Relaxed) < times => fault(),
        _ => Reply::Normal,
    })
}

/// The sequence digit of a message.
fn digit(line: &str) -> &str {
    let at = line.rfind("AY").expect("error detection is on") + 2;
    &line[at..=at]
}

#[test]
fn a_loan() {
    let library = Library::good();
    let mut client = client(&library);
    let status = client.sc_status().unwrap();
    assert_eq!(
        status.library_name.as_deref(),
        Some("Médiathèque Robert Cousin")
    );
    let lent = client.checkout(&card(), "3001236").unwrap();
    assert!(lent.ok);
    assert_eq!(
        (lent.title.as_str(), lent.due_date.as_str()),
        ("Germinal", "20260826    235959")
    );

    let sent = library.heard_of("11").remove(0);
    assert!(
        sent.starts_with("11YN20260701    10000"),
        "the library's own time: {sent}"
    );
    assert!(
        sent.contains("|AA0123456789|AB3001236|AC|AD1234|AY2AZ"),
        "{sent}"
    );
    assert!(sent.contains("AOLENS|"), "the library's own name: {sent}");
}

#[test]
fn every_message_has_its_digit() {
    let library = Library::good();
    let mut client = client(&library);
    for _ in 0..11 {
        client.item_information("3001234").unwrap();
    }
    let digits: String = library.heard().iter().map(|line| digit(line)).collect();
    assert_eq!(digits, "012345678901");
}

#[test]
fn the_other_messages() {
    let library = Library::good();
    let mut client = client(&library);
    assert_eq!(
        client.patron_status(&card()).unwrap().patron_name,
        "Ada MARTIN"
    );
    assert_eq!(
        client
            .patron_information(&card(), None)
            .unwrap()
            .charged_items_count,
        Some(2)
    );
    assert!(client.renew(&card(), "3001234").unwrap().ok);
    assert!(client.checkin("3001234").unwrap().alert);
    assert!(client.end_session(&card()).unwrap().ended);
}

#[test]
fn a_refusal_is_an_answer() {
    let library = Library::good();
    let refused = client(&library).checkout(&card(), "3001237").unwrap();
    assert!(!refused.ok);
    assert_eq!(refused.screen_messages.len(), 2);
}

#[test]
fn a_damaged_answer_is_asked_for_again() {
    let library = at_checkout(1, || Reply::Damaged);
    assert!(client(&library).checkout(&card(), "3001236").unwrap().ok);
    assert_eq!(library.heard_of("97"), ["97AZFEF5"]);
    assert_eq!(
        library.heard_of("11").len(),
        1,
        "the loan itself is not repeated"
    );
}

#[test]
fn what_the_library_could_not_read_is_sent_again() {
    let library = at_checkout(1, || Reply::SendAgain);
    assert!(client(&library).checkout(&card(), "3001236").unwrap().ok);
    let sent = library.heard_of("11");
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0], sent[1]);
}

#[test]
fn after_a_lost_connection_the_same_message_comes_again() {
    let library = at_checkout(1, || Reply::HangUp);
    assert!(client(&library).checkout(&card(), "3001236").unwrap().ok);
    let sent = library.heard_of("11");
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0], sent[1], "digit, date and checksum too");
    assert_eq!(
        library.heard_of("93").len(),
        2,
        "and the terminal says who it is first"
    );
}

#[test]
fn a_connection_that_died_unnoticed() {
    let library = Library::open(|request, _| match request {
        Request::EndPatronSession(_) => Reply::HangUp,
        _ => Reply::Normal,
    });
    let mut client = client(&library);
    assert!(client.end_session(&card()).is_err());
    assert!(client.checkout(&card(), "3001236").unwrap().ok);
}

#[test]
fn silence_is_answered_by_the_same_message() {
    let library = at_checkout(1, || Reply::Silence);
    assert!(client(&library).checkout(&card(), "3001236").unwrap().ok);
    let sent = library.heard_of("11");
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0], sent[1]);
    assert_eq!(library.heard_of("93").len(), 1, "on the same connection");
}

#[test]
fn tries_come_to_an_end() {
    for (fault, expected) in [
        ((|| Reply::Silence) as fn() -> Reply, Trouble::Silence),
        (|| Reply::SendAgain, Trouble::AskedAgain),
        (|| Reply::HangUp, Trouble::Lost),
    ] {
        let library = at_checkout(usize::MAX, fault);
        let error = client(&library).checkout(&card(), "3001236").unwrap_err();
        let ClientError::NoAnswer {
            request,
            tries,
            last,
            ..
        } = error
        else {
            panic!("{error}");
        };
        assert_eq!((request, tries, last), (Code::CHECKOUT, 4, expected));
        assert_eq!(library.heard_of("11").len(), 4);
    }
}

#[test]
fn a_late_answer_is_not_taken_for_the_next_one() {
    let library = Library::open(|_, _| Reply::Twice);
    let mut client = client(&library);
    assert_eq!(
        client.item_information("3001234").unwrap().title,
        "Le Horla"
    );
    assert_eq!(
        client.item_information("3001236").unwrap().title,
        "Germinal"
    );
}

#[test]
fn an_answer_to_another_question() {
    let library = Library::open(|request, _| match request {
        Request::ItemInformation(_) => Reply::Say(Box::new(CheckoutResponse::default().into())),
        _ => Reply::Normal,
    });
    let error = client(&library).item_information("3001234").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the library's answer makes no sense: message 12 was read as a message 18"
    );
}

#[test]
fn errors_say_what_to_do() {
    let library = Library::good();
    let mut stranger = Client::connect(Settings::new(&library.address)).unwrap();
    let error = stranger.login("kiosk-2", "sesame".into()).unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"the library refused the terminal "kiosk-2": check its login and password"#
    );

    let Err(error) = Client::connect(Settings::new("127.0.0.1:1")) else {
        panic!("nobody listens on port 1")
    };
    assert!(
        error
            .to_string()
            .starts_with("no library system answers at 127.0.0.1:1 ("),
        "{error}"
    );
    assert!(Client::connect(Settings::new("no address")).is_err());
}

#[test]
fn cards_are_not_shown() {
    assert_eq!(format!("{:?}", card()), "Card");
}
