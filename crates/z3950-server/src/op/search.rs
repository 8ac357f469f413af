//! Search (3.2.2), with the records that a client asks for at once.

use std::sync::Arc;

use catalogue::BibSet;
use query::{AccessPoint, Clause, Form, Node, Relation};
use z3950::{
    Pdu,
    ber::{Class, Tag},
    pdu::{
        SearchRequest,
        answer::{Records, SearchResponse, present_status},
        composition::ElementSetNames,
        query::Query,
    },
    value::{External, Value},
};

use super::{DONE, REFUSED, present};
use crate::{
    record::Shape,
    refused::Refused,
    session::{Named, Session},
    sets::Kept,
};

/// `resultSetStatus`: there is none.
const NO_SET: i64 = 3;
/// 1.2.840.10003.16.2
const CQL: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x13, 0x10, 0x02];

pub(super) async fn answer(session: &mut Session, request: SearchRequest) -> (Pdu, &'static str) {
    let mut answer = SearchResponse {
        reference_id: request.reference_id.clone(),
        count: 0,
        returned: 0,
        next_position: 0,
        status: false,
        result_set_status: Some(NO_SET),
        present_status: None,
        records: None,
        additional_info: None,
        other_info: None,
        unknown: Vec::new(),
    };
    let outcome = match search(session, &request).await {
        Ok((kept, database)) => {
            answer.status = true;
            answer.result_set_status = None;
            answer.count = i64::try_from(kept.count()).unwrap_or(i64::MAX);
            at_once(session, &request, &kept, &database, &mut answer).await;
            DONE
        }
        Err(refused) => {
            answer.records = Some(Records::Diagnostic(session.diagnostic(&refused)));
            REFUSED
        }
    };
    (Pdu::SearchResponse(answer), outcome)
}

async fn search(session: &mut Session, request: &SearchRequest) -> Result<(Kept, Named), Refused> {
    let name = session.text(request.result_set.bytes());
    if !request.replace && session.sets.has(&name) {
        return Err(Refused::new(21, name));
    }
    let names = request.databases.iter();
    let names: Vec<_> = names.map(|name| session.text(name.0.bytes())).collect();
    let databases = session.database(names.into_iter()).await?;
    let mut node = question(session, &request.query)?;
    // One that is all of the catalogue takes in its branches.
    if databases.iter().all(|database| database.branch.is_some()) {
        let branches = databases.iter().filter_map(|database| {
            let clause = Clause::new(AccessPoint::Branch, database.branch.clone()?);
            Some(Node::from(clause.form(Form::Exact)))
        });
        if let Some(branches) = Node::any_of(branches) {
            node = node.and(branches);
        }
    }
    let sets = session
        .sets
        .named(set_names(&node).into_iter())
        .map_err(|(name, missing)| Session::missing(&name, missing))?;
    let sets = Arc::new(sets);
    let bibs = session
        .finder
        .result_set(node.clone(), sets.clone())
        .await?;
    let relevance = |clause: &Clause| clause.relation == Relation::Relevance;
    let by_rank = node.clauses().any(relevance);
    let order = match by_rank {
        true => Some(ranked(session, node, sets, &bibs).await?),
        false => None,
    };
    let Some(database) = databases.into_iter().next() else {
        return Err(Refused::new(235, ""));
    };
    let kept = Kept::new(bibs, order, database.name.clone());
    session.sets.put(&name, kept.clone());
    Ok((kept, database))
}

/// Relation 102: the likeliest first; behind those that are ranked the others, by number.
async fn ranked(
    session: &Session,
    node: Node,
    sets: Arc<catalogue::Sets>,
    bibs: &BibSet,
) -> Result<Vec<i64>, Refused> {
    let mut order = session.finder.ranked(node, sets).await?;
    let mut rest = bibs.clone();
    for bib in &order {
        rest.remove(*bib);
    }
    order.extend(rest.iter());
    Ok(order)
}

fn question(session: &Session, query: &Query) -> Result<Node, Refused> {
    match query {
        Query::Rpn(rpn) | Query::Rpn101(rpn) => {
            Ok(questions::rpn::node(rpn, &|bytes| session.text(bytes))?)
        }
        Query::Ccl(_) => Err(Refused::new(107, "2")),
        Query::Other(node) => match node.tag {
            Tag(Class::Context, 104) => cql(session, node),
            Tag(_, number) => Err(Refused::new(107, number.to_string())),
        },
    }
}

/// type-104: CQL in an EXTERNAL.
fn cql(session: &Session, node: &z3950::ber::Node) -> Result<Node, Refused> {
    let malformed = || Refused::new(107, "104");
    let external = External::read(node).map_err(|_| malformed())?;
    let set = external.direct.as_ref().map(|oid| oid.0.as_ref());
    if set != Some(CQL) {
        return Err(malformed());
    }
    let inside = external
        .single
        .as_ref()
        .and_then(|node| node.inside().first());
    let bytes = inside.map(z3950::ber::Node::bytes).or(external.octets);
    let text = session.text(&bytes.ok_or_else(malformed)?);
    let query = ::cql::Query::parse(&text).map_err(|error| Refused::new(108, error.to_string()))?;
    Ok(questions::cql::node(&query)?)
}

/// The sets that a question names. Walks without recursion.
fn set_names(node: &Node) -> Vec<&str> {
    let (mut open, mut names) = (vec![node], Vec::new());
    while let Some(node) = open.pop() {
        match node {
            Node::Set(name) => names.push(name.as_str()),
            node => {
                if let Some((left, right)) = node.sides() {
                    open.extend([left, right]);
                }
            }
        }
    }
    names
}

/// Records in the same answer: all of a small set, some of a medium one.
async fn at_once(
    session: &mut Session,
    request: &SearchRequest,
    kept: &Kept,
    database: &Named,
    answer: &mut SearchResponse,
) {
    let count = answer.count;
    let (number, elements) = if count <= request.small_set_upper_bound {
        (count, &request.small_element_set)
    } else if count < request.large_set_lower_bound {
        let number = request.medium_set_present_number.min(count);
        (number, &request.medium_element_set)
    } else {
        (0, &None)
    };
    if number <= 0 {
        answer.next_position = i64::from(count > 0);
        return;
    }
    let shape = shape(session, request, elements.as_ref(), database);
    let stretches = [(1, number)];
    let presented = match shape {
        Ok(shape) => present::stretch(session, kept, &stretches, shape).await,
        Err(refused) => Err(refused),
    };
    match presented {
        Ok(presented) => {
            answer.returned = presented.returned();
            answer.next_position = presented.next(count);
            answer.present_status = Some(presented.status);
            answer.records = Some(Records::Records(presented.records));
        }
        Err(refused) => {
            // The search was made; its set can be presented otherwise.
            answer.present_status = Some(present_status::FAILURE);
            answer.records = Some(Records::Diagnostic(session.diagnostic(&refused)));
        }
    }
}

fn shape(
    session: &Session,
    request: &SearchRequest,
    elements: Option<&ElementSetNames>,
    database: &Named,
) -> Result<Shape, Refused> {
    present::simple(
        session,
        elements,
        request.preferred_syntax.as_ref(),
        &database.database,
    )
}
