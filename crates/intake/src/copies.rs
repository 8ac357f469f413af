//! A record's copies in the network's words.

use circulation::{Audience, BranchCode, Condition, DocumentCode};
use jiff::civil::Date;
use marc::{
    DataField, Record, Tag,
    items::{Circulation, Item, ItemWarning},
};

use crate::{Houses, Profile, remark::Done};

/// A copy that can circulate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Its barcode, cleaned.
    pub barcode: String,
    /// Whose it is.
    pub owner: BranchCode,
    /// Its document type.
    pub document: DocumentCode,
    /// Whom it is meant for.
    pub audience: Audience,
    /// Its state.
    pub condition: Condition,
    /// Where it stands on the shelf.
    pub call_number: String,
    /// Of a periodical: which issue.
    pub issue: String,
    /// What else the source says.
    pub note: String,
    /// Its first day in service, if the source says.
    pub in_service: Option<Date>,
}

/// What is odd about a copy: kind, what, what was done.
pub(crate) type Odd = (&'static str, String, Done);

/// The copies of a record, and what was odd about them.
pub(crate) fn copies(
    record: &Record,
    profile: &Profile,
    houses: &Houses,
    file: BranchCode,
) -> (Vec<Copy>, Vec<Odd>) {
    let (mut copies, mut odd) = (Vec::<Copy>::new(), Vec::new());
    let fields: Vec<&DataField> = Tag::parse(&profile.items.tag)
        .map(|tag| record.data(tag).collect())
        .unwrap_or_default();
    for (item, field) in profile.items.items(record).into_iter().zip(fields) {
        let stated = |warning: &ItemWarning| match warning {
            ItemWarning::BarcodeCleaned(_) => Some(("barcode cleaned", Done::Repaired)),
            ItemWarning::Audience(_) => Some(("unknown audience", Done::Noted)),
            ItemWarning::Circulation(_) => Some(("unknown circulation", Done::Noted)),
            ItemWarning::Document(_) => Some(("unknown document type", Done::Noted)),
            _ => None,
        };
        for warning in &item.warnings {
            if let Some((kind, done)) = stated(warning) {
                odd.push((kind, warning.to_string(), done));
            }
        }
        let Some(barcode) = item.barcode.as_deref().map(printable) else {
            odd.push((
                "no barcode",
                "a copy without a barcode".to_owned(),
                Done::CopyRejected,
            ));
            continue;
        };
        let owner = owner(&item, houses, file, &mut odd);
        if copies
            .iter()
            .any(|copy| (&copy.barcode, copy.owner) == (&barcode, owner))
        {
            odd.push((
                "barcode twice in a record",
                format!("the barcode {barcode} stands twice"),
                Done::CopyRejected,
            ));
            continue;
        }
        copies.push(Copy {
            document: document(record, &item),
            audience: match item.audience {
                Some(marc::items::Audience::Adult) => Audience::Adult,
                Some(marc::items::Audience::Young) => Audience::Youth,
                _ => Audience::Unknown,
            },
            condition: condition(&item, profile),
            call_number: item
                .call_number
                .as_deref()
                .map(printable)
                .unwrap_or_default(),
            issue: item.issue.as_deref().map(printable).unwrap_or_default(),
            note: item.note.as_deref().map(printable).unwrap_or_default(),
            in_service: u8::try_from(profile.in_service)
                .ok()
                .and_then(|code| field.first(code))
                .and_then(|text| day(text)),
            barcode,
            owner,
        });
    }
    (copies, odd)
}

/// What Postgres can hold and a list can show.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .filter(|char| !char.is_control())
        .collect::<String>()
        .trim()
        .to_owned()
}

fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    Date::strptime("%Y%m%d", text).ok()
}

/// By what the source says of the owner, or else of the holder; and else the file's own branch.
fn owner(item: &Item, houses: &Houses, file: BranchCode, odd: &mut Vec<Odd>) -> BranchCode {
    let said = [item.owner.as_deref(), item.holder.as_deref()];
    let found = said
        .into_iter()
        .flatten()
        .find_map(|said| houses.find(said, file));
    found.unwrap_or_else(|| {
        if let Some(said) = said.into_iter().flatten().next() {
            odd.push((
                "unknown branch",
                format!(
                    "{:?} is no branch; the copy went to {file}",
                    printable(said)
                ),
                Done::Noted,
            ));
        }
        file
    })
}

fn condition(item: &Item, profile: &Profile) -> Condition {
    let note = item.note.as_deref().unwrap_or_default().to_lowercase();
    let stated = profile
        .states
        .iter()
        .find(|(word, _)| note.starts_with(word.as_str()));
    match (stated, item.circulation) {
        (Some((_, condition)), _) => *condition,
        (None, Some(Circulation::OnSite | Circulation::Reserve)) => Condition::OnSiteOnly,
        (None, Some(Circulation::Absent)) => Condition::Missing,
        (None, Some(Circulation::Lendable) | None) => Condition::Good,
    }
}

