use std::fmt;

/// The versions of SRU that are spoken. 1.0 was a draft of 1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// Library of Congress, 2004.
    V1_1,
    /// Library of Congress, 2007.
    V1_2,
    /// OASIS searchRetrieve 1.0, part 3, 2013.
    V2_0,
}

impl Version {
    /// The highest one: what a refusal of any other names (diagnostic 5).
    pub const HIGHEST: Self = Self::V2_0;

    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V1_1 => "1.1",
            Self::V1_2 => "1.2",
            Self::V2_0 => "2.0",
        }
    }

    /// From `1.1`, `1.2`, `2.0`.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::V1_1, Self::V1_2, Self::V2_0]
            .into_iter()
            .find(|version| version.as_str() == text)
    }

    /// The namespace of explain and searchRetrieve. Clients have them in their source, character
    /// by character.
    pub const fn namespace(self) -> &'static str {
        match self {
            Self::V1_1 | Self::V1_2 => "http://www.loc.gov/zing/srw/",
            Self::V2_0 => "http://docs.oasis-open.org/ns/search-ws/sruResponse",
        }
    }

    /// The namespace of scan: the same in 1.x, its own in 2.0.
    pub const fn scan_namespace(self) -> &'static str {
        match self {
            Self::V1_1 | Self::V1_2 => self.namespace(),
            Self::V2_0 => "http://docs.oasis-open.org/ns/search-ws/scan",
        }
    }

    /// The namespace of a diagnostic.
    pub const fn diagnostic_namespace(self) -> &'static str {
        match self {
            Self::V1_1 | Self::V1_2 => "http://www.loc.gov/zing/srw/diagnostic/",
            Self::V2_0 => "http://docs.oasis-open.org/ns/search-ws/diagnostic",
        }
    }

    pub(crate) const fn xcql(self) -> cql::xcql::Dialect {
        match self {
            Self::V1_1 | Self::V1_2 => cql::xcql::Dialect::Loc,
            Self::V2_0 => cql::xcql::Dialect::Oasis,
        }
    }

    pub(crate) const fn is_2(self) -> bool {
        matches!(self, Self::V2_0)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
