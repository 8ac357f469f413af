//! What matching looks at in a record.

use marc::Record;
use serde::{Deserialize, Serialize};

use crate::{Key, number, people, publisher, text::fold, title::Title};

/// Raised with every change of what a signature holds or how it is made: older ones are made anew from their records.
pub const VERSION: u8 = 1;

/// What kind of thing a document is, as far as two kinds are never one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Printed text: books, comics, picture books.
    #[default]
    Text,
    /// Printed in large letters.
    LargePrint,
    /// Read aloud.
    Speech,
    /// Music.
    Music,
    /// Printed music.
    Score,
    /// Films.
    Film,
    /// For a computer or a console.
    Computer,
    /// Newspapers and magazines.
    Serial,
    /// Maps.
    Map,
    /// Pictures, objects, kits.
    Other,
}

/// What something is on, where the same content is sold on several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carrier {
    /// DVD.
    Dvd,
    /// Blu-ray.
    BluRay,
    /// Video cassette.
    Vhs,
    /// Compact disc.
    Cd,
    /// Vinyl.
    Vinyl,
    /// Cassette.
    Cassette,
}

/// What matching looks at, made comparable. JSON keeps it small: empty parts are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    #[serde(rename = "v")]
    pub(crate) version: u8,
    #[serde(rename = "k")]
    pub(crate) kind: Kind,
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub(crate) carrier: Option<Carrier>,
    #[serde(rename = "t")]
    pub(crate) title: String,
    #[serde(rename = "r", default, skip_serializing_if = "String::is_empty")]
    pub(crate) rest: String,
    #[serde(rename = "i", default, skip_serializing_if = "String::is_empty")]
    pub(crate) part: String,
    #[serde(rename = "x", default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) cut: bool,
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub(crate) volume: Option<String>,
    #[serde(rename = "a", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) names: Vec<String>,
    #[serde(rename = "f", default, skip_serializing_if = "String::is_empty")]
    pub(crate) statement: String,
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub(crate) publisher: Option<String>,
    #[serde(rename = "y", default, skip_serializing_if = "Option::is_none")]
    pub(crate) year: Option<i16>,
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub(crate) extent: Option<u32>,
    /// Minutes of a film or a recording.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub(crate) minutes: Option<u32>,
    /// Console of a game, or what else its system is.
    #[serde(rename = "s", default, skip_serializing_if = "String::is_empty")]
    pub(crate) system: String,
    /// Twelve digits each.
    #[serde(rename = "n", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) isbns: Vec<String>,
    /// The same, where the check digit was wrong.
    #[serde(rename = "w", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) weak_isbns: Vec<String>,
    #[serde(rename = "g", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) eans: Vec<String>,
    #[serde(rename = "j", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) issns: Vec<String>,
    #[serde(rename = "b", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) bnf: Vec<String>,
}

/// Numbers of one kind that are kept; more is a damaged record, or a set.
const MOST_NUMBERS: usize = 8;
/// Letters of a folded text that are kept.
const MOST_LETTERS: usize = 160;

impl Signature {
    /// Of a record in UNIMARC.
    pub fn of(record: &Record) -> Self {
        let title = Title::of(record);
        let kind = kind(record);
        let (mut isbns, mut weak_isbns) = (Vec::new(), Vec::new());
        // A book's EAN is its ISBN, and stands in where 010 is wrong or missing.
        let numbers = record.all(b"010", b'a').chain(record.all(b"073", b'a'));
        for (core, right) in numbers.filter_map(|text| number::isbn(text)) {
            note(if right { &mut isbns } else { &mut weak_isbns }, core);
        }
        let mut eans = Vec::new();
        record
            .all(b"073", b'a')
            .filter_map(|text| number::ean(text))
            .for_each(|ean| note(&mut eans, ean));
        let mut issns = Vec::new();
        if kind == Kind::Serial {
            record
                .all(b"011", b'a')
                .filter_map(|text| number::issn(text))
                .for_each(|issn| note(&mut issns, issn));
        }
        let mut bnf = Vec::new();
        let bnf_numbers = record
            .control(b"003")
            .into_iter()
            .chain(record.control(b"001"))
            .chain(record.all(b"033", b'a'))
            .chain(record.all(b"035", b'a'));
        bnf_numbers
            .filter_map(|text| number::bnf(text))
            .for_each(|number| note(&mut bnf, number));
        Self {
            version: VERSION,
            kind,
            carrier: carrier(record),
            title: short(title.core),
            rest: short(title.rest),
            part: short(title.part),
            cut: title.cut,
            volume: title.volume.map(short),
            names: people::names(record).into_iter().map(short).collect(),
            statement: short(fold(&statement(record))),
            publisher: imprint(record, b'c')
                .and_then(|name| publisher::normal(&name))
                .map(short),
            year: year(record),
            extent: extent(record),
            minutes: minutes(record),
            system: short(system(record)),
            isbns,
            weak_isbns,
            eans,
            issns,
            bnf,
        }
    }

