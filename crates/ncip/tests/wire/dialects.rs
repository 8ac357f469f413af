//! One question in every dress: whoever answers sees the same.

use relire_ncip::{
    Asked, Leniency, Moment, Prefix, Secret, Value, Version,
    message::{CheckOutItem, Question},
    model::{Agency, AuthenticationInput, InitiationHeader, ItemId, RequestId, UserId},
    question,
};

const IN_2_02: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<NCIPMessage xmlns="http://www.niso.org/2008/ncip" xmlns:ncip="http://www.niso.org/2008/ncip"
    ncip:version="http://www.niso.org/schemas/ncip/v2_02/ncip_v2_02.xsd">
  <CheckOutItem>
    <InitiationHeader>
      <FromAgencyId><AgencyId ncip:Scheme="urn:agencies">RSH</AgencyId></FromAgencyId>
      <FromAgencyAuthentication>sésame</FromAgencyAuthentication>
      <ToAgencyId><AgencyId ncip:Scheme="urn:agencies">LENS &amp; LIÉVIN</AgencyId></ToAgencyId>
    </InitiationHeader>
    <UserId>
      <AgencyId ncip:Scheme="urn:agencies">LENS</AgencyId>
      <UserIdentifierValue>2620000000017</UserIdentifierValue>
    </UserId>
    <AuthenticationInput>
      <AuthenticationInputData>1234</AuthenticationInputData>
      <AuthenticationDataFormatType ncip:Scheme="urn:formats">text</AuthenticationDataFormatType>
      <AuthenticationInputType ncip:Scheme="urn:inputs">PIN</AuthenticationInputType>
    </AuthenticationInput>
    <ItemId>
      <AgencyId ncip:Scheme="urn:agencies">LENS</AgencyId>
      <ItemIdentifierValue>3620000000019</ItemIdentifierValue>
    </ItemId>
    <RequestId>
      <AgencyId ncip:Scheme="urn:agencies">RSH</AgencyId>
      <RequestIdentifierValue>PEB-42</RequestIdentifierValue>
    </RequestId>
    <DesiredDateDue>2026-12-14T23:00:00Z</DesiredDateDue>
    <ItemElementType ncip:Scheme="urn:items">Circulation Status</ItemElementType>
    <UserElementType ncip:Scheme="urn:users">User Privilege</UserElementType>
    <UserElementType ncip:Scheme="urn:users">Block Or Trap</UserElementType>
  </CheckOutItem>
</NCIPMessage>
"#;

/// As the DTD of 1.0 has it.
const IN_1_0: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE NCIPMessage PUBLIC "-//NISO//NCIP DTD Version 1.0//EN" "http://www.niso.org/ncip/v1_0/imp1/dtd/ncip_v1_0.dtd">
<NCIPMessage version="http://www.niso.org/ncip/v1_0/imp1/dtd/ncip_v1_0.dtd">
  <CheckOutItem>
    <InitiationHeader>
      <FromAgencyId>
        <UniqueAgencyId><Scheme>urn:agencies</Scheme><Value>RSH</Value></UniqueAgencyId>
      </FromAgencyId>
      <FromAgencyAuthentication>sésame</FromAgencyAuthentication>
      <ToAgencyId>
        <UniqueAgencyId><Scheme>urn:agencies</Scheme><Value>LENS &amp; LIÉVIN</Value></UniqueAgencyId>
      </ToAgencyId>
    </InitiationHeader>
    <UniqueUserId>
      <UniqueAgencyId><Scheme>urn:agencies</Scheme><Value>LENS</Value></UniqueAgencyId>
      <UserIdentifierValue>2620000000017</UserIdentifierValue>
    </UniqueUserId>
    <AuthenticationInput>
      <AuthenticationInputData>1234</AuthenticationInputData>
      <AuthenticationDataFormatType><Scheme>urn:formats</Scheme><Value>text</Value></AuthenticationDataFormatType>
      <AuthenticationInputType><Scheme>urn:inputs</Scheme><Value>PIN</Value></AuthenticationInputType>
    </AuthenticationInput>
    <UniqueItemId>
      <UniqueAgencyId><Scheme>urn:agencies</Scheme><Value>LENS</Value></UniqueAgencyId>
      <ItemIdentifierValue>3620000000019</ItemIdentifierValue>
    </UniqueItemId>
    <UniqueRequestId>
      <UniqueAgencyId><Scheme>urn:agencies</Scheme><Value>RSH</Value></UniqueAgencyId>
      <RequestIdentifierValue>PEB-42</RequestIdentifierValue>
    </UniqueRequestId>
    <DesiredDateDue>2026-12-14T23:00:00Z</DesiredDateDue>
    <ItemElementType><Scheme>urn:items</Scheme><Value>Circulation Status</Value></ItemElementType>
    <UserElementType><Scheme>urn:users</Scheme><Value>User Privilege</Value></UserElementType>
    <UserElementType><Scheme>urn:users</Scheme><Value>Block Or Trap</Value></UserElementType>
  </CheckOutItem>
