//! Which parameter belongs to which operation of which version.

use super::Kind;
use crate::Version;

const E: Kind = Kind::Explain;
const S: Kind = Kind::SearchRetrieve;
const T: Kind = Kind::Scan;
const ALL: &[Kind] = &[E, S, T];
const V1: &[Version] = &[Version::V1_1, Version::V1_2];
const V2: &[Version] = &[Version::V2_0];
const ANY: &[Version] = &[Version::V1_1, Version::V1_2, Version::V2_0];

/// 2.0 has done without `version` and `operation`; clients send them all the same.
#[rustfmt::skip]
const KNOWN: &[(&str, &[Kind], &[Version])] = &[
    ("version",           ALL,     ANY),
    ("operation",         ALL,     ANY),
    ("stylesheet",        ALL,     ANY),
    ("recordPacking",     &[E, S], ANY),
    ("recordXMLEscaping", &[E, S], V2),
    ("httpAccept",        ALL,     V2),
    ("responseType",      ALL,     V2),
    ("renderedBy",        ALL,     V2),
    ("query",             &[S],    ANY),
    ("queryType",         &[S],    V2),
    ("startRecord",       &[S],    ANY),
    ("maximumRecords",    &[S],    ANY),
    ("recordSchema",      &[S],    ANY),
    ("recordXPath",       &[S],    &[Version::V1_1]),
    ("resultSetTTL",      &[S],    ANY),
    // 1.2 has sortBy instead; clients send it all the same, and it is plain what they mean.
    ("sortKeys",          &[S],    ANY),
    ("facetLimit",        &[S],    V2),
    ("facetStart",        &[S],    V2),
    ("facetSort",         &[S],    V2),
    ("facetRangeField",   &[S],    V2),
    ("facetLowValue",     &[S],    V2),
    ("facetHighValue",    &[S],    V2),
    ("facetCount",        &[S],    V2),
    ("scanClause",        &[T],    ANY),
    ("responsePosition",  &[T],    ANY),
    ("maximumTerms",      &[T],    ANY),
    ("extraRequestData",  ALL,     V1),
];

pub(super) fn is_known(name: &str, kind: Kind, version: Version) -> bool {
    KNOWN.iter().any(|(known, kinds, versions)| {
        *known == name && kinds.contains(&kind) && versions.contains(&version)
    })
}
