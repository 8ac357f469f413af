//! Titles: 200, the related ones of block 5, series, and those of linked records.

use std::borrow::Cow;

use marc::{Record, charset::nonsorting, linked};
use query::AccessPoint::{self, Any, KeyTitle, Series, Title, TitleProper, UniformTitle};

use super::{Text, clean, joined};
use crate::analysis::article;

pub(super) fn texts(record: &Record, texts: &mut Vec<Text>) {
    let mut push = |text: String, access: &'static [AccessPoint]| {
        if !text.is_empty() {
            texts.push(Text::new(text, access));
        }
    };
    for field in record.data(b"200") {
        let full = joined(field, b"aehi", " ");
        let mut alone = false;
        for proper in field.all(b'a') {
            let proper = clean(proper);
            let proper = turned(&proper);
            alone |= proper == full;
            let access: &[_] = if proper == full {
                &[TitleProper, Title, Any]
            } else {
                &[TitleProper, Title]
            };
            push(proper.into_owned(), access);
        }
        if !alone {
            push(full, &[Title, Any]);
        }
        for parallel in field.all(b'd') {
            push(clean(parallel), &[Title, Any]);
        }
    }
    for field in record
        .data_fields()
        .filter(|field| field.tag.block() == b'5')
    {
        let access: &[_] = match field.tag.as_bytes() {
            b"500" | b"501" | b"503" => &[UniformTitle, Title, Any],
            b"530" => &[KeyTitle, Title, Any],
            _ => &[Title, Any],
        };
        push(joined(field, b"aehi", " "), access);
    }
    for title in series(record) {
        push(title, &[Series, Title, Any]);
    }
    for link in linked::all(record) {
        if !is_series(&link)
            && let Some(title) = link.title()
        {
            push(clean(title), &[Title, Any]);
        }
    }
}

/// `Misérables (Les)` as it is said.
fn turned(title: &str) -> Cow<'_, str> {
    let turned = || {
        let (rest, article) = title.strip_suffix(')')?.rsplit_once('(')?;
        let known = [
            "le", "la", "les", "l'", "l’", "un", "une", "the", "der", "die", "das", "el", "il",
        ];
        known.contains(&article.to_lowercase().as_str()).then(|| {
            let blank = if article.ends_with(['\'', '’']) {
                ""
            } else {
                " "
            };
            format!("{article}{blank}{}", rest.trim_end())
        })
    };
    turned().map_or(Cow::Borrowed(title), Cow::Owned)
}

fn is_series(link: &linked::Linked) -> bool {
    matches!(link.relation.as_bytes(), b"410" | b"411" | b"461")
}

/// Titles of the series and of the set that it belongs to, each once.
pub(super) fn series(record: &Record) -> Vec<String> {
    let described = record.data(b"225").map(|field| joined(field, b"aei", ". "));
    let linked = linked::all(record).filter(is_series);
    let linked = linked.filter_map(|link| link.title().map(clean));
    let mut titles: Vec<String> = Vec::new();
    for title in described.chain(linked) {
        if !title.is_empty() && !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles
}

/// What a list is sorted by: the title without its article, then its parts.
pub(super) fn sort_title(record: &Record) -> Option<String> {
    let field = record.data(b"200").next()?;
    let proper = field.first(b'a')?;
    let marked = nonsorting::for_sorting(proper);
    let title = if marked.len() < nonsorting::strip(proper).len() {
        marked.into_owned()
    } else {
        let plain = turned(&clean(proper)).into_owned();
        plain.get(article(&plain)..).unwrap_or_default().to_owned()
    };
    Some(format!("{title} {}", joined(field, b"hie", " ")))
}

/// 200 $h, or the volume in the set, if it is a number below 1,000; 0 if there is none.
pub(super) fn volume(record: &Record) -> u64 {
    let own = record.first(b"200", b'h').cloned();
    let linked = || linked::all(record).find_map(|link| link.volume().map(str::to_owned));
    let text = own.or_else(linked).unwrap_or_default();
    let digits: String = text
        .chars()
        .skip_while(|char| !char.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits
        .parse()
        .ok()
        .filter(|number| *number < 1000)
        .unwrap_or(0)
}

/// For people: the title with its parts, and what explains it.
pub(crate) fn shown(record: &Record) -> (String, Option<String>) {
    let Some(field) = record.data(b"200").next() else {
        return (String::new(), None);
    };
    let proper = field
        .first(b'a')
        .map(|title| turned(&clean(title)).into_owned())
        .unwrap_or_default();
    let parts = joined(field, b"hi", ". ");
    let title = if parts.is_empty() {
        proper
    } else {
        format!("{proper}. {parts}")
    };
    (
        title,
        field
            .first(b'e')
            .map(|text| clean(text))
            .filter(|text| !text.is_empty()),
    )
}
