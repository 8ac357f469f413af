//! Passwords and logins that are guessed.

use super::super::{
    HOME, SIGN_IN, Served,
    web::{Answer, Ask},
};

/// The next one waits.
const SLIPS: usize = 6;
const REFUSED: &str = "Identifiant ou mot de passe incorrect.";
const LATER: &str = "Trop d’essais";

/// All that an answer tells, but for the login that was typed.
fn telling(answer: &Answer, login: &str) -> (u16, Vec<(String, String)>, String) {
    let shown = format!("name=\"login\" value=\"{login}\"");
    assert!(answer.body.contains(&shown), "{}", answer.body);
    let body = answer.body.replace(&shown, "");
    (answer.status, answer.headers(), body)
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_which_logins_there_are() {
    let served = Served::new().await;
    let [anne, other] = &served.librarians;
    let disabled = format!(
        "UPDATE staff_user SET disabled_at = created_at WHERE login = '{}'",
        other.login
    );
    served.sql(&disabled).await;
    let wrong = telling(&served.try_in(&anne.login, "faux"), &anne.login);
    assert_eq!(wrong.0, 401);
    assert!(wrong.2.contains(REFUSED), "{}", wrong.2);
    let unknown = telling(&served.try_in("personne", "faux"), "personne");
    assert_eq!(unknown, wrong);
    // With the right password even.
    let gone = telling(&served.try_in(&other.login, &other.password), &other.login);
    assert_eq!(gone, wrong);
    // Nor by how soon the wrong ones are too many.
    for _ in 1..SLIPS {
        for login in [&anne.login, "personne"] {
            assert!(
                served.try_in(login, "faux").body.contains(REFUSED),
                "{login}"
            );
        }
    }
    for login in [&anne.login, "personne"] {
        assert!(served.try_in(login, "faux").body.contains(LATER), "{login}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_take_ever_longer_by_the_network_s_clock() {
    let mut served = Served::new().await;
    let [anne, other] = served.librarians.clone();
    let in_capitals = anne.login.to_uppercase();
    for guess in 0..SLIPS {
        // A login in capitals is no other one to try.
        let login = if guess % 2 == 0 {
            &anne.login
        } else {
            &in_capitals
        };
        let answer = served.try_in(login, "faux");
        assert!(answer.body.contains(REFUSED), "{guess}: {}", answer.body);
    }
    // Now the right one is not looked at either, or it would tell itself.
    let later = |served: &Served| {
        let answer = served.try_in(&anne.login, &anne.password);
        assert_eq!(answer.header("set-cookie"), None);
        assert!(answer.body.contains(LATER), "{}", answer.body);
    };
    later(&served);
    // Who sits beside may go on, and a session that is there does.
    assert!(served.lets_in(&served.session(&other).cookie));
    // Half a minute is not over yet, in another life of the daemon either.
    served.restart_at("2026-06-09T11:00:10+02:00");
    later(&served);
    served.restart_at("2026-06-09T11:05:00+02:00");
    assert!(served.try_in(&anne.login, "faux").body.contains(REFUSED));
    // A minute for the next.
    later(&served);
    served.restart_at("2026-06-09T11:05:40+02:00");
    later(&served);
    served.restart_at("2026-06-09T11:10:00+02:00");
    assert!(served.lets_in(&served.session(&anne).cookie));
    // The right one ends the counting.
    assert!(served.try_in(&anne.login, "faux").body.contains(REFUSED));
    assert!(served.try_in(&anne.login, "faux").body.contains(REFUSED));
    served.session(&anne);
}

/// Where somebody wanted to go is where they come, if it is here.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_sent_to_another_site() {
    let served = Served::new().await;
    let [anne, _] = &served.librarians;
    let asked = served.ask(&Ask::get("/staff?x=1&y=é%22"));
    assert_eq!(asked.status, 303);
    assert_eq!(
        asked.location(),
        "/staff/sign-in?next=%2Fstaff%3Fx%3D1%26y%3D%C3%A9%2522"
    );
    let go_on = |next: &str| {
        let fields = [
            ("login", anne.login.as_str()),
            ("password", &anne.password),
            ("next", next),
        ];
        let answer = served.ask(&Ask::form(SIGN_IN, &fields));
        assert_eq!(answer.status, 303, "{next}: {}", answer.body);
        answer.location().to_owned()
    };
    for ours in [HOME, "/staff?x=1&y=%22", "/staff/items/7"] {
        assert_eq!(go_on(ours), ours);
    }
    for other in [
        "",
        "https://evil.example/staff",
        "//evil.example/staff",
        "/\\evil.example",
        "\\\\evil.example",
        "/staff.evil.example",
        "/staff@evil.example",
        "/staff/\t/evil.example",
        "/staff/\r\nLocation: https://evil.example",
        "/staff/é",
        " /staff/x",
        "javascript:alert(1)",
        "data:text/html,x",
        "/staff/sign-out",
        "/staff/sign-in?next=/staff/sign-in",
        "/sru",
        "\u{0}/staff",
    ] {
        assert_eq!(go_on(other), HOME, "{other:?}");
    }
    // A walk upwards stays on this host.
    let up = go_on("/staff/../../evil");
    assert!(up.starts_with("/staff"), "{up}");
}
