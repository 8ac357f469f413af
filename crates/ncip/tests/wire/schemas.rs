//! The published schemas' opinion of what is written, where they lie beside the sources and xmllint is installed.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use relire_ncip::{
    Prefix,
    message::{Reply, Service},
    write,
};

use super::{
    answers::{answers, in_1_0, in_2_02},
    parts::Said,
};

const SCHEMAS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/ncip/schema");

#[test]
fn every_answer_is_valid() {
    let xmllint = Command::new("xmllint").arg("--version").output();
    if xmllint.is_err() || !Path::new(SCHEMAS).is_dir() {
        eprintln!("left out: answers held to the published schemas: no xmllint, or no {SCHEMAS}");
        return;
    }
    let of_2 = |prefix| answers(Said::Whole).map(move |said| write(&said, &in_2_02(prefix)));
    let schema = format!("{SCHEMAS}/ncip_v2_02.xsd");
    let all_of_2 = of_2(Prefix::Default).chain(of_2(Prefix::Ns1));
    are_valid(all_of_2, &["--schema", &schema]);
    let of_1 = answers(Said::Whole).filter(is_in_1_0);
    let of_1 = of_1.map(|said| {
        let document = write(&said, &in_1_0());
        // The parser would look for what the document names.
        let (_, root) = document.split_once("dtd\">\n").unwrap();
        root.to_owned()
    });
    are_valid(of_1, &["--dtdvalid", &format!("{SCHEMAS}/ncip_v1_0.dtd")]);
}

/// The others came with 2.0 and 2.02.
fn is_in_1_0(said: &Reply) -> bool {
    let later = [
        Service::DeleteItem,
        Service::LookupItemSet,
        Service::LookupRequest,
    ];
    said.service
        .is_some_and(|service| !later.contains(&service))
}

fn are_valid(documents: impl Iterator<Item = String>, against: &[&str]) {
    let folder = std::env::temp_dir().join(format!("relire-ncip-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let files: Vec<_> = documents
        .enumerate()
        .map(|(number, document)| {
            let file = folder.join(format!("{number}.xml"));
            fs::write(&file, document).unwrap();
            file
        })
        .collect();
    let run = Command::new("xmllint")
        .args(["--noout", "--nonet"])
        .args(against)
        .args(&files)
        .stdout(Stdio::null())
        .output()
        .unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert!(files.len() >= 14);
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}
