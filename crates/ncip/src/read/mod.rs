//! Documents into messages.

mod charset;
mod tree;

pub use charset::decode;
pub(crate) use tree::allowed;

use std::borrow::Cow;

use crate::{
    Element, Fault, FaultKind, Prefix, Version,
    limits::BYTES,
    message::{Question, Reply, Service},
    model::{InitiationHeader, codec},
    v1,
};

/// A question as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// In which version.
    pub version: Version,
    /// With which prefix: an answer in the same is read by more programs.
    pub prefix: Prefix,
    /// The question.
    pub question: Question,
}

/// A document that is no question, as far as it was understood: so much an answer can go by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Why.
    pub fault: Fault,
    /// In which version it is.
    pub version: Version,
    /// Which service it asks for, if that can be seen.
    pub service: Option<Service>,
    /// The name of the element where a service should be, if there is one.
    pub named: Option<String>,
    /// Who sent it, if that can be seen.
    pub header: Option<InitiationHeader>,
}

impl From<Fault> for Unread {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            version: Version::V2_02,
            service: None,
            named: None,
            header: None,
        }
    }
}

/// The tree of a document, as it is written there.
pub(crate) fn tree(text: &str) -> Result<Element, Fault> {
    Ok(tree::read(text)?.root)
}

/// How a document is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Leniency {
    /// Control characters are taken out first. Some networks send them; XML has none.
    pub strip_controls: bool,
}

/// Reads a question. `transport` is the character set that its transport names.
///
/// # Errors
/// [`Unread`]: with as much as an answer needs.
pub fn question(
    bytes: &[u8],
    transport: Option<&str>,
    leniency: Leniency,
) -> Result<Asked, Box<Unread>> {
    let unread = |fault| Box::new(Unread::from(fault));
    let document = document(bytes, transport, leniency).map_err(unread)?;
    let only_v1 = v1::is_its(&document.root);
    let own_schema = document.root.name == "NCIPVersionMessage";
    let version = Version::told(document.namespaced, only_v1, &document.version);
    if document.root.name != "NCIPMessage" && !own_schema {
        return Err(Box::new(Unread {
            version,
            ..Unread::from(Fault::new(FaultKind::Root))
        }));
    }
    let root = v1::understood(document.root);
    let mut services = root
        .children
        .iter()
        .filter_map(|child| Some((Service::named(&child.name)?, child)));
    let service = services.next();
    if services.next().is_some() {
        let fault = FaultKind::Syntax("more than one service in a message".into());
        return Err(Box::new(Unread {
            version,
            ..Unread::from(Fault::new(fault))
        }));
    }
    let Some((service, element)) = service else {
        let named = root.children.first();
        return Err(Box::new(Unread {
            version,
            named: named.map(|child| child.name.to_string()),
            header: named.and_then(header),
            ..Unread::from(Fault::new(FaultKind::Missing {
                within: root.name.to_string(),
                element: "service",
            }))
        }));
    };
    let read = Question::read(service, element).and_then(|read| {
        read.ok_or_else(|| FaultKind::Missing {
            within: root.name.to_string(),
            element: service.name(),
        })
    });
    match read {
        Ok(question) => Ok(Asked {
            version,
            prefix: document.prefix,
            question: match question {
                Question::LookupVersion(ask, _) => Question::LookupVersion(ask, own_schema),
                other => other,
            },
        }),
        Err(kind) => Err(Box::new(Unread {
            fault: kind.into(),
            version,
            service: Some(service),
            named: Some(service.name().to_owned()),
            header: header(element),
        })),
    }
}

fn header(element: &Element) -> Option<InitiationHeader> {
    codec::opt(element, "InitiationHeader").ok().flatten()
}

/// Reads an answer, as a client does.
pub fn reply(bytes: &[u8], transport: Option<&str>) -> Result<Reply, Fault> {
    let document = document(bytes, transport, Leniency::default())?;
    let root = v1::understood(document.root);
    let problems: Vec<_> = codec::many(&root, "Problem")?;
    if !problems.is_empty() {
        return Ok(Reply {
            service: None,
            header: None,
            body: crate::message::Body::Problems(problems),
        });
    }
    let answered = |child: &Element| Service::answered(&child.name);
    let found = root
        .children
        .iter()
        .find_map(|child| Some((answered(child)?, child)));
    let missing = || FaultKind::Missing {
        within: root.name.to_string(),
        element: "response",
    };
    let (service, element) = found.ok_or_else(missing)?;
    Ok(Reply::read(service, element)?.ok_or_else(missing)?)
}

/// A document as it came, its bytes made text.
struct Document {
    root: Element,
    version: String,
    namespaced: bool,
    prefix: Prefix,
}

fn document(bytes: &[u8], transport: Option<&str>, leniency: Leniency) -> Result<Document, Fault> {
    if bytes.len() > BYTES {
        return Err(FaultKind::TooLarge(BYTES).into());
    }
    let mut text = decode(bytes, transport)?;
    if leniency.strip_controls && text.chars().any(|char| !allowed(char)) {
        text = Cow::Owned(text.chars().filter(|char| allowed(*char)).collect());
    }
    let read = tree::read(&text)?;
    let prefix = if text.contains("<ns1:") {
        Prefix::Ns1
    } else {
        Prefix::Default
    };
    Ok(Document {
        root: read.root,
        version: read.version,
        namespaced: read.namespaced,
        prefix,
    })
}
