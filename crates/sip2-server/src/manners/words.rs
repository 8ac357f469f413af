//! Settings that are one word of a few.

use circulation::Language;
use serde::{Deserialize, Serialize};
use sip2::{Charset, frame::Terminator};

macro_rules! words {
    ($($(#[$meta:meta])* $name:ident { $first_doc:literal $first:ident $first_word:literal, $($doc:literal $variant:ident $word:literal,)* })*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
            pub enum $name {
                #[doc = concat!("`", $first_word, "`: ", $first_doc)]
                #[default]
                #[serde(rename = $first_word)]
                $first,
                $(
                    #[doc = concat!("`", $word, "`: ", $doc)]
                    #[serde(rename = $word)]
                    $variant,
                )*
            }
        )*
    };
}

// The first of each is its default.
words! {
    /// A charset.
    CharsetName {
        "UTF-8." Utf8 "utf-8",
        "code page 850, that of DOS in western Europe." Cp850 "cp850",
        "ISO 8859-1." Latin1 "latin-1",
        "ASCII, accents written with their nearest letters." Ascii "ascii",
    }
    /// What ends an answer.
    LineEnd {
        "CR, as the standard says." Cr "cr",
        "CR and LF." CrLf "crlf",
    }
    /// What a 97 gets.
    Resend {
        "the last answer without AY, as the standard says." WithoutSequence "without_sequence",
        "the last answer byte for byte." Exact "exact",
    }
    /// Whether a client certificate must be shown. One that is shown must be bound to the terminal in any case.
    CertificateRule {
        "as it comes." Optional "optional",
        "no log-in without one." Required "required",
    }
    /// What people are spoken to in.
    Spoken {
        "French." French "fr",
        "English." English "en",
    }
    /// How a due date is written in AH.
    DueDate {
        "the standard's own form, `20261213    235959`." Sip "sip",
        "`13/12/2026`." DayMonthYear "dd/mm/yyyy",
        "`2026-12-13`." Iso "iso",
        "`20261213`." Digits "yyyymmdd",
    }
    /// What becomes of what a terminal says was done off-line.
    OffLine {
        "it has happened: it is taken over with its own date." Honour "honour",
        "it is decided as if it happened now, and may be refused." AsNow "as_now",
    }
    /// What a terminal is told of persons.
    Persons {
        "who it is, once the card is known." Always "always",
        "nothing personal and no lists without the right PIN." WithPin "with_pin",
        "nothing ever: BL and CQ, and an empty AE." Never "never",
    }
}

impl From<CharsetName> for Charset {
    fn from(name: CharsetName) -> Self {
        match name {
            CharsetName::Utf8 => Self::Utf8,
            CharsetName::Cp850 => Self::Cp850,
            CharsetName::Latin1 => Self::Latin1,
            CharsetName::Ascii => Self::Ascii,
        }
    }
}

impl From<LineEnd> for Terminator {
    fn from(end: LineEnd) -> Self {
        match end {
            LineEnd::Cr => Self::Cr,
            LineEnd::CrLf => Self::CrLf,
        }
    }
}

impl From<Spoken> for Language {
    fn from(spoken: Spoken) -> Self {
        match spoken {
            Spoken::French => Self::French,
            Spoken::English => Self::English,
        }
    }
}
