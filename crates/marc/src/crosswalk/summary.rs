//! What Dublin Core and MODS want to know of a record, whichever format it is in.
//!
//! It is read from the UNIMARC form: a MARC21 record is crossed over first, so that there is one
//! place that knows where a title or a date stands.

use std::borrow::Cow;

use super::{to_unimarc, values::relator};
use crate::{
    charset::nonsorting,
    linked,
    model::{DataField, Format, Record},
};

pub(super) struct Summary {
    pub title: Title,
    pub variants: Vec<String>,
    pub names: Vec<Name>,
    pub places: Vec<String>,
    pub publishers: Vec<String>,
    pub date: Option<String>,
    pub edition: Option<String>,
    pub extent: Vec<String>,
    pub series: Vec<Series>,
    pub languages: Vec<String>,
    pub subjects: Vec<Subject>,
    pub classes: Vec<(&'static str, String)>,
    pub summary: Vec<String>,
    pub notes: Vec<String>,
    pub contents: Vec<String>,
    pub audience: Vec<String>,
    pub identifiers: Vec<(&'static str, String)>,
    pub addresses: Vec<String>,
    pub control_number: Option<String>,
    pub record_type: u8,
    pub level: u8,
}

#[derive(Default)]
pub(super) struct Title {
    pub non_sorting: String,
    pub proper: String,
    pub rest: Vec<String>,
    pub parts: Vec<(bool, String)>,
}

pub(super) struct Name {
    pub kind: NameKind,
    pub main: bool,
    pub entry: String,
    pub given: Option<String>,
    pub dates: Option<String>,
    pub relators: Vec<&'static str>,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum NameKind {
    Person,
    Corporate,
    Meeting,
}

pub(super) struct Series {
    pub title: String,
    pub volume: Option<String>,
    pub issn: Option<String>,
}

pub(super) struct Subject {
    pub kind: SubjectKind,
    pub system: Option<String>,
    pub parts: Vec<(SubjectKind, String)>,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum SubjectKind {
    Topic,
    Place,
    Time,
    Genre,
    Person,
    Corporate,
    Title,
}

impl Summary {
    pub(super) fn of(record: &Record, format: Format) -> Self {
        let record = match format {
            Format::Unimarc => Cow::Borrowed(record),
            Format::Marc21 => Cow::Owned(to_unimarc(record).record),
        };
        let record = record.as_ref();
        let all = |tag: &[u8; 3], code: u8| -> Vec<String> {
            record
                .all(tag, code)
                .filter_map(|value| shown(value))
                .collect()
        };
        let both = |code: u8| -> Vec<String> { [all(b"210", code), all(b"214", code)].concat() };
        let pages = [
            b"300", b"303", b"304", b"305", b"307", b"310", b"314", b"320", b"321", b"324", b"337",
        ];
        Self {
            title: title(record),
            variants: variants(record),
            names: record.data_fields().filter_map(name).collect(),
            places: both(b'a'),
            publishers: both(b'c'),
            date: both(b'd').into_iter().next().or_else(|| coded_date(record)),
            edition: all(b"205", b'a').into_iter().next(),
            extent: record
                .data(b"215")
                .map(|field| joined(field, b"acde", " ; "))
                .collect(),
            series: series(record),
            languages: all(b"101", b'a'),
            subjects: record.data_fields().filter_map(subject).collect(),
            classes: [("ddc", b"676"), ("udc", b"675"), ("lcc", b"680")]
                .iter()
                .flat_map(|(scheme, tag)| all(tag, b'a').into_iter().map(|class| (*scheme, class)))
                .collect(),
            summary: all(b"330", b'a'),
            notes: pages.iter().flat_map(|tag| all(tag, b'a')).collect(),
            contents: all(b"327", b'a'),
            audience: all(b"333", b'a'),
            identifiers: identifiers(record),
            addresses: all(b"856", b'u'),
            control_number: record.control_number().cloned(),
            record_type: record.leader.record_type(),
            level: record.leader.level(),
        }
    }
}

/// Without non-sorting marks and blanks around; nothing if nothing is left.
fn shown(value: &str) -> Option<String> {
    let text = nonsorting::strip(value).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn joined(field: &DataField, codes: &[u8], mark: &str) -> String {
    let parts = field
        .subfields
        .iter()
        .filter(|subfield| codes.contains(&subfield.code.0));
    parts
        .filter_map(|subfield| shown(&subfield.value))
        .collect::<Vec<_>>()
        .join(mark)
}

fn title(record: &Record) -> Title {
    let mut title = Title::default();
    let Some(field) = record.data(b"200").next() else {
        return title;
    };
    for subfield in &field.subfields {
        let Some(text) = shown(&subfield.value) else {
            continue;
        };
        match subfield.code.0 {
            b'a' if title.proper.is_empty() => {
                let skipped = usize::from(nonsorting::leading(&subfield.value));
                let at = text.char_indices().nth(skipped).map_or(0, |(at, _)| at);
                title.non_sorting = text[..at].to_owned();
                title.proper = text[at..].to_owned();
            }
            b'a' | b'e' => title.rest.push(text),
            b'h' => title.parts.push((true, text)),
            b'i' => title.parts.push((false, text)),
            _ => {}
        }
    }
    title
}

fn variants(record: &Record) -> Vec<String> {
    let parallel = record.all(b"200", b'd').filter_map(|value| shown(value));
    let tags = [
        b"500", b"510", b"512", b"513", b"514", b"515", b"516", b"517", b"532", b"540", b"541",
    ];
    let others = tags
        .iter()
        .flat_map(|tag| record.data(*tag))
        .map(|field| joined(field, b"aehi", ". "));
    parallel
        .chain(others)
        .filter(|text| !text.is_empty())
        .collect()
}

fn name(field: &DataField) -> Option<Name> {
    let kind = match (field.tag.as_bytes(), field.indicators.first()) {
        (b"700" | b"701" | b"702" | b"720" | b"721" | b"722" | b"730", _) => NameKind::Person,
        (b"710" | b"711" | b"712", b'1') => NameKind::Meeting,
        (b"710" | b"711" | b"712", _) => NameKind::Corporate,
        _ => return None,
    };
    let given = field.first(b'b').and_then(|value| shown(value));
    let entry = field.first(b'a').and_then(|value| shown(value))?;
    let (entry, given) = match (kind, given) {
        (NameKind::Corporate | NameKind::Meeting, Some(unit)) => (format!("{entry}. {unit}"), None),
        (_, given) => (entry, given),
    };
    Some(Name {
        kind,
        main: matches!(field.tag.as_bytes(), b"700" | b"710" | b"720"),
        entry,
        given,
        dates: field.first(b'f').and_then(|value| shown(value)),
        relators: field.all(b'4').filter_map(|code| relator(code)).collect(),
    })
}

/// 100 $a/9–12, if it is a year.
fn coded_date(record: &Record) -> Option<String> {
    let year: String = record
        .first(b"100", b'a')?
        .chars()
        .skip(9)
        .take(4)
        .collect();
    (year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())).then_some(year)
}

fn series(record: &Record) -> Vec<Series> {
    let described = record.data(b"225").filter_map(|field| {
        let title = joined(field, b"aei", ". ");
        (!title.is_empty()).then(|| Series {
            title,
            volume: field.first(b'v').and_then(|value| shown(value)),
            issn: field.first(b'x').and_then(|value| shown(value)),
        })
    });
    let described: Vec<_> = described.collect();
    if !described.is_empty() {
        return described;
    }
    let linked =
        linked::all(record).filter(|link| matches!(link.relation.as_bytes(), b"410" | b"461"));
    let linked = linked.filter_map(|link| {
        let title = shown(link.title()?)?;
        Some(Series {
            title,
            volume: link.volume().map(str::to_owned),
            issn: link.issn().map(str::to_owned),
        })
    });
    linked.collect()
}

fn subject(field: &DataField) -> Option<Subject> {
    let kind = match field.tag.as_bytes() {
        b"600" | b"602" | b"604" => SubjectKind::Person,
        b"601" => SubjectKind::Corporate,
        b"605" => SubjectKind::Title,
        b"606" | b"610" => SubjectKind::Topic,
        b"607" => SubjectKind::Place,
        b"608" => SubjectKind::Genre,
        _ => return None,
    };
    let mut parts: Vec<(SubjectKind, String)> = Vec::new();
    for subfield in &field.subfields {
        let Some(text) = shown(&subfield.value) else {
            continue;
        };
        match (subfield.code.0, parts.last_mut()) {
            // 610 is a list of words, each a subject of its own; here they stand side by side.
            (b'a', _) => parts.push((kind, text)),
            (b'b', Some((SubjectKind::Person, name))) => *name = format!("{name}, {text}"),
            (b'b', Some((SubjectKind::Corporate, name))) => *name = format!("{name}. {text}"),
            (b'f', Some((SubjectKind::Person, name))) => *name = format!("{name} ({text})"),
            (b't', _) => parts.push((SubjectKind::Title, text)),
            (b'x', _) => parts.push((SubjectKind::Topic, text)),
            (b'y', _) => parts.push((SubjectKind::Place, text)),
            (b'z', _) => parts.push((SubjectKind::Time, text)),
            (b'j', _) => parts.push((SubjectKind::Genre, text)),
            _ => {}
        }
    }
    (!parts.is_empty()).then(|| Subject {
        kind,
        system: field.first(b'2').cloned(),
        parts,
    })
}

fn identifiers(record: &Record) -> Vec<(&'static str, String)> {
    let tags = [
        ("isbn", b"010"),
        ("issn", b"011"),
        ("music publisher", b"071"),
        ("upc", b"072"),
        ("ean", b"073"),
    ];
    let mut found: Vec<_> = tags
        .iter()
        .flat_map(|(kind, tag)| {
            record
                .all(*tag, b'a')
                .filter_map(|value| Some((*kind, shown(value)?)))
        })
        .collect();
    found.extend(
        record
            .control(b"003")
            .filter(|value| value.starts_with("http"))
            .map(|value| ("uri", value.clone())),
    );
    found
}
