//! An answer of each service, written in 2.02 and 1.0 and read as a client reads it.

use relire_ncip::{
    Prefix, Style, Version,
    message::{Body, Reply, Service, Versions},
    model::Problem,
    reply, write, write_versions,
};

use super::{
    parts::{Said, agency},
    said::{header, problem, said},
};

fn style(version: Version, prefix: Prefix) -> Style {
    Style {
        version,
        prefix,
        agency: "LENS".into(),
    }
}

pub(crate) fn in_2_02(prefix: Prefix) -> Style {
    style(Version::V2_02, prefix)
}

pub(crate) fn in_1_0() -> Style {
    style(Version::V1_0, Prefix::Default)
}

pub(crate) fn answers(dialect: Said) -> impl Iterator<Item = Reply> {
    let heard = Reply {
        service: Some(Service::ItemShipped),
        header: Some(header()),
        body: Body::Heard,
    };
    said(dialect).into_iter().map(answer).chain([heard])
}

fn answer((service, body): (Service, Body)) -> Reply {
    Reply {
        service: Some(service),
        header: Some(header()),
        body,
    }
}

#[track_caller]
fn read(document: &str) -> Reply {
    reply(document.as_bytes(), None).unwrap_or_else(|fault| panic!("{fault}\n{document}"))
}

#[test]
fn every_service_has_an_answer_here() {
    let services: Vec<_> = said(Said::Whole)
        .iter()
        .map(|(service, _)| *service)
        .collect();
    let mut once = services.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), 16);
    assert_eq!(services.len(), 16);
}

#[test]
fn what_is_written_in_2_02_is_read_as_it_was_meant() {
    for prefix in [Prefix::Default, Prefix::Ns1] {
        for meant in answers(Said::Whole) {
            let document = write(&meant, &in_2_02(prefix));
            assert_eq!(read(&document), meant, "{document}");
            assert_eq!(document.matches('\n').count(), 2, "{document}");
            assert!(document.ends_with("NCIPMessage>\n"), "{document}");
        }
    }
}

/// 1.0 has no place for some of it. What it has place for is read as it was meant.
#[test]
fn what_is_written_in_1_0_is_read_as_far_as_it_can_be_said() {
    for (meant, left) in answers(Said::Whole).zip(answers(Said::In1_0)) {
        let document = write(&meant, &in_1_0());
        assert_eq!(read(&document), left, "{document}");
        assert_eq!(write(&left, &in_1_0()), document);
        assert_eq!(document.matches('\n').count(), 3, "{document}");
    }
}

#[test]
fn both_prefixes_are_one_document() {
    for meant in answers(Said::Whole) {
        let default = write(&meant, &in_2_02(Prefix::Default));
        let ns1 = write(&meant, &in_2_02(Prefix::Ns1));
        let (default, ns1) = (inside(&default), inside(&ns1));
        assert_eq!(default.replace("ncip:", ""), ns1.replace("ns1:", ""));
    }
}

/// What is in the root.
fn inside(document: &str) -> &str {
    let (_, inside) = document.split_once("NCIPMessage xmlns").unwrap();
    let (_, inside) = inside.split_once('>').unwrap();
    inside.rsplit_once("</").unwrap().0
}

/// A document on its lines; here each element has one.
fn expected(lines: &str) -> String {
    let mut lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap();
    format!("{first}\n{}\n", lines.collect::<String>())
}

#[track_caller]
fn of(service: Service) -> Reply {
    answers(Said::Whole)
        .find(|reply| reply.service == Some(service))
        .unwrap()
}

