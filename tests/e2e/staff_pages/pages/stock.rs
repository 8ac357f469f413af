//! Inventories, the log, the audit, histories.

use super::{
    super::{Served, web::Ask},
    BOTH, By, Page,
};

const fn page(name: &'static str, by: By, path: fn(&Served) -> String) -> Page {
    Page {
        name,
        path,
        by,
        status: 200,
        languages: BOTH,
    }
}

pub(super) const PAGES: [Page; 9] = [
    page("inventories", By::Librarian, |_| "/staff/inventory".into()),
    page("inventory", By::Librarian, inventory),
    page("inventory-missing", By::Librarian, |served| {
        format!("{}/missing", inventory(served))
    }),
    page("item-history", By::Librarian, |served| {
        format!("/staff/items/{}/history", served.demo("/items/0/barcode"))
    }),
    page("title-queue", By::Librarian, |served| {
        format!("/staff/titles/{}/queue", served.demo("/items/0/bib"))
    }),
    page("hold", By::Librarian, hold),
    page("log", By::Librarian, |_| "/staff/log".into()),
    page("log-unknown", By::Librarian, |_| {
        "/staff/log?barcode=nulle-part&outcome=refused".into()
    }),
    page("audit", By::Network, |_| "/staff/audit".into()),
];

/// An inventory of all shelves at Lens; begun once, however often it is asked for.
fn inventory(served: &Served) -> String {
    let session = served.session(&served.librarians[0]);
    let begun = served.ask(&session.form("/staff/inventory", &[]));
    assert_eq!(begun.status, 303, "{}", begun.body);
    let path = begun.location().to_owned();
    let shown = served.ask(&session.shown(Ask::get(&path)));
    assert_eq!(shown.status, 200, "{}", shown.body);
    path
}

/// A hold of the second reader on the first title; placed once, however often it is asked for.
fn hold(served: &Served) -> String {
    let session = served.session(&served.librarians[0]);
    let (card, bib) = (served.demo("/patrons/1/card"), served.demo("/items/0/bib"));
    let fields = [
        ("card", card.as_str()),
        ("bib", bib.as_str()),
        ("pickup", "LENS"),
    ];
    served.ask(&session.form("/staff/hold", &fields));
    let queue = format!("/staff/titles/{bib}/queue");
    let queue = served.ask(&session.shown(Ask::get(&queue))).body;
    let (_, rest) = queue.split_once("\"/staff/holds/").unwrap();
    format!("/staff/holds/{}", rest.split('"').next().unwrap())
}
