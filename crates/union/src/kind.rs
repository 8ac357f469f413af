//! What kind of document a record describes. Never is one kind joined with another.

use marc::Record;
use serde::{Deserialize, Serialize};

use crate::fold::fold;

/// What a reader would hold in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A book, comics among them.
    #[serde(rename = "t")]
    Text,
    /// A book in large print.
    #[serde(rename = "g")]
    LargePrint,
    /// A text that is read aloud.
    #[serde(rename = "a")]
    AudioBook,
    /// A film.
    #[serde(rename = "f")]
    Film,
    /// Music that is heard.
    #[serde(rename = "m")]
    Music,
    /// Music that is read.
    #[serde(rename = "s")]
    Score,
    /// A video game.
    #[serde(rename = "v")]
    Game,
    /// A magazine: one record a title, not an issue.
    #[serde(rename = "p")]
    Serial,
    /// A map.
    #[serde(rename = "c")]
    Map,
    /// Software and what else is for a computer.
    #[serde(rename = "e")]
    Electronic,
    /// What has no kind here: objects, kits, pictures.
    #[serde(rename = "o")]
    Other,
}

impl Kind {
    /// Its value in a key.
    pub(crate) const fn letter(self) -> u8 {
        match self {
            Self::Text => b't',
            Self::LargePrint => b'g',
            Self::AudioBook => b'a',
            Self::Film => b'f',
            Self::Music => b'm',
            Self::Score => b's',
            Self::Game => b'v',
            Self::Serial => b'p',
            Self::Map => b'c',
            Self::Electronic => b'e',
            Self::Other => b'o',
        }
    }

    /// The network's document type says it, if there is one that does; else leader, 995 $r, 215
    /// and notes, by majority: a source that labels a film as a book says better elsewhere.
    pub(crate) fn of(record: &Record, document: Option<&str>) -> Self {
        let printed = if is_large_print(record) {
            Self::LargePrint
        } else {
            Self::Text
        };
        let votes = [
            (document.and_then(of_document), 4),
            (of_leader(record), 3),
            (record.first(b"995", b'r').and_then(|code| of_995(code)), 2),
            (
                record
                    .first(b"215", b'a')
                    .and_then(|extent| of_extent(extent)),
                2,
            ),
        ];
        let votes = votes.map(|(kind, weight)| {
            (
                kind.map(|kind| if kind == Self::Text { printed } else { kind }),
                weight,
            )
        });
        votes
            .iter()
            .filter_map(|(kind, _)| *kind)
            .map(|kind| {
                let weight: i32 = votes
                    .iter()
                    .filter(|vote| vote.0 == Some(kind))
                    .map(|vote| vote.1)
                    .sum();
                (weight, kind)
            })
            .reduce(|best, other| if other.0 > best.0 { other } else { best })
            .map_or(Self::Other, |(_, kind)| kind)
    }
}

/// The network's document types, as `document-types.csv` has them.
fn of_document(code: &str) -> Option<Kind> {
    Some(match code {
        // A large print book is often kept as a book: the record may say more.
        "LIV" | "BD" | "USU" => Kind::Text,
        "GCA" => Kind::LargePrint,
        "REV" => Kind::Serial,
        "PAR" => Kind::Score,
        "CD" | "VIN" => Kind::Music,
        "LAU" => Kind::AudioBook,
        "DVD" => Kind::Film,
        "JVI" => Kind::Game,
        _ => return None,
    })
}

/// Leader 6 and 7 (Manuel UNIMARC).
fn of_leader(record: &Record) -> Option<Kind> {
    Some(match (record.leader.record_type(), record.leader.level()) {
        (b'a' | b'b', b's') => Kind::Serial,
        (b'a' | b'b', _) => Kind::Text,
        (b'c' | b'd', _) => Kind::Score,
        (b'e' | b'f', _) => Kind::Map,
        (b'g', _) => Kind::Film,
        (b'i', _) => Kind::AudioBook,
        (b'j', _) => Kind::Music,
        (b'l', _) if is_game(record) => Kind::Game,
        (b'l', _) => Kind::Electronic,
        _ => return None,
    })
}

/// 995 $r of the Recommandation 995.
fn of_995(code: &str) -> Option<Kind> {
    Some(match code.get(..2)?.to_ascii_lowercase().as_str() {
        // Magazines are often kept under `az` as well.
        "az" | "au" | "aa" | "ab" | "ac" => return None,
        "gf" | "gd" | "ga" | "gz" => Kind::Film,
        "je" | "jz" | "jd" | "jf" => Kind::Music,
        "ie" | "iz" | "id" => Kind::AudioBook,
        "le" => Kind::Game,
        "ca" | "cz" => Kind::Score,
        _ => return None,
    })
}

fn of_extent(extent: &str) -> Option<Kind> {
    let extent = fold(extent);
    if ["dvd", "blu ray", "videocassette"]
        .iter()
        .any(|word| extent.contains(word))
    {
        return Some(Kind::Film);
    }
    None
}

fn is_game(record: &Record) -> bool {
    let subjects = record.all(b"606", b'a').chain(record.all(b"610", b'a'));
    let codes = record.all(b"995", b'r');
    record.has(b"337")
        || codes.into_iter().any(|code| code.starts_with("le"))
        || subjects
            .into_iter()
            .any(|subject| fold(subject).starts_with("jeux video"))
}

/// 105/106: form of the object; edition, size and notes where people write it out.
fn is_large_print(record: &Record) -> bool {
    if record
        .first(b"106", b'a')
        .is_some_and(|code| code.starts_with('d'))
    {
        return true;
    }
    [
        (b"205", b'a'),
        (b"215", b'a'),
        (b"225", b'a'),
        (b"300", b'a'),
    ]
    .iter()
    .flat_map(|(tag, code)| record.all(*tag, *code))
    .map(|text| fold(text))
    .any(|text| text.contains("gros caracteres") || text.contains("grands caracteres"))
}
