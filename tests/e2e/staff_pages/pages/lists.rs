//! What a branch works through every morning.

use super::{BOTH, By, Page};

pub(super) const PAGES: [Page; 3] = [
    Page {
        name: "pull-list",
        path: |_| "/staff/lists/pull".into(),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "shuttle",
        path: |_| "/staff/lists/shuttle".into(),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "hold-shelf",
        path: |_| "/staff/lists/hold-shelf".into(),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
];
