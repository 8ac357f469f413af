//! What a line in a list of results shows.

use marc::Record;

use crate::entries;

/// A record in a line.
///
/// ```
/// use marc::{DataField, Leader, Record};
/// use relire_catalogue::Facts;
/// let mut record = Record::new(Leader::UNIMARC);
/// record.push(DataField::new(b"200", b"1 ").with(b'a', "\u{98}Les \u{9C}misérables").with(b'h', "1").with(b'i', "Fantine"));
/// record.push(DataField::new(b"210", b"  ").with(b'd', "DL 1998"));
/// record.push(DataField::new(b"700", b" 1").with(b'a', "Hugo").with(b'b', "Victor"));
/// let facts = Facts::of(&record);
/// assert_eq!(facts.title, "Les misérables. 1. Fantine");
/// assert_eq!((facts.author.as_deref(), facts.year), (Some("Hugo, Victor"), Some(1998)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Title with its number and name of part; empty if the record has none.
    pub title: String,
    /// What explains the title.
    pub subtitle: Option<String>,
    /// The main author, as entered.
    pub author: Option<String>,
    /// Year of publication.
    pub year: Option<u64>,
    /// First ISBN, as written.
    pub isbn: Option<String>,
}

impl Facts {
    /// Reads them from a UNIMARC record.
    pub fn of(record: &Record) -> Self {
        let (title, subtitle) = entries::shown_title(record);
        Self {
            title,
            subtitle,
            author: entries::shown_author(record),
            year: entries::year(record),
            isbn: record.first(b"010", b'a').cloned(),
        }
    }
}
