use super::summary::{NameKind, Series, Subject, SubjectKind, Summary};
use crate::{
    model::{Format, Record},
    xml::escape,
};

/// MODS 3.7 from a record of either format: one `mods` element with its namespace.
pub fn mods(record: &Record, format: Format) -> String {
    let summary = Summary::of(record, format);
    let mut xml = Xml::default();
    xml.open(
        "mods",
        &[("xmlns", "http://www.loc.gov/mods/v3"), ("version", "3.7")],
    );
    titles(&mut xml, &summary);
    names(&mut xml, &summary);
    xml.text("typeOfResource", &[], kind(summary.record_type));
    origin(&mut xml, &summary);
    for language in &summary.languages {
        xml.open("language", &[]);
        xml.text(
            "languageTerm",
            &[("type", "code"), ("authority", "iso639-2b")],
            language,
        );
        xml.close("language");
    }
    if !summary.extent.is_empty() {
        xml.open("physicalDescription", &[]);
        summary
            .extent
            .iter()
            .for_each(|extent| xml.text("extent", &[], extent));
        xml.close("physicalDescription");
    }
    summary
        .summary
        .iter()
        .for_each(|text| xml.text("abstract", &[], text));
    summary
        .contents
        .iter()
        .for_each(|text| xml.text("tableOfContents", &[], text));
    summary
        .audience
        .iter()
        .for_each(|text| xml.text("targetAudience", &[], text));
    summary
        .notes
        .iter()
        .for_each(|text| xml.text("note", &[], text));
    summary
        .subjects
        .iter()
        .for_each(|subject| self::subject(&mut xml, subject));
    summary
        .classes
        .iter()
        .for_each(|(scheme, class)| xml.text("classification", &[("authority", scheme)], class));
    summary
        .series
        .iter()
        .for_each(|series| self::series(&mut xml, series));
    summary
        .identifiers
        .iter()
        .for_each(|(kind, value)| xml.text("identifier", &[("type", kind)], value));
    for address in &summary.addresses {
        xml.open("location", &[]);
        xml.text("url", &[], address);
        xml.close("location");
    }
    if let Some(number) = &summary.control_number {
        xml.open("recordInfo", &[]);
        xml.text("recordIdentifier", &[], number);
        xml.close("recordInfo");
    }
    xml.close("mods");
    xml.0
}

fn titles(xml: &mut Xml, summary: &Summary) {
    let title = &summary.title;
    xml.open("titleInfo", &[]);
    if !title.non_sorting.is_empty() {
        xml.text("nonSort", &[], &title.non_sorting);
    }
    xml.text("title", &[], &title.proper);
    if !title.rest.is_empty() {
        xml.text("subTitle", &[], &title.rest.join(" : "));
    }
    for (is_number, part) in &title.parts {
        xml.text(
            if *is_number { "partNumber" } else { "partName" },
            &[],
            part,
        );
    }
    xml.close("titleInfo");
    for variant in &summary.variants {
        xml.open("titleInfo", &[("type", "alternative")]);
        xml.text("title", &[], variant);
        xml.close("titleInfo");
    }
}

fn names(xml: &mut Xml, summary: &Summary) {
    for name in &summary.names {
        let kind = match name.kind {
            NameKind::Person => "personal",
            NameKind::Corporate => "corporate",
            NameKind::Meeting => "conference",
        };
        let usage = name.main.then_some(("usage", "primary"));
        let attributes: Vec<_> = [Some(("type", kind)), usage]
            .into_iter()
            .flatten()
            .collect();
        xml.open("name", &attributes);
        match &name.given {
            Some(given) => {
                xml.text("namePart", &[("type", "family")], &name.entry);
                xml.text("namePart", &[("type", "given")], given);
            }
            None => xml.text("namePart", &[], &name.entry),
        }
        if let Some(dates) = name
            .dates
            .as_ref()
            .filter(|_| name.kind == NameKind::Person)
        {
            xml.text("namePart", &[("type", "date")], dates);
        }
        for relator in &name.relators {
            xml.open("role", &[]);
            xml.text(
                "roleTerm",
                &[("type", "code"), ("authority", "marcrelator")],
                relator,
            );
            xml.close("role");
        }
        xml.close("name");
    }
}

