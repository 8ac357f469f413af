//! The desk.

use super::{BOTH, By, Page};

pub(super) const PAGES: [Page; 5] = [
    Page {
        name: "sign-in",
        path: |_| "/staff/sign-in".into(),
        by: By::Nobody,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "home",
        path: |_| "/staff".into(),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "item",
        path: |served| format!("/staff/items/{}", served.demo("/items/0/barcode")),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "title",
        path: |served| format!("/staff/titles/{}", served.demo("/items/0/bib")),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
    // It says everything in both languages.
    Page {
        name: "not-found",
        path: |_| "/staff/nowhere".into(),
        by: By::Librarian,
        status: 404,
        languages: ["fr", "fr"],
    },
];
