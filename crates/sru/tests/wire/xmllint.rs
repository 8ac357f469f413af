//! libxml2's opinion, where it is installed: it is what most clients read with.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::support::{answers, answers_from};

#[test]
fn libxml2_reads_every_answer() {
    if Command::new("xmllint").arg("--version").output().is_err() {
        let _ = writeln!(
            std::io::stderr(),
            "left out: answers read by libxml2: xmllint is not installed (Debian: libxml2-utils)"
        );
        return;
    }
    let folder = std::env::temp_dir().join(format!("relire-sru-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let hostile = answers_from("\u{0}]]>?><!--\"'&\u{ffff}\r\n<é\u{10ffff}\\");
    let files: Vec<_> = (answers().into_iter().chain(hostile).enumerate())
        .map(|(number, (_, answer))| {
            let file = folder.join(format!("{number}.xml"));
            std::fs::write(&file, answer).unwrap();
            file
        })
        .collect();
    let run = Command::new("xmllint")
        .args(["--noout", "--nonet"])
        .args(&files)
        .stdout(Stdio::null())
        .output()
        .unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(files.len() > 50);
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success() && said.is_empty(), "{said}");
}
