//! UNIMARC 4XX and MARC21 76X–78X, 830.

use super::Lost;
use crate::{
    charset::nonsorting::strip,
    linked::linked,
    model::{DataField, Format, Indicators, Tag},
};

/// UNIMARC's field; MARC21's and its second indicator. The first of a pair counts.
#[rustfmt::skip]
const RELATIONS: &[(&[u8; 3], &[u8; 3], u8)] = &[
    (b"410", b"830", b'0'), (b"411", b"762", b' '), (b"421", b"770", b' '), (b"422", b"772", b' '),
    (b"423", b"777", b' '), (b"430", b"780", b'0'), (b"431", b"780", b'1'), (b"432", b"780", b'2'),
    (b"433", b"780", b'3'), (b"434", b"780", b'5'), (b"435", b"780", b'6'), (b"436", b"780", b'4'),
    (b"437", b"780", b'7'), (b"440", b"785", b'0'), (b"441", b"785", b'1'), (b"442", b"785", b'2'),
    (b"443", b"785", b'3'), (b"444", b"785", b'4'), (b"445", b"785", b'5'), (b"446", b"785", b'6'),
    (b"447", b"785", b'7'), (b"448", b"785", b'8'), (b"451", b"775", b' '), (b"452", b"776", b' '),
    (b"453", b"767", b' '), (b"454", b"765", b' '), (b"461", b"773", b' '), (b"462", b"773", b' '),
    (b"463", b"773", b' '), (b"464", b"774", b' '), (b"455", b"775", b' '), (b"456", b"776", b' '),
    (b"488", b"787", b' '), (b"470", b"787", b' '), (b"481", b"777", b' '), (b"482", b"777", b' '),
    (b"410", b"760", b' '),
];

/// What the other record's fields are in 76X–78X, and in UNIMARC's standard subfields.
#[rustfmt::skip]
const PARTS: &[(&[u8; 3], u8, u8, u8)] = &[
    // field, code, UNIMARC, MARC21
    (b"001", b' ', b'0', b'w'), (b"700", b'a', b'a', b'a'), (b"200", b'a', b't', b't'),
    (b"200", b'h', b'h', b'g'), (b"200", b'v', b'v', b'g'), (b"205", b'a', b'e', b'b'),
    (b"210", b'd', b'd', b'd'), (b"215", b'a', b'p', b'h'), (b"225", b'a', b's', b'k'),
    (b"011", b'a', b'x', b'x'), (b"010", b'a', b'y', b'z'), (b"200", b'i', b'i', b'p'),
];

pub(super) fn handles(tag: Tag, to: Format) -> bool {
    match to {
        Format::Marc21 => tag.block() == b'4',
        Format::Unimarc => RELATIONS
            .iter()
            .any(|(_, marc21, _)| Tag::from(*marc21) == tag),
    }
}

pub(super) fn convert(field: &DataField, to: Format, lost: &mut Vec<Lost>) -> Option<DataField> {
    match to {
        Format::Marc21 => to_marc21(field, lost),
        Format::Unimarc => to_unimarc(field, lost),
    }
}

fn to_marc21(field: &DataField, lost: &mut Vec<Lost>) -> Option<DataField> {
    let relation = RELATIONS
        .iter()
        .find(|(unimarc, ..)| Tag::from(*unimarc) == field.tag);
    let Some((_, tag, second)) = relation else {
        lost.push(Lost::Field(field.tag));
        return None;
    };
    let linked = linked(field)?;
    let series = *tag == b"830";
    let mut other = DataField::new(
        *tag,
        Indicators([if series { b' ' } else { b'0' }, *second]),
    );
    for inner in &linked.fields {
        let values: Vec<(u8, &str)> = match (inner.as_control(), inner.as_data()) {
            (Some(control), _) => vec![(b' ', control.value.as_str())],
            (_, Some(data)) => data
                .subfields
                .iter()
                .map(|subfield| (subfield.code.0, subfield.value.as_str()))
                .collect(),
            (None, None) => Vec::new(),
        };
        for (code, value) in values {
            let part = PARTS
                .iter()
                .find(|(tag, known, ..)| Tag::from(*tag) == inner.tag() && *known == code);
            match part {
                // A series has its title in $a and its volume in $v; no author fits in.
                Some((.., b't')) if series => other.push(b'a', strip(value)),
                Some((.., b'g')) if series => other.push(b'v', strip(value)),
                Some((.., marc21 @ (b'w' | b'x' | b'p'))) if series => {
                    other.push(*marc21, strip(value))
                }
                Some((.., marc21)) if !series => other.push(*marc21, strip(value)),
                _ => lost.push(Lost::Subfield(field.tag, inner_code(code))),
            }
        }
    }
    lost.extend(
        linked
            .rest
            .iter()
            .map(|(code, _)| Lost::Subfield(field.tag, *code)),
    );
    // Alone in $a, a serial's title was meant.
    if !series && other.first(b't').is_none() {
        other
            .subfields
            .iter_mut()
            .filter(|subfield| subfield.code.0 == b'a')
            .for_each(|subfield| subfield.code.0 = b't');
    }
    (!other.subfields.is_empty()).then_some(other)
}

fn inner_code(code: u8) -> crate::model::Code {
    crate::model::Code(code)
}

fn to_unimarc(field: &DataField, lost: &mut Vec<Lost>) -> Option<DataField> {
    let fits = |second: u8| matches!(second, b' ') || second == field.indicators.second();
    let series = matches!(field.tag.as_bytes(), b"830" | b"760");
    let relation = RELATIONS
        .iter()
        .find(|(_, marc21, second)| Tag::from(*marc21) == field.tag && (series || fits(*second)));
    let Some((tag, ..)) = relation else {
        lost.push(Lost::Field(field.tag));
        return None;
    };
    let mut other = DataField::new(*tag, b" 0");
    for subfield in &field.subfields {
        let value = super::isbd::bare(&subfield.value, super::rows::Kind::Plain);
        let code = match subfield.code.0 {
            b'a' if field.tag.as_bytes() == b"830" => Some(b't'),
            b'v' if field.tag.as_bytes() == b"830" => Some(b'v'),
            b'g' => Some(b'v'),
            code => PARTS
                .iter()
                .find(|(.., marc21)| *marc21 == code)
                .map(|(_, _, unimarc, _)| *unimarc),
        };
        match code {
            Some(code) => other.push(code, value),
            None => lost.push(Lost::Subfield(field.tag, subfield.code)),
        }
    }
    (!other.subfields.is_empty()).then_some(other)
}
