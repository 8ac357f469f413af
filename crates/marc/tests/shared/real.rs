//! Records of real libraries, and one set of editions in five encodings.

use relire_marc::Format;
use relire_marc::charset::{Charset, TextReader, TextRecord, to_bytes};
use relire_marc::iso2709::{Reader, Warning, decode, encode};

use super::files;

/// Everything in a file as text; nothing in these may be lost.
fn texts(name: &str, format: Format) -> Option<Vec<TextRecord>> {
    let bytes = files::read(name)?;
    let mut reader = TextReader::new(format);
    let records = Reader::new(bytes.as_slice()).map(|record| {
        let stored = record.unwrap_or_else(|error| panic!("{name}: {error}"));
        // What is written reads the same, and what was by the letter is written the same.
        let written = encode(&stored.record).unwrap();
        let again = decode(written.clone()).unwrap();
        assert_eq!(again.record.fields, stored.record.fields, "{name}");
        // A strange tag is kept, so it stays strange.
        assert!(
            again
                .warnings
                .iter()
                .all(|warning| matches!(warning, Warning::Tag(_))),
            "{name}"
        );
        let begin = usize::try_from(stored.offset).unwrap();
        if stored.warnings.is_empty() {
            assert!(
                written == bytes[begin..begin + stored.length],
                "{name} at {begin}"
            );
        }
        reader.read(&stored.record)
    });
    Some(records.collect())
}

#[test]
fn whole_files_are_read_and_written() {
    for (name, records, format, charset, label_lies) in [
        ("unimarc-bnf-utf8", 818, Format::Unimarc, Charset::Utf8, 0),
        (
            "unimarc-bnf-iso5426",
            809,
            Format::Unimarc,
            Charset::Iso5426,
            809,
        ),
        (
            "unimarc-periouni",
            2484,
            Format::Unimarc,
            Charset::Utf8,
            414,
        ),
        ("marc21-lc-books", 78, Format::Marc21, Charset::Utf8, 0),
        ("marc21-lc-carpentry", 444, Format::Marc21, Charset::Utf8, 0),
        ("marc21-harvard", 821, Format::Marc21, Charset::Utf8, 0),
        (
            "marc21-evergreen-french",
            497,
            Format::Marc21,
            Charset::Marc8,
            0,
        ),
    ] {
        let Some(texts) = texts(&format!("z3950/records/{name}.mrc.gz"), format) else {
            continue;
        };
        assert_eq!(texts.len(), records, "{name}");
        let lies = texts.iter().filter(|text| text.decision.is_lie()).count();
        assert_eq!(lies, label_lies, "{name}");
        for text in &texts {
            assert_eq!(
                (text.format, text.decision.charset),
                (format, charset),
                "{name}"
            );
        }
        // One title of the National Library has a trema with no letter behind it.
        let lossy = texts.iter().filter(|text| !text.losses.is_empty()).count();
        assert_eq!(lossy, usize::from(name == "unimarc-bnf-iso5426"), "{name}");
    }
}

#[test]
fn romanian_records_were_encoded_twice() {
    let Some(texts) = texts("z3950/records/unimarc-romania.mrc.gz", Format::Unimarc) else {
        return;
    };
    assert_eq!(texts.len(), 18);
    for text in &texts {
        assert_eq!(text.decision.charset, Charset::Utf8Twice);
    }
    let title = texts[0]
        .record
        .values()
        .any(|(_, _, value)| value.contains("Poliţia Capitalei"));
    assert!(title, "{:?}", texts[0].record);
}

#[test]
fn the_same_editions_in_five_encodings() {
    let sample = |name: &str| {
        texts(
            &format!("catalogue/samples/relire-200-{name}.mrc"),
            Format::Unimarc,
        )
    };
    let Some(reference) = sample("utf8") else {
        return;
    };
    for (name, charset) in [
        ("iso5426", Charset::Iso5426),
        ("marc8", Charset::Marc8),
        ("latin1-mislabelled", Charset::Latin1),
    ] {
        let texts = sample(name).unwrap();
        assert_eq!(texts.len(), 200);
        for (text, expected) in texts.iter().zip(&reference) {
            assert_eq!(text.decision.charset, charset, "{name} {:?}", text.decision);
            let title =
                |text: &TextRecord| text.record.first(b"200", b'a').map(|title| plain(title));
            assert_eq!(title(text), title(expected), "{name}");
        }
    }
    for text in &reference {
        let (bytes, losses) = to_bytes(&text.record, Charset::Iso5426);
        let lost: Vec<_> = losses
            .iter()
            .filter(|loss| !loss.to_string().contains("U+20"))
            .collect();
        assert!(lost.len() <= 1, "{lost:?}");
        assert_eq!(bytes.fields.len(), text.record.fields.len());
    }
}

/// Without what the smaller sets lack.
fn plain(text: &str) -> String {
    let text = text
        .replace('’', "'")
        .replace('œ', "oe")
        .replace('Œ', "OE")
        .replace(['–', '—', '‑'], "-");
    text.replace('…', "...")
        .replace(['«', '»', '“', '”', '"'], "")
        .replace(['°', '\u{a0}', '\u{202f}'], " ")
}
