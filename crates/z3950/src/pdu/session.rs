//! Inside Init: who signs in, and which characters are spoken (Z39.50-2003, appendix 3 and 17).

use bytes::Bytes;

use crate::ber::{Class, Node, Tag, ctx, uni};
use crate::error::{Error, What};
use crate::oid;
use crate::pdu::Secret;
use crate::pdu::answer::{Diagnostic, EXTERNAL};
use crate::value::{Element, External, Oid, Text, Value};

/// Who signs in. Without `Debug`: there is a password inside.
#[derive(Clone, PartialEq, Eq)]
pub enum Authentication {
    /// `open`: in most clients `user/password`.
    Open(Text),
    /// `idPass`, three parts of which each may be missing.
    IdPass {
        /// Of people who share rights.
        group: Option<Text>,
        /// Who.
        user: Option<Text>,
        /// The proof.
        password: Option<Text>,
    },
    /// Nobody in particular.
    Anonymous,
    /// In a form of its own.
    Other,
}

impl Authentication {
    /// Opens the element `[7]`, whose tag is explicit.
    ///
    /// # Errors
    /// When there is nothing inside, or none of the four forms.
    pub fn of(secret: &Secret) -> Result<Self, Error> {
        let inside = secret.0.inside().first().ok_or(Error::of(What::Missing))?;
        Ok(match inside.tag {
            Tag(Class::Universal, 16) => {
                let mut rest = inside.inside().to_vec();
                Self::IdPass {
                    group: Element::take(&mut rest, ctx(0))?,
                    user: Element::take(&mut rest, ctx(1))?,
                    password: Element::take(&mut rest, ctx(2))?,
                }
            }
            Tag(Class::Universal, 5) => Self::Anonymous,
            EXTERNAL => Self::Other,
            // VisibleString by the standard; clients send other strings as well.
            Tag(Class::Universal, _) => Self::Open(Text::read(inside)?),
            _ => return Err(Error::of(What::Choice)),
        })
    }

    /// User and password, whichever way they came.
    #[must_use]
    pub fn credentials(&self) -> Option<(String, String)> {
        let text = |text: &Text| text.decode(crate::value::Charset::Utf8);
        match self {
            Self::Open(both) => {
                let both = text(both);
                let (user, password) = both.split_once('/').unwrap_or((&both, ""));
                Some((user.to_owned(), password.to_owned()))
            }
            Self::IdPass {
                user: Some(user),
                password,
                ..
            } => Some((text(user), password.as_ref().map(text).unwrap_or_default())),
            Self::IdPass { .. } | Self::Anonymous | Self::Other => None,
        }
    }
}

/// One piece of `otherInfo [201]`: the kind that an EXTERNAL has.
fn externals(other_info: &Node) -> impl Iterator<Item = External> + '_ {
    other_info.inside().iter().filter_map(|unit| {
        let external = unit.inside().iter().find(|node| node.tag == ctx(4))?;
        External::read(external).ok()
    })
}

fn other_info(external: &External) -> Node {
    let unit = Node::constructed(uni(16), vec![external.write(ctx(4))]);
    Node::constructed(ctx(201), vec![unit])
}

/// An EXTERNAL under an explicit tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explicit(pub External);

impl Value for Explicit {
    const OWN: Tag = ctx(1);
    fn read(node: &Node) -> Result<Self, Error> {
        let inside = node.inside().first().ok_or(Error::of(What::Missing))?;
        External::read(inside).map(Self)
    }
    fn write(&self, tag: Tag) -> Node {
        Node::constructed(tag, vec![self.0.write(EXTERNAL)])
    }
}

/// Why an Init was refused, for `userInformationField`: userInfo-1 around a diagnostic, as clients look for it.
#[must_use]
pub fn refusal(diagnostic: &Diagnostic) -> Explicit {
    let tagged = Node::constructed(ctx(1), vec![diagnostic.write(ctx(1))]);
    let list = Node::constructed(uni(16), vec![Node::constructed(uni(16), vec![tagged])]);
    let about = single(oid::DIAG_1, list);
    let unit = Node::constructed(uni(16), vec![about.write(ctx(4))]);
    Explicit(single(
        oid::USER_INFO_1,
        Node::constructed(uni(16), vec![unit]),
    ))
}

