//! One line of a list: title and author, as they are shown.

use marc::{Record, charset::nonsorting};

use crate::title::without_punctuation;

/// What a list, a receipt or a kiosk shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// The title proper, with volume number and title: `Astérix. 3, Astérix et les Goths`. Empty
    /// if the record has none.
    pub title: String,
    /// `Goscinny, René`; empty if nobody is named.
    pub author: String,
}

/// Title and author of a UNIMARC record. Marks of words that sorting passes over are left out, the
/// words stay.
///
/// ```
/// use marc::{DataField, Leader, Record};
/// let mut record = Record::new(Leader::UNIMARC);
/// record.push(DataField::new(b"200", b"1 ").with(b'a', "[Les ]Misérables /").with(b'h', "2"));
/// record.push(DataField::new(b"700", b" 1").with(b'a', "Hugo").with(b'b', "Victor"));
/// let heading = relire_union::heading(&record);
/// assert_eq!(heading.title, "Les Misérables. 2");
/// assert_eq!(heading.author, "Hugo, Victor");
/// ```
pub fn heading(record: &Record) -> Heading {
    Heading {
        title: title(record),
        author: author(record),
    }
}

fn title(record: &Record) -> String {
    let Some(field) = record.data(b"200").next() else {
        return String::new();
    };
    let get = |code: u8| {
        field
            .first(code)
            .map(|text| shown(text))
            .filter(|text| !text.is_empty())
    };
    let mut title = straight(&get(b'a').unwrap_or_default());
    let (number, part) = (get(b'h'), get(b'i'));
    if let Some(number) = &number {
        title.push_str(". ");
        title.push_str(number);
    }
    if let Some(part) = part {
        title.push_str(if number.is_some() { ", " } else { ". " });
        title.push_str(&part);
    }
    title
}

fn author(record: &Record) -> String {
    for tag in [b"700", b"710", b"701", b"711", b"702", b"712"] {
        for field in record.data(tag) {
            let get = |code: u8| {
                field
                    .first(code)
                    .map(|text| shown(text))
                    .filter(|text| !text.is_empty())
            };
            match (get(b'a'), get(b'b')) {
                (Some(surname), Some(first)) if tag[1] == b'0' => {
                    return format!("{surname}, {first}");
                }
                (Some(name), _) | (None, Some(name)) => return name,
                (None, None) => {}
            }
        }
    }
    let statement = record.first(b"200", b'f').map(|text| shown(text));
    statement.unwrap_or_default()
}

/// `[Les ]Misérables` and `Misérables (Les)` as people say it.
fn straight(title: &str) -> String {
    const ARTICLES: &[&str] = &["le", "la", "les", "l'", "l’", "un", "une", "des", "the"];
    let is_article = |word: &str| ARTICLES.contains(&word.trim().to_lowercase().as_str());
    let joined = |article: &str, rest: &str| {
        let article = article.trim();
        let gap = if article.ends_with(['\'', '’']) {
            ""
        } else {
            " "
        };
        format!("{article}{gap}{}", rest.trim())
    };
    if let Some((article, rest)) = title
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
        && is_article(article)
    {
        return joined(article, rest);
    }
    if let Some((before, behind)) = title.rsplit_once(" (")
        && let Some((article, rest)) = behind.split_once(')')
        && is_article(article)
    {
        return joined(article, &format!("{before}{rest}"));
    }
    title.to_owned()
}

/// Without non-sorting marks, ISBD punctuation at the end, and double blanks.
fn shown(text: &str) -> String {
    let plain = nonsorting::strip(text);
    let words: Vec<&str> = without_punctuation(&plain).split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use marc::{DataField, Leader};

    use super::*;

    fn of(title: &str) -> String {
        let mut record = Record::new(Leader::UNIMARC);
        record.push(DataField::new(b"200", b"1 ").with(b'a', title));
        heading(&record).title
    }

    #[test]
    fn titles_are_shown_as_people_say_them() {
        assert_eq!(of("\u{98}Les \u{9C}misérables"), "Les misérables");
        assert_eq!(of("Étranger (L')"), "L'Étranger");
        assert_eq!(of("Étranger (L') : roman /"), "L'Étranger : roman");
        assert_eq!(of("Paris (France)"), "Paris (France)");
        assert_eq!(of(""), "");
    }

    #[test]
    fn without_fields_nothing_is_shown() {
        assert_eq!(heading(&Record::new(Leader::UNIMARC)), Heading::default());
    }
}
