//! Staff are managed within what those have who manage them.

use super::{PASSWORD, Served};

const GIVE: &str = "/staff/users/nouvelle/give";

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_what_they_do_not_have() {
    let served = Served::new().await;
    let mut head = served
        .staff("chef", &["user", "circulate", "patron.read"])
        .await;
    let new = [
        ("login", "nouvelle"),
        ("name", "Nouvelle"),
        ("branch", "LENS"),
    ];
    let made = head.post("/staff/users", &new);
    assert!(
        made.page.contains("montré cette seule fois"),
        "{}",
        made.page
    );
    let (_, rest) = made.page.split_once("<code>").unwrap();
    let password = rest.split("</code>").next().unwrap().to_owned();
    let again = head.post("/staff/users", &new);
    assert!(
        again.page.contains("Cet identifiant est pris"),
        "{}",
        again.page
    );
    let there = [
        ("login", "ailleurs"),
        ("name", "Ailleurs"),
        ("branch", "VIMY"),
    ];
    assert_eq!(head.post("/staff/users", &there).status, 403);

    let give = |kind: &'static str, name: &'static str, place: &'static str| {
        [("kind", kind), ("name", name), ("place", place)]
    };
    assert_eq!(
        head.post(GIVE, &give("right", "circulate", "LENS")).status,
        303
    );
    for beyond in [
        give("right", "money", "LENS"),
        give("right", "circulate", "VIMY"),
        give("right", "circulate", "*"),
        give("role", "librarian", "LENS"),
        give("role", "network", "*"),
    ] {
        let no = head.post(GIVE, &beyond);
        assert!(
            no.page.contains("Rien n’a été fait"),
            "{beyond:?} {}",
            no.page
        );
    }
    let held = "SELECT count(*) FROM staff_right r JOIN staff_user u ON u.id = r.user_id WHERE u.login = 'nouvelle'";
    assert_eq!(served.count(held).await, 1);

    // Who may more than they do is out of their reach, and so are they themselves.
    for login in ["reseau", "lens-banque"] {
        for (path, fields) in [
            ("password", &[][..]),
            ("access", &[("access", "no")][..]),
            ("give", &give("right", "circulate", "LENS")[..]),
        ] {
            let no = head.post(&format!("/staff/users/{login}/{path}"), fields);
            assert!(
                no.status == 403 || no.page.contains("n’a été fait"),
                "{login} {path} {no:?}"
            );
        }
    }
    let own = head.post(
        "/staff/users/chef/give",
        &give("right", "circulate", "LENS"),
    );
    assert!(
        own.page.contains("changés par quelqu’un d’autre"),
        "{}",
        own.page
    );
    let disabled = "SELECT count(*) FROM staff_user WHERE disabled_at IS NOT NULL";
    assert_eq!(served.count(disabled).await, 0);

    // The new one comes in, and is out at once when they are disabled.
    let mut new = served.browser();
    assert_eq!(new.sign_in("nouvelle", &password).status, 303);
    assert_eq!(new.get("/staff").status, 200);
    let out = head.post("/staff/users/nouvelle/access", &[("access", "no")]);
    assert_eq!(out.status, 303);
    assert_eq!(new.get("/staff").status, 303);
    assert_ne!(new.sign_in("nouvelle", &password).status, 303);
    let noted = "SELECT count(*) FROM audit WHERE action = 'user'";
    assert_eq!(served.count(noted).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_s_own_password_takes_the_old_one() {
    let served = Served::new().await;
    let mut anne = served.staff("anne", &["circulate"]).await;
    let mut elsewhere = served.browser();
    elsewhere.sign_in("anne", PASSWORD);
    assert_eq!(elsewhere.get("/staff").status, 200);
    anne.get("/staff/me");
    let change = |old: &'static str, new: &'static str, again: &'static str| {
        [("old", old), ("new", new), ("again", again)]
    };
    let told = |browser: &mut super::Browser, fields: &[(&str, &str)]| {
        browser.post("/staff/me/password", fields).page
    };
    let differ = told(
        &mut anne,
        &change(PASSWORD, "une longue phrase", "une autre phrase"),
    );
    assert!(differ.contains("diffèrent"), "{differ}");
    let short = told(&mut anne, &change(PASSWORD, "court", "court"));
    assert!(short.contains("de 12 à 200 caractères"), "{short}");
    let wrong = told(
        &mut anne,
        &change("faux", "une longue phrase", "une longue phrase"),
    );
    assert!(wrong.contains("n’est pas le bon"), "{wrong}");
    assert_eq!(elsewhere.get("/staff").status, 200);
    let done = told(
        &mut anne,
        &change(PASSWORD, "une longue phrase", "une longue phrase"),
    );
    assert!(done.contains("Le mot de passe est changé"), "{done}");
    assert_eq!(anne.get("/staff").status, 200);
    assert_eq!(elsewhere.get("/staff").status, 303);
    assert_ne!(elsewhere.sign_in("anne", PASSWORD).status, 303);
    assert_eq!(elsewhere.sign_in("anne", "une longue phrase").status, 303);
    // A session is no way to guess on.
    anne.get("/staff/me");
    let mut last = String::new();
    for _ in 0..8 {
        last = told(
            &mut anne,
            &change("faux", "une longue phrase", "une longue phrase"),
        );
    }
    assert!(last.contains("Trop d’essais"), "{last}");
}
