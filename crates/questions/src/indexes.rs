//! The table of indexes: what can be asked for, under which number and under which names.

use query::AccessPoint as A;

/// An access point as both languages know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Index {
    /// Where it looks.
    pub access: A,
    /// Bib-1 use attributes, the best one first. Empty: asked for by name only.
    pub uses: &'static [i64],
    /// CQL names with their context set, the one to show first.
    pub names: &'static [&'static str],
    /// Its title for a reader.
    pub title_fr: &'static str,
    /// The same in English.
    pub title_en: &'static str,
    /// Whether there is a list of its terms to look through.
    pub scan: bool,
}

impl Index {
    /// The index of an access point. Every access point has one.
    pub fn of(access: A) -> Option<&'static Self> {
        INDEXES.iter().find(|index| index.access == access)
    }

    /// The index behind a Bib-1 use attribute.
    ///
    /// ```
    /// use relire_questions::Index;
    /// assert_eq!(Index::by_use(1003).map(|index| index.title_fr), Some("Auteur"));
    /// assert_eq!(Index::by_use(9999), None);
    /// ```
    pub fn by_use(number: i64) -> Option<&'static Self> {
        INDEXES.iter().find(|index| index.uses.contains(&number))
    }

    /// The index behind a name of a context set, in whatever case. Without a set the network's own
    /// names come first, then any set that has the name.
    ///
    /// ```
    /// use query::AccessPoint;
    /// use relire_questions::Index;
    /// let access = |set, base| Index::by_name(set, base).map(|index| index.access);
    /// assert_eq!(access(Some("dc"), "Creator"), Some(AccessPoint::Author));
    /// assert_eq!(access(None, "isbn"), Some(AccessPoint::Isbn));
    /// assert_eq!(access(Some("dc"), "isbn"), None);
    /// ```
    pub fn by_name(set: Option<&str>, base: &str) -> Option<&'static Self> {
        let named = |set: &str| INDEXES.iter().find(|index| index.is_named(Some(set), base));
        match set {
            Some(set) => named(set),
            None => named("relire").or_else(|| INDEXES.iter().find(|i| i.is_named(None, base))),
        }
    }

    fn is_named(&self, set: Option<&str>, base: &str) -> bool {
        self.names.iter().any(|name| {
            name.split_once('.').is_some_and(|(own, rest)| {
                rest.eq_ignore_ascii_case(base)
                    && set.is_none_or(|set| own.eq_ignore_ascii_case(set))
            })
        })
    }
}

macro_rules! indexes {
    ($($access:ident [$($number:literal)*] $french:literal $english:literal $scan:literal: $($name:literal)+;)+) => {
        /// Every index. Numbers after the first are near enough that an answer is better than a
        /// refusal: a client sees a wrong diagnostic as «nothing found».
        pub const INDEXES: &[Index] = &[$(Index {
            access: A::$access,
            uses: &[$($number),*],
            names: &[$($name),+],
            title_fr: $french,
            title_en: $english,
            scan: $scan,
        }),+];
    };
}

