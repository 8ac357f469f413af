//! The demonstration's records as its branches would have delivered them: UNIMARC, from plain facts.

use circulation::{Audience, Condition, DocumentType};
use demo::SourceRecord;
use marc::{
    DataField, Leader, Record,
    charset::{Charset, to_bytes},
    iso2709,
};
use serde_json::Value;
use store::{NewItem, Signed};
use union::Signature;

/// Media type of the records, with what reading them again has to know.
pub(super) const FORMAT: &str = "application/marc;format=unimarc;charset=utf-8";

/// A record of facts as ISO 2709, with the copies that its branch has.
pub(super) fn body(
    facts: &SourceRecord,
    kind: &DocumentType,
    copies: &[&NewItem],
) -> Result<(Vec<u8>, Record), iso2709::EncodeError> {
    let record = record(facts, kind, copies);
    let (raw, _nothing_is_lost_in_unicode) = to_bytes(&record, Charset::Utf8);
    Ok((iso2709::encode(&raw)?, record))
}

/// What an import would keep beside the record.
pub(super) fn signed(record: &Record, body: &[u8]) -> anyhow::Result<Signed> {
    let signature = Signature::of(record, None);
    Ok(Signed {
        keys: signature.keys().into_iter().map(|key| key.0).collect(),
        signature: serde_json::to_string(&signature)?,
        digest: intake::digest(body).to_vec(),
        quality: union::quality(record),
    })
}

fn record(facts: &SourceRecord, kind: &DocumentType, copies: &[&NewItem]) -> Record {
    let text = |name: &str| {
        facts
            .body
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let year = facts.body.get("year").and_then(Value::as_i64);
    let year = year.map(|year| year.to_string()).unwrap_or_default();
    let letter = |letter: char| u8::try_from(letter).unwrap_or(b'a');
    let leader = Leader::UNIMARC
        .with(6, letter(kind.unimarc_ldr06))
        .with(7, letter(kind.unimarc_ldr07));
    let mut record = Record::new(leader);
    record.push_control(b"001", facts.control_number.clone());
    let public = if text("audience") == "j" { 'e' } else { 'm' };
    let coded = format!("20251201d{year:<4}    {public}  y0frey50      ba");
    record.push(DataField::new(b"100", b"  ").with(b'a', coded));
    if !text("language").is_empty() {
        record.push(DataField::new(b"101", b"0 ").with(b'a', text("language")));
    }
    let people = people(&facts.body);
    let mut title = DataField::new(b"200", b"1 ").with(b'a', text("title"));
    // A volume that is called like its series has its number in the title; another has a title of its own.
    let own_title = text("series") != text("title");
    if !own_title && !text("volume").is_empty() {
        title.push(b'h', text("volume"));
    }
    if !text("subtitle").is_empty() {
        title.push(b'e', text("subtitle"));
    }
    let named: Vec<String> = people.iter().map(Person::in_order).collect();
    if !named.is_empty() {
        title.push(b'f', named.join(", "));
    }
    record.push(title);
    let imprint = if facts.branch.as_str() < "M" {
        DataField::new(b"214", b" 0")
    } else {
        DataField::new(b"210", b"  ")
    };
    let mut imprint = imprint;
    if !text("publisher").is_empty() {
        imprint.push(b'c', text("publisher"));
    }
    if !year.is_empty() {
        imprint.push(b'd', year);
    }
    record.push(imprint);
    if !text("series").is_empty() && own_title {
        let mut series = DataField::new(b"225", b"2 ").with(b'a', text("series"));
        if !text("volume").is_empty() {
            series.push(b'v', text("volume"));
            let set = DataField::new(b"461", b" 0").with(b't', text("series"));
            record.push(set.with(b'v', text("volume")));
        }
        record.push(series);
    }
    let subjects = facts.body.get("subjects").and_then(Value::as_array);
    for subject in subjects.into_iter().flatten().filter_map(Value::as_str) {
        record.push(DataField::new(b"606", b"  ").with(b'a', subject));
    }
    for (place, person) in people.iter().enumerate() {
        record.push(person.field(place == 0));
    }
    let agency = format!("FR-{}", facts.branch);
    record.push(
        DataField::new(b"801", b" 0")
            .with(b'a', "FR")
            .with(b'b', agency),
    );
    for copy in copies {
        record.push(copy_field(copy, kind));
    }
    record
}

fn copy_field(copy: &NewItem, kind: &DocumentType) -> DataField {
    let branch = copy.owner.as_str();
    let circulation = match copy.condition {
        Condition::OnSiteOnly => "c",
        _ => "e",
    };
    let public = match copy.audience {
        Audience::Youth => "j",
        Audience::Adult => "a",
        Audience::Unknown => "u",
    };
    DataField::new(b"995", b"  ")
        .with(b'b', branch)
        .with(b'c', branch)
        .with(b'f', copy.barcode.clone())
        .with(b'k', copy.call_number.clone())
        .with(b'o', circulation)
        .with(b'q', public)
        .with(b'r', kind.unimarc_995r.clone())
}

/// Somebody who made it.
struct Person {
    last: String,
    first: String,
    /// UNIMARC's number of the role ($4).
    role: &'static str,
}

fn people(body: &Value) -> Vec<Person> {
    let creators = body.get("creators").and_then(Value::as_array);
    let creators = creators.into_iter().flatten().filter_map(|creator| {
        let name = creator.get("name")?.as_str()?;
        let (last, first) = name.split_once(", ").unwrap_or((name, ""));
        Some(Person {
            last: last.to_owned(),
            first: first.to_owned(),
            role: role(creator.get("role")?.as_str()?),
        })
    });
    creators.collect()
}

/// A role of MARC21 by its number in UNIMARC; the author where it has none of its own here.
fn role(relator: &str) -> &'static str {
    match relator {
        "ill" | "art" => "440",
        "trl" => "730",
        "drt" => "300",
        "cmp" => "230",
        "prf" | "sng" => "590",
        "edt" => "340",
        "clr" => "410",
        _ => "070",
    }
}

impl Person {
    fn in_order(&self) -> String {
        format!("{} {}", self.first, self.last).trim().to_owned()
    }

    fn field(&self, main: bool) -> DataField {
        let tag = match (main, self.role) {
            (true, _) => b"700",
            (false, "070") => b"701",
            (false, _) => b"702",
        };
        let indicators = if self.first.is_empty() { b" 0" } else { b" 1" };
        let mut field = DataField::new(tag, indicators).with(b'a', self.last.clone());
        if !self.first.is_empty() {
            field.push(b'b', self.first.clone());
        }
        field.with(b'4', self.role)
    }
}
