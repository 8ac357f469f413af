//! What PDUs are made of, made up.

use bytes::Bytes;
use proptest::{collection::vec, option, prelude::*};
use relire_z3950::{
    ber::{Node, ctx},
    oid,
    pdu::{
        DatabaseName,
        answer::{DiagRec, Diagnostic, NamePlusRecord, OneRecord, Records},
        composition::ElementSetNames,
        opac::{CircRecord, HoldingsAndCirc, HoldingsRecord, OpacRecord},
        query::{
            AttributeElement, AttributesPlusTerm, Operator, Proximity, Query, Rpn, RpnQuery, Term,
        },
    },
    value::{Bits, External, Oid, Text, Value},
};

pub(crate) fn bytes() -> impl Strategy<Value = Bytes> {
    vec(any::<u8>(), 0..20).prop_map(Bytes::from)
}

pub(crate) fn text() -> impl Strategy<Value = Text> {
    "\\PC{0,20}".prop_map(|text| Text::from(text.as_str()))
}

pub(crate) fn set() -> impl Strategy<Value = Oid> {
    prop_oneof![
        Just(oid::BIB_1),
        Just(oid::EXP_1),
        Just(oid::UNIMARC),
        Just(oid::XML)
    ]
    .prop_map(Oid::of)
}

pub(crate) fn bits() -> impl Strategy<Value = Bits> {
    vec(any::<bool>(), 0..20).prop_map(Bits)
}

pub(crate) fn databases() -> impl Strategy<Value = Vec<DatabaseName>> {
    vec(text().prop_map(DatabaseName), 1..4)
}

pub(crate) fn attributes() -> impl Strategy<Value = Vec<AttributeElement>> {
    let one = (option::of(set()), any::<i64>(), option::of(any::<i64>()));
    let one = one.prop_map(|(set, kind, numeric)| AttributeElement {
        set,
        kind,
        numeric,
        complex: None,
        unknown: Vec::new(),
    });
    vec(one, 0..4)
}

pub(crate) fn term() -> impl Strategy<Value = Term> {
    prop_oneof![
        bytes().prop_map(Term::General),
        any::<i64>().prop_map(Term::Numeric),
        text().prop_map(Term::Text),
        set().prop_map(Term::Oid),
    ]
}

pub(crate) fn operand() -> impl Strategy<Value = AttributesPlusTerm> {
    (attributes(), term()).prop_map(|(attributes, term)| AttributesPlusTerm { attributes, term })
}

pub(crate) fn operator() -> impl Strategy<Value = Operator> {
    let prox = (
        option::of(any::<bool>()),
        any::<i64>(),
        any::<bool>(),
        1..7_i64,
        1..10_i64,
    );
    let prox = prox.prop_map(|(exclusion, distance, ordered, relation, unit)| {
        Operator::Prox(Proximity {
            exclusion,
            distance,
            ordered,
            relation,
            unit: Node::constructed(ctx(5), vec![unit.write(ctx(1))]),
            unknown: Vec::new(),
        })
    });
    prop_oneof![
        Just(Operator::And),
        Just(Operator::Or),
        Just(Operator::AndNot),
        prox
    ]
}

pub(crate) fn rpn() -> impl Strategy<Value = Rpn> {
    let leaf = prop_oneof![
        4 => operand().prop_map(Rpn::Term),
        1 => text().prop_map(Rpn::ResultSet),
    ];
    leaf.prop_recursive(6, 32, 2, |inner| {
        (inner.clone(), operator(), inner).prop_map(|(left, operator, right)| {
            Rpn::Join(Box::new(left), operator, Box::new(right))
        })
    })
}

pub(crate) fn query() -> impl Strategy<Value = Query> {
    let tree = || {
        (set(), rpn()).prop_map(|(attribute_set, root)| RpnQuery {
            attribute_set,
            root,
        })
    };
    prop_oneof![
        4 => tree().prop_map(Query::Rpn),
        1 => tree().prop_map(Query::Rpn101),
        1 => bytes().prop_map(Query::Ccl),
    ]
}

pub(crate) fn names() -> impl Strategy<Value = ElementSetNames> {
    text().prop_map(ElementSetNames::Generic)
}

pub(crate) fn diagnostic() -> impl Strategy<Value = Diagnostic> {
    (any::<i64>(), text(), any::<bool>()).prop_map(|(condition, addinfo, version_2)| Diagnostic {
        set: Oid::of(oid::DIAG_BIB_1),
        condition,
        addinfo,
        version_2,
    })
}

pub(crate) fn diagnostics() -> impl Strategy<Value = Vec<DiagRec>> {
    vec(diagnostic().prop_map(DiagRec::Default), 0..3)
}

pub(crate) fn octets() -> impl Strategy<Value = External> {
    (set(), bytes()).prop_map(|(oid, octets)| External {
        direct: Some(oid),
        indirect: None,
        descriptor: None,
        single: None,
        octets: Some(octets),
        arbitrary: None,
        unknown: Vec::new(),
    })
}

pub(crate) fn opac() -> impl Strategy<Value = OpacRecord> {
    let copy = (any::<bool>(), option::of(text()), text(), any::<bool>());
    let copy = copy.prop_map(|(available_now, date, item, on_hold)| CircRecord {
        available_now,
        availability_date: date,
        available_thru: None,
        restrictions: None,
        item_id: Some(item),
        renewable: false,
        on_hold,
        enum_and_chron: None,
        midspine: None,
        temporary_location: None,
        unknown: Vec::new(),
    });
    let holding = (text(), option::of(text()), vec(copy, 0..3));
    let holding = holding.prop_map(|(place, call_number, copies)| {
        HoldingsRecord::Circulation(Box::new(HoldingsAndCirc {
            nuc_code: None,
            local_location: Some(place),
            shelving_location: None,
            call_number,
            shelving_data: None,
            public_note: None,
            terms: None,
            enum_and_chron: None,
            circulation: Some(copies),
            unknown: Vec::new(),
        }))
    });
    let holding = prop_oneof![3 => holding, 1 => octets().prop_map(HoldingsRecord::Marc)];
    (option::of(octets()), option::of(vec(holding, 0..3))).prop_map(|(bibliographic, holdings)| {
        OpacRecord {
            bibliographic,
            holdings,
            unknown: Vec::new(),
        }
    })
}

pub(crate) fn records() -> impl Strategy<Value = Records> {
    let record = prop_oneof![
        3 => octets().prop_map(OneRecord::Record),
        1 => opac().prop_map(|record| OneRecord::Record(record.external())),
        1 => diagnostic().prop_map(|one| OneRecord::Diagnostic(DiagRec::Default(one))),
    ];
    let record = (option::of(text()), record).prop_map(|(database, record)| NamePlusRecord {
        database,
        record,
        unknown: Vec::new(),
    });
    prop_oneof![
        vec(record, 0..4).prop_map(Records::Records),
        diagnostic().prop_map(Records::Diagnostic),
        diagnostics().prop_map(Records::Diagnostics),
    ]
}
