//! What clients send, and what it means here: the tree in its text form, or the diagnostic.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops where it cannot go on"
)]

mod cases {
    mod cql;
    mod rpn;
}
