//! BER (X.690) as a tree: lenient reading within limits, definite lengths written.
//!
//! Reading takes indefinite lengths, lengths longer than needed and strings in pieces; peers send
//! all of these. What a tag means is not judged here.

use bytes::Bytes;

use crate::error::{Error, What};

/// What one PDU may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Levels of constructed values.
    pub depth: usize,
    /// Bytes of the whole PDU.
    pub size: usize,
    /// Values of every kind, counted together.
    pub count: usize,
}

impl Default for Limits {
    /// 100 levels, 4 MiB, 100,000 values.
    fn default() -> Self {
        Self {
            depth: 100,
            size: 4 << 20,
            count: 100_000,
        }
    }
}

/// The class of a tag (X.690 8.1.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Types of ASN.1 itself.
    Universal,
    /// Not used by Z39.50.
    Application,
    /// Nearly everything in Z39.50.
    Context,
    /// Not used by Z39.50.
    Private,
}

/// Class and number, without the constructed bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag(pub Class, pub u32);

/// A context-specific tag, as in `[102]`.
#[must_use]
pub const fn ctx(number: u32) -> Tag {
    Tag(Class::Context, number)
}

/// A universal tag, as 16 for SEQUENCE.
#[must_use]
pub const fn uni(number: u32) -> Tag {
    Tag(Class::Universal, number)
}

/// A value's contents: bytes, or further values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Contents octets as they came.
    Primitive(Bytes),
    /// The values inside, in order.
    Constructed(Vec<Node>),
}

/// One value with its tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Class and number.
    pub tag: Tag,
    /// What is inside.
    pub content: Content,
}

impl Node {
    /// A primitive value.
    #[must_use]
    pub fn primitive(tag: Tag, bytes: impl Into<Bytes>) -> Self {
        Self {
            tag,
            content: Content::Primitive(bytes.into()),
        }
    }

    /// A constructed value.
    #[must_use]
    pub fn constructed(tag: Tag, inside: Vec<Node>) -> Self {
        Self {
            tag,
            content: Content::Constructed(inside),
        }
    }

    /// The values inside; an empty slice for a primitive.
    #[must_use]
    pub fn inside(&self) -> &[Node] {
        match &self.content {
            Content::Primitive(_) => &[],
            Content::Constructed(inside) => inside,
        }
    }

    /// The bytes of a string, joined where it came in pieces (X.690 8.7.3).
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        match &self.content {
            Content::Primitive(bytes) => bytes.clone(),
            Content::Constructed(_) => {
                let mut joined = Vec::new();
                self.join(&mut joined);
                joined.into()
            }
        }
    }

    fn join(&self, to: &mut Vec<u8>) {
        match &self.content {
            Content::Primitive(bytes) => to.extend_from_slice(bytes),
            Content::Constructed(inside) => inside.iter().for_each(|node| node.join(to)),
        }
    }

    /// Writes the value with definite, minimal lengths.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut backwards = Vec::new();
        self.write_backwards(&mut backwards);
        backwards.reverse();
        backwards
    }

    // From the end to the start, so that every length is known when it is written.
    fn write_backwards(&self, out: &mut Vec<u8>) {
        let before = out.len();
        let constructed = match &self.content {
            Content::Primitive(bytes) => {
                out.extend(bytes.iter().rev());
                0
            }
            Content::Constructed(inside) => {
                inside
                    .iter()
                    .rev()
                    .for_each(|node| node.write_backwards(out));
                0x20
            }
        };
        let length = out.len() - before;
        if length < 0x80 {
            out.push(length as u8);
        } else {
            let octets = length.to_be_bytes();
            let minimal = octets.iter().skip_while(|octet| **octet == 0).count();
            out.extend(octets.iter().rev().take(minimal));
            out.push(0x80 | minimal as u8);
        }
        let class = (self.tag.0 as u8) << 6;
        if self.tag.1 < 31 {
            out.push(class | constructed | self.tag.1 as u8);
        } else {
            out.push((self.tag.1 & 0x7f) as u8);
            let mut rest = self.tag.1 >> 7;
            while rest > 0 {
                out.push((rest & 0x7f) as u8 | 0x80);
                rest >>= 7;
            }
            out.push(class | constructed | 31);
        }
    }
}

