use jiff::Timestamp;

use super::{Next, OaiError, Problem, Request, Verb, datestamp};
use crate::{Fragment, xml::Xml};

/// What is answered to a verb.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// To `Identify`.
    Identify(Identify),
    /// To `ListMetadataFormats`.
    Formats(Vec<Format>),
    /// To `ListSets`.
    Sets(Vec<SetInfo>, Option<Next>),
    /// To `GetRecord`.
    Record(ListedRecord),
    /// To `ListIdentifiers`.
    Identifiers(Vec<Header>, Option<Next>),
    /// To `ListRecords`.
    Records(Vec<ListedRecord>, Option<Next>),
    /// To whatever could not be answered.
    Errors(Vec<OaiError>),
}

/// Who this is. *OAI-PMH 2.0, section 4.2*.
#[derive(Clone, Debug, PartialEq)]
pub struct Identify {
    /// What the repository is called.
    pub name: String,
    /// Who to write to; one at least.
    pub admin_emails: Vec<String>,
    /// Nothing here is older.
    pub earliest: Timestamp,
    /// Whether deletions are remembered for ever (`persistent`), for a while (`transient`) or not.
    pub deleted: DeletedRecords,
    /// Elements that describe it further, such as `oai-identifier`.
    pub descriptions: Vec<Fragment>,
}

/// *OAI-PMH 2.0, section 2.5.1*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeletedRecords {
    /// No.
    No,
    /// For a while.
    Transient,
    /// For ever.
    Persistent,
}

/// A format that records can be had in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// Its short name.
    pub prefix: String,
    /// Where its schema is.
    pub schema: String,
    /// The namespace of its elements.
    pub namespace: String,
}

/// A set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetInfo {
    /// Its short name, levels parted by `:`.
    pub spec: String,
    /// What it is called.
    pub name: String,
}

/// What a record is known by, and when it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// `oai:domain:number`.
    pub identifier: String,
    /// When it changed.
    pub datestamp: Timestamp,
    /// The sets that it is in.
    pub sets: Vec<String>,
    /// Whether it is gone.
    pub deleted: bool,
}

/// A record, or the news that it is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedRecord {
    /// What it is.
    pub header: Header,
    /// The record; nothing when it is deleted.
    pub metadata: Option<Fragment>,
}

const NAMESPACE: &str = "http://www.openarchives.org/OAI/2.0/";
const LOCATION: &str =
    "http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd";

impl Answer {
    /// The answer to a request: where it was asked, and when it is answered. A list without
    /// entries is answered `noRecordsMatch`, as the standard has it.
    pub fn to_xml(&self, request: &Request, base_url: &str, now: Timestamp) -> String {
        let mut xml = Xml::document();
        let root = [
            ("xmlns", NAMESPACE),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xsi:schemaLocation", LOCATION),
        ];
        xml.open_with("OAI-PMH", &root);
        xml.leaf("responseDate", &datestamp(now));
        let attributes: Vec<_> = (request.attributes.iter())
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        xml.leaf_with("request", &attributes, base_url);
        match (&request.verb, self) {
            (Err(errors), _) | (Ok(_), Self::Errors(errors)) => write_errors(&mut xml, errors),
            (Ok(_), Self::Records(records, _)) if records.is_empty() => no_match(&mut xml),
            (Ok(_), Self::Identifiers(headers, _)) if headers.is_empty() => no_match(&mut xml),
            (Ok(_), Self::Sets(sets, _)) if sets.is_empty() => {
                let error = OaiError::new(Problem::NoSetHierarchy, "there are no sets here");
                write_errors(&mut xml, &[error]);
            }
            (Ok(_), Self::Formats(formats)) if formats.is_empty() => {
                let error = OaiError::new(Problem::NoMetadataFormats, "there is no format for it");
                write_errors(&mut xml, &[error]);
            }
            (Ok(_), _) => self.write(&mut xml, base_url),
        }
        xml.finish()
    }

    /// Whether it answers this verb: what a door's own tests ask.
    pub const fn fits(&self, verb: &Verb) -> bool {
        matches!(
            (verb, self),
            (_, Self::Errors(_))
                | (Verb::Identify, Self::Identify(_))
                | (Verb::ListMetadataFormats(_), Self::Formats(_))
                | (Verb::ListSets(_), Self::Sets(..))
                | (Verb::GetRecord { .. }, Self::Record(_))
                | (Verb::ListIdentifiers(_), Self::Identifiers(..))
                | (Verb::ListRecords(_), Self::Records(..))
        )
    }

