//! How libraries write, two records at a time.

use marc::{DataField, Leader, Record};
use relire_union::{Kind, Signature, Verdict, Why, compare, place};

/// A tag, and its subfields.
type Given<'a> = (&'a [u8; 3], &'a [(u8, &'a str)]);

fn record(fields: &[Given<'_>]) -> Record {
    let mut record = Record::new(Leader::UNIMARC);
    for (tag, subfields) in fields {
        let mut field = DataField::new(*tag, b"  ");
        for (code, value) in *subfields {
            field.push(*code, *value);
        }
        record.push(field);
    }
    record
}

fn book(
    isbn: &str,
    title: &str,
    surname: &str,
    publisher: &str,
    year: &str,
    pages: &str,
) -> Signature {
    let record = record(&[
        (b"010", &[(b'a', isbn)]),
        (b"200", &[(b'a', title)]),
        (b"210", &[(b'c', publisher), (b'd', year)]),
        (b"215", &[(b'a', pages)]),
        (b"700", &[(b'a', surname), (b'b', "Émile")]),
    ]);
    Signature::of(&record, None)
}

fn meet(a: &Signature, b: &Signature) -> bool {
    a.keys().iter().any(|key| b.keys().contains(key))
}

#[test]
fn without_isbn_the_description_joins() {
    let good = book(
        "978-2-07-036822-8",
        "L'Œuvre",
        "Zola",
        "Librairie générale française",
        "DL 1985",
        "1 vol. (491 p.)",
    );
    for poor in [
        book("", "OEUVRE (L')", "ZOLA", "LGF", "1985", "491 p."),
        book("", "[L']œuvre /", "Zola", "Éd. LGF", "[1986]", "491 p."),
        book(
            "9782070368229",
            "L’oeuvre",
            "Zola",
            "Le Livre de poche",
            "cop. 1985",
            "",
        ),
    ] {
        assert!(meet(&good, &poor), "{poor:?}");
        assert!(
            matches!(compare(&good, &poor), Verdict::Same(_)),
            "{poor:?}: {:?}",
            compare(&good, &poor)
        );
    }
}

#[test]
fn another_edition_stays_apart() {
    let ours = book("", "Germinal", "Zola", "Gallimard", "1985", "491 p.");
    let cases = [
        (
            book("", "Germinal", "Zola", "Gallimard", "2005", "491 p."),
            Why::OtherYear,
        ),
        (
            book("", "Germinal", "Zola", "Flammarion", "1985", "512 p."),
            Why::OtherPublisher,
        ),
        (
            book("", "Nana", "Zola", "Gallimard", "1985", "491 p."),
            Why::OtherTitle,
        ),
        (
            book("", "Germinal, tome 1", "Zola", "Hachette", "1985", ""),
            Why::OtherPublisher,
        ),
    ];
    for (other, why) in cases {
        assert_eq!(compare(&ours, &other), Verdict::Different(why), "{other:?}");
    }
}

#[test]
fn volumes_are_never_one_even_with_one_isbn() {
    let isbn = "978-2-07-036822-8";
    let first = book(
        isbn,
        "Astronomie, tome 1",
        "Pecker",
        "Flammarion",
        "1985",
        "584 p.",
    );
    let second = book(
        isbn,
        "Astronomie. 2",
        "Pecker",
        "Flammarion",
        "1985",
        "584 p.",
    );
    assert_eq!(
        compare(&first, &second),
        Verdict::Different(Why::OtherVolume)
    );
    // Where nothing marks the number as a volume's, a person looks.
    let first = book(
        isbn,
        "Astronomie 1",
        "Pecker",
        "Flammarion",
        "1985",
        "584 p.",
    );
    let second = book(
        isbn,
        "Astronomie 2",
        "Pecker",
        "Flammarion",
        "1985",
        "584 p.",
    );
    assert!(matches!(compare(&first, &second), Verdict::Doubtful { .. }));
}

#[test]
fn a_record_of_the_whole_set_does_not_join_its_volumes() {
    let isbn = "978-2-07-036822-8";
    let set = book(isbn, "Astronomie", "Pecker", "Flammarion", "1985", "");
    let first = book(
        isbn,
        "Astronomie, tome 1",
        "Pecker",
        "Flammarion",
        "1985",
        "",
    );
    let second = book(
        isbn,
        "Astronomie, tome 2",
        "Pecker",
        "Flammarion",
        "1985",
        "",
    );
    let bibs = [
        (1, std::slice::from_ref(&first)),
        (2, std::slice::from_ref(&second)),
    ];
    let placed = place(&set, bibs);
    assert_eq!(placed.join, None);
    assert_eq!(placed.doubts.len(), 2);
}

#[test]
fn kinds_stay_apart_and_bad_labels_are_seen_through() {
    let text = record(&[(b"200", &[(b'a', "Germinal")])]);
    let large = record(&[(b"106", &[(b'a', "d")]), (b"200", &[(b'a', "Germinal")])]);
    assert_eq!(Signature::of(&text, None).kind(), Kind::Text);
    assert_eq!(Signature::of(&large, Some("LIV")).kind(), Kind::LargePrint);
    assert_eq!(Signature::of(&text, Some("DVD")).kind(), Kind::Film);
    let mislabelled = record(&[
        (b"215", &[(b'a', "1 DVD vidéo")]),
        (b"995", &[(b'r', "gf")]),
    ]);
    assert_eq!(Signature::of(&mislabelled, None).kind(), Kind::Film);
    let (text, large) = (Signature::of(&text, None), Signature::of(&large, None));
    assert_eq!(compare(&text, &large), Verdict::Different(Why::OtherKind));
}

#[test]
fn what_fits_two_documents_joins_none() {
    let one = book(
        "978-2-07-036822-8",
        "Germinal",
        "Zola",
        "Gallimard",
        "1985",
        "491 p.",
    );
    let other = book(
        "978-2-07-010582-3",
        "Germinal",
        "Zola",
        "Gallimard",
        "1985",
        "491 p.",
    );
    let unnumbered = book("", "Germinal", "Zola", "Gallimard", "1985", "491 p.");
    assert!(one.is_numbered() && other.is_numbered() && !unnumbered.is_numbered());
    let bibs = [
        (1, std::slice::from_ref(&one)),
        (2, std::slice::from_ref(&other)),
    ];
    let placed = place(&unnumbered, bibs);
    assert_eq!((placed.join, placed.doubts.len()), (None, 2));
    assert_eq!(place(&one, bibs).join, Some(1));
}

#[test]
fn a_record_that_shows_two_bibs_to_be_one_says_so() {
    let ten = book(
        "2-07-036822-X",
        "Germinal",
        "Zola",
        "Gallimard",
        "1985",
        "491 p.",
    );
    let none = book("", "Germinal", "Zola", "Gallimard", "1986", "491 p.");
    let new = book(
        "978-2-07-036822-8",
        "GERMINAL",
        "ZOLA",
        "Gallimard",
        "1985",
        "491 p.",
    );
    let placed = place(
        &new,
        [
            (7, std::slice::from_ref(&none)),
            (9, std::slice::from_ref(&ten)),
        ],
    );
    assert_eq!((placed.join, placed.also), (Some(9), vec![7]));
}

#[test]
fn an_issn_joins_only_titles_that_agree() {
    let magazine = |issn: &str, title: &str| {
        let mut record = record(&[(b"011", &[(b'a', issn)]), (b"200", &[(b'a', title)])]);
        record.leader = record.leader.with(7, b's');
        Signature::of(&record, None)
    };
    let taxes = magazine("SSN 1028-8171", "Tendance des impôts sur la consommation");
    let other = magazine("1028-8171", "Tendances des impôts sur la consommation");
    assert_eq!(compare(&taxes, &other), Verdict::Same(Why::Issn));
    let law = magazine("0047-2506", "The Journal of law & politics");
    let trade = magazine("0047-2506", "Journal of international business studies");
    assert!(matches!(compare(&law, &trade), Verdict::Doubtful { .. }));
}
