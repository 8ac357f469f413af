//! How fast files are read: framing and fields alone, with text, and written again.
//!
//! The records are made here, like those of a French public library: some twenty fields, a kilobyte,
//! accents in every other one.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use relire_marc::charset::{Charset, TextReader, to_bytes};
use relire_marc::crosswalk::to_marc21;
use relire_marc::iso2709::{Reader, encode};
use relire_marc::xml::{Dialect, Form, to_string};
use relire_marc::{DataField, Leader, Record};

const RECORDS: usize = 2_000;

fn record(number: usize) -> Record {
    let mut record = Record::new(Leader::UNIMARC);
    record.push_control(b"001", format!("BCH{number:07}"));
    record.push_control(b"005", "20251201093000.0");
    let mut push = |tag: &[u8; 3], indicators: &[u8; 2], subfields: &[(u8, &str)]| {
        let mut field = DataField::new(tag, indicators);
        for (code, value) in subfields {
            field.push(*code, *value);
        }
        record.push(field);
    };
    push(
        b"010",
        b"  ",
        &[
            (b'a', "978-2-07-036822-8"),
            (b'b', "br."),
            (b'd', "8,90 EUR"),
        ],
    );
    push(b"073", b" 0", &[(b'a', "9782070368228")]);
    push(
        b"100",
        b"  ",
        &[(b'a', "20110419d2011    m  y0frey50      ba")],
    );
    push(b"101", b"0 ", &[(b'a', "fre")]);
    push(b"102", b"  ", &[(b'a', "FR")]);
    push(b"105", b"  ", &[(b'a', "a   z   00|a|")]);
    push(b"106", b"  ", &[(b'a', "r")]);
    push(
        b"200",
        b"1 ",
        &[
            (b'a', "\u{98}Les \u{9C}mystères de l'été"),
            (b'e', "récits"),
            (b'f', "Hélène Dupré"),
            (b'g', "préface de Zoé Noël"),
        ],
    );
    push(
        b"210",
        b"  ",
        &[(b'a', "Paris"), (b'c', "Éditions du Seuil"), (b'd', "2011")],
    );
    push(
        b"215",
        b"  ",
        &[
            (b'a', "1 vol. (312 p.)"),
            (b'c', "ill., couv. ill. en coul."),
            (b'd', "21 cm"),
        ],
    );
    push(b"225", b"0 ", &[(b'a', "Cadre rouge"), (b'v', "12")]);
    push(
        b"300",
        b"  ",
        &[(b'a', "La couverture porte en plus : Prix des lectrices")],
    );
    push(
        b"330",
        b"  ",
        &[(
            b'a',
            "Un été en Artois, une maison fermée depuis des années, et ce que chacun préfère taire : trois récits qui se répondent, du coron à la forêt.",
        )],
    );
    push(
        b"410",
        b" 0",
        &[
            (b'0', "034280430"),
            (b't', "Cadre rouge"),
            (b'x', "1248-5500"),
            (b'v', "12"),
        ],
    );
    push(
        b"606",
        b"  ",
        &[
            (b'3', "119760590"),
            (b'a', "Secrets de famille"),
            (b'x', "Romans"),
            (b'2', "rameau"),
        ],
    );
    push(b"676", b"  ", &[(b'a', "843.92"), (b'v', "23")]);
    push(
        b"700",
        b" 1",
        &[
            (b'3', "130850490"),
            (b'a', "Dupré"),
            (b'b', "Hélène"),
            (b'f', "1962-...."),
            (b'4', "070"),
        ],
    );
    push(
        b"702",
        b" 1",
        &[(b'a', "Noël"), (b'b', "Zoé"), (b'4', "080")],
    );
    push(
        b"801",
        b" 0",
        &[
            (b'a', "FR"),
            (b'b', "BnF"),
            (b'c', "20110419"),
            (b'g', "AFNOR"),
        ],
    );
    push(
        b"995",
        b"  ",
        &[
            (b'a', "Médiathèque"),
            (b'b', "LENS"),
            (b'c', "LENS"),
            (b'f', "39990000000001"),
            (b'k', "R DUP"),
            (b'o', "e"),
            (b'q', "a"),
            (b'r', "az"),
        ],
    );
    record
}

fn file(charset: Charset) -> Vec<u8> {
    (0..RECORDS)
        .flat_map(|number| {
            let (raw, _) = to_bytes(&record(number), charset);
            encode(&raw).expect("small records have room in ISO 2709")
        })
        .collect()
}

fn reading(criterion: &mut Criterion) {
    let (utf8, iso) = (file(Charset::Utf8), file(Charset::Iso5426));
    let mut group = criterion.benchmark_group("2000 records");
    group.throughput(Throughput::Elements(RECORDS as u64));
    group.bench_function("parse", |bencher| {
        bencher.iter(|| Reader::new(utf8.as_slice()).filter(Result::is_ok).count());
    });
    for (name, bytes) in [
        ("parse, text from UTF-8", &utf8),
        ("parse, text from ISO 5426", &iso),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut reader = TextReader::default();
                let records = Reader::new(bytes.as_slice()).filter_map(Result::ok);
                records
                    .map(|stored| reader.read(&stored.record).record.fields.len())
                    .sum::<usize>()
            });
        });
    }
    let records: Vec<Record> = (0..RECORDS).map(record).collect();
    group.bench_function("write", |bencher| {
        bencher.iter(|| {
            records
                .iter()
                .filter_map(|record| encode(record).ok())
                .map(|bytes| bytes.len())
                .sum::<usize>()
        });
    });
    group.bench_function("MarcXchange", |bencher| {
        bencher.iter(|| {
            records
                .iter()
                .map(|record| to_string(record, Dialect::MarcXchange, Form::Valid).0.len())
                .sum::<usize>()
        });
    });
    group.bench_function("MARC21", |bencher| {
        bencher.iter_batched(
            || &records,
            |records| {
                records
                    .iter()
                    .map(|record| to_marc21(record).record.fields.len())
                    .sum::<usize>()
            },
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
