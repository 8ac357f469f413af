use crate::Version;

/// What a server has to say before requests can be read: its schemas and its limits.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The schemas that records can be had in, the first one when none is asked for.
    pub schemas: Vec<Schema>,
    /// Records in an answer when nobody says how many.
    pub default_records: u32,
    /// Records in an answer at most; who asks for more gets so many.
    pub max_records: u32,
    /// Terms of a scan when nobody says how many.
    pub default_terms: u32,
    /// Terms of a scan at most.
    pub max_terms: u32,
    /// How much of a query is read.
    pub query: cql::Limits,
    /// The version of a request that names none, nor an operation, which 2.0 has not.
    pub silent_version: Version,
    /// Whether answers name the stylesheet that a request asks for. It runs in the reader's
    /// browser, so only what this server serves (a path), or nothing.
    pub stylesheets: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            schemas: vec![
                Schema::MARCXML,
                Schema::DC,
                Schema::MODS,
                Schema::UNIMARCXML,
                Schema::MARCXCHANGE,
                Schema::ISOHOLD,
            ],
            default_records: 10,
            max_records: 100,
            default_terms: 20,
            max_terms: 100,
            query: cql::Limits::default(),
            silent_version: Version::V2_0,
            stylesheets: true,
        }
    }
}

/// A form that records can be had in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    /// The short name.
    pub name: &'static str,
    /// The URI, as answers have it.
    pub identifier: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Other names that clients have for it.
    pub aliases: &'static [&'static str],
}

impl Schema {
    /// MARC21 in XML.
    pub const MARCXML: Self = Self {
        name: "marcxml",
        identifier: "info:srw/schema/1/marcxml-v1.1",
        title: "MARCXML",
        aliases: &[
            "marc",
            "marc21",
            "marc21xml",
            "http://www.loc.gov/MARC21/slim",
            "info:lc/xmlns/marcxml-v1",
            "info:srw/schema/1/marcxml-v1.0",
        ],
    };
    /// UNIMARC in the elements of MARCXML.
    pub const UNIMARCXML: Self = Self {
        name: "unimarcxml",
        identifier: "info:srw/schema/8/unimarcxml-v0.1",
        title: "UNIMARC XML",
        aliases: &["unimarc"],
    };
    /// UNIMARC in the elements of ISO 25577.
    pub const MARCXCHANGE: Self = Self {
        name: "marcxchange",
        identifier: "info:lc/xmlns/marcxchange-v2",
        title: "MarcXchange (ISO 25577)",
        aliases: &["unimarcXchange", "info:lc/xmlns/marcxchange-v1"],
    };
    /// Dublin Core.
    pub const DC: Self = Self {
        name: "dc",
        identifier: "info:srw/schema/1/dc-v1.1",
        title: "Dublin Core",
        aliases: &[
            "oai_dc",
            "dublincore",
            "http://purl.org/dc/elements/1.1/",
            "http://www.openarchives.org/OAI/2.0/oai_dc/",
            "info:srw/schema/1/dc-schema",
        ],
    };
    /// MODS 3.
    pub const MODS: Self = Self {
        name: "mods",
        identifier: "info:srw/schema/1/mods-v3.7",
        title: "MODS 3.7",
        aliases: &[
            "mods3",
            "http://www.loc.gov/mods/v3",
            "info:srw/schema/1/mods-v3.0",
            "info:srw/schema/1/mods-v3.2",
            "info:srw/schema/1/mods-v3.3",
            "info:srw/schema/1/mods-v3.4",
            "info:srw/schema/1/mods-v3.5",
            "info:srw/schema/1/mods-v3.6",
        ],
    };
    /// Holdings: ISO 20775.
    pub const ISOHOLD: Self = Self {
        name: "isohold",
        identifier: "http://www.loc.gov/standards/iso20775/",
        title: "ISO 20775 holdings",
        aliases: &["iso20775", "holdings", "info:ofi/fmt:xml:xsd:iso20775"],
    };

    /// Whether a request means this one: names in whatever case, URIs as they are.
    pub fn is(&self, asked: &str) -> bool {
        let same = |own: &str| {
            if own.contains(':') {
                own == asked
            } else {
                own.eq_ignore_ascii_case(asked)
            }
        };
        same(self.name) || same(self.identifier) || self.aliases.iter().any(|alias| same(alias))
    }
}
