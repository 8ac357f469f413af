//! The types that elements are made of, and how a SEQUENCE gives its elements away.

use std::fmt;

use bytes::Bytes;

use crate::ber::{Node, Tag, ctx, uni};
use crate::error::{Error, What};

/// How the bytes of an InternationalString are read. MARC-8 and others come from elsewhere,
/// through [`Text::bytes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Charset {
    /// UTF-8; what is not becomes U+FFFD.
    #[default]
    Utf8,
    /// ISO 8859-1.
    Latin1,
}

/// An InternationalString as its bytes: which characters they are, Init negotiates.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Text(pub Bytes);

impl Text {
    /// The bytes as they came.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The characters.
    #[must_use]
    pub fn decode(&self, charset: Charset) -> String {
        match charset {
            Charset::Utf8 => String::from_utf8_lossy(&self.0).into_owned(),
            Charset::Latin1 => self.0.iter().map(|byte| char::from(*byte)).collect(),
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Bytes::copy_from_slice(text.as_bytes()))
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:?}", String::from_utf8_lossy(&self.0))
    }
}

/// An OBJECT IDENTIFIER in its contents octets; shown with dots.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Oid(pub Bytes);

impl Oid {
    /// Of one of the constants in [`crate::oid`], or any contents octets.
    #[must_use]
    pub const fn of(octets: &'static [u8]) -> Self {
        Self(Bytes::from_static(octets))
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut arc, mut first) = (0u128, true);
        for octet in &self.0 {
            arc = (arc & (u128::MAX >> 7)) << 7 | u128::from(octet & 0x7f);
            if octet & 0x80 == 0 {
                if first {
                    let root = (arc / 40).min(2);
                    write!(to, "{root}.{}", arc - root * 40)?;
                } else {
                    write!(to, ".{arc}")?;
                }
                (arc, first) = (0, false);
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, to)
    }
}

/// A BIT STRING, first bit first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bits(pub Vec<bool>);

impl Bits {
    /// Whether the bit is there and set.
    #[must_use]
    pub fn has(&self, bit: usize) -> bool {
        self.0.get(bit).copied().unwrap_or(false)
    }
}

/// A type of ASN.1 that stands under any implicit tag.
pub trait Value: Sized {
    /// Its tag when nothing else is said.
    const OWN: Tag;
    /// Reads the contents, whatever the tag.
    ///
    /// # Errors
    /// When the contents are not of this type.
    fn read(node: &Node) -> Result<Self, Error>;
    /// Writes under a tag.
    fn write(&self, tag: Tag) -> Node;
}

impl Value for Text {
    const OWN: Tag = uni(27);
    fn read(node: &Node) -> Result<Self, Error> {
        Ok(Self(node.bytes()))
    }
    fn write(&self, tag: Tag) -> Node {
        Node::primitive(tag, self.0.clone())
    }
}

impl Value for Bytes {
    const OWN: Tag = uni(4);
    fn read(node: &Node) -> Result<Self, Error> {
        Ok(node.bytes())
    }
    fn write(&self, tag: Tag) -> Node {
        Node::primitive(tag, self.clone())
    }
}

impl Value for Oid {
    const OWN: Tag = uni(6);
    fn read(node: &Node) -> Result<Self, Error> {
        Ok(Self(node.bytes()))
    }
    fn write(&self, tag: Tag) -> Node {
        Node::primitive(tag, self.0.clone())
    }
}

impl Value for i64 {
    const OWN: Tag = uni(2);
    fn read(node: &Node) -> Result<Self, Error> {
        let bytes = node.bytes();
        let Some(first) = bytes.first() else {
            return Err(Error::of(What::Type));
        };
        let sign: u8 = if first & 0x80 == 0 { 0 } else { 0xff };
        let mut number = if sign == 0 { 0 } else { -1i64 };
        for (place, octet) in bytes.iter().enumerate() {
            // Octets before the last eight may only repeat the sign.
            if bytes.len() - place > 8 && *octet != sign {
                return Err(Error::of(What::Type));
            }
            number = number << 8 | i64::from(*octet);
        }
        if (number < 0) != (sign != 0) {
            return Err(Error::of(What::Type));
        }
        Ok(number)
    }
    fn write(&self, tag: Tag) -> Node {
        let octets = self.to_be_bytes();
        let spare = octets
            .windows(2)
            .take_while(|pair| matches!(pair, [0, 0..=0x7f] | [0xff, 0x80..=0xff]))
            .count();
        Node::primitive(tag, octets.get(spare..).unwrap_or_default().to_vec())
    }
}

impl Value for bool {
    const OWN: Tag = uni(1);
    fn read(node: &Node) -> Result<Self, Error> {
        Ok(node.bytes().iter().any(|octet| *octet != 0))
    }
    // Any bit is true by BER; clients are met that compare with 1.
    fn write(&self, tag: Tag) -> Node {
        Node::primitive(tag, vec![u8::from(*self)])
    }
}

