//! PDUs of every kind, made up.

use proptest::{collection::vec, option, prelude::*};
use relire_z3950::{
    Pdu,
    ber::{Node, ctx, uni},
    pdu::{
        Close, InitRequest, InitResponse, PresentRequest, SearchRequest, Secret,
        answer::{DiagRec, PresentResponse, SearchResponse},
        composition::{CompSpec, ElementSpec, Range, Specification},
        delete::{DeleteRequest, DeleteResponse, ListStatus, SetName},
        other::ExtendedServicesResponse,
        scan::{Entry, ListEntries, ScanRequest, ScanResponse, TermInfo},
        sort::{Missing, SortElement, SortKeySpec, SortRequest, SortResponse},
    },
    value::Value,
};

use crate::parts::{
    attributes, bits, bytes, databases, diagnostic, diagnostics, names, operand, query, records,
    set, term, text,
};

fn init() -> impl Strategy<Value = Pdu> {
    let secret =
        text().prop_map(|text| Secret(Node::constructed(ctx(7), vec![text.write(uni(26))])));
    let request = (
        option::of(bytes()),
        bits(),
        bits(),
        any::<[i64; 2]>(),
        option::of(secret),
    );
    let request = request.prop_map(|(reference_id, versions, options, sizes, authentication)| {
        Pdu::InitRequest(Box::new(InitRequest {
            reference_id,
            versions,
            options,
            preferred_message_size: sizes[0],
            exceptional_record_size: sizes[1],
            authentication,
            implementation_id: None,
            implementation_name: None,
            implementation_version: None,
            other_info: None,
            unknown: Vec::new(),
        }))
    });
    let answer = (bits(), bits(), any::<bool>(), option::of(text()));
    let answer = answer.prop_map(|(versions, options, result, name)| {
        Pdu::InitResponse(Box::new(InitResponse {
            reference_id: None,
            versions,
            options,
            preferred_message_size: 1,
            exceptional_record_size: 2,
            result,
            implementation_id: None,
            implementation_name: name,
            implementation_version: None,
            user_information: None,
            other_info: None,
            unknown: Vec::new(),
        }))
    });
    prop_oneof![request, answer]
}

fn search() -> impl Strategy<Value = Pdu> {
    let request = (
        any::<[i64; 3]>(),
        any::<bool>(),
        text(),
        databases(),
        option::of(names()),
        option::of(set()),
        query(),
    );
    let request = request.prop_map(
        |(bounds, replace, result_set, databases, small, syntax, query)| {
            Pdu::SearchRequest(Box::new(SearchRequest {
                reference_id: None,
                small_set_upper_bound: bounds[0],
                large_set_lower_bound: bounds[1],
                medium_set_present_number: bounds[2],
                replace,
                result_set,
                databases,
                small_element_set: small,
                medium_element_set: None,
                preferred_syntax: syntax,
                query,
                additional_info: None,
                unknown: Vec::new(),
            }))
        },
    );
    let answer = (any::<[i64; 3]>(), any::<bool>(), option::of(records()));
    let answer = answer.prop_map(|(numbers, status, records)| {
        Pdu::SearchResponse(SearchResponse {
            reference_id: None,
            count: numbers[0],
            returned: numbers[1],
            next_position: numbers[2],
            status,
            result_set_status: None,
            present_status: Some(0),
            records,
            additional_info: None,
            other_info: None,
            unknown: Vec::new(),
        })
    });
    prop_oneof![2 => request, 1 => answer]
}

fn present() -> impl Strategy<Value = Pdu> {
    let specification = (option::of(set()), option::of(text()), option::of(text()));
    let specification = specification.prop_map(|(schema, uri, name)| Specification {
        schema,
        schema_uri: uri,
        elements: name.map(ElementSpec::Name),
        unknown: Vec::new(),
    });
    let spec = (
        any::<bool>(),
        option::of(specification),
        option::of(vec(set(), 0..3)),
    );
    let spec = spec.prop_map(|(alternative, generic, syntaxes)| CompSpec {
        alternative,
        generic,
        databases: None,
        syntaxes,
        unknown: Vec::new(),
    });
    let range = any::<[i64; 2]>().prop_map(|[start, number]| Range {
        start,
        number,
        unknown: Vec::new(),
    });
    let request = (
        text(),
        any::<[i64; 2]>(),
        option::of(vec(range, 0..3)),
        option::of(names()),
        option::of(spec),
    );
    let request = request.prop_map(|(result_set, [start, number], ranges, simple, complex)| {
        Pdu::PresentRequest(Box::new(PresentRequest {
            reference_id: None,
            result_set,
            start,
            number,
            ranges,
            simple_composition: simple,
            complex_composition: complex,
            preferred_syntax: None,
            unknown: Vec::new(),
        }))
    });
    let answer = (any::<[i64; 3]>(), option::of(records()));
    let answer = answer.prop_map(|([returned, next_position, status], records)| {
        Pdu::PresentResponse(PresentResponse {
            reference_id: None,
            returned,
            next_position,
            status,
            records,
            other_info: None,
            unknown: Vec::new(),
        })
    });
    prop_oneof![request, answer]
}

