//! The wire message: what is tolerated, what is refused, and that nothing is lost.

use bytes::{BufMut, Bytes, BytesMut};
use proptest::prelude::*;

use super::*;
use crate::charset::Charset;

const DATE: &str = "20261122    153050";

fn decode(bytes: impl AsRef<[u8]>) -> Result<Message, DecodeError> {
    Message::decode(Bytes::copy_from_slice(bytes.as_ref()))
}

fn encode(message: &Message) -> Vec<u8> {
    let mut out = BytesMut::new();
    message.encode(&mut out, message.error_detection);
    out.to_vec()
}

fn fields(message: &Message) -> Vec<(String, String)> {
    let text = |field: &Field| (field.id.to_string(), field.value.escape_ascii().to_string());
    message.fields.iter().map(text).collect()
}

#[test]
fn slips_are_put_right() {
    let good = format!("17{DATE}AOCAGL|AB3001234|AC|");
    for slip in [
        format!("17{DATE}AOCAGL|AB3001234|AC"),
        format!("17{DATE}AOCAGL||AB3001234|AC||||"),
        format!("17{DATE}AOCAGL|AB3001234|AC|   "),
        format!("17{DATE}AOCAGL| |AB3001234|AC|\0"),
        format!("17{DATE}|AOCAGL|AB3001234|AC|"),
    ] {
        let message = decode(&slip).unwrap();
        assert_eq!(
            String::from_utf8(encode(&message)).unwrap(),
            good,
            "{slip:?}"
        );
    }
}

#[test]
fn strange_fields_are_kept() {
    let wire = format!("17{DATE}AB1|AB2|ab3|ZZ|Q |??\u{e9}|");
    let message = decode(&wire).unwrap();
    assert_eq!(message.fields.len(), 6);
    assert_eq!(encode(&message), wire.as_bytes());
    let half = decode(format!("17{DATE}AB1|Q|")).unwrap();
    assert_eq!(
        fields(&half),
        [("AB".into(), "1".into()), ("Q ".into(), String::new())]
    );
}

#[test]
fn unknown_messages_are_kept_whole() {
    let message = decode("77anything|at|allAY3AZF7C2").unwrap();
    assert_eq!(
        (message.fixed.as_ref(), message.fields.len()),
        (&b"anything|at|all"[..], 0)
    );
    assert_eq!(message.error_detection, ErrorDetection::Sequence(3));
    assert_eq!(encode(&message), b"77anything|at|allAY3AZF7C2");
}

#[test]
fn short_fixed_parts_are_kept_as_they_are() {
    for wire in ["99", "990", "9900802.0", "17", "17202611", "63002"] {
        let message = decode(wire).unwrap();
        assert_eq!(
            (&message.fixed[..], message.fields.len()),
            (&wire.as_bytes()[2..], 0)
        );
        assert_eq!(encode(&message), wire.as_bytes());
    }
}

#[test]
fn checksums_are_checked() {
    let checksum = |sequence, carried, computed| {
        Err(DecodeError::Checksum {
            sequence,
            carried,
            computed,
        })
    };
    assert_eq!(
        decode("9900802.00AY1AZFCA0").unwrap().error_detection,
        ErrorDetection::Sequence(1)
    );
    assert_eq!(
        decode("9900802.00AY1AZfca0").unwrap().error_detection,
        ErrorDetection::Sequence(1),
        "lower case"
    );
    assert_eq!(
        decode("97AZFEF5").unwrap().error_detection,
        ErrorDetection::Checksum
    );
    assert_eq!(
        decode("9900802.00").unwrap().error_detection,
        ErrorDetection::Off
    );
    assert_eq!(
        decode("9900802.00AY1AZFCA1"),
        checksum(Some(1), 0xFCA1, 0xFCA0)
    );
    assert_eq!(
        decode("9900803.00AY1AZFCA0"),
        checksum(Some(1), 0xFCA0, 0xFC9F)
    );
    assert_eq!(decode("97AZ0000"), checksum(None, 0, 0xFEF5));
    assert_eq!(
        decode("97AZ0000").unwrap_err().to_string(),
        "it carries checksum 0000, but its bytes add up to FEF5"
    );
}

