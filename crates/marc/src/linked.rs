//! UNIMARC 4XX: what a record says about another one.
//!
//! Two techniques are in use. With *embedded fields* every `$1` holds a tag, and, unless that is a
//! control field, indicators; the subfields behind it belong to that field. With *standard
//! subfields* each subfield stands for one of the other record's: `$t` for its title, `$x` for its
//! ISSN. Both are read into the fields of the other record, so that nobody else has to know.
//!
//! ```
//! use relire_marc::{DataField, linked::{Technique, linked}};
//! let old = DataField::new(b"461", b" 0").with(b'1', "001FRBNF34").with(b'1', "2001 ").with(b'a', "Astérix").with(b'v', "7");
//! let new = DataField::new(b"461", b" 0").with(b'0', "FRBNF34").with(b't', "Astérix").with(b'v', "7");
//! let (old, new) = (linked(&old).unwrap(), linked(&new).unwrap());
//! assert_eq!((old.technique, new.technique), (Technique::Embedded, Technique::Subfields));
//! assert_eq!(old.fields, new.fields);
//! assert_eq!((new.title(), new.control_number(), new.volume()), (Some("Astérix"), Some("FRBNF34"), Some("7")));
//! ```

use crate::model::{Code, ControlField, DataField, Field, Indicators, Record, Tag};

/// How a field says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Technique {
    /// `$1`, tag and indicators, then the subfields of that field.
    Embedded,
    /// A subfield for each thing.
    Subfields,
}

/// A link to another record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// What the other record is to this one: 410 its series, 461 its set, 463 its piece, …
    pub relation: Tag,
    /// Of the 4XX field: the second says whether to make a note of it.
    pub indicators: Indicators,
    /// How it was said.
    pub technique: Technique,
    /// What is known of the other record.
    pub fields: Vec<Field>,
    /// Subfields that stand for nothing known, as they came.
    pub rest: Vec<(Code, String)>,
}

/// Manuel UNIMARC, 4XX, standard subfields: code, and the field, indicators and code that it
/// stands for. `   ` as a code is a control field.
#[rustfmt::skip]
const STANDARD: &[(u8, &[u8; 3], &[u8; 2], u8)] = &[
    (b'0', b"001", b"  ", b' '),
    (b'3', b"001", b"  ", b' '),
    (b't', b"200", b"1 ", b'a'),
    (b'o', b"200", b"1 ", b'e'),
    (b'f', b"200", b"1 ", b'f'),
    (b'h', b"200", b"1 ", b'h'),
    (b'i', b"200", b"1 ", b'i'),
    (b'v', b"200", b"1 ", b'v'),
    (b'l', b"510", b"1 ", b'a'),
    (b'a', b"700", b" 0", b'a'),
    (b'e', b"205", b"  ", b'a'),
    (b'c', b"210", b"  ", b'a'),
    (b'n', b"210", b"  ", b'c'),
    (b'd', b"210", b"  ", b'd'),
    (b'p', b"215", b"  ", b'a'),
    (b's', b"225", b"  ", b'a'),
    (b'x', b"011", b"  ", b'a'),
    (b'y', b"010", b"  ", b'a'),
    (b'u', b"856", b"  ", b'u'),
];

/// Reads a field of block 4; `None` for any other.
pub fn linked(field: &DataField) -> Option<Linked> {
    if field.tag.block() != b'4' {
        return None;
    }
    let mut linked = Linked {
        relation: field.tag,
        indicators: field.indicators,
        technique: Technique::Subfields,
        fields: Vec::new(),
        rest: Vec::new(),
    };
    if field
        .first(b'1')
        .is_some_and(|value| embedded(value).is_some())
    {
        linked.technique = Technique::Embedded;
        linked.read_embedded(field);
    } else {
        linked.read_standard(field);
    }
    Some(linked)
}

/// Every link of a record, in its order.
pub fn all(record: &Record) -> impl Iterator<Item = Linked> {
    record.data_fields().filter_map(linked)
}

/// What begins at a `$1`: a control field, or a data field that subfields will follow.
fn embedded(value: &str) -> Option<Field> {
    let (tag, rest) = value.split_at_checked(3)?;
    let tag = Tag::parse(tag).filter(|tag| tag.is_regular())?;
    if tag.is_control() {
        return Some(Field::Control(ControlField {
            tag,
            value: rest.to_owned(),
        }));
    }
    let indicators = match rest.as_bytes() {
        [first, second] => Indicators([*first, *second]),
        // Systems that drop blanks at the end drop these as well.
        [first] => Indicators([*first, b' ']),
        [] => Indicators::BLANK,
        _ => return None,
    };
    Some(Field::Data(DataField::new(tag, indicators)))
}

