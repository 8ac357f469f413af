//! What clients send, and what it means here: the tree in its text form, or the diagnostic.

mod cases {
    mod cql;
    mod rpn;
}
