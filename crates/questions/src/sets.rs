//! CQL context sets: which URI is which.

/// A context set whose names are known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContextSet {
    /// The short name, which needs no `>` before a query.
    pub name: &'static str,
    /// Its identifiers, the one to show first.
    pub uris: &'static [&'static str],
}

/// Every one.
pub const SETS: &[ContextSet] = &[
    ContextSet {
        name: "cql",
        uris: &[
            "info:srw/cql-context-set/1/cql-v1.2",
            "info:srw/cql-context-set/1/cql-v1.1",
        ],
    },
    ContextSet {
        name: "dc",
        uris: &[
            "info:srw/cql-context-set/1/dc-v1.1",
            "http://purl.org/dc/elements/1.1/",
        ],
    },
    ContextSet {
        name: "bath",
        uris: &["http://zing.z3950.org/cql/bath/2.0/"],
    },
    ContextSet {
        name: "rec",
        uris: &[
            "info:srw/cql-context-set/2/rec-1.1",
            "info:srw/cql-context-set/2/rec-1.0",
        ],
    },
    ContextSet {
        name: "bib",
        uris: &["info:srw/cql-context-set/1/bib-v1"],
    },
    ContextSet {
        name: "sort",
        uris: &["info:srw/cql-context-set/1/sort-v1.0"],
    },
    ContextSet {
        name: "relire",
        uris: &["urn:x-relire:cql-context-set:1"],
    },
];

impl ContextSet {
    /// By its short name, in whatever case.
    pub fn by_name(name: &str) -> Option<&'static Self> {
        SETS.iter().find(|set| set.name.eq_ignore_ascii_case(name))
    }

    /// By one of its identifiers.
    pub fn by_uri(uri: &str) -> Option<&'static Self> {
        let uri = uri.trim();
        SETS.iter()
            .find(|set| set.uris.iter().any(|own| own.eq_ignore_ascii_case(uri)))
    }
}
