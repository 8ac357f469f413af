//! A source record as it was delivered, read again.

use marc::{Format, Record, charset::TextReader, crosswalk::to_unimarc, iso2709, xml};

/// The record in a body of this media type, as UNIMARC in Unicode; `None`: no record can be read from it.
pub(crate) fn served_record(format: &str, body: &[u8]) -> Option<Record> {
    let (kind, parameters) = format.split_once(';').unwrap_or((format, ""));
    let declared = if parameters.contains("marc21") {
        Format::Marc21
    } else {
        Format::Unimarc
    };
    let (record, format) = match kind.trim() {
        "application/marc" => {
            let raw = iso2709::decode(body.to_vec()).ok()?.record;
            let read = TextReader::new(declared).read(&raw);
            (read.record, read.format)
        }
        "application/marcxml+xml" | "application/xml" => {
            let record = xml::Reader::new(body).next()?.ok()?.record;
            let format = Format::of(&record).unwrap_or(declared);
            (record, format)
        }
        _ => return None,
    };
    Some(match format {
        Format::Unimarc => record,
        Format::Marc21 => to_unimarc(&record).record,
    })
}