#[test]
fn a_loan_in_2_02() {
    let document = write(&of(Service::CheckOutItem), &in_2_02(Prefix::Default));
    let text = r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <NCIPMessage xmlns="http://www.niso.org/2008/ncip" xmlns:ncip="http://www.niso.org/2008/ncip" ncip:version="http://www.niso.org/schemas/ncip/v2_02/ncip_v2_02.xsd">
        <CheckOutItemResponse>
          <ResponseHeader>
            <FromAgencyId><AgencyId ncip:Scheme="urn:agencies">LENS</AgencyId></FromAgencyId>
            <ToAgencyId><AgencyId ncip:Scheme="urn:agencies">RSH</AgencyId></ToAgencyId>
          </ResponseHeader>
          <ItemId>
            <AgencyId ncip:Scheme="urn:agencies">LENS</AgencyId>
            <ItemIdentifierType ncip:Scheme="urn:ids">Barcode</ItemIdentifierType>
            <ItemIdentifierValue>3620000000019</ItemIdentifierValue>
          </ItemId>
          <UserId>
            <AgencyId ncip:Scheme="urn:agencies">LENS</AgencyId>
            <UserIdentifierType ncip:Scheme="urn:ids">Barcode</UserIdentifierType>
            <UserIdentifierValue>2620000000017</UserIdentifierValue>
          </UserId>
          <DateDue>2026-12-14T23:00:00Z</DateDue>
          <RenewalCount>1</RenewalCount>
        </CheckOutItemResponse>
        </NCIPMessage>"#;
    assert_eq!(document, expected(text));
}

#[test]
fn a_return_with_prefixes() {
    let document = write(&of(Service::CheckInItem), &in_2_02(Prefix::Ns1));
    let text = r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <ns1:NCIPMessage xmlns:ns1="http://www.niso.org/2008/ncip" ns1:version="http://www.niso.org/schemas/ncip/v2_02/ncip_v2_02.xsd">
        <ns1:CheckInItemResponse>
          <ns1:ResponseHeader>
            <ns1:FromAgencyId><ns1:AgencyId ns1:Scheme="urn:agencies">LENS</ns1:AgencyId></ns1:FromAgencyId>
            <ns1:ToAgencyId><ns1:AgencyId ns1:Scheme="urn:agencies">RSH</ns1:AgencyId></ns1:ToAgencyId>
          </ns1:ResponseHeader>
          <ns1:ItemId>
            <ns1:AgencyId ns1:Scheme="urn:agencies">LENS</ns1:AgencyId>
            <ns1:ItemIdentifierType ns1:Scheme="urn:ids">Barcode</ns1:ItemIdentifierType>
            <ns1:ItemIdentifierValue>3620000000019</ns1:ItemIdentifierValue>
          </ns1:ItemId>
          <ns1:RoutingInformation>
            <ns1:RoutingInstructions>Envoyer à Liévin &lt;navette du mardi&gt; &amp; réserver</ns1:RoutingInstructions>
            <ns1:Destination>
              <ns1:BinNumber>2</ns1:BinNumber>
              <ns1:Location>
                <ns1:LocationType ns1:Scheme="http://www.niso.org/ncip/v1_0/imp1/schemes/locationtype/locationtype.scm">Current Location</ns1:LocationType>
                <ns1:LocationName>
                  <ns1:LocationNameInstance>
                    <ns1:LocationNameLevel>1</ns1:LocationNameLevel>
                    <ns1:LocationNameValue>Liévin</ns1:LocationNameValue>
                  </ns1:LocationNameInstance>
                </ns1:LocationName>
              </ns1:Location>
            </ns1:Destination>
            <ns1:RequestType ns1:Scheme="http://www.niso.org/ncip/v1_0/imp1/schemes/requesttype/requesttype.scm">Hold</ns1:RequestType>
          </ns1:RoutingInformation>
        </ns1:CheckInItemResponse>
        </ns1:NCIPMessage>"#;
    assert_eq!(document, expected(text));
}

