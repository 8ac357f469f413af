//! How much of a document is read. The largest real message that we know has some 31 KiB.

/// Bytes of a document.
pub const BYTES: usize = 1 << 20;
/// Elements within elements.
pub const DEPTH: usize = 64;
/// Elements of a document.
pub const ELEMENTS: usize = 10_000;
/// Attributes of an element.
pub const ATTRIBUTES: usize = 64;
/// Bytes of an element's text.
pub const TEXT: usize = 64 << 10;
/// Characters of an identifier.
pub const IDENTIFIER: usize = 256;
/// Elements of one name in one element.
pub const REPEATED: usize = 1_000;