    /// Whether this program would make it the same way.
    pub const fn is_current(&self) -> bool {
        self.version == VERSION
    }

    /// Where it meets others. Records that are one document share at least one, but for a few slips together.
    pub fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        for number in self.isbns.iter().chain(&self.weak_isbns) {
            keys.push(Key::of('i', &[number]));
        }
        self.eans
            .iter()
            .for_each(|ean| keys.push(Key::of('e', &[ean])));
        self.issns
            .iter()
            .for_each(|issn| keys.push(Key::of('s', &[issn])));
        self.bnf
            .iter()
            .for_each(|number| keys.push(Key::of('b', &[number])));
        let volume = self.volume.as_deref().unwrap_or_default();
        let beginning: String = self
            .title
            .chars()
            .filter(|char| *char != ' ')
            .take(16)
            .collect();
        if !beginning.is_empty() {
            // Two years that are one apart share a key.
            let year = self.year.unwrap_or(0);
            for year in [year, year.saturating_add(1)] {
                keys.push(Key::of('t', &[&beginning, volume, &year.to_string()]));
            }
        }
        // Whatever slip is in the title, who and how many pages are not in it.
        if let (Some(extent), Some(name)) = (self.extent, self.names.first()) {
            let family = name
                .split(' ')
                .max_by_key(|word| word.len())
                .unwrap_or_default();
            keys.push(Key::of('x', &[family, volume, &extent.to_string()]));
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

fn note(list: &mut Vec<String>, number: String) {
    if !list.contains(&number) && list.len() < MOST_NUMBERS {
        list.push(number);
    }
}

fn short(mut text: String) -> String {
    if let Some((at, _)) = text.char_indices().nth(MOST_LETTERS) {
        text.truncate(at);
    }
    text
}

fn statement(record: &Record) -> String {
    let field = record.data(b"200").next();
    let parts = field
        .into_iter()
        .flat_map(|field| field.all(b'f').chain(field.all(b'g')));
    parts.map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// A subfield of 210 or 214, the publisher's before the printer's and the copyright date.
fn imprint(record: &Record, code: u8) -> Option<String> {
    let publication = record
        .data(b"214")
        .filter(|field| field.indicators.0[1] == b'0' || field.indicators.0[1] == b' ');
    record
        .data(b"210")
        .chain(publication)
        .chain(record.data(b"214"))
        .find_map(|field| field.first(code).cloned())
}

/// The year of publication: as the imprint says, else as 100 $a is coded.
fn year(record: &Record) -> Option<i16> {
    let plausible = |year: &i16| (1400..=2100).contains(year);
    let digits = |text: &str| -> Option<i16> {
        text.split(|char: char| !char.is_ascii_digit())
            .filter(|run| run.len() == 4)
            .find_map(|run| run.parse().ok().filter(plausible))
    };
    imprint(record, b'd')
        .and_then(|date| digits(&date))
        .or_else(|| {
            let coded = record.first(b"100", b'a')?;
            coded
                .get(9..13)
                .and_then(|year| year.parse().ok())
                .filter(plausible)
        })
}

/// Pages of a volume, or how many discs: what 215 $a counts.
fn extent(record: &Record) -> Option<u32> {
    let text = record.first(b"215", b'a')?;
    let mut best = None;
    for (at, _) in text.match_indices(|char: char| char == 'p' || char == 'P' || char == 'f') {
        let before = text[..at].trim_end();
        let digits: String = before
            .chars()
            .rev()
            .take_while(char::is_ascii_digit)
            .collect();
        let after = text[at..].chars().nth(1);
        if !digits.is_empty()
            && digits.len() <= 5
            && after.is_none_or(|char| !char.is_ascii_lowercase() || char == 'a' || char == 'p')
        {
            best = digits.chars().rev().collect::<String>().parse().ok();
        }
    }
    best.or_else(|| {
        text.split(|char: char| !char.is_ascii_digit())
            .find(|run| !run.is_empty())?
            .parse()
            .ok()
    })
}

/// How long it plays: «1 h 28 min», «88 min», in a note or in the extent.
fn minutes(record: &Record) -> Option<u32> {
    let said = record.all(b"300", b'a').chain(record.all(b"215", b'a'));
    said.map(|text| fold(text)).find_map(|text| {
        let words: Vec<&str> = text.split(' ').collect();
        let before = |unit: &[&str]| {
            let at = words.iter().position(|word| unit.contains(word))?;
            words
                .get(at.checked_sub(1)?)?
                .parse::<u32>()
                .ok()
                .filter(|number| *number < 1_000)
        };
        let minutes = before(&["min", "mn", "minutes"]);
        match before(&["h", "heure", "heures"]) {
            Some(hours) => Some(hours * 60 + minutes.unwrap_or(0)),
            None => minutes,
        }
    })
}

fn kind(record: &Record) -> Kind {
    let leader = record.leader.as_bytes();
    if leader[7] == b's' {
        return Kind::Serial;
    }
    match leader[6] {
        b'a' | b'b' if large_print(record) => Kind::LargePrint,
        b'a' | b'b' => Kind::Text,
        b'c' | b'd' => Kind::Score,
        b'e' | b'f' => Kind::Map,
        b'g' => Kind::Film,
        b'i' => Kind::Speech,
        b'j' => Kind::Music,
        b'l' => Kind::Computer,
        b'k' | b'm' | b'r' => Kind::Other,
        _ => Kind::Text,
    }
}

fn large_print(record: &Record) -> bool {
    let said = [(b"205", b'a'), (b"300", b'a'), (b"225", b'a')];
    record
        .first(b"106", b'a')
        .is_some_and(|form| form.starts_with('d'))
        || said.into_iter().any(|(tag, code)| {
            record
                .all(tag, code)
                .any(|text| fold(text).contains("gros caracteres"))
        })
}

fn carrier(record: &Record) -> Option<Carrier> {
    let said = record
        .all(b"300", b'a')
        .chain(record.all(b"215", b'a'))
        .chain(record.all(b"200", b'b'));
    let folded: Vec<String> = said.map(|text| fold(text)).collect();
    let any = |words: &[&str]| {
        folded
            .iter()
            .any(|text| words.iter().any(|word| text.contains(word)))
    };
    if any(&["blu ray", "bluray"]) {
        Some(Carrier::BluRay)
    } else if any(&["dvd"]) {
        Some(Carrier::Dvd)
    } else if any(&["vhs", "videocassette", "cassette video"]) {
        Some(Carrier::Vhs)
    } else if any(&["33 t", "vinyl", "45 t"]) {
        Some(Carrier::Vinyl)
    } else if any(&["disque compact", "disques compacts", "cd audio"]) {
        Some(Carrier::Cd)
    } else if any(&["cassette"]) {
        Some(Carrier::Cassette)
    } else {
        None
    }
}

/// What a game runs on (337): the same game for two consoles is two documents.
fn system(record: &Record) -> String {
    let said = record
        .first(b"337", b'a')
        .map(|text| fold(text))
        .unwrap_or_default();
    said.strip_prefix("console ")
        .map(str::to_owned)
        .unwrap_or(said)
}
