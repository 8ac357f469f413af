//! What the elements of a record say.

use quick_xml::events::BytesStart;

use super::error::{XmlFault, XmlWarning};
use crate::model::{Code, DataField, Indicators, Leader, Tag};

/// The attribute of that local name.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, XmlFault> {
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| XmlFault::Document(error.to_string()))?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            let value = value.map_err(|error| XmlFault::Document(error.to_string()))?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}

pub(super) fn tag(element: &BytesStart<'_>) -> Result<Tag, XmlFault> {
    let tag = attribute(element, "tag")?.unwrap_or_default();
    Tag::parse(&tag).ok_or(XmlFault::Tag(tag))
}

pub(super) fn code(element: &BytesStart<'_>, tag: Tag) -> Result<Code, XmlFault> {
    let code = attribute(element, "code")?.unwrap_or_default();
    let mut chars = code.chars();
    match (
        chars.next().map(|char| u8::try_from(u32::from(char))),
        chars.next(),
    ) {
        (Some(Ok(byte)), None) => Ok(Code(byte)),
        _ => Err(XmlFault::Code(tag, code)),
    }
}

pub(super) fn data_field(
    element: &BytesStart<'_>,
    warnings: &mut Vec<XmlWarning>,
) -> Result<DataField, XmlFault> {
    let tag = tag(element)?;
    let mut indicators = Indicators::BLANK;
    for (place, names) in [["ind1", "i1"], ["ind2", "i2"]].iter().enumerate() {
        let value = match attribute(element, names[0])? {
            None => attribute(element, names[1])?,
            value => value,
        };
        match value.as_deref().map(str::as_bytes) {
            Some([byte]) => indicators.0[place] = *byte,
            // Blank to whoever wrote it.
            Some([]) => {}
            _ => warnings.push(XmlWarning::Indicator(tag)),
        }
    }
    if attribute(element, "ind3")?.is_some() {
        warnings.push(XmlWarning::MoreIndicators(tag));
    }
    Ok(DataField::new(tag, indicators))
}

/// 24 characters; line ends around them are the document's layout.
pub(super) fn leader(text: &str, warnings: &mut Vec<XmlWarning>) -> Leader {
    let inner = text.trim_matches(['\r', '\n', '\t']);
    let inner = if inner.chars().count() > 24 {
        inner.trim()
    } else {
        inner
    };
    let mut bytes = *b"                        ";
    for (place, char) in bytes.iter_mut().zip(inner.chars()) {
        *place = u8::try_from(char).ok().filter(u8::is_ascii).unwrap_or(b' ');
    }
    if inner.as_bytes() != bytes {
        warnings.push(XmlWarning::Leader(text.to_owned()));
    }
    Leader::new(bytes)
}
