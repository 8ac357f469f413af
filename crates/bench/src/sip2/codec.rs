//! The codec beside the crate `sip2` of the field: text to message and back, the same texts, in turn.

use std::{hint::black_box, time::Instant};

use bytes::{Bytes, BytesMut};
use peer_sip2 as peer;
use sip2::message::{ErrorDetection, Message};

use super::say;

const TEXTS: [(&str, &str); 3] = [
    (
        "checkout 11",
        "11YN20261122    153030                  AOCAGL|AA0123456789|AB3001234|AC|AD1234|BON|BIN|",
    ),
    (
        "checkout 12",
        "121NUY20261122    153030AOCAGL|AA0123456789|AB3001234|AJLe Horla|AH20261213    235959|CK001|",
    ),
    (
        "patron 64",
        "64              00220261122    153020000100000002        0000AOCAGL|AA0123456789|AEFICTIF Zoe|BZ0010|CA0099|CB0020|BLY|CQY|BHEUR|BV0.00|AU3001234|AU3005678|",
    ),
];
const ROUNDS: usize = 9;
const TIMES: u32 = 20_000;

/// Prints nanoseconds for decode + encode, ours and the peer's, and the median of the ratios.
pub(crate) fn run() {
    say(&format!(
        "codec: decode + encode in ns, median of {ROUNDS} runs of {TIMES} in turn"
    ));
    say("message            ours   crate sip2   times faster");
    for (name, text) in TEXTS {
        let frame = Bytes::copy_from_slice(text.as_bytes());
        let mut out = BytesMut::with_capacity(1024);
        let mut rounds: Vec<(f64, f64)> = (0..ROUNDS)
            .map(|_| {
                let ours = nanoseconds(|| {
                    out.clear();
                    let message =
                        Message::decode(black_box(frame.clone())).expect("a well-formed message");
                    message.encode(&mut out, ErrorDetection::Off);
                    black_box(&out);
                });
                let theirs = nanoseconds(|| {
                    let message =
                        peer::Message::from_sip(black_box(text)).expect("a well-formed message");
                    black_box(message.to_sip());
                });
                (ours, theirs)
            })
            .collect();
        rounds.sort_by(|one, other| (one.1 / one.0).total_cmp(&(other.1 / other.0)));
        if let Some((ours, theirs)) = rounds.get(ROUNDS / 2) {
            say(&format!(
                "{name:<14} {ours:>8.0} {theirs:>12.0} {:>14.1}",
                theirs / ours
            ));
        }
    }
    say("(ours also finds and, where there is one, checks the checksum; the peer has none)");
}

fn nanoseconds(mut work: impl FnMut()) -> f64 {
    let began = Instant::now();
    for _ in 0..TIMES {
        work();
    }
    began.elapsed().as_nanos() as f64 / f64::from(TIMES)
}