#[test]
fn a_reader_with_a_loan_in_1_0() {
    let document = write(&of(Service::LookupUser), &in_1_0());
    let text = r#"
        <LookupUserResponse>
          <ResponseHeader>
            <FromAgencyId><UniqueAgencyId><Scheme>urn:agencies</Scheme><Value>LENS</Value></UniqueAgencyId></FromAgencyId>
            <ToAgencyId><UniqueAgencyId><Scheme>urn:agencies</Scheme><Value>RSH</Value></UniqueAgencyId></ToAgencyId>
          </ResponseHeader>
          <UniqueUserId>
            <UniqueAgencyId><Scheme>urn:agencies</Scheme><Value>LENS</Value></UniqueAgencyId>
            <UserIdentifierValue>2620000000017</UserIdentifierValue>
          </UniqueUserId>
        "#;
    let text = expected(text).replace('\n', "");
    assert!(document.contains(&text), "{document}");
    let text = r#"
        <UserTransaction>
          <RequestedItem>
            <UniqueRequestId>
              <UniqueAgencyId><Scheme>urn:agencies</Scheme><Value>LENS</Value></UniqueAgencyId>
              <RequestIdentifierValue>H-7</RequestIdentifierValue>
            </UniqueRequestId>
            <UniqueItemId>
              <UniqueAgencyId><Scheme>urn:agencies</Scheme><Value>LENS</Value></UniqueAgencyId>
              <ItemIdentifierValue>3620000000019</ItemIdentifierValue>
            </UniqueItemId>
            <RequestType>
              <Scheme>http://www.niso.org/ncip/v1_0/imp1/schemes/requesttype/requesttype.scm</Scheme>
              <Value>Hold</Value>
            </RequestType>
            <RequestStatusType>
              <Scheme>http://www.niso.org/ncip/v1_0/imp1/schemes/requeststatustype/requeststatustype.scm</Scheme>
              <Value>Available For Pickup</Value>
            </RequestStatusType>
            <DatePlaced>2026-11-23T09:00:00Z</DatePlaced>
            <PickupDate>2026-11-25T09:00:00Z</PickupDate>
            <PickupExpiryDate>2026-12-02T17:00:00Z</PickupExpiryDate>
            <HoldQueuePosition>1</HoldQueuePosition>
          </RequestedItem>
          <LoanedItem>
            <UniqueItemId>
              <UniqueAgencyId><Scheme>urn:agencies</Scheme><Value>LENS</Value></UniqueAgencyId>
              <ItemIdentifierValue>3620000000019</ItemIdentifierValue>
            </UniqueItemId>
            <ReminderLevel>2</ReminderLevel>
            <DateDue>2026-12-14T23:00:00Z</DateDue>
            <Amount>
              <CurrencyCode>
                <Scheme>http://www.niso.org/ncip/v1_0/schemes/currencycode/currencycode.scm</Scheme>
                <Value>EUR</Value>
              </CurrencyCode>
              <MonetaryValue>150</MonetaryValue>
            </Amount>
          </LoanedItem>
        </UserTransaction>"#;
    let text = expected(text).replace('\n', "");
    assert!(document.contains(&text), "{document}\n{text}");
}

#[test]
fn problems_in_both() {
    let refused = Reply {
        service: Some(Service::CheckOutItem),
        header: None,
        body: Body::Problems(vec![problem()]),
    };
    let document = write(&refused, &in_2_02(Prefix::Default));
    let text = r#"
        <CheckOutItemResponse>
          <Problem>
            <ProblemType ncip:Scheme="urn:problems">User Blocked</ProblemType>
            <ProblemDetail>Carte perdue [C-LOST]</ProblemDetail>
            <ProblemElement>UserId</ProblemElement>
            <ProblemValue>…017</ProblemValue>
          </Problem>
        </CheckOutItemResponse>"#;
    assert_eq!(inside(&document), expected(text).replace('\n', ""));
    assert_eq!(read(&document), refused);
    let document = write(&refused, &in_1_0());
    let text = r#"
        <CheckOutItemResponse>
          <Problem>
            <ProcessingError>
              <ProcessingErrorType><Scheme>urn:problems</Scheme><Value>User Blocked</Value></ProcessingErrorType>
              <ProcessingErrorElement>
                <ElementName>UserId</ElementName>
                <ProcessingErrorValue>Carte perdue [C-LOST]</ProcessingErrorValue>
              </ProcessingErrorElement>
            </ProcessingError>
          </Problem>
        </CheckOutItemResponse>"#;
    let text = expected(text).replace('\n', "");
    assert!(document.contains(&text), "{document}");
    let left = Problem {
        value: None,
        ..problem()
    };
    assert_eq!(read(&document).body, Body::Problems(vec![left.clone()]));
    // A notification has no processing in 1.0.
    let unheard = Reply {
        service: Some(Service::ItemShipped),
        ..refused.clone()
    };
    let document = write(&unheard, &in_1_0());
    assert!(
        document.contains("<ItemShippedResponse><MessagingError><MessagingErrorType>"),
        "{document}"
    );
    assert_eq!(read(&document).body, Body::Problems(vec![left]));
    // Of no service: in 2.02, whatever was asked in.
    let alone = Reply {
        service: None,
        ..refused
    };
    for version in Version::ALL {
        let document = write(&alone, &style(version, Prefix::Default));
        assert!(document.contains("v2_0"), "{document}");
        assert!(
            inside(&document).starts_with("<Problem><ProblemType "),
            "{document}"
        );
        assert_eq!(read(&document), alone);
    }
}

