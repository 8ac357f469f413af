//! The standard as tables: each message and each field id beside the name that it has here.
#![doc = include_str!("spec/guide.md")]

mod code;
mod field;

#[cfg(test)]
mod tests;

pub use code::Code;
pub use field::{FIELDS, FieldId, FieldSpec, Privacy};

use crate::messages::*;

/// The layout of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageSpec {
    /// Its two digits.
    pub code: Code,
    /// The name of its type in [`crate::messages`].
    pub name: &'static str,
    /// Its name in the standard.
    pub standard: &'static str,
    /// Who sends it.
    pub sender: Sender,
    /// The parts of fixed width, which follow the code without delimiters.
    pub fixed: &'static [FixedPart],
    /// The variable fields, in the order in which they are sent.
    pub fields: &'static [FieldUse],
}

impl MessageSpec {
    /// The width in bytes of all fixed parts together.
    pub const fn fixed_width(&self) -> usize {
        let mut width = 0;
        let mut index = 0;
        while index < self.fixed.len() {
            width += self.fixed[index].width;
            index += 1;
        }
        width
    }

    /// Whether a message whose fixed part is a date alone comes without it, and begins with a field: some clients
    /// write a 65 so. No date begins with a letter.
    pub(crate) fn date_is_left_out(&self, body: &[u8]) -> bool {
        matches!(self.fixed, [only] if only.shape == Shape::Date)
            && self.fields.iter().any(|used| body.starts_with(&used.id.0))
    }
}

/// Who sends a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// The terminal: "SC", self check, in the standard.
    Terminal,
    /// The library system: "ACS", automated circulation system, in the standard.
    Library,
}

/// A part of fixed width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FixedPart {
    /// Our name: the field of the message's type.
    pub name: &'static str,
    /// Its name in the standard.
    pub standard: &'static str,
    /// Its width in bytes.
    pub width: usize,
    /// What may stand in it.
    pub shape: Shape,
}

/// What may stand in a fixed part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `Y`, `N`, `U`, `1`, `0` or a blank, each for itself.
    Flags,
    /// Digits; all blanks where a value is unknown.
    Digits,
    /// `YYYYMMDDZZZZHHMMSS`, or 18 blanks.
    Date,
    /// Letters, digits, blanks and `+ - * .`
    Word,
}

impl Shape {
    /// Whether these bytes can be what they should be. A message whose fixed part is of another
    /// shape is shifted, and its fields can't be trusted to be what they seem.
    pub fn fits(self, bytes: &[u8]) -> bool {
        let fits = |at: usize, byte: u8| match self {
            Shape::Flags => b"YyNnUu10".contains(&byte),
            Shape::Digits => byte.is_ascii_digit(),
            Shape::Date if (8..12).contains(&at) => byte.is_ascii_alphabetic(),
            Shape::Date => byte.is_ascii_digit(),
            Shape::Word => byte.is_ascii_alphanumeric() || b"+-*.".contains(&byte),
        };
        bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| *byte == b' ' || fits(at, *byte))
    }
}

/// A variable field as one message uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldUse {
    /// Its two letters.
    pub id: FieldId,
    /// Our name: the field of the message's type.
    pub name: &'static str,
    /// Whether it must, may, or may often be there.
    pub presence: Presence,
}

/// Whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The standard asks for it: always sent, empty if need be.
    Required,
    /// Sent when there is something to say.
    Optional,
    /// Sent any number of times.
    Repeated,
    /// Not of the standard, but understood by most terminals; sent when there is something to say.
    Extension,
}

/// Every message of the standard, requests first, each followed by its response.
pub static MESSAGES: [&MessageSpec; 31] = [
    &PatronStatusRequest::SPEC,
    &PatronStatusResponse::SPEC,
    &Checkout::SPEC,
    &CheckoutResponse::SPEC,
    &Checkin::SPEC,
    &CheckinResponse::SPEC,
    &BlockPatron::SPEC,
    &ScStatus::SPEC,
    &AcsStatus::SPEC,
    &RequestAcsResend::SPEC,
    &RequestScResend::SPEC,
    &Login::SPEC,
    &LoginResponse::SPEC,
    &PatronInformation::SPEC,
    &PatronInformationResponse::SPEC,
    &EndPatronSession::SPEC,
    &EndSessionResponse::SPEC,
    &FeePaid::SPEC,
    &FeePaidResponse::SPEC,
    &ItemInformation::SPEC,
    &ItemInformationResponse::SPEC,
    &ItemStatusUpdate::SPEC,
    &ItemStatusUpdateResponse::SPEC,
    &PatronEnable::SPEC,
    &PatronEnableResponse::SPEC,
    &Hold::SPEC,
    &HoldResponse::SPEC,
    &Renew::SPEC,
    &RenewResponse::SPEC,
    &RenewAll::SPEC,
    &RenewAllResponse::SPEC,
];

/// The messages by the number that their code is: decoding looks each message up.
static BY_CODE: [Option<&MessageSpec>; 100] = {
    let mut table = [None; 100];
    let mut index = 0;
    while index < MESSAGES.len() {
        table[MESSAGES[index].code.number()] = Some(MESSAGES[index]);
        index += 1;
    }
    table
};

/// The layout of the message with this code, `None` if the standard has no such message.
pub fn message(code: Code) -> Option<&'static MessageSpec> {
    BY_CODE[code.number()]
}

/// What is known about a field, `None` for an id of neither the standard nor the known extensions.
pub fn field(id: FieldId) -> Option<&'static FieldSpec> {
    FIELDS.iter().find(|spec| spec.id == id)
}
