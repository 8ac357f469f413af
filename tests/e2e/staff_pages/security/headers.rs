//! What each answer says to the browser beside itself.

use super::super::{
    SIGN_IN, Served,
    pages::{self, By},
    web::{Answer, Ask},
};

/// No page of another site shows it in a frame, nothing inline or from elsewhere runs, nobody guesses its kind.
#[track_caller]
fn guarded(what: &str, answer: &Answer) {
    let policy = answer.header("content-security-policy").unwrap_or_default();
    let parts: Vec<_> = policy.split(';').map(str::trim).collect();
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(parts.contains(&part), "{what}: no {part} in {policy:?}");
    }
    for loose in ["unsafe", "*", "http:", "https:", "data:"] {
        assert!(!policy.contains(loose), "{what}: {loose} in {policy:?}");
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        let said = answer.all(name);
        assert_eq!(said, [value], "{what}: {name}");
    }
    for telling in ["server", "x-powered-by", "access-control-allow-origin"] {
        assert_eq!(answer.header(telling), None, "{what}: {telling}");
    }
}

/// Readers' files are on these pages: nobody keeps them.
#[track_caller]
fn kept_by_nobody(what: &str, answer: &Answer) {
    let said = answer.all("cache-control");
    assert_eq!(said, ["no-store"], "{what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_says_what_a_browser_may_do() {
    let served = Served::new().await;
    let librarian = served.session(&served.librarians[0]);
    let network = served.session(&served.network[0]);
    for page in pages::all() {
        let ask = Ask::get(&(page.path)(&served));
        let answer = match page.by {
            By::Nobody => served.ask(&ask),
            By::Librarian | By::Network => {
                // And who is nobody sees nothing of it.
                let nobody = served.ask(&ask);
                assert!([303, 404].contains(&nobody.status), "{}", page.name);
                guarded(page.name, &nobody);
                kept_by_nobody(page.name, &nobody);
                let session = match page.by {
                    By::Network => &network,
                    By::Nobody | By::Librarian => &librarian,
                };
                served.ask(&session.shown(ask))
            }
        };
        assert_eq!(answer.status, page.status, "{}", page.name);
        let kind = answer.header("content-type");
        assert_eq!(kind, Some("text/html; charset=utf-8"), "{}", page.name);
        guarded(page.name, &answer);
        kept_by_nobody(page.name, &answer);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_says_it_too() {
    let served = Served::new().await;
    let session = served.session(&served.librarians[0]);
    let branch = "/staff/branch";
    let too_long = "x".repeat(100 << 10);
    let in_json = session
        .shown(Ask::new("POST", branch))
        .with("Content-Type", "application/json")
        .body("{}");
    let asks = [
        (400, session.form(branch, &[("branch", "")])),
        (403, in_json),
        (
            401,
            Ask::form(SIGN_IN, &[("login", "x"), ("password", "y")]),
        ),
        (403, session.shown(Ask::form(branch, &[]))),
        (403, session.form(branch, &[]).with("Origin", "null")),
        (404, session.form(branch, &[("branch", "NULLE")])),
        (404, session.shown(Ask::get("/staff/assets/none.js"))),
        (405, Ask::get("/staff/sign-out")),
        (405, Ask::new("DELETE", "/staff")),
        (413, Ask::form(SIGN_IN, &[("login", &too_long)])),
        (415, Ask::new("POST", SIGN_IN).body("login=x")),
    ];
    for (status, ask) in asks {
        let answer = served.ask(&ask);
        let what = format!("{status}: {}", answer.body);
        assert_eq!(answer.status, status, "{what}");
        guarded(&what, &answer);
        kept_by_nobody(&what, &answer);
    }
}

/// Styles and scripts may be kept for ever, since a change of theirs is another name.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_needs_is_ours_and_may_be_kept() {
    let served = Served::new().await;
    let page = served.ask(&Ask::get(SIGN_IN)).body;
    let named = |mark: &str| {
        let (_, rest) = page.split_once(mark).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    for (path, kind) in [
        (
            named("rel=\"stylesheet\" href=\""),
            "text/css; charset=utf-8",
        ),
        (named("<script src=\""), "text/javascript; charset=utf-8"),
    ] {
        assert!(path.starts_with("/staff/assets/"), "{path}");
        let answer = served.ask(&Ask::get(&path));
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some(kind), "{path}");
        let kept = answer.header("cache-control").unwrap();
        assert!(kept.contains("immutable"), "{path}: {kept}");
        guarded(&path, &answer);
    }
}
