//! Documents that are meant to hurt, or that a program in despair sends: each is refused for what it is, with its line.

use relire_ncip::{FaultKind, Leniency, masked, question, reply};

use super::{fault, ill_formed, is_read, refused, within};

#[test]
fn no_attribute_twice_under_whatever_prefix() {
    for twice in [
        "<a b='1' b='1'/>",
        "<a b='1'\nc='2'\nb=\"3\"/>",
        "<a xmlns:x='urn:x' xmlns:y='urn:x' x:b='1' y:b='2'/>",
        "<x:a xmlns:x='urn:x' x:b='1' x:b='2'/>",
        "<a xmlns:x='urn:x' xmlns:x='urn:y'/>",
        "<a xmlns='urn:x' xmlns='urn:x'/>",
    ] {
        assert_eq!(refused(within(twice)), (FaultKind::Attribute, 3), "{twice}");
    }
    // Of two namespaces, or of one and of none, they are two.
    is_read(within(
        "<a xmlns:x='urn:x' xmlns:y='urn:y' b='0' x:b='1' y:b='2'/>",
    ));
    is_read(within("<a xmlns='urn:x' xmlns:y='urn:x' b='1' y:b='2'/>"));
}

#[test]
fn every_prefix_is_declared_where_it_is_used() {
    for undeclared in [
        "\n<ncip:UserId/>",
        "\n<UserId ncip:Scheme='x'/>",
        "<a xmlns:x='urn:x'/>\n<x:a/>",
        "<x:a xmlns:x='urn:x'>\n<y:a/></x:a>",
        "<a xmlns:x='urn:x'>\n<x:b xmlns:x=''/></a>",
    ] {
        assert_eq!(
            refused(within(undeclared)),
            (FaultKind::Prefix, 4),
            "{undeclared}"
        );
    }
    let root = "\n<ns1:NCIPMessage><ns1:LookupUser/></ns1:NCIPMessage>";
    assert_eq!(refused(root), (FaultKind::Prefix, 2));
    let other = "<NCIPMessage xmlns='http://www.niso.org/2008/ncip/'><LookupUser/></NCIPMessage>";
    assert_eq!(refused(other), (FaultKind::Namespace, 1));
}

#[test]
fn no_declaration_is_obeyed_and_no_file_fetched() {
    let with = |declared: &str| format!("<?xml version='1.0'?>\n{declared}\n{}", within("<a/>"));
    for subset in [
        "<!DOCTYPE NCIPMessage []>",
        "<!DOCTYPE NCIPMessage [ ]>",
        "<!DOCTYPE NCIPMessage [<!ENTITY card '2620000000017'>]>",
        "<!DOCTYPE NCIPMessage [<!ENTITY card SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE NCIPMessage [<!ENTITY % all SYSTEM 'http://127.0.0.1/x.dtd'> %all;]>",
        "<!DOCTYPE NCIPMessage [<!ATTLIST LookupUser role CDATA 'staff'>]>",
        "<!DOCTYPE NCIPMessage SYSTEM 'ncip.dtd' [<!ELEMENT a ANY>]>",
        "<!DOCTYPE NCIPMessage PUBLIC '-//NISO//NCIP DTD Version 1.0//EN' \"ncip.dtd\"[]>",
    ] {
        assert_eq!(refused(with(subset)), (FaultKind::Subset, 2), "{subset}");
    }
    // A billion laughs never begin.
    let mut laughs = String::from("<!DOCTYPE NCIPMessage [<!ENTITY a0 'ha'>");
    for n in 1..30 {
        laughs += &format!("<!ENTITY a{n} '&a{};&a{};'>", n - 1, n - 1);
    }
    assert_eq!(refused(with(&(laughs + "]>"))), (FaultKind::Subset, 2));
    for external in [
        "<!DOCTYPE NCIPMessage>",
        "<!DOCTYPE NCIPMessage SYSTEM 'file:///dev/random'>",
        "<!DOCTYPE NCIPMessage SYSTEM \"http://127.0.0.1:1/[x].dtd\">",
        "<!DOCTYPE NCIPMessage PUBLIC \"-//NISO//NCIP DTD Version 1//EN\"\n\"http://www.niso.org/ncip/v1_0/imp1/dtd/ncip_v1_0.dtd\">",
        "<!DOCTYPE NCIPMessage PUBLIC '-//NISO//NCIP DTD Version 1.0//EN' 'it said \"[\"'>",
        "<!doctype NCIPMessage SYSTEM 'x'>",
    ] {
        is_read(with(external));
    }
    let twice = "<!DOCTYPE NCIPMessage SYSTEM 'x'>\n<!DOCTYPE NCIPMessage SYSTEM 'x'>";
    assert_eq!(ill_formed(with(twice)), 3);
    assert_eq!(ill_formed(within("<!DOCTYPE NCIPMessage SYSTEM 'x'>")), 3);
    assert_eq!(ill_formed(within("<!ENTITY card '1'>")), 3);
    // Neither a stylesheet, nor a schema, nor what is to be included is looked for.
    is_read(with("<?xml-stylesheet href='http://127.0.0.1:1/x.xsl'?>"));
    is_read(within(
        "<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='file:///etc/passwd' parse='text'/>",
    ));
    is_read(within(
        "<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='urn:x http://127.0.0.1:1/x.xsd'/>",
    ));
}

