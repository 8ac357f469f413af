//! However a French title is written and typed, they meet.

use marc::{DataField, Leader, Record};

use crate::small::{found, of, titled};

#[test]
fn what_is_typed_finds_what_is_written() {
    let table = [
        ("Histoire de l'immigration", "title:immigration"),
        ("Histoire de l’immigration", "title/words:\"l'immigration\""),
        ("Histoire de l'immigration", "title/words:\"l immigration\""),
        ("Les élèves", "title:eleves"),
        ("Les e\u{301}le\u{300}ves", "title:élèves"),
        ("LES ÉLÈVES", "title:élève"),
        ("Le cheval", "title:chevaux"),
        ("Les bateaux", "title:bateau"),
        ("Œuvres", "title:oeuvres"),
        ("Coeur", "title:cœur"),
        ("Grand-père", "title/words:\"grand père\""),
        ("Le grand père", "title:grand-père"),
        ("Aujourd'hui", "title:aujourd’hui"),
        ("Le langage C++", "title:C++"),
        ("Anthologie de S.F.", "title:sf"),
        ("Presqu’île", "title:presqu'ile"),
        (
            "\u{98}Les \u{9C}misérables",
            "title/exact:\"les misérables\"",
        ),
        ("Misérables (Les)", "title/exact:\"les misérables\""),
        ("[Les ]Misérables", "title/exact:\"les misérables\""),
        ("Les misérables : roman", "title/first:\"les misérables\""),
        ("Straße", "title:strasse"),
        ("1984", "title:1984"),
        ("Война и мир", "title:ВОЙНА"),
        ("À la recherche du temps perdu", "\"du temps perdu\""),
        ("À la recherche du temps perdu", "title:rech*"),
        ("À la recherche du temps perdu", "title:*cherche"),
        ("À la recherche du temps perdu", "title:t?mp*"),
        (
            "À la recherche du temps perdu",
            "title:recherche NEAR/<=3 title:perdu",
        ),
        (
            "À la recherche du temps perdu",
            "title:recherche NEAR/=1/ordered title:du",
        ),
    ];
    for (written, typed) in table {
        let catalogue = of([titled("Autre chose"), titled(written)]);
        assert_eq!(found(&catalogue, typed), [2], "{written:?} by {typed}");
    }
    let misses = [
        ("Le cheval", "title/phrase:\"chevaux\""),
        ("Grand-père", "\"père grand\""),
        ("Les misérables : roman", "title/exact:\"misérables\""),
        ("Le langage C++", "title:C"),
        ("Le temps perdu", "title:perdu NEAR/<=3/ordered title:temps"),
    ];
    for (written, typed) in misses {
        assert_eq!(
            found(&of([titled(written)]), typed),
            [0; 0],
            "{written:?} by {typed}"
        );
    }
}

#[test]
fn exact_words_come_before_their_stems() {
    let catalogue = of([titled("Le cheval"), titled("Les chevaux"), titled("Cheval")]);
    assert_eq!(found(&catalogue, "title:chevaux").first(), Some(&2));
    assert_eq!(found(&catalogue, "title:cheval"), [3, 1, 2]);
}

#[test]
fn numbers_meet_however_they_are_written() {
    let mut record = titled("Un livre");
    record.push(DataField::new(b"010", b"  ").with(b'a', "2-07-061236-8 (br.)"));
    record.push(DataField::new(b"011", b"  ").with(b'a', "0021-9541"));
    record.push(DataField::new(b"073", b" 0").with(b'a', "3760001234567"));
    record.push_control(b"003", "http://catalogue.bnf.fr/ark:/12148/cb361593906");
    let catalogue = of([Record::new(Leader::UNIMARC), record]);
    let typed = [
        "isbn:2070612368",
        "isbn:978-2-07-061236-9",
        "isbn:9782070612369",
        "isbn/id:\"2 07 061236 8\"",
        "isbn:2-07*",
        "isbn:978207*",
        "isbn:2070612368*",
        "issn:00219541",
        "stdid:0021-9541",
        "stdid:3760001234567",
        "ean:376*",
        "bnf:cb361593906",
        "bnf/id:\"ark:/12148/cb361593906\"",
    ];
    for typed in typed {
        assert_eq!(found(&catalogue, typed), [2], "{typed}");
    }
    assert_eq!(found(&catalogue, "isbn:9782070612376"), [0; 0]);
}

#[test]
fn what_only_another_source_says_finds_the_bib_as_well() {
    let catalogue = relire_catalogue::Catalogue::in_memory().unwrap();
    let mut writer = crate::small::writer(&catalogue);
    let mut document = crate::small::document(7, titled("Vingt mille lieues sous les mers"));
    document.others = vec![titled("20000 lieues sous les mers")];
    writer.put(&document).unwrap();
    writer.commit_without_feed().unwrap();
    assert_eq!(found(&catalogue, "title:20000"), [7]);
    let served = catalogue.record(7).unwrap().unwrap();
    assert_eq!(
        served, document.record,
        "served is what was put, and nothing of the others"
    );
}
