//! How a document is called where there is one line for it: lists, kiosks, receipts.

use marc::{Record, charset::nonsorting};

/// Title and author in one line each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Title proper, volume and title of the part; a subtitle only where the title is a word or two.
    pub title: String,
    /// First name before last name; empty where nobody is named.
    pub author: String,
}

/// The heading of a record in UNIMARC. A record without a title is called by what else it has.
pub fn heading(record: &Record) -> Heading {
    Heading {
        title: title(record),
        author: author(record),
    }
}

fn clean(text: &str) -> String {
    let text = nonsorting::strip(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .trim_end_matches([' ', '/', ':', ';', ',', '='])
        .to_owned()
}

fn title(record: &Record) -> String {
    let mut title = String::new();
    if let Some(field) = record.data(b"200").next() {
        title = field
            .first(b'a')
            .map(|text| clean(text))
            .unwrap_or_default();
        for (code, before) in [(b'h', ". "), (b'i', ", ")] {
            for part in field
                .all(code)
                .map(|text| clean(text))
                .filter(|part| !part.is_empty())
            {
                let before = if code == b'i' && !title.contains(". ") {
                    ". "
                } else {
                    before
                };
                if !title.is_empty() {
                    title.push_str(before);
                }
                title.push_str(&part);
            }
        }
        if title.is_empty() {
            title = field
                .first(b'e')
                .map(|text| clean(text))
                .unwrap_or_default();
        }
    }
    let instead = [
        (b"500", b'a'),
        (b"510", b'a'),
        (b"461", b't'),
        (b"225", b'a'),
        (b"995", b'k'),
    ];
    if title.is_empty() {
        let found = instead.into_iter().find_map(|(tag, code)| {
            record
                .first(tag, code)
                .map(|text| clean(text))
                .filter(|text| !text.is_empty())
        });
        title = found.unwrap_or_else(|| "[Sans titre]".to_owned());
    }
    title
}

fn author(record: &Record) -> String {
    for tag in [b"700", b"710", b"720", b"701", b"711", b"702"] {
        if let Some(field) = record.data(tag).next() {
            let last = field
                .first(b'a')
                .map(|text| clean(text))
                .unwrap_or_default();
            let first = field
                .first(b'b')
                .map(|text| clean(text))
                .unwrap_or_default();
            let name = if tag[1] == b'0' && tag[2] == b'0' || tag[2] == b'1' || tag[2] == b'2' {
                format!("{first} {last}")
            } else {
                last
            };
            if !name.trim().is_empty() {
                return name.trim().to_owned();
            }
        }
    }
    String::new()
}
