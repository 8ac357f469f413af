//! The checker itself can fail: one good answer of each kind, and what is wrong with it in every way.

use super::check::check;

const TWO: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<NCIPMessage xmlns="http://www.niso.org/2008/ncip" xmlns:ncip="http://www.niso.org/2008/ncip" ncip:version="2.02">
  <LookupItemResponse>
    <ItemId>
      <AgencyId ncip:Scheme="urn:example:agency">LENS</AgencyId>
      <ItemIdentifierValue>3620000000019</ItemIdentifierValue>
    </ItemId>
    <HoldPickupDate>2026-12-08T22:59:59Z</HoldPickupDate>
    <ItemOptionalFields>
      <BibliographicDescription><Author>Zola</Author><Title>Germinal</Title></BibliographicDescription>
      <CirculationStatus>Available On Shelf</CirculationStatus>
      <HoldQueueLength>0</HoldQueueLength>
      <ItemDescription><NumberOfPieces>1</NumberOfPieces></ItemDescription>
      <SensitizationFlag/>
    </ItemOptionalFields>
    <Ext><RequestId><RequestIdentifierValue>7</RequestIdentifierValue></RequestId></Ext>
  </LookupItemResponse>
</NCIPMessage>
"#;

#[test]
fn faults_in_2_are_seen() {
    let faults = [
        // Elements
        ("<ItemId>", "<ItemIdentity>", "ill-formed"),
        ("Author>", "Writer>", "Writer, expected is"),
        (
            "<Author>Zola</Author><Title>Germinal</Title>",
            "<Title>Germinal</Title><Author>Zola</Author>",
            "after Title comes Author",
        ),
        (
            "<Author>Zola</Author>",
            "<Author>Zola</Author><Author>Zola</Author>",
            "after Author comes Author",
        ),
        (
            "      <ItemIdentifierValue>3620000000019</ItemIdentifierValue>\n",
            "",
            "comes the end, expected is ItemIdentifierType or ItemIdentifierValue",
        ),
        (
            "<HoldQueueLength>",
            "<RenewalCount>1</RenewalCount><HoldQueueLength>",
            "comes RenewalCount",
        ),
        (
            "    <ItemId>",
            "    <Problem><ProblemType>Unknown Item</ProblemType></Problem><ItemId>",
            "after Problem comes ItemId",
        ),
        ("LookupItemResponse>", "LookedUp>", "comes LookedUp"),
        (
            "</LookupItemResponse>",
            "</LookupItemResponse><Problem><ProblemType>x</ProblemType></Problem>",
            "expected is nothing more",
        ),
        (
            "<RequestId><RequestIdentifierValue>7</RequestIdentifierValue></RequestId>",
            "<Page>7</Page>",
            "Ext/Page: no such element",
        ),
        (
            "<RequestId><RequestIdentifierValue>7</RequestIdentifierValue></RequestId>",
            "<Page xmlns=\"urn:x\">7</Page>",
            "Ext/Page: is in \"urn:x\"",
        ),
        // Namespaces
        (
            "<CirculationStatus>",
            "<CirculationStatus xmlns=\"\">",
            "CirculationStatus: is in \"\"",
        ),
        (
            "xmlns=\"http://www.niso.org/2008/ncip\"",
            "xmlns=\"urn:x\"",
            "no schema has a root NCIPMessage in \"urn:x\"",
        ),
        ("NCIPMessage", "NCIPVersionMessage", "no schema has a root"),
        (
            "<HoldQueueLength>0</HoldQueueLength>",
            "<n:HoldQueueLength>0</n:HoldQueueLength>",
            "prefix",
        ),
        // Attributes
        (" ncip:version=\"2.02\"", "", "no version"),
        (" ncip:version", " version", "no version"),
        (
            "<ItemId>",
            "<ItemId ncip:version=\"2.02\">",
            "attribute version",
        ),
        ("ncip:Scheme", "Scheme", "attribute Scheme"),
        (
            "<ItemIdentifierValue>",
            "<ItemIdentifierValue ncip:Scheme=\"urn:x\">",
            "attribute Scheme",
        ),
        (
            "<HoldQueueLength>",
            "<HoldQueueLength datatype=\"nonNegativeInteger\">",
            "attribute datatype",
        ),
        ("<ItemId>", "<ItemId xml:lang=\"fr\">", "attribute lang"),
        (
            "<ItemId>",
            "<ItemId xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"a b\">",
            "attribute schemaLocation",
        ),
        (
            "ncip:version",
            "xmlns:n=\"http://www.niso.org/2008/ncip\" n:version=\"\" ncip:version",
            "two attributes",
        ),
        // What they hold
        ("22:59:59Z", "", "is not dateTime"),
        ("2026-12-08T22:59:59Z", "", "\"\" is not dateTime"),
        (">0<", ">-1<", "is not nonNegativeInteger"),
        (">0<", "><", "is not nonNegativeInteger"),
        (
            "<NumberOfPieces>1<",
            "<NumberOfPieces>0<",
            "is not positiveInteger",
        ),
        (
            "<SensitizationFlag/>",
            "<SensitizationFlag> </SensitizationFlag>",
            "is not empty",
        ),
        (
            "<SensitizationFlag/>",
            "<SensitizationFlag><Ext/></SensitizationFlag>",
            "has children",
        ),
        (">Germinal<", "><Ext/>Germinal<", "has children"),
        (
            "    <HoldPickupDate>",
            "    x<HoldPickupDate>",
            "text among elements: \"x\"",
        ),
        ("<Ext>", "<Ext>x", "is not any"),
        // XML
        ("<?xml", "\n<?xml", "declaration"),
        (
            "<NCIPMessage",
            "<!DOCTYPE NCIPMessage SYSTEM \"x\"><NCIPMessage",
            "a document type",
        ),
        (">Zola<", ">&eacute;<", "&eacute;"),
        (">Zola<", ">&#4;<", "&#4;"),
        (">Zola<", ">\u{4}<", "U+0004"),
        ("</NCIPMessage>", "", "not one closed root"),
        ("</NCIPMessage>", "</NCIPMessage>x", "outside of the root"),
        (
            "</NCIPMessage>",
            "</NCIPMessage><a/>",
            "not one closed root",
        ),
    ];
    seen(TWO, &faults);
}

