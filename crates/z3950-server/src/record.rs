//! A record in the syntax and element set that somebody asked for.

use bytes::Bytes;
use desk::BibCopies;
use marc::{
    Field, Format, Record,
    charset::{self, Charset},
    crosswalk, iso2709,
    xml::{self, Dialect},
};
use z3950::{
    ber::{Node, ctx},
    oid,
    value::{External, Oid, Text, Value},
};

use crate::{opac, refused::Refused, settings::RecordCharset, sutrs};

/// A record syntax that is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
    Unimarc,
    Usmarc,
    Xml,
    Sutrs,
    Opac,
}

impl Syntax {
    pub(crate) const ALL: [Self; 5] = [
        Self::Unimarc,
        Self::Usmarc,
        Self::Xml,
        Self::Sutrs,
        Self::Opac,
    ];

    pub(crate) const fn oid(self) -> &'static [u8] {
        match self {
            Self::Unimarc => oid::UNIMARC,
            Self::Usmarc => oid::USMARC,
            Self::Xml => oid::XML,
            Self::Sutrs => oid::SUTRS,
            Self::Opac => oid::OPAC,
        }
    }

    /// The one that is asked for; UNIMARC, which the network catalogues in, if nothing is.
    pub(crate) fn asked(oid: Option<&Oid>) -> Result<Self, Refused> {
        let Some(oid) = oid else {
            return Ok(Self::Unimarc);
        };
        let own = Self::ALL
            .into_iter()
            .find(|own| own.oid() == oid.0.as_ref());
        own.ok_or_else(|| Refused::new(239, oid.to_string()))
    }
}

/// What of a record is wanted, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) syntax: Syntax,
    /// Of the bibliographic part of an OPAC record.
    pub(crate) inner: Syntax,
    pub(crate) elements: Elements,
    pub(crate) charset: RecordCharset,
}

/// An element set, or an XML schema by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Elements {
    Full,
    Brief,
    Schema(Schema),
}

/// What an XML record is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Schema {
    Marcxml,
    Marcxchange,
    Dc,
    Mods,
}

impl Elements {
    /// By name. `F`, `B`, and for XML the schemas; an empty one is none.
    pub(crate) fn named(name: &str, syntax: Syntax) -> Result<Self, Refused> {
        let named = match name.to_ascii_lowercase().as_str() {
            "" | "f" => Self::Full,
            "b" => Self::Brief,
            "marcxml" | "marc21" | "usmarc" | "info:srw/schema/1/marcxml-v1.1" => {
                Self::Schema(Schema::Marcxml)
            }
            "marcxchange" | "unimarc" | "unimarcxml" | "info:lc/xmlns/marcxchange-v2" => {
                Self::Schema(Schema::Marcxchange)
            }
            "dc" | "oai_dc" | "info:srw/schema/1/dc-v1.1" => Self::Schema(Schema::Dc),
            "mods" | "info:srw/schema/1/mods-v3.7" => Self::Schema(Schema::Mods),
            _ => return Err(Refused::new(25, name)),
        };
        match named {
            Self::Schema(_) if syntax != Syntax::Xml => Err(Refused::new(25, name)),
            named => Ok(named),
        }
    }
}

/// Writes a record. `copies` are there when the syntax is OPAC.
pub(crate) fn write(
    mut record: Record,
    shape: Shape,
    copies: Option<&BibCopies>,
    places: &opac::Places,
) -> Result<External, Refused> {
    if shape.elements == Elements::Brief {
        shorten(&mut record);
    }
    let charset = |format| shape.charset.of(format);
    Ok(match shape.syntax {
        Syntax::Unimarc => {
            let bytes = exchange(record, Format::Unimarc, charset(Format::Unimarc))?;
            octets(oid::UNIMARC, bytes)
        }
        Syntax::Usmarc => {
            let crossed = crosswalk::to_marc21(&record).record;
            let bytes = exchange(crossed, Format::Marc21, charset(Format::Marc21))?;
            octets(oid::USMARC, bytes)
        }
        Syntax::Xml => octets(oid::XML, in_xml(&record, shape.elements)),
        Syntax::Sutrs => text(&sutrs::text(&record)),
        Syntax::Opac => {
            let inner = Shape {
                syntax: shape.inner,
                ..shape
            };
            let bibliographic = write(record, inner, None, places)?;
            opac::record(bibliographic, copies, places).external()
        }
    })
}

