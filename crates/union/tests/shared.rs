//! Six thousand generated records, and real ones of the BnF, where `shared` lies beside us.
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]
#![expect(
    clippy::print_stdout,
    reason = "shows the figures of the bench when it fails"
)]

use std::{
    fs::File,
    io::{Read, Write},
    path::PathBuf,
};

use flate2::read::GzDecoder;
use marc::{
    charset::{Charset, TextReader, to_bytes},
    iso2709::Reader,
};
use relire_union::Signature;

#[path = "../examples/evaluate/catalogue.rs"]
mod catalogue;
#[path = "../examples/evaluate/clusters.rs"]
mod clusters;
#[path = "../examples/evaluate/count.rs"]
mod count;

fn shared(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(name);
    if path.exists() {
        return Some(path);
    }
    let mut stderr = std::io::stderr();
    writeln!(stderr, "left out: union: shared/{name} is not here").unwrap();
    None
}

#[test]
fn generated_catalogues_become_one() {
    let Some(script) = shared("catalogue/build/make_corpus.py") else {
        return;
    };
    let folder = catalogue::generate(&script, 6000, 1).unwrap();
    let catalogue = catalogue::Catalogue::read(&folder);
    assert_eq!(catalogue.records.len(), 6000);
    catalogue.sizes();
    for order in ["sorted", "shuffled"] {
        let clusters = clusters::Clusters::build(&catalogue.records, &catalogue.order(order), true);
        let found = count::report(&catalogue, &clusters, false);
        assert!(
            found.precision >= 0.999,
            "{order}: precision {}",
            found.precision
        );
        assert!(found.recall >= 0.97, "{order}: recall {}", found.recall);
        assert_eq!(found.volumes_joined, 0, "{order}");
    }
}

/// Real records, written in ISO 5426 and read again: nothing that matching looks at is lost.
#[test]
fn a_record_is_itself_in_another_character_set() {
    let Some(file) = shared("z3950/records/unimarc-bnf-utf8.mrc.gz") else {
        return;
    };
    let mut bytes = Vec::new();
    GzDecoder::new(File::open(file).unwrap())
        .read_to_end(&mut bytes)
        .unwrap();
    let mut text = TextReader::default();
    let mut checked = 0;
    for stored in Reader::new(bytes.as_slice()) {
        let record = text.read(&stored.unwrap().record).record;
        let (raw, losses) = to_bytes(&record, Charset::Iso5426);
        if !losses.is_empty() {
            continue;
        }
        let again = TextReader::default()
            .default_charset(Charset::Iso5426)
            .read(&raw)
            .record;
        let (one, other) = (Signature::of(&record, None), Signature::of(&again, None));
        assert_eq!(one.keys(), other.keys(), "{:?}", record.control_number());
        assert_eq!(one, other);
        checked += 1;
    }
    assert!(
        checked > 700,
        "{checked} records can be written in ISO 5426"
    );
}