#[test]
fn what_follows_a_checksum_is_forgiven() {
    for slip in [
        "9900802.00AY1AZFCA0|",
        "9900802.00AY1AZFCA0 ",
        "9900802.00AY1AZFCA0|||",
        "9900802.00AY1AZFCA0|\0",
    ] {
        assert_eq!(
            decode(slip).unwrap().error_detection,
            ErrorDetection::Sequence(1),
            "{slip:?}"
        );
    }
}

#[test]
fn a_malformed_trailer_is_no_field() {
    for wire in [
        format!("17{DATE}AB1|AY10AZF994"),
        "9300CNa|COb|AY10AZFAC0".to_owned(),
        format!("17{DATE}AB1|AY1"),
        format!("17{DATE}AB1|AY1AZ12G4"),
        format!("17{DATE}AB1|AY1AZ123"),
        format!("17{DATE}AB1|AYxAZ1234"),
        format!("17{DATE}AB1|AZ12"),
        format!("17{DATE}AY1|AB1|"),
    ] {
        assert_eq!(decode(&wire), Err(DecodeError::Trailer), "{wire}");
    }
}

#[test]
fn a_title_that_looks_like_a_trailer_is_a_title() {
    let wire = format!("17{DATE}AB1|AJDe A à AZ1234|");
    let message = decode(&wire).unwrap();
    assert_eq!(message.error_detection, ErrorDetection::Off);
    assert_eq!(encode(&message), wire.as_bytes());
}

#[test]
fn a_field_is_no_trailer_by_chance() {
    // Tidied up, the bytes of this one add up to what its last value says.
    let wire = format!("17{DATE}AB1||IY4AZF9B9");
    let message = decode(&wire).unwrap();
    let tidy = encode(&message);
    assert_eq!(tidy, format!("17{DATE}AB1|IY4AZF9B9|").as_bytes());
    assert_eq!(checksum(&tidy[..tidy.len() - 5]), 0xF9B9);
    assert_eq!(decode(tidy), Ok(message));
}

#[test]
fn a_fixed_part_and_a_field_make_no_trailer_together() {
    // Code 25 has 18 fixed characters; the bar too many behind them goes, and an `A` stands before `ZF19A|`.
    let once = decode("25|AD1234|AC|BONA8YA|ZF19A").unwrap();
    assert_eq!(once.error_detection, ErrorDetection::Off);
    assert_eq!(decode(encode(&once)), Ok(once));
}

#[test]
fn what_is_no_message() {
    for wire in [
        "",
        "1",
        "AB",
        "1x",
        "GET / HTTP/1.1",
        "\x16\x03\x01\x02\x00",
        " 99",
    ] {
        assert_eq!(decode(wire), Err(DecodeError::NoCode), "{wire:?}");
    }
    assert_eq!(decode("97\r97"), Err(DecodeError::LineBreak));
    assert_eq!(decode("97\n"), Err(DecodeError::LineBreak));
}

#[test]
fn of_several_values_the_first_that_says_something() {
    let message = decode(format!("17{DATE}AB|AB1|AB2|")).unwrap();
    assert_eq!(message.get(FieldId::AB).unwrap(), "1");
    assert_eq!(message.all(FieldId::AB).count(), 3);
    assert_eq!(message.get(FieldId::AO), None);
    assert!(message.has(FieldId::AB) && !message.has(FieldId::AO));
}

#[test]
fn no_value_ends_its_field() {
    let value = Bytes::from_static(b"1|AD9\r\n11");
    let message = Message {
        fields: vec![Field {
            id: FieldId(*b"A|"),
            value,
        }],
        ..Message::builder(Code::LOGIN_RESPONSE, Charset::Utf8).finish()
    };
    assert_eq!(encode(&message), b"94A/1/AD9//11|");
}

