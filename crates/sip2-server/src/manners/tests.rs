use desk::TerminalSettings;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn object(value: Value) -> TerminalSettings {
    match value {
        Value::Object(settings) => settings,
        other => panic!("{other} is no object"),
    }
}

fn parse(own: Value) -> Result<Manners, SettingError> {
    Manners::parse(&TerminalSettings::new(), &object(own))
}

#[test]
fn nothing_set_is_the_default() {
    assert_eq!(parse(json!({})), Ok(Manners::default()));
}

#[test]
fn the_terminals_own_goes_before_its_profiles() {
    let profile = object(json!({"charset": "cp850", "line_end": "crlf", "extras": ["BD", "PA"]}));
    let manners = Manners::parse(
        &profile,
        &object(json!({"charset": "utf-8", "extras": ["PC"]})),
    );
    let manners = manners.unwrap();
    assert_eq!(
        (manners.charset, manners.line_end, manners.extras),
        (CharsetName::Utf8, LineEnd::CrLf, vec![Extra::PC])
    );
}

#[test]
fn errors_name_the_setting_and_say_what_it_should_be() {
    for (own, told) in [
        (
            json!({"charst": "utf-8"}),
            "the setting charst: unknown field",
        ),
        (
            json!({"charset": "koi8"}),
            "the setting charset: unknown variant `koi8`, expected one of `utf-8`",
        ),
        (json!({"idle": 59}), "the setting idle: at least 60"),
        (json!({"idle": -1}), "the setting idle: invalid value"),
        (
            json!({"timeout": 1000}),
            "the setting timeout: three digits",
        ),
        (
            json!({"retries": 1000}),
            "the setting retries: three digits",
        ),
        (
            json!({"off_line_days": 0}),
            "the setting off_line_days: from 1",
        ),
        (
            json!({"charged_items": "toujours"}),
            "the setting charged_items: \"toujours\" is the same for every line",
        ),
        (
            json!({"charged_items": "{isbn}"}),
            "the setting charged_items: {isbn} is no place of this text: use {barcode}, {title}, {due}",
        ),
        (
            json!({"fine_items": "{id"}),
            "the setting fine_items: \"{id\" has a { without",
        ),
        (
            json!({"fine_items": "{id}|{text}"}),
            "the setting fine_items: \"{id}|{text}\" has a character that ends",
        ),
        (
            json!({"addresses": ["10.0.0.1/8"]}),
            "the setting addresses: \"10.0.0.1/8\" is an address inside a network",
        ),
        (
            json!({"hidden": ["AA"]}),
            "the setting hidden: AA cannot be hidden",
        ),
        (
            json!({"hidden": ["ZZ"]}),
            "the setting hidden: \"ZZ\" is no field",
        ),
        (
            json!({"extras": ["PI"]}),
            "the setting extras: unknown variant `PI`",
        ),
        (
            json!({"telnet": true}),
            "who logs in by prompts is known by its address",
        ),
    ] {
        let error = parse(own.clone()).unwrap_err().to_string();
        assert!(error.starts_with(told), "{own}: {error}");
    }
    let telnet = parse(json!({"telnet": true, "addresses": ["10.1.0.0/16"]}));
    assert!(telnet.unwrap().telnet);
}

#[test]
fn as_an_operator_types_it() {
    for (key, text, value) in [
        ("idle", "600", json!(600)),
        ("charset", "cp850", json!("cp850")),
        ("due_date", "dd/mm/yyyy", json!("dd/mm/yyyy")),
        ("always_alert_type", "true", json!(true)),
        ("extras", "BD, BE", json!(["BD", "BE"])),
        ("extras", "PC", json!(["PC"])),
        ("extras", "", json!([])),
        (
            "addresses",
            "10.1.0.0/16,10.2.0.7",
            json!(["10.1.0.0/16", "10.2.0.7"]),
        ),
        ("hidden", "[\"AF\"]", json!(["AF"])),
        ("fine_items", "{id} {amount}", json!("{id} {amount}")),
    ] {
        assert_eq!(parsed_setting(key, text), Ok(value), "{key}={text}");
    }
    for (key, text, told) in [
        ("charset", "koi8", "`utf-8`"),
        ("idle", "5", "at least 60"),
        ("addresses", "10.0.0.1/8", "an address inside a network"),
        ("hidden", "AA", "AA cannot be hidden"),
    ] {
        let error = parsed_setting(key, text).unwrap_err().to_string();
        assert!(error.contains(told), "{key}={text}: {error}");
    }
    assert!(parsed_setting("nothing", "1").is_err());
}

