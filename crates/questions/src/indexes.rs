//! The table of what can be asked for: Bib-1's use attributes and the indexes of CQL, beside our own access points.

use query::{AccessPoint, SortBy};

/// One access point under the names that other systems have for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Index {
    /// Ours.
    pub access: AccessPoint,
    /// Bib-1 use attributes (ATR.3); the first is the nearest.
    pub uses: &'static [i64],
    /// Names in CQL, as `set.name`; the first is the one to show.
    pub names: &'static [&'static str],
    /// For a person, in French.
    pub title_fr: &'static str,
    /// For a person, in English.
    pub title_en: &'static str,
    /// Whether there is a list of terms to look through.
    pub scan: bool,
    /// What a sort by it goes by.
    pub sort: Option<SortBy>,
}

macro_rules! indexes {
    ($($access:ident [$($use:literal)*] [$($name:literal)*] $fr:literal $en:literal $scan:literal $sort:expr;)+) => {
        /// Every access point that can be asked for from outside. Readers' data is behind none of them.
        pub const INDEXES: &[Index] = &[$(Index {
            access: AccessPoint::$access,
            uses: &[$($use),*],
            names: &[$($name),*],
            title_fr: $fr,
            title_en: $en,
            scan: $scan,
            sort: $sort,
        },)+];
    };
}

const NO: Option<SortBy> = None;

// 1097 and what follows are Bib-1's names for Dublin Core; 1033 is what library systems send for the branch. Names
// without a registered context set are under `relire`.
indexes! {
    Any [1016 1017 1035 1036 1010 1000] ["cql.serverChoice" "cql.anywhere" "cql.anyIndexes" "cql.allIndexes" "cql.keywords" "bath.any" "dc.any" "relire.any"] "Tout" "Anywhere" true NO;
    Title [4 36 41 42 1097] ["dc.title" "bib.title" "bath.title" "cql.title" "title" "relire.title"] "Titre" "Title" true Some(SortBy::Title);
    TitleProper [34 35 37 38 39 40 43 44] ["bib.titleMain" "bib.titleProper" "relire.title-proper"] "Titre propre" "Title proper" true Some(SortBy::Title);
    UniformTitle [6] ["bib.titleUniform" "bath.uniformTitle" "relire.title-uniform"] "Titre uniforme" "Uniform title" true NO;
    Series [5] ["bib.titleSeries" "bath.seriesTitle" "relire.series"] "Collection" "Series" true NO;
    KeyTitle [33] ["bib.titleKey" "bath.keyTitle" "relire.title-key"] "Titre clé" "Key title" true NO;
    Author [1003 1002 1020 1098 1106] ["dc.creator" "dc.contributor" "dc.author" "bath.author" "bath.name" "bib.name" "cql.author" "author" "creator" "relire.author"] "Auteur" "Author" true Some(SortBy::Author);
    PersonalName [1 1004] ["bib.namePersonal" "bath.personalName" "relire.name-personal"] "Personne" "Personal name" true NO;
    CorporateName [2 1005] ["bib.nameCorporate" "bath.corporateName" "relire.name-corporate"] "Collectivité" "Corporate name" true NO;
    ConferenceName [3 1006] ["bib.nameConference" "bath.conferenceName" "relire.name-conference"] "Congrès" "Conference" true NO;
    Responsibility [] ["relire.responsibility"] "Mention de responsabilité" "Statement of responsibility" true NO;
    Subject [21 22 23 24 25 26 27 28 29 45 46 47 1008 1099] ["dc.subject" "bib.subject" "bath.subject" "subject" "relire.subject"] "Sujet" "Subject" true NO;
    SubjectTopic [1079] ["bath.topicalSubject" "bib.subjectTopic" "relire.subject-topic"] "Sujet : nom commun" "Subject: topic" true NO;
    SubjectPlace [58 1110] ["bib.subjectPlace" "dc.coverage" "bath.geographicName" "relire.subject-place"] "Sujet : lieu" "Subject: place" true NO;
    SubjectPerson [1009] ["bib.subjectName" "relire.subject-person"] "Sujet : personne" "Subject: person" true NO;
    SubjectCorporate [] ["relire.subject-corporate"] "Sujet : collectivité" "Subject: corporate body" true NO;
    SubjectTime [] ["bib.subjectTemporal" "relire.subject-time"] "Sujet : période" "Subject: time" true NO;
    Genre [1075] ["bib.genre" "bath.genreForm" "relire.genre"] "Genre" "Genre or form" true NO;
    Publisher [1018 1101] ["dc.publisher" "bib.publisher" "bath.publisher" "publisher" "relire.publisher"] "Éditeur" "Publisher" true NO;
    Place [59] ["bib.originPlace" "relire.place"] "Lieu de publication" "Place of publication" true NO;
    Note [63 62 1100] ["dc.description" "bath.notes" "relire.note"] "Notes et résumé" "Notes and summary" true NO;
    CallNumber [20 53 16] ["bath.callNumber" "relire.callnumber"] "Cote" "Call number" true NO;
    Dewey [13] ["bib.classification" "relire.dewey"] "Indice Dewey" "Dewey class" true NO;
    Language [54 1105] ["dc.language" "bath.language" "relire.language"] "Langue" "Language" true NO;
    Country [] ["bib.originCountry" "relire.country"] "Pays" "Country" true NO;
    DocumentType [1031 1034 1001 1103 1107] ["dc.type" "dc.format" "bath.format" "bath.resourceType" "relire.type"] "Type de document" "Document type" true NO;
    Audience [] ["bib.audience" "relire.audience"] "Public" "Audience" true NO;
    Branch [1033 1044 56] ["bath.possessingInstitution" "rec.collectionName" "relire.branch"] "Bibliothèque" "Branch" true NO;
    Year [31 30 1102] ["dc.date" "bib.dateIssued" "bath.publicationDate" "dc.year" "date" "relire.year"] "Année" "Year" true Some(SortBy::Year);
    Changed [1012 1011] ["rec.lastModificationDate" "rec.creationDate" "relire.changed"] "Modifié le" "Changed" false Some(SortBy::Changed);
    Barcode [1028] ["bath.barcode" "relire.barcode"] "Code-barres d'exemplaire" "Barcode of a copy" false NO;
    Isbn [7] ["bath.isbn" "bib.isbn" "isbn" "relire.isbn"] "ISBN" "ISBN" true NO;
    Issn [8] ["bath.issn" "bib.issn" "issn" "relire.issn"] "ISSN" "ISSN" true NO;
    Ean [] ["relire.ean"] "EAN" "EAN" true NO;
    PublisherNumber [51] ["bath.musicPublisherNumber" "relire.publisher-number"] "Numéro d'éditeur" "Publisher's number" true NO;
    StandardNumber [1007 1211 1104] ["bath.standardIdentifier" "dc.identifier" "bib.identifier" "relire.stdid"] "Identifiant normalisé" "Standard identifier" false NO;
    ControlNumber [12] ["rec.identifier" "bath.localNumber" "relire.control-number"] "Numéro de notice d'origine" "Control number" true NO;
    NationalNumber [48] ["bath.nationalBibliographyNumber" "relire.bnf"] "Numéro BnF" "National number" true NO;
    Bib [1032] ["relire.bib"] "Numéro de notice" "Record number" false Some(SortBy::Bib);
}

