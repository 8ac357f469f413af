//! One field by its row.

use super::{
    Lost, isbd,
    rows::{Kind, Row},
    values,
};
use crate::{
    charset::nonsorting,
    model::{Code, DataField, Format, Indicators, Record, Subfield, Tag},
};

/// A pair of codes and the mark between, as the table has it.
#[derive(Clone, Copy)]
struct Pair {
    unimarc: u8,
    marc21: u8,
    mark: &'static str,
}

fn pairs(row: &'static Row) -> impl Iterator<Item = Pair> {
    row.codes.iter().filter_map(|text| match text.as_bytes() {
        [unimarc, marc21, ..] => Some(Pair {
            unimarc: *unimarc,
            marc21: *marc21,
            mark: text.get(2..)?,
        }),
        _ => None,
    })
}

/// The field in the other format; none if nothing of it has a place there.
pub(super) fn convert(
    field: &DataField,
    row: &'static Row,
    record: &Record,
    to: Format,
    lost: &mut Vec<Lost>,
) -> Vec<DataField> {
    let (_, side) = row.sides(to);
    let indicators = Indicators(side.ind.map(|ind| ind.write(field.indicators.0)));
    let mut other = DataField::new(side.tag, indicators);
    match to {
        Format::Marc21 => to_marc21(field, row, &mut other, lost),
        Format::Unimarc => to_unimarc(field, row, &mut other, lost),
    }
    if other.subfields.is_empty() {
        return Vec::new();
    }
    finish(field, row.kind, record, to, &mut other);
    vec![other]
}

fn to_marc21(field: &DataField, row: &'static Row, other: &mut DataField, lost: &mut Vec<Lost>) {
    let person = matches!(row.kind, Kind::Person | Kind::PersonSubject);
    for subfield in &field.subfields {
        let value = nonsorting::strip(&subfield.value);
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        if person && subfield.code.0 == b'b' {
            match other
                .subfields
                .iter_mut()
                .find(|subfield| subfield.code.0 == b'a')
            {
                Some(entry) => entry.value = format!("{}, {value}", entry.value),
                None => other.push(b'a', value),
            }
            continue;
        }
        let Some(pair) = pairs(row).find(|pair| pair.unimarc == subfield.code.0) else {
            lost.push(Lost::Subfield(field.tag, subfield.code));
            continue;
        };
        let value = values::to_marc21(row.kind, pair.marc21, value);
        match other.subfields.last_mut() {
            Some(last) if !pair.mark.is_empty() => {
                last.value = join(&last.value, pair.mark);
                if last.code.0 == pair.marc21 && pair.marc21 != b'n' && pair.marc21 != b'p' {
                    last.value = format!("{} {value}", last.value);
                } else {
                    other.push(pair.marc21, value);
                }
            }
            _ => other.push(pair.marc21, value),
        }
    }
}

/// A full stop or comma that is there already is not doubled.
fn join(value: &str, mark: &str) -> String {
    if value.ends_with(mark) {
        value.to_owned()
    } else {
        format!("{value}{mark}")
    }
}

fn to_unimarc(field: &DataField, row: &'static Row, other: &mut DataField, lost: &mut Vec<Lost>) {
    let mut before = None;
    for subfield in &field.subfields {
        let announced = before;
        before = isbd::mark(&subfield.value);
        let same = || pairs(row).filter(|pair| pair.marc21 == subfield.code.0);
        let by_mark =
            same().find(|pair| announced.is_some() && pair.mark.trim().chars().next() == announced);
        let Some(pair) = by_mark.or_else(|| same().next()) else {
            lost.push(Lost::Subfield(field.tag, subfield.code));
            continue;
        };
        if pair.mark == "." {
            let last = other.subfields.last_mut();
            last.into_iter()
                .for_each(|last| last.value = isbd::bare(&last.value, Kind::Title).to_owned());
        }
        // Several parts of one code: «a : b = c» in 245 $b.
        let joined = |mark: &str| mark.starts_with(' ').then(|| format!("{mark} "));
        let marks: Vec<_> = same()
            .filter_map(|pair| Some((pair, joined(pair.mark)?)))
            .collect();
        let mut code = pair.unimarc;
        let mut rest = subfield.value.as_str();
        loop {
            let next = marks
                .iter()
                .filter_map(|(pair, mark)| Some((rest.find(mark.as_str())?, pair, mark)))
                .min_by_key(|(at, ..)| *at);
            let part = next.map_or(rest, |(at, ..)| &rest[..at]);
            push(other, row.kind, code, isbd::bare(part, row.kind));
            let Some((at, pair, mark)) = next else { break };
            code = pair.unimarc;
            rest = &rest[at + mark.len()..];
        }
    }
}

