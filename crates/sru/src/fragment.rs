use std::fmt;

use quick_xml::{
    NsReader, XmlVersion,
    events::{BytesStart, Event},
    name::ResolveResult,
};

/// One XML element with all that is in it, to be put into an answer: a record, holdings,
/// whatever an extension adds.
///
/// It is checked when made, so an answer stays well-formed whoever made the record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fragment(String);

/// Why a text cannot be put into an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FragmentFault(String);

impl fmt::Display for FragmentFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not one well-formed XML element: {}", self.0)
    }
}

impl std::error::Error for FragmentFault {}

impl Fragment {
    /// Checks a text: one element, closed, its namespaces declared in it, no document type. An
    /// XML declaration before it is taken off.
    ///
    /// ```
    /// use relire_sru::Fragment;
    ///
    /// assert!(Fragment::new("<?xml version=\"1.0\"?>\n<a xmlns=\"u:a\">é</a>").is_ok());
    /// assert!(Fragment::new("<a><b></a>").is_err());
    /// assert!(Fragment::new("<dc:title>x</dc:title>").is_err(), "nobody says what dc is");
    /// ```
    pub fn new(text: &str) -> Result<Self, FragmentFault> {
        let text = text.trim_start_matches('\u{feff}').trim();
        let text = match text.strip_prefix("<?xml ") {
            Some(rest) => rest.split_once("?>").map_or("", |(_, rest)| rest).trim(),
            None => text,
        };
        check(text).map_err(FragmentFault)?;
        Ok(Self(text.to_owned()))
    }

    /// What this crate has written itself.
    pub(crate) const fn trusted(text: String) -> Self {
        Self(text)
    }

    /// The element.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// *XML 1.0, production 2*.
pub(crate) const fn is_xml_char(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// Nesting that common readers still take, with an answer around it.
const DEPTH: usize = 200;

fn check(text: &str) -> Result<(), String> {
    if let Some(char) = text.chars().find(|char| !is_xml_char(*char)) {
        return Err(format!("U+{:04X} cannot be in XML", u32::from(char)));
    }
    let mut reader = NsReader::from_str(text);
    let (mut depth, mut elements) = (0_usize, 0_usize);
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        let outside = depth == 0;
        match event {
            Event::Start(start) => {
                elements += usize::from(outside);
                depth += 1;
                if depth > DEPTH {
                    return Err(format!("more than {DEPTH} elements deep"));
                }
                element(&reader, &start)?;
            }
            Event::Empty(start) => {
                elements += usize::from(outside);
                element(&reader, &start)?;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) if text.contains("]]>") => return Err("]]> in text".to_owned()),
            Event::Text(text) if outside && !text.trim().is_empty() => {
                return Err("text outside an element".to_owned());
            }
            Event::GeneralRef(reference) => {
                let known = match reference.resolve_char_ref() {
                    Ok(Some(char)) => is_xml_char(char),
                    Ok(None) => matches!(&*reference, "amp" | "lt" | "gt" | "quot" | "apos"),
                    Err(_) => false,
                };
                if !known || outside {
                    return Err(format!("&{};", &*reference));
                }
            }
            Event::CData(_) if outside => return Err("text outside an element".to_owned()),
            Event::DocType(_) => return Err("a document type".to_owned()),
            Event::Decl(_) => return Err("a declaration within".to_owned()),
            Event::PI(_) => return Err("a processing instruction".to_owned()),
            Event::Comment(comment) if comment.contains("--") || comment.ends_with('-') => {
                return Err("-- in a comment".to_owned());
            }
            Event::Text(_) | Event::CData(_) | Event::Comment(_) => {}
            Event::Eof if depth > 0 => return Err("the end is missing".to_owned()),
            Event::Eof if elements != 1 => return Err(format!("{elements} elements")),
            Event::Eof => return Ok(()),
        }
    }
}

fn element(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<(), String> {
    let resolver = reader.resolver();
    let name = start.name();
    name_is_allowed(name.as_ref())?;
    if let (ResolveResult::Unknown(_), _) = resolver.resolve_element(name) {
        return Err(format!("the prefix of {} is not declared", name.as_ref()));
    }
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        name_is_allowed(attribute.key.as_ref())?;
        if let (ResolveResult::Unknown(_), _) = resolver.resolve_attribute(attribute.key) {
            let key = attribute.key.as_ref();
            return Err(format!("the prefix of {key} is not declared"));
        }
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| error.to_string())?;
        if attribute.value.contains('<') || !value.chars().all(is_xml_char) {
            return Err(format!("the value of {}", attribute.key.as_ref()));
        }
    }
    Ok(())
}

fn name_is_allowed(name: &str) -> Result<(), String> {
    let part = |part: &str| {
        part.starts_with(|char: char| char.is_alphabetic() || char == '_')
            && part
                .chars()
                .all(|char| char.is_alphanumeric() || matches!(char, '-' | '_' | '.' | '\u{b7}'))
    };
    let allowed = match name.split_once(':') {
        Some((prefix, local)) => part(prefix) && part(local),
        None => part(name),
    };
    if allowed {
        Ok(())
    } else {
        Err(format!("the name {name:?}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_break_an_answer_is_refused() {
        for bad in [
            "",
            "text",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>x",
            "x<a/>",
            "<a x='1' x='2'/>",
            "<a x='<'/>",
            "<a>&nbsp;</a>",
            "<a>&#1;</a>",
            "<a x='&#0;'/>",
            "<a>\u{1}</a>",
            "<a>]]></a>",
            "<!DOCTYPE a><a/>",
            "<a><?xml version='1.0'?></a>",
            "<a><?x y?></a>",
            "<p:a/>",
            "<a p:x='1'/>",
            "<1/>",
            "<a><!-- -- --></a>",
            "<a/>&amp;",
            "<a x=1/>",
        ] {
            assert!(Fragment::new(bad).is_err(), "{bad}");
        }
        let deep = format!("{}{}", "<a>".repeat(201), "</a>".repeat(201));
        assert!(Fragment::new(&deep).is_err());
    }

    #[test]
    fn what_is_well_formed_is_kept_as_it_is() {
        for good in [
            "<a/>",
            "<a x=\"&lt;&#233;\">é&amp;<b/><!-- c --><![CDATA[<]]></a>",
            "<p:a xmlns:p=\"u:p\" p:x=\"1\" xml:lang=\"fr\"/>",
        ] {
            let declared = format!("\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{good}\n");
            assert_eq!(Fragment::new(&declared).unwrap().as_str(), good);
        }
    }
}