#[test]
fn one_root_and_nothing_beside_it() {
    let whole = within("<a/>");
    assert_eq!(ill_formed(format!("{whole}{whole}")), 6);
    assert_eq!(ill_formed(format!("{whole}<a/>")), 6);
    assert_eq!(ill_formed(format!("{whole}\nPIN 1234")), 7);
    assert_eq!(ill_formed(format!("\nPIN 1234\n{whole}")), 2);
    assert_eq!(ill_formed(format!("{whole}<![CDATA[ ]]>")), 6);
    // Blank to the eye, and none of XML's blanks: where a stream is cut they are text, too.
    for blank in ['\u{a0}', '\u{85}', '\u{2028}', '\u{3000}'] {
        assert_eq!(ill_formed(format!("\n{blank}{whole}")), 2);
        assert_eq!(ill_formed(format!("{whole}{blank}")), 6);
    }
    assert_eq!(ill_formed(format!("{whole}&#32;")), 6);
    assert_eq!(ill_formed(format!("{whole}</a>")), 6);
    assert_eq!(ill_formed(format!("\n<?xml version='1.0'?>{whole}")), 2);
    assert_eq!(ill_formed(format!("\u{feff}\u{feff}{whole}")), 1);
    is_read(format!(
        "\u{feff}<!-- a --><?b c?>\n{whole}\n<!-- a -->\n<?b c?>\n"
    ));
    for nothing in ["", " ", "\r\n\t\n", "\u{feff}", "\u{feff}\n"] {
        assert_eq!(refused(nothing), (FaultKind::Empty, 0), "{nothing:?}");
    }
    for (no_root, line) in [("<!-- a -->", 1), ("<?xml version='1.0'?>\n", 2)] {
        assert_eq!(refused(no_root), (FaultKind::Empty, line), "{no_root:?}");
    }
    let other = "<html><LookupUser/></html>";
    assert_eq!(fault(other).kind, FaultKind::Root);
    let two = "<NCIPMessage><LookupUser/><LookupUser/></NCIPMessage>";
    assert!(matches!(fault(two).kind, FaultKind::Syntax(_)));
    for none in [
        "<NCIPMessage/>",
        "<NCIPMessage><Lookup/></NCIPMessage>",
        "<NCIPMessage><LookupUserResponse/></NCIPMessage>",
    ] {
        assert!(
            matches!(
                fault(none).kind,
                FaultKind::Missing {
                    element: "service",
                    ..
                }
            ),
            "{none}"
        );
    }
}

