//! Present (3.2.3): records of a set, within the size of an answer.

use z3950::{
    Pdu,
    pdu::{
        PresentRequest,
        answer::{NamePlusRecord, OneRecord, PresentResponse, Records, present_status as status},
        composition::{CompSpec, ElementSetNames, ElementSpec},
    },
    value::{External, Oid, Text, Value},
};

use super::{DONE, REFUSED};
use crate::{
    opac::Places,
    record::{self, Elements, Shape, Syntax},
    refused::Refused,
    session::Session,
    sets::Kept,
    settings::Database,
};

/// Records read at once: bounds memory, and is more than most clients ask for.
const CHUNK: usize = 50;
/// What stands around a record.
const AROUND: usize = 64;
/// Records of one answer, however small they are.
const MOST: usize = 1_000;

pub(super) async fn answer(session: &mut Session, request: PresentRequest) -> (Pdu, &'static str) {
    let mut answer = PresentResponse {
        reference_id: request.reference_id.clone(),
        returned: 0,
        next_position: 0,
        status: status::FAILURE,
        records: None,
        other_info: None,
        unknown: Vec::new(),
    };
    let outcome = match present(session, &request).await {
        Ok((presented, count)) => {
            answer.returned = presented.returned();
            answer.next_position = presented.next(count);
            answer.status = presented.status;
            answer.records = Some(Records::Records(presented.records));
            DONE
        }
        Err(refused) => {
            answer.records = Some(Records::Diagnostic(session.diagnostic(&refused)));
            REFUSED
        }
    };
    (Pdu::PresentResponse(answer), outcome)
}

async fn present(
    session: &mut Session,
    request: &PresentRequest,
) -> Result<(Presented, i64), Refused> {
    let name = session.text(request.result_set.bytes());
    let kept = session
        .sets
        .get(&name)
        .map_err(|missing| Session::missing(&name, missing))?;
    let count = i64::try_from(kept.count()).unwrap_or(i64::MAX);
    let mut stretches = vec![(request.start, request.number)];
    let further = request.ranges.iter().flatten();
    stretches.extend(further.map(|range| (range.start, range.number)));
    for (start, number) in &stretches {
        let last = start.checked_add(*number);
        // Numbers are from 1; none at all is a question about the set, and answered.
        if *start < 1 || *number < 0 || last.is_none_or(|last| last - 1 > count) {
            return Err(Refused::new(13, format!("{start}+{number} of {count}")));
        }
    }
    let database = database_of(session, &kept);
    let syntax = request.preferred_syntax.as_ref();
    let shape = match (&request.simple_composition, &request.complex_composition) {
        (_, Some(spec)) => complex(session, spec, syntax, &database)?,
        (names, None) => simple(session, names.as_ref(), syntax, &database)?,
    };
    let presented = stretch(session, &kept, &stretches, shape).await?;
    Ok((presented, count))
}

fn database_of(session: &Session, kept: &Kept) -> Database {
    let named = session
        .settings
        .databases
        .get(&kept.database.to_lowercase());
    named.cloned().unwrap_or_default()
}

/// The shape that a syntax and a generic element set name.
pub(super) fn simple(
    session: &Session,
    elements: Option<&ElementSetNames>,
    syntax: Option<&Oid>,
    database: &Database,
) -> Result<Shape, Refused> {
    let syntax = Syntax::asked(syntax)?;
    let name = match elements {
        Some(ElementSetNames::Generic(name)) => session.text(name.bytes()),
        Some(ElementSetNames::Databases(_)) => return Err(Refused::new(26, "")),
        None => String::new(),
    };
    Ok(Shape {
        syntax,
        inner: Syntax::Unimarc,
        elements: Elements::named(&name, syntax)?,
        charset: database.charset,
    })
}

/// The shape of a CompSpec: syntaxes by the client's wishes, and of an OPAC record the next as its bibliographic part.
fn complex(
    session: &Session,
    spec: &CompSpec,
    preferred: Option<&Oid>,
    database: &Database,
) -> Result<Shape, Refused> {
    let wishes = spec.syntaxes.as_deref().unwrap_or_default();
    let mut served = wishes
        .iter()
        .filter_map(|oid| Syntax::asked(Some(oid)).ok());
    let syntax = match (preferred, served.next()) {
        (Some(_), _) => Syntax::asked(preferred)?,
        (None, Some(first)) => first,
        (None, None) => Syntax::asked(wishes.first())?,
    };
    let mut inner = wishes
        .iter()
        .filter_map(|oid| Syntax::asked(Some(oid)).ok());
    let inner = inner.find(|inner| *inner != Syntax::Opac);
    let generic = spec.generic.as_ref();
    let name = match generic.and_then(|generic| generic.elements.as_ref()) {
        Some(ElementSpec::Name(name)) => session.text(name.bytes()),
        Some(ElementSpec::Other(_)) => return Err(Refused::new(24, "")),
        None => String::new(),
    };
    let mut elements = Elements::named(&name, syntax)?;
    let uri = generic.and_then(|generic| generic.schema_uri.as_ref());
    if let (Some(uri), Syntax::Xml) = (uri, syntax) {
        elements = Elements::named(&session.text(uri.bytes()), syntax)?;
    }
    Ok(Shape {
        syntax,
        inner: inner.unwrap_or(Syntax::Unimarc),
        elements,
        charset: database.charset,
    })
}

