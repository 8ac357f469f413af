//! What terminals send, and how it is read.

use bytes::{Bytes, BytesMut};

use crate::messages::*;
use crate::value::*;
use crate::{Charset, Code, ErrorDetection, FieldId, Message};

fn message(text: &str) -> Message {
    Message::decode(Bytes::copy_from_slice(text.as_bytes())).unwrap()
}

fn request(text: &str) -> Result<Request, RequestError> {
    Request::parse(&message(text), Charset::Utf8)
}

const DATE: &str = "20261122    153030";

#[test]
fn what_a_message_is_about_must_be_there() {
    let missing = |code: Code, field| Err(RequestError::Missing { code, field });
    let blank = " ".repeat(18);
    assert_eq!(
        request(&format!("11YN{DATE}{blank}AO|AA1|")),
        missing(Code::CHECKOUT, FieldId::AB)
    );
    assert_eq!(
        request(&format!("11YN{DATE}{blank}AO|AB1|")),
        missing(Code::CHECKOUT, FieldId::AA)
    );
    assert_eq!(
        request(&format!("09N{DATE}{DATE}APX|")),
        missing(Code::CHECKIN, FieldId::AB)
    );
    assert_eq!(
        request(&format!("17{DATE}")),
        missing(Code::ITEM_INFORMATION, FieldId::AB)
    );
    assert_eq!(request("9300CO|"), missing(Code::LOGIN, FieldId::CN));
    assert_eq!(
        request(&format!("37{DATE}0100EURAA1|")),
        missing(Code::FEE_PAID, FieldId::BV)
    );
    assert_eq!(
        request(&format!("17{DATE}")).unwrap_err().to_string(),
        "message 17 lacks AB (item identifier)"
    );
}

#[test]
fn the_rest_may_be_left_out() {
    let Ok(Request::Checkout(checkout)) = request(&format!("11NN{DATE}{DATE}AA1|AB2|")) else {
        panic!("an 11")
    };
    assert_eq!(
        (
            checkout.institution,
            checkout.terminal_password,
            checkout.pin
        ),
        (None, None, None)
    );
    assert_eq!((checkout.fee_acknowledged, checkout.cancel), (None, None));
    let Ok(Request::PatronInformation(information)) =
        request(&format!("63002{DATE}          AO|AA1|AD|BP|BQ|"))
    else {
        panic!("a 63")
    };
    assert_eq!(information.pin, None, "an empty PIN is none");
    assert_eq!((information.start_item, information.end_item), (None, None));
    let Ok(Request::EndPatronSession(end)) = request(&format!("35{DATE}AO|")) else {
        panic!("a 35")
    };
    assert_eq!(end.card, None);
}

#[test]
fn barcodes_lose_the_blanks_around_them_and_pins_do_not() {
    let Ok(Request::Checkout(checkout)) =
        request(&format!("11NN{DATE}{DATE}AA 1 |AB  2/'3  |AD 12 |"))
    else {
        panic!("an 11")
    };
    assert_eq!(
        (checkout.card.as_str(), checkout.barcode.as_str()),
        ("1", "2/'3")
    );
    assert_eq!(checkout.pin, Some(" 12 ".into()));
}

#[test]
fn of_a_repeated_field_the_first_that_says_something_counts() {
    let Ok(Request::ItemInformation(item)) = request(&format!("17{DATE}AO|AB|AB1|AB2|AC|")) else {
        panic!("a 17")
    };
    assert_eq!(item.barcode, "1");
}

#[test]
fn blank_and_impossible_dates_are_none() {
    for date in [
        " ".repeat(18),
        "00000000    000000".into(),
        "20261122    250000".into(),
        "x".repeat(18),
    ] {
        let Ok(Request::Checkin(checkin)) = request(&format!("09N{date}{DATE}AB1|")) else {
            panic!("a 09")
        };
        assert_eq!(checkin.transaction_date, None, "{date:?}");
        assert_eq!(checkin.return_date, SipDate::parse(DATE.as_bytes()));
    }
}

#[test]
fn a_short_fixed_part_goes_on_in_blanks() {
    for (bytes, width) in [("99", 0), ("990", 0), ("990080", 80), ("99008002.0E", 80)] {
        let Ok(Request::ScStatus(status)) = request(bytes) else {
            panic!("a 99")
        };
        assert_eq!(
            (status.status, status.version),
            (StatusCode::Ok, ProtocolVersion::V2)
        );
        assert_eq!(status.max_print_width, width, "{bytes}");
    }
    let Ok(Request::ScStatus(status)) = request("991") else {
        panic!("a 99")
    };
    assert_eq!(status.status, StatusCode::OutOfPaper);
    let Ok(Request::ScStatus(status)) = request("9920402.00") else {
        panic!("a 99")
    };
    assert_eq!(
        (status.status, status.max_print_width),
        (StatusCode::ShuttingDown, 40)
    );
}

#[test]
fn a_shifted_message_is_told_apart() {
    assert_eq!(
        request("23AOCAGL|AA0123456789|AD1234|"),
        Err(RequestError::Shifted {
            code: Code::PATRON_STATUS_REQUEST
        })
    );
}

#[test]
fn a_message_without_its_date_begins_with_a_field() {
    let Ok(Request::RenewAll(asked)) = request("65AOCAGL|AA0123456789|AC|BON|") else {
        panic!("a 65")
    };
    assert_eq!(
        (asked.transaction_date, asked.card.as_str()),
        (None, "0123456789")
    );
    let Ok(Request::EndPatronSession(_)) = request("35AOCAGL|AA0123456789|AD1234|") else {
        panic!("a 35")
    };
}

