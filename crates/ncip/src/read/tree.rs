//! Text into a tree of elements, within limits. Nothing is ever fetched, and no declaration is obeyed.

use std::collections::HashSet;

use quick_xml::{
    Error, NsReader, XmlVersion,
    errors::IllFormedError,
    events::{BytesStart, Event},
    name::ResolveResult,
};

use crate::{
    Element, Fault, FaultKind, NAMESPACE,
    limits::{ATTRIBUTES, BYTES, DEPTH, ELEMENTS, TEXT},
    names::is_known,
};

/// A document that was read: its root, and what says which dialect it is.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) root: Element,
    /// `version` of the root, whatever its namespace.
    pub(crate) version: String,
    /// The root is of NCIP's own namespace, that of 2.x.
    pub(crate) namespaced: bool,
}

/// Reads a document. Elements of other namespaces (in `Ext`) are left out with all that is in them.
pub(crate) fn read(text: &str) -> Result<Document, Fault> {
    if text.len() > BYTES {
        return Err(FaultKind::TooLarge(BYTES).into());
    }
    if text.trim().is_empty() {
        return Err(FaultKind::Empty.into());
    }
    if let Some((at, char)) = text.char_indices().find(|(_, char)| !allowed(*char)) {
        return Err(at_line(text, at, FaultKind::Character(u32::from(char))));
    }
    if text.starts_with('\u{feff}') {
        let twice = FaultKind::Syntax("a second byte order mark".into());
        return Err(at_line(text, 0, twice));
    }
    let mut reader = NsReader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut growing = Growing::default();
    loop {
        let before = reader.buffer_position();
        let step = match reader.read_resolved_event() {
            Ok((_, Event::Eof)) => break,
            Ok((_, Event::Decl(_))) if before == 0 => Ok(()),
            Ok((namespace, event)) => {
                let namespace = bound(&namespace);
                let attributes = attributes(&reader, &event);
                namespace.and_then(|space| growing.event(space.as_deref(), &event, attributes?))
            }
            Err(error) => {
                let position = reader.error_position();
                let fault = FaultKind::Syntax(in_words(error));
                return Err(at_line(text, as_index(position), fault));
            }
        };
        step.map_err(|kind| at_line(text, as_index(before), kind))?;
    }
    growing
        .done()
        .map_err(|kind| at_line(text, text.len(), kind))
}

/// What the reader of XML says, less what it quotes: where markup is broken, a value can stand in the place of a name.
fn in_words(error: Error) -> String {
    let is_name = |name: &str| match name.split_once(':') {
        Some((prefix, local)) => prefix.starts_with(char::is_alphabetic) && is_known(local),
        None => is_known(name),
    };
    match error {
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found })
            if !is_name(&expected) || !is_name(&found) =>
        {
            "an end tag is not that of the element which is open".to_owned()
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(name)) if !is_name(&name) => {
            "an end tag is of no element".to_owned()
        }
        Error::Namespace(_) => "a prefix is declared as it may not be".to_owned(),
        other => other.to_string(),
    }
}

