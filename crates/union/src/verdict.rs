//! What comparing comes to, and why.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Whether two records describe one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They do.
    Same(Why),
    /// A person has to look.
    Doubtful {
        /// How near: 0 to 1000.
        score: u16,
        /// What speaks for and against.
        why: Vec<Why>,
    },
    /// They do not.
    Different(Why),
}

macro_rules! whys {
    ($($(#[$doc:meta])* $name:ident $code:literal $english:literal $french:literal;)*) => {
        /// What speaks for or against two records being one document.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Why {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl Why {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// For work lists: French.
            pub const fn french(self) -> &'static str {
                match self { $(Self::$name => $french,)* }
            }

            /// For work lists: English.
            pub const fn english(self) -> &'static str {
                match self { $(Self::$name => $english,)* }
            }
        }
    };
}

whys! {
    /// One number of the BnF.
    Bnf "bnf" "same BnF number" "même numéro BnF";
    /// One ISBN.
    Isbn "isbn" "same ISBN" "même ISBN";
    /// One ISBN but for its check digit.
    IsbnDigit "isbn-digit" "same ISBN but for a wrong check digit" "même ISBN, à une clé de contrôle fausse près";
    /// One EAN.
    Ean "ean" "same barcode of trade (EAN)" "même code-barres commercial (EAN)";
    /// One ISSN.
    Issn "issn" "same ISSN" "même ISSN";
    /// One commercial number.
    Commercial "071" "same commercial number" "même référence commerciale";
    /// Title, people, year, publisher and size together.
    Description "description" "same description" "même description";
    /// One title.
    Title "title" "same title" "même titre";
    /// Nearly one title.
    TitleNear "title-near" "nearly the same title" "titre presque identique";
    /// The people agree.
    People "people" "same people" "mêmes auteurs";
    /// The years agree.
    Year "year" "same year" "même année";
    /// The years are next to each other.
    YearNear "year-near" "years next to each other" "années voisines";
    /// The publishers agree.
    Publisher "publisher" "same publisher" "même éditeur";
    /// The size agrees.
    Size "size" "same size" "même étendue";
    /// One is a book, the other a film, and the like.
    OtherKind "other-kind" "another kind of document" "autre type de document";
    /// The volume numbers differ.
    OtherVolume "other-volume" "another volume" "autre tome";
    /// One has a volume number, the other none.
    VolumeMissing "volume-missing" "a volume number on one side only" "un numéro de tome d'un seul côté";
    /// Both have a number, and none is the same.
    OtherNumber "other-number" "another ISBN, EAN or ISSN" "autre ISBN, EAN ou ISSN";
    /// The titles differ.
    OtherTitle "other-title" "another title" "autre titre";
    /// The subtitles differ.
    OtherSubtitle "other-subtitle" "another subtitle" "autre sous-titre";
    /// The people differ.
    OtherPeople "other-people" "other people" "autres auteurs";
    /// The years differ by more than one.
    OtherYear "other-year" "another year" "autre année";
    /// The publishers differ.
    OtherPublisher "other-publisher" "another publisher" "autre éditeur";
    /// Number of pages, discs or minutes differ.
    OtherSize "other-size" "another size" "autre étendue";
    /// DVD or Blu-ray, CD or vinyl, another console.
    OtherCarrier "other-carrier" "on another carrier" "autre support";
    /// The languages differ.
    OtherLanguage "other-language" "another language" "autre langue";
    /// There is too little to go by.
    TooLittle "too-little" "too little to go by" "trop peu d'éléments";
    /// Several documents fit as well.
    Several "several" "several documents fit" "plusieurs documents conviennent";
    /// It is another document than one of the bib's records.
    Conflict "conflict" "at odds with another record of the same bib" "en contradiction avec une autre notice du même document";
}

/// English.
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.english())
    }
}
