use jiff::Timestamp;

use super::{Tokens, dates};
use crate::form::{self, Parameter};

/// A request, understood or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// What is asked for, or all that is wrong with it.
    pub verb: Result<Verb, Vec<OaiError>>,
    /// Names and values for the answer's `request` element; empty where the standard wants it so
    /// (`badVerb`, `badArgument`).
    pub attributes: Vec<(String, String)>,
}

/// The six verbs. *OAI-PMH 2.0, section 4*.
#[derive(Clone, Debug, PartialEq)]
pub enum Verb {
    /// Who this is.
    Identify,
    /// Which formats there are, of one record or of all.
    ListMetadataFormats(Option<String>),
    /// Which sets there are.
    ListSets(Option<Cursor>),
    /// One record.
    GetRecord {
        /// Which.
        identifier: String,
        /// In which format.
        prefix: String,
    },
    /// What changed, without the records.
    ListIdentifiers(Selection),
    /// What changed.
    ListRecords(Selection),
}

/// What of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The format: `oai_dc`, `marc21`.
    pub prefix: String,
    /// Changed at this moment or later.
    pub from: Option<Timestamp>,
    /// Changed in this second or earlier: until a day means until its end.
    pub until: Option<Timestamp>,
    /// In this set.
    pub set: Option<String>,
    /// Where the answer before ended.
    pub cursor: Option<Cursor>,
}

/// A place in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Where to go on, in the words of whoever made the list.
    pub position: String,
    /// How many came before.
    pub before: u64,
}

/// Something wrong. *OAI-PMH 2.0, section 3.6*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OaiError {
    /// Which of the eight.
    pub problem: Problem,
    /// A sentence.
    pub message: String,
}

/// The error codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// An argument that is unknown, missing, twice there or malformed.
    BadArgument,
    /// A token that this server did not give, or that is too old.
    BadResumptionToken,
    /// No verb, or one that there is not.
    BadVerb,
    /// The format is not there, for this record or at all.
    CannotDisseminateFormat,
    /// No such record.
    IdDoesNotExist,
    /// Nothing changed.
    NoRecordsMatch,
    /// A record without any format.
    NoMetadataFormats,
    /// There are no sets.
    NoSetHierarchy,
}

impl Problem {
    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadArgument => "badArgument",
            Self::BadResumptionToken => "badResumptionToken",
            Self::BadVerb => "badVerb",
            Self::CannotDisseminateFormat => "cannotDisseminateFormat",
            Self::IdDoesNotExist => "idDoesNotExist",
            Self::NoRecordsMatch => "noRecordsMatch",
            Self::NoMetadataFormats => "noMetadataFormats",
            Self::NoSetHierarchy => "noSetHierarchy",
        }
    }
}

impl OaiError {
    /// One with a sentence.
    pub fn new(problem: Problem, message: impl Into<String>) -> Self {
        Self {
            problem,
            message: message.into(),
        }
    }
}

const VERBS: &[(&str, &[&str])] = &[
    ("Identify", &[]),
    ("ListMetadataFormats", &["identifier"]),
    ("ListSets", &["resumptionToken"]),
    ("GetRecord", &["identifier", "metadataPrefix"]),
    ("ListIdentifiers", LIST),
    ("ListRecords", LIST),
];
const LIST: &[&str] = &["metadataPrefix", "from", "until", "set", "resumptionToken"];

/// Reads what stood behind the `?` of a GET, or in the body of a POST.
pub fn read(form: &[u8], tokens: &Tokens) -> Request {
    let parameters = match form::read(form) {
        Ok(parameters) => parameters,
        Err(form::TooMuch) => {
            let error = OaiError::new(Problem::BadArgument, "the request is too long");
            return Request {
                verb: Err(vec![error]),
                attributes: Vec::new(),
            };
        }
    };
    let verb = verb(&parameters, tokens);
    let malformed =
        |error: &OaiError| matches!(error.problem, Problem::BadArgument | Problem::BadVerb);
    let attributes = match &verb {
        Err(errors) if errors.iter().any(malformed) => Vec::new(),
        _ => parameters
            .into_iter()
            .map(|one| (one.name, one.value))
            .collect(),
    };
    Request { verb, attributes }
}

