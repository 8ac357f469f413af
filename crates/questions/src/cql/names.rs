//! Names of indexes, and the context sets that they are of.

use ::cql::Name;

use super::Refused;
use crate::{Index, by_name};

/// Context sets whose names [`crate::INDEXES`] has, with their identifiers.
pub const SETS: &[(&str, &[&str])] = &[
    (
        "cql",
        &[
            "info:srw/cql-context-set/1/cql-v1.1",
            "info:srw/cql-context-set/1/cql-v1.2",
            "info:srw/cql-context-set/1/cql-v2.0",
            "http://www.loc.gov/zing/cql/context-sets/cql/v1.1/",
        ],
    ),
    (
        "dc",
        &[
            "info:srw/cql-context-set/1/dc-v1.1",
            "http://www.loc.gov/zing/cql/dc-indexes/v1.0/",
            "http://purl.org/dc/elements/1.1/",
        ],
    ),
    (
        "bib",
        &[
            "info:srw/cql-context-set/1/bib-v1",
            "info:srw/cql-context-set/1/bib-v1.0",
            "info:srw/cql-context-set/1/bib-v1.1",
        ],
    ),
    (
        "bath",
        &[
            "http://zing.z3950.org/cql/bath/2.0/",
            "http://www.loc.gov/zing/cql/context-sets/bath/v1.1/",
        ],
    ),
    (
        "rec",
        &[
            "info:srw/cql-context-set/2/rec-1.1",
            "info:srw/cql-context-set/2/rec-1.0",
        ],
    ),
    ("relire", &["info:srw/cql-context-set/x/relire-1.0"]),
];

/// The index of a name; without one, `cql.serverChoice`.
pub(super) fn index(name: Option<&Name>) -> Result<&'static Index, Refused> {
    let Some(name) = name else {
        return by_name(Some("cql"), "serverChoice").ok_or_else(|| Refused::new(16, ""));
    };
    let set = match &name.set {
        Some(uri) => {
            let known = SETS.iter().find(|(_, uris)| uris.contains(&&**uri));
            Some(known.ok_or_else(|| Refused::new(15, uri))?.0)
        }
        None => name.prefix.as_deref(),
    };
    if let Some(set) = set.filter(|set| !SETS.iter().any(|(own, _)| own.eq_ignore_ascii_case(set)))
    {
        return Err(Refused::new(15, set));
    }
    by_name(set, &name.base).ok_or_else(|| Refused::new(16, name.text()))
}