fn as_index(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn at_line(text: &str, at: usize, kind: FaultKind) -> Fault {
    let before = text.bytes().take(at);
    // What stands before the markup that is at fault is blank.
    let blank = text.bytes().skip(at);
    let blank = blank.take_while(u8::is_ascii_whitespace);
    let line = 1 + before.chain(blank).filter(|byte| *byte == b'\n').count();
    Fault { kind, line }
}

/// The characters of XML 1.0, section 2.2.
pub(crate) fn allowed(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

fn bound(namespace: &ResolveResult<'_>) -> Result<Option<String>, FaultKind> {
    match namespace {
        ResolveResult::Bound(namespace) => Ok(Some(namespace.as_ref().to_owned())),
        ResolveResult::Unbound => Ok(None),
        ResolveResult::Unknown(_) => Err(FaultKind::Prefix),
    }
}

/// The two attributes that mean something.
#[derive(Default)]
struct Attributes {
    scheme: Option<String>,
    version: Option<String>,
}

fn attributes(reader: &NsReader<&[u8]>, event: &Event<'_>) -> Result<Attributes, FaultKind> {
    match event {
        Event::Start(start) | Event::Empty(start) => of_start(reader, start),
        _ => Ok(Attributes::default()),
    }
}

fn of_start(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<Attributes, FaultKind> {
    let mut found = Attributes::default();
    let mut seen: HashSet<(Option<String>, String)> = HashSet::new();
    for (count, attribute) in start.attributes().enumerate() {
        if count >= ATTRIBUTES {
            return Err(FaultKind::TooMuch("attributes of an element"));
        }
        let attribute = attribute.map_err(|error| match error {
            quick_xml::events::attributes::AttrError::Duplicated(..) => FaultKind::Attribute,
            other => FaultKind::Syntax(other.to_string()),
        })?;
        if attribute.value.contains('<') {
            return Err(FaultKind::Syntax("< in the value of an attribute".into()));
        }
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|_| FaultKind::Entity)?;
        if let Some(char) = value.chars().find(|char| !allowed(*char)) {
            return Err(FaultKind::Character(u32::from(char)));
        }
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
        let namespace = bound(&namespace)?;
        let local = local.as_ref().to_owned();
        match local.as_str() {
            "Scheme" => found.scheme = Some(value.trim().to_owned()),
            "version" => found.version = Some(value.trim().to_owned()),
            _ => {}
        }
        if !seen.insert((namespace, local)) {
            return Err(FaultKind::Attribute);
        }
    }
    Ok(found)
}

/// The tree as it grows.
#[derive(Default)]
struct Growing {
    path: Vec<Element>,
    root: Option<Element>,
    version: String,
    namespaced: bool,
    elements: usize,
    /// How deep inside an element of another namespace.
    foreign: usize,
    doctype: bool,
}

impl Growing {
    fn event(
        &mut self,
        namespace: Option<&str>,
        event: &Event<'_>,
        attributes: Attributes,
    ) -> Result<(), FaultKind> {
        match event {
            Event::Start(start) => self.open(namespace, start, attributes),
            Event::Empty(start) => {
                self.open(namespace, start, attributes)?;
                self.close();
                Ok(())
            }
            Event::End(_) => {
                self.close();
                Ok(())
            }
            Event::Text(text) => {
                if text.contains("]]>") {
                    return Err(FaultKind::Syntax("]]> in a text".into()));
                }
                self.text(&text.xml10_content())
            }
            Event::CData(text) => self
                .inside()
                .and_then(|()| self.text(&text.xml10_content())),
            Event::GeneralRef(reference) => {
                self.inside()?;
                let char = match reference
                    .resolve_char_ref()
                    .map_err(|error| FaultKind::Syntax(error.to_string()))?
                {
                    Some(char) if allowed(char) => char,
                    Some(char) => return Err(FaultKind::Character(u32::from(char))),
                    None => match &**reference {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        _ => return Err(FaultKind::Entity),
                    },
                };
                self.text(char.encode_utf8(&mut [0; 4]))
            }
            Event::DocType(declared) => self.doctype(declared),
            Event::Decl(_) => Err(FaultKind::Syntax(
                "an XML declaration in the wrong place".into(),
            )),
            Event::PI(_) | Event::Comment(_) | Event::Eof => Ok(()),
        }
    }

    /// One that names a file is passed over, the file never fetched; one with declarations of its own is refused.
    fn doctype(&mut self, declared: &str) -> Result<(), FaultKind> {
        if self.doctype || self.elements > 0 {
            return Err(FaultKind::Syntax(
                "a document type in the wrong place".into(),
            ));
        }
        self.doctype = true;
        let mut quote = None;
        for char in declared.chars() {
            match (quote, char) {
                (Some(open), close) if open == close => quote = None,
                (None, '"' | '\'') => quote = Some(char),
                (None, '[') => return Err(FaultKind::Subset),
                _ => {}
            }
        }
        Ok(())
    }

    fn open(
        &mut self,
        namespace: Option<&str>,
        start: &BytesStart<'_>,
        attributes: Attributes,
    ) -> Result<(), FaultKind> {
        self.elements += 1;
        if self.elements > ELEMENTS {
            return Err(FaultKind::TooMuch("elements"));
        }
        if self.path.len() + self.foreign >= DEPTH {
            return Err(FaultKind::TooMuch("elements within elements"));
        }
        if self.root.is_some() {
            return Err(FaultKind::Syntax("a second root".into()));
        }
        let ours = namespace.is_none_or(|namespace| namespace == NAMESPACE);
        if self.path.is_empty() && self.foreign == 0 {
            if !ours {
                return Err(FaultKind::Namespace);
            }
            self.namespaced = namespace.is_some();
            self.version = attributes.version.unwrap_or_default();
        }
        if self.foreign > 0 || !ours {
            self.foreign += 1;
            return Ok(());
        }
        self.path.push(Element {
            scheme: attributes.scheme.filter(|scheme| !scheme.is_empty()),
            ..Element::new(start.local_name().as_ref().to_owned())
        });
        Ok(())
    }

    fn close(&mut self) {
        if self.foreign > 0 {
            self.foreign -= 1;
            return;
        }
        let Some(mut done) = self.path.pop() else {
            return;
        };
        let trimmed = done.text.trim();
        if trimmed.len() != done.text.len() {
            done.text = trimmed.to_owned();
        }
        match self.path.last_mut() {
            Some(parent) => parent.children.push(done),
            None => self.root = Some(done),
        }
    }

    fn inside(&self) -> Result<(), FaultKind> {
        if self.path.is_empty() {
            return Err(FaultKind::Syntax("text outside of the root".into()));
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), FaultKind> {
        if self.foreign > 0 {
            return Ok(());
        }
        let Some(element) = self.path.last_mut() else {
            // The blanks of XML, no others: whoever cuts a stream into documents has only these.
            return if text.trim_ascii().is_empty() {
                Ok(())
            } else {
                self.inside()
            };
        };
        if element.text.len() + text.len() > TEXT {
            return Err(FaultKind::TooMuch("text in an element"));
        }
        element.text.push_str(text);
        Ok(())
    }

    fn done(self) -> Result<Document, FaultKind> {
        if !self.path.is_empty() || self.foreign > 0 {
            return Err(FaultKind::Syntax("an element is not closed".into()));
        }
        Ok(Document {
            root: self.root.ok_or(FaultKind::Empty)?,
            version: self.version,
            namespaced: self.namespaced,
        })
    }
}
