//! Trees into documents.

use crate::{Element, NAMESPACE, Version, read::allowed};

/// How the names of a 2.x answer are written. Both are the same to a reader of XML; some partners are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prefix {
    /// Elements without a prefix, attributes with `ncip:`, since the schema demands one there.
    #[default]
    Default,
    /// `ns1:` everywhere, as the eXtensible Catalog's programs write and some clients look for.
    Ns1,
}

/// How an answer is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    /// In which version.
    pub version: Version,
    /// With which prefix (2.x).
    pub prefix: Prefix,
    /// What stands where 1.0 demands an agency and there is none.
    pub agency: String,
}

/// Writes a whole document, on two lines (three in 1.0), ending in a newline: clients on raw sockets read by lines and take a pause
/// for the end.
pub(crate) fn document(service: &Element, style: &Style) -> String {
    documents(std::slice::from_ref(service), style)
}

/// The same with several elements in the root: problems.
pub(crate) fn documents(within: &[Element], style: &Style) -> String {
    let mut out = String::with_capacity(1024);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let uri = style.version.uri();
    match style.version {
        Version::V1_0 => {
            out.push_str("<!DOCTYPE NCIPMessage PUBLIC \"-//NISO//NCIP DTD Version 1.0//EN\" \"");
            out.push_str(uri);
            out.push_str("\">\n<NCIPMessage version=\"");
            out.push_str(uri);
            out.push_str("\">");
            for service in within {
                element(&mut out, service, "", "");
            }
            out.push_str("</NCIPMessage>\n");
        }
        _ => {
            let (declared, tags, attributes) = match style.prefix {
                Prefix::Default => ("xmlns=\"{}\" xmlns:ncip=\"{}\"", "", "ncip:"),
                Prefix::Ns1 => ("xmlns:ns1=\"{}\"", "ns1:", "ns1:"),
            };
            let declared = declared.replace("{}", NAMESPACE);
            out.push_str(&format!(
                "<{tags}NCIPMessage {declared} {attributes}version=\"{uri}\">"
            ));
            for service in within {
                element(&mut out, service, tags, attributes);
            }
            out.push_str(&format!("</{tags}NCIPMessage>\n"));
        }
    }
    out
}

/// `NCIPVersionMessage`: a schema of its own, without a namespace.
pub(crate) fn version_document(service: &Element) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<NCIPVersionMessage version=\"http://www.niso.org/ncip/v1_0/imp1/xsd/ncip_version.xsd\">",
    );
    element(&mut out, service, "", "");
    out.push_str("</NCIPVersionMessage>\n");
    out
}

fn element(out: &mut String, element_: &Element, tags: &str, attributes: &str) {
    out.push('<');
    out.push_str(tags);
    out.push_str(&element_.name);
    if let Some(scheme) = &element_.scheme {
        out.push(' ');
        out.push_str(attributes);
        out.push_str("Scheme=\"");
        escaped(out, scheme);
        out.push('"');
    }
    if element_.text.is_empty() && element_.children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    escaped(out, &element_.text);
    for child in &element_.children {
        element(out, child, tags, attributes);
    }
    out.push_str("</");
    out.push_str(tags);
    out.push_str(&element_.name);
    out.push('>');
}

/// Characters that XML does not have are shown as unknown ones; a line end within a value stays on its line. A tab is
/// written by its number, since one in an attribute is read as a blank.
fn escaped(out: &mut String, text: &str) {
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            char if allowed(char) => out.push(char),
            _ => out.push('\u{FFFD}'),
        }
    }
}
