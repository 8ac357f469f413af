//! Who is in, and how that begins and ends.

use super::super::{HOME, SIGN_IN, Served, web::Ask};

/// Nobody can give somebody a cookie that becomes theirs by signing in.
#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_from_before_is_never_the_one_after() {
    let served = Served::new().await;
    let [anne, other] = &served.librarians;
    let planted = format!("relire={}", "5a".repeat(32));
    let own = served.session(other).cookie;
    for before in [planted, own] {
        let fields = [("login", anne.login.as_str()), ("password", &anne.password)];
        let answer = served.ask(&Ask::form(SIGN_IN, &fields).with("Cookie", &before));
        assert_eq!(answer.status, 303, "{}", answer.body);
        let after = served.session_of(&answer).cookie;
        assert_ne!(after, before);
        assert!(served.lets_in(&after));
        // What was shown before has not become theirs.
        let home = served.ask(&Ask::get(HOME).with("Cookie", &before));
        let page = served.ask(&Ask::get(HOME).with("Cookie", &after));
        assert_ne!(home.body, page.body);
    }
    assert!(!served.lets_in(&format!("relire={}", "5a".repeat(32))));
    assert_ne!(served.session(anne).cookie, served.session(anne).cookie);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_is_for_this_site_and_no_script() {
    let served = Served::new().await;
    let answer = served.try_in(&served.librarians[0].login, &served.librarians[0].password);
    let cookies = answer.all("set-cookie");
    assert_eq!(cookies.len(), 1, "{cookies:?}");
    let mut parts = cookies[0].split("; ");
    let (name, value) = parts.next().unwrap().split_once('=').unwrap();
    assert_eq!(name, "relire");
    // 256 bits, as hex.
    assert_eq!(value.len(), 64, "{value}");
    let mut parts: Vec<_> = parts.collect();
    parts.sort_unstable();
    // Over TLS it is `Secure` too, which crates/staff/src/access/cookie.rs tests; no `Domain`: no other host gets it.
    assert_eq!(
        parts,
        ["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=Strict"]
    );
    let secret = value.to_owned();
    let home = served.ask(&Ask::get(HOME).with("Cookie", &format!("relire={secret}")));
    assert_eq!(home.status, 200);
    assert!(!home.body.contains(&secret), "no page tells it");
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_it_on_the_server() {
    let served = Served::new().await;
    let [anne, _] = &served.librarians;
    let (leaves, stays) = (served.session(anne), served.session(anne));
    let answer = served.ask(&leaves.form("/staff/sign-out", &[]));
    assert_eq!((answer.status, answer.location()), (303, SIGN_IN));
    let cookie = answer.header("set-cookie").unwrap();
    assert!(
        cookie.starts_with("relire=;") && cookie.contains("Max-Age=0"),
        "{cookie}"
    );
    // Whoever kept the cookie has nothing; a session at another desk goes on.
    assert!(!served.lets_in(&leaves.cookie));
    assert!(served.lets_in(&stays.cookie));
    let late = served.ask(&leaves.form("/staff/branch", &[("branch", "VIMY")]));
    assert_eq!((late.status, late.location()), (303, SIGN_IN));
    assert_eq!(served.works_at(&stays), "LENS");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_disabled_is_out_at_once() {
    let served = Served::new().await;
    let [anne, other] = &served.librarians;
    let (out, stays) = (served.session(anne), served.session(other));
    let disabled = format!(
        "UPDATE staff_user SET disabled_at = created_at WHERE login = '{}'",
        anne.login
    );
    served.sql(&disabled).await;
    assert!(!served.lets_in(&out.cookie));
    assert!(served.lets_in(&stays.cookie));
    let late = served.ask(&out.form("/staff/branch", &[("branch", "VIMY")]));
    assert_eq!((late.status, late.location()), (303, SIGN_IN));
}

/// A desk that nobody used, and a working day that ended, by the network's clock.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_by_itself() {
    let mut served = Served::new().await;
    let [anne, _] = served.librarians.clone();
    let session = served.session(&anne);
    served.restart_at("2026-06-09T12:55:00+02:00");
    assert!(served.lets_in(&session.cookie), "in use two hours later");
    served.restart_at("2026-06-09T15:00:00+02:00");
    assert!(!served.lets_in(&session.cookie), "left for two hours");

    let session = served.session(&anne);
    // Somebody who works on, never away for two hours.
    let looks = [
        "09T16:45", "09T18:30", "09T20:15", "09T22:00", "09T23:45", "10T01:30", "10T02:55",
    ];
    for look in looks {
        served.restart_at(&format!("2026-06-{look}:00+02:00"));
        assert!(served.lets_in(&session.cookie), "{look}");
    }
    served.restart_at("2026-06-10T03:01:00+02:00");
    assert!(!served.lets_in(&session.cookie), "twelve hours later");
}
