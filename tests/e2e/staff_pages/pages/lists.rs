//! What a branch works through every morning.

use super::{BOTH, By, Page};

pub(super) const PAGES: [Page; 7] = [
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
    Page {
        name: "manifest",
        path: |_| "/staff/lists/shuttle/in/VIMY".into(),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "to-clear",
        path: |_| "/staff/lists/hold-shelf?only=clear".into(),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "overdue",
        path: |_| "/staff/lists/overdue".into(),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
    Page {
        name: "figures",
        path: |_| "/staff/figures?period=month".into(),
        by: By::Librarian,
        status: 200,
        languages: BOTH,
    },
];
