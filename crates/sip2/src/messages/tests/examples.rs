//! Messages whose bytes, checksums included, were worked out by hand.

use bytes::{Bytes, BytesMut};

use crate::messages::*;
use crate::value::*;
use crate::{Charset, Code, ErrorDetection, Message};

const EXAMPLES: [&str; 16] = [
    "97AZFEF5",
    "96AZFEF6",
    "9900802.00AY1AZFCA0",
    "98YYYYYY60000320261122    1530002.00AOCAGL|AMRéseau|BXYYYYYYYYYYYYYYYY|AY1AZE9B2",
    "9300CNLoginUserID|COLoginPassword|CPLocationCode|AY5AZEC7B",
    "941AY5AZFDF8",
    "24              00220261122    153012AOCAGL|AA0123456789|AEDUPONT Zoé|BLY|CQY|BHEUR|BV0.00|AY2AZE7B6",
    "6300220261122    153020  Y       AOCAGL|AA0123456789|AC|AD1234|BP1|BQ5|AY3AZEE6D",
    "64              00220261122    153020000100000002        0000AOCAGL|AA0123456789|AEDUPONT Zoé|BZ0010|CA0099|CB0020|BLY|CQY|BHEUR|BV0.00|AU3001234|AU3005678|AY3AZD953",
    "11YN20261122    153030                  AOCAGL|AA0123456789|AB3001234|AC|AD1234|BON|BIN|AY4AZEB0D",
    "121NUY20261122    153030AOCAGL|AA0123456789|AB3001234|AJLe Horla|AH20261213    235959|CK001|AY4AZE881",
    "101YUY20261122    153040AOCAGL|AB3001234|AQBIB03|AJLe Horla|CL2|CK001|CR843|CSR MAU|CTBIB03|CV04|AY6AZE489",
    "1803020120261122    153050AB3001234|AJLe Horla|CK001|AQBIB03|AY7AZEFC4",
    "3720261122    1531100100EURBV1.50|AOCAGL|AA0123456789|AC|CGF123|BKTPE-88|AY9AZECC9",
    "38Y20261122    153110AOCAGL|AA0123456789|BKTPE-88|AY9AZF2D6",
    "6610001000120261122    153100AOCAGL|BM3001234|BN3005678|AY8AZF236",
];

fn message(text: &str) -> Message {
    Message::decode(Bytes::copy_from_slice(text.as_bytes())).unwrap()
}

fn request(text: &str) -> Request {
    Request::parse(&message(text), Charset::Utf8).unwrap()
}

fn response(text: &str) -> Response {
    Response::parse(&message(text), Charset::Utf8).unwrap()
}

fn bytes(message: &Message, error_detection: ErrorDetection) -> String {
    let mut out = BytesMut::new();
    message.encode(&mut out, error_detection);
    String::from_utf8(out.to_vec()).unwrap()
}

fn at(time: &str) -> Option<SipDate> {
    Some(SipDate::parse(format!("20261122    {time}").as_bytes()).unwrap())
}

#[test]
fn each_comes_out_as_it_went_in() {
    for example in EXAMPLES {
        let message = message(example);
        assert_eq!(bytes(&message, message.error_detection), example);
    }
}

#[test]
fn each_comes_out_of_its_type_as_it_went_in() {
    for example in EXAMPLES {
        let message = message(example);
        let typed = match Request::parse(&message, Charset::Utf8).unwrap() {
            Request::Unknown { .. } => response(example).to_message(Charset::Utf8),
            request => request.to_message(Charset::Utf8),
        };
        assert_eq!(bytes(&typed, message.error_detection), example);
    }
}

#[test]
fn a_kiosk_starts() {
    assert_eq!(
        request(EXAMPLES[2]),
        Request::ScStatus(ScStatus {
            status: StatusCode::Ok,
            max_print_width: 80,
            version: ProtocolVersion::V2,
            extra: vec![],
        })
    );
    assert_eq!(
        response(EXAMPLES[3]),
        Response::AcsStatus(AcsStatus {
            online: true,
            checkin_ok: true,
            checkout_ok: true,
            renewal_ok: true,
            status_update_ok: true,
            offline_ok: true,
            timeout: Some(600),
            retries: Some(3),
            clock: at("153000"),
            version: ProtocolVersion::V2,
            institution: "CAGL".into(),
            library_name: Some("Réseau".into()),
            supported: SupportedMessages::ALL,
            ..AcsStatus::default()
        })
    );
    assert_eq!(
        request(EXAMPLES[4]),
        Request::Login(Login {
            user: "LoginUserID".into(),
            password: Some("LoginPassword".into()),
            location: Some("LocationCode".into()),
            ..Login::default()
        })
    );
    assert_eq!(
        response(EXAMPLES[5]),
        Response::Login(LoginResponse {
            ok: true,
            extra: vec![]
        })
    );
}

