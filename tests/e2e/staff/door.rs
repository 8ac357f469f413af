//! Coming in, and who does not.

use super::{PASSWORD, Served, header};

#[tokio::test(flavor = "multi_thread")]
async fn who_is_out_is_sent_to_sign_in_and_then_where_they_wanted() {
    let served = Served::new().await;
    let mut browser = served.browser();
    let answer = browser.get("/staff/lists/pull?x=1");
    assert_eq!(answer.status, 303);
    let to = header(&answer.head, "location").unwrap();
    assert_eq!(to, "/staff/sign-in?next=%2Fstaff%2Flists%2Fpull%3Fx%3D1");
    drop(served.staff("anne", &["list"]).await);
    let form = [
        ("login", "anne"),
        ("password", PASSWORD),
        ("next", "/staff/lists/pull?x=1"),
    ];
    let answer = browser.send("/staff/sign-in", "", &form);
    assert_eq!(
        header(&answer.head, "location"),
        Some("/staff/lists/pull?x=1")
    );
    assert_eq!(browser.get("/staff/lists/pull?x=1").status, 200);
    for path in [
        "/staff/none",
        "/staff/assets/none.css",
        "/staff/events/999999",
        "/staff/events/x",
    ] {
        let answer = browser.get(path);
        assert!((400..500).contains(&answer.status), "{path}: {answer:?}");
    }
}

/// What somebody planted in a browser before is not what it shows after.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_begins_at_sign_in_and_ends_at_sign_out() {
    let served = Served::new().await;
    drop(served.staff("anne", &["circulate"]).await);
    let mut browser = served.browser();
    browser.cookie = format!("relire={}", "ab".repeat(32));
    let planted = browser.cookie.clone();
    let answer = browser.sign_in("anne", PASSWORD);
    assert_ne!(browser.cookie, planted);
    let set = header(&answer.head, "set-cookie").unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(set.contains(part), "{set}");
    }
    assert_eq!(browser.get("/staff").status, 200);
    let kept = "SELECT count(*) FROM staff_session WHERE encode(digest, 'hex') = '%'";
    let secret = browser.cookie.trim_start_matches("relire=").to_owned();
    assert_eq!(
        served.count(&kept.replace('%', &secret)).await,
        0,
        "the secret itself is kept nowhere"
    );

    let mut other = served.browser();
    other.cookie.clone_from(&browser.cookie);
    assert_eq!(other.get("/staff").status, 200);
    assert_eq!(browser.post("/staff/sign-out", &[]).status, 303);
    assert_eq!(other.get("/staff").status, 303, "it is over on the server");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_disabled_is_out_at_once_and_rights_are_of_this_moment() {
    let served = Served::new().await;
    let mut browser = served.staff("anne", &["list"]).await;
    assert_eq!(browser.get("/staff/lists/pull").status, 200);
    served
        .town
        .store
        .run_sql("DELETE FROM staff_right")
        .await
        .unwrap();
    assert_eq!(browser.get("/staff/lists/pull").status, 403);
    let disable = "UPDATE staff_user SET disabled_at = now() WHERE login = 'anne'";
    served.town.store.run_sql(disable).await.unwrap();
    assert_eq!(browser.get("/staff").status, 303);
    let known = browser.sign_in("anne", PASSWORD);
    let unknown = browser.sign_in("nobody at all", PASSWORD);
    assert_eq!((known.status, unknown.status), (401, 401));
    let said = |page: &str| {
        super::text(page)
            .replace("anne", "")
            .replace("nobody at all", "")
    };
    assert_eq!(
        said(&known.page),
        said(&unknown.page),
        "nobody learns which logins there are"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_of_elsewhere_change_nothing() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let book = served.town.item("LIV", "LENS").await.unwrap();
    let mut browser = served.staff("anne", &["circulate", "patron.read"]).await;
    let other = served.staff("paul", &["circulate", "patron.read"]).await;
    let key = browser.field("form_key");
    let form = |key: &str| {
        let fields = [
            ("card", reader.card.as_str()),
            ("barcode", &book),
            ("form_key", key),
        ];
        fields.map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let mut send = |more: &str, key: &str| {
        let form = form(key);
        let form: Vec<_> = form
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        browser.send("/staff/lend", more, &form).status
    };
    for wrong in [
        "",
        "0",
        &other.field("form_key"),
        &key[1..],
        &format!("{key}0"),
    ] {
        assert_eq!(send("", wrong), 403, "{wrong:?}");
    }
    for site in [
        "\r\nSec-Fetch-Site: cross-site",
        "\r\nSec-Fetch-Site: same-site",
        "\r\nOrigin: https://evil.example",
        "\r\nOrigin: null",
    ] {
        assert_eq!(send(site, &key), 403, "{site}");
    }
    assert_eq!(served.loans_of(&reader).await, 0);
    assert_eq!(send("\r\nSec-Fetch-Site: same-origin", &key), 200);
    assert_eq!(served.loans_of(&reader).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_shown_as_it_was_typed() {
    let served = Served::new().await;
    let mut browser = served
        .staff("anne", &["circulate", "patron.read", "item.read"])
        .await;
    let long = "x".repeat(10_000);
    for typed in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' OR 1=1 --",
        "\u{2}\u{1}\u{7f}\u{202e}",
        "{{7*7}}%s%n",
        &long,
    ] {
        let answer = browser.scan(typed, "");
        assert_eq!(answer.status, 200, "{typed}");
        assert!(
            !answer.page.contains("<script>alert") && !answer.page.contains("<img"),
            "{typed}"
        );
        let mut out = served.browser();
        let answer = out.sign_in(typed, typed);
        assert_eq!(answer.status, 401, "{typed}");
        assert!(
            !answer.page.contains("<script>alert") && !answer.page.contains("<img"),
            "{typed}"
        );
    }
    assert_eq!(browser.scan("\u{0}", "").status, 400);
    assert_eq!(browser.sign_in("\u{0}", "\u{0}").status, 401);
    for path in [
        "/staff/items/%00",
        "/staff/items/%ff",
        "/staff/items/%2e%2e%2f",
    ] {
        let answer = browser.get(path);
        assert!(answer.status < 500, "{path}: {answer:?}");
    }
    browser.get("/staff");
    let heavy = "x".repeat(70_000);
    let answer = browser.send("/staff/scan", "", &[("q", &heavy)]);
    assert!((400..500).contains(&answer.status), "{}", answer.status);
    assert_eq!(browser.get("/staff").status, 200);
}