/// An EXTERNAL with one value inside. `single-ASN1-type` has an explicit tag.
pub(crate) fn single(oid: &'static [u8], inside: Node) -> External {
    External {
        direct: Some(Oid::of(oid)),
        indirect: None,
        descriptor: None,
        single: Some(Node::constructed(ctx(0), vec![inside])),
        octets: None,
        arbitrary: None,
        unknown: Vec::new(),
    }
}

/// What a client proposes (charset-3, OriginProposal).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposal {
    /// Names in the order of its wishes: `UTF-8` for ISO 10646 in that form, else as it wrote them.
    pub charsets: Vec<String>,
    /// The elements as they came, to be given back in the answer.
    chosen: Vec<Node>,
    /// ISO 639-2.
    pub languages: Vec<String>,
    /// Whether records, too, should come in it.
    pub records: bool,
}

/// 1.0.10646.1.0.8
const UTF_8: &[u8] = &[0x28, 0xd3, 0x16, 0x01, 0x00, 0x08];

impl Proposal {
    /// The proposal in an Init's `otherInfo`, if there is one.
    #[must_use]
    pub fn of(other_info: &Node) -> Option<Self> {
        let negotiation =
            externals(other_info).find(|external| is(external, oid::CHARSET_NEGOTIATION))?;
        let single = negotiation.single?;
        let proposal = single.inside().iter().find(|node| node.tag == ctx(1))?;
        let mut read = Self::default();
        for element in proposal.inside() {
            match element.tag {
                Tag(Class::Context, 1) => {
                    for charset in element.inside() {
                        if let Some(name) = charset_name(charset) {
                            read.charsets.push(name);
                            read.chosen.push(charset.clone());
                        }
                    }
                }
                Tag(Class::Context, 2) => {
                    let language =
                        |node: &Node| String::from_utf8_lossy(&node.bytes()).into_owned();
                    read.languages = element.inside().iter().map(language).collect();
                }
                Tag(Class::Context, 3) => read.records = bool::read(element).unwrap_or(false),
                _ => {}
            }
        }
        Some(read)
    }

    /// The answer's `otherInfo`: the charset by its place among [`charsets`](Self::charsets), or none of them; a
    /// language; whether records come in it.
    #[must_use]
    pub fn answer(&self, charset: Option<usize>, language: Option<&str>, records: bool) -> Node {
        let chosen = charset.and_then(|place| self.chosen.get(place)).cloned();
        let chosen = chosen.unwrap_or_else(|| Node::primitive(ctx(4), Bytes::new()));
        let mut response = vec![Node::constructed(ctx(1), vec![chosen])];
        response.extend(language.map(|code| Text::from(code).write(ctx(2))));
        response.push(records.write(ctx(3)));
        let response = Node::constructed(ctx(2), response);
        let external = single(oid::CHARSET_NEGOTIATION, response);
        other_info(&external)
    }
}

fn is(external: &External, oid: &'static [u8]) -> bool {
    external
        .direct
        .as_ref()
        .is_some_and(|direct| direct.0.as_ref() == oid)
}

fn charset_name(charset: &Node) -> Option<String> {
    match charset.tag {
        Tag(Class::Context, 2) => {
            let level = charset.inside().iter().find(|node| node.tag == ctx(2))?;
            (level.bytes().as_ref() == UTF_8).then(|| "UTF-8".to_owned())
        }
        // Private, and named in an EXTERNAL: how "iso-8859-1" travels.
        Tag(Class::Context, 3) => {
            let external = charset.inside().first()?;
            let mut texts = external.inside().iter();
            let octets = texts.find(|node| node.tag == ctx(1) || node.tag == ctx(0))?;
            Some(String::from_utf8_lossy(&octets.bytes()).into_owned())
        }
        _ => None,
    }
}
