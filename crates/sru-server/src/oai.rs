//! OAI-PMH 2.0: the catalogue for whoever copies it, and what changed in it since.

use std::{sync::Arc, time::Instant};

use axum::{
    body::Bytes,
    extract::{RawQuery, State},
    http::HeaderMap,
    response::Response,
};
use desk::{FinderError, HarvestAsk, Harvested};
use jiff::{SignedDuration, Timestamp};
use marc::{Format as Marc, crosswalk};
use sru::{
    Fragment, Schema,
    oai::{
        self, Answer, DeletedRecords, Format, Header, Identify, ListedRecord, OaiError, Problem,
        Request, Selection, SetInfo, Verb,
    },
};

use crate::{
    counts,
    door::{Door, busy, xml},
    render,
};

/// Records of one answer: some hundred kilobytes.
const RECORDS: i64 = 100;
/// Headers of one answer.
const HEADERS: i64 = 1_000;
/// What identifiers begin with.
const SCHEME: &str = "oai:relire:";

/// A format: its prefix, schema and namespace.
const FORMATS: &[(&str, &str, &str)] = &[
    (
        "oai_dc",
        "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
        "http://www.openarchives.org/OAI/2.0/oai_dc/",
    ),
    (
        "marcxml",
        "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd",
        "http://www.loc.gov/MARC21/slim",
    ),
    (
        "marcxchange",
        "http://www.loc.gov/standards/iso25577/marcxchange-2-0.xsd",
        "info:lc/xmlns/marcxchange-v2",
    ),
    (
        "mods",
        "http://www.loc.gov/standards/mods/v3/mods-3-7.xsd",
        "http://www.loc.gov/mods/v3",
    ),
];

pub(crate) async fn asked(
    State(door): State<Arc<Door>>,
    RawQuery(form): RawQuery,
    headers: HeaderMap,
) -> Response {
    let form = form.unwrap_or_default();
    answer(&door, form.as_bytes(), &headers).await
}

pub(crate) async fn posted(
    State(door): State<Arc<Door>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    answer(&door, &body, &headers).await
}

async fn answer(door: &Door, form: &[u8], headers: &HeaderMap) -> Response {
    let began = Instant::now();
    let request = oai::read(form, &door.tokens);
    let (host, port) = door.address(headers);
    let base = match port {
        80 => format!("http://{host}/oai"),
        port => format!("http://{host}:{port}/oai"),
    };
    let Some(_turn) = door.turn().await else {
        return busy();
    };
    // Before the list is read: what changes while it is read belongs to the next harvest as well.
    let answered = match door.finder.harvest_time().await {
        Ok(time) => {
            let answer = match &request.verb {
                Ok(verb) => of_verb(door, &request, verb, time.earliest).await,
                Err(errors) => Ok(Answer::Errors(errors.clone())),
            };
            answer.map(|answer| answer.to_xml(&request, &base, time.now))
        }
        Err(error) => Err(error),
    };
    counts::answered("oai", answered.is_err(), began.elapsed());
    match answered {
        Ok(written) => xml(written),
        Err(error) => {
            tracing::warn!(%error, "a harvest was not answered");
            busy()
        }
    }
}

async fn of_verb(
    door: &Door,
    request: &Request,
    verb: &Verb,
    earliest: Timestamp,
) -> Result<Answer, FinderError> {
    Ok(match verb {
        Verb::Identify => Answer::Identify(Identify {
            name: door.settings.title_fr.clone(),
            admin_emails: vec![door.settings.contact.clone()],
            earliest,
            deleted: DeletedRecords::Persistent,
            descriptions: Vec::new(),
        }),
        Verb::ListMetadataFormats(identifier) => match identifier {
            Some(identifier) => match found(door, identifier).await? {
                Some(_) => formats(),
                None => unknown(identifier),
            },
            None => formats(),
        },
        Verb::ListSets(_) => Answer::Sets(sets(door).await?, None),
        Verb::GetRecord { identifier, prefix } => match found(door, identifier).await? {
            None => unknown(identifier),
            Some(_) if !is_format(prefix) => no_format(prefix),
            Some(found) => Answer::Record(listed(found, prefix)),
        },
        Verb::ListIdentifiers(selection) => {
            let (page, more) = match page(door, selection, HEADERS).await? {
                Ok(page) => page,
                Err(error) => return Ok(Answer::Errors(vec![error])),
            };
            let next = next(door, request, &page, more);
            Answer::Identifiers(page.iter().map(header).collect(), next)
        }
        Verb::ListRecords(selection) => {
            let (page, more) = match page(door, selection, RECORDS).await? {
                Ok(page) => page,
                Err(error) => return Ok(Answer::Errors(vec![error])),
            };
            let next = next(door, request, &page, more);
            let records = page.into_iter().map(|one| listed(one, &selection.prefix));
            Answer::Records(records.collect(), next)
        }
    })
}

fn formats() -> Answer {
    let formats = FORMATS.iter().map(|(prefix, schema, namespace)| Format {
        prefix: (*prefix).to_owned(),
        schema: (*schema).to_owned(),
        namespace: (*namespace).to_owned(),
    });
    Answer::Formats(formats.collect())
}

