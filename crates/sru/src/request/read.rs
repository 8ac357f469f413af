//! From parameters to a request.

use super::{Escaping, Explain, Facets, Kind, Operation, Refused, Request, Scan, SearchRetrieve};
use super::{facets, is_extension, known, numbers, sort};
use crate::form::{self, MAX_BYTES, MAX_PARAMETERS, Parameter};
use crate::{Diagnostic, Schema, Settings, Version, soap};

/// Diagnostics in one answer: nobody reads more.
const MOST_FAULTS: usize = 10;

/// Reads what stood behind the `?` of a GET, or in the body of a POST.
pub fn read_form(form: &[u8], settings: &Settings) -> Result<Request, Box<Refused>> {
    match form::read(form) {
        Ok(parameters) => read(parameters, None, false, settings),
        Err(form::TooMuch) => {
            let most = format!("{MAX_BYTES} bytes, {MAX_PARAMETERS} parameters");
            let fault = Diagnostic::new(12, most).saying("the request is too long");
            Err(Box::new(Refused::whole(settings.silent_version, fault)))
        }
    }
}

/// Reads a SOAP 1.1 envelope, from the body of a POST of `text/xml`.
pub fn read_soap(body: &[u8], settings: &Settings) -> Result<Request, Box<Refused>> {
    match soap::read(body) {
        Ok(found) => read(found.parameters, found.version, true, settings),
        Err(reason) => Err(Box::new(Refused::no_envelope(reason))),
    }
}

fn read(
    parameters: Vec<Parameter>,
    by_namespace: Option<Version>,
    envelope: bool,
    settings: &Settings,
) -> Result<Request, Box<Refused>> {
    let mut reading = Reading {
        parameters: &parameters,
        settings,
        faults: Vec::new(),
        warnings: Vec::new(),
    };
    let version = reading.version(by_namespace, envelope);
    let kind = reading.kind();
    reading.names(kind, version);
    let operation = match kind {
        Kind::Explain => Some(reading.explain(version)),
        Kind::SearchRetrieve => reading.search(version),
        Kind::Scan => reading.scan(),
    };
    let stylesheet = reading.stylesheet();
    let http_accept = reading.get("httpAccept").map(str::to_owned);
    let Reading {
        mut faults,
        mut warnings,
        ..
    } = reading;
    let raw = |one: Parameter| (one.name, one.value);
    let parameters: Vec<_> = parameters.into_iter().map(raw).collect();
    if kind == Kind::Explain {
        // Whoever asks what can be done here is told, and told what was wrong besides.
        warnings.append(&mut faults);
    }
    faults.truncate(MOST_FAULTS);
    warnings.truncate(MOST_FAULTS);
    match operation {
        Some(operation) if faults.is_empty() => Ok(Request {
            version,
            envelope,
            operation,
            stylesheet,
            http_accept,
            warnings,
            parameters,
        }),
        _ => Err(Box::new(Refused {
            version,
            envelope,
            kind,
            diagnostics: faults,
            parameters,
            fault: None,
        })),
    }
}

struct Reading<'a> {
    parameters: &'a [Parameter],
    settings: &'a Settings,
    faults: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

