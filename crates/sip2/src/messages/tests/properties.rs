//! What holds for every message of the standard.

use bytes::{BufMut, Bytes, BytesMut};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::messages::{Request, Response};
use crate::spec::{MESSAGES, MessageSpec, Sender, Shape};
use crate::transcript::{Mask, Transcript};
use crate::{Charset, ErrorDetection, FieldId, Message};

const CHARSETS: [Charset; 4] = [
    Charset::Utf8,
    Charset::Cp850,
    Charset::Latin1,
    Charset::Ascii,
];

/// What both types say of a message: what it reads as, written again.
fn reread(message: &Message, charset: Charset) -> Option<Message> {
    let request = Request::parse(message, charset).ok()?;
    if let Request::Unknown { .. } = request {
        return Some(Response::parse(message, charset).ok()?.to_message(charset));
    }
    Some(request.to_message(charset))
}

/// A message of the standard, with something in all of its parts.
fn any_message(charset: Charset) -> impl Strategy<Value = Message> {
    any_of(MESSAGES.to_vec(), charset)
}

fn any_of(specs: Vec<&'static MessageSpec>, charset: Charset) -> impl Strategy<Value = Message> {
    let spec = select(specs);
    (
        spec,
        any::<[u8; 32]>(),
        proptest::collection::vec((any::<Index>(), value()), 0..24),
    )
        .prop_map(move |(spec, noise, values)| compose(spec, charset, &noise, &values))
}

fn requests() -> Vec<&'static MessageSpec> {
    MESSAGES
        .into_iter()
        .filter(|spec| spec.sender == Sender::Terminal)
        .collect()
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z0-9éàçôÉ’œ ]{0,40}",
        "[0-9]{1,6}",
        "[YN]",
        "[0-9]{1,3}[.,][0-9]{1,2}",
        Just("20261122    153030".to_owned()),
        Just("EUR".to_owned()),
    ]
}

fn compose(
    spec: &MessageSpec,
    charset: Charset,
    noise: &[u8; 32],
    values: &[(Index, String)],
) -> Message {
    let mut builder = Message::builder(spec.code, charset);
    for (part, noise) in spec.fixed.iter().zip(noise) {
        let letters: &[u8] = match part.shape {
            Shape::Flags => b"YN ",
            Shape::Digits => b"0127 ",
            Shape::Word => b"+-*Y1 ",
            Shape::Date if noise % 2 == 0 => {
                builder.fixed().put_slice(b"20261122    153030");
                continue;
            }
            Shape::Date => b" ",
        };
        for at in 0..part.width {
            builder
                .fixed()
                .put_u8(letters[(usize::from(*noise) + at * 7) % letters.len()]);
        }
    }
    for (index, value) in values {
        if !spec.fields.is_empty() {
            builder.field(index.get(spec.fields).id, value);
        }
    }
    builder.finish()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn nothing_that_arrives_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200), which in select(MESSAGES.to_vec())) {
        let mut frame = BytesMut::from(&which.code.digits()[..]);
        frame.put_slice(&bytes);
        for frame in [Bytes::from(bytes), frame.freeze()] {
            if let Ok(message) = Message::decode(frame) {
                for charset in CHARSETS {
                    let _ = Request::parse(&message, charset);
                    let _ = Response::parse(&message, charset);
                    let _ = Transcript::new(&message, Mask::Secrets).charset(charset).to_string();
                }
            }
        }
    }

    #[test]
    fn reading_what_was_written_changes_nothing((charset, message) in select(CHARSETS.to_vec()).prop_flat_map(|charset| (Just(charset), any_message(charset)))) {
        if let Some(once) = reread(&message, charset) {
            prop_assert_eq!(reread(&once, charset), Some(once.clone()));
            let mut out = BytesMut::new();
            once.encode(&mut out, ErrorDetection::Sequence(7));
            let arrived = Message::decode(out.freeze()).unwrap();
            prop_assert_eq!(reread(&arrived, charset), Some(once));
        }
    }

    #[test]
    fn what_is_written_has_the_layout_of_the_standard(message in any_message(Charset::Utf8)) {
        if let Some(written) = reread(&message, Charset::Ascii) {
            let spec = crate::spec::message(written.code).unwrap();
            prop_assert_eq!(written.fixed.len(), spec.fixed_width());
            let order: Vec<usize> = written
                .fields
                .iter()
                .map(|field| spec.fields.iter().position(|used| used.id == field.id).unwrap())
                .collect();
            prop_assert!(order.is_sorted(), "fields in the order of the standard");
            for used in spec.fields {
                if used.presence == crate::spec::Presence::Required {
                    prop_assert!(written.has(used.id), "{} in {}", used.id, spec.code);
                }
            }
        }
    }

    #[test]
    fn a_pin_is_in_no_transcript(mut message in any_of(requests(), Charset::Utf8), at in any::<Index>(), width in 0usize..30) {
        let spec = crate::spec::message(message.code).unwrap();
        message.fields.retain(|field| ![FieldId::AC, FieldId::AD, FieldId::CO].contains(&field.id));
        let mut whole = BytesMut::new();
        message.encode(&mut whole, ErrorDetection::Off);
        for used in spec.fields.iter().filter(|used| [FieldId::AC, FieldId::AD, FieldId::CO].contains(&used.id)) {
            whole.put_slice(&used.id.0);
            whole.put_slice(b"73519264|");
        }
        // A part of fixed length was left out, so that all that follows is shifted.
        let from = 2 + at.index(spec.fixed_width() + 1);
        let to = (from + width).min(2 + spec.fixed_width());
        let shifted = [&whole[..from.min(to)], &whole[to..]].concat();
        // Or a bar was lost, so that two fields are one.
        let bars: Vec<usize> = whole.iter().enumerate().filter(|(_, byte)| **byte == b'|').map(|(at, _)| at).collect();
        let bar = if bars.is_empty() { whole.len() } else { *at.get(&bars) };
        let glued: Vec<u8> = whole[..bar].iter().chain(whole.iter().skip(bar + 1)).copied().collect();
        let frames = [(shifted.into(), false), (glued.into(), false), (whole.freeze(), true)];
        for (frame, is_whole) in frames {
            let Ok(message) = Message::decode(frame) else { continue };
            for mask in [Mask::Secrets, Mask::SecretsAndPersons] {
                let shown = Transcript::new(&message, mask).to_string();
                prop_assert!(!shown.contains("3519264"), "{}", shown);
            }
            let debug = format!("{message:?}");
            prop_assert!(!debug.contains("3519264"), "{}", debug);
            if is_whole {
                let debug = format!("{:?}", Request::parse(&message, Charset::Utf8));
                prop_assert!(!debug.contains("3519264"), "{}", debug);
            }
        }
    }
}
