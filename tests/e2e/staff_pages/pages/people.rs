//! Staff, and one's own account.

use super::{super::Served, BOTH, By, Page};

const fn page(name: &'static str, by: By, path: fn(&Served) -> String) -> Page {
    Page {
        name,
        path,
        by,
        status: 200,
        languages: BOTH,
    }
}

pub(super) const PAGES: [Page; 11] = [
    page("users", By::Network, |_| "/staff/users".into()),
    page("user", By::Network, |served| {
        format!("/staff/users/{}", served.librarians[0].login)
    }),
    page("user-oneself", By::Network, |served| {
        format!("/staff/users/{}", served.network[0].login)
    }),
    page("terminals", By::Librarian, |_| "/staff/terminals".into()),
    page("terminal", By::Librarian, |_| {
        "/staff/terminals/lens-automate-1".into()
    }),
    page("add-terminal", By::Librarian, |_| {
        "/staff/terminals/new".into()
    }),
    page("partners", By::Network, |_| "/staff/partners".into()),
    page("partner", By::Network, |_| {
        "/staff/terminals/partenaire-socket-v1".into()
    }),
    page("add-partner", By::Network, |_| "/staff/partners/new".into()),
    page("offline", By::Librarian, |_| "/staff/work/offline".into()),
    page("me", By::Librarian, |_| "/staff/me".into()),
];