</NCIPMessage>
"#;

fn meant() -> Question {
    let agency = |code| Value::of("urn:agencies", code);
    Question::CheckOutItem(Box::new(CheckOutItem {
        header: Some(InitiationHeader {
            from_system: None,
            from_system_authentication: None,
            from_agency: Some(Agency { id: agency("RSH") }),
            from_agency_authentication: Some(Secret::new("sésame")),
            on_behalf_of: None,
            to_system: None,
            to_agency: Some(Agency {
                id: agency("LENS & LIÉVIN"),
            }),
            profile: None,
        }),
        user: Some(UserId {
            agency: Some(agency("LENS")),
            kind: None,
            value: "2620000000017".into(),
        }),
        inputs: vec![AuthenticationInput {
            data: Secret::new("1234"),
            format: Some(Value::of("urn:formats", "text")),
            kind: Some(Value::of("urn:inputs", "PIN")),
        }],
        item: Some(ItemId {
            agency: Some(agency("LENS")),
            kind: None,
            value: "3620000000019".into(),
        }),
        request: Some(RequestId {
            agency: Some(agency("RSH")),
            kind: None,
            value: "PEB-42".into(),
        }),
        desired_due: Moment::parse("2026-12-14T23:00:00Z"),
        item_elements: vec![Value::of("urn:items", "Circulation Status")],
        user_elements: vec![
            Value::of("urn:users", "User Privilege"),
            Value::of("urn:users", "Block Or Trap"),
        ],
    }))
}

#[track_caller]
fn read(document: &str) -> Asked {
    question(document.as_bytes(), None, Leniency::default())
        .unwrap_or_else(|unread| panic!("{}\n{document}", unread.fault))
}

/// Dressed so, it is this version and prefix, and the same question.
#[track_caller]
fn is_meant(document: &str, version: Version, prefix: Prefix) {
    let asked = read(document);
    assert_eq!(asked.question, meant(), "{document}");
    assert_eq!(
        (asked.version, asked.prefix),
        (version, prefix),
        "{document}"
    );
}

/// With other words for the root and its attributes; `prefix` is that of all elements, `attributes` that of `Scheme`.
fn dressed(root: &str, prefix: &str, attributes: &str) -> String {
    let inside = IN_2_02.split_once("v2_02.xsd\">").unwrap().1;
    let inside = inside.replace("ncip:Scheme", &format!("{attributes}Scheme"));
    let inside = inside
        .replace("</", "\u{1}")
        .replace('<', &format!("<{prefix}"));
    let inside = inside.replace('\u{1}', &format!("</{prefix}"));
    format!("<{prefix}NCIPMessage {root}>{inside}")
}

#[test]
fn as_the_schemas_have_it() {
    is_meant(IN_2_02, Version::V2_02, Prefix::Default);
    is_meant(IN_1_0, Version::V1_0, Prefix::Default);
}

