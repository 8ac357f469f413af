//! Loan rules are read by all, drafted by who may, and published by the network.

use super::{Browser, Served, header};

const RULES: &str = "/staff/rules";

/// Makes a draft and opens it.
fn drafted(browser: &mut Browser, name: &str) -> String {
    browser.get(RULES);
    let fields = [("name", name), ("from", "1")];
    let made = browser.post("/staff/rules/drafts", &fields);
    assert_eq!(made.status, 303, "{made:?}");
    let place = header(&made.head, "location").unwrap();
    let path = place.split('?').next().unwrap().to_owned();
    assert_eq!(browser.get(&path).status, 200);
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_draft_reads() {
    let served = Served::new().await;
    let mut head = served.staff("lens-regles", &["policy"]).await;
    let path = drafted(&mut head, "Lens");
    let mut browser = served.staff("pret", &["circulate"]).await;
    let why = "/staff/rules/1/why?branch=LENS&category=ADU&document=DVD";
    for open in [RULES, "/staff/rules/1", "/staff/rules/compare", why] {
        assert_eq!(browser.get(open).status, 200, "{open}");
        assert!(!browser.page.contains("/staff/rules/drafts"), "{open}");
    }
    for shut in [
        "",
        "/matrix",
        "/rule",
        "/limit",
        "/why?branch=LENS&category=ADU&document=DVD",
    ] {
        assert_eq!(browser.get(&format!("{path}{shut}")).status, 403, "{shut}");
    }
    browser.get("/staff");
    for (shut, fields) in [
        ("/staff/rules/drafts", vec![("name", "x"), ("from", "1")]),
        (&*format!("{path}/rule"), vec![("version", "1")]),
        (&*format!("{path}/limit"), vec![("version", "1")]),
        (&*format!("{path}/drop"), vec![("version", "1")]),
        (
            &*format!("{path}/publish"),
            vec![("version", "1"), ("from", "2026-07-01")],
        ),
        ("/staff/rules/1/withdraw", vec![]),
    ] {
        assert_eq!(browser.post(shut, &fields).status, 403, "{shut}");
    }
    assert_eq!(served.count("SELECT count(*) FROM policy_draft").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_drafts_its_own_rules_and_publishes_nothing() {
    let served = Served::new().await;
    let mut browser = served.staff("lens-regles", &["policy"]).await;
    let path = drafted(&mut browser, "Lens");
    assert!(browser.page.contains("Le réseau publie les règles"));
    assert!(!browser.page.contains(&format!("{path}/publish")));
    // Whatever the form says: the rule is one of the branch.
    let own = [
        ("version", "1"),
        ("id", ""),
        ("branch", "VIMY"),
        ("document", "DVD"),
        ("loan_days", "7"),
    ];
    assert_eq!(browser.post(&format!("{path}/rule"), &own).status, 303);
    let query = "SELECT count(*) FROM policy_draft, jsonb_array_elements(body -> 'rule') AS rule
                  WHERE rule ->> 'id' = 'X-LENS-DVD' AND rule ->> 'branch' = 'LENS'";
    assert_eq!(served.count(query).await, 1);
    browser.get(&path);
    for (form, fields) in [
        (
            "rule",
            vec![("version", "2"), ("id", "R-DVD"), ("do", "remove")],
        ),
        (
            "limit",
            vec![("version", "2"), ("id", "L-DVD"), ("do", "remove")],
        ),
    ] {
        let refused = browser.post(&format!("{path}/{form}"), &fields);
        assert_eq!(refused.status, 200, "{refused:?}");
        assert!(
            refused.page.contains("Le reste est du ressort du réseau"),
            "{form}"
        );
    }
    let publish = [("version", "2"), ("from", "2026-07-01"), ("read", "yes")];
    let refused = browser.post(&format!("{path}/publish"), &publish);
    assert!(
        refused
            .page
            .contains("Publier et retirer des règles est du ressort du réseau")
    );
    assert_eq!(served.count("SELECT count(*) FROM policy_version").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_form_says_wrongly_is_told_and_kept() {
    let served = Served::new().await;
    let mut browser = served.staff("lens-regles", &["policy"]).await;
    let path = drafted(&mut browser, "Lens");
    let wrong = [
        ("version", "1"),
        ("id", ""),
        ("loan_days", "7"),
        ("recall_days", "bientôt"),
    ];
    let told = browser.post(&format!("{path}/rule"), &wrong);
    assert!(
        told.page
            .contains("Valeur illisible pour : Lettres de rappel.")
    );
    assert!(told.page.contains("value=\"bientôt\"") && told.page.contains("aria-invalid"));
    let late = [("version", "0"), ("id", ""), ("loan_days", "7")];
    let told = browser.post(&format!("{path}/rule"), &late);
    assert!(
        told.page.contains("a été modifié entre-temps"),
        "{}",
        told.page
    );
    for address in [
        "/staff/rules/x",
        "/staff/rules/99",
        "/staff/rules/99999999999999999999",
        "/staff/rules/1?branch=NONE",
        "/staff/rules/1?branch=%00",
        "/staff/rules/1?show=everything",
        "/staff/rules/drafts/99",
        "/staff/rules/1/why?branch=LENS&category=ADU&document=NONE",
        "/staff/rules/compare?from=5",
    ] {
        assert_eq!(browser.get(address).status, 404, "{address}");
    }
}