fn verb(parameters: &[Parameter], tokens: &Tokens) -> Result<Verb, Vec<OaiError>> {
    let bad_verb = |message: String| Err(vec![OaiError::new(Problem::BadVerb, message)]);
    let mut verbs = parameters.iter().filter(|one| one.name == "verb");
    let Some(verb) = verbs.next() else {
        return bad_verb("the verb is missing".to_owned());
    };
    if verbs.next().is_some() {
        return bad_verb("there is more than one verb".to_owned());
    }
    let Some((name, allowed)) = VERBS.iter().find(|(name, _)| *name == verb.value) else {
        return bad_verb(format!("{:?} is no verb of OAI-PMH 2.0", verb.value));
    };
    let mut arguments = Arguments {
        parameters,
        errors: Vec::new(),
    };
    arguments.check(name, allowed);
    let verb = arguments.verb(name, tokens);
    match verb {
        Some(verb) if arguments.errors.is_empty() => Ok(verb),
        _ => {
            arguments.errors.truncate(10);
            Err(arguments.errors)
        }
    }
}

struct Arguments<'a> {
    parameters: &'a [Parameter],
    errors: Vec<OaiError>,
}

impl<'a> Arguments<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        let found = self.parameters.iter().find(|one| one.name == name);
        found.map(|one| one.value.as_str())
    }

    fn bad(&mut self, message: String) {
        self.errors
            .push(OaiError::new(Problem::BadArgument, message));
    }

    fn check(&mut self, verb: &str, allowed: &[&str]) {
        for (at, one) in self.parameters.iter().enumerate() {
            let before = self.parameters.get(..at).unwrap_or_default();
            if !one.intact {
                self.bad(format!("{} is not UTF-8", one.name));
            } else if one.name != "verb" && !allowed.contains(&one.name.as_str()) {
                self.bad(format!("{verb} has no argument {:?}", one.name));
            } else if before.iter().any(|other| other.name == one.name) {
                self.bad(format!("{} is there more than once", one.name));
            } else if one.value.is_empty() {
                self.bad(format!("{} is empty", one.name));
            }
        }
        let others = self
            .parameters
            .iter()
            .filter(|one| one.name != "verb")
            .count();
        if self.get("resumptionToken").is_some() && others > 1 {
            self.bad("resumptionToken stands alone".to_owned());
        }
    }

    fn verb(&mut self, name: &str, tokens: &Tokens) -> Option<Verb> {
        Some(match name {
            "Identify" => Verb::Identify,
            "ListMetadataFormats" => {
                Verb::ListMetadataFormats(self.get("identifier").map(str::to_owned))
            }
            "ListSets" => Verb::ListSets(match self.get("resumptionToken") {
                Some(token) => Some(self.resume(token, name, tokens)?.cursor?),
                None => None,
            }),
            "GetRecord" => {
                let (identifier, prefix) =
                    (self.needed("identifier"), self.needed("metadataPrefix"));
                Verb::GetRecord {
                    identifier: identifier?,
                    prefix: prefix?,
                }
            }
            "ListIdentifiers" => Verb::ListIdentifiers(self.selection(name, tokens)?),
            _ => Verb::ListRecords(self.selection(name, tokens)?),
        })
    }

    fn needed(&mut self, name: &str) -> Option<String> {
        let value = self.get(name).map(str::to_owned);
        if value.is_none() {
            self.bad(format!("{name} is missing"));
        }
        value
    }

    fn resume(&mut self, token: &str, verb: &str, tokens: &Tokens) -> Option<Selection> {
        let selection = tokens.read(token, verb);
        if selection.is_none() {
            let message = "this token is not valid here any more: begin the list again";
            self.errors
                .push(OaiError::new(Problem::BadResumptionToken, message));
        }
        selection
    }

    fn selection(&mut self, verb: &str, tokens: &Tokens) -> Option<Selection> {
        if let Some(token) = self.get("resumptionToken") {
            return self.resume(token, verb, tokens);
        }
        let prefix = self.needed("metadataPrefix");
        let (from, until) = (self.date("from"), self.date("until"));
        if let (Some(from), Some(until)) = (from, until) {
            if from.by_day != until.by_day {
                self.bad("from and until have to be both days or both seconds".to_owned());
            } else if from.first > until.last {
                self.bad("from is later than until".to_owned());
            }
        }
        Some(Selection {
            prefix: prefix?,
            from: from.map(|span| span.first),
            until: until.map(|span| span.last),
            set: self.get("set").map(str::to_owned),
            cursor: None,
        })
    }

    fn date(&mut self, name: &str) -> Option<dates::Span> {
        let text = self.get(name)?;
        let span = dates::parse(text);
        if span.is_none() {
            self.bad(format!(
                "{name} is neither YYYY-MM-DD nor YYYY-MM-DDThh:mm:ssZ"
            ));
        }
        span
    }
}
