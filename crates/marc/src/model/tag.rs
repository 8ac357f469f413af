use std::fmt;

/// The three characters that name a field: ISO 2709, 4.4.1.
///
/// Any three bytes are kept: real files hold `LDR`, `CAT` and worse.
///
/// ```
/// use relire_marc::Tag;
/// assert!(Tag::new(*b"001").is_control());
/// assert_eq!(Tag::new(*b"200").to_string(), "200");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag([u8; 3]);

impl Tag {
    /// The tag of these bytes.
    pub const fn new(bytes: [u8; 3]) -> Self {
        Self(bytes)
    }

    /// As it is written.
    pub const fn as_bytes(&self) -> &[u8; 3] {
        &self.0
    }

    /// `00X`: a field without indicators and subfields.
    pub const fn is_control(self) -> bool {
        self.0[0] == b'0' && self.0[1] == b'0'
    }

    /// Letters and digits, as every standard wants it.
    pub fn is_regular(self) -> bool {
        self.0.iter().all(u8::is_ascii_alphanumeric)
    }

    /// The block of a UNIMARC or MARC21 field: its first character.
    pub const fn block(self) -> u8 {
        self.0[0]
    }

    /// A tag from three characters of text.
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self(text.as_bytes().try_into().ok()?))
    }
}

impl From<&[u8; 3]> for Tag {
    fn from(bytes: &[u8; 3]) -> Self {
        Self(*bytes)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.escape_ascii())
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