#[test]
fn a_98_as_seen_in_the_field() {
    let seen = format!(
        "98YYYYYN99999920261122    1530002.00AO|AF|AG|AM|BXYYYNYYYYYYYNNYYY{}|",
        " ".repeat(100)
    );
    let Ok(Response::AcsStatus(status)) = Response::parse(&message(&seen), Charset::Utf8) else {
        panic!("a 98")
    };
    assert_eq!((status.timeout, status.retries), (None, None));
    assert!(!status.offline_ok);
    assert!(status.supported.contains(Code::CHECKOUT));
    assert!(!status.supported.contains(Code::BLOCK_PATRON));
    assert_eq!(status.screen_messages, Vec::<String>::new());
}

#[test]
fn a_payment_must_say_how_much() {
    let paid =
        |amount: &str, currency: &str| request(&format!("37{DATE}0100{currency}BV{amount}|AA1|"));
    let Ok(Request::FeePaid(fee)) = paid("1,5", "xts") else {
        panic!("a 37")
    };
    assert_eq!(fee.fee_amount, Amount::from_cents(150));
    assert_eq!(
        fee.currency.map(|c| c.to_string()),
        Some("XTS".into()),
        "any currency is read"
    );
    let Ok(Request::FeePaid(fee)) = paid("2", "   ") else {
        panic!("a 37")
    };
    assert_eq!(fee.currency, None);
    let unreadable = RequestError::Unreadable {
        code: Code::FEE_PAID,
        part: "fee amount",
    };
    assert_eq!(paid("a lot", "EUR"), Err(unreadable));
    assert_eq!(
        unreadable.to_string(),
        "message 37 has a fee amount that means nothing"
    );
}

#[test]
fn a_hold_must_say_what_to_do() {
    let hold = |mode: &str| request(&format!("15{mode}{DATE}AA1|AB2|"));
    for mode in ["+", "-", "*"] {
        assert!(hold(mode).is_ok());
    }
    assert_eq!(
        hold("x"),
        Err(RequestError::Unreadable {
            code: Code::HOLD,
            part: "hold mode"
        })
    );
    let Ok(Request::Hold(hold)) = request(&format!("15+{DATE}BW20261222|BY9|AA1|")) else {
        panic!("a 15")
    };
    assert_eq!(
        hold.expiration_date.map(|date| date.to_string()),
        Some("20261222    000000".into())
    );
    assert_eq!(hold.hold_type, Some(HoldType::Other(9)));
}

#[test]
fn unknown_fields_and_codes_are_kept() {
    let Ok(Request::Login(login)) = request("9300CNa|COb|ZZvendor|CPc|U1x|") else {
        panic!("a 93")
    };
    let kept: Vec<_> = login
        .extra
        .iter()
        .map(|field| (field.id.to_string(), field.value.clone()))
        .collect();
    assert_eq!(
        kept,
        [
            ("ZZ".into(), Bytes::from("vendor")),
            ("U1".into(), Bytes::from("x"))
        ]
    );
    let mut out = BytesMut::new();
    login
        .to_message(Charset::Utf8)
        .encode(&mut out, ErrorDetection::Off);
    assert_eq!(out, "9300CNa|COb|CPc|ZZvendor|U1x|");
    assert_eq!(
        request("7720261122|AB1|"),
        Ok(Request::Unknown {
            code: Code::new(*b"77").unwrap()
        })
    );
    assert_eq!(
        request("941"),
        Ok(Request::Unknown {
            code: Code::LOGIN_RESPONSE
        }),
        "no terminal says 94"
    );
}

#[test]
fn no_type_reads_another_message() {
    let found = Checkout::from_message(&message("97"), Charset::Utf8);
    let expected = RequestError::WrongCode {
        expected: Code::CHECKOUT,
        found: Code::REQUEST_ACS_RESEND,
    };
    assert_eq!(found, Err(expected));
    assert_eq!(expected.code(), Code::REQUEST_ACS_RESEND);
}

#[test]
fn bad_bytes_do_not_matter() {
    let wire = Bytes::from_static(b"17                  ABZo\xE9\xFF|AO|");
    let read = |charset| {
        let item = ItemInformation::from_message(&Message::decode(wire.clone()).unwrap(), charset);
        item.unwrap().barcode
    };
    assert_eq!(read(Charset::Utf8), "Zoéÿ");
    assert_eq!(read(Charset::Ascii), "Zoéÿ");
    assert_eq!(read(Charset::Latin1), "Zoéÿ");
    assert_eq!(read(Charset::Cp850), "ZoÚ\u{A0}".trim(), "NBSP is a blank");
}

#[test]
fn counts_stop_at_four_digits() {
    let answer = PatronInformationResponse {
        charged_items_count: Some(12_345),
        hold_items_limit: Some(12_345),
        ..PatronInformationResponse::default()
    };
    let wire = answer.to_message(Charset::Utf8);
    assert_eq!(&wire.fixed[43..47], b"9999");
    assert_eq!(wire.get(FieldId::BZ).unwrap(), "9999");
}

#[test]
fn long_screen_messages_go_on_in_the_next_field() {
    let text = "Votre réservation est disponible à la médiathèque. ".repeat(12);
    let text = text.trim_end_matches(". ").to_owned();
    let answer = RenewAllResponse {
        screen_messages: vec![format!("{text}."), "Fin.".into()],
        ..RenewAllResponse::default()
    };
    let wire = answer.to_message(Charset::Cp850);
    let lines: Vec<String> = wire
        .all(FieldId::AF)
        .map(|line| Charset::Cp850.decode(line).into_owned())
        .collect();
    assert!(lines.len() > 3 && wire.all(FieldId::AF).all(|line| line.len() <= 255));
    assert_eq!(lines.join(" "), format!("{text}. Fin."));
}