/// The index of a Bib-1 use attribute.
pub fn by_use(number: i64) -> Option<&'static Index> {
    INDEXES.iter().find(|index| index.uses.contains(&number))
}

/// The index of a name in CQL, capitals aside. Without a set it may be any of the sets that have such a name, in the order of
/// the table.
pub fn by_name(set: Option<&str>, name: &str) -> Option<&'static Index> {
    let same = |own: &str| {
        let (own_set, own_name) = own
            .split_once('.')
            .map_or((None, own), |(set, name)| (Some(set), name));
        own_name.eq_ignore_ascii_case(name)
            && match (set, own_set) {
                (None, _) => true,
                (Some(set), Some(own)) => set.eq_ignore_ascii_case(own),
                (Some(_), None) => false,
            }
    };
    INDEXES
        .iter()
        .find(|index| index.names.iter().any(|own| same(own)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_access_point_number_and_name_stands_once() {
        let rows: BTreeSet<_> = INDEXES.iter().map(|index| index.access).collect();
        assert_eq!(rows, AccessPoint::ALL.iter().copied().collect());
        assert_eq!(rows.len(), INDEXES.len());
        let mut seen = BTreeSet::new();
        for index in INDEXES {
            assert!(
                index
                    .uses
                    .iter()
                    .all(|number| seen.insert(number.to_string()))
            );
            assert!(
                index
                    .names
                    .iter()
                    .all(|name| seen.insert(name.to_lowercase()))
            );
            assert!(
                index
                    .names
                    .contains(&format!("relire.{}", index.access).as_str())
                    || index.access == AccessPoint::Any
            );
        }
    }

    #[test]
    fn what_clients_send_is_known() {
        let sent = [
            1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 16, 20, 21, 30, 31, 33, 47, 51, 54, 58, 59, 62, 63,
            1002, 1003, 1004, 1005, 1006, 1007, 1011, 1012, 1016, 1018, 1020, 1028, 1031, 1032,
            1033, 1035, 1036, 1044, 1075, 1079, 1097, 1211,
        ];
        assert!(sent.iter().all(|number| by_use(*number).is_some()));
        assert_eq!(by_use(9999), None);
        assert_eq!(by_name(Some("DC"), "TITLE"), by_use(4));
        assert_eq!(by_name(None, "isbn"), by_use(7));
        assert_eq!(by_name(Some("dc"), "isbn"), None);
    }
}