/// ISO 2709. One that it has no room for is had in XML.
fn exchange(mut record: Record, format: Format, charset: Charset) -> Result<Bytes, Refused> {
    charset::declare(&mut record, format, charset);
    let written = match charset {
        Charset::Utf8 => iso2709::encode(&record),
        charset => iso2709::encode(&charset::to_bytes(&record, charset).0),
    };
    match written {
        Ok(bytes) => Ok(bytes.into()),
        Err(error) => Err(Refused::new(17, error.to_string())),
    }
}

fn in_xml(record: &Record, elements: Elements) -> Bytes {
    let schema = match elements {
        Elements::Schema(schema) => schema,
        Elements::Full | Elements::Brief => Schema::Marcxml,
    };
    let marc = |record: &Record, dialect| xml::to_string(record, dialect, xml::Form::Valid).0;
    let written = match schema {
        Schema::Marcxml => marc(&crosswalk::to_marc21(record).record, Dialect::Marcxml),
        Schema::Marcxchange => marc(record, Dialect::MarcXchange),
        Schema::Dc => crosswalk::dublin_core(record, Format::Unimarc).to_oai_dc(),
        Schema::Mods => crosswalk::mods(record, Format::Unimarc),
    };
    written.into()
}

/// What a list shows: numbers, language, title, edition, publication, extent, series and names.
fn shorten(record: &mut Record) {
    const KEPT: [&[u8; 3]; 14] = [
        b"001", b"003", b"005", b"010", b"011", b"071", b"073", b"100", b"101", b"200", b"205",
        b"210", b"214", b"215",
    ];
    record.fields.retain(|field: &Field| {
        let tag = field.tag();
        KEPT.iter().any(|kept| *kept == tag.as_bytes())
            || matches!(tag.as_bytes(), [b'7', b'0' | b'1' | b'2', b'0'])
    });
}

fn octets(oid: &'static [u8], bytes: Bytes) -> External {
    External {
        direct: Some(Oid::of(oid)),
        indirect: None,
        descriptor: None,
        single: None,
        octets: Some(bytes),
        arbitrary: None,
        unknown: Vec::new(),
    }
}

fn text(text: &str) -> External {
    External {
        direct: Some(Oid::of(oid::SUTRS)),
        indirect: None,
        descriptor: None,
        single: Some(Node::constructed(
            ctx(0),
            vec![Text::from(text).write(Text::OWN)],
        )),
        octets: None,
        arbitrary: None,
        unknown: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use marc::{DataField, Leader};

    use super::*;

    fn shape(syntax: Syntax) -> Shape {
        Shape {
            syntax,
            inner: Syntax::Unimarc,
            elements: Elements::Full,
            charset: RecordCharset::Utf8,
        }
    }

    #[test]
    fn what_iso_2709_has_no_room_for_is_refused_there_and_had_in_xml() {
        let mut record = Record::new(Leader::UNIMARC);
        record.push(DataField::new(b"200", b"1 ").with(b'a', "Long"));
        for _ in 0..20 {
            record.push(DataField::new(b"330", b"  ").with(b'a', "mot ".repeat(2_000)));
        }
        let places = opac::Places::new();
        for syntax in [Syntax::Unimarc, Syntax::Usmarc] {
            let refused = write(record.clone(), shape(syntax), None, &places).unwrap_err();
            assert_eq!(refused.code, 17);
        }
        let xml = write(record, shape(Syntax::Xml), None, &places).unwrap();
        assert!(xml.octets.unwrap().len() > 99_999);
    }

    #[test]
    fn a_legacy_database_has_its_characters_and_says_so() {
        let mut record = Record::new(Leader::UNIMARC);
        let coded = "20251201d1862    m  y0frey50      ba";
        record.push(DataField::new(b"100", b"  ").with(b'a', coded));
        record.push(DataField::new(b"200", b"1 ").with(b'a', "Été"));
        let legacy = Shape {
            charset: RecordCharset::Iso5426,
            ..shape(Syntax::Unimarc)
        };
        let written = write(record, legacy, None, &opac::Places::new()).unwrap();
        let bytes = written.octets.unwrap();
        let has = |what: &[u8]| bytes.windows(what.len()).any(|own| own == what);
        assert!(has(b"y0frey0103") && has(&[0xC2, b'E', b't', 0xC2, b'e']));
    }
}
