//! Work lists of the catalogue.

use super::{BOTH, By, Page};

pub(super) const PAGES: [Page; 2] = [
    Page {
        name: "doubts",
        path: |_| "/staff/work/records".into(),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "moves",
        path: |_| "/staff/work/moves".into(),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
];