impl Linked {
    fn read_embedded(&mut self, field: &DataField) {
        for subfield in &field.subfields {
            let value = &subfield.value;
            match (subfield.code.0, self.fields.last_mut()) {
                (b'1', _) if let Some(field) = embedded(value) => self.fields.push(field),
                (_, Some(Field::Data(open))) => open.push(subfield.code, value.clone()),
                _ => self.rest.push((subfield.code, value.clone())),
            }
        }
    }

    fn read_standard(&mut self, field: &DataField) {
        for subfield in &field.subfields {
            let known = STANDARD.iter().find(|(code, ..)| *code == subfield.code.0);
            let Some((_, tag, indicators, code)) = known else {
                self.rest.push((subfield.code, subfield.value.clone()));
                continue;
            };
            let (tag, value) = (Tag::from(*tag), subfield.value.clone());
            if tag.is_control() {
                self.fields
                    .push(Field::Control(ControlField { tag, value }));
                continue;
            }
            let open = self.fields.iter_mut().rev().find_map(|field| match field {
                Field::Data(field) if field.tag == tag => Some(field),
                _ => None,
            });
            match open {
                // A second title is a second work; anything else fills up what is there.
                Some(open) if open.first(*code).is_none() => open.push(*code, value),
                _ => self.fields.push(Field::Data(
                    DataField::new(tag, *indicators).with(*code, value),
                )),
            }
        }
    }

    fn value(&self, tag: &[u8; 3], code: u8) -> Option<&str> {
        let tag = Tag::from(tag);
        let mut data = self
            .fields
            .iter()
            .filter_map(Field::as_data)
            .filter(|field| field.tag == tag);
        data.find_map(|field| field.first(code)).map(String::as_str)
    }

    /// The other record's title. `$a` of a standard-subfields field is its author, or its title
    /// where there is no `$t`: serials' files have it so.
    pub fn title(&self) -> Option<&str> {
        let author = || {
            self.value(b"700", b'a')
                .filter(|_| self.technique == Technique::Subfields)
        };
        self.value(b"200", b'a').or_else(author)
    }

    /// Its place within a set or series: 200 $v, or $h.
    pub fn volume(&self) -> Option<&str> {
        self.value(b"200", b'v')
            .or_else(|| self.value(b"200", b'h'))
    }

    /// Its ISSN.
    pub fn issn(&self) -> Option<&str> {
        self.value(b"011", b'a')
    }

    /// Its ISBN.
    pub fn isbn(&self) -> Option<&str> {
        self.value(b"010", b'a')
    }

    /// Its control number.
    pub fn control_number(&self) -> Option<&str> {
        let control = self.fields.iter().filter_map(Field::as_control);
        control
            .filter(|field| field.tag.as_bytes() == b"001")
            .map(|field| field.value.as_str())
            .next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_fields_keep_order_and_repetitions() {
        let field = DataField::new(b"463", b" 1")
            .with(b'1', "001abc")
            .with(b'1', "2001 ")
            .with(b'a', "Un titre")
            .with(b'e', "suite")
            .with(b'1', "700 1")
            .with(b'a', "Sand")
            .with(b'1', "215")
            .with(b'a', "12 p.");
        let linked = linked(&field).unwrap();
        let tags: Vec<_> = linked
            .fields
            .iter()
            .map(|field| field.tag().to_string())
            .collect();
        assert_eq!(tags, ["001", "200", "700", "215"]);
        assert_eq!(
            linked.fields[2].as_data().unwrap().indicators,
            Indicators(*b" 1")
        );
        assert_eq!(
            (linked.title(), linked.control_number()),
            (Some("Un titre"), Some("abc"))
        );
        assert_eq!(linked.rest, []);
    }

    #[test]
    fn a_one_that_embeds_nothing_is_kept() {
        let field = DataField::new(b"421", b" 1")
            .with(b't', "Titre")
            .with(b'1', "un")
            .with(b'x', "1234-5679");
        let linked = linked(&field).unwrap();
        assert_eq!(
            (linked.technique, linked.issn()),
            (Technique::Subfields, Some("1234-5679"))
        );
        assert_eq!(linked.rest, [(Code(b'1'), "un".to_owned())]);
    }

    #[test]
    fn serials_put_titles_into_a() {
        let field = DataField::new(b"430", b" 1")
            .with(b'a', "Bulletin")
            .with(b'x', "0021-9541");
        assert_eq!(linked(&field).unwrap().title(), Some("Bulletin"));
        assert_eq!(linked(&DataField::new(b"500", b"  ")), None);
    }
}
