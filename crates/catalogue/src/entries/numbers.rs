//! Codes and numbers: block 0, coded fields, classes.

use marc::Record;
use query::AccessPoint::{
    self, ControlNumber, Country, Dewey, Ean, Isbn, Issn, Language, NationalNumber,
    PublisherNumber, Year,
};

pub(crate) fn all(record: &Record) -> Vec<(AccessPoint, String)> {
    let mut found: Vec<(AccessPoint, String)> = Vec::new();
    let rows: [(&[u8; 3], u8, AccessPoint); 11] = [
        // $z holds the number that was printed wrongly: people type it from the cover.
        (b"010", b'a', Isbn),
        (b"010", b'z', Isbn),
        (b"011", b'a', Issn),
        (b"071", b'a', PublisherNumber),
        (b"072", b'a', Ean),
        (b"073", b'a', Ean),
        (b"035", b'a', ControlNumber),
        (b"033", b'a', NationalNumber),
        (b"101", b'a', Language),
        (b"102", b'a', Country),
        (b"676", b'a', Dewey),
    ];
    for (tag, code, access) in rows {
        found.extend(record.all(tag, code).map(|value| (access, value.clone())));
    }
    // The EAN of a book is its ISBN.
    let books = record
        .all(b"073", b'a')
        .filter(|ean| ean.starts_with("978") || ean.starts_with("979"));
    found.extend(books.map(|ean| (Isbn, ean.clone())));
    if let Some(number) = record.control_number() {
        found.push((ControlNumber, number.clone()));
        if number.starts_with("FRBNF") {
            found.push((NationalNumber, number.clone()));
        }
    }
    let arks = record
        .control(b"003")
        .filter(|address| address.contains("ark:/"));
    found.extend(arks.map(|ark| (NationalNumber, ark.clone())));
    found.extend(year(record).map(|year| (Year, format!("{year:04}"))));
    found
}

/// 100 $a/9–12, else the first year in 210 or 214 $d.
pub(crate) fn year(record: &Record) -> Option<u64> {
    let coded = record
        .first(b"100", b'a')
        .map(|coded| coded.chars().skip(9).take(4).collect::<String>());
    let printed = record
        .all(b"210", b'd')
        .chain(record.all(b"214", b'd'))
        .cloned();
    let years = coded.into_iter().chain(printed);
    years
        .map(|text| crate::analysis::normal(Year, &text).normal)
        .find_map(|year| year.parse().ok().filter(|year| *year > 0))
}
