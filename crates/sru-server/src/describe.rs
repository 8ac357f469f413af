//! Explain: the table of indexes, as ZeeRex.

use query::Nature;
use questions::{INDEXES, cql::SETS};
use sru::{
    Settings as Wire,
    zeerex::{Config, Description, Index, Text},
};

use crate::settings::Settings;

/// What is served, at this address, with so many records.
pub(crate) fn description(
    settings: &Settings,
    wire: &Wire,
    address: (String, u16),
    records: u64,
) -> Description {
    let both = |french: &str, english: &str| {
        vec![
            Text {
                language: "fr",
                text: french.to_owned(),
            },
            Text {
                language: "en",
                text: english.to_owned(),
            },
        ]
    };
    let sets = SETS
        .iter()
        .filter_map(|(name, uris)| Some(((*name).to_owned(), (*uris.first()?).to_owned())));
    let indexes = INDEXES.iter().map(|index| {
        let names = index.names.iter().filter_map(|name| {
            let (set, name) = name.split_once('.')?;
            Some((set.to_owned(), name.to_owned()))
        });
        Index {
            title: both(index.title_fr, index.title_en),
            search: true,
            scan: index.scan,
            sort: index.sort.is_some(),
            names: names.collect(),
            relations: relations(index.access.nature())
                .iter()
                .map(|one| (*one).to_owned())
                .collect(),
            modifiers: match index.access.nature() {
                Nature::Words => ["relevant", "string", "unmasked"]
                    .map(str::to_owned)
                    .to_vec(),
                _ => Vec::new(),
            },
        }
    });
    Description {
        host: address.0,
        port: address.1,
        database: "sru".to_owned(),
        records: Some(records),
        title: both(&settings.title_fr, &settings.title_en),
        description: both(
            "Toutes les notices et tous les exemplaires du réseau. Plusieurs mots sans autre précision doivent tous s'y trouver.",
            "All records and copies of the network. Several words without further saying all have to be there.",
        ),
        implementation: Some("Relire".to_owned()),
        sets: sets.collect(),
        indexes: indexes.collect(),
        config: vec![
            Config::Supports("proximity", String::new()),
            Config::Supports("sort", String::new()),
        ],
        ..Description::default()
    }
    .with(wire)
}

/// Relations that mean something for such values.
const fn relations(nature: Nature) -> &'static [&'static str] {
    match nature {
        Nature::Words => &[
            "=", "==", "<>", "any", "all", "adj", "<", "<=", ">", ">=", "within",
        ],
        Nature::Exact => &[
            "=", "==", "<>", "any", "all", "<", "<=", ">", ">=", "within",
        ],
        Nature::Number | Nature::Date => &["=", "==", "<>", "<", "<=", ">", ">=", "within"],
        Nature::Identifier => &["=", "==", "<>"],
    }
}
