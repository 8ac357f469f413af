//! A title taken apart: its core, what follows it, the volume that was moved into it.

use marc::Record;

use crate::{
    text::{fold, without_article, without_set_aside_article},
    volume,
};

/// A title as it is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Title {
    /// Without article, subtitle and volume.
    pub(crate) core: String,
    /// What follows it.
    pub(crate) rest: String,
    /// Title of the part (200 $i).
    pub(crate) part: String,
    /// The volume.
    pub(crate) volume: Option<String>,
    /// It may have been cut where it ends.
    pub(crate) cut: bool,
}

/// Where some sources cut titles.
const CUT: usize = 60;

impl Title {
    pub(crate) fn of(record: &Record) -> Self {
        let Some(field) = record.data(b"200").next() else {
            return Self::default();
        };
        let text = |code: u8| {
            field
                .all(code)
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(" ")
        };
        let whole = field.first(b'a').map(String::as_str).unwrap_or_default();
        let cut = whole.chars().count() == CUT;
        let whole = without_set_aside_article(whole);
        let (whole, moved) = volume::split(whole);
        let (core, follows) = match whole.split_once(" : ") {
            Some((core, follows)) => (core, follows),
            None => (whole, ""),
        };
        // The volume may stand before the subtitle as well.
        let (core, before) = volume::split(without_set_aside_article(core));
        let rest = [follows, &text(b'e')].join(" ");
        Self {
            core: without_article(&fold(core)).to_owned(),
            rest: fold(&rest),
            part: fold(&text(b'i')),
            volume: field
                .first(b'h')
                .and_then(|volume| volume::normal(volume))
                .or(moved)
                .or(before)
                .or_else(|| linked(record)),
            cut,
        }
    }
}

/// The volume that a link to the set gives, or, where all of them agree, the copies.
fn linked(record: &Record) -> Option<String> {
    let set = record
        .first(b"461", b'v')
        .or_else(|| record.first(b"463", b'v'));
    if let Some(volume) = set.and_then(|volume| volume::normal(volume)) {
        return Some(volume);
    }
    let mut copies = record
        .data(b"995")
        .map(|field| field.first(b'l').and_then(|volume| volume::normal(volume)));
    let first = copies.next()??;
    copies
        .all(|other| other.as_ref() == Some(&first))
        .then_some(first)
}

/// How two titles compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Likeness {
    /// The same.
    Same,
    /// One is the beginning of the other, where it was cut or where a subtitle begins.
    Begins,
    /// A slip of the pen apart.
    Near,
    /// All the words of one are in the other, or nearly so.
    Related,
    /// Some words in common, and each has one that the other has not.
    Other,
    /// Two titles.
    Apart,
}

/// A title and what follows it, of each.
pub(crate) struct Compared<'a> {
    pub(crate) core: &'a str,
    pub(crate) rest: &'a str,
    pub(crate) cut: bool,
}

pub(crate) fn likeness(one: &Compared<'_>, other: &Compared<'_>) -> Likeness {
    if one.core.is_empty() || other.core.is_empty() {
        return if one.core == other.core {
            Likeness::Same
        } else {
            Likeness::Apart
        };
    }
    if one.core == other.core {
        return Likeness::Same;
    }
    let begins = |short: &Compared<'_>, long: &Compared<'_>| {
        let all = format!("{} {}", long.core, long.rest);
        // A title that was cut ends within a word, and has lost its article before it was.
        short.cut && all.len() > short.core.len() && near_beginning(short.core, &all)
            || all.trim_end() == format!("{} {}", short.core, short.rest).trim_end()
            || words_begin(short.core, long.core) && short.core.len() >= 12 && short.rest.is_empty()
    };
    if begins(one, other) || begins(other, one) {
        return Likeness::Begins;
    }
    let length = one.core.len().min(other.core.len());
    let slips = if length >= 14 {
        2
    } else {
        usize::from(length >= 6)
    };
    let differ = numbers(one.core) != numbers(other.core);
    if !differ
        && one.core.len().abs_diff(other.core.len()) <= slips
        && strsim::osa_distance(one.core, other.core) <= slips
    {
        return Likeness::Near;
    }
    let own = |one: &str, other: &str| {
        let long = one.split(' ').filter(|word| word.len() > 3);
        let (has, misses): (Vec<&str>, Vec<&str>) = long.partition(|word| {
            other.split(' ').any(|other| {
                other == *word || word.len() > 4 && strsim::osa_distance(word, other) <= 2
            })
        });
        (has.len(), misses.len())
    };
    let all = |title: &Compared<'_>| format!("{} {}", title.core, title.rest);
    let ((shared, ours), (_, theirs)) = (own(one.core, &all(other)), own(other.core, &all(one)));
    match (shared, ours.min(theirs)) {
        (0, _) => Likeness::Apart,
        (_, 0) if !differ => Likeness::Related,
        _ => Likeness::Other,
    }
}

/// Numbers are never a slip: «Dune 1» and «Dune 2» are a letter apart.
fn numbers(text: &str) -> Vec<&str> {
    text.split(' ')
        .filter(|word| word.bytes().any(|byte| byte.is_ascii_digit()))
        .collect()
}

fn near_beginning(short: &str, long: &str) -> bool {
    if short.len() < 20 {
        return false;
    }
    let end = long
        .char_indices()
        .map(|(at, _)| at)
        .nth(short.chars().count())
        .unwrap_or(long.len());
    strsim::osa_distance(short, &long[..end]) <= 2
}

fn words_begin(short: &str, long: &str) -> bool {
    long.strip_prefix(short)
        .is_some_and(|rest| rest.starts_with(' '))
}