#[test]
fn a_patron_comes() {
    assert_eq!(
        response(EXAMPLES[6]),
        Response::PatronStatus(PatronStatusResponse {
            language: Language::FRENCH,
            transaction_date: at("153012"),
            institution: "CAGL".into(),
            card: "0123456789".into(),
            patron_name: "DUPONT Zoé".into(),
            valid_patron: Some(true),
            valid_pin: Some(true),
            currency: Some(Currency::EUR),
            fee_amount: Some(Amount::from_cents(0)),
            ..PatronStatusResponse::default()
        })
    );
    assert_eq!(
        request(EXAMPLES[7]),
        Request::PatronInformation(PatronInformation {
            language: Language::FRENCH,
            transaction_date: at("153020"),
            summary: Some(Summary::ChargedItems),
            institution: Some("CAGL".into()),
            card: "0123456789".into(),
            terminal_password: None,
            pin: Some("1234".into()),
            start_item: Some(1),
            end_item: Some(5),
            extra: vec![],
        })
    );
    let Response::PatronInformation(information) = response(EXAMPLES[8]) else {
        panic!("a 64")
    };
    assert_eq!(information.hold_items_count, Some(1));
    assert_eq!(information.charged_items_count, Some(2));
    assert_eq!(
        information.fine_items_count, None,
        "four blanks: not supported"
    );
    assert_eq!(information.unavailable_holds_count, Some(0));
    assert_eq!(information.charged_items_limit, Some(20));
    assert_eq!(information.charged_items, ["3001234", "3005678"]);
}

#[test]
fn a_loan_and_its_return() {
    assert_eq!(
        request(EXAMPLES[9]),
        Request::Checkout(Checkout {
            renewal_allowed: true,
            no_block: false,
            transaction_date: at("153030"),
            nb_due_date: None,
            institution: Some("CAGL".into()),
            card: "0123456789".into(),
            barcode: "3001234".into(),
            pin: Some("1234".into()),
            fee_acknowledged: Some(false),
            cancel: Some(false),
            ..Checkout::default()
        })
    );
    assert_eq!(
        response(EXAMPLES[10]),
        Response::Checkout(CheckoutResponse {
            ok: true,
            renewal_ok: false,
            magnetic_media: None,
            desensitize: YesNoUnknown::Yes,
            transaction_date: at("153030"),
            institution: "CAGL".into(),
            card: "0123456789".into(),
            barcode: "3001234".into(),
            title: "Le Horla".into(),
            due_date: "20261213    235959".into(),
            media_type: Some(MediaType::Book),
            ..CheckoutResponse::default()
        })
    );
    assert_eq!(
        response(EXAMPLES[11]),
        Response::Checkin(CheckinResponse {
            ok: true,
            resensitize: true,
            magnetic_media: None,
            alert: true,
            transaction_date: at("153040"),
            institution: "CAGL".into(),
            barcode: "3001234".into(),
            permanent_location: "BIB03".into(),
            title: Some("Le Horla".into()),
            sort_bin: Some("2".into()),
            media_type: Some(MediaType::Book),
            collection_code: Some("843".into()),
            call_number: Some("R MAU".into()),
            destination: Some("BIB03".into()),
            alert_type: Some(AlertType::SendToOtherBranch),
            ..CheckinResponse::default()
        })
    );
}

