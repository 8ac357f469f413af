use std::fmt;

use super::Tag;

/// The one character that names a subfield.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub u8);

impl From<u8> for Code {
    fn from(byte: u8) -> Self {
        Self(byte)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.escape_ascii())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${self}")
    }
}

/// The two characters before the subfields. Blank is a space; `|` and `#` of real files are kept.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Indicators(pub [u8; 2]);

impl Indicators {
    /// Two spaces.
    pub const BLANK: Self = Self(*b"  ");

    /// The first one.
    pub const fn first(self) -> u8 {
        self.0[0]
    }

    /// The second one.
    pub const fn second(self) -> u8 {
        self.0[1]
    }
}

impl From<&[u8; 2]> for Indicators {
    fn from(bytes: &[u8; 2]) -> Self {
        Self(*bytes)
    }
}

impl fmt::Display for Indicators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.escape_ascii())
    }
}

impl fmt::Debug for Indicators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

/// `00X`: a value and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ControlField<T = String> {
    /// Its name.
    pub tag: Tag,
    /// All of it.
    pub value: T,
}

/// One piece of a data field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Subfield<T = String> {
    /// Its name.
    pub code: Code,
    /// What it says.
    pub value: T,
}

/// Indicators and subfields, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DataField<T = String> {
    /// Its name.
    pub tag: Tag,
    /// What the two characters mean depends on the tag.
    pub indicators: Indicators,
    /// Order and repetitions count.
    pub subfields: Vec<Subfield<T>>,
}

impl<T> DataField<T> {
    /// A field without subfields yet.
    pub fn new(tag: impl Into<Tag>, indicators: impl Into<Indicators>) -> Self {
        Self {
            tag: tag.into(),
            indicators: indicators.into(),
            subfields: Vec::new(),
        }
    }

    /// The field with one more subfield at its end.
    #[must_use]
    pub fn with(mut self, code: impl Into<Code>, value: impl Into<T>) -> Self {
        self.push(code, value);
        self
    }

    /// Adds a subfield at the end.
    pub fn push(&mut self, code: impl Into<Code>, value: impl Into<T>) {
        self.subfields.push(Subfield {
            code: code.into(),
            value: value.into(),
        });
    }

    /// The first subfield of that code.
    pub fn first(&self, code: impl Into<Code>) -> Option<&T> {
        self.all(code).next()
    }

    /// Every subfield of that code.
    pub fn all(&self, code: impl Into<Code>) -> impl Iterator<Item = &T> {
        let code = code.into();
        self.subfields
            .iter()
            .filter(move |subfield| subfield.code == code)
            .map(|subfield| &subfield.value)
    }
}

/// A field of either kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Field<T = String> {
    /// `00X`.
    Control(ControlField<T>),
    /// All others.
    Data(DataField<T>),
}

impl<T> Field<T> {
    /// Its name.
    pub const fn tag(&self) -> Tag {
        match self {
            Self::Control(field) => field.tag,
            Self::Data(field) => field.tag,
        }
    }

    /// If it is a data field.
    pub const fn as_data(&self) -> Option<&DataField<T>> {
        match self {
            Self::Data(field) => Some(field),
            Self::Control(_) => None,
        }
    }

    /// If it is a control field.
    pub const fn as_control(&self) -> Option<&ControlField<T>> {
        match self {
            Self::Control(field) => Some(field),
            Self::Data(_) => None,
        }
    }
}