/// By the source's own table, or else by 995 $r, which says what it is on, and by what the record says besides: large
/// letters, comics and serials have no code of their own there.
fn document(record: &Record, item: &Item) -> DocumentCode {
    if let Some(known) = item
        .document_type
        .as_deref()
        .and_then(|code| code.parse().ok())
    {
        return known;
    }
    let code = item.document.as_ref().map_or("", |code| code.0.as_str());
    let leader = record.leader;
    let word = match (code, leader.record_type(), leader.level()) {
        (_, b'a', b's') => "REV",
        ("jz" | "iz", ..) => "VIN",
        (code, kind, _) if code.starts_with('g') || kind == b'g' => "DVD",
        (code, kind, _) if code.starts_with('l') || kind == b'l' => "JVI",
        (code, kind, _) if code.starts_with('j') || kind == b'j' => "CD",
        (code, kind, _) if code.starts_with('i') || kind == b'i' => "LAU",
        (code, kind, _) if code.starts_with('c') || matches!(kind, b'c' | b'd') => "PAR",
        ("mz", ..) => "LCD",
        _ if large_print(record) => "GCA",
        _ if comic(record, item) => "BD",
        _ => "LIV",
    };
    word.parse().expect("the words above are codes")
}

/// UNIMARC 106 $a `d`, or what 205 and 300 say of large letters.
fn large_print(record: &Record) -> bool {
    let says = |tag: &[u8; 3]| {
        record.all(tag, b'a').any(|text| {
            let text = text.to_lowercase();
            text.contains("gros caract") || text.contains("grands caract")
        })
    };
    record
        .first(b"106", b'a')
        .is_some_and(|code| code.starts_with('d'))
        || says(b"205")
        || says(b"300")
}

/// By its place on the shelf, its subjects, or Dewey's 741.5.
fn comic(record: &Record, item: &Item) -> bool {
    let shelf = item
        .call_number
        .as_deref()
        .unwrap_or_default()
        .to_uppercase();
    // The second word may be the beginning of an author's name: «R MAN» is a novel.
    let mut words = shelf.split_whitespace();
    let shelf = match (words.next(), words.next()) {
        (Some("BD" | "BDJ" | "MAN" | "MANGA"), _) => true,
        (_, second) => matches!(second, Some("BD" | "MANGA")),
    };
    let subject = record
        .all(b"606", b'a')
        .chain(record.all(b"610", b'a'))
        .any(|text| {
            let text = text.to_lowercase();
            text.starts_with("bandes dessin") || text.starts_with("manga")
        });
    shelf
        || subject
        || record
            .all(b"676", b'a')
            .any(|class| class.starts_with("741.5"))
}

#[cfg(test)]
mod tests {
    use marc::Leader;

    use super::*;

    fn item(record: &Record) -> Copy {
        let (mut copies, odd) = copies(
            record,
            &Profile::default(),
            &Houses::default(),
            "LENS".parse().unwrap(),
        );
        assert_eq!(odd, []);
        copies.remove(0)
    }

    fn record(kind: &[u8; 2], fields: &[DataField], copy: &[(u8, &str)]) -> Record {
        let mut record = Record::new(Leader::UNIMARC.with(6, kind[0]).with(7, kind[1]));
        for field in fields {
            record.push(field.clone());
        }
        let mut field = DataField::new(b"995", b"  ").with(b'f', "1");
        for (code, value) in copy {
            field.push(*code, *value);
        }
        record.push(field);
        record
    }

    #[test]
    fn document_types() {
        let large = DataField::new(b"106", b"  ").with(b'a', "d");
        for (kind, fields, copy, expected) in [
            (b"am", vec![], vec![(b'r', "az")], "LIV"),
            (b"am", vec![], vec![(b'r', "au")], "LIV"),
            (
                b"am",
                vec![],
                vec![(b'r', "az"), (b'k', "J BD LIV 02")],
                "BD",
            ),
            (b"am", vec![], vec![(b'r', "az"), (b'k', "R MAN")], "LIV"),
            (b"am", vec![large], vec![(b'r', "az")], "GCA"),
            (b"as", vec![], vec![(b'r', "az")], "REV"),
            (b"jm", vec![], vec![(b'r', "jz")], "VIN"),
            (b"jm", vec![], vec![(b'r', "je")], "CD"),
            (b"im", vec![], vec![(b'r', "ie")], "LAU"),
            (b"gm", vec![], vec![], "DVD"),
            (b"lm", vec![], vec![(b'r', "le")], "JVI"),
        ] {
            let copy = item(&record(kind, &fields, &copy));
            assert_eq!(copy.document.as_str(), expected);
        }
    }

    #[test]
    fn states_and_days() {
        let copy = |copy: &[(u8, &str)]| item(&record(b"am", &[], copy));
        assert_eq!(copy(&[(b'o', "e")]).condition, Condition::Good);
        assert_eq!(copy(&[(b'o', "c")]).condition, Condition::OnSiteOnly);
        let lost = copy(&[
            (b'o', "e"),
            (b'u', "Manquant à l'inventaire"),
            (b'5', "2012-03-04"),
        ]);
        assert_eq!(lost.condition, Condition::Missing);
        assert_eq!(lost.in_service, Some(jiff::civil::date(2012, 3, 4)));
    }
}
