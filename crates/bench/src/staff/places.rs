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
            ("{hold}", of(&spread("id", "hold", "id"))?),
            (
                "{event}",
                of(&spread("id", "event WHERE id % 53 = 0", "id"))?,
            ),
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
    at("/staff/lists/hold-shelf"),
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
];

/// What is scanned or typed: forms, but they only show something.
pub(crate) const SCANS: &[Place] = &[at("{card}"), at("{words}")];
