//! Whatever can be said is read back as it was said; whatever comes, nothing panics.

use proptest::prelude::*;

use crate::{
    Leniency, Prefix, Style, Version, frame::Scanner, masked, message::samples,
    model::sample::Source, question, reply, write, write_question,
};

fn style(version: Version, ns1: bool) -> Style {
    Style {
        version,
        prefix: if ns1 { Prefix::Ns1 } else { Prefix::Default },
        agency: "LENS".into(),
    }
}

/// How many kinds of messages the samples have, and a few more to begin anew.
const KINDS: usize = 20;

proptest! {
    #[test]
    fn a_question_is_read_as_it_was_written(which in 0..KINDS, ns1: bool, bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let asked = samples::question(which, &mut Source(&bytes));
        for version in [Version::V2_0, Version::V2_01, Version::V2_02] {
            let sent = write_question(&asked, &style(version, ns1));
            let read = question(sent.as_bytes(), None, Leniency::default());
            let read = read.map_err(|unread| TestCaseError::fail(format!("{unread:?}\n{sent}")))?;
            prop_assert_eq!(read.version, version);
            prop_assert_eq!(&read.question, &asked, "{}", sent);
        }
    }

    #[test]
    fn an_answer_is_read_as_it_was_written(which in 0..KINDS, ns1: bool, bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let said = samples::reply(which, &mut Source(&bytes));
        let sent = write(&said, &style(Version::V2_02, ns1));
        let read = reply(sent.as_bytes(), None);
        let read = read.map_err(|fault| TestCaseError::fail(format!("{fault}\n{sent}")))?;
        prop_assert_eq!(&read, &said, "{}", sent);
        prop_assert_eq!(Scanner::new().end(sent.as_bytes()).unwrap(), Some(sent.len() - 1), "the newline is the next one's");
    }

    /// 1.0 has no place for some of it: what it has place for is the same after two ways.
    #[test]
    fn in_1_0_what_is_left_stays(which in 0..KINDS, bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let style = style(Version::V1_0, false);
        let once = write(&samples::reply(which, &mut Source(&bytes)), &style);
        if let Ok(read) = reply(once.as_bytes(), None) {
            prop_assert_eq!(write(&read, &style), once);
        }
        let once = write_question(&samples::question(which, &mut Source(&bytes)), &style);
        if let Ok(read) = question(once.as_bytes(), None, Leniency::default()) {
            prop_assert_eq!(write_question(&read.question, &style), once);
        }
    }

    #[test]
    fn nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..300), strip_controls: bool) {
        let _ = question(&bytes, Some("utf-8"), Leniency { strip_controls });
        let _ = reply(&bytes, None);
        let _ = masked(&bytes, false);
        let mut scanner = Scanner::new();
        let _ = scanner.end(&bytes);
    }

    #[test]
    fn no_markup_panics(pieces in prop::collection::vec(0..TOKENS.len(), 0..60)) {
        let text: String = pieces.iter().map(|at| TOKENS[*at]).collect();
        let _ = question(text.as_bytes(), None, Leniency::default());
        let _ = reply(text.as_bytes(), None);
        let _ = Scanner::new().end(text.as_bytes());
    }
}

const TOKENS: &[&str] = &[
    "<NCIPMessage>",
    "</NCIPMessage>",
    "<LookupUser>",
    "</LookupUser>",
    "<UserId>",
    "</UserId>",
    "<UniqueUserId>",
    "</UniqueUserId>",
    "<Scheme>",
    "</Scheme>",
    "<Value>",
    "</Value>",
    "<Problem>",
    "</Problem>",
    "<ProcessingError>",
    "</ProcessingError>",
    "<a b='",
    "'>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?x",
    "?>",
    "<!DOCTYPE a",
    "[",
    "]",
    ">",
    "&lt;",
    "&#x",
    ";",
    "&x;",
    "x",
    " ",
    "<LookupUserResponse>",
    "</LookupUserResponse>",
    "é",
];