/// The identifier and length octets of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub tag: Tag,
    pub constructed: bool,
    /// `None`: indefinite.
    pub length: Option<usize>,
    /// Octets of the header itself.
    pub size: usize,
}

/// Reads a header; `None` when the bytes end inside it.
pub(crate) fn header(bytes: &[u8], offset: usize) -> Result<Option<Header>, Error> {
    let mut octets = bytes.iter().copied();
    let Some(first) = octets.next() else {
        return Ok(None);
    };
    let class = match first >> 6 {
        0 => Class::Universal,
        1 => Class::Application,
        2 => Class::Context,
        _ => Class::Private,
    };
    let (mut number, mut size) = (u32::from(first & 0x1f), 2);
    if number == 31 {
        number = 0;
        loop {
            let Some(octet) = octets.next() else {
                return Ok(None);
            };
            if number > u32::MAX >> 7 {
                return Err(Error::at(offset, What::Tag));
            }
            number = number << 7 | u32::from(octet & 0x7f);
            size += 1;
            if octet < 0x80 {
                break;
            }
            // A number padded with 0x80 octets would never end.
            if size > 8 {
                return Err(Error::at(offset, What::Tag));
            }
        }
    }
    let Some(octet) = octets.next() else {
        return Ok(None);
    };
    let constructed = first & 0x20 != 0;
    let length = match octet {
        0x80 if constructed => None,
        0x80 => return Err(Error::at(offset, What::Length)),
        short if short < 0x80 => Some(usize::from(short)),
        long => {
            let count = usize::from(long & 0x7f);
            if count > 16 {
                return Err(Error::at(offset, What::Length));
            }
            let mut length = 0usize;
            for _ in 0..count {
                let Some(octet) = octets.next() else {
                    return Ok(None);
                };
                if length > usize::MAX >> 8 {
                    return Err(Error::at(offset, What::TooLarge));
                }
                length = length << 8 | usize::from(octet);
                size += 1;
            }
            Some(length)
        }
    };
    let tag = Tag(class, number);
    Ok(Some(Header {
        tag,
        constructed,
        length,
        size,
    }))
}

/// Reads one value from the start of the bytes; gives it and the number of bytes that it took.
///
/// # Errors
/// When the bytes end inside the value, are not BER, or go past a limit.
pub fn decode(bytes: &Bytes, limits: Limits) -> Result<(Node, usize), Error> {
    if bytes.len() > limits.size {
        return Err(Error::at(0, What::TooLarge));
    }
    let mut reader = Reader {
        bytes,
        at: 0,
        values: limits.count,
    };
    let node = reader.node(bytes.len(), limits.depth)?;
    Ok((node, reader.at))
}

struct Reader<'a> {
    bytes: &'a Bytes,
    at: usize,
    values: usize,
}

impl Reader<'_> {
    fn header(&self, end: usize) -> Result<Header, Error> {
        let rest = self.bytes.get(self.at..end).unwrap_or_default();
        header(rest, self.at)?.ok_or(Error::at(self.at, What::Ended))
    }

    fn node(&mut self, end: usize, depth: usize) -> Result<Node, Error> {
        let start = self.at;
        self.values = self
            .values
            .checked_sub(1)
            .ok_or(Error::at(start, What::TooMany))?;
        let header = self.header(end)?;
        self.at += header.size;
        let inner_end = match header.length {
            Some(length) => self
                .at
                .checked_add(length)
                .filter(|inner| *inner <= end)
                .ok_or(Error::at(start, What::Ended))?,
            None => end,
        };
        if !header.constructed {
            let bytes = self.bytes.slice(self.at..inner_end);
            self.at = inner_end;
            return Ok(Node::primitive(header.tag, bytes));
        }
        let depth = depth
            .checked_sub(1)
            .ok_or(Error::at(start, What::TooDeep))?;
        let mut inside = Vec::new();
        loop {
            if header.length.is_some() {
                if self.at == inner_end {
                    break;
                }
            } else if self
                .bytes
                .get(self.at..inner_end)
                .is_some_and(|rest| rest.starts_with(&[0, 0]))
            {
                self.at += 2;
                break;
            }
            inside.push(self.node(inner_end, depth)?);
        }
        Ok(Node::constructed(header.tag, inside))
    }
}
