//! What holds for any two records, however odd.

use marc::{DataField, Leader, Record};
use proptest::prelude::*;
use relire_union::{Signature, Verdict, compare, heading, place, quality};

/// Values that matching has an eye on, and anything else.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "Les Misérables", "MISERABLES (LES)", "[Les ]Misérables", "Misérables, tome 2", "Misérables. 2", "T. 2",
            "978-2-07-036822-8", "207036822X", "9782070368229", "3260050123457", "Hugo", "Victor", "V.", "Gallimard",
            "Éd. Gallimard", "DL 1985", "[1986]", "250 p.", "1 vol. (250 p.)", "1 DVD vidéo (1 h 32 min)", "",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn record() -> impl Strategy<Value = Record> {
    let tag = prop::sample::select(vec![
        b"010", b"011", b"033", b"071", b"073", b"100", b"101", b"106", b"200", b"210", b"214",
        b"215", b"225", b"300", b"410", b"461", b"700", b"702", b"995",
    ]);
    let code = prop::sample::select(b"abcdefhirtv1".to_vec());
    let subfields = prop::collection::vec((code, value()), 0..5);
    let fields = prop::collection::vec((tag, subfields), 0..12);
    (fields, any::<[u8; 24]>(), any::<bool>()).prop_map(|(fields, leader, regular)| {
        let leader = if regular {
            Leader::UNIMARC
        } else {
            Leader::new(leader)
        };
        let mut record = Record::new(leader);
        for (tag, subfields) in fields {
            let mut field = DataField::new(tag, b"  ");
            for (code, value) in subfields {
                field.push(code, value);
            }
            record.push(field);
        }
        record
    })
}

proptest! {
    #[test]
    fn comparing_does_not_depend_on_who_comes_first(a in record(), b in record()) {
        let (a, b) = (Signature::of(&a, None), Signature::of(&b, None));
        prop_assert_eq!(compare(&a, &b), compare(&b, &a));
    }

    #[test]
    fn a_signature_survives_its_json_with_its_keys(record in record()) {
        let signature = Signature::of(&record, Some("LIV"));
        let json = serde_json::to_string(&signature).unwrap();
        let read: Signature = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(read.keys(), signature.keys());
        prop_assert_eq!(read, signature);
    }

    #[test]
    fn any_record_can_be_shown_and_weighed(record in record()) {
        heading(&record);
        quality(&record);
    }

    #[test]
    fn placing_does_not_depend_on_the_order_of_bibs(new in record(), bibs in prop::collection::vec(record(), 0..6)) {
        let new = Signature::of(&new, None);
        let bibs: Vec<Signature> = bibs.iter().map(|record| Signature::of(record, None)).collect();
        let candidates = || bibs.iter().map(std::slice::from_ref).enumerate();
        let placed = place(&new, candidates());
        prop_assert_eq!(&placed, &place(&new, candidates().rev()));
        if let Some(bib) = placed.join {
            prop_assert!(matches!(compare(&new, &bibs[bib]), Verdict::Same(_)));
        }
    }
}