#[test]
fn whatever_the_version_is_written_like() {
    const NAMESPACE: &str = "xmlns='http://www.niso.org/2008/ncip'";
    for (text, version) in [
        (
            "http://www.niso.org/schemas/ncip/v2_0/imp1/xsd/ncip_v2_0.xsd",
            Version::V2_0,
        ),
        (
            "http://www.niso.org/schemas/ncip/v2_01/imp1/xsd/ncip_v2_01.xsd",
            Version::V2_01,
        ),
        (
            "http://www.niso.org/schemas/ncip/v2_02/ncip_v2_02.xsd",
            Version::V2_02,
        ),
        (
            "http://www.niso.org/ncip/v2_02/imp1/xsd/ncip_v2_02.xsd",
            Version::V2_02,
        ),
        ("2.02", Version::V2_02),
        ("2.0", Version::V2_0),
        ("", Version::V2_02),
        // A namespace says more than the attribute.
        (
            "http://www.niso.org/ncip/v1_0/imp1/dtd/ncip_v1_0.dtd",
            Version::V2_02,
        ),
    ] {
        let root = format!("{NAMESPACE} version='{text}'");
        is_meant(&dressed(&root, "", ""), version, Prefix::Default);
        let root = format!("xmlns:ns1='http://www.niso.org/2008/ncip' ns1:version='{text}'");
        is_meant(&dressed(&root, "ns1:", "ns1:"), version, Prefix::Ns1);
    }
    // What is in it says more, too.
    let as_2 = Version::V1_0.uri();
    for claimed in [
        Version::V2_02.uri(),
        "http://ncip.envisionware.com/documentation/ncip_v1_01.dtd",
        "1.0",
        "",
    ] {
        let document = IN_1_0.replace(
            &format!("version=\"{as_2}\""),
            &format!("version=\"{claimed}\""),
        );
        is_meant(&document, Version::V1_0, Prefix::Default);
    }
}

#[test]
fn under_any_prefix_and_under_none() {
    for prefix in ["ns1:", "ncip:", "NCIP:", "n-2.x:", "é:"] {
        let name = prefix.trim_end_matches(':');
        let expected = if name == "ns1" {
            Prefix::Ns1
        } else {
            Prefix::Default
        };
        for attributes in [prefix, ""] {
            let root = format!(
                "xmlns:{name}='http://www.niso.org/2008/ncip' {attributes}version='{}'",
                Version::V2_02.uri()
            );
            is_meant(
                &dressed(&root, prefix, attributes),
                Version::V2_02,
                expected,
            );
        }
    }
    is_meant(
        &dressed("version='2.02'", "", ""),
        Version::V2_02,
        Prefix::Default,
    );
    is_meant(&dressed("", "", ""), Version::V2_02, Prefix::Default);
    // 1.x by its words alone: nothing in it is of 1.x.
    let root = format!("version='{}'", Version::V1_0.uri());
    is_meant(&dressed(&root, "", ""), Version::V1_0, Prefix::Default);
    // 1.x names in the namespace of 2.x, and with its prefix.
    let mixed = IN_1_0.replace(
        "<NCIPMessage ",
        "<NCIPMessage xmlns='http://www.niso.org/2008/ncip' ",
    );
    is_meant(&mixed, Version::V2_02, Prefix::Default);
}

/// The lines of one level within `CheckOutItem`, last first; and within each of them.
#[test]
fn in_any_order() {
    let turned = turn(IN_2_02);
    assert_ne!(turned, IN_2_02);
    let mut expected = meant();
    let Question::CheckOutItem(ask) = &mut expected else {
        unreachable!("it is one")
    };
    ask.user_elements.reverse();
    assert_eq!(read(&turned).question, expected, "{turned}");
    assert_eq!(read(&turn(IN_1_0)).question, expected);
}

