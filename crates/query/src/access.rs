//! What can be asked for: the access points, their names, and what lies behind each.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What the values of an access point are, and so what can be asked of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nature {
    /// Text: words, phrases, whole fields.
    Words,
    /// Codes, compared whole: a language, a branch.
    Exact,
    /// Whole numbers with an order.
    Number,
    /// A moment, as `2026-03-01` or with a time of day behind.
    Date,
    /// Numbers that name a thing, written in many ways: an ISBN with or without hyphens.
    Identifier,
}

macro_rules! access_points {
    ($($(#[$doc:meta])+ $variant:ident $name:literal $nature:ident;)+) => {
        /// Where to look. The number behind a name is Bib-1's use attribute that comes nearest.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum AccessPoint {
            $($(#[$doc])+ $variant,)+
        }

        impl AccessPoint {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Its name in the text form.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What its values are.
            pub const fn nature(self) -> Nature {
                match self { $(Self::$variant => Nature::$nature,)+ }
            }
        }
    };
}

access_points! {
    /// Anywhere in the record (1016).
    Any "any" Words;
    /// Any title: proper, uniform, parallel, of the series, of a part (4).
    Title "title" Words;
    /// The title that stands on the document (5 is the series; this is the first of 4).
    TitleProper "title-proper" Words;
    /// The title that gathers the editions of a work (6).
    UniformTitle "title-uniform" Words;
    /// Title of the series or of the set (5).
    Series "series" Words;
    /// The key title of a serial (33).
    KeyTitle "title-key" Words;
    /// Any name that made it (1003).
    Author "author" Words;
    /// A person (1, 1004).
    PersonalName "name-personal" Words;
    /// A body (2, 1005).
    CorporateName "name-corporate" Words;
    /// A meeting (3, 1006).
    ConferenceName "name-conference" Words;
    /// The statement of who made it, as it stands on the document; author in title.
    Responsibility "responsibility" Words;
    /// Any subject (21).
    Subject "subject" Words;
    /// What it is about: a topic.
    SubjectTopic "subject-topic" Words;
    /// A place that it is about (58).
    SubjectPlace "subject-place" Words;
    /// A person that it is about.
    SubjectPerson "subject-person" Words;
    /// A body that it is about.
    SubjectCorporate "subject-corporate" Words;
    /// A time that it is about.
    SubjectTime "subject-time" Words;
    /// Form or genre (1075).
    Genre "genre" Words;
    /// Who published it (1018).
    Publisher "publisher" Words;
    /// Where it was published (59).
    Place "place" Words;
    /// Notes, contents and summary (62, 63).
    Note "note" Words;
    /// On the spine (20, 53 and local shelf marks).
    CallNumber "callnumber" Words;
    /// Dewey class (13).
    Dewey "dewey" Exact;
    /// Language of the text, ISO 639-2 (54).
    Language "language" Exact;
    /// Country of publication, ISO 3166.
    Country "country" Exact;
    /// Document type of the network: LIV, DVD, … (1031, 1034).
    DocumentType "type" Exact;
    /// Whom it is for: adult or young (1036 in some profiles).
    Audience "audience" Exact;
    /// A branch that holds a copy (1033; 1044, code of the institution).
    Branch "branch" Exact;
    /// Year of publication (31).
    Year "year" Number;
    /// When the record last changed here (1012).
    Changed "changed" Date;
    /// Barcode of a copy (1028).
    Barcode "barcode" Identifier;
    /// ISBN of 10 or 13 digits (7).
    Isbn "isbn" Identifier;
    /// ISSN (8).
    Issn "issn" Identifier;
    /// EAN of a thing that is no book.
    Ean "ean" Identifier;
    /// Number that a publisher gave: music, films (51).
    PublisherNumber "publisher-number" Identifier;
    /// Any standard number: ISBN, ISSN, EAN, publisher's (1007).
    StandardNumber "stdid" Identifier;
    /// Control number of a source's record (12).
    ControlNumber "control-number" Identifier;
    /// Number at the national library: FRBNF…, or the ark (48, 1015 in some profiles).
    NationalNumber "bnf" Identifier;
    /// Number of the merged record in this network.
    Bib "bib" Number;
}

impl fmt::Display for AccessPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// There is nothing of that name to search in.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "there is no access point {0:?}; some that there are: any, title, author, subject, isbn, year, branch, type"
)]
pub struct UnknownAccessPoint(pub String);

impl FromStr for AccessPoint {
    type Err = UnknownAccessPoint;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let mut all = Self::ALL.iter().copied();
        all.find(|access| access.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownAccessPoint(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_read_back_and_stands_once() {
        for access in AccessPoint::ALL {
            assert_eq!(access.name().parse(), Ok(*access));
            assert_eq!(access.name().to_uppercase().parse(), Ok(*access));
        }
        let mut names: Vec<_> = AccessPoint::ALL
            .iter()
            .map(|access| access.name())
            .collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), AccessPoint::ALL.len());
        assert!("titel".parse::<AccessPoint>().is_err());
    }
}
