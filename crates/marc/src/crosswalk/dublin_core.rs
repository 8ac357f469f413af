use super::summary::{NameKind, Subject, Summary};
use crate::{
    model::{Format, Record},
    xml::escape,
};

/// The fifteen elements of Dublin Core, each any number of times, in the order of the schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DublinCore {
    /// Name of an element, without prefix, and its text.
    pub elements: Vec<(&'static str, String)>,
}

impl DublinCore {
    /// Every value of an element.
    pub fn all(&self, element: &str) -> impl Iterator<Item = &str> {
        self.elements
            .iter()
            .filter(move |(name, _)| *name == element)
            .map(|(_, text)| text.as_str())
    }

    /// As `oai_dc:dc`, the form that OAI-PMH requires of everyone.
    pub fn to_oai_dc(&self) -> String {
        self.within("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc/")
    }

    /// A `srw_dc:dc` element: the container of SRU's schema, `info:srw/schema/1/dc-v1.1`.
    pub fn to_srw_dc(&self) -> String {
        self.within("srw_dc", "info:srw/schema/1/dc-schema")
    }

    fn within(&self, prefix: &str, namespace: &str) -> String {
        let mut xml = format!(
            "<{prefix}:dc xmlns:{prefix}=\"{namespace}\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
        );
        for (name, text) in &self.elements {
            xml.push_str(&format!("<dc:{name}>{}</dc:{name}>", escape(text)));
        }
        xml.push_str(&format!("</{prefix}:dc>"));
        xml
    }

    fn push(&mut self, name: &'static str, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() && !self.all(name).any(|known| known == text) {
            self.elements.push((name, text));
        }
    }
}

/// Dublin Core, simple, from a record of either format.
pub fn dublin_core(record: &Record, format: Format) -> DublinCore {
    let summary = Summary::of(record, format);
    let mut dc = DublinCore::default();
    let title = &summary.title;
    let proper = format!("{}{}", title.non_sorting, title.proper);
    let rest = title.rest.iter().map(|rest| format!(" : {rest}"));
    let parts = title.parts.iter().map(|(_, part)| format!(". {part}"));
    dc.push(
        "title",
        rest.chain(parts).fold(proper, |title, more| title + &more),
    );
    summary
        .variants
        .into_iter()
        .for_each(|variant| dc.push("title", variant));
    for name in summary.names {
        let mut text = name.entry;
        if let Some(given) = name.given {
            text = format!("{text}, {given}");
        }
        if let Some(dates) = name.dates.filter(|_| name.kind == NameKind::Person) {
            text = format!("{text} ({dates})");
        }
        dc.push(if name.main { "creator" } else { "contributor" }, text);
    }
    summary
        .subjects
        .iter()
        .for_each(|subject| dc.push("subject", chain(subject)));
    summary
        .classes
        .into_iter()
        .for_each(|(_, class)| dc.push("subject", class));
    let described = [summary.summary, summary.contents, summary.notes].concat();
    described
        .into_iter()
        .for_each(|text| dc.push("description", text));
    summary
        .publishers
        .into_iter()
        .for_each(|publisher| dc.push("publisher", publisher));
    summary
        .date
        .into_iter()
        .for_each(|date| dc.push("date", date));
    dc.push("type", kind(summary.record_type));
    summary
        .extent
        .into_iter()
        .for_each(|extent| dc.push("format", extent));
    for (kind, value) in summary.identifiers {
        dc.push(
            "identifier",
            match kind {
                "isbn" | "issn" | "ean" => format!("{} {value}", kind.to_uppercase()),
                _ => value,
            },
        );
    }
    summary
        .addresses
        .into_iter()
        .for_each(|address| dc.push("identifier", address));
    summary
        .languages
        .into_iter()
        .for_each(|language| dc.push("language", language));
    for series in summary.series {
        let volume = series
            .volume
            .map(|volume| format!(" ; {volume}"))
            .unwrap_or_default();
        dc.push("relation", format!("{}{volume}", series.title));
    }
    dc
}

/// A heading with its subdivisions, as RAMEAU writes it.
fn chain(subject: &Subject) -> String {
    subject
        .parts
        .iter()
        .map(|(_, part)| part.as_str())
        .collect::<Vec<_>>()
        .join(" -- ")
}

/// UNIMARC leader/06 in the words of the DCMI type vocabulary.
const fn kind(record_type: u8) -> &'static str {
    match record_type {
        b'c' | b'd' | b'k' => "StillImage",
        b'e' | b'f' => "StillImage",
        b'g' => "MovingImage",
        b'i' | b'j' => "Sound",
        b'l' => "InteractiveResource",
        b'm' => "Collection",
        b'r' => "PhysicalObject",
        _ => "Text",
    }
}
