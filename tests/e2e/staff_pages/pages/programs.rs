//! The API, tried out.

use super::{BOTH, By, Page};

pub(super) const PAGES: [Page; 3] = [
    Page {
        name: "api",
        path: |_| "/staff/api".into(),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "api-operation",
        path: |_| "/staff/api/place_hold".into(),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
    // Where the address of a problem leads.
    Page {
        name: "problem",
        path: |_| "/problems/refused".into(),
        by: By::Nobody,
        status: 200,
        languages: BOTH,
    },
];
