//! A tree of an answer, read as strictly as an XML parser has to.

use std::collections::BTreeMap;

use quick_xml::{NsReader, events::Event, name::ResolveResult};

/// One element.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) namespace: String,
    pub(crate) name: String,
    /// By namespace and name. Declarations of prefixes are among them, in [`XMLNS`].
    pub(crate) attributes: BTreeMap<(String, String), String>,
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

/// The namespace that declarations of prefixes are in.
pub(crate) const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// Reads a document. Characters, names, attributes and references are looked at, not only the
/// nesting.
pub(crate) fn parse(document: &str) -> Result<Element, String> {
    let allowed = |char| matches!(char, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    if let Some(char) = document.chars().find(|char| !allowed(*char)) {
        return Err(format!("U+{:04X}", u32::from(char)));
    }
    let mut reader = NsReader::from_str(document);
    reader.config_mut().check_comments = true;
    let mut path = vec![Element::default()];
    let mut first = true;
    loop {
        let (resolved, event) = reader
            .read_resolved_event()
            .map_err(|error| error.to_string())?;
        let namespace = match &resolved {
            ResolveResult::Bound(namespace) => namespace.as_ref().to_owned(),
            ResolveResult::Unbound => String::new(),
            ResolveResult::Unknown(prefix) => return Err(format!("prefix {prefix:?}")),
        };
        let outside = path.len() == 1;
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(start) | Event::Empty(start) => {
                let mut element = Element {
                    namespace,
                    name: start.local_name().as_ref().to_owned(),
                    ..Element::default()
                };
                for attribute in start.attributes() {
                    let attribute = attribute.map_err(|error| error.to_string())?;
                    let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                    let value = value.map_err(|error| error.to_string())?;
                    if attribute.value.contains('<') || !value.chars().all(allowed) {
                        return Err(format!("attribute {}", attribute.value));
                    }
                    let (resolved, name) = reader.resolver().resolve_attribute(attribute.key);
                    let namespace = match resolved {
                        _ if attribute.key.as_namespace_binding().is_some() => XMLNS.to_owned(),
                        ResolveResult::Bound(namespace) => namespace.as_ref().to_owned(),
                        ResolveResult::Unbound => String::new(),
                        ResolveResult::Unknown(prefix) => return Err(format!("prefix {prefix:?}")),
                    };
                    let name = (namespace, name.as_ref().to_owned());
                    if let Some(twice) = element.attributes.insert(name, value.into_owned()) {
                        return Err(format!("two attributes of one name, one is {twice:?}"));
                    }
                }
                path.push(element);
                if empty {
                    up(&mut path);
                }
            }
            Event::End(_) => up(&mut path),
            Event::Text(text) => {
                if text.contains("]]>") {
                    return Err("]]>".to_owned());
                }
                if outside && !text.trim_matches([' ', '\t', '\n', '\r']).is_empty() {
                    return Err(format!("outside of the root: {:?}", &*text));
                }
                path.last_mut()
                    .ok_or("text")?
                    .text
                    .push_str(&text.xml10_content());
            }
            Event::CData(_) | Event::GeneralRef(_) if outside => {
                return Err("text outside of the root".to_owned());
            }
            Event::CData(text) => {
                let parent = path.last_mut().ok_or("text")?;
                parent.text.push_str(&text.xml10_content());
            }
            Event::GeneralRef(reference) => {
                let char = match reference
                    .resolve_char_ref()
                    .map_err(|error| error.to_string())?
                {
                    Some(char) if allowed(char) => char,
                    Some(char) => return Err(format!("&#{};", u32::from(char))),
                    None => match &*reference {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        other => return Err(format!("&{other};")),
                    },
                };
                path.last_mut().ok_or("reference")?.text.push(char);
            }
            Event::PI(instruction) if !outside || instruction.contains("?>") => {
                return Err("an instruction inside".to_owned());
            }
            Event::Decl(_) if !first => return Err("a declaration that is not first".to_owned()),
            Event::DocType(_) => return Err("a document type".to_owned()),
            Event::Eof => break,
            _ => {}
        }
        first = false;
    }
    let mut document = path.pop().ok_or("nothing")?;
    match (path.len(), document.children.pop(), document.children.len()) {
        (0, Some(root), 0) => Ok(root),
        _ => Err("not one closed root".to_owned()),
    }
}

fn up(path: &mut Vec<Element>) {
    if let (Some(done), Some(parent)) = (path.pop(), path.last_mut()) {
        parent.children.push(done);
    }
}
