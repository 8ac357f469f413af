//! The tables agree with each other, and the documentation with the tables.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::{env, fs};

use super::*;

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/spec/guide.md");
const MESSAGE_FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/messages");

#[test]
fn codes_and_ids_are_unique() {
    let codes: HashSet<Code> = MESSAGES.iter().map(|spec| spec.code).collect();
    assert_eq!(codes.len(), MESSAGES.len());
    let ids: HashSet<FieldId> = FIELDS.iter().map(|spec| spec.id).collect();
    assert_eq!(ids.len(), FIELDS.len());
}

#[test]
fn each_message_is_found_by_its_code() {
    for spec in MESSAGES {
        assert_eq!(message(spec.code), Some(spec));
    }
    assert_eq!(message(Code::new(*b"00").unwrap()), None);
    assert_eq!(
        MESSAGES
            .iter()
            .filter(|spec| spec.sender == Sender::Terminal)
            .count(),
        16
    );
    assert_eq!(
        MESSAGES
            .iter()
            .filter(|spec| spec.sender == Sender::Library)
            .count(),
        15
    );
}

#[test]
fn each_field_of_a_message_is_described_once_under_the_same_name() {
    for spec in MESSAGES {
        let ids: HashSet<FieldId> = spec.fields.iter().map(|used| used.id).collect();
        assert_eq!(ids.len(), spec.fields.len(), "{}", spec.name);
        for used in spec.fields {
            let known = field(used.id).unwrap_or_else(|| panic!("{} is not in FIELDS", used.id));
            assert_eq!(used.name, known.name, "{} in {}", used.id, spec.code);
        }
    }
}

#[test]
fn widths_of_the_standard() {
    let width = |code: &[u8; 2]| message(Code::new(*code).unwrap()).unwrap().fixed_width();
    for (code, expected) in [
        (b"23", 21),
        (b"24", 35),
        (b"11", 38),
        (b"12", 22),
        (b"09", 37),
        (b"10", 22),
        (b"01", 19),
        (b"99", 8),
        (b"98", 34),
        (b"97", 0),
        (b"96", 0),
        (b"93", 2),
        (b"94", 1),
        (b"63", 31),
        (b"64", 59),
        (b"35", 18),
        (b"36", 19),
        (b"37", 25),
        (b"38", 19),
        (b"17", 18),
        (b"18", 24),
        (b"19", 18),
        (b"20", 19),
        (b"25", 18),
        (b"26", 35),
        (b"15", 19),
        (b"16", 20),
        (b"29", 38),
        (b"30", 22),
        (b"65", 18),
        (b"66", 27),
    ] {
        assert_eq!(width(code), expected, "{}", code.escape_ascii());
    }
}

#[test]
fn the_documentation_of_each_type_shows_its_layout() {
    let mut sources = String::new();
    for file in fs::read_dir(MESSAGE_FILES).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            sources += &fs::read_to_string(path).unwrap();
        }
    }
    for spec in MESSAGES {
        let line = format!("/// {}\n", layout(spec));
        assert!(
            sources.contains(&line),
            "no type is documented with\n{line}"
        );
    }
}

/// `guide.md` is the documentation of this module, made from its tables.
#[test]
fn the_guide_is_up_to_date() {
    let guide = guide();
    if env::var_os("RELIRE_BLESS").is_some() {
        fs::write(GUIDE, &guide).unwrap();
    }
    let written = fs::read_to_string(GUIDE).unwrap();
    assert!(
        written == guide,
        "guide.md is not what the tables say: run this test with RELIRE_BLESS=1 set"
    );
}

fn layout(spec: &MessageSpec) -> String {
    let mut line = spec.code.to_string();
    for part in spec.fixed {
        write!(line, " <{}:{}>", part.standard, part.width).unwrap();
    }
    for used in spec.fields {
        match used.presence {
            Presence::Required => write!(line, " {}", used.id),
            Presence::Optional | Presence::Extension => write!(line, " [{}]", used.id),
            Presence::Repeated => write!(line, " {}*", used.id),
        }
        .unwrap();
    }
    line
}

fn guide() -> String {
    let mut guide = String::from(
        "
# Messages

`<name:width>` is a part of fixed width; `AO` a required field, `[AO]` one that may be left out,
`AO*` one that may come often.

| Code | Name | From | Here | Layout |
| --- | --- | --- | --- | --- |
",
    );
    for spec in MESSAGES {
        let sender = match spec.sender {
            Sender::Terminal => "terminal",
            Sender::Library => "library",
        };
        writeln!(
            guide,
            "| {} | {} | {sender} | [`{name}`](crate::messages::{name}) | `{}` |",
            spec.code,
            spec.standard,
            layout(spec),
            name = spec.name,
        )
        .unwrap();
    }
    guide += "
# Fields

The value of a *person* field is about somebody or may name somebody, that of a *secret* one is never
shown. A field with a plus is an extension: not of the standard, but met in the field.

| Id | Name | Here | Privacy | In |
| --- | --- | --- | --- | --- |
";
    for spec in FIELDS {
        let plus = if spec.extension { " +" } else { "" };
        let privacy = match spec.privacy {
            Privacy::Public => "",
            Privacy::Person => "person",
            Privacy::Secret => "secret",
        };
        let uses = MESSAGES
            .iter()
            .filter(|message| message.fields.iter().any(|used| used.id == spec.id));
        let codes: Vec<String> = uses.map(|message| message.code.to_string()).collect();
        writeln!(
            guide,
            "| {}{plus} | {} | `{}` | {privacy} | {} |",
            spec.id,
            spec.standard,
            spec.name,
            codes.join(" ")
        )
        .unwrap();
    }
    guide
}