/// Turns the elements of a document that is indented by two blanks a level.
fn turn(document: &str) -> String {
    fn level(lines: &[&str], depth: usize) -> String {
        let indent = " ".repeat(depth);
        let mut blocks: Vec<Vec<&str>> = Vec::new();
        for line in lines {
            let begins = line
                .strip_prefix(&*indent)
                .is_some_and(|rest| rest.starts_with('<'));
            match blocks.last_mut() {
                Some(block) if !begins || line.trim_start().starts_with("</") => block.push(line),
                _ => blocks.push(vec![line]),
            }
        }
        let turned = blocks.iter().rev().map(|block| match block.as_slice() {
            [open, inside @ .., close] if !inside.is_empty() => {
                format!("{open}\n{}{close}\n", level(inside, depth + 2))
            }
            [line] => format!("{line}\n"),
            other => other.join("\n") + "\n",
        });
        turned.collect()
    }
    let lines: Vec<&str> = document.lines().collect();
    let from = 1 + lines
        .iter()
        .position(|line| line.contains("<CheckOutItem>"))
        .unwrap();
    let to = lines.len() - 2;
    let outside = |part: &[&str]| part.join("\n") + "\n";
    outside(&lines[..from]) + &level(&lines[from..to], 4) + &outside(&lines[to..])
}

#[test]
fn with_remarks_wherever_they_may_be() {
    const REMARK: &str = "<!-- <UserId/> --><?php </NCIPMessage> ?>\n";
    for document in [IN_2_02, IN_1_0] {
        // After every tag, also within texts.
        let (first, rest) = document.split_once("?>\n").unwrap();
        let remarked = format!(
            "{first}?>\n{REMARK}{}{REMARK}",
            rest.trim_end().replace('>', &format!(">{REMARK}"))
        );
        let asked = read(&remarked);
        assert_eq!(asked.question, meant(), "{remarked}");
    }
    let broken_up = IN_2_02.replace("3620000000019", "36200<!-- here -->0000<?and there?>0019");
    is_meant(&broken_up, Version::V2_02, Prefix::Default);
}

#[test]
fn values_in_any_writing() {
    for (from, to) in [
        ("2620000000017", "<![CDATA[2620000000017]]>"),
        ("2620000000017", "26200<![CDATA[0000]]><![CDATA[]]>0017"),
        ("2620000000017", "&#50;62000000001&#x37;"),
        ("2620000000017", "\r\n\t 2620000000017 \r\n"),
        ("2620000000017", "\r\n\t <![CDATA[ 2620000000017]]> "),
        ("LENS &amp; LIÉVIN", "<![CDATA[LENS & LIÉVIN]]>"),
        ("LENS &amp; LIÉVIN", "LENS &#38; LI&#201;VIN"),
        ("LENS &amp; LIÉVIN", "LENS&#x20;&#x26; LI&#xc9;VIN"),
        ("LENS &amp; LIÉVIN", "LENS <![CDATA[&]]> LIÉVIN"),
        ("sésame", "s&#233;same"),
        ("urn:agencies\"", "urn&#58;agencies\""),
        ("urn:agencies\"", " urn:agencies\n\""),
        ("2026-12-14T23:00:00Z", "2026-12-15T00:00:00.000+01:00"),
        ("2026-12-14T23:00:00Z", " 20261214T230000Z "),
    ] {
        assert!(IN_2_02.contains(from), "{from}");
        is_meant(&IN_2_02.replace(from, to), Version::V2_02, Prefix::Default);
    }
    let windows = IN_2_02.replace('\n', "\r\n");
    is_meant(&windows, Version::V2_02, Prefix::Default);
    let one_line: String = IN_2_02
        .lines()
        .map(|line| format!("{} ", line.trim()))
        .collect();
    is_meant(&one_line, Version::V2_02, Prefix::Default);
}