    fn write(&self, xml: &mut Xml, base_url: &str) {
        match self {
            Self::Errors(errors) => write_errors(xml, errors),
            Self::Identify(identify) => identify.write(xml, base_url),
            Self::Formats(formats) => {
                xml.open("ListMetadataFormats");
                for format in formats {
                    xml.open("metadataFormat");
                    xml.leaf("metadataPrefix", &format.prefix);
                    xml.leaf("schema", &format.schema);
                    xml.leaf("metadataNamespace", &format.namespace);
                    xml.close();
                }
                xml.close();
            }
            Self::Sets(sets, next) => {
                xml.open("ListSets");
                for set in sets {
                    xml.open("set");
                    xml.leaf("setSpec", &set.spec);
                    xml.leaf("setName", &set.name);
                    xml.close();
                }
                resumption(xml, next.as_ref());
                xml.close();
            }
            Self::Record(record) => {
                xml.open("GetRecord");
                record.write(xml);
                xml.close();
            }
            Self::Identifiers(headers, next) => {
                xml.open("ListIdentifiers");
                headers.iter().for_each(|header| header.write(xml));
                resumption(xml, next.as_ref());
                xml.close();
            }
            Self::Records(records, next) => {
                xml.open("ListRecords");
                records.iter().for_each(|record| record.write(xml));
                resumption(xml, next.as_ref());
                xml.close();
            }
        }
    }
}

impl Identify {
    fn write(&self, xml: &mut Xml, base_url: &str) {
        xml.open("Identify");
        xml.leaf("repositoryName", &self.name);
        xml.leaf("baseURL", base_url);
        xml.leaf("protocolVersion", "2.0");
        for email in &self.admin_emails {
            xml.leaf("adminEmail", email);
        }
        xml.leaf("earliestDatestamp", &datestamp(self.earliest));
        let deleted = match self.deleted {
            DeletedRecords::No => "no",
            DeletedRecords::Transient => "transient",
            DeletedRecords::Persistent => "persistent",
        };
        xml.leaf("deletedRecord", deleted);
        xml.leaf("granularity", "YYYY-MM-DDThh:mm:ssZ");
        for description in &self.descriptions {
            xml.open("description");
            xml.markup(description);
            xml.close();
        }
        xml.close();
    }
}

impl Header {
    fn write(&self, xml: &mut Xml) {
        let deleted = [("status", "deleted")];
        xml.open_with("header", if self.deleted { &deleted } else { &[] });
        xml.leaf("identifier", &self.identifier);
        xml.leaf("datestamp", &datestamp(self.datestamp));
        for set in &self.sets {
            xml.leaf("setSpec", set);
        }
        xml.close();
    }
}

impl ListedRecord {
    fn write(&self, xml: &mut Xml) {
        xml.open("record");
        self.header.write(xml);
        // The standard forbids a deleted record to have any.
        if let Some(metadata) = self.metadata.as_ref().filter(|_| !self.header.deleted) {
            xml.open("metadata");
            xml.markup(metadata);
            xml.close();
        }
        xml.close();
    }
}

fn no_match(xml: &mut Xml) {
    let error = OaiError::new(Problem::NoRecordsMatch, "there is nothing like that");
    write_errors(xml, &[error]);
}

fn write_errors(xml: &mut Xml, errors: &[OaiError]) {
    for error in errors {
        xml.leaf_with("error", &[("code", error.problem.as_str())], &error.message);
    }
}

fn resumption(xml: &mut Xml, next: Option<&Next>) {
    let Some(next) = next else {
        return;
    };
    let (total, before) = (
        next.total.map(|total| total.to_string()),
        next.before.to_string(),
    );
    let mut attributes = Vec::new();
    if let Some(total) = &total {
        attributes.push(("completeListSize", total.as_str()));
    }
    attributes.push(("cursor", before.as_str()));
    xml.leaf_with(
        "resumptionToken",
        &attributes,
        next.token.as_deref().unwrap_or_default(),
    );
}
