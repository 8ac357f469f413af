//! The dialogues that are here: each can be read, and together they leave nothing out.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it cannot go on"
)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use relire_dialogue::Dialogue;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocol-fixtures/sip2/dialogues")
}

fn all() -> Vec<(String, Dialogue)> {
    let mut dialogues = Vec::new();
    for theme in fs::read_dir(folder()).unwrap() {
        for file in fs::read_dir(theme.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let name = path.strip_prefix(folder()).unwrap().display().to_string();
            let text = fs::read_to_string(&path).unwrap();
            let dialogue = Dialogue::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            dialogues.push((name, dialogue));
        }
    }
    dialogues
}

#[test]
fn every_request_and_every_habit_that_shows_on_the_wire_has_one() {
    let dialogues = all();
    // Of Relire's own choices another server knows nothing: the others have to do.
    let common = || {
        let own = |(name, _): &&(String, Dialogue)| !name.starts_with("relire/");
        dialogues.iter().filter(own).map(|(_, dialogue)| dialogue)
    };
    let sent: BTreeSet<String> = common().flat_map(Dialogue::codes).collect();
    let requests = "01 09 11 15 17 19 23 25 29 35 37 63 65 93 97 99";
    for code in requests.split(' ') {
        assert!(sent.contains(code), "nobody sends a {code}");
    }
    let quirks: BTreeSet<u8> = dialogues
        .iter()
        .flat_map(|(_, dialogue)| dialogue.quirks.clone())
        .collect();
    // Stock without barcodes, a setting, idle lines, logs, a terminal's life: no dialogue shows them.
    let unseen = [20, 31, 32, 39, 43];
    let missing: Vec<u8> = (1..=43)
        .filter(|number| !quirks.contains(number) && !unseen.contains(number))
        .collect();
    assert_eq!(missing, Vec::<u8>::new());
}

#[test]
fn own_choices_stand_apart_and_say_so() {
    for (name, dialogue) in all() {
        let own = name.starts_with("relire/");
        assert_eq!(own, dialogue.choice.is_some(), "{name}");
        let asked_for = dialogue.clause.is_some() || dialogue.field.is_some();
        assert!(own || asked_for, "{name}");
    }
}

#[test]
fn every_name_is_explained() {
    let readme = fs::read_to_string(folder().join("../README.md")).unwrap();
    for (name, dialogue) in all() {
        for needed in &dialogue.needs {
            assert!(
                readme.contains(&format!("`{needed}`")),
                "{name}: the README does not say what {needed:?} is"
            );
        }
    }
}