#[test]
fn a_sequence_is_one_digit() {
    let mut out = BytesMut::new();
    let resend = Message::builder(Code::REQUEST_SC_RESEND, Charset::Utf8).finish();
    resend.encode(&mut out, ErrorDetection::Sequence(13));
    assert!(out.starts_with(b"96AY3AZ"));
    assert_eq!(
        Message::decode(out.freeze()).unwrap().error_detection,
        ErrorDetection::Sequence(3)
    );
}

#[test]
fn it_is_added_to_what_is_there() {
    let mut out = BytesMut::from("97AZFEF5\r");
    let resend = Message::builder(Code::REQUEST_SC_RESEND, Charset::Utf8).finish();
    resend.encode(&mut out, ErrorDetection::Checksum);
    assert_eq!(out, "97AZFEF5\r96AZFEF6");
}

#[test]
fn debug_shows_no_secret_and_no_person() {
    let message = decode("9300CNkiosk|COsesame|AEDupont|").unwrap();
    assert_eq!(format!("{message:?}"), "Message(9300CN***|CO***|AE***|)");
    let shown: Vec<String> = message
        .fields
        .iter()
        .map(|field| format!("{field:?}"))
        .collect();
    assert_eq!(shown, ["Field(CN***)", "Field(CO***)", "Field(AE***)"]);
}

/// Any message that can stand on a wire: of any code, with any bytes.
fn any_message() -> impl Strategy<Value = Message> {
    let byte = || any::<u8>().prop_filter("ends a field", |byte| !ends_field(*byte));
    let id = [byte(), byte()].prop_filter("is no id", |id| {
        id != b"AY" && id != b"AZ" && !id.iter().all(|byte| matches!(byte, b' ' | 0))
    });
    let field = (id, proptest::collection::vec(byte(), 0..40)).prop_map(|(id, value)| Field {
        id: FieldId(id),
        value: value.into(),
    });
    let fields = proptest::collection::vec(field, 0..12);
    let error_detection = prop_oneof![
        Just(ErrorDetection::Off),
        Just(ErrorDetection::Checksum),
        (0u8..10).prop_map(ErrorDetection::Sequence),
    ];
    let digits = [b'0'..=b'9', b'0'..=b'9'];
    (
        digits,
        proptest::collection::vec(byte(), 60),
        fields,
        error_detection,
    )
        .prop_map(|(digits, noise, fields, error_detection)| {
            let code = Code::new(digits).unwrap();
            let spec = crate::spec::message(code);
            // After the body of an unknown message an AZ alone could be part of it.
            let unknown_width = if error_detection == ErrorDetection::Checksum {
                0
            } else {
                9
            };
            let width = spec.map_or(unknown_width, |spec| spec.fixed_width());
            let mut fixed = noise[..width].to_vec();
            if spec.is_some_and(|spec| spec.date_is_left_out(&fixed)) {
                // As it stands this is a field, not a fixed part.
                fixed[0] = b' ';
            }
            let fixed = fixed.into();
            Message {
                code,
                fixed,
                fields: spec.map_or(vec![], |_| fields),
                error_detection,
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn what_is_written_is_read(message in any_message()) {
        prop_assert_eq!(decode(encode(&message)), Ok(message));
    }

    #[test]
    fn one_wrong_bit_is_seen(message in any_message(), at in any::<proptest::sample::Index>(), bit in 0u8..8) {
        let message = Message { error_detection: ErrorDetection::Sequence(4), ..message };
        let mut bytes = encode(&message);
        let at = at.index(bytes.len() - 9);
        bytes[at] ^= 1 << bit;
        prop_assert!(decode(bytes).is_err());
    }

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode(bytes);
    }

    #[test]
    fn what_is_read_is_written_the_same(tail in "[ -~é]{0,60}", code in 0u8..100) {
        let mut wire = BytesMut::from(format!("{code:02}{DATE}{DATE}{DATE}").as_str());
        wire.put_slice(tail.as_bytes());
        if let Ok(once) = decode(&wire) {
            prop_assert_eq!(decode(encode(&once)), Ok(once));
        }
    }
}
