//! Readers and their files.

use super::{super::web::Ask, BOTH, By, Page, Served};

pub(super) const PAGES: [Page; 8] = [
    Page {
        name: "readers",
        path: |served| format!("/staff/readers?words={}", served.demo("/patrons/0/card")),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "register",
        path: |_| "/staff/readers/new".into(),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "file",
        path: file,
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "edit-reader",
        path: |served| format!("{}/edit", file(served)),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "account",
        path: |served| format!("{}/account", file(served)),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "reader-doubts",
        path: |_| "/staff/work/readers?of=network".into(),
        by: By::Network,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "merge-with",
        path: |served| format!("{}/merge?card=nulle-personne", file(served)),
        by: By::Network,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "merge",
        path: |served| {
            format!(
                "{}/merge?card={}",
                file(served),
                served.demo("/patrons/1/card")
            )
        },
        by: By::Network,
        status: 200,
        languages: BOTH,
    },
];

/// The file of the first reader of the ready line, as the search leads to it.
fn file(served: &Served) -> String {
    let session = served.session(&served.librarians[0]);
    let search = format!("/staff/readers?words={}", served.demo("/patrons/0/card"));
    let found = served.ask(&session.shown(Ask::get(&search))).body;
    let (_, rest) = found.split_once("<th scope=\"row\"><a href=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}