/// What is sent of a set.
#[derive(Debug, Default)]
pub(super) struct Presented {
    pub(super) records: Vec<NamePlusRecord>,
    pub(super) status: i64,
    last: i64,
}

impl Presented {
    pub(super) fn returned(&self) -> i64 {
        i64::try_from(self.records.len()).unwrap_or(i64::MAX)
    }

    /// The place behind the last record; 0 behind the end.
    pub(super) fn next(&self, count: i64) -> i64 {
        match self.last {
            0 => i64::from(count > 0),
            last if last >= count => 0,
            last => last + 1,
        }
    }
}

/// The records of some stretches, from 1, as far as an answer has room.
pub(super) async fn stretch(
    session: &Session,
    kept: &Kept,
    stretches: &[(i64, i64)],
    shape: Shape,
) -> Result<Presented, Refused> {
    let (preferred, exceptional) = session.agreed.map_or((usize::MAX, usize::MAX), |agreed| {
        (agreed.preferred, agreed.exceptional)
    });
    let asked = stretches.iter().map(|(_, number)| *number).sum::<i64>();
    let places = match shape.syntax {
        Syntax::Opac => session.finder.branch_names().await?,
        _ => Places::default(),
    };
    let mut presented = Presented::default();
    let mut room = preferred.saturating_sub(AROUND);
    for (start, number) in stretches {
        let (mut at, end) = (start - 1, start - 1 + number);
        while at < end {
            let count = usize::try_from(end - at).unwrap_or(CHUNK).min(CHUNK);
            let bibs = kept.range(u64::try_from(at).unwrap_or(u64::MAX), count);
            let copies = match shape.syntax {
                Syntax::Opac => session.finder.copies(&bibs).await?,
                _ => Default::default(),
            };
            for (bib, record) in session.finder.records(bibs).await? {
                let written = match record {
                    Some(found) => record::write(found, shape, copies.get(&bib), &places),
                    None => Err(Refused::new(14, "this record left the catalogue meanwhile")),
                };
                let one = fitting(session, written, asked == 1, preferred, exceptional);
                let size = size(&one);
                if !presented.records.is_empty() && (size > room || presented.records.len() >= MOST)
                {
                    presented.status = status::PARTIAL_2;
                    return Ok(presented);
                }
                room = room.saturating_sub(size);
                at += 1;
                presented.last = at;
                presented.records.push(NamePlusRecord {
                    // The database of the one before stands for this one as well.
                    database: presented
                        .records
                        .is_empty()
                        .then(|| Text::from(kept.database.as_str())),
                    record: one,
                    unknown: Vec::new(),
                });
            }
            if count == 0 {
                break;
            }
        }
    }
    Ok(presented)
}

/// A record, or the diagnostic that stands in its place when it is too large for what was agreed (3.3.3).
fn fitting(
    session: &Session,
    written: Result<External, Refused>,
    alone: bool,
    preferred: usize,
    exceptional: usize,
) -> OneRecord {
    let size = |external: &External| external.octets.as_ref().map_or(0, bytes::Bytes::len) + AROUND;
    let refused = match written {
        Ok(external) if size(&external) <= preferred => return OneRecord::Record(external),
        Ok(external) if size(&external) > exceptional => {
            Refused::new(17, size(&external).to_string())
        }
        Ok(external) if alone => return OneRecord::Record(external),
        Ok(external) => Refused::new(16, size(&external).to_string()),
        Err(refused) => refused,
    };
    OneRecord::Diagnostic(session.diag_rec(&refused))
}

fn size(one: &OneRecord) -> usize {
    match one {
        OneRecord::Record(External {
            octets: Some(octets),
            ..
        }) => octets.len() + AROUND,
        // Text and OPAC records are trees: measured by writing them.
        one => one.write(OneRecord::OWN).encode().len() + AROUND,
    }
}
