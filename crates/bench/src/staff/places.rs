//! What is asked: every page and every read, with numbers of what there is.

use super::town::Town;

/// A page or a read, with what it names in braces.
pub(crate) struct Place {
    pub(crate) template: &'static str,
}

/// Words that a librarian types into the scan box.
const WORDS: &[&str] = &[
    "les misérables",
    "zola germinal",
    "petit prince",
    "astérix",
    "histoire de france",
    "jardin",
    "chat",
    "guerre et paix",
];

/// Some of everything that an address can name.
pub(crate) struct Numbers(Vec<(&'static str, Vec<String>)>);

impl Numbers {
    /// A few hundred of each, from all over.
    pub(crate) fn draw(town: &Town) -> anyhow::Result<Self> {
        let of = |query: &str| town.column(query);
        let spread = |what: &str, from: &str, order: &str| {
            format!(
                "SELECT {what} FROM (SELECT {what}, row_number() OVER (ORDER BY {order}) AS n, \
                 count(*) OVER () AS every FROM {from}) numbered WHERE n % greatest(every / 300, 1) = 0"
            )
        };
        Ok(Self(vec![
            (
                "{barcode}",
                of(&spread("barcode", "item WHERE id % 53 = 0", "id"))?,
            ),
            (
                "{bib}",
                of(&spread(
                    "id",
                    "bib WHERE id % 53 = 0 AND merged_into IS NULL",
                    "id",
                ))?,
            ),
            (
                "{card}",
                of(&spread("number", "card WHERE id % 7 = 0", "id"))?,
            ),
            (
                "{patron}",
                of(&spread("id", "patron WHERE id % 7 = 0", "id"))?,
            ),
            (
                "{hold}",
                of(&spread("id", "hold WHERE closed_at IS NULL", "id"))?,
            ),
            (
                "{event}",
                of(&spread("id", "event WHERE id % 53 = 0", "id"))?,
            ),
            ("{inventory}", of("SELECT id FROM inventory")?),
            // Two weeks after the daemon's clock, when most loans are due.
            ("{soon}", vec!["2026-01-20".to_owned()]),
            ("{later}", vec!["2026-01-27".to_owned()]),
            // A program works at one branch.
            ("{branch}", vec!["LENS".to_owned()]),
            (
                "{words}",
                WORDS.iter().map(|words| words.replace(' ', "+")).collect(),
            ),
        ]))
    }

    /// The address of the place, each turn another.
    pub(crate) fn address(&self, place: &Place, turn: usize) -> String {
        let mut address = place.template.to_owned();
        for (name, values) in &self.0 {
            if address.contains(name) {
                let value = values.get(turn % values.len().max(1));
                address = address.replace(name, value.map_or("", String::as_str));
            }
        }
        address
    }
}

const fn at(template: &'static str) -> Place {
    Place { template }
}

/// All of them.
pub(crate) const PLACES: &[Place] = &[
    at("/staff"),
    at("/staff/items/{barcode}"),
    at("/staff/titles/{bib}"),
    at("/staff/events/{event}"),
    at("/staff/lists/pull"),
    at("/staff/lists/shuttle"),
    at("/staff/items/{barcode}/history"),
    at("/staff/titles/{bib}/queue"),
    at("/staff/lists/shuttle/out/VIMY"),
    at("/staff/lists/shuttle/in/VIMY"),
    at("/staff/lists/hold-shelf"),
    at("/staff/lists/hold-shelf?only=clear"),
    at("/staff/lists/overdue"),
    at("/staff/lists/overdue?only=owned&level=2"),
    at("/staff/readers?words={words}"),
    at("/staff/readers/{patron}"),
    at("/staff/readers/{patron}/edit"),
    at("/staff/readers/{patron}/account"),
    at("/staff/holds/{hold}"),
    at("/staff/readers/new"),
    at("/staff/work/readers?of=network"),
    at("/staff/readers/{patron}/merge"),
    at("/staff/work/records"),
    at("/staff/work/moves"),
    at("/staff/figures"),
    at("/staff/rules"),
    at("/staff/rules/1"),
    at("/staff/rules/1/why?branch=LENS&category=ADU&document=LIV"),
    at("/staff/inventory"),
    at("/staff/inventory/{inventory}"),
    at("/staff/inventory/{inventory}/missing"),
    at("/staff/log"),
    at("/staff/log?outcome=refused"),
    at("/staff/log?barcode={barcode}"),
    at("/staff/audit"),
    at("/staff/calendar"),
    at("/staff/calendar/closure?place=LENS&first={soon}&last={later}&reason=Travaux"),
    at("/staff/calendar/closure?place=*&first={soon}&last={later}&reason=Travaux"),
    at("/staff/users"),
    at("/staff/users/mesure"),
    at("/staff/me"),
    at("/staff/terminals"),
    at("/staff/partners"),
    at("/staff/work/offline"),
    at("/staff/branches"),
    at("/staff/branches/{branch}"),
    at("/staff/api"),
    at("/staff/api/place_hold"),
    at("/api/v1/me"),
    at("/api/v1/items/{barcode}"),
    at("/api/v1/bibs/{bib}/copies"),
    at("/api/v1/patrons/{card}"),
    at("/api/v1/events/{event}"),
    at("/api/v1/branches/{branch}/pull-list"),
    at("/api/v1/branches/{branch}/shuttle"),
    at("/api/v1/branches/{branch}/hold-shelf"),
    at("/api/v1/work-lists/records"),
    at("/api/v1/work-lists/offline"),
    at("/api/v1/patrons?words={words}"),
    at("/api/v1/events"),
    at("/api/v1/events?barcode={barcode}"),
    at("/api/v1/audit"),
    at("/api/v1/terminals"),
    at("/api/v1/branches/{branch}/overdue"),
    at("/api/v1/branches"),
    at("/api/v1/branches/{branch}"),
    at("/api/v1/branches/{branch}/calendar"),
    at("/api/v1/policies"),
    at("/api/v1/policies/1"),
    at("/api/v1/policies/drafts"),
    at("/api/v1/patrons/{card}/file"),
    at("/api/v1/patrons/{card}/household"),
    at("/api/v1/patrons/{card}/account"),
    at("/api/v1/work-lists/patrons"),
    at("/api/v1/holds/{hold}"),
    at("/api/v1/bibs/{bib}/queue"),
    at("/api/v1/items/{barcode}/history"),
    at("/api/v1/partners"),
    at("/api/v1/profiles"),
    at("/api/v1/users"),
    at("/api/v1/roles"),
    at("/api/v1/inventories"),
    at("/api/v1/inventories/{inventory}"),
    at("/api/v1/inventories/{inventory}/missing"),
    at("/api/v1/moves"),
];

/// What is scanned or typed: forms, but they only show something.
pub(crate) const SCANS: &[Place] = &[at("{card}"), at("{words}")];