fn scan() -> impl Strategy<Value = Pdu> {
    let request = (
        databases(),
        option::of(set()),
        operand(),
        any::<i64>(),
        option::of(any::<i64>()),
    );
    let request = request.prop_map(|(databases, attribute_set, start, number, position)| {
        Pdu::ScanRequest(Box::new(ScanRequest {
            reference_id: None,
            databases,
            attribute_set,
            start,
            step: None,
            number,
            position,
            other_info: None,
            unknown: Vec::new(),
        }))
    });
    let entry = (term(), option::of(text()), option::of(any::<i64>()));
    let entry = entry.prop_map(|(term, display, occurrences)| {
        Entry::Term(Box::new(TermInfo {
            term,
            display,
            attributes: None,
            occurrences,
            unknown: Vec::new(),
        }))
    });
    let entry = prop_oneof![
        3 => entry,
        1 => diagnostic().prop_map(|one| Entry::Diagnostic(DiagRec::Default(one))),
    ];
    let answer = (option::of(vec(entry, 0..4)), option::of(diagnostics()));
    let answer = answer.prop_map(|(entries, diagnostics)| {
        Pdu::ScanResponse(ScanResponse {
            reference_id: None,
            step: Some(0),
            status: 5,
            returned: 1,
            position: Some(1),
            entries: Some(ListEntries {
                entries,
                diagnostics,
                unknown: Vec::new(),
            }),
            attribute_set: None,
            other_info: None,
            unknown: Vec::new(),
        })
    });
    prop_oneof![request, answer]
}

fn sort() -> impl Strategy<Value = Pdu> {
    let missing = prop_oneof![
        Just(Missing::Abort),
        Just(Missing::Null),
        bytes().prop_map(Missing::Value)
    ];
    let element = prop_oneof![
        text().prop_map(SortElement::Field),
        (set(), attributes()).prop_map(|(set, list)| SortElement::Attributes(set, list)),
    ];
    let key = (element, 0..5_i64, 0..2_i64, option::of(missing));
    let key = key.prop_map(|(element, relation, case, missing)| SortKeySpec {
        element,
        relation,
        case,
        missing,
    });
    let request = (vec(text(), 1..3), text(), vec(key, 1..3));
    let request = request.prop_map(|(input, output, keys)| {
        Pdu::SortRequest(SortRequest {
            reference_id: None,
            input,
            output,
            keys,
            other_info: None,
            unknown: Vec::new(),
        })
    });
    let answer = option::of(diagnostics()).prop_map(|diagnostics| {
        Pdu::SortResponse(SortResponse {
            reference_id: None,
            status: 2,
            result_set_status: Some(3),
            diagnostics,
            count: None,
            other_info: None,
            unknown: Vec::new(),
        })
    });
    prop_oneof![request, answer]
}

fn others() -> impl Strategy<Value = Pdu> {
    let delete = option::of(vec(text().prop_map(SetName), 0..3)).prop_map(|sets| {
        Pdu::DeleteRequest(DeleteRequest {
            reference_id: None,
            function: 0,
            sets,
            other_info: None,
            unknown: Vec::new(),
        })
    });
    let status = (text(), any::<i64>()).prop_map(|(set, status)| ListStatus {
        set: SetName(set),
        status,
        unknown: Vec::new(),
    });
    let deleted = option::of(vec(status, 0..3)).prop_map(|statuses| {
        Pdu::DeleteResponse(DeleteResponse {
            reference_id: None,
            status: 0,
            statuses,
            not_deleted: None,
            bulk: None,
            message: None,
            other_info: None,
            unknown: Vec::new(),
        })
    });
    let close = (0..10_i64, option::of(text())).prop_map(|(reason, diagnostic)| {
        Pdu::Close(Close {
            reference_id: None,
            reason,
            diagnostic,
            unknown: Vec::new(),
        })
    });
    let refused = option::of(diagnostics()).prop_map(|diagnostics| {
        Pdu::ExtendedServicesResponse(ExtendedServicesResponse {
            reference_id: None,
            status: 3,
            diagnostics,
            package: None,
            other_info: None,
            unknown: Vec::new(),
        })
    });
    prop_oneof![delete, deleted, close, refused]
}

pub(crate) fn pdu() -> impl Strategy<Value = Pdu> {
    prop_oneof![init(), search(), present(), scan(), sort(), others()]
}
