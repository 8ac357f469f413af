//! Which branch holds which works, in how many copies, in what state.

use std::collections::BTreeSet;

use circulation::{Audience, Condition, Rulebook};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::call_number::call_number;
use crate::item::Item;
use crate::library::{LIBRARIES, Library, Size};
use crate::random::Random;
use crate::source_record::SourceRecord;
use crate::work::Work;

/// What a small branch holds: document type, audience, copies. Larger ones hold more of each.
const MIX: [(&str, Option<Audience>, u32); 19] = [
    ("LIV", Some(Audience::Adult), 17),
    ("LIV", Some(Audience::Youth), 11),
    ("BD", Some(Audience::Adult), 6),
    ("BD", Some(Audience::Youth), 6),
    ("DVD", Some(Audience::Adult), 3),
    ("DVD", Some(Audience::Youth), 2),
    ("CD", None, 5),
    ("REV", None, 5),
    ("JVI", None, 2),
    ("JSO", None, 2),
    ("GCA", None, 2),
    ("LAU", None, 2),
    ("LCD", None, 2),
    ("PAR", None, 1),
    ("VIN", None, 1),
    ("LIS", None, 1),
    ("USU", None, 2),
    ("INS", None, 0),
    ("TAB", None, 0),
];

/// What only some branches hold, often because a rule of theirs is about it: prints at
/// Sallaumines (and at Méricourt, for comparison), scores and instruments at Bully-les-Mines with
/// its music school, video games at Lens, trunks and exhibitions, documents lent by a partner to
/// small branches. There are no copies of digital books: a licence has no barcode.
const SPECIALS: [(&str, &str, u32); 29] = [
    ("SALL", "ART", 14),
    ("MERI", "ART", 4),
    ("BULM", "PAR", 22),
    ("BULM", "INS", 14),
    ("LENS", "INS", 4),
    ("LENS", "JVI", 20),
    ("LENS", "TAB", 3),
    ("AVEZ", "TAB", 2),
    ("HARN", "TAB", 2),
    ("LIGA", "TAB", 2),
    ("MERI", "TAB", 2),
    ("LENS", "MAL", 6),
    ("AVEZ", "MAL", 4),
    ("HARN", "MAL", 4),
    ("VIMY", "MAL", 3),
    ("BILM", "MAL", 3),
    ("WING", "MAL", 2),
    ("LENS", "EXP", 4),
    ("SALL", "EXP", 2),
    ("LOOS", "EXP", 2),
    ("MERI", "EXP", 2),
    ("VILB", "PEB", 2),
    ("SOUC", "PEB", 1),
    ("AIXN", "PEB", 2),
    ("GIVG", "PEB", 1),
    ("HULL", "PEB", 1),
    ("LENS", "VIN", 3),
    ("LIGA", "LIS", 4),
    ("LIDE", "LIS", 2),
];

/// Labels from before the union, each on a copy in two or three communes: what was 0001871 at
/// Harnes was 0001871 at Noyelles too. Barcode and owner together are the key.
const OLD_BARCODES: [(&str, &[&str]); 5] = [
    ("0000042", &["HARN", "NOYE"]),
    ("0000417", &["LENS", "AVEZ"]),
    ("0001204", &["SALL", "VEND"]),
    ("0001871", &["HARN", "NOYE"]),
    ("0002350", &["MERI", "VIMY", "SOUC"]),
];

/// All copies, and what the branches recorded about their works.
pub(crate) struct Stock {
    pub(crate) items: Vec<Item>,
    pub(crate) source_records: Vec<SourceRecord>,
}

/// The stock of the whole network. The same on every day, but for the dates.
pub(crate) fn stock(today: Date, book: &Rulebook, works: &[Work]) -> Stock {
    let mut holdings: Vec<Vec<usize>> = LIBRARIES
        .iter()
        .map(|library| holdings(library, works))
        .collect();
    place_the_unheld(&mut holdings, works);

    let latest = latest_issues(works);
    let mut random = Random::new(0x5106);
    let mut items = Vec::new();
    let mut source_records = Vec::new();
    for (library, held) in LIBRARIES.iter().zip(&holdings) {
        for (serial, position) in (1_u32..).zip(held) {
            let Some(work) = works.get(*position) else {
                continue;
            };
            let mut item = Item {
                barcode: library.label(3, serial),
                branch: library.branch(),
                work: *position,
                document: work.document,
                audience: work.audience,
                call_number: call_number(work),
                condition: condition(&mut random),
                in_service: first_day(&mut random, today, work),
                parts: book
                    .documents
                    .get(&work.document)
                    .map_or(1, |kind| kind.usual_parts),
                note: String::new(),
            };
            if latest.contains(position) {
                item.condition = Condition::OnSiteOnly;
            }
            note(&item).clone_into(&mut item.note);
            items.push(item);
        }
        let distinct: BTreeSet<usize> = held.iter().copied().collect();
        let known = (1..).zip(distinct).filter_map(|(serial, position)| {
            works
                .get(position)
                .map(|work| SourceRecord::new(library, serial, position, work))
        });
        source_records.extend(known);
    }
    offer_digital_books(works, &mut source_records);
    stick_old_labels(&mut items);
    Stock {
        items,
        source_records,
    }
}

