//! What a library system can do for a terminal.

use std::fmt;

use crate::spec::Code;

/// The 16 letters of BX in a 98: which requests are served.
///
/// *3M SIP2 2.00, "supported messages"*. Many clients never send a message whose letter is `N`.
///
/// ```
/// use relire_sip2::Code;
/// use relire_sip2::value::SupportedMessages;
/// let supported: SupportedMessages = [Code::CHECKIN, Code::LOGIN].into_iter().collect();
/// assert_eq!(supported.to_string(), "NNYNNNYNNNNNNNNN");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct SupportedMessages(u16);

impl SupportedMessages {
    /// The requests in the order of their letters.
    pub const ORDER: [Code; 16] = [
        Code::PATRON_STATUS_REQUEST,
        Code::CHECKOUT,
        Code::CHECKIN,
        Code::BLOCK_PATRON,
        Code::SC_STATUS,
        Code::REQUEST_ACS_RESEND,
        Code::LOGIN,
        Code::PATRON_INFORMATION,
        Code::END_PATRON_SESSION,
        Code::FEE_PAID,
        Code::ITEM_INFORMATION,
        Code::ITEM_STATUS_UPDATE,
        Code::PATRON_ENABLE,
        Code::HOLD,
        Code::RENEW,
        Code::RENEW_ALL,
    ];

    /// Every message.
    pub const ALL: SupportedMessages = SupportedMessages(u16::MAX);

    /// Reads the letters. What is missing at the end is not supported, what is too much is ignored.
    pub fn parse(letters: &[u8]) -> SupportedMessages {
        let named = Self::ORDER.into_iter().zip(letters);
        named
            .filter(|(_, letter)| letter.eq_ignore_ascii_case(&b'Y'))
            .map(|(code, _)| code)
            .collect()
    }

    /// Whether the message is supported.
    pub fn contains(self, code: Code) -> bool {
        self.0 & bit(code) != 0
    }

    /// Adds a message. Codes that have no letter are ignored.
    pub fn insert(&mut self, code: Code) {
        self.0 |= bit(code);
    }

    /// Takes a message out.
    pub fn remove(&mut self, code: Code) {
        self.0 &= !bit(code);
    }
}

fn bit(code: Code) -> u16 {
    SupportedMessages::ORDER
        .iter()
        .position(|known| *known == code)
        .map_or(0, |place| 1 << place)
}

impl FromIterator<Code> for SupportedMessages {
    fn from_iter<I: IntoIterator<Item = Code>>(codes: I) -> Self {
        SupportedMessages(codes.into_iter().fold(0, |bits, code| bits | bit(code)))
    }
}

impl fmt::Display for SupportedMessages {
    /// The 16 letters of the wire.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Self::ORDER
            .iter()
            .try_for_each(|code| f.write_str(if self.contains(*code) { "Y" } else { "N" }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_back() {
        for letters in ["YYYYYYYYYYYYYYYY", "NNNNNNNNNNNNNNNN", "YNYNYNYNYNYNYNYN"] {
            assert_eq!(
                SupportedMessages::parse(letters.as_bytes()).to_string(),
                letters
            );
        }
        assert_eq!(SupportedMessages::ALL.to_string(), "YYYYYYYYYYYYYYYY");
    }

    #[test]
    fn padded_and_short_ones_are_read() {
        let padded = format!("YN{}", " ".repeat(150));
        assert!(SupportedMessages::parse(padded.as_bytes()).contains(Code::PATRON_STATUS_REQUEST));
        assert_eq!(
            SupportedMessages::parse(b"yN").to_string(),
            "YNNNNNNNNNNNNNNN"
        );
        assert_eq!(SupportedMessages::parse(b""), SupportedMessages::default());
    }

    #[test]
    fn codes_without_letter_are_ignored() {
        let mut supported = SupportedMessages::ALL;
        supported.insert(Code::ACS_STATUS);
        supported.remove(Code::RENEW);
        assert_eq!(supported.to_string(), "YYYYYYYYYYYYYYNY");
        assert!(!supported.contains(Code::ACS_STATUS));
    }
}
