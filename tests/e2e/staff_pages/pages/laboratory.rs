//! A draft of loan rules, tried.

use super::{
    super::{Served, web::Ask},
    BOTH, By, Page,
    rules::draft,
};

const fn page(name: &'static str, path: fn(&Served) -> String) -> Page {
    Page {
        name,
        path,
        by: By::Network,
        status: 200,
        languages: BOTH,
    }
}

pub(super) const PAGES: [Page; 4] = [
    page("laboratory", tried),
    page("laboratory-cases", |served| {
        format!("{}/cases", tried(served))
    }),
    page("laboratory-losses", |served| {
        format!("{}/cases?side=loss&document=DVD", tried(served))
    }),
    page("laboratory-reader", |served| {
        let session = served.session(&served.network[0]);
        let path = format!("{}/cases", tried(served));
        let list = served.ask(&session.shown(Ask::get(&path))).body;
        // The first of the list that is somebody's still.
        let link = list
            .split('"')
            .find(|part| part.contains("/cases/") && part.contains("?of="));
        link.unwrap_or_else(|| panic!("{list}")).to_owned()
    }),
];

/// The summary of a trial of the draft, waited for.
fn tried(served: &Served) -> String {
    let session = served.session(&served.network[0]);
    let path = format!("{}/laboratory", draft(served));
    for _ in 0..200 {
        let told = served.ask(&session.shown(Ask::get(&path)));
        assert_eq!(told.status, 200, "{}", told.body);
        if !told.body.contains("data-again") {
            return path;
        }
    }
    panic!("the draft is tried for ever");
}
