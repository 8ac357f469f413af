//! ZeeRex 2.0: how a server describes itself.

use crate::{Schema, Settings, Version, xml::Xml};

/// The namespace, which is the schema's identifier too.
pub const NAMESPACE: &str = "http://explain.z3950.org/dtd/2.0/";

/// What a server says about itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Description {
    /// Where it is: a name or address, without a port.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The path behind the host, without its first `/`.
    pub database: String,
    /// How many records there are.
    pub records: Option<u64>,
    /// When one of them last changed, as the day or moment in ISO 8601.
    pub last_updated: Option<String>,
    /// What it is called, in the languages that it is called anything in; the first is the main.
    pub title: Vec<Text>,
    /// What is in it.
    pub description: Vec<Text>,
    /// Who to write to.
    pub contact: Option<String>,
    /// Whose program it is.
    pub implementation: Option<String>,
    /// When this description last changed.
    pub date_modified: Option<String>,
    /// Context sets: short name and URI.
    pub sets: Vec<(String, String)>,
    /// The indexes.
    pub indexes: Vec<Index>,
    /// The forms that records can be had in, and whether one can sort by them.
    pub schemas: Vec<Schema>,
    /// Defaults, limits, and what else is supported.
    pub config: Vec<Config>,
}

/// Text in a language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// `fr`, `en`.
    pub language: &'static str,
    /// The text.
    pub text: String,
}

/// One index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    /// What people call it.
    pub title: Vec<Text>,
    /// Whether it can be searched.
    pub search: bool,
    /// Whether it can be scanned.
    pub scan: bool,
    /// Whether records can be sorted by it.
    pub sort: bool,
    /// Its names: context set and name in it, the preferred one first.
    pub names: Vec<(String, String)>,
    /// Relations that it takes: `=`, `any`.
    pub relations: Vec<String>,
    /// Relation modifiers that it takes: `stem`.
    pub modifiers: Vec<String>,
}

/// One line of `configInfo`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Config {
    /// What is meant when nobody says it: `numberOfRecords`, `10`.
    Default(&'static str, String),
    /// What cannot be changed: `maximumRecords`, `100`.
    Setting(&'static str, String),
    /// What can be asked for: `relationModifier`, `stem`.
    Supports(&'static str, String),
}

impl Description {
    /// Schemas, defaults and limits as requests are read with.
    #[must_use]
    pub fn with(mut self, settings: &Settings) -> Self {
        self.schemas.clone_from(&settings.schemas);
        let number = |number: u32| number.to_string();
        let mut config = vec![
            Config::Default("numberOfRecords", number(settings.default_records)),
            Config::Default("relation", "=".to_owned()),
            Config::Default("index", "cql.serverChoice".to_owned()),
            Config::Setting("maximumRecords", number(settings.max_records)),
        ];
        if let Some(schema) = settings.schemas.first() {
            config.insert(1, Config::Default("retrieveSchema", schema.name.to_owned()));
        }
        for mask in ["*", "?"] {
            config.push(Config::Supports("maskingCharacter", mask.to_owned()));
        }
        config.append(&mut self.config);
        self.config = config;
        self
    }

    /// An `explain` element with its namespace.
    pub fn to_xml(&self, version: Version) -> String {
        let mut xml = Xml::fragment();
        xml.open_with("zr:explain", &[("xmlns:zr", NAMESPACE)]);
        let server = [
            ("protocol", "SRU"),
            ("version", version.as_str()),
            ("transport", "http"),
            ("method", "GET POST SOAP"),
        ];
        xml.open_with("zr:serverInfo", &server);
        xml.leaf("zr:host", &self.host);
        xml.leaf("zr:port", &self.port.to_string());
        let records = self.records.map(|records| records.to_string());
        let of_database: Vec<_> = [
            records.as_deref().map(|number| ("numRecs", number)),
            self.last_updated
                .as_deref()
                .map(|date| ("lastUpdate", date)),
        ]
        .into_iter()
        .flatten()
        .collect();
        xml.leaf_with("zr:database", &of_database, &self.database);
        xml.close();
        self.database_info(&mut xml);
        if let Some(date) = &self.date_modified {
            xml.open("zr:metaInfo");
            xml.leaf("zr:dateModified", date);
            xml.close();
        }
        self.index_info(&mut xml);
        self.schema_info(&mut xml);
        if !self.config.is_empty() {
            xml.open("zr:configInfo");
            for line in &self.config {
                let (element, kind, value) = match line {
                    Config::Default(kind, value) => ("zr:default", kind, value),
                    Config::Setting(kind, value) => ("zr:setting", kind, value),
                    Config::Supports(kind, value) => ("zr:supports", kind, value),
                };
                xml.leaf_with(element, &[("type", kind)], value);
            }
            xml.close();
        }
        xml.finish()
    }

    fn database_info(&self, xml: &mut Xml) {
        xml.open("zr:databaseInfo");
        texts(xml, "zr:title", &self.title);
        texts(xml, "zr:description", &self.description);
        xml.leaf_if("zr:contact", self.contact.as_deref());
        if let Some(implementation) = &self.implementation {
            xml.open("zr:implementation");
            xml.leaf("zr:title", implementation);
            xml.close();
        }
        xml.close();
    }

    fn index_info(&self, xml: &mut Xml) {
        if self.sets.is_empty() && self.indexes.is_empty() {
            return;
        }
        xml.open("zr:indexInfo");
        for (name, identifier) in &self.sets {
            xml.open_with("zr:set", &[("name", name), ("identifier", identifier)]);
            xml.close();
        }
        for index in &self.indexes {
            let is = |yes| if yes { "true" } else { "false" };
            let can = [
                ("search", is(index.search)),
                ("scan", is(index.scan)),
                ("sort", is(index.sort)),
            ];
            xml.open_with("zr:index", &can);
            texts(xml, "zr:title", &index.title);
            for (set, name) in &index.names {
                xml.open("zr:map");
                xml.leaf_with("zr:name", &[("set", set)], name);
                xml.close();
            }
            if !index.relations.is_empty() || !index.modifiers.is_empty() {
                xml.open("zr:configInfo");
                for relation in &index.relations {
                    xml.leaf_with("zr:supports", &[("type", "relation")], relation);
                }
                for modifier in &index.modifiers {
                    xml.leaf_with("zr:supports", &[("type", "relationModifier")], modifier);
                }
                xml.close();
            }
            xml.close();
        }
        xml.close();
    }

    fn schema_info(&self, xml: &mut Xml) {
        if self.schemas.is_empty() {
            return;
        }
        xml.open("zr:schemaInfo");
        for schema in &self.schemas {
            let attributes = [
                ("identifier", schema.identifier),
                ("name", schema.name),
                ("sort", "false"),
                ("retrieve", "true"),
            ];
            xml.open_with("zr:schema", &attributes);
            xml.leaf("zr:title", schema.title);
            xml.close();
        }
        xml.close();
    }
}

fn texts(xml: &mut Xml, element: &'static str, texts: &[Text]) {
    for (at, text) in texts.iter().enumerate() {
        let attributes = [("lang", text.language), ("primary", "true")];
        let count = if at == 0 { 2 } else { 1 };
        xml.leaf_with(element, &attributes[..count], &text.text);
    }
}
