//! Who may see what of a draft that is tried.

use super::{Librarian, Served, Session, english, web::Ask};

const FILMS: &str = r#"{"id": "X-LENS-DVD", "branch": "LENS", "document": "DVD", "loan_days": 7}"#;

impl Served {
    /// A draft as the rules in force, with shorter films at Lens; its laboratory's address.
    async fn films(&self) -> String {
        self.sql(&format!(
            "INSERT INTO policy_draft (name, based_on, body, made_by, made_at, changed_by, changed_at)
             SELECT 'Films', v.version, jsonb_build_object('version', 0, 'effective_from', v.effective_from, 'currency', v.currency,
                    'roles', v.roles, 'float_group', v.float_groups, 'branch_period', v.branch_periods,
                    'limit', (SELECT coalesce(jsonb_agg(l.body ORDER BY l.position), '[]') FROM policy_limit l WHERE l.version = v.version),
                    'rule', (SELECT jsonb_agg(r.body ORDER BY r.position) FROM policy_rule r WHERE r.version = v.version)
                            || '{FILMS}'::jsonb),
                    u.id, now(), u.id, now()
               FROM policy_version v, (SELECT min(id) AS id FROM staff_user) u WHERE v.version = 1"
        ))
        .await;
        "/staff/rules/drafts/1/laboratory".to_owned()
    }

    fn looked(&self, session: &Session, path: &str) -> (u16, String) {
        for _ in 0..200 {
            let answer = self.ask(&session.shown(Ask::get(path)));
            if !answer.body.contains("data-again") {
                return (answer.status, answer.body);
            }
        }
        panic!("{path} is made for ever");
    }

    /// Somebody who works at Lens and has only these rights there.
    async fn only(&self, login: &str, actions: &[&str]) -> Librarian {
        let who = english(&self.database, login, "loans@VIMY");
        for action in actions {
            self.sql(&format!(
                "INSERT INTO staff_right (user_id, action, branch) SELECT id, '{action}', 'LENS' FROM staff_user WHERE login = '{login}'"
            ))
            .await;
        }
        who
    }

    async fn noted(&self) -> i64 {
        let store = self.database.store().await.unwrap();
        let count = store
            .count("SELECT count(*) FROM audit WHERE action = 'patron.read' AND patron_id IS NOT NULL AND detail::text LIKE '%laboratory%'")
            .await
            .unwrap();
        store.close().await;
        count
    }
}

fn reader_links(list: &str) -> Vec<&str> {
    list.split('"')
        .filter(|part| part.contains("?of="))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_for_who_changes_rules_and_readers_for_who_may_read_them() {
    let served = Served::new().await;
    let path = served.films().await;
    let cases = format!("{path}/cases");

    // Who has charge of a branch changes no rules.
    let head = served.session(&served.librarians[0]);
    for page in [&path, &cases] {
        assert_eq!(served.looked(&head, page).0, 403);
    }
    let network = served.session(&served.network[0]);
    let (status, summary) = served.looked(&network, &path);
    assert_eq!(status, 200);
    assert!(
        summary.contains("lecteurs y perdent") || summary.contains("lecteur y perd"),
        "{summary}"
    );
    let (_, list) = served.looked(&network, &cases);
    let links = reader_links(&list);
    assert!(!links.is_empty(), "{list}");

    // With the figures alone no reader is led to, and none is shown.
    let figures = served.only("chiffres", &["policy"]).await;
    let figures = served.session(&figures);
    // Waited for: of what is still being made there is no list.
    assert_eq!(served.looked(&figures, &path).0, 200);
    let (status, theirs) = served.looked(&figures, &cases);
    assert_eq!((status, reader_links(&theirs).len()), (200, 0));
    assert_eq!(served.looked(&figures, links[0]).0, 403);
    assert_eq!(served.noted().await, 0);

    // A look at a reader is noted before it is shown.
    let (status, reader) = served.looked(&network, links[0]);
    assert_eq!(status, 200);
    assert!(reader.contains("carte"), "{reader}");
    assert_eq!(served.noted().await, 1);
    // Of another report nothing is shown.
    let other = links[0].replace("?of=", "?of=1");
    let away = served.ask(&network.shown(Ask::get(&other)));
    assert_eq!(away.status, 303);
    assert_eq!(served.noted().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_changes_the_rules_of_a_branch_is_told_of_that_branch() {
    let served = Served::new().await;
    let path = served.films().await;
    let lens = served.only("lens-regles", &["policy", "patron.read"]).await;
    let lens = served.session(&lens);
    let (status, summary) = served.looked(&lens, &path);
    assert_eq!(status, 200);
    assert!(
        summary.contains("only the changes of this branch")
            || summary.contains("seuls les changements de cette bibliothèque")
    );
    let (_, list) = served.looked(&lens, &format!("{path}/cases"));
    assert!(
        !reader_links(&list).is_empty() && !list.contains("Vimy"),
        "{list}"
    );
    let network = served.session(&served.network[0]);
    let (_, all) = served.looked(&network, &path);
    assert!(!all.contains("seuls les changements"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_code_or_number_is_nothing() {
    let served = Served::new().await;
    let path = served.films().await;
    let network = served.session(&served.network[0]);
    served.looked(&network, &path);
    for wrong in [
        "/staff/rules/drafts/0/laboratory",
        "/staff/rules/drafts/99999999999999999999/laboratory",
        "/staff/rules/drafts/x/laboratory/cases",
    ] {
        assert_eq!(served.looked(&network, wrong).0, 404, "{wrong}");
    }
    for wrong in [
        "kind=x",
        "branch=nulle-part-du-tout",
        "document=%00",
        "category=%3Cb%3E",
    ] {
        let (status, body) = served.looked(&network, &format!("{path}/cases?{wrong}"));
        assert_eq!(status, 404, "{wrong}");
        assert!(!body.contains("<b>"));
    }
    for wrong in ["side=x", "from=-1", "from=99999999999999999999999"] {
        let (status, _) = served.looked(&network, &format!("{path}/cases?{wrong}"));
        assert_eq!(status, 400, "{wrong}");
    }
    let far = format!("{path}/cases?from=18446744073709551615");
    assert_eq!(served.looked(&network, &far).0, 200);
    assert_eq!(
        served
            .looked(&network, &format!("{path}/cases/999999?of=1"))
            .0,
        303
    );
    assert_eq!(
        served.looked(&network, &format!("{path}/cases/x?of=1")).0,
        404
    );
}