#[rustfmt::skip]
indexes! {
    Any [1016 1017 1035 1036 1010] "Partout" "Anywhere" true:
        "cql.serverChoice" "cql.anywhere" "cql.anyIndexes" "cql.allIndexes" "cql.keywords" "bath.any" "bib.anywhere" "relire.any";
    Title [4 35 36 37 38 39 40 41 42 43 44 1097] "Titre" "Title" true:
        "dc.title" "bath.title" "bib.title" "relire.title";
    TitleProper [] "Titre propre" "Title proper" true:
        "relire.title-proper" "bib.titleProper";
    UniformTitle [6 34] "Titre uniforme" "Uniform title" true:
        "bath.uniformTitle" "bib.titleUniform" "relire.title-uniform";
    Series [5] "Collection ou série" "Series" true:
        "bib.titleSeries" "bath.seriesTitle" "relire.series";
    KeyTitle [33] "Titre clé" "Key title" true:
        "bath.keyTitle" "bib.titleKey" "relire.title-key";
    Author [1003 1002 1020 1098 1106] "Auteur" "Author" true:
        "dc.creator" "dc.contributor" "dc.author" "dc.editor" "bath.author" "bath.name" "bib.author" "bib.name" "relire.author";
    PersonalName [1004 1] "Personne" "Person" true:
        "bath.personalAuthor" "bath.personalName" "bib.namePersonal" "relire.name-personal";
    CorporateName [1005 2] "Collectivité" "Corporate body" true:
        "bath.corporateAuthor" "bath.corporateName" "bib.nameCorporate" "relire.name-corporate";
    ConferenceName [1006 3] "Congrès" "Conference" true:
        "bath.conferenceAuthor" "bath.conferenceName" "bib.nameConference" "relire.name-conference";
    Responsibility [] "Mention de responsabilité" "Statement of responsibility" true:
        "relire.responsibility";
    Subject [21 47 1099] "Sujet" "Subject" true:
        "dc.subject" "bath.subject" "bib.subject" "relire.subject";
    SubjectTopic [1079] "Sujet : thème" "Topical subject" true:
        "bath.topicalSubject" "bib.subjectTopic" "relire.subject-topic";
    SubjectPlace [58] "Sujet : lieu" "Place as subject" true:
        "bath.geographicName" "bib.subjectPlace" "dc.coverage" "relire.subject-place";
    SubjectPerson [1009] "Sujet : personne" "Person as subject" true:
        "bib.subjectName" "relire.subject-person";
    SubjectCorporate [] "Sujet : collectivité" "Corporate body as subject" true:
        "relire.subject-corporate";
    SubjectTime [] "Sujet : époque" "Period as subject" true:
        "bib.subjectTime" "relire.subject-time";
    Genre [1075] "Genre ou forme" "Genre or form" true:
        "bib.genre" "bath.genreForm" "relire.genre";
    Publisher [1018 1101] "Éditeur" "Publisher" true:
        "dc.publisher" "bath.publisher" "bib.publisher" "relire.publisher";
    Place [59] "Lieu de publication" "Place of publication" true:
        "bib.originPlace" "relire.place";
    Note [63 62 1100] "Note, résumé, sommaire" "Note, summary, contents" true:
        "dc.description" "bath.notes" "bib.note" "relire.note";
    CallNumber [53 20 16] "Cote" "Call number" true:
        "bib.callNumber" "bath.callNumber" "bib.cote" "relire.callnumber";
    Dewey [13] "Indice Dewey" "Dewey class" true:
        "bib.dewey" "bib.classification" "relire.dewey";
    Language [54 1105] "Langue" "Language" true:
        "dc.language" "bib.language" "relire.language";
    Country [] "Pays de publication" "Country of publication" true:
        "bib.country" "relire.country";
    DocumentType [1031 1034 1103 1107] "Type de document" "Document type" true:
        "dc.type" "dc.format" "dc.resourceType" "bib.doctype" "relire.type";
    Audience [] "Public" "Audience" true:
        "bib.audience" "relire.audience";
    Branch [1033 1044 56] "Bibliothèque" "Branch" true:
        "bath.possessingInstitution" "relire.branch";
    Year [31 30 1102] "Année de publication" "Year of publication" true:
        "dc.date" "bib.dateIssued" "bib.publicationDate" "relire.year";
    Changed [1012 1011] "Dernière modification" "Last change" false:
        "rec.lastModificationDate" "rec.lastModifiedDate" "rec.creationDate" "relire.changed";
    Barcode [1028] "Code-barres" "Barcode" true:
        "relire.barcode";
    Isbn [7] "ISBN" "ISBN" true:
        "bath.isbn" "bib.isbn" "relire.isbn";
    Issn [8] "ISSN" "ISSN" true:
        "bath.issn" "bib.issn" "relire.issn";
    Ean [] "EAN" "EAN" true:
        "bib.ean" "relire.ean";
    PublisherNumber [51] "Numéro d’éditeur" "Publisher number" true:
        "relire.publisher-number";
    StandardNumber [1007 1104] "Numéro normalisé" "Standard number" false:
        "dc.identifier" "dc.resourceIdentifier" "bath.standardIdentifier" "relire.stdid";
    ControlNumber [12 1211] "Numéro de la notice source" "Control number" true:
        "bath.remoteSystemRecordNumber" "bib.recordId" "relire.control-number";
    NationalNumber [48 1015] "Numéro BnF" "National number" true:
        "bib.persistentId" "relire.bnf";
    Bib [1032] "Numéro de la notice" "Record number" false:
        "rec.identifier" "relire.bib";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_access_point_has_one_index_and_its_own_name() {
        for access in A::ALL {
            let own = format!("relire.{}", access.name());
            let index = Index::of(*access).unwrap();
            assert!(index.names.contains(&own.as_str()), "{own}");
        }
        assert_eq!(INDEXES.len(), A::ALL.len());
    }

    #[test]
    fn numbers_and_names_stand_once() {
        let numbers: Vec<_> = INDEXES.iter().flat_map(|index| index.uses).collect();
        let names = INDEXES.iter().flat_map(|index| index.names);
        let names: Vec<_> = names.map(|name| name.to_ascii_lowercase()).collect();
        assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len());
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }

    #[test]
    fn what_clients_are_known_to_send_is_there() {
        let sent = [
            1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 16, 20, 21, 30, 31, 33, 47, 51, 54, 58, 59, 62, 63,
            1002, 1003, 1004, 1005, 1006, 1007, 1011, 1012, 1016, 1018, 1020, 1028, 1031, 1032,
            1033, 1034, 1035, 1036, 1044, 1075, 1079, 1097, 1211,
        ];
        for number in sent {
            assert!(Index::by_use(number).is_some(), "{number}");
        }
    }
}