impl<'a> Reading<'a> {
    /// A parameter that has been left blank was not given: forms send all of theirs.
    fn get(&self, name: &str) -> Option<&'a str> {
        (self.parameters.iter())
            .find(|one| one.name == name && !one.value.trim().is_empty())
            .map(|one| one.value.as_str())
    }

    /// The parameter, or what answers in its place.
    fn version(&mut self, by_namespace: Option<Version>, envelope: bool) -> Version {
        let Some(asked) = self.get("version") else {
            return match by_namespace {
                Some(version) => version,
                None if envelope => Version::V1_1,
                // 2.0 has no operation, so this is a client of 1.x that forgot to say which.
                None if self.get("operation").is_some() => Version::V1_2,
                None => self.settings.silent_version,
            };
        };
        Version::parse(asked.trim()).unwrap_or_else(|| {
            self.faults
                .push(Diagnostic::new(5, Version::HIGHEST.as_str()));
            // An older client reads the older form.
            if asked.trim().starts_with("1.") {
                Version::V1_1
            } else {
                Version::HIGHEST
            }
        })
    }

    /// The operation: in 2.0 it follows from the parameters, and is plain without it in 1.x too.
    fn kind(&mut self) -> Kind {
        match self.get("operation").map(str::trim) {
            Some("explain") => Kind::Explain,
            Some("searchRetrieve") => Kind::SearchRetrieve,
            Some("scan") => Kind::Scan,
            Some(unknown) => {
                self.faults.push(Diagnostic::new(4, unknown));
                Kind::Explain
            }
            None if self.get("query").is_some() => Kind::SearchRetrieve,
            None if self.get("scanClause").is_some() => Kind::Scan,
            None => Kind::Explain,
        }
    }

    fn names(&mut self, kind: Kind, version: Version) {
        for (at, one) in self.parameters.iter().enumerate() {
            let name = one.name.as_str();
            if !one.intact {
                let message = format!("{name} is not UTF-8");
                self.faults.push(Diagnostic::new(6, name).saying(message));
            }
            if is_extension(name) {
                continue;
            }
            if !known::is_known(name, kind, version) {
                self.faults.push(Diagnostic::new(8, name));
                continue;
            }
            let before = self.parameters.get(..at).unwrap_or_default();
            if before.iter().filter(|other| other.name == name).count() == 1 {
                let message = format!("{name} is there more than once");
                self.faults.push(Diagnostic::new(6, name).saying(message));
            }
        }
    }

    fn explain(&mut self, version: Version) -> Operation {
        let (escaping, _) = self.packing(version);
        Operation::Explain(Explain { escaping })
    }

    fn search(&mut self, version: Version) -> Option<Operation> {
        let query_type = self.get("queryType");
        if let Some(other) = query_type.filter(|name| !name.trim().eq_ignore_ascii_case("cql")) {
            self.faults.push(Diagnostic::new(11, other));
            return None;
        }
        if self.get("recordXPath").is_some() {
            self.faults.push(Diagnostic::bare(72));
        }
        let query = self.query("query");
        let start_record = self.number("startRecord", 1).unwrap_or(1);
        let maximum_records = self.number("maximumRecords", 0).map_or_else(
            || self.settings.default_records.min(self.settings.max_records),
            |number| numbers::at_most(number, self.settings.max_records),
        );
        let result_set_ttl = self.number("resultSetTTL", 0);
        let result_set_ttl = result_set_ttl.map(|ttl| numbers::at_most(ttl, u32::MAX));
        let (escaping, unpacked) = self.packing(version);
        let schema = self.schema();
        let sort_keys = self.sort_keys(query.as_ref());
        let mut facets = Facets::default();
        if version.is_2() {
            let mut faults = Vec::new();
            facets = facets::read(|name| self.get(name), &mut faults);
            self.faults.append(&mut faults);
        }
        Some(Operation::SearchRetrieve(Box::new(SearchRetrieve {
            query: query?,
            start_record,
            maximum_records,
            schema: schema?,
            escaping,
            unpacked,
            result_set_ttl,
            sort_keys,
            facets,
        })))
    }

    fn scan(&mut self) -> Option<Operation> {
        let query = self.query("scanClause");
        let one = query
            .as_ref()
            .is_none_or(|query| query.nodes().len() == 1 && query.sort().is_empty());
        if !one {
            let message = "scanClause has to be one search clause";
            self.faults
                .push(Diagnostic::new(10, "scanClause").saying(message));
        }
        let response_position = self.number("responsePosition", 0).unwrap_or(1);
        let maximum_terms = self.number("maximumTerms", 1).map_or_else(
            || self.settings.default_terms.min(self.settings.max_terms),
            |number| numbers::at_most(number, self.settings.max_terms),
        );
        // One place behind the last term is as far as a term can be off.
        if response_position > u64::from(maximum_terms) + 1 {
            self.faults
                .push(Diagnostic::new(120, response_position.to_string()));
        }
        Some(Operation::Scan(Box::new(Scan {
            query: query?,
            response_position: numbers::at_most(response_position, maximum_terms.saturating_add(1)),
            maximum_terms,
        })))
    }

    fn query(&mut self, name: &'static str) -> Option<cql::Query> {
        let Some(text) = self.get(name) else {
            self.faults.push(Diagnostic::new(7, name));
            return None;
        };
        match cql::Query::parse_within(text, &self.settings.query) {
            Ok(query) => Some(query),
            Err(error) => {
                self.faults.push(error.into());
                None
            }
        }
    }

    fn number(&mut self, name: &'static str, least: u64) -> Option<u64> {
        match numbers::number(name, self.get(name)?, least) {
            Ok(number) => Some(number),
            Err(fault) => {
                self.faults.push(fault);
                None
            }
        }
    }

    /// How records stand in the answer, and whether 2.0 is asked to unpack them. A 2.0 client that
    /// sends the `recordPacking` of 1.x is understood.
    fn packing(&mut self, version: Version) -> (Escaping, bool) {
        let (mut escaping, mut unpacked) = (None, false);
        if let Some(packing) = self.get("recordPacking").map(str::trim) {
            match packing {
                "unpacked" if version.is_2() => unpacked = true,
                "packed" if version.is_2() => {}
                other => escaping = Some(other),
            }
        }
        let escaping = self.get("recordXMLEscaping").map(str::trim).or(escaping);
        let escaping = match escaping {
            None | Some("xml") => Escaping::Xml,
            Some("string") => Escaping::String,
            Some(other) => {
                self.faults.push(Diagnostic::new(71, other));
                Escaping::Xml
            }
        };
        (escaping, unpacked)
    }

    fn schema(&mut self) -> Option<Schema> {
        let asked = self.get("recordSchema").map(str::trim);
        let found = match asked {
            Some(asked) => self.settings.schemas.iter().find(|schema| schema.is(asked)),
            None => self.settings.schemas.first(),
        };
        if found.is_none() {
            self.faults
                .push(Diagnostic::new(66, asked.unwrap_or_default()));
        }
        found.copied()
    }

    fn sort_keys(&mut self, query: Option<&cql::Query>) -> Vec<super::SortKey> {
        let Some(text) = self.get("sortKeys") else {
            return Vec::new();
        };
        if query.is_some_and(|query| !query.sort().is_empty()) {
            self.warnings.push(Diagnostic::bare(94));
            return Vec::new();
        }
        sort::read(text).unwrap_or_else(|fault| {
            self.faults.push(fault);
            Vec::new()
        })
    }

    /// A stylesheet is a program for the reader's browser. Only a path on this server is taken;
    /// anything else is told, and the answer comes without it.
    fn stylesheet(&mut self) -> Option<String> {
        let asked = self.get("stylesheet")?.trim();
        if !self.settings.stylesheets {
            self.warnings.push(Diagnostic::bare(110));
            return None;
        }
        let path = asked.starts_with('/') && !asked.starts_with("//");
        let plain = |char: char| char.is_ascii_alphanumeric() || "/-_.~%?=+".contains(char);
        if path && asked.chars().all(plain) {
            return Some(asked.to_owned());
        }
        self.warnings.push(Diagnostic::new(111, asked));
        None
    }
}
