//! `protocol-fixtures/sru`: requests that anyone's server gets, and what ours makes of them.
//! `RELIRE_FIXTURES=write` writes what is there now, to be looked at before it is kept.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use relire_sru::oai::{self, Tokens, Verb};
use relire_sru::{Diagnostic, Operation, Refused, Request, Settings, request};

#[test]
fn every_request_is_read_as_its_file_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocol-fixtures/sru");
    let write = std::env::var("RELIRE_FIXTURES").is_ok_and(|value| value == "write");
    let (mut count, mut wrong) = (0, Vec::new());
    for file in requests(&root) {
        let bytes = std::fs::read(&file).unwrap();
        // An editor ends the line; a form has no line.
        let form = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let read = match file.extension().and_then(|end| end.to_str()) {
            Some("get") => told(request::read_form(form, &Settings::default())),
            Some("soap") => told(request::read_soap(&bytes, &Settings::default())),
            _ => harvest(form),
        };
        let expect = file.with_extension("expect");
        if write {
            std::fs::write(&expect, &read).unwrap();
        }
        let expected = std::fs::read_to_string(&expect).unwrap_or_default();
        if read != expected {
            wrong.push(format!(
                "{}\nis read as\n{read}\nnot\n{expected}",
                file.display()
            ));
        }
        count += 1;
    }
    assert!(count >= 40, "only {count} fixtures found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn requests(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in std::fs::read_dir(root)
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().is_dir())
    {
        let files = std::fs::read_dir(folder.path())
            .unwrap()
            .flatten()
            .map(|entry| entry.path());
        found.extend(files.filter(|file| {
            let end = file.extension().and_then(|end| end.to_str());
            matches!(end, Some("get" | "soap" | "oai"))
        }));
    }
    found.sort();
    found
}

fn told(read: Result<Request, Box<Refused>>) -> String {
    let mut text = String::new();
    match read {
        Err(refused) => {
            if let Some(fault) = refused.soap_fault() {
                let _ = writeln!(text, "fault {fault}");
                return text;
            }
            let _ = writeln!(text, "version {}", refused.version);
            diagnostics(&mut text, "refused", &refused.diagnostics);
        }
        Ok(request) => {
            let _ = writeln!(text, "version {}", request.version);
            operation(&mut text, &request.operation);
            if let Some(stylesheet) = &request.stylesheet {
                let _ = writeln!(text, "stylesheet {stylesheet}");
            }
            for (name, value) in request.extensions() {
                let _ = writeln!(text, "extension {name} {value}");
            }
            diagnostics(&mut text, "warning", &request.warnings);
        }
    }
    text
}

fn operation(text: &mut String, operation: &Operation) {
    let _ = match operation {
        Operation::Explain(explain) => writeln!(text, "explain\nescaping {:?}", explain.escaping),
        Operation::Scan(scan) => writeln!(
            text,
            "scan\nclause {}\nposition {}\nterms {}",
            scan.query, scan.response_position, scan.maximum_terms
        ),
        Operation::SearchRetrieve(search) => writeln!(
            text,
            "searchRetrieve\nquery {}\nfrom {}\ncount {}\nschema {}\nescaping {:?}",
            search.query,
            search.start_record,
            search.maximum_records,
            search.schema.name,
            search.escaping
        ),
    };
    if let Operation::SearchRetrieve(search) = operation {
        for key in &search.sort_keys {
            let direction = if key.ascending {
                "ascending"
            } else {
                "descending"
            };
            let _ = writeln!(text, "sort {} {direction} {:?}", key.path, key.missing);
        }
        for limit in &search.facets.limits {
            let _ = writeln!(
                text,
                "facets {} {}",
                limit.number,
                limit.index.as_deref().unwrap_or("each")
            );
        }
        if let Some(ttl) = search.result_set_ttl {
            let _ = writeln!(text, "keep {ttl}");
        }
    }
}

fn diagnostics(text: &mut String, word: &str, all: &[Diagnostic]) {
    for one in all {
        let details = one
            .details
            .iter()
            .fold(String::new(), |_, details| format!(" {details}"));
        let _ = writeln!(text, "{word} {}{details}", one.number);
    }
}

fn harvest(form: &[u8]) -> String {
    let mut text = String::new();
    let list = |text: &mut String, selection: &oai::Selection| {
        let date = |at: Option<jiff::Timestamp>| at.map_or_else(|| "-".to_owned(), oai::datestamp);
        let _ = writeln!(
            text,
            "format {}\nfrom {}\nuntil {}\nset {}",
            selection.prefix,
            date(selection.from),
            date(selection.until),
            selection.set.as_deref().unwrap_or("-")
        );
    };
    match oai::read(form, &Tokens::new("fixtures")).verb {
        Err(errors) => {
            for error in errors {
                let _ = writeln!(text, "error {}", error.problem.as_str());
            }
        }
        Ok(Verb::Identify) => text.push_str("Identify\n"),
        Ok(Verb::ListMetadataFormats(of)) => {
            let _ = writeln!(text, "ListMetadataFormats {}", of.as_deref().unwrap_or("-"));
        }
        Ok(Verb::ListSets(_)) => text.push_str("ListSets\n"),
        Ok(Verb::GetRecord { identifier, prefix }) => {
            let _ = writeln!(text, "GetRecord {identifier}\nformat {prefix}");
        }
        Ok(Verb::ListIdentifiers(selection)) => {
            text.push_str("ListIdentifiers\n");
            list(&mut text, &selection);
        }
        Ok(Verb::ListRecords(selection)) => {
            text.push_str("ListRecords\n");
            list(&mut text, &selection);
        }
    }
    text
}