impl Value for Bits {
    const OWN: Tag = uni(3);
    fn read(node: &Node) -> Result<Self, Error> {
        let bytes = node.bytes();
        let Some((unused, octets)) = bytes.split_first() else {
            return Err(Error::of(What::Type));
        };
        let mut bits: Vec<bool> = octets
            .iter()
            .flat_map(|octet| (0..8).map(move |bit| octet & (0x80 >> bit) != 0))
            .collect();
        bits.truncate(bits.len().saturating_sub(usize::from(*unused & 7)));
        Ok(Self(bits))
    }
    fn write(&self, tag: Tag) -> Node {
        let octets = self.0.chunks(8).map(|bits| {
            bits.iter()
                .enumerate()
                .fold(0u8, |octet, (bit, set)| octet | u8::from(*set) << (7 - bit))
        });
        let unused = (8 - self.0.len() % 8) % 8;
        Node::primitive(
            tag,
            std::iter::once(unused as u8)
                .chain(octets)
                .collect::<Vec<u8>>(),
        )
    }
}

/// Anything: for elements that are carried and not understood.
impl Value for Node {
    const OWN: Tag = uni(0);
    fn read(node: &Node) -> Result<Self, Error> {
        Ok(node.clone())
    }
    fn write(&self, tag: Tag) -> Node {
        Node {
            tag,
            content: self.content.clone(),
        }
    }
}

impl<T: Value> Value for Vec<T> {
    const OWN: Tag = uni(16);
    fn read(node: &Node) -> Result<Self, Error> {
        node.inside().iter().map(T::read).collect()
    }
    fn write(&self, tag: Tag) -> Node {
        Node::constructed(tag, self.iter().map(|item| item.write(T::OWN)).collect())
    }
}

/// An element of a SEQUENCE: there, or perhaps there.
pub(crate) trait Element: Sized {
    fn take(from: &mut Vec<Node>, tag: Tag) -> Result<Self, Error>;
    fn put(&self, to: &mut Vec<Node>, tag: Tag);
}

impl<T: Value> Element for T {
    fn take(from: &mut Vec<Node>, tag: Tag) -> Result<Self, Error> {
        <Option<T> as Element>::take(from, tag)?.ok_or(Error::of(What::Missing))
    }
    fn put(&self, to: &mut Vec<Node>, tag: Tag) {
        to.push(self.write(tag));
    }
}

// By tag and not by place: peers send elements out of order, and all tags in a SEQUENCE differ.
impl<T: Value> Element for Option<T> {
    fn take(from: &mut Vec<Node>, tag: Tag) -> Result<Self, Error> {
        match from.iter().position(|node| node.tag == tag) {
            Some(place) => T::read(&from.remove(place)).map(Some),
            None => Ok(None),
        }
    }
    fn put(&self, to: &mut Vec<Node>, tag: Tag) {
        to.extend(self.iter().map(|value| value.write(tag)));
    }
}

/// A SEQUENCE as a struct: elements by tag, the unknown kept in `unknown`.
macro_rules! sequence {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $kind:ty = $tag:expr,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $($(#[$doc])* pub $field: $kind,)*
            /// Elements that this crate does not know, as they came.
            pub unknown: Vec<$crate::ber::Node>,
        }
        impl $crate::value::Value for $name {
            const OWN: $crate::ber::Tag = $crate::ber::uni(16);
            fn read(node: &$crate::ber::Node) -> Result<Self, $crate::error::Error> {
                let mut rest = node.inside().to_vec();
                Ok(Self {
                    $($field: $crate::value::Element::take(&mut rest, $tag)
                        .map_err(|error| error.within(stringify!($field)))?,)*
                    unknown: rest,
                })
            }
            fn write(&self, tag: $crate::ber::Tag) -> $crate::ber::Node {
                let mut inside = Vec::new();
                $($crate::value::Element::put(&self.$field, &mut inside, $tag);)*
                inside.extend(self.unknown.iter().cloned());
                $crate::ber::Node::constructed(tag, inside)
            }
        }
    };
}
pub(crate) use sequence;

sequence! {
    /// EXTERNAL (X.690 8.18): a value of a type that an object identifier names.
    External {
        /// What the value is.
        direct: Option<Oid> = uni(6),
        /// Negotiated presentation context; not used by Z39.50.
        indirect: Option<i64> = uni(2),
        /// For people.
        descriptor: Option<Text> = uni(7),
        /// A BER value inside: `single-ASN1-type`.
        single: Option<Node> = ctx(0),
        /// Bytes: `octet-aligned`, as MARC and XML come.
        octets: Option<Bytes> = ctx(1),
        /// Bits: `arbitrary`.
        arbitrary: Option<Bits> = ctx(2),
    }
}
