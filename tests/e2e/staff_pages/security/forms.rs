//! Forms that somebody else has a librarian's browser send.

use super::super::{
    HOME, SIGN_IN, Served, Session,
    web::{Answer, Ask},
};

const ELSEWHERE: &str = "/staff/branch";

/// Refused, and nothing changed.
#[track_caller]
fn refused(served: &Served, session: &Session, answer: &Answer) {
    assert_eq!(answer.status, 403, "{}", answer.body);
    assert_eq!(answer.header("set-cookie"), None);
    assert_eq!(served.works_at(session), "LENS");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_the_session_s_own_key_changes_nothing() {
    let served = Served::new().await;
    let [anne, other] = &served.librarians;
    let session = served.session(anne);
    let foreign = [served.session(other), served.session(anne)].map(|other| other.form_key);
    let cut = &session.form_key[1..];
    let secret = session.cookie.strip_prefix("relire=").unwrap();
    let keys = ["", cut, secret, &foreign[0], &foreign[1], "\u{0}", "é"];
    for path in [ELSEWHERE, "/staff/sign-out"] {
        let bare = session.shown(Ask::form(path, &[("branch", "VIMY")]));
        refused(&served, &session, &served.ask(&bare));
        for key in keys {
            let fields = [("branch", "VIMY"), ("form_key", key)];
            let answer = served.ask(&session.shown(Ask::form(path, &fields)));
            refused(&served, &session, &answer);
        }
    }
    // A key in the address is none; two of them are no form.
    let path = format!("{ELSEWHERE}?form_key={}", session.form_key);
    let in_address = session.shown(Ask::form(&path, &[("branch", "VIMY")]));
    refused(&served, &session, &served.ask(&in_address));
    let key = session.form_key.as_str();
    let twice = [("branch", "VIMY"), ("form_key", "x"), ("form_key", key)];
    let answer = served.ask(&session.shown(Ask::form(ELSEWHERE, &twice)));
    assert_eq!(answer.status, 400);
    assert_eq!(served.works_at(&session), "LENS");
    // The same form with its key does it: the refusals above were of the key.
    let answer = served.ask(&session.form(ELSEWHERE, &[("branch", "VIMY")]));
    assert_eq!((answer.status, answer.location()), (303, HOME));
    assert_eq!(served.works_at(&session), "VIMY");
}

/// Even with the right key: a page of another site must not send it at all.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_another_site_changes_nothing() {
    let served = Served::new().await;
    let session = served.session(&served.librarians[0]);
    let base = served.base();
    let other_port = format!("{base}0");
    let elsewhere = [
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Origin", &other_port),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Sec-Fetch-Site", "\u{e9}"),
    ];
    for (name, value) in elsewhere {
        let form = session.form(ELSEWHERE, &[("branch", "VIMY")]);
        refused(&served, &session, &served.ask(&form.with(name, value)));
        let out = session.form("/staff/sign-out", &[]).with(name, value);
        refused(&served, &session, &served.ask(&out));
        // Nor does it sign a librarian in as somebody else, who then sees what is done.
        let [_, who] = &served.librarians;
        let fields = [("login", who.login.as_str()), ("password", &who.password)];
        let planted = served.ask(&Ask::form(SIGN_IN, &fields).with(name, value));
        refused(&served, &session, &planted);
    }
    let form = session.form(ELSEWHERE, &[("branch", "VIMY")]);
    let own = form
        .with("Origin", &base)
        .with("Sec-Fetch-Site", "same-origin");
    assert_eq!(served.ask(&own).status, 303);
    assert_eq!(served.works_at(&session), "VIMY");
}

/// What a link or a picture can do to somebody who is in.
#[tokio::test(flavor = "multi_thread")]
async fn reading_changes_nothing() {
    let served = Served::new().await;
    let session = served.session(&served.librarians[0]);
    let fields = format!("?branch=VIMY&form_key={}", session.form_key);
    for path in [ELSEWHERE, "/staff/sign-out"] {
        let answer = served.ask(&session.shown(Ask::get(&format!("{path}{fields}"))));
        assert_eq!(answer.status, 405, "{path}");
    }
    assert_eq!(served.works_at(&session), "LENS");
    // Nor is there a branch that the network does not have.
    for branch in ["NOWHERE", "", "lens", "'; DROP TABLE branch; --"] {
        let answer = served.ask(&session.form(ELSEWHERE, &[("branch", branch)]));
        assert!(
            [400, 404].contains(&answer.status),
            "{branch}: {}",
            answer.status
        );
        assert_eq!(served.works_at(&session), "LENS");
    }
}
