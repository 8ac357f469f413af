//! Resumption tokens: everything that is needed to go on, in the token itself, so that no daemon
//! has to remember it.

use sha2::{Digest, Sha256};

use super::{Cursor, Request, Selection, Verb, dates, datestamp};

/// Makes and reads tokens.
///
/// A token carries a check over itself and over what the list was made from. It is not a secret
/// and not a signature: there is nothing in it that a request could not ask for as well. What it
/// keeps out is a token that was cut, mistyped, meant for another verb, or made before the index
/// was rebuilt.
#[derive(Clone, Debug)]
pub struct Tokens {
    made_from: String,
}

/// What an answer's `resumptionToken` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// The token; nothing after the last page.
    pub token: Option<String>,
    /// How many there are in all, where that is known.
    pub total: Option<u64>,
    /// How many came before this answer.
    pub before: u64,
}

const VERSION: &str = "1";

impl Tokens {
    /// For lists that are made from this: the identity of the feed or index. With another one no
    /// token of before is taken.
    pub fn new(made_from: impl Into<String>) -> Self {
        Self {
            made_from: made_from.into(),
        }
    }

    /// The token behind an answer with `count` entries which ends at `position`. Nothing for
    /// requests that are no lists.
    pub fn next(
        &self,
        request: &Request,
        position: &str,
        count: u64,
        total: Option<u64>,
    ) -> Option<Next> {
        let (verb, selection) = list(request)?;
        let before = selection.cursor.as_ref().map_or(0, |cursor| cursor.before);
        let cursor = Cursor {
            position: position.to_owned(),
            before: before.saturating_add(count),
        };
        let selection = Selection {
            cursor: Some(cursor),
            ..selection
        };
        Some(Next {
            token: Some(self.write(verb, &selection)),
            total,
            before,
        })
    }

    /// For the last page of a list: an empty token when there were pages before, otherwise none.
    pub fn last(&self, request: &Request, total: Option<u64>) -> Option<Next> {
        let cursor = list(request)?.1.cursor?;
        Some(Next {
            token: None,
            total,
            before: cursor.before,
        })
    }

    fn write(&self, verb: &str, selection: &Selection) -> String {
        let date = |at: Option<jiff::Timestamp>| at.map(datestamp).unwrap_or_default();
        let cursor = selection.cursor.as_ref();
        let fields = [
            VERSION.to_owned(),
            verb.to_owned(),
            selection.prefix.clone(),
            date(selection.from),
            date(selection.until),
            selection.set.clone().unwrap_or_default(),
            cursor
                .map(|cursor| cursor.position.clone())
                .unwrap_or_default(),
            cursor.map_or(0, |cursor| cursor.before).to_string(),
        ];
        let mut token = fields.map(|field| pack(&field)).join(".");
        let check = self.check(&token);
        token.push('.');
        token.push_str(&check);
        token
    }

    pub(super) fn read(&self, token: &str, verb: &str) -> Option<Selection> {
        let (packed, check) = token.rsplit_once('.')?;
        if self.check(packed) != check {
            return None;
        }
        let fields: Option<Vec<String>> = packed.split('.').map(unpack).collect();
        let [version, of, prefix, from, until, set, position, before] =
            <[String; 8]>::try_from(fields?).ok()?;
        if version != VERSION || of != verb {
            return None;
        }
        let date = |text: &str| {
            if text.is_empty() {
                return Some(None);
            }
            dates::parse(text).map(|span| Some(span.first))
        };
        Some(Selection {
            prefix,
            from: date(&from)?,
            until: date(&until)?,
            set: Some(set).filter(|set| !set.is_empty()),
            cursor: Some(Cursor {
                position,
                before: before.parse().ok()?,
            }),
        })
    }

    /// 64 bits: for accidents, not for adversaries.
    fn check(&self, packed: &str) -> String {
        let mut hasher = Sha256::new();
        hasher.update(packed.as_bytes());
        hasher.update([0]);
        hasher.update(self.made_from.as_bytes());
        let digest = hasher.finalize();
        digest
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

fn list(request: &Request) -> Option<(&'static str, Selection)> {
    match request.verb.as_ref().ok()? {
        Verb::ListIdentifiers(selection) => Some(("ListIdentifiers", selection.clone())),
        Verb::ListRecords(selection) => Some(("ListRecords", selection.clone())),
        Verb::ListSets(cursor) => {
            let selection = Selection {
                prefix: String::new(),
                from: None,
                until: None,
                set: None,
                cursor: cursor.clone(),
            };
            Some(("ListSets", selection))
        }
        Verb::Identify | Verb::ListMetadataFormats(_) | Verb::GetRecord { .. } => None,
    }
}

/// Letters, digits and `-` stay, all else becomes `_` and two digits: nothing that a careless
/// client could spoil by not escaping it.
fn pack(field: &str) -> String {
    let mut packed = String::with_capacity(field.len());
    for byte in field.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            packed.push(char::from(byte));
        } else {
            packed.push_str(&format!("_{byte:02x}"));
        }
    }
    packed
}

fn unpack(packed: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(packed.len());
    let mut rest = packed.as_bytes();
    while let [first, behind @ ..] = rest {
        rest = behind;
        bytes.push(match (first, behind) {
            (b'_', [high, low, after @ ..]) => {
                rest = after;
                let digit = |byte: u8| char::from(byte).to_digit(16);
                u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?
            }
            (b'_', _) => return None,
            (byte, _) => *byte,
        });
    }
    String::from_utf8(bytes).ok()
}