#[test]
fn empty_is_absent() {
    for (before, empty) in [
        ("<InitiationHeader>", "<FromSystemId/>"),
        (
            "<InitiationHeader>",
            "<FromSystemId ncip:Scheme=''> </FromSystemId>",
        ),
        (
            "<InitiationHeader>",
            "<FromSystemAuthentication></FromSystemAuthentication>",
        ),
        ("<InitiationHeader>", "<ToAgencyId/>"),
        ("<InitiationHeader>", "<ToAgencyId><AgencyId/></ToAgencyId>"),
        (
            "<InitiationHeader>",
            "<ToAgencyId><AgencyId ncip:Scheme='urn:agencies'></AgencyId></ToAgencyId>",
        ),
        (
            "<InitiationHeader>",
            "<OnBehalfOfAgency><AgencyId>\n</AgencyId></OnBehalfOfAgency>",
        ),
        (
            "<InitiationHeader>",
            "<ApplicationProfileType><!-- none --></ApplicationProfileType>",
        ),
        ("<CheckOutItem>", "<UserId/>"),
        (
            "<CheckOutItem>",
            "<UserId><AgencyId>LENS</AgencyId><UserIdentifierValue/></UserId>",
        ),
        (
            "<CheckOutItem>",
            "<UserId><UserIdentifierType ncip:Scheme='x'/></UserId>",
        ),
        (
            "<CheckOutItem>",
            "<AuthenticationInput><AuthenticationInputData/></AuthenticationInput>",
        ),
        ("<CheckOutItem>", "<DesiredDateDue/>"),
        ("<CheckOutItem>", "<DesiredDateDue> </DesiredDateDue>"),
        (
            "<CheckOutItem>",
            "<UserElementType/><ItemElementType></ItemElementType>",
        ),
        (
            "<CheckOutItem>",
            "<Ext><x:a xmlns:x='urn:x'><UserId/></x:a></Ext>",
        ),
        (
            "<CheckOutItem>",
            "<SomethingNew><UserId>1</UserId></SomethingNew>",
        ),
    ] {
        let document = IN_2_02.replacen(before, &format!("{before}{empty}"), 1);
        is_meant(&document, Version::V2_02, Prefix::Default);
    }
    for (before, empty) in [
        (
            "<InitiationHeader>",
            "<ToAgencyId><UniqueAgencyId><Scheme>urn:agencies</Scheme><Value/></UniqueAgencyId></ToAgencyId>",
        ),
        (
            "<InitiationHeader>",
            "<FromSystemId><Scheme/><Value/></FromSystemId>",
        ),
        (
            "<CheckOutItem>",
            "<UniqueUserId><UniqueAgencyId><Scheme>x</Scheme><Value/></UniqueAgencyId><UserIdentifierValue/></UniqueUserId>",
        ),
        (
            "<CheckOutItem>",
            "<UserElementType><Scheme>x</Scheme><Value></Value></UserElementType>",
        ),
    ] {
        let document = IN_1_0.replacen(before, &format!("{before}{empty}"), 1);
        is_meant(&document, Version::V1_0, Prefix::Default);
    }
    // A scheme may be left out; an empty one is none.
    let bare = IN_2_02.replace(" ncip:Scheme=\"urn:agencies\"", "");
    let empty = IN_2_02.replace("urn:agencies", " ");
    assert_eq!(read(&bare).question, read(&empty).question);
    let empty = IN_1_0.replace("urn:agencies", "");
    assert_eq!(read(&bare).question, read(&empty).question);
    let bare_1 = IN_1_0.replace("<Scheme>urn:agencies</Scheme>", "");
    assert_eq!(read(&bare).question, read(&bare_1).question);
}

/// What 1.x calls visible is what a reader reads on the card.
#[test]
fn visible_is_unique() {
    let visible = IN_1_0
        .replace("UniqueUserId", "VisibleUserId")
        .replace("UserIdentifierValue", "VisibleUserIdentifier");
    is_meant(&visible, Version::V1_0, Prefix::Default);
    let typed = visible.replace(
        "<VisibleUserIdentifier>",
        "<VisibleUserIdentifierType><Scheme>urn:ids</Scheme><Value>Barcode</Value></VisibleUserIdentifierType><VisibleUserIdentifier>",
    );
    let mut expected = meant();
    let Question::CheckOutItem(ask) = &mut expected else {
        unreachable!("it is one")
    };
    let user = ask.user.as_mut().unwrap();
    user.kind = Some(Value::of("urn:ids", "Barcode"));
    assert_eq!(read(&typed).question, expected);
}
