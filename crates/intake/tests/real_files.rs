//! Real files of other libraries come in with the letters that yaz makes of them, where it is told the right set.

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use flate2::read::GzDecoder;
use marc::{charset::nonsorting, xml};
use relire_intake::{Deliveries, Delivery, Houses, Profile, read_source};

/// A file, how many records it has, what most of them are, the set that yaz is told, and where the title is.
const CASES: &[(&str, usize, &str, &str, &[u8; 3])] = &[
    (
        "unimarc-bnf-iso5426",
        809,
        "format=unimarc;charset=iso5426",
        "iso5426",
        b"200",
    ),
    (
        "unimarc-periouni",
        2_484,
        "format=unimarc;charset=utf-8",
        "utf-8",
        b"200",
    ),
    (
        "marc21-gpo-marc8",
        4_470,
        "format=marc21;charset=marc-8",
        "marc-8",
        b"245",
    ),
    (
        "marc21-evergreen-jazz",
        795,
        "format=marc21;charset=marc-8",
        "marc-8",
        b"245",
    ),
];

#[test]
fn titles_are_as_yaz_reads_them() {
    let tried = Command::new("yaz-marcdump")
        .arg("-V")
        .stdout(Stdio::null())
        .status();
    if tried.is_err() {
        eprintln!("left out: yaz-marcdump is not there (package yaz)");
        return;
    }
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/z3950/records");
    for (name, records, format, charset, title) in CASES {
        let packed = folder.join(format!("{name}.mrc.gz"));
        let Ok(packed) = fs::File::open(packed) else {
            eprintln!("left out: {name} is not in ../shared/z3950/records");
            continue;
        };
        let plain = std::env::temp_dir().join(format!("relire-{}-{name}.mrc", std::process::id()));
        std::io::copy(
            &mut GzDecoder::new(packed),
            &mut fs::File::create(&plain).unwrap(),
        )
        .unwrap();
        let yaz = Command::new("yaz-marcdump")
            .args(["-f", charset, "-t", "utf-8", "-o", "marcxml"])
            .arg(&plain)
            .output()
            .unwrap();
        let mut theirs = Vec::new();
        for read in xml::Reader::new(yaz.stdout.as_slice()) {
            let Ok(read) = read else { break };
            theirs.push((
                read.record.control_number().cloned(),
                read.record.first(*title, b'a').cloned(),
            ));
        }

        let file = fs::File::open(&plain).unwrap();
        let houses = Houses::default();
        let read = Deliveries::new(file, Profile::default(), houses, "LENS".parse().unwrap());
        let (mut ours, mut formats) = (Vec::new(), BTreeMap::<String, usize>::new());
        for delivery in read.unwrap() {
            match delivery {
                Delivery::Record(record) => {
                    let again = read_source(&record.format, &record.body).unwrap();
                    assert_eq!(again, record.record);
                    *formats.entry(record.format).or_default() += 1;
                    ours.push((
                        record.record.control_number().cloned(),
                        again.first(b"200", b'a').cloned(),
                    ));
                }
                Delivery::Lost(remark) => assert_eq!(remark.kind, "deleted", "{remark:?}"),
                Delivery::Broken(why) => panic!("{why}"),
            }
        }
        fs::remove_file(&plain).unwrap();
        let most = formats.iter().max_by_key(|(_, count)| **count).unwrap();
        eprintln!(
            "{name}: {} of {} in, yaz {}: {formats:?}",
            ours.len(),
            records,
            theirs.len()
        );
        assert!(
            ours.len() <= *records && most.0.ends_with(format),
            "{name}: {formats:?}"
        );

        // By place where both read every record, or else by control number.
        let by_place = theirs.len() == ours.len();
        let by_number: BTreeMap<_, _> = theirs.iter().cloned().collect();
        let (mut same, mut other) = (0, Vec::new());
        for (place, (number, title)) in ours.into_iter().enumerate() {
            let theirs = if by_place {
                theirs.get(place).and_then(|(_, title)| title.as_ref())
            } else {
                by_number.get(&number).and_then(Option::as_ref)
            };
            let Some(theirs) = theirs else { continue };
            // Non-sorting marks are written in several ways; what the crosswalk does to ISBD marks is not asked here.
            let plain = |text: &str| {
                let text = nonsorting::strip(text);
                let text = marc::charset::compose(text.replace(['\u{88}', '\u{89}', '<', '>'], ""));
                text.trim_end_matches([' ', '/', ':', '=', ';', ',', '.'])
                    .trim()
                    .to_owned()
            };
            let title = plain(&title.unwrap_or_default());
            // The crosswalk splits a title that has its part in it.
            if plain(theirs) == title || !title.is_empty() && plain(theirs).starts_with(&title) {
                same += 1;
            } else {
                other.push((title, plain(theirs)));
            }
        }
        eprintln!(
            "{name}: {same} titles alike, {} not: {:?}",
            other.len(),
            &other[..other.len().min(4)]
        );
        assert!(
            same > 700 && other.len() * 200 <= same,
            "{name}: {other:#?}"
        );
    }
}
