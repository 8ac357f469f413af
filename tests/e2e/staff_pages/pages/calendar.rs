//! Calendars and branches.

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

pub(super) const PAGES: [Page; 7] = [
    page("calendar", By::Librarian, |_| "/staff/calendar".into()),
    page("calendar-elsewhere", By::Librarian, |_| {
        "/staff/calendar?branch=VILB".into()
    }),
    page("calendar-preview", By::Network, |_| {
        let days = "first=2026-06-20&last=2026-07-31";
        format!("/staff/calendar/closure?place=*&{days}&reason=Travaux")
    }),
    page("calendar-refused", By::Librarian, |_| {
        let days = "first=2026-07-10&last=2026-07-01";
        format!("/staff/calendar/closure?place=LENS&{days}&reason=Travaux")
    }),
    page("calendar-week", By::Librarian, |_| {
        "/staff/calendar/week?branch=LENS&day2=10:00-18:00&day6=10:00-17:00".into()
    }),
    page("branches", By::Network, |_| "/staff/branches".into()),
    page("branch", By::Network, |_| "/staff/branches/WING".into()),
];