fn is_format(prefix: &str) -> bool {
    FORMATS.iter().any(|(own, ..)| *own == prefix)
}

fn no_format(prefix: &str) -> Answer {
    let said =
        format!("there is no format {prefix:?}; ListMetadataFormats has those that there are");
    Answer::Errors(vec![OaiError::new(Problem::CannotDisseminateFormat, said)])
}

fn unknown(identifier: &str) -> Answer {
    let said = format!("there is no record {identifier:?}; they are called as {SCHEME}42");
    Answer::Errors(vec![OaiError::new(Problem::IdDoesNotExist, said)])
}

async fn found(door: &Door, identifier: &str) -> Result<Option<Harvested>, FinderError> {
    let number = identifier.strip_prefix(SCHEME);
    match number.and_then(|number| number.parse::<i64>().ok()) {
        Some(bib) if bib > 0 => door.finder.harvested(bib).await,
        _ => Ok(None),
    }
}

/// One for each branch, one for each document type.
async fn sets(door: &Door) -> Result<Vec<SetInfo>, FinderError> {
    let branches = door.finder.branch_names().await?;
    let documents = door.finder.document_labels().await?;
    let branches = branches.into_iter().map(|(code, name)| SetInfo {
        spec: format!("branch:{code}"),
        name,
    });
    let documents = documents.into_iter().map(|(code, name)| SetInfo {
        spec: format!("type:{code}"),
        name,
    });
    Ok(branches.chain(documents).collect())
}

/// A page, and whether there are more.
async fn page(
    door: &Door,
    selection: &Selection,
    most: i64,
) -> Result<Result<(Vec<Harvested>, bool), OaiError>, FinderError> {
    if !is_format(&selection.prefix) {
        let said = format!("there is no format {:?}", selection.prefix);
        return Ok(Err(OaiError::new(Problem::CannotDisseminateFormat, said)));
    }
    let mut ask = HarvestAsk {
        from: selection.from,
        // «Until» takes in all of its second.
        before: selection
            .until
            .and_then(|until| until.checked_add(SignedDuration::from_secs(1)).ok()),
        ..HarvestAsk::default()
    };
    match selection.set.as_deref().map(|set| set.split_once(':')) {
        None => {}
        Some(Some(("branch", code))) if code.parse::<circulation::BranchCode>().is_ok() => {
            ask.branch = code.parse().ok();
        }
        Some(Some(("type", code))) if code.parse::<circulation::DocumentCode>().is_ok() => {
            ask.document = code.parse().ok();
        }
        Some(_) => {
            let said = "there is no such set; ListSets has those that there are";
            return Ok(Err(OaiError::new(Problem::NoRecordsMatch, said)));
        }
    }
    let after = match &selection.cursor {
        Some(cursor) => match cursor.position.parse::<i64>() {
            Ok(after) => after,
            Err(_) => {
                let said = "this resumption token is none of ours: begin anew";
                return Ok(Err(OaiError::new(Problem::BadResumptionToken, said)));
            }
        },
        None => 0,
    };
    // One more tells whether there is a page behind this one.
    let mut found = door.finder.harvest(&ask, after, most + 1).await?;
    let more = i64::try_from(found.len()).is_ok_and(|count| count > most);
    if more {
        found.pop();
    }
    Ok(Ok((found, more)))
}

fn next(door: &Door, request: &Request, page: &[Harvested], more: bool) -> Option<oai::Next> {
    match page.last() {
        Some(last) if more => {
            let count = page.len() as u64;
            door.tokens
                .next(request, &last.bib.to_string(), count, None)
        }
        _ => door.tokens.last(request, None),
    }
}

fn header(found: &Harvested) -> Header {
    let branches = found.branches.iter().map(|code| format!("branch:{code}"));
    let documents = found.documents.iter().map(|code| format!("type:{code}"));
    Header {
        identifier: format!("{SCHEME}{}", found.bib),
        datestamp: found.changed_at,
        sets: branches.chain(documents).collect(),
        deleted: found.record.is_none(),
    }
}

fn listed(found: Harvested, prefix: &str) -> ListedRecord {
    let mut header = header(&found);
    let metadata = found.record.as_ref().and_then(|record| {
        let written = match prefix {
            "oai_dc" => {
                Fragment::new(&crosswalk::dublin_core(record, Marc::Unimarc).to_oai_dc()).ok()
            }
            "marcxml" => in_schema(record, Schema::MARCXML),
            "marcxchange" => in_schema(record, Schema::MARCXCHANGE),
            _ => in_schema(record, Schema::MODS),
        };
        if written.is_none() {
            tracing::warn!(
                bib = found.bib,
                prefix,
                "a record is not well-formed and is told as gone"
            );
        }
        written
    });
    header.deleted = metadata.is_none();
    ListedRecord { header, metadata }
}

fn in_schema(record: &marc::Record, schema: Schema) -> Option<Fragment> {
    render::record(record, schema, None, &std::collections::BTreeMap::new()).ok()
}
