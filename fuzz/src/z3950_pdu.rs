//! What must hold for whatever arrives at the Z39.50 door.

use bytes::Bytes;
use relire_questions::rpn;
use relire_z3950::{
    Pdu,
    ber::{self, Limits},
    frame::{Progress, Scanner},
    pdu::{
        query::Query,
        session::{Authentication, Proposal},
        sort::SortElement,
    },
    value::Oid,
};

/// Frames, reads and writes the bytes, and asks what they ask. Panics where a crate breaks its word.
pub fn run(bytes: &[u8]) {
    let limits = Limits {
        depth: 100,
        size: 256 << 10,
        count: 20_000,
    };
    let at_once = Scanner::new(limits).advance(bytes);
    let mut in_pieces = Scanner::new(limits);
    let mut last = in_pieces.advance(&[]);
    for end in [bytes.len() / 3, bytes.len() / 2, bytes.len()] {
        if !matches!(last, Ok(Progress::Need(_))) {
            break;
        }
        last = in_pieces.advance(&bytes[..end]);
    }
    if let (Ok(Progress::Whole(once)), Ok(Progress::Whole(pieces))) = (&at_once, &last) {
        assert_eq!(
            once, pieces,
            "the end is where it is, however the bytes come"
        );
    }
    let whole = Bytes::copy_from_slice(bytes);
    let read = ber::decode(&whole, limits);
    let Ok(Progress::Whole(length)) = at_once else {
        return;
    };
    if let Ok((_, taken)) = read {
        assert_eq!(taken, length, "framing and reading agree on the end");
    }
    let Ok(pdu) = Pdu::decode(&whole.slice(..length), limits) else {
        return;
    };
    // Definite lengths may take a little more than indefinite ones.
    let roomy = Limits {
        size: 2 * limits.size,
        ..limits
    };
    let written = Bytes::from(pdu.encode());
    assert_eq!(
        Pdu::decode(&written, roomy).as_ref(),
        Ok(&pdu),
        "what was written is read, and says the same"
    );
    asked(&pdu);
}

fn asked(pdu: &Pdu) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match pdu {
        Pdu::InitRequest(request) => {
            let proposal = request.other_info.as_ref().and_then(Proposal::of);
            if let Some(proposal) = proposal {
                let answer = proposal.answer(
                    Some(0),
                    proposal.languages.first().map(String::as_str),
                    true,
                );
                assert!(!answer.encode().is_empty());
            }
            if let Some(secret) = &request.authentication
                && let Ok(authentication) = Authentication::of(secret)
            {
                let _ = authentication.credentials();
            }
        }
        Pdu::SearchRequest(request) => {
            if let Query::Rpn(query) | Query::Rpn101(query) = &request.query
                && let Ok(node) = rpn::node(query, &text)
            {
                // Bounds hold before anybody walks over the tree.
                let _ = relire_query::Limits::default().check(&node);
            }
        }
        Pdu::ScanRequest(request) => {
            let bib_1 = Oid::of(relire_z3950::oid::BIB_1);
            let set = request.attribute_set.as_ref().unwrap_or(&bib_1);
            let _ = rpn::scan(&request.start, set, &text);
        }
        Pdu::SortRequest(request) => {
            for key in &request.keys {
                if let SortElement::Attributes(set, attributes) = &key.element {
                    let _ = rpn::sort(attributes, set);
                }
            }
        }
        _ => {}
    }
}
