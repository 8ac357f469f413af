//! Programs of other catalogues: what the doors for Z39.50, SRU and OAI-PMH are driven by and
//! judged by from outside, and the one that they are measured against.

use std::{
    fs,
    process::{Command, Stdio},
};

use super::apt::Need;

const FILTER: &str = "idzebra-2.0/modules/mod-dom.so";

/// YAZ's clients, Perl's ZOOM (what Koha asks with) and libxml2's judge of XML.
pub(super) fn missing_clients() -> Vec<Need> {
    let need = |there: bool, packages, why| {
        (!there).then_some(Need {
            packages,
            why,
            before: None,
        })
    };
    let needs = [
        need(
            starts("yaz-client") && starts("zoomsh"),
            &["yaz"],
            "the tests ask over Z39.50 and SRU with YAZ's clients",
        ),
        need(
            perl_has_zoom(),
            &["libnet-z3950-zoom-perl"],
            "the tests ask as Koha does, with Perl's ZOOM",
        ),
        need(
            starts("xmllint"),
            &["libxml2-utils"],
            "the tests have xmllint judge XML",
        ),
    ];
    needs.into_iter().flatten().collect()
}

/// Zebra's indexer and server, and its filter for records as XML.
pub(super) fn missing_zebra() -> Option<Need> {
    let there = starts("zebraidx") && starts("zebrasrv") && has_filter();
    (!there).then_some(Need {
        packages: &[
            "idzebra-2.0-utils",
            "idzebra-2.0-common",
            "libidzebra-2.0-mod-dom",
        ],
        why: "searching is measured beside Zebra",
        before: None,
    })
}

/// Debian puts it under /usr/lib, in a folder named by the architecture.
fn has_filter() -> bool {
    fs::read_dir("/usr/lib").is_ok_and(|folders| {
        folders
            .flatten()
            .any(|folder| folder.path().join(FILTER).exists())
    })
}

fn perl_has_zoom() -> bool {
    quiet("perl")
        .args(["-MZOOM", "-e", "1"])
        .status()
        .is_ok_and(|status| status.success())
}

/// Whether the machine has a program of that name. These do not agree on how to say a version, nor
/// on what to answer to an option that they do not know.
fn starts(program: &str) -> bool {
    quiet(program).arg("-V").status().is_ok()
}

fn quiet(program: &str) -> Command {
    let mut command = Command::new(program);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_there_whatever_it_answers() {
        assert!(starts("false"));
        assert!(!starts("no-program-of-that-name"));
    }
}
