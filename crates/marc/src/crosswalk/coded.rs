//! Coded data: UNIMARC 100, 105, 106, 110, 115 and 126; MARC21 007 and 008.
//!
//! Carried over are dates, audience, country, language, government publication, illustrations,
//! contents, literary form, biography, form of the item, frequency and regularity; of videos
//! running time, colour, sound and carrier; of recordings carrier and channels. Every other
//! position that says something is told as lost.

use super::{
    Lost,
    coded_tables::{self as tables, Pairs, other},
    values::{country_to_marc21, country_to_unimarc},
};
use crate::model::{ControlField, DataField, Field, Format, Record, Tag};

pub(super) fn handles(tag: Tag, to: Format) -> bool {
    to == Format::Marc21
        && [b"100", b"105", b"106", b"110", b"115", b"126"]
            .iter()
            .any(|coded| Tag::from(*coded) == tag)
}

pub(super) fn convert(record: &Record, to: Format, lost: &mut Vec<Lost>) -> Vec<Field> {
    match to {
        Format::Marc21 => to_marc21(record, lost),
        Format::Unimarc => to_unimarc(record, lost),
    }
}

/// Which positions 18–34 of 008 a record has.
#[derive(Clone, Copy, PartialEq)]
enum Material {
    Book,
    Serial,
    Other,
}

impl Material {
    fn of(record: &Record) -> Self {
        match (record.leader.record_type(), record.leader.level()) {
            (_, b's' | b'i') => Self::Serial,
            (b'a' | b'b' | b't', _) => Self::Book,
            _ => Self::Other,
        }
    }
}

/// Characters by position; blank past the end.
struct Coded<'a> {
    tag: Tag,
    chars: Vec<char>,
    carried: Vec<bool>,
    to: Format,
    lost: &'a mut Vec<Lost>,
}

impl<'a> Coded<'a> {
    fn new(tag: impl Into<Tag>, value: &str, to: Format, lost: &'a mut Vec<Lost>) -> Self {
        let chars: Vec<char> = value.chars().collect();
        Self {
            tag: tag.into(),
            carried: vec![false; chars.len()],
            chars,
            to,
            lost,
        }
    }

    fn at(&mut self, position: usize) -> char {
        if let Some(carried) = self.carried.get_mut(position) {
            *carried = true;
        }
        self.chars.get(position).copied().unwrap_or(' ')
    }

    fn slice(&mut self, from: usize, to: usize) -> String {
        (from..to).map(|position| self.at(position)).collect()
    }

    /// What stands there, in the other format's letter; `fill` where there is none.
    fn pair(&mut self, position: usize, pairs: Pairs, fill: char) -> char {
        let char = self.at(position);
        other(pairs, self.to, char).unwrap_or_else(|| {
            // Nothing said, nothing lost.
            if !matches!(char, ' ' | '|') {
                self.lost.push(Lost::Coded(self.tag, position, char));
            }
            fill
        })
    }

    fn pairs(&mut self, from: usize, to: usize, pairs: Pairs) -> String {
        (from..to)
            .map(|position| self.pair(position, pairs, ' '))
            .collect()
    }

    /// Everything not asked for that says something, but for these characters.
    fn rest(self, silent: &[char]) {
        let rest = self
            .chars
            .iter()
            .zip(&self.carried)
            .enumerate()
            .filter(|(_, (_, carried))| !**carried);
        let said = rest.filter(|(_, (char, _))| !silent.contains(char));
        self.lost
            .extend(said.map(|(position, (char, _))| Lost::Coded(self.tag, position, *char)));
    }
}

const SILENT: &[char] = &[' ', '|', 'y', 'u', '#'];