/// What one branch holds, as positions of works; a work stands twice for two copies.
fn holdings(library: &Library, works: &[Work]) -> Vec<usize> {
    let mut random = Random::new(0x11B_0000 + u64::from(library.number));
    let mut held = Vec::new();
    for (document, audience, small) in MIX {
        let wanted = library.scale(small);
        let of_kind = |work: &Work| {
            work.document.as_str() == document && audience.is_none_or(|only| work.audience == only)
        };
        let chosen = choose(&mut random, works, of_kind, wanted);
        if document == "LIV" && library.size == Size::Large {
            held.extend(chosen.iter().take(6));
        }
        held.extend(chosen);
    }
    for (_, document, wanted) in SPECIALS.iter().filter(|(code, ..)| *code == library.code) {
        let of_kind = |work: &Work| work.document.as_str() == *document;
        held.extend(choose(&mut random, works, of_kind, *wanted));
    }
    held
}

/// So many copies of works of a kind. Some works are loved more than others, and are found in
/// many branches; if there are fewer works than copies, some stand twice.
fn choose(
    random: &mut Random,
    works: &[Work],
    of_kind: impl Fn(&Work) -> bool,
    wanted: u32,
) -> Vec<usize> {
    let kind = works.iter().enumerate().filter(|(_, work)| of_kind(work));
    let mut drawn: Vec<(u64, usize)> = kind
        .map(|(position, work)| {
            let id = work
                .id
                .bytes()
                .fold(0, |sum, byte| sum * 10 + u64::from(byte));
            let love = Random::new(id).below(4) + 1;
            let best = (0..love).map(|_| random.next()).max().unwrap_or_default();
            (best, position)
        })
        .collect();
    drawn.sort_unstable_by(|one, other| other.cmp(one));
    drawn
        .iter()
        .map(|(_, position)| *position)
        .cycle()
        .take(wanted as usize)
        .collect()
}

/// A work that chance left out everywhere goes to one of the large branches.
fn place_the_unheld(holdings: &mut [Vec<usize>], works: &[Work]) {
    let held: BTreeSet<usize> = holdings.iter().flatten().copied().collect();
    let unheld = works
        .iter()
        .enumerate()
        .filter(|(position, work)| !held.contains(position) && work.document.as_str() != "PNB");
    let large: Vec<usize> = (0..LIBRARIES.len())
        .filter(|place| {
            LIBRARIES
                .get(*place)
                .is_some_and(|library| library.size == Size::Large)
        })
        .collect();
    for ((position, _), place) in unheld.zip(large.iter().cycle()) {
        if let Some(held) = holdings.get_mut(*place) {
            held.push(position);
        }
    }
}

/// The works that are the latest issue of their magazine: read on the spot.
fn latest_issues(works: &[Work]) -> BTreeSet<usize> {
    let issues = || {
        works
            .iter()
            .enumerate()
            .filter(|(_, work)| work.document.as_str() == "REV")
    };
    let later = |work: &Work| {
        issues().any(|(_, other)| other.series == work.series && other.volume > work.volume)
    };
    issues()
        .filter(|(_, work)| !later(work))
        .map(|(position, _)| position)
        .collect()
}

fn condition(random: &mut Random) -> Condition {
    match random.below(1000) {
        0..15 => Condition::Damaged,
        15..22 => Condition::InProcess,
        22..29 => Condition::Lost,
        29..32 => Condition::Missing,
        _ => Condition::Good,
    }
}

/// About one copy in twelve is new (less than 180 days in service), recent works more often. No
/// copy is older than its work.
fn first_day(random: &mut Random, today: Date, work: &Work) -> Date {
    let recent = work.year.is_some_and(|year| year >= 2020);
    let days = if random.percent(if recent { 30 } else { 7 }) {
        random.between(3, 172)
    } else {
        random.between(400, 3600)
    };
    let drawn = today.saturating_sub(i64::from(days).days());
    let published = work.year.and_then(|year| Date::new(year, 7, 1).ok());
    published
        .filter(|day| *day < today)
        .map_or(drawn, |day| day.max(drawn))
}

fn note(item: &Item) -> &'static str {
    match (item.condition, item.document.as_str()) {
        (Condition::Damaged, "CD" | "DVD" | "VIN" | "LAU") => "Disque rayé, à nettoyer",
        (Condition::Damaged, _) => "Abîmé, à réparer",
        (Condition::OnSiteOnly, _) => "Dernier numéro : consultation sur place",
        (_, "LIS") => "Liseuse, câble et étui ; charte à signer",
        (_, "JSO") => "Compter les pièces au retour",
        (_, "ART") => "Encadrée, emballage fourni",
        (_, "PEB") => "Prêté par un partenaire : ne pas laisser en rayon",
        _ => "",
    }
}

/// Digital books were catalogued at Lens for the whole network; they have no copies.
fn offer_digital_books(works: &[Work], records: &mut Vec<SourceRecord>) {
    let Some(lens) = LIBRARIES.iter().find(|library| library.code == "LENS") else {
        return;
    };
    let digital = works
        .iter()
        .enumerate()
        .filter(|(_, work)| work.document.as_str() == "PNB");
    records.extend(
        (900_001..)
            .zip(digital)
            .map(|(serial, (position, work))| SourceRecord::new(lens, serial, position, work)),
    );
}

/// Puts each old label on a good book of every branch that it is known from.
fn stick_old_labels(items: &mut [Item]) {
    for (label, branches) in OLD_BARCODES {
        for branch in branches {
            let relabelled = items.iter_mut().find(|item| {
                item.branch.as_str() == *branch
                    && item.is_book()
                    && item.condition == Condition::Good
                    && !is_old_label(&item.barcode)
            });
            if let Some(item) = relabelled {
                label.clone_into(&mut item.barcode);
            }
        }
    }
}

/// Whether a barcode is one of those that several branches have.
pub(crate) fn is_old_label(barcode: &str) -> bool {
    OLD_BARCODES.iter().any(|(label, _)| *label == barcode)
}