fn origin(xml: &mut Xml, summary: &Summary) {
    xml.open("originInfo", &[]);
    for place in &summary.places {
        xml.open("place", &[]);
        xml.text("placeTerm", &[("type", "text")], place);
        xml.close("place");
    }
    summary
        .publishers
        .iter()
        .for_each(|publisher| xml.text("publisher", &[], publisher));
    summary
        .date
        .iter()
        .for_each(|date| xml.text("dateIssued", &[], date));
    summary
        .edition
        .iter()
        .for_each(|edition| xml.text("edition", &[], edition));
    let issuance = match summary.level {
        b's' => "serial",
        b'i' => "integrating resource",
        _ => "monographic",
    };
    xml.text("issuance", &[], issuance);
    xml.close("originInfo");
}

fn subject(xml: &mut Xml, subject: &Subject) {
    let authority = subject
        .system
        .as_deref()
        .map(|system| ("authority", system));
    xml.open(
        if subject.kind == SubjectKind::Genre {
            "genre"
        } else {
            "subject"
        },
        authority.as_slice(),
    );
    if subject.kind == SubjectKind::Genre {
        let parts: Vec<_> = subject
            .parts
            .iter()
            .map(|(_, part)| part.as_str())
            .collect();
        xml.0.push_str(&escape(&parts.join(" -- ")));
        return xml.close("genre");
    }
    for (kind, part) in &subject.parts {
        match kind {
            SubjectKind::Topic => xml.text("topic", &[], part),
            SubjectKind::Place => xml.text("geographic", &[], part),
            SubjectKind::Time => xml.text("temporal", &[], part),
            SubjectKind::Genre => xml.text("genre", &[], part),
            SubjectKind::Title => {
                xml.open("titleInfo", &[]);
                xml.text("title", &[], part);
                xml.close("titleInfo");
            }
            SubjectKind::Person | SubjectKind::Corporate => {
                let kind = if *kind == SubjectKind::Person {
                    "personal"
                } else {
                    "corporate"
                };
                xml.open("name", &[("type", kind)]);
                xml.text("namePart", &[], part);
                xml.close("name");
            }
        }
    }
    xml.close("subject");
}

fn series(xml: &mut Xml, series: &Series) {
    xml.open("relatedItem", &[("type", "series")]);
    xml.open("titleInfo", &[]);
    xml.text("title", &[], &series.title);
    series
        .volume
        .iter()
        .for_each(|volume| xml.text("partNumber", &[], volume));
    xml.close("titleInfo");
    series
        .issn
        .iter()
        .for_each(|issn| xml.text("identifier", &[("type", "issn")], issn));
    xml.close("relatedItem");
}

/// UNIMARC leader/06 in the words of MODS.
const fn kind(record_type: u8) -> &'static str {
    match record_type {
        b'c' | b'd' => "notated music",
        b'e' | b'f' => "cartographic",
        b'g' => "moving image",
        b'i' => "sound recording-nonmusical",
        b'j' => "sound recording-musical",
        b'k' => "still image",
        b'l' => "software, multimedia",
        b'm' => "mixed material",
        b'r' => "three dimensional object",
        _ => "text",
    }
}

/// Elements one after the other; every text is escaped.
#[derive(Default)]
struct Xml(String);

impl Xml {
    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in attributes {
            self.0
                .push_str(&format!(" {attribute}=\"{}\"", escape(value)));
        }
        self.0.push('>');
    }

    fn close(&mut self, name: &str) {
        self.0.push_str(&format!("</{name}>"));
    }

    fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.0.push_str(&escape(text));
        self.close(name);
    }
}
