//! Coded values. A code that the standard does not have is kept as `Other`.

use std::fmt;

macro_rules! coded {
    (
        $(#[$meta:meta])*
        $name:ident, $width:literal digits {
            $($(#[$variant_meta:meta])* $number:literal $variant:ident,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub enum $name {
            $(
                $(#[$variant_meta])*
                #[doc = concat!("(", stringify!($number), ")")]
                $variant,
            )*
            /// A number that the standard does not have.
            Other(u8),
        }

        impl $name {
            /// How many digits it has on the wire.
            pub const WIDTH: usize = $width;

            /// The value of this number.
            pub const fn from_number(number: u8) -> Self {
                match number {
                    $($number => $name::$variant,)*
                    other => $name::Other(other),
                }
            }

            /// Its number.
            pub const fn number(self) -> u8 {
                match self {
                    $($name::$variant => $number,)*
                    $name::Other(number) => number,
                }
            }

            /// Reads the digits; `None` when they are blank or no digits.
            pub fn parse(digits: &[u8]) -> Option<Self> {
                let number: u8 = std::str::from_utf8(digits).ok()?.trim().parse().ok()?;
                (usize::from(number) < 10usize.pow($width)).then(|| Self::from_number(number))
            }
        }

        impl fmt::Display for $name {
            /// The digits of the wire, zeros in front.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let number = usize::from(self.number()) % 10usize.pow($width);
                write!(f, "{number:0width$}", width = $width)
            }
        }
    };
}

coded! {
    /// Where an item stands in circulation, in an 18.
    ///
    /// *3M SIP2 2.00, "circulation status"*.
    CirculationStatus, 2 digits {
        /// None of the others, or unknown.
        #[default]
        1 OtherStatus,
        /// Ordered, not yet there.
        2 OnOrder,
        /// On the shelf.
        3 Available,
        /// On loan.
        4 Charged,
        /// On loan, and not to be recalled before its due date.
        5 ChargedNotToBeRecalled,
        /// Being catalogued or labelled.
        6 InProcess,
        /// Recalled.
        7 Recalled,
        /// Waiting on the hold shelf.
        8 OnHoldShelf,
        /// Waiting to be put back on the shelf.
        9 WaitingToBeReshelved,
        /// On its way between branches.
        10 InTransit,
        /// The patron says it was returned.
        11 ClaimedReturned,
        /// Lost.
        12 Lost,
        /// Not where it should be.
        13 Missing,
    }
}

coded! {
    /// What protects an item against theft, in an 18.
    ///
    /// *3M SIP2 2.00, "security marker"*.
    SecurityMarker, 2 digits {
        /// Something else.
        #[default]
        0 OtherMarker,
        /// Nothing.
        1 None,
        /// A 3M Tattle-Tape security strip.
        2 TattleTape,
        /// A 3M Whisper Tape.
        3 WhisperTape,
    }
}

coded! {
    /// What a fee is for: BT, and the fixed part of 18 and 37.
    ///
    /// *3M SIP2 2.00, "fee type"*.
    FeeType, 2 digits {
        /// Something else, or unknown.
        #[default]
        1 OtherFee,
        /// Administration.
        2 Administrative,
        /// Damage.
        3 Damage,
        /// An overdue loan.
        4 Overdue,
        /// Processing.
        5 Processing,
        /// A rental.
        6 Rental,
        /// Replacement of an item.
        7 Replacement,
        /// Use of a computer.
        8 ComputerAccess,
        /// A hold.
        9 Hold,
    }
}

coded! {
    /// How a fee was paid, in a 37.
    ///
    /// *3M SIP2 2.00, "payment type"*.
    PaymentType, 2 digits {
        /// Cash.
        #[default]
        0 Cash,
        /// VISA.
        1 Visa,
        /// Another credit card.
        2 CreditCard,
    }
}

coded! {
    /// What an item physically is, CK.
    ///
    /// *3M SIP2 2.00, "media type"*. A kiosk decides by it how to treat the item's security strip.
    MediaType, 3 digits {
        /// Something else.
        #[default]
        0 OtherMedia,
        /// Book.
        1 Book,
        /// Magazine.
        2 Magazine,
        /// Bound journal.
        3 BoundJournal,
        /// Audio tape.
        4 AudioTape,
        /// Video tape.
        5 VideoTape,
        /// CD or CD-ROM.
        6 Cd,
        /// Diskette.
        7 Diskette,
        /// Book with diskette.
        8 BookWithDiskette,
        /// Book with CD.
        9 BookWithCd,
        /// Book with audio tape.
        10 BookWithAudioTape,
    }
}

coded! {
    /// Which copies a hold is for, BY.
    ///
    /// *3M SIP2 2.00, "hold type"*.
    HoldType, 1 digits {
        /// Something else.
        #[default]
        1 OtherHold,
        /// Any copy of the title.
        2 AnyCopy,
        /// This very copy.
        3 SpecificCopy,
        /// Any copy at one branch.
        4 AnyCopyAtOneBranch,
    }
}

coded! {
    /// Why a returned item needs attention, CV in a 10.
    ///
    /// Not of the standard, but of every sorter.
    AlertType, 2 digits {
        /// No reason at all.
        #[default]
        0 Nothing,
        /// A hold, to be picked up here.
        1 HoldHere,
        /// A hold, to be picked up at another branch.
        2 HoldElsewhere,
        /// A hold for interlibrary loan.
        3 HoldForInterlibraryLoan,
        /// To be sent to another branch.
        4 SendToOtherBranch,
        /// Something else: put it in the exception bin.
        99 OtherAlert,
    }
}

coded! {
    /// How the terminal is, in a 99.
    ///
    /// *3M SIP2 2.00, "status code"*.
    StatusCode, 1 digits {
        /// It works.
        #[default]
        0 Ok,
        /// Its printer is out of paper.
        1 OutOfPaper,
        /// It is about to shut down.
        2 ShuttingDown,
    }
}

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
    fn numbers_come_back() {
        for number in 0..100 {
            assert_eq!(CirculationStatus::from_number(number).number(), number);
            assert_eq!(
                AlertType::parse(AlertType::from_number(number).to_string().as_bytes())
                    .map(AlertType::number),
                Some(number)
            );
        }
        assert_eq!(MediaType::BookWithCd.to_string(), "009");
        assert_eq!(HoldType::AnyCopy.to_string(), "2");
        assert_eq!(FeeType::parse(b"47"), Some(FeeType::Other(47)));
    }

    #[test]
    fn blank_and_strange_codes_are_none() {
        for bytes in ["  ", "", "x1", "-1", "123"] {
            assert_eq!(FeeType::parse(bytes.as_bytes()), None, "{bytes:?}");
        }
        assert_eq!(
            StatusCode::Other(250).to_string(),
            "0",
            "never wider than its place"
        );
    }

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
