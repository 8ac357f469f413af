//! Values that are letters, signs and places of a `Y`.

/// What a 15 is to do with a hold.
///
/// *3M SIP2 2.00, "hold mode"*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum HoldMode {
    /// `+`: place it.
    #[default]
    Add,
    /// `-`: delete it.
    Delete,
    /// `*`: change it.
    Change,
}

impl HoldMode {
    /// The mode of this sign; `None` for any other byte.
    pub const fn parse(sign: u8) -> Option<HoldMode> {
        match sign {
            b'+' => Some(HoldMode::Add),
            b'-' => Some(HoldMode::Delete),
            b'*' => Some(HoldMode::Change),
            _ => None,
        }
    }

    /// Its sign on the wire.
    pub const fn sign(self) -> u8 {
        match self {
            HoldMode::Add => b'+',
            HoldMode::Delete => b'-',
            HoldMode::Change => b'*',
        }
    }
}

/// `Y`, `N`, or `U` for "unknown" or "leave it".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum YesNoUnknown {
    /// `Y`.
    Yes,
    /// `N`.
    #[default]
    No,
    /// `U`.
    Unknown,
}

impl YesNoUnknown {
    /// Reads the letter; anything but `Y` and `N` is unknown.
    pub const fn parse(letter: u8) -> YesNoUnknown {
        match letter.to_ascii_uppercase() {
            b'Y' => YesNoUnknown::Yes,
            b'N' => YesNoUnknown::No,
            _ => YesNoUnknown::Unknown,
        }
    }

    /// Its letter on the wire.
    pub const fn letter(self) -> u8 {
        match self {
            YesNoUnknown::Yes => b'Y',
            YesNoUnknown::No => b'N',
            YesNoUnknown::Unknown => b'U',
        }
    }
}

impl From<bool> for YesNoUnknown {
    fn from(yes: bool) -> Self {
        if yes {
            YesNoUnknown::Yes
        } else {
            YesNoUnknown::No
        }
    }
}

/// The version of SIP that is spoken, in 98 and 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ProtocolVersion {
    /// `1.00`, of 1993: no fields beyond the basic ones.
    V1,
    /// `2.00`.
    #[default]
    V2,
}

impl ProtocolVersion {
    /// Reads the four characters: `1.00` when they begin with a 1, else `2.00`. In the field one
    /// meets `2.0E` and `02.0`, too.
    pub fn parse(bytes: &[u8]) -> ProtocolVersion {
        if bytes.trim_ascii_start().starts_with(b"1") {
            ProtocolVersion::V1
        } else {
            ProtocolVersion::V2
        }
    }

    /// The four characters of the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            ProtocolVersion::V1 => "1.00",
            ProtocolVersion::V2 => "2.00",
        }
    }
}

/// Which list a 63 asks for: the place of the one `Y` among ten characters.
///
/// *3M SIP2 2.00, "summary"*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Summary {
    /// 0: holds that wait for the patron, AS.
    HoldItems,
    /// 1: overdue loans, AT.
    OverdueItems,
    /// 2: loans, AU.
    ChargedItems,
    /// 3: fines, AV.
    FineItems,
    /// 4: recalled loans, BU.
    RecallItems,
    /// 5: holds that are not there yet, CD.
    UnavailableHolds,
}

impl Summary {
    /// How many characters there are.
    pub const WIDTH: usize = 10;

    /// The lists in the order of their places.
    pub const ORDER: [Summary; 6] = [
        Summary::HoldItems,
        Summary::OverdueItems,
        Summary::ChargedItems,
        Summary::FineItems,
        Summary::RecallItems,
        Summary::UnavailableHolds,
    ];

    /// Reads the ten characters. Of several `Y` the first counts, in whatever case; a `Y` at a
    /// place that has no list asks for none.
    pub fn parse(bytes: &[u8]) -> Option<Summary> {
        let places = Self::ORDER.into_iter().zip(bytes);
        places
            .into_iter()
            .find(|(_, letter)| letter.eq_ignore_ascii_case(&b'Y'))
            .map(|(summary, _)| summary)
    }

    /// The ten characters of the wire.
    pub fn to_bytes(summary: Option<Summary>) -> [u8; Self::WIDTH] {
        let mut bytes = [b' '; Self::WIDTH];
        for (byte, place) in bytes.iter_mut().zip(Self::ORDER) {
            if Some(place) == summary {
                *byte = b'Y';
            }
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_as_terminals_send_them() {
        assert_eq!(Summary::parse(b"  Y       "), Some(Summary::ChargedItems));
        assert_eq!(Summary::parse(b"  y       "), Some(Summary::ChargedItems));
        assert_eq!(Summary::parse(b" YY       "), Some(Summary::OverdueItems));
        assert_eq!(Summary::parse(b"      Y   "), None);
        assert_eq!(Summary::parse(b"          "), None);
        assert_eq!(Summary::parse(b"Y"), Some(Summary::HoldItems));
        for summary in Summary::ORDER {
            assert_eq!(
                Summary::parse(&Summary::to_bytes(Some(summary))),
                Some(summary)
            );
        }
        assert_eq!(&Summary::to_bytes(None), b"          ");
    }

    #[test]
    fn versions_as_terminals_send_them() {
        for bytes in ["2.00", "02.0", "2.0E", "", "    "] {
            assert_eq!(
                ProtocolVersion::parse(bytes.as_bytes()),
                ProtocolVersion::V2,
                "{bytes:?}"
            );
        }
        assert_eq!(ProtocolVersion::parse(b"1.00"), ProtocolVersion::V1);
    }
}
