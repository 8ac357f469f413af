//! Files beside the repository.

use std::{
    fs::File,
    io::{Read, Write},
    path::PathBuf,
};

use flate2::read::GzDecoder;
use marc::{
    charset::TextReader,
    iso2709::Reader,
    items::{Item, ItemProfile},
};
use relire_catalogue::{Catalogue, Copy, Document};

use crate::small::writer;

/// Every record of a file, or a line that says what is left out.
pub(crate) fn catalogue(name: &str) -> Option<Catalogue> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(name);
    let Ok(mut file) = File::open(&path) else {
        // Not `eprintln!`, which a passing test keeps to itself.
        let line = format!(
            "left out: what {name} shows about searching: no such file beside the repository\n"
        );
        std::io::stderr().write_all(line.as_bytes()).unwrap();
        return None;
    };
    let mut bytes = Vec::new();
    if name.ends_with(".gz") {
        GzDecoder::new(file).read_to_end(&mut bytes).unwrap();
    } else {
        file.read_to_end(&mut bytes).unwrap();
    }
    let catalogue = Catalogue::in_memory().unwrap();
    let mut writer = writer(&catalogue);
    let mut text = TextReader::default();
    let profile = ItemProfile::default();
    for (bib, stored) in (1..).zip(Reader::new(bytes.as_slice()).map(Result::unwrap)) {
        let record = text.read(&stored.record).record;
        let copies = profile.items(&record).into_iter().map(copy).collect();
        let changed = jiff::Timestamp::UNIX_EPOCH;
        writer
            .add(&Document {
                bib,
                record,
                others: vec![],
                copies,
                changed,
            })
            .unwrap();
    }
    writer.commit_without_feed().unwrap();
    Some(catalogue)
}

fn copy(item: Item) -> Copy {
    Copy {
        branch: item.holder.unwrap_or_default(),
        document_type: item.document.map(|code| code.0),
        audience: None,
        barcode: item.barcode,
        call_number: item.call_number,
    }
}