#[test]
fn lines_of_lists() {
    let template = |text: &str| ItemTemplate::try_from(text.to_owned()).unwrap();
    let line = |text: &str| template(text).line("3001", "Le Horla", "13/12/2026");
    assert_eq!(line("barcode"), "3001");
    assert_eq!(line("title"), "Le Horla");
    assert_eq!(
        line("{title} ({due}) {barcode}"),
        "Le Horla (13/12/2026) 3001"
    );
    assert_eq!(template("barcode").line("", "Le Horla", ""), "Le Horla");
    assert_eq!(template("{barcode}").line("", "Le Horla", ""), "");
    let fine = FineTemplate::try_from("{kind} {id}: {text}, {amount} EUR".to_owned()).unwrap();
    assert_eq!(
        fine.line("7", "3.50", "Carte", "02"),
        "02 7: Carte, 3.50 EUR"
    );
    let usual = FineTemplate::default();
    assert_eq!(
        Ok(usual.clone()),
        FineTemplate::try_from(String::from(usual))
    );
}

#[test]
fn every_ready_made_profile_can_be_read_and_says_only_what_differs() {
    let all = ready_made();
    assert_eq!(all[0].name, "self-check");
    assert!(all[0].settings.is_empty());
    for profile in &all {
        let manners = Manners::parse_profile(&profile.settings).unwrap();
        assert!(!profile.note.is_empty());
        for (key, value) in &profile.settings {
            let alone = TerminalSettings::from_iter([(key.clone(), value.clone())]);
            assert_ne!(
                Manners::parse_profile(&alone).unwrap(),
                Manners::default(),
                "{key}"
            );
        }
        let codes = profile.messages.iter().flatten();
        for code in codes {
            assert!(crate::MESSAGES.contains(&code.as_str()), "{code}");
        }
        assert_eq!(manners.telnet, profile.name == "telnet");
    }
}

fn own() -> impl Strategy<Value = TerminalSettings> {
    let any_of = |values: Vec<Value>| prop::option::of(prop::sample::select(values));
    let words = (
        any_of(vec![
            json!("utf-8"),
            json!("cp850"),
            json!("latin-1"),
            json!("ascii"),
        ]),
        any_of(vec![
            json!("sip"),
            json!("dd/mm/yyyy"),
            json!("iso"),
            json!("yyyymmdd"),
        ]),
        any_of(vec![json!("always"), json!("with_pin"), json!("never")]),
    );
    let others = (
        prop::option::of((60_u32..100_000).prop_map(|idle| json!(idle))),
        any_of(vec![json!([]), json!(["BD", "PA"]), json!(["PC"])]),
        any_of(vec![
            json!([]),
            json!(["10.1.0.0/16"]),
            json!(["fd00:27::/32"]),
        ]),
        any_of(vec![json!("title"), json!("{due} {title}")]),
    );
    (words, others).prop_map(
        |((charset, due_date, persons), (idle, extras, addresses, lines))| {
            [
                ("charset", charset),
                ("due_date", due_date),
                ("persons", persons),
                ("idle", idle),
                ("extras", extras),
                ("addresses", addresses),
                ("charged_items", lines),
            ]
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?)))
            .collect()
        },
    )
}

fn written(manners: &Manners) -> TerminalSettings {
    object(serde_json::to_value(manners).unwrap())
}

proptest! {
    #[test]
    fn each_setting_is_the_terminals_own_else_its_profiles_else_the_default(profile in own(), own in own()) {
        let merged = written(&Manners::parse(&profile, &own).unwrap());
        let (profiles, owns) = (
            written(&Manners::parse_profile(&profile).unwrap()),
            written(&Manners::parse_profile(&own).unwrap()),
        );
        let usual = written(&Manners::default());
        prop_assert_eq!(merged.len(), usual.len());
        for (key, value) in &merged {
            let expected = if own.contains_key(key) {
                &owns[key]
            } else if profile.contains_key(key) {
                &profiles[key]
            } else {
                &usual[key]
            };
            prop_assert_eq!(value, expected, "{}", key);
        }
    }

    #[test]
    fn what_is_written_is_read_back(profile in own(), own in own()) {
        let manners = Manners::parse(&profile, &own).unwrap();
        prop_assert_eq!(Manners::parse_profile(&written(&manners)).unwrap(), manners);
    }

    #[test]
    fn nothing_that_is_stored_makes_it_panic(key in "[a-z_]{0,24}|idle|hidden|addresses|fine_items", text in "\\PC{0,40}", number in any::<i64>()) {
        for value in [json!(text), json!(number), json!([text]), json!(null), json!({"a": number})] {
            let settings = TerminalSettings::from_iter([(key.clone(), value)]);
            let _ = Manners::parse(&settings, &TerminalSettings::new());
        }
        let _ = parsed_setting(&key, &text);
    }
}
