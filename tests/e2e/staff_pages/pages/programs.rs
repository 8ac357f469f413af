//! The API, tried out.

use super::{BOTH, By, Page};

pub(super) const PAGES: [Page; 2] = [
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
];