const ONE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE NCIPMessage PUBLIC "-//NISO//NCIP DTD Version 1.0//EN" "ncip_v1_0.dtd">
<NCIPMessage version="1.0">
  <RenewItemResponse>
    <ResponseHeader>
      <FromAgencyId><UniqueAgencyId><Scheme>urn:x</Scheme><Value datatype="string">LENS</Value></UniqueAgencyId></FromAgencyId>
      <ToAgencyId><UniqueAgencyId><Scheme>urn:x</Scheme><Value>PARTENAIRE</Value></UniqueAgencyId></ToAgencyId>
    </ResponseHeader>
    <UniqueItemId>
      <UniqueAgencyId><Scheme>urn:x</Scheme><Value>LENS</Value></UniqueAgencyId>
      <ItemIdentifierValue>3620000000019</ItemIdentifierValue>
    </UniqueItemId>
    <DateDue datatype="dateTime">2026-12-29T22:59:59Z</DateDue>
    <RenewalCount>1</RenewalCount>
  </RenewItemResponse>
</NCIPMessage>
"#;

#[test]
fn faults_in_1_are_seen() {
    let faults = [
        ("<ResponseHeader>", "<ResponseHeader><Ext/>", "comes Ext"),
        (
            "<Scheme>urn:x</Scheme><Value>PARTENAIRE",
            "<Value>PARTENAIRE",
            "first comes Value, expected is Scheme",
        ),
        ("UniqueItemId>", "ItemId>", "comes ItemId"),
        (
            "<RenewalCount>1</RenewalCount>",
            "<RenewalCount>1</RenewalCount><RenewalCount>1</RenewalCount>",
            "after RenewalCount comes RenewalCount",
        ),
        ("    <DateDue", "    <Problem/><DateDue", "comes Problem"),
        (" version=\"1.0\">", ">", "no version"),
        (
            "<NCIPMessage ",
            "<NCIPMessage xmlns:n=\"urn:x\" ",
            "attribute n=",
        ),
        (
            "<RenewItemResponse>",
            "<RenewItemResponse xmlns=\"urn:x\">",
            "is in \"urn:x\"",
        ),
        (
            "datatype=\"dateTime\"",
            "datatype=\"string\"",
            "attribute datatype=\"string\"",
        ),
        (
            "<RenewalCount>",
            "<RenewalCount datatype=\"integer\">",
            "attribute datatype=\"integer\"",
        ),
        (
            "<UniqueItemId>",
            "<UniqueItemId datatype=\"string\">",
            "attribute datatype",
        ),
        (
            "<UniqueItemId>",
            "<UniqueItemId Scheme=\"urn:x\">",
            "attribute Scheme",
        ),
        (">1<", ">one<", "is not nonNegativeInteger"),
        ("2026-12-29T22:59:59Z", "2026-12-29", "is not dateTime"),
        (
            "NCIPMessage PUBLIC",
            "NCIPMessage [] PUBLIC",
            "a subset of its own",
        ),
    ];
    seen(ONE, &faults);
}

