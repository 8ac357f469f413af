//! What is wrong in a network folder is told with its place and what to do.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::PathBuf;

use relire_network::{Network, NetworkError};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../network")
}

/// The project's network with one text in one file replaced.
fn with(file: &str, from: &str, to: &str) -> Result<Network, NetworkError> {
    Network::from_files(|name| {
        let text = std::fs::read_to_string(folder().join(name)).ok()?;
        if name != file {
            return Some(text);
        }
        assert!(text.contains(from), "{file} does not hold {from:?}");
        Some(text.replacen(from, to, 1))
    })
}

fn problems(file: &str, from: &str, to: &str) -> Vec<String> {
    let error = with(file, from, to).unwrap_err();
    error.problems().iter().map(ToString::to_string).collect()
}

#[test]
fn cells_are_told_by_line_column_and_value() {
    assert_eq!(
        problems("branches.csv", "AIXN,", "aixn,")[0],
        "branches.csv, line 2, column code, value \"aixn\": branch code \"aixn\" has the \
         character 'a': use only A-Z, 0-9, _ and -; write it as LENS"
    );
    assert_eq!(
        problems(
            "patron-categories.csv",
            "ADO,Adolescent,person,12",
            "ADO,Adolescent,person,old"
        ),
        [
            "patron-categories.csv, line 3, column min_age, value \"old\": invalid digit found in \
          string; give whole years, or leave it empty"
        ]
    );
    assert_eq!(
        problems(
            "document-types.csv",
            "LIV,Livre,001,a,m,az,BA,1,yes",
            "LIV,Livre,1,a,m,az,BA,1,oui"
        ),
        [
            "document-types.csv, line 2, column sip2_media_type, value \"1\": not a SIP2 media \
             type; give three digits, such as 001 for a book",
            "document-types.csv, line 2, column loanable_by_default, value \"oui\": not a word \
             known here; give one of: yes, no",
        ]
    );
}

#[test]
fn the_calendar_must_hang_together() {
    assert_eq!(
        problems("calendar.csv", "open,AVEZ,2,,,14:00", "open,AVEZ,2,,,11:30"),
        [
            "calendar.csv, line 12, column opens, value \"11:30:00\": AVEZ is open already on weekday \
          2 from 10:00:00 to 12:00:00 (line 11); join the two, or mend the times"
        ]
    );
    assert_eq!(
        problems(
            "calendar.csv",
            "2026-07-27,2026-08-22",
            "2026-07-27,2026-07-22"
        ),
        [
            "calendar.csv, line 157, column date_to, value \"2026-07-22\": before date_from \
          (2026-07-27); give the last closed day"
        ]
    );
    assert_eq!(
        problems("calendar.csv", "open,AIXN,3", "open,AIXX,8"),
        [
            "calendar.csv, line 2, column weekday, value \"8\": not a day of the week; give 1 \
          (Monday) to 7 (Sunday)"
        ]
    );
    assert_eq!(
        problems("calendar.csv", "open,AIXN,3", "open,AIXX,3"),
        [
            "calendar.csv, line 2, column branch, value \"AIXX\": no such branch; use a code of \
          branches.csv, or add the branch there"
        ]
    );
    assert_eq!(
        problems("calendar.csv", "3,,,14:00,18:00", "3,,,18:00,14:00"),
        [
            "calendar.csv, line 2, column closes, value \"14:00\": not after opens (18:00); give the \
          time at which the doors close"
        ]
    );
}

#[test]
fn codes_are_given_once() {
    assert_eq!(
        problems("invented-sizes.csv", "ANGR,", "AIXN,"),
        [
            "invented-sizes.csv, line 3, column code, value \"AIXN\": given on line 2 already; give \
          every row its own"
        ]
    );
}

#[test]
fn broken_rows_and_missing_columns_are_told() {
    assert_eq!(
        problems("invented-sizes.csv", "AIXN,S,", "AIXN,S,1,"),
        [
            "invented-sizes.csv, line 2: the row has 7 cells, the first line 6; put quotes around \
          cells that hold a comma, and give every column a cell"
        ]
    );
    assert_eq!(
        problems("invented-sizes.csv", "self_checks", "selfchecks"),
        [
            "invented-sizes.csv: the column self_checks is missing; add it to the first line; see \
          README.md in the network folder"
        ]
    );
}

#[test]
fn rules_are_told_by_line() {
    let changed = |from, to| {
        let told = problems("rules.toml", from, to);
        assert_eq!(told.len(), 1, "{told:?}");
        told[0].clone()
    };
    assert_eq!(
        changed("document = \"DVD\"", "document = \"DVDS\""),
        "rules.toml, line 56: R-DVD names the document DVDS, which does not exist"
    );
    assert_eq!(
        changed("grace_days = 2\n", ""),
        "rules.toml, line 22: the root rule R0 must also set grace_days"
    );
    assert_eq!(
        changed("id = \"R-REV\"", "id = \"R-DVD\""),
        "rules.toml, line 75: the id R-DVD is given twice: rename one"
    );
    let see = "; see the comments of the file and README.md beside it";
    let dvd = "document = \"DVD\"\nloan_days = 14";
    assert_eq!(
        changed(dvd, "document = \"DVD\"\nloan_days = \"quatorze\""),
        format!("rules.toml, line 58: invalid type: string \"quatorze\", expected u32{see}")
    );
    assert_eq!(
        changed(dvd, "document = \"DVD\"\nloan_day = 14"),
        format!(
            "rules.toml, line 58: \"loan_day\" is not a parameter of rules: check its spelling{see}"
        )
    );
    assert!(
        changed(dvd, "document = \"DVD\"\nloan_days = = 14").starts_with("rules.toml, line 58:")
    );
    assert!(changed("max_loans = 20 ", "max_lones = 20 ").contains("unknown field `max_lones`"));
    let date = changed("2025-12-15 ", "\"noel\" ");
    assert!(date.starts_with("rules.toml, line 7:"), "{date}");
}

#[test]
fn missing_files_are_told_and_sizes_may_be_left_out() {
    let error = Network::from_files(|_| None).unwrap_err();
    let told: Vec<_> = error
        .problems()
        .iter()
        .map(|problem| problem.file)
        .collect();
    let needed = [
        "branches.csv",
        "calendar.csv",
        "patron-categories.csv",
        "document-types.csv",
        "rules.toml",
    ];
    assert_eq!(told, needed);

    let network = Network::from_files(|name| {
        std::fs::read_to_string(folder().join(name))
            .ok()
            .filter(|_| name != "invented-sizes.csv")
    });
    assert!(network.unwrap().sizes.is_empty());
}

#[test]
fn a_file_that_cannot_be_read_is_not_a_missing_one() {
    // A file where the folder should be: every file in it is "not a directory", not "not found".
    let error = Network::read(&folder().join("rules.toml")).unwrap_err();
    assert!(matches!(error, NetworkError::Unreadable { .. }), "{error}");
    assert!(error.to_string().contains("branches.csv"), "{error}");
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    assert!(with("branches.csv", "code,", "\u{feff}code,").is_ok());
    assert!(with("rules.toml", "# Harmonised", "\u{feff}# Harmonised").is_ok());
}
