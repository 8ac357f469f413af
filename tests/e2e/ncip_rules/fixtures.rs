//! `protocol-fixtures/ncip`: what is said to be valid is, and what is said to be hostile is, for whoever reads strictly.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use super::{
    check::check,
    files,
    hostile::{self, Document},
    name,
    xmllint::{Schema, available, validate},
};

/// What partners may ask, those among it that we answer by "Unsupported Service" too.
const SERVICES: &str = "AcceptItem CancelRequestItem CheckInItem CheckOutItem CirculationStatusUpdated CreateAgency \
    CreateItem CreateUser CreateUserFiscalTransaction DeleteItem DeleteUser ItemCheckedIn ItemCheckedOut ItemReceived \
    ItemRenewed ItemRequestCancelled ItemRequested ItemShipped LookupAgency LookupItem LookupItemSet LookupRequest \
    LookupUser LookupVersion RecallItem RenewItem RequestItem SendUserNotice UndoCheckOutItem UpdateAgency UpdateItem \
    UpdateRequestItem UpdateUser";
/// What 1.0 is still spoken for.
const SERVICES1: &str =
    "AcceptItem CancelRequestItem CheckInItem CheckOutItem LookupUser RenewItem RequestItem";

#[test]
fn requests_are_valid_and_none_is_missing() {
    let mut services: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut sorted: BTreeMap<&str, Vec<PathBuf>> = BTreeMap::new();
    for folder in files(&fixtures().join("requests")) {
        let service = name(&folder);
        for file in files(&folder) {
            let text = std::fs::read_to_string(&file).unwrap();
            check(&text).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
            let first_child = [format!("<{service}>"), format!(":{service}>")];
            assert!(
                first_child.iter().any(|start| text.contains(start)),
                "{}",
                file.display()
            );
            let version = match () {
                () if text.contains("<NCIPVersionMessage") => "version",
                () if text.contains("http://www.niso.org/2008/ncip") => "2.02",
                () => "1.0",
            };
            assert_eq!(
                version == "1.0",
                name(&file).starts_with("v1-"),
                "{}",
                file.display()
            );
            services
                .entry(version)
                .or_default()
                .insert(service.to_owned());
            sorted.entry(version).or_default().push(file);
        }
    }
    let mut all = services["2.02"].clone();
    all.extend(services["version"].clone());
    assert_eq!(
        all,
        SERVICES.split_whitespace().map(str::to_owned).collect()
    );
    assert_eq!(
        services["1.0"],
        SERVICES1.split_whitespace().map(str::to_owned).collect()
    );
    if available().is_some() {
        validate(&sorted["2.02"], Schema::Two).unwrap();
        validate(&sorted["1.0"], Schema::One).unwrap();
        validate(&sorted["version"], Schema::Version).unwrap();
    }
}

#[test]
fn every_hostile_file_is_told_of() {
    let readme = std::fs::read_to_string(fixtures().join("hostile/README.md")).unwrap();
    let told: BTreeSet<_> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    let documents = documents();
    let there: BTreeSet<_> = documents.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(there.len(), documents.len(), "a name is there twice");
    assert_eq!(told, there);
}

/// What these say of themselves is held to a strict reader: it refuses what is to be refused, and reads the rest.
#[test]
fn hostile_documents_are_what_they_are_called() {
    let mut looked_at = 0;
    for document in documents() {
        let Some(text) = plain(&document) else {
            continue;
        };
        looked_at += 1;
        match (check(text), document.accepted) {
            (Ok(()), true) | (Err(_), false) => {}
            // Legal, and nothing that an answer has.
            (Err(why), true)
                if why == "an instruction inside" || why.contains("a document type") => {}
            (Err(why), true) => panic!("{}: {why}", document.name),
            (Ok(()), false) => panic!("{} is valid", document.name),
        }
    }
    assert!(looked_at > 80, "{looked_at}");
}

#[test]
fn what_is_made_is_as_large_as_it_says() {
    let documents = documents();
    let of = |name: &str| {
        let found = documents.iter().find(|one| one.name == name).unwrap();
        String::from_utf8(found.bytes.clone()).unwrap()
    };
    let starts = |text: &str| text.matches('<').count() - text.matches("</").count();
    assert_eq!(of("accept-limit-1-mib").len(), 1 << 20);
    assert_eq!(of("refuse-limit-1-mib-and-1").len(), (1 << 20) + 1);
    assert_eq!(starts(&of("accept-limit-10000-elements")), 10_000);
    assert_eq!(starts(&of("refuse-limit-10001-elements")), 10_001);
    for (name, depth) in [
        ("refuse-limit-depth-10000", 10_000),
        ("accept-limit-depth-64", 64),
        ("refuse-limit-depth-65", 65),
    ] {
        // The message and its service are around these.
        assert_eq!(of(name).matches("<Ext>").count() + 2, depth, "{name}");
    }
    for (name, count) in [
        ("accept-limit-64-attributes", 64),
        ("refuse-limit-65-attributes", 65 + 3),
    ] {
        let text = of(name);
        assert_eq!(
            text.split_once("?>").unwrap().1.matches("=\"").count(),
            count,
            "{name}"
        );
    }
    let identifier = of("refuse-limit-identifier-257");
    assert!(identifier.contains(&format!(">{}<", "3".repeat(257))));
    // A limit that none but the large ones reach.
    let large = documents.iter().filter(|one| one.bytes.len() > 8 * 1024);
    assert!(large.clone().all(|one| one.name.contains("-limit-")));
    assert!(large.count() >= 10);
}

/// As text, where a reader of text can judge: not by its encoding, not as a form, not by how much there is of it.
fn plain(document: &Document) -> Option<&str> {
    let judged_by_its_encoding = ["refuse-utf-16-declared", "refuse-unknown-encoding"];
    let other = document.media_type.contains("form")
        || judged_by_its_encoding.contains(&document.name.as_str())
        || document.name.starts_with("refuse-limit-");
    let text = std::str::from_utf8(&document.bytes).ok()?;
    (!other).then_some(text)
}

fn documents() -> Vec<Document> {
    hostile::documents(&fixtures().join("hostile")).unwrap()
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("protocol-fixtures/ncip")
}
