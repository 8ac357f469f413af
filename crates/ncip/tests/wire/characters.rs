//! Characters that are none, names for characters that nobody knows, and bytes that are said to be what they are not.

use relire_ncip::{FaultKind, Leniency, decode, message::Question, question};

use super::{ill_formed, is_read, refused, within};

#[test]
fn characters_that_xml_does_not_have() {
    for number in [0, 1, 4, 8, 0xB, 0xC, 0xE, 0x1F, 0xFFFE, 0xFFFF] {
        let char = char::from_u32(number).unwrap();
        let kind = FaultKind::Character(number);
        for place in [
            format!("<a>\n{char}</a>"),
            format!("<a b='\n{char}'/>"),
            format!("<!--\n{char}-->"),
            format!("<a><![CDATA[\n{char}]]></a>"),
            format!("<?x\n{char}?>"),
            format!("<a\n{char}/>"),
        ] {
            assert_eq!(refused(within(&place)), (kind.clone(), 4), "{place:?}");
            let lenient = Leniency {
                strip_controls: true,
            };
            question(within(&place).as_bytes(), None, lenient)
                .unwrap_or_else(|unread| panic!("{}: {place:?}", unread.fault));
        }
        // What is referred to was meant: nobody takes it out.
        for reference in [
            format!("&#{number};"),
            format!("&#x{number:X};"),
            format!("&#x000{number:x};"),
        ] {
            for place in [
                format!("\n<a>{reference}</a>"),
                format!("\n<a b='{reference}'/>"),
            ] {
                let (refused, line) = refused(within(&place));
                // The number of no character at all may be told otherwise.
                let of_none =
                    number == 0 && matches!(refused, FaultKind::Syntax(_) | FaultKind::Entity);
                assert!(refused == kind || of_none, "{place}: {refused:?}");
                assert_eq!(line, 4, "{place}");
                let lenient = Leniency {
                    strip_controls: true,
                };
                assert!(question(within(&place).as_bytes(), None, lenient).is_err());
            }
        }
    }
    // References to halves of pairs, and past the end.
    for reference in [
        "&#xD800;",
        "&#xDFFF;",
        "&#x110000;",
        "&#99999999999;",
        "&#;",
        "&#x;",
        "&#xZ;",
        "&#-1;",
        "&# 32;",
    ] {
        let (kind, line) = refused(within(&format!("\n<a>{reference}</a>")));
        assert!(
            matches!(kind, FaultKind::Syntax(_)),
            "{reference}: {kind:?}"
        );
        assert_eq!(line, 4);
    }
    is_read(within("<a>&#9;&#10;&#13;&#32;&#xE9;&#x1F4D6;\t\r\n</a>"));
}

#[test]
fn entities_that_xml_does_not_have() {
    for place in [
        "<a>\n&eacute;</a>",
        "<a>\n&AMP;</a>",
        "<a>\n&lookup.user;</a>",
    ] {
        assert_eq!(refused(within(place)), (FaultKind::Entity, 4), "{place}");
    }
    // In a tag it is the tag's line.
    assert_eq!(refused(within("\n<a b='&nbsp;'/>")), (FaultKind::Entity, 4));
    for place in ["<a>Dupont\n& fils</a>", "<a>\n&</a>", "<a>\n&lt</a>"] {
        assert_eq!(ill_formed(within(place)), 4, "{place}");
    }
    is_read(within(
        "<a b='&lt;&gt;&amp;&quot;&apos;'>&lt;&gt;&amp;&quot;&apos;</a>",
    ));
}

#[test]
fn what_a_document_says_of_its_bytes() {
    let value = |bytes: &[u8], transport: Option<&str>| {
        let asked = question(bytes, transport, Leniency::default())
            .unwrap_or_else(|unread| panic!("{}: {bytes:?}", unread.fault));
        let Question::LookupUser(ask) = asked.question else {
            panic!("a LookupUser")
        };
        ask.user.unwrap().value
    };
    let user = within("<UserId><UserIdentifierValue>Lié€</UserIdentifierValue></UserId>");
    let declared = |name: &str| format!("<?xml version='1.0' encoding='{name}'?>\n{user}");
    let in_1252 = |text: &str| -> Vec<u8> {
        let byte = |char| match char {
            'é' => 0xE9,
            '€' => 0x80,
            other => u8::try_from(other).unwrap(),
        };
        text.chars().map(byte).collect()
    };
    for name in ["UTF-8", "utf-8", "ISO-8859-1", "windows-1252", "US-ASCII"] {
        for transport in [None, Some("UTF-8"), Some("iso-8859-1"), Some("x-unknown")] {
            let text = declared(name);
            assert_eq!(
                value(text.as_bytes(), transport),
                "Lié€",
                "{name}, {transport:?}"
            );
            assert_eq!(
                value(&in_1252(&text), transport),
                "Lié€",
                "{name}, {transport:?}"
            );
            let marked = format!("\u{feff}{text}");
            assert_eq!(
                value(marked.as_bytes(), transport),
                "Lié€",
                "{name}, {transport:?}"
            );
        }
    }
    // UTF-16 has its mark, or it is none.
    for name in ["UTF-16", "UTF-8"] {
        let units = declared(name);
        let little = [0xFEFF].into_iter().chain(units.encode_utf16());
        let little: Vec<u8> = little.flat_map(u16::to_le_bytes).collect();
        assert_eq!(value(&little, Some("utf-8")), "Lié€");
        assert_eq!(refused(&little[2..]), (FaultKind::Character(0), 1));
    }
    for name in [
        "UTF-16",
        "UTF-7",
        "UCS-4",
        "EBCDIC-CP-FR",
        "klingon",
        "utf-8 ",
    ] {
        let text = declared(name);
        let known = name == "utf-8 ";
        assert_eq!(decode(text.as_bytes(), None).is_ok(), known, "{name}");
        if !known {
            assert_eq!(refused(&text), (FaultKind::Charset, 0), "{name}");
        }
        assert_eq!(value(text.as_bytes(), Some("utf-8")), "Lié€", "{name}");
    }
    for halves in [
        [b"\xEF\xBB\xBF".as_slice(), &in_1252(&user)].concat(),
        [b"\xFF\xFE".as_slice(), b"<\0a"].concat(),
        [b"\xFE\xFF".as_slice(), b"\xD8\0\0<"].concat(),
    ] {
        assert_eq!(refused(halves), (FaultKind::Charset, 0));
    }
}