fn push(other: &mut DataField, kind: Kind, code: u8, value: &str) {
    if value.is_empty() {
        return;
    }
    let person = matches!(kind, Kind::Person | Kind::PersonSubject);
    match value.split_once(", ") {
        Some((entry, rest)) if person && code == b'a' => {
            other.push(b'a', entry);
            other.push(b'b', rest);
        }
        _ => other.push(code, values::to_unimarc(kind, code, value)),
    }
}

/// What depends on the rest of the record, or of the field.
fn finish(field: &DataField, kind: Kind, record: &Record, to: Format, other: &mut DataField) {
    match (kind, to) {
        (Kind::Title, Format::Marc21) => {
            let first = if has_main_entry(record) { b'1' } else { b'0' };
            other.indicators = Indicators([first, skipped(field)]);
        }
        (Kind::Title, Format::Unimarc) => mark_skipped(field.indicators.second(), other),
        (Kind::UniformTitle, Format::Marc21) if has_main_entry(record) => {
            other.tag = Tag::new(*b"240");
            other.indicators = Indicators([b'1', skipped(field)]);
        }
        (Kind::UniformTitle, Format::Marc21) => {
            other.tag = Tag::new(*b"130");
            other.indicators = Indicators([skipped(field), b' ']);
        }
        (Kind::UniformTitle, Format::Unimarc) => {
            let skipped = if field.tag.as_bytes() == b"240" {
                field.indicators.second()
            } else {
                field.indicators.first()
            };
            mark_skipped(skipped, other);
        }
        (Kind::Person, Format::Marc21) => name_form(field, other),
        (Kind::PersonSubject, Format::Marc21) => {
            name_form(field, other);
            values::source_to_indicator(other);
        }
        (Kind::Subject, Format::Marc21) => values::source_to_indicator(other),
        (Kind::Subject | Kind::PersonSubject, Format::Unimarc) => {
            values::indicator_to_source(field, other)
        }
        _ => {}
    }
}

/// UNIMARC 7X0: somebody is chiefly responsible.
fn has_main_entry(record: &Record) -> bool {
    [b"700", b"710", b"720"].iter().any(|tag| record.has(*tag))
}

/// The form of a name where UNIMARC's indicator leaves it open, as the National Library's `|`
/// does: whoever has a part behind the entry has a surname.
fn name_form(field: &DataField, other: &mut DataField) {
    if !field.indicators.second().is_ascii_digit() {
        let surname = field.first(b'b').is_some();
        other.indicators.0[0] = if surname { b'1' } else { b'0' };
    }
}

/// How many characters MARC21's second indicator passes over.
fn skipped(field: &DataField) -> u8 {
    b'0' + field
        .first(b'a')
        .map_or(0, |title| nonsorting::leading(title))
}

/// Marks around the characters that MARC21's indicator passes over.
fn mark_skipped(indicator: u8, other: &mut DataField) {
    let count = usize::from(indicator.saturating_sub(b'0'));
    let title = other
        .subfields
        .iter_mut()
        .find(|subfield| subfield.code == Code(b'a'));
    let Some(Subfield { value, .. }) = title.filter(|_| indicator.is_ascii_digit() && count > 0)
    else {
        return;
    };
    if let Some((end, _)) = value.char_indices().nth(count) {
        *value = format!(
            "{}{}{}{}",
            nonsorting::BEGIN,
            &value[..end],
            nonsorting::END,
            &value[end..]
        );
    }
}
