//! What holds for every PDU and for all bytes.

mod parts;
mod pdus;

use bytes::Bytes;
use proptest::{collection::vec, prelude::*};
use relire_z3950::{
    Pdu,
    ber::{self, Class, Content, Limits, Node, Tag},
    frame::{Progress, Scanner},
};

use crate::{parts::bytes, pdus::pdu};

/// The same value with indefinite lengths wherever there can be one.
fn indefinite(node: &Node, out: &mut Vec<u8>) {
    let Content::Constructed(inside) = &node.content else {
        return out.extend(node.encode());
    };
    // The identifier is the same; the length that follows it is left out.
    let Tag(class, number) = node.tag;
    let head = Node::constructed(Tag(class, number), Vec::new()).encode();
    out.extend(&head[..head.len() - 1]);
    out.push(0x80);
    for node in inside {
        indefinite(node, out);
    }
    out.extend([0, 0]);
}

fn tree() -> impl Strategy<Value = Node> {
    let tag = (0..4_u8, prop_oneof![1..40_u32, 1..100_000_u32]).prop_map(|(class, number)| {
        let class = match class {
            0 => Class::Universal,
            1 => Class::Application,
            2 => Class::Context,
            _ => Class::Private,
        };
        Tag(class, number)
    });
    let leaf = (tag.clone(), bytes()).prop_map(|(tag, bytes)| Node::primitive(tag, bytes));
    leaf.prop_recursive(6, 64, 5, move |inner| {
        (tag.clone(), vec(inner, 0..5)).prop_map(|(tag, inside)| Node::constructed(tag, inside))
    })
}

proptest! {
    #[test]
    fn a_pdu_that_was_written_reads_the_same(pdu in pdu()) {
        let written = Bytes::from(pdu.encode());
        prop_assert_eq!(Pdu::decode(&written, Limits::default()), Ok(pdu));
    }

    #[test]
    fn lengths_may_be_indefinite(pdu in pdu()) {
        let (node, _) = ber::decode(&pdu.encode().into(), Limits::default()).unwrap();
        let mut long = Vec::new();
        indefinite(&node, &mut long);
        let mut scanner = Scanner::new(Limits::default());
        prop_assert_eq!(scanner.advance(&long), Ok(Progress::Whole(long.len())));
        prop_assert_eq!(Pdu::decode(&long.into(), Limits::default()), Ok(pdu));
    }

    #[test]
    fn any_tree_comes_back(node in tree()) {
        let written = Bytes::from(node.encode());
        let length = written.len();
        prop_assert_eq!(ber::decode(&written, Limits::default()), Ok((node, length)));
    }

    #[test]
    fn the_end_is_where_it_is_however_the_bytes_come(
        pdu in pdu(), behind in vec(any::<u8>(), 0..10), cuts in vec(any::<prop::sample::Index>(), 0..6)
    ) {
        let mut stream = pdu.encode();
        let length = stream.len();
        stream.extend(behind);
        let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(stream.len() + 1)).collect();
        ends.sort_unstable();
        ends.push(stream.len());
        let mut scanner = Scanner::new(Limits::default());
        let found = ends.iter().find_map(|end| match scanner.advance(&stream[..*end]) {
            Ok(Progress::Need(need)) => {
                assert!(need > *end && need <= length, "{need} of {length}");
                None
            }
            done => Some(done),
        });
        prop_assert_eq!(found, Some(Ok(Progress::Whole(length))));
    }

    #[test]
    fn no_bytes_are_a_panic(mut bytes in vec(any::<u8>(), 0..300), pdu in pdu(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let limits = Limits { depth: 20, size: 1000, count: 100 };
        let mut changed = pdu.encode();
        let place = at.index(changed.len());
        changed[place] = byte;
        for bytes in [std::mem::take(&mut bytes), changed] {
            let _ = Scanner::new(limits).advance(&bytes);
            let bytes = Bytes::from(bytes);
            let _ = ber::decode(&bytes, limits);
            if let Ok(pdu) = Pdu::decode(&bytes, limits) {
                let again = Pdu::decode(&pdu.encode().into(), Limits::default());
                prop_assert_eq!(again, Ok(pdu));
            }
        }
    }
}
