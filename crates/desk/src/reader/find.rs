//! Finding readers by what they say of themselves.

use std::{fmt, str::FromStr};

use jiff::Zoned;
use store::PageEnd;

use super::{PatronLine, sought::sought};
use crate::{Desk, DeskError};

/// The most readers on one page.
const MOST: u16 = 50;

/// A question for readers.
#[derive(Clone)]
pub struct FindAsk {
    /// What was typed: beginnings of names in any order, whatever their capitals, accents, hyphens and apostrophes; a
    /// birth date among them (`2014-05-03`, `03/05/2014`); the first digits, four at least, of a card's or telephone
    /// number; the beginning of an e-mail address, with its `@`. All of it must fit.
    pub words: String,
    /// Where the page before ended.
    pub after: Option<PatronCursor>,
    /// The most readers on the page; more than fifty are fifty.
    pub most: u16,
    /// When.
    pub at: Zoned,
}

/// A page of readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPatrons {
    /// Those of the very name that was asked for first, then by name.
    pub lines: Vec<PatronLine>,
    /// Where the next page begins; none after the last one.
    pub next: Option<PatronCursor>,
}

/// Where a page ended. It is made of a reader's name: it belongs where the words of the question do, and not in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct PatronCursor(PageEnd);

impl Desk {
    /// Finds readers, a page at a time. Who is closed is never found; what says nothing finds nobody.
    ///
    /// Two round trips.
    pub async fn find_patrons(&self, ask: &FindAsk) -> Result<FoundPatrons, DeskError> {
        let most = usize::from(ask.most.clamp(1, MOST));
        let mut session = self.store.session().await?;
        let after = ask.after.as_ref().map(|cursor| &cursor.0);
        // One more than the page has, to know whether there is another.
        let mut found = session
            .find_readers(&sought(&ask.words), after, most as i64 + 1)
            .await?;
        let more = found.len() > most;
        found.truncate(most);
        let next = found.last().filter(|_| more);
        let next = next.map(|last| PatronCursor(last.place.clone()));
        let ids: Vec<i64> = found.iter().map(|reader| reader.id).collect();
        let lines = self.lines(session, &ids, &ask.at).await?;
        Ok(FoundPatrons { lines, next })
    }
}

impl fmt::Debug for FindAsk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FindAsk(…)")
    }
}

impl fmt::Debug for PatronCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PatronCursor(…)")
    }
}

/// As a page's link carries it.
impl fmt::Display for PatronCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PageEnd {
            other_name,
            sort_name,
            id,
        } = &self.0;
        write!(f, "{}.{id}.{sort_name}", u8::from(*other_name))
    }
}

/// A text that is no place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no place in a list of readers")]
pub struct NoCursor;

impl FromStr for PatronCursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let mut parts = text.splitn(3, '.');
        let mut part = || parts.next().ok_or(NoCursor);
        let (other, id, name) = (part()?, part()?, part()?);
        let plain = name.len() <= 1000 && !name.contains(char::is_control);
        let other_name = match other {
            "0" => false,
            "1" => true,
            _ => return Err(NoCursor),
        };
        if !plain {
            return Err(NoCursor);
        }
        Ok(Self(PageEnd {
            other_name,
            sort_name: name.to_owned(),
            id: id.parse().map_err(|_| NoCursor)?,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        for text in ["0.7.dupont zoe", "1.12.", "1.3.d hont"] {
            assert_eq!(text.parse::<PatronCursor>().unwrap().to_string(), text);
        }
        for wrong in ["", "0", "0.7", "2.7.x", "0.x.y", "0.7.a\u{0}b"] {
            assert_eq!(wrong.parse::<PatronCursor>(), Err(NoCursor), "{wrong:?}");
        }
        let long = format!("0.1.{}", "a".repeat(1001));
        assert!(long.parse::<PatronCursor>().is_err());
    }
}
