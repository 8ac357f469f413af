//! Habits of clients that other readers stumble over, from what was recorded and from what is written about them.
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use bytes::Bytes;
use relire_z3950::{
    Pdu,
    ber::{Limits, Node, ctx, decode, uni},
    pdu::{
        Secret,
        query::Query,
        session::{Authentication, Proposal},
    },
    value::{Text, Value},
};

const RECORDED: &str =
    include_str!("../../../protocol-fixtures/z3950/yaz-client-5.34_zebra-2.2.7.tsv");

fn recorded(side: &str, name: &str) -> Vec<Bytes> {
    let lines = RECORDED.lines().map(|line| line.split('\t'));
    let wanted = lines.filter_map(|mut columns| {
        let (own, called, hex) = (columns.next()?, columns.next()?, columns.next()?);
        (own == side && called == name).then(|| {
            let bytes = (0..hex.len() / 2)
                .map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap());
            bytes.collect()
        })
    });
    wanted.collect()
}

fn read(bytes: &Bytes) -> Pdu {
    Pdu::decode(bytes, Limits::default()).unwrap()
}

#[test]
fn elements_that_nobody_knows_are_passed_over() {
    let (mut node, _) = decode(&recorded("C", "initRequest")[0], Limits::default()).unwrap();
    let relire_z3950::ber::Content::Constructed(inside) = &mut node.content else {
        panic!("a sequence")
    };
    inside.push(Node::primitive(ctx(1234), vec![1, 2, 3]));
    let Pdu::InitRequest(init) = read(&node.encode().into()) else {
        panic!("an Init")
    };
    assert_eq!(init.unknown.len(), 1);
    assert!(init.versions.has(2) && init.authentication.is_some());
}

#[test]
fn a_charset_is_negotiated_as_the_recorded_server_does() {
    let Pdu::InitRequest(init) = read(&recorded("C", "initRequest")[0]) else {
        panic!("an Init")
    };
    let proposal = Proposal::of(init.other_info.as_ref().unwrap()).unwrap();
    assert_eq!(
        (proposal.charsets.as_slice(), proposal.records),
        (&["UTF-8".to_owned()][..], true)
    );
    let Pdu::InitResponse(answer) = read(&recorded("S", "initResponse")[0]) else {
        panic!("its answer")
    };
    assert_eq!(
        Some(proposal.answer(Some(0), None, true)),
        answer.other_info
    );
}

#[test]
fn credentials_are_the_same_whichever_way_they_come() {
    let wrapped = |inside: Node| {
        Authentication::of(&Secret(Node::constructed(ctx(7), vec![inside]))).unwrap()
    };
    let open = wrapped(Text::from("reader/secret").write(uni(26)));
    let parts = vec![
        Text::from("reader").write(ctx(1)),
        Text::from("secret").write(ctx(2)),
    ];
    let id_pass = wrapped(Node::constructed(uni(16), parts));
    assert_eq!(open.credentials(), Some(("reader".into(), "secret".into())));
    assert_eq!(id_pass.credentials(), open.credentials());
    let anonymous = wrapped(Node::primitive(uni(5), Bytes::new()));
    assert_eq!(anonymous.credentials(), None);
}

#[test]
fn the_query_may_stand_behind_the_syntax_and_be_of_any_type() {
    let (mut with_syntax, mut kinds) = (0, [0; 3]);
    for bytes in recorded("C", "searchRequest") {
        let Pdu::SearchRequest(search) = read(&bytes) else {
            panic!("a search")
        };
        with_syntax += usize::from(search.preferred_syntax.is_some());
        match &search.query {
            Query::Rpn(_) | Query::Rpn101(_) => kinds[0] += 1,
            // Explicitly tagged: the text itself is inside, not its BER.
            Query::Ccl(text) => {
                assert!(
                    text.is_ascii() && !text.is_empty() && text[0] != 4,
                    "{text:?}"
                );
                kinds[1] += 1;
            }
            Query::Other(node) => {
                assert_eq!(node.tag, ctx(104));
                kinds[2] += 1;
            }
        }
    }
    assert!(
        with_syntax > 0 && kinds.iter().all(|seen| *seen > 0),
        "{with_syntax} {kinds:?}"
    );
}
