use std::fmt;

use serde::{Deserialize, Serialize};

/// A ground for or against two records being one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// One number of the National Library.
    SameBnf,
    /// One ISBN, and titles that do not gainsay it.
    SameIsbn,
    /// One EAN.
    SameEan,
    /// One ISSN.
    SameIssn,
    /// Title, author, publisher, year and extent agree.
    SameDescription,
    /// One number, but the titles have nothing in common.
    TitlesApart,
    /// One is a volume, and the other does not say which.
    VolumeUnsaid,
    /// It was issued more than once, and one does not say which issue it is.
    IssueUnsaid,
    /// Two volumes of one work.
    OtherVolume,
    /// Two kinds of thing: a book and its reading.
    OtherKind,
    /// Two carriers: DVD and Blu-ray.
    OtherCarrier,
    /// Two right ISBNs.
    OtherIsbn,
    /// Two EANs.
    OtherEan,
    /// Two ISSNs.
    OtherIssn,
    /// Two titles.
    OtherTitle,
    /// Two titles of a part.
    OtherPart,
    /// Other people made it.
    OtherAuthor,
    /// Another publisher.
    OtherPublisher,
    /// Another year.
    OtherYear,
    /// Another number of pages or discs.
    OtherExtent,
    /// Too little is said to be sure.
    LittleSaid,
    /// It fits several documents that are not one.
    SeveralFit,
}

impl Why {
    /// In French, for a work list.
    pub const fn french(self) -> &'static str {
        match self {
            Self::SameBnf => "même numéro BnF",
            Self::SameIsbn => "même ISBN",
            Self::SameEan => "même EAN",
            Self::SameIssn => "même ISSN",
            Self::SameDescription => "titre, auteur, éditeur, année et pagination concordent",
            Self::TitlesApart => "même numéro, mais titres sans rapport",
            Self::VolumeUnsaid => "l'un est un volume, l'autre ne dit pas lequel",
            Self::IssueUnsaid => "plusieurs éditions possibles, l'une n'a pas d'EAN",
            Self::OtherVolume => "volumes différents",
            Self::OtherKind => "types de document différents",
            Self::OtherCarrier => "supports différents",
            Self::OtherIsbn => "ISBN différents",
            Self::OtherEan => "EAN différents",
            Self::OtherIssn => "ISSN différents",
            Self::OtherTitle => "titres différents",
            Self::OtherPart => "titres de partie différents",
            Self::OtherAuthor => "auteurs différents",
            Self::OtherPublisher => "éditeurs différents",
            Self::OtherYear => "années différentes",
            Self::OtherExtent => "pagination différente",
            Self::LittleSaid => "trop peu d'indications",
            Self::SeveralFit => "convient à plusieurs notices distinctes",
        }
    }

    /// In English.
    pub const fn english(self) -> &'static str {
        match self {
            Self::SameBnf => "same BnF number",
            Self::SameIsbn => "same ISBN",
            Self::SameEan => "same EAN",
            Self::SameIssn => "same ISSN",
            Self::SameDescription => "title, author, publisher, year and extent agree",
            Self::TitlesApart => "same number, but titles that have nothing in common",
            Self::VolumeUnsaid => "one is a volume, the other does not say which",
            Self::IssueUnsaid => "several issues are possible, and one has no EAN",
            Self::OtherVolume => "different volumes",
            Self::OtherKind => "different kinds of document",
            Self::OtherCarrier => "different carriers",
            Self::OtherIsbn => "different ISBNs",
            Self::OtherEan => "different EANs",
            Self::OtherIssn => "different ISSNs",
            Self::OtherTitle => "different titles",
            Self::OtherPart => "different titles of the part",
            Self::OtherAuthor => "different authors",
            Self::OtherPublisher => "different publishers",
            Self::OtherYear => "different years",
            Self::OtherExtent => "different extent",
            Self::LittleSaid => "too little is said",
            Self::SeveralFit => "fits several records that are not one",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.english())
    }
}
