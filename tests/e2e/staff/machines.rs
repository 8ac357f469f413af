//! Machines and partners, set from their pages.

use testkit::until;

use super::{Served, header};

/// What stands between two marks of a page.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page.split_once(before).unwrap();
    rest.split(after).next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_is_added_and_set_and_what_is_wrong_is_told() {
    let served = Served::new().await;
    let mut browser = served.staff("anne", &["terminal"]).await;
    browser.get("/staff/terminals/new");
    let new = |settings: &'static str| {
        [
            ("login", "hall-2"),
            ("name", "Hall <b>"),
            ("branch", "LENS"),
            ("profile", "self-check"),
            ("settings", settings),
        ]
    };
    let wrong = browser.post("/staff/terminals/new", &new("{idle}"));
    assert!(wrong.page.contains("role=\"alert\""), "{}", wrong.page);
    assert!(wrong.page.contains("hall-2") && wrong.page.contains("{idle}"));
    let wrong = browser.post("/staff/terminals/new", &new(r#"{"idle": "jamais"}"#));
    assert!(wrong.page.contains("idle"), "{}", wrong.page);
    let made = browser.post("/staff/terminals/new", &new(r#"{"idle": 900}"#));
    let password = between(&made.page, "<code>", "</code>").to_owned();
    assert_eq!(password.len(), 20);
    assert!(made.page.contains("Hall &#60;b&#62;"), "{}", made.page);
    // Shown this once.
    let page = browser.get("/staff/terminals/hall-2").page;
    assert!(!page.contains(&password), "{page}");
    let version = between(&page, "name=\"version\" value=\"", "\"").to_owned();
    let set = |messages: &'static str| {
        [
            ("version", version.clone()),
            ("profile", "self-check".to_owned()),
            ("messages", messages.to_owned()),
            ("settings", String::new()),
        ]
    };
    let post = |browser: &mut super::Browser, messages| {
        let fields = set(messages);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        browser.post("/staff/terminals/hall-2", &fields)
    };
    let wrong = post(&mut browser, "11 00");
    assert!(wrong.page.contains("« 00 »"), "{}", wrong.page);
    let done = post(&mut browser, "11, 09");
    assert_eq!(
        header(&done.head, "location"),
        Some("/staff/terminals/hall-2")
    );
    let page = browser.get("/staff/terminals/hall-2").page;
    assert!(page.contains("value=\"11 09\""), "{page}");
    let late = post(&mut browser, "11");
    assert!(late.page.contains("entre-temps"), "{}", late.page);
    assert_eq!(
        browser.post("/staff/terminals/hall-2/revoke", &[]).status,
        303
    );
    assert_eq!(browser.get("/staff/terminals/hall-2").status, 404);
    for path in ["/staff/terminals/nulle-machine", "/staff/terminals/a%00b"] {
        assert_eq!(browser.get(path).status, 404, "{path}");
        browser.get("/staff/terminals");
        assert_eq!(browser.post(&format!("{path}/revoke"), &[]).status, 404);
    }
    // A partner is not a terminal's affair.
    let partner = "/staff/terminals/partenaire-socket-v1";
    assert_eq!(browser.get(partner).status, 403);
    browser.get("/staff/terminals");
    assert_eq!(browser.post(&format!("{partner}/revoke"), &[]).status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_is_added_with_a_path_of_its_own() {
    let served = Served::new().await;
    let mut browser = served.staff("anne", &["partner"]).await;
    browser.get("/staff/partners/new");
    let new = [
        ("login", "courtier"),
        ("branch", "LENS"),
        ("profile", "ncip-broker"),
        ("settings", r#"{"agencies": ["ESSAI"]}"#),
    ];
    let made = browser.post("/staff/partners/new", &new);
    assert!(made.page.contains("<code>"), "{}", made.page);
    until(async || {
        let list = browser.get("/staff/partners").page;
        list.contains("/staff/terminals/courtier").then_some(())
    })
    .await;
    browser.get("/staff/terminals/courtier");
    let token = browser.post("/staff/terminals/courtier/token", &[]);
    assert!(token.page.contains("<code>/ncip/"), "{}", token.page);
    // And no terminal is a partner's affair.
    assert_eq!(browser.get("/staff/terminals/lens-automate-1").status, 403);
    browser.get("/staff/partners");
    let revoked = browser.post("/staff/terminals/courtier/revoke", &[]);
    assert_eq!(header(&revoked.head, "location"), Some("/staff/partners"));
}