#[test]
fn an_item_a_payment_and_all_renewed() {
    let Response::ItemInformation(item) = response(EXAMPLES[12]) else {
        panic!("an 18")
    };
    assert_eq!(item.circulation_status, CirculationStatus::Available);
    assert_eq!(item.security_marker, SecurityMarker::TattleTape);
    assert_eq!(item.fee_type, FeeType::OtherFee);
    let Request::FeePaid(fee) = request(EXAMPLES[13]) else {
        panic!("a 37")
    };
    assert_eq!(
        (fee.fee_type, fee.payment_type),
        (FeeType::OtherFee, PaymentType::Cash)
    );
    assert_eq!(
        (fee.currency, fee.fee_amount),
        (Some(Currency::EUR), Amount::from_cents(150))
    );
    assert_eq!(
        (fee.fee_id.as_deref(), fee.transaction_id.as_deref()),
        (Some("F123"), Some("TPE-88"))
    );
    let Response::FeePaid(paid) = response(EXAMPLES[14]) else {
        panic!("a 38")
    };
    assert!(paid.accepted);
    let Response::RenewAll(all) = response(EXAMPLES[15]) else {
        panic!("a 66")
    };
    assert!(all.ok);
    assert_eq!((all.renewed_count, all.unrenewed_count), (1, 1));
    assert_eq!(
        (all.renewed_items, all.unrenewed_items),
        (vec!["3001234".into()], vec!["3005678".into()])
    );
}

#[test]
fn a_hold_is_written_in_the_order_of_the_standard() {
    let hold = Hold {
        mode: HoldMode::Add,
        transaction_date: at("153120"),
        expiration_date: SipDate::parse(b"20261222    000000"),
        pickup_location: Some("BIB07".into()),
        hold_type: Some(HoldType::AnyCopy),
        institution: Some("CAGL".into()),
        ..Hold::default()
    };
    let sent = bytes(&hold.to_message(Charset::Utf8), ErrorDetection::Off);
    assert_eq!(
        sent,
        "15+20261122    153120BW20261222    000000|BSBIB07|BY2|AOCAGL|AA|AC|"
    );
}

#[test]
fn one_name_has_three_checksums() {
    let name = |charset| {
        let answer = PatronStatusResponse {
            patron_name: "DUPONT Zoé".into(),
            ..PatronStatusResponse::default()
        };
        let mut out = BytesMut::new();
        answer
            .to_message(charset)
            .encode(&mut out, ErrorDetection::Checksum);
        out
    };
    assert!(
        name(Charset::Cp850)
            .windows(12)
            .any(|part| part == b"AEDUPONT Zo\x82")
    );
    assert!(
        name(Charset::Latin1)
            .windows(12)
            .any(|part| part == b"AEDUPONT Zo\xE9")
    );
    assert!(
        name(Charset::Utf8)
            .windows(13)
            .any(|part| part == "AEDUPONT Zoé".as_bytes())
    );
    assert!(
        name(Charset::Ascii)
            .windows(12)
            .any(|part| part == b"AEDUPONT Zoe")
    );
    for charset in [
        Charset::Cp850,
        Charset::Latin1,
        Charset::Utf8,
        Charset::Ascii,
    ] {
        assert!(
            Message::decode(name(charset).freeze()).is_ok(),
            "the sum is that of the bytes sent"
        );
    }
}

#[test]
fn a_default_checkout_response_is_a_refusal() {
    let sent = bytes(
        &CheckoutResponse::default().to_message(Charset::Utf8),
        ErrorDetection::Off,
    );
    assert_eq!(sent, "120NUN                  AO|AA|AB|AJ|AH|");
}

#[test]
fn an_unknown_item_is_answered_by_the_book() {
    let asked = message("1720261122    153050AOCAGL|AB9999999|AC|");
    let answer = Response::refusal(&asked, Charset::Utf8, at("153050"), "");
    let sent = bytes(&answer.to_message(Charset::Utf8), ErrorDetection::Off);
    assert_eq!(sent, "1801010120261122    153050AB9999999|AJ|");
}

#[test]
fn every_request_can_be_refused() {
    for spec in crate::spec::MESSAGES {
        let asked = Message::builder(spec.code, Charset::Utf8).finish();
        let answer = Response::refusal(&asked, Charset::Utf8, at("153050"), "Refusé");
        let answered = match &spec.code.digits() {
            b"01" | b"23" => Code::PATRON_STATUS_RESPONSE,
            b"97" => Code::REQUEST_SC_RESEND,
            b"99" => Code::ACS_STATUS,
            _ if spec.sender == crate::spec::Sender::Library => Code::REQUEST_SC_RESEND,
            [tens, ones] => Code::new([
                *tens + u8::from(*ones == b'9'),
                if *ones == b'9' { b'0' } else { ones + 1 },
            ])
            .unwrap(),
        };
        assert_eq!(answer.code(), answered);
        let wire = answer.to_message(Charset::Utf8);
        assert_eq!(
            Response::parse(&wire, Charset::Utf8).unwrap(),
            answer,
            "{}",
            spec.code
        );
    }
}
