//! Values that are numbers of fixed width. A number that the standard does not have is kept as `Other`.

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
}