#[test]
fn versions_in_their_own_schema_and_within_a_message() {
    let versions = Versions {
        from: agency("LENS"),
        to: agency("RSH"),
        services: vec![Service::LookupUser, Service::CheckOutItem],
    };
    let body = r#"
        <LookupVersionResponse>
          <FromAgencyId><UniqueAgencyId><Scheme>urn:agencies</Scheme><Value>LENS</Value></UniqueAgencyId></FromAgencyId>
          <ToAgencyId><UniqueAgencyId><Scheme>urn:agencies</Scheme><Value>RSH</Value></UniqueAgencyId></ToAgencyId>
          <VersionSupported>http://www.niso.org/schemas/ncip/v2_02/ncip_v2_02.xsd</VersionSupported>
          <VersionSupported>http://www.niso.org/schemas/ncip/v2_01/imp1/xsd/ncip_v2_01.xsd</VersionSupported>
          <VersionSupported>http://www.niso.org/schemas/ncip/v2_0/imp1/xsd/ncip_v2_0.xsd</VersionSupported>
          <VersionSupported>http://www.niso.org/ncip/v1_0/imp1/dtd/ncip_v1_0.dtd</VersionSupported>
          <ServiceSupported>LookupUser</ServiceSupported>
          <ServiceSupported>CheckOutItem</ServiceSupported>
        </LookupVersionResponse>"#;
    let body = expected(body).replace('\n', "");
    let own = write_versions(&versions, true, &in_2_02(Prefix::Default));
    assert!(
        own.contains(&format!("ncip_version.xsd\">{body}</NCIPVersionMessage>\n")),
        "{own}"
    );
    let within = write_versions(&versions, false, &in_2_02(Prefix::Default));
    assert_eq!(inside(&within), body);
    for document in [own, within] {
        let read = read(&document);
        assert_eq!(
            (read.service, read.body),
            (Some(Service::LookupVersion), Body::Heard)
        );
    }
}

/// Nothing that is in a value can end it, break the line, or be no character.
#[test]
fn values_stay_values() {
    for (value, left) in [
        ("</UserIdentifierValue><x/>", "</UserIdentifierValue><x/>"),
        ("]]>&amp;\"'", "]]>&amp;\"'"),
        ("one\r\ntwo\tthree", "one\r\ntwo\tthree"),
        ("a\u{0}b\u{FFFE}c\u{1B}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"),
        ("é\u{1F4D6}\u{85}\u{2028}x", "é\u{1F4D6}\u{85}\u{2028}x"),
    ] {
        for style in [in_2_02(Prefix::Default), in_2_02(Prefix::Ns1), in_1_0()] {
            let mut meant = of(Service::UpdateUser);
            let Body::UpdateUser(update) = &mut meant.body else {
                panic!("an UpdateUserResponse")
            };
            update.user.kind = None;
            update.user.value = value.into();
            update.user.agency = Some(relire_ncip::Value::of(value, value));
            let document = write(&meant, &style);
            let Body::UpdateUser(update) = read(&document).body else {
                panic!("an UpdateUserResponse")
            };
            assert_eq!(update.user.value, left, "{document}");
            let agency = update.user.agency.unwrap();
            assert_eq!(
                (agency.text.as_str(), agency.scheme.as_deref()),
                (left, Some(left)),
                "{document}"
            );
            let lines = if style.version == Version::V1_0 { 3 } else { 2 };
            assert_eq!(document.matches('\n').count(), lines);
        }
    }
}