fn to_marc21(record: &Record, lost: &mut Vec<Lost>) -> Vec<Field> {
    let value = |tag: &[u8; 3]| record.first(tag, b'a').map_or("", String::as_str);
    let to = Format::Marc21;
    let mut general = Coded::new(b"100", value(b"100"), to, lost);
    general.slice(0, 2);
    let entered = general.slice(2, 8);
    let kind = general.pair(8, tables::DATE, '|');
    let dates = general.slice(9, 17);
    let audience = general.pair(17, tables::AUDIENCE, ' ');
    let government = general.pair(20, tables::GOVERNMENT, ' ');
    let cataloguing = general.slice(22, 25);
    // Character sets and script: it is Unicode from here on.
    general.slice(25, 36);
    general.rest(&[' ', '|', '0', 'y']);
    let country = record
        .first(b"102", b'a')
        .and_then(|iso| country_to_marc21(iso))
        .unwrap_or("xx ");
    let language: String = record
        .first(b"101", b'a')
        .filter(|code| code.len() == 3)
        .cloned()
        .unwrap_or_else(|| "und".to_owned());
    let entered = if entered.trim().is_empty() {
        "||||||".to_owned()
    } else {
        entered
    };
    let begin = format!("{entered}{kind}{dates}{country}");
    let form = Coded::new(b"106", value(b"106"), to, lost).pair(0, tables::FORM, ' ');
    let middle = match Material::of(record) {
        Material::Book => book_to_marc21(value(b"105"), audience, form, government, lost),
        Material::Serial => serial_to_marc21(value(b"110"), form, government, lost),
        Material::Other => {
            let time = value(b"115")
                .get(1..4)
                .filter(|time| time.bytes().all(|b| b.is_ascii_digit()))
                .unwrap_or("   ");
            format!("{time} {audience}     {government}{form}   ||")
        }
    };
    let mut fields = Vec::new();
    if cataloguing.bytes().all(|byte| byte.is_ascii_lowercase()) {
        fields.push(data(b"040", "  ", b'b', cataloguing));
    }
    for video in record.all(b"115", b'a') {
        fields.push(control(b"007", video_to_marc21(video, lost)));
    }
    for sound in record.all(b"126", b'a') {
        fields.push(control(b"007", sound_to_marc21(sound, lost)));
    }
    fields.push(control(b"008", format!("{begin}{middle}{language} |")));
    fields
}

fn book_to_marc21(
    coded: &str,
    audience: char,
    form: char,
    government: char,
    lost: &mut Vec<Lost>,
) -> String {
    let mut coded = Coded::new(b"105", coded, Format::Marc21, lost);
    let illustrations = coded.pairs(0, 4, tables::ILLUSTRATION);
    let contents = coded.pairs(4, 8, tables::CONTENTS);
    let flags = coded.pairs(8, 11, tables::YES_NO);
    let (literature, biography) = (
        coded.pair(11, tables::LITERATURE, '|'),
        coded.pair(12, tables::BIOGRAPHY, ' '),
    );
    coded.rest(SILENT);
    format!("{illustrations}{audience}{form}{contents}{government}{flags} {literature}{biography}")
}

fn serial_to_marc21(coded: &str, form: char, government: char, lost: &mut Vec<Lost>) -> String {
    let mut coded = Coded::new(b"110", coded, Format::Marc21, lost);
    let kind = coded.pair(0, tables::SERIAL, ' ');
    let (frequency, regularity) = (
        coded.pair(1, tables::FREQUENCY, ' '),
        coded.pair(2, tables::REGULARITY, ' '),
    );
    coded.rest(&[' ', '|', 'y', 'u', '#', 'z', '0']);
    format!("{frequency}{regularity} {kind} {form}    {government}0   |0")
}

fn video_to_marc21(coded: &str, lost: &mut Vec<Lost>) -> String {
    let mut coded = Coded::new(b"115", coded, Format::Marc21, lost);
    let kind = coded.at(0);
    coded.slice(1, 4);
    let (colour, sound) = (
        coded.pair(4, tables::COLOUR, '|'),
        coded.pair(5, tables::VIDEO_SOUND, '|'),
    );
    let carrier = coded.pair(15, tables::VIDEO, '|');
    coded.rest(SILENT);
    let category = if kind == 'a' { 'm' } else { 'v' };
    format!("{category}{carrier} {colour}|{sound}|||")
}

fn sound_to_marc21(coded: &str, lost: &mut Vec<Lost>) -> String {
    let mut coded = Coded::new(b"126", coded, Format::Marc21, lost);
    let (carrier, channels) = (
        coded.pair(0, tables::RECORDING, '|'),
        coded.pair(2, tables::CHANNELS, '|'),
    );
    coded.rest(SILENT);
    format!("s{carrier} |{channels}|||||||||")
}