#[test]
fn markup_that_is_not_closed() {
    let whole = within("<UserId><UserIdentifierValue>1</UserIdentifierValue></UserId>");
    let whole = whole.trim_end();
    for end in 1..whole.len() {
        let cut = &whole[..end];
        ill_formed(cut);
        let lines = cut.lines().count();
        let (_, line) = refused(cut);
        assert!(line >= 1 && line <= lines + 1, "{line} of {cut:?}");
    }
    for wrong in [
        "<a>\n</b>",
        "<a>\n</A>",
        "<a><b>\n</a></b>",
        "<x:a xmlns:x='urn:x' xmlns:y='urn:x'>\n</y:a>",
        "\n<a b=1/>",
        "\n<a b/>",
        "\n<a b='<'/>",
        "<a>\n]]></a>",
        "\n<!-- a -- b -->",
        "\n<!-- a --->",
    ] {
        assert_eq!(ill_formed(within(wrong)), 4, "{wrong}");
    }
}

/// What a fault says goes into the log and back to whoever asked: no value of the document is in it.
#[test]
fn no_fault_quotes_a_value() {
    for broken in [
        "<AuthenticationInput><AuthenticationInputData>4711</AuthenticationInputDate></AuthenticationInput>",
        "<AuthenticationInputData>4711",
        "<AuthenticationInputData></4711</AuthenticationInputData>",
        "<AuthenticationInputData></4711:UserId></AuthenticationInputData>",
        "<PIN-4711></UserId>",
        "<AuthenticationInputData>&4711;</AuthenticationInputData>",
        "<AuthenticationInputData>&#x4711zz;</AuthenticationInputData>",
        "<AuthenticationInputData>&4711</AuthenticationInputData>",
        "<AuthenticationInputData><4711</AuthenticationInputData>",
        "<AuthenticationInputData><!4711></AuthenticationInputData>",
        "<AuthenticationInputData><?4711</AuthenticationInputData>",
        "<AuthenticationInputData>]]>4711</AuthenticationInputData>",
        "<AuthenticationInputData pin=4711/>",
        "<AuthenticationInputData pin='&4711;'/>",
        "<AuthenticationInputData pin='4711' pin='4711'/>",
        "<AuthenticationInputData><4711:a/></AuthenticationInputData>",
        "<UserId xmlns:x='4711' xmlns:x='4711'/>",
        "<a xmlns:xml='4711'/>",
        "<a xmlns:xmlns='4711'/>",
        "<a xmlns:x='http://www.w3.org/2000/xmlns/4711' xmlns:xml='4711'/>",
    ] {
        let document = within(broken);
        let unread = question(document.as_bytes(), None, Leniency::default()).unwrap_err();
        let answer = reply(document.as_bytes(), None).unwrap_err();
        for told in [
            format!("{} {:?}", unread.fault, unread.fault),
            format!("{answer} {answer:?}"),
            masked(document.as_bytes(), true),
        ] {
            assert!(!told.contains("4711"), "{told}");
        }
    }
    let due =
        "<NCIPMessage><RenewItem><DesiredDateDue>4711</DesiredDateDue></RenewItem></NCIPMessage>";
    let fault = fault(due);
    assert!(!format!("{fault} {fault:?}").contains("4711"));
}

/// XML has characters that end a line of a log, and a name can be anything.
#[test]
fn a_line_of_the_log_stays_a_line() {
    for inside in [
        "<a\u{85}b/>",
        "<a>\u{85}\u{9b}31m\u{7f}\r\n\tx&#10;</a>",
        "<a b='\u{85}&#10;'/>",
    ] {
        let document = within(inside);
        is_read(&document);
        let line = masked(document.as_bytes(), true);
        assert!(!line.contains(char::is_control), "{line:?}");
    }
}
