//! Loan rules, and a draft of them.

use super::{
    super::{Served, Session, web::Ask},
    BOTH, By, Page,
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

pub(super) const PAGES: [Page; 10] = [
    page("rules", |served| {
        draft(served);
        "/staff/rules".into()
    }),
    page("rules-version", |_| "/staff/rules/1".into()),
    page("rules-why", |_| {
        "/staff/rules/1/why?branch=LENS&category=ENF&document=JVI".into()
    }),
    page("rules-compare", |_| "/staff/rules/compare".into()),
    page("rules-draft", draft),
    page("rules-draft-matrix", |served| {
        format!("{}/matrix?branch=LENS", draft(served))
    }),
    page("rules-draft-why", |served| {
        let place = "branch=LENS&category=ADU&document=DVD";
        format!("{}/why?{place}", draft(served))
    }),
    page("rules-rule", |served| {
        format!("{}/rule?id=R-DVD", draft(served))
    }),
    page("rules-rule-new", |served| format!("{}/rule", draft(served))),
    page("rules-limit", |served| {
        format!("{}/limit?id=L-DVD", draft(served))
    }),
];

/// A draft that lends DVDs at Lens for a week; made once, however often it is asked for.
pub(super) fn draft(served: &Served) -> String {
    const NAME: &str = "Les DVD à Lens";
    let session = served.session(&served.network[0]);
    let list = served.ask(&session.shown(Ask::get("/staff/rules"))).body;
    if let Some((before, _)) = list.split_once(&format!("\">{NAME}</a>")) {
        let (_, path) = before.rsplit_once("href=\"").unwrap();
        return path.to_owned();
    }
    let fields = [("name", NAME), ("from", "1")];
    let path = made(served, &session, "/staff/rules/drafts", &fields);
    let rule = [
        ("version", "1"),
        ("id", ""),
        ("branch", "LENS"),
        ("document", "DVD"),
        ("loan_days", "7"),
        ("renewals", "0"),
        ("do", "save"),
    ];
    made(served, &session, &format!("{path}/rule"), &rule)
}

/// Where a form leads to.
fn made(served: &Served, session: &Session, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = served.ask(&session.form(path, fields));
    assert_eq!(answer.status, 303, "{path}: {}", answer.body);
    let place = answer.location();
    place.split('?').next().unwrap_or_default().to_owned()
}