fn to_unimarc(record: &Record, lost: &mut Vec<Lost>) -> Vec<Field> {
    let to = Format::Unimarc;
    let mut fields = Vec::new();
    for value in record
        .fields
        .iter()
        .filter_map(Field::as_control)
        .filter(|field| field.tag.as_bytes() == b"007")
    {
        fields.extend(physical_to_unimarc(&value.value, lost));
    }
    let mut coded = Coded::new(
        b"008",
        record.control(b"008").map_or("", String::as_str),
        to,
        lost,
    );
    let entered = match coded.slice(0, 6) {
        // Two digits: MARC records are no older than 1968.
        date if date.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{}{date}", if date.as_str() < "68" { "20" } else { "19" })
        }
        _ => "        ".to_owned(),
    };
    let kind = coded.pair(6, tables::DATE, 'u');
    let dates = coded.slice(7, 15);
    let (country, language) = (coded.slice(15, 18), coded.slice(35, 38));
    let (audience, form) = (
        coded.pair(22, tables::AUDIENCE, 'u'),
        coded.pair(23, tables::FORM, 'r'),
    );
    let government = coded.pair(28, tables::GOVERNMENT, 'y');
    let cataloguing: String = record
        .first(b"040", b'b')
        .filter(|code| code.len() == 3)
        .cloned()
        .unwrap_or_else(|| "   ".to_owned());
    let general =
        format!("{entered}{kind}{dates}{audience}  {government}0{cataloguing}y50      ba");
    fields.push(data(b"100", "  ", b'a', general));
    let known = |code: &str| {
        code.bytes().all(|byte| byte.is_ascii_lowercase()) && code != "und" && code != "zxx"
    };
    if !record.has(b"041") && known(&language) {
        fields.push(data(b"101", "| ", b'a', language));
    }
    if let Some(iso) = country_to_unimarc(&country).filter(|_| !record.has(b"044")) {
        fields.push(data(b"102", "  ", b'a', iso.to_owned()));
    }
    match Material::of(record) {
        Material::Book => {
            let (illustrations, contents) = (
                coded.pairs(18, 22, tables::ILLUSTRATION),
                coded.pairs(24, 28, tables::CONTENTS),
            );
            let flags = coded.pairs(29, 32, tables::YES_NO);
            let (literature, biography) = (
                coded.pair(33, tables::LITERATURE, ' '),
                coded.pair(34, tables::BIOGRAPHY, 'y'),
            );
            fields.push(data(
                b"105",
                "  ",
                b'a',
                format!("{illustrations}{contents}{flags}{literature}{biography}"),
            ));
            fields.push(data(b"106", "  ", b'a', form.to_string()));
        }
        Material::Serial => {
            let (kind, frequency) = (
                coded.pair(21, tables::SERIAL, 'z'),
                coded.pair(18, tables::FREQUENCY, 'u'),
            );
            let regularity = coded.pair(19, tables::REGULARITY, 'u');
            fields.push(data(
                b"110",
                "  ",
                b'a',
                format!("{kind}{frequency}{regularity}        "),
            ));
        }
        Material::Other => {}
    }
    coded.rest(&[' ', '|', '0', 'c', 'd']);
    fields
}

/// 007 of videos and sound recordings; all others are told.
fn physical_to_unimarc(value: &str, lost: &mut Vec<Lost>) -> Option<Field> {
    let mut coded = Coded::new(b"007", value, Format::Unimarc, lost);
    match coded.at(0) {
        'v' | 'm' if value.len() > 1 => {
            let kind = if coded.at(0) == 'm' { 'a' } else { 'c' };
            let (carrier, colour) = (
                coded.pair(1, tables::VIDEO, 'z'),
                coded.pair(3, tables::COLOUR, 'u'),
            );
            let sound = coded.pair(5, tables::VIDEO_SOUND, 'u');
            coded.rest(SILENT);
            Some(data(
                b"115",
                "  ",
                b'a',
                format!("{kind}   {colour}{sound}         {carrier}    "),
            ))
        }
        's' => {
            let (carrier, channels) = (
                coded.pair(1, tables::RECORDING, 'z'),
                coded.pair(4, tables::CHANNELS, 'u'),
            );
            coded.rest(SILENT);
            Some(data(
                b"126",
                "  ",
                b'a',
                format!("{carrier} {channels}            "),
            ))
        }
        _ => {
            lost.push(Lost::Field(Tag::new(*b"007")));
            None
        }
    }
}

fn control(tag: &[u8; 3], value: String) -> Field {
    Field::Control(ControlField {
        tag: tag.into(),
        value,
    })
}

fn data(tag: &[u8; 3], indicators: &str, code: u8, value: String) -> Field {
    let mut field = DataField::new(tag, b"  ");
    if let Ok(bytes) = indicators.as_bytes().try_into() {
        field.indicators.0 = bytes;
    }
    Field::Data(field.with(code, value))
}