const VERSION: &str = r#"<NCIPVersionMessage version="2.02">
  <LookupVersionResponse>
    <FromAgencyId><UniqueAgencyId><Scheme>urn:x</Scheme><Value>LENS</Value></UniqueAgencyId></FromAgencyId>
    <ToAgencyId><UniqueAgencyId><Scheme>urn:x</Scheme><Value>PARTENAIRE</Value></UniqueAgencyId></ToAgencyId>
    <VersionSupported>2.02</VersionSupported>
  </LookupVersionResponse>
</NCIPVersionMessage>
"#;

#[test]
fn faults_in_the_version_message_are_seen() {
    let faults = [
        (
            "    <VersionSupported>2.02</VersionSupported>\n",
            "",
            "comes the end, expected is VersionSupported",
        ),
        (
            "<VersionSupported>2.02</VersionSupported>",
            "<ServiceSupported>LookupUser</ServiceSupported>",
            "comes ServiceSupported",
        ),
        (
            "LookupVersionResponse>",
            "LookupUserResponse>",
            "comes LookupUserResponse",
        ),
        (" version=\"2.02\"", "", "no version"),
        (
            "<VersionSupported>",
            "<VersionSupported datatype=\"string\">",
            "attribute datatype",
        ),
    ];
    seen(VERSION, &faults);
}

/// XML Schema part 2, 3.2.7, and what libxml2 says of the same texts (`mutated.rs` has some of them).
#[test]
fn dates_with_times_are_known_from_what_is_none() {
    let with = |date: &str| check(&TWO.replace("2026-12-08T22:59:59Z", date));
    for good in [
        "2026-12-08T22:59:59",
        " 2026-12-08T22:59:59.5+01:00\n",
        "2024-02-29T24:00:00Z",
        "2000-02-29T00:00:00-14:00",
    ] {
        with(good).unwrap_or_else(|why| panic!("{good}: {why}"));
    }
    for bad in [
        "2026-12-08",
        "2026-12-08 22:59:59Z",
        "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-12-00T00:00:00Z",
        "2026-12-08T24:00:01Z",
        "2026-12-08T22:60:00Z",
        "2026-12-08T22:59Z",
        "2026-12-08T22:59:59.Z",
        "2026-12-08T22:59:59z",
        "2026-12-08T22:59:59+0100",
        "2026-12-08T22:59:59+14:01",
        "0000-12-08T22:59:59Z",
        "26-12-08T22:59:59Z",
        "2026-12-8T22:59:59Z",
        "20261208    225959",
        "2026-12-08T22:59:59Zé",
    ] {
        assert!(with(bad).is_err(), "{bad}");
    }
}

#[track_caller]
fn seen(good: &str, faults: &[(&str, &str, &str)]) {
    check(good).unwrap();
    for (from, to, why) in faults {
        let bad = good.replace(from, to);
        assert_ne!(bad, good, "{from:?} is not there");
        let said = check(&bad).expect_err(&format!("{from:?} as {to:?} was let through"));
        assert!(
            said.contains(why),
            "{from:?} as {to:?}: {said:?} does not say {why:?}"
        );
    }
}
