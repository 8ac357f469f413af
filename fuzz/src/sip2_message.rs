//! What must hold for whatever arrives on a SIP2 connection.

use bytes::{Bytes, BytesMut};
use relire_sip2::frame::{Framed, Framer, Limits};
use relire_sip2::messages::{Request, Response};
use relire_sip2::transcript::{Mask, Transcript, unreadable};
use relire_sip2::{Charset, Message};

/// Reads the bytes as a connection would. Panics where the crate breaks its word.
pub fn run(bytes: &[u8]) {
    let mut framer = Framer::new(Limits { max_message: 4096 });
    let mut buffer = BytesMut::from(bytes);
    // The last message may lack its end: here it is.
    buffer.extend_from_slice(b"\r");
    while let Some(framed) = framer.next(&mut buffer) {
        if let Framed::Message(frame) = framed {
            read(frame);
        }
    }
    assert!(buffer.is_empty(), "all that has ended was read");
}

fn read(frame: Bytes) {
    let _ = unreadable(&frame).to_string();
    // One charset a frame: the fuzzer finds frames for each.
    let charsets = [
        Charset::Utf8,
        Charset::Cp850,
        Charset::Latin1,
        Charset::Ascii,
    ];
    let charset = charsets[frame.len() % charsets.len()];
    let Ok(message) = Message::decode(frame) else {
        return;
    };
    let mut out = BytesMut::new();
    message.encode(&mut out, message.error_detection);
    assert_eq!(
        Message::decode(out.freeze()),
        Ok(message.clone()),
        "what was written reads the same"
    );
    for mask in [Mask::Secrets, Mask::SecretsAndPersons] {
        let shown = Transcript::new(&message, mask).charset(charset).to_string();
        assert!(
            !shown.contains(char::is_control),
            "a line of a log stays a line"
        );
    }
    if let Ok(request) = Request::parse(&message, charset) {
        let written = request.to_message(charset);
        assert!(
            Request::parse(&written, charset).is_ok(),
            "what was understood is understood again"
        );
    }
    if let Ok(response) = Response::parse(&message, charset) {
        let written = response.to_message(charset);
        assert!(
            Response::parse(&written, charset).is_ok(),
            "what was understood is understood again"
        );
    }
}
