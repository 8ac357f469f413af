//! A dialogue as it was written.

use std::time::Duration;

use crate::text::Text;

/// One file: who says what, and why the answers have to be so.
#[derive(Debug, Clone)]
pub struct Dialogue {
    /// What happens, in a line.
    pub title: String,
    /// Where the standard asks for it: a section or messages of *3M SIP2 2.00*.
    pub clause: Option<String>,
    /// What real terminals need beyond the standard.
    pub field: Option<String>,
    /// What one server has chosen where the standard leaves it open.
    pub choice: Option<String>,
    /// What goes wrong for people where the answers are others.
    pub reason: String,
    /// What is known to be answered otherwise as yet.
    pub known: Option<String>,
    /// Numbers of the habits of real terminals, as `docs/sip2.md` lists them.
    pub quirks: Vec<u8>,
    /// Names of the values that it needs.
    pub needs: Vec<String>,
    pub(crate) steps: Vec<Step>,
}

impl Dialogue {
    /// The codes of the messages that it sends, each once, in order; without those in raw bytes.
    pub fn codes(&self) -> Vec<String> {
        let mut codes: Vec<String> = self
            .steps
            .iter()
            .filter_map(|step| match &step.action {
                Action::Send(Send {
                    what: What::Message { text, .. },
                    ..
                }) => text.code(),
                _ => None,
            })
            .collect();
        codes.sort();
        codes.dedup();
        codes
    }
}

/// One step, and the line of the file that it stands on.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) line: usize,
    pub(crate) action: Action,
}

#[derive(Debug, Clone)]
pub(crate) enum Action {
    /// A new connection; the one before is hung up.
    Connect,
    /// The end of the connection, from our side.
    HangUp,
    Send(Send),
    /// One of these has to come.
    Expect(Vec<Expected>),
}

#[derive(Debug, Clone)]
pub(crate) struct Send {
    pub(crate) what: What,
    /// Kept back, to go out in one write with the next.
    pub(crate) glued: bool,
    /// One write a byte.
    pub(crate) bytewise: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum What {
    /// The very bytes that were sent last.
    Again,
    /// Bytes as they are: nothing is added.
    Bytes(Text),
    Message {
        text: Text,
        protection: Protection,
        /// The checksum in lower-case letters.
        lower: bool,
        end: &'static [u8],
    },
}

/// How a message is protected against a bad line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protection {
    /// AY with the next digit, and AZ.
    Next,
    /// AY with this digit, and AZ.
    Digit(u8),
    /// AZ alone.
    Sum,
    /// Neither.
    Plain,
    /// AY with the next digit, and an AZ that is not the sum.
    Wrong,
}

/// What may come, and how it was written.
#[derive(Debug, Clone)]
pub(crate) struct Expected {
    pub(crate) source: String,
    pub(crate) what: Answer,
}

#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// The bytes of the answer before.
    Same,
    /// The answer before once more, however it is protected.
    Repeated,
    /// Nothing, for so long.
    Nothing(Duration),
    /// The end of the connection.
    End,
    Message {
        /// Code and fixed part.
        fixed: Text,
        rules: Vec<Rule>,
    },
}

/// A field's id.
pub(crate) type Id = [u8; 2];

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) source: String,
    pub(crate) what: FieldRule,
}

#[derive(Debug, Clone)]
pub(crate) enum FieldRule {
    /// One with this value.
    Has(Id, Text),
    /// None at all, or none with this value.
    Lacks(Id, Option<Text>),
    /// So many.
    Count(usize, Id),
    /// The first of each, in this order.
    Order(Vec<Id>),
}
