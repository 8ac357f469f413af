//! Loan rules for programs.

use serde_json::{Value, json};

use super::{Program, Served, Told, person::Person};

/// Puts rules, as they were read with this tag.
#[track_caller]
fn put(program: &Program, path: &str, tag: &str, rules: &Value) -> Told {
    let headers = format!("Content-Type: application/json\r\nIf-Match: {tag}\r\n");
    let body = json!({ "rules": rules }).to_string();
    program.ask("PUT", path, &headers, body.as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_read_by_anybody_who_is_in() {
    let served = Served::new().await;
    let anybody = served.program(&["circulate"]).await;
    let versions = anybody.get("/policies");
    let first = &versions.fine()["items"][0];
    assert_eq!(
        (&first["version"], &first["in_force"]),
        (&json!(1), &json!(true))
    );
    let policy = anybody.get("/policies/1");
    let rules = &policy.fine()["rules"];
    assert!(rules["rule"].as_array().unwrap().len() > 20, "{rules}");
    let cell = anybody.get("/policies/1/cell?branch=LENS&category=ADU&document=JVI");
    let values = cell.fine()["values"].as_array().unwrap();
    assert_eq!(values.len(), 30);
    let days = values
        .iter()
        .find(|one| one["parameter"] == "loan_days")
        .unwrap();
    assert_eq!(days["said"], json!({ "fr": "14 jours", "en": "14 days" }));
    let rules: Vec<_> = days["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["rule"])
        .collect();
    assert_eq!(rules, ["X-LENS-JVI", "R-JVI", "R0"]);
    for path in [
        "/policies/7",
        "/policies/x",
        "/policies/99999999999999999999",
        "/policies/-1",
    ] {
        anybody.get(path).problem(404, "not-found");
    }
    let cell = "/policies/1/cell";
    anybody.get(cell).problem(400, "unreadable");
    for (place, status) in [
        ("branch=LENS&category=ADU&document=NONE", 404),
        ("branch=%00&category=ADU&document=DVD", 400),
    ] {
        assert_eq!(
            anybody.get(&format!("{cell}?{place}")).status,
            status,
            "{place}"
        );
    }
    anybody
        .get("/policies/drafts")
        .problem(403, "missing-right");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_read_changed_checked_and_published() {
    let served = Served::new().await;
    let person = Person::new(&served, &["policy"]).await;
    let made = person.post("/policies/drafts", &json!({ "name": "DVD", "from": 1 }));
    let draft = made.fine()["outcome"]["draft"].as_i64().unwrap();
    let path = format!("/policies/drafts/{draft}");
    let read = person.ask("GET", &path, "", &json!({}));
    let mut rules = read.fine()["rules"].clone();
    let tag = read.header("etag").unwrap().to_owned();
    let own = json!({ "id": "X-LENS-DVD", "branch": "LENS", "document": "DVD", "loan_days": 7 });
    rules["rule"].as_array_mut().unwrap().push(own);

    // A program at LENS writes rules that name LENS, on what it has read.
    let program = served.program(&["policy"]).await;
    let written = put(&program, &path, &tag, &rules);
    written.fine();
    put(&program, &path, &tag, &rules).problem(409, "changed");
    let tag = written.header("etag").unwrap().to_owned();
    let mut others = rules.clone();
    others["rule"][0]["loan_days"] = json!(1);
    put(&program, &path, &tag, &others).problem(403, "missing-right");

    let checked = program.post(&format!("{path}/check"), json!({}));
    let checked = checked.fine();
    assert_eq!(
        (&checked["sound"], &checked["against"]),
        (&json!(true), &json!(1))
    );
    let said = checked["changes"][0]["fr"].as_str().unwrap();
    assert!(said.contains("durée du prêt 7 jours"), "{said}");

    let publish = format!("{path}/publish");
    let ask = json!({ "effective_from": "2026-06-10", "acknowledged": true });
    program
        .post(&publish, ask.clone())
        .problem(403, "session-only");
    let unread = json!({ "effective_from": "2026-06-10" });
    person.post(&publish, &unread).problem(409, "refused");
    let past = json!({ "effective_from": "2026-06-08", "acknowledged": true });
    let past = person.post(&publish, &past);
    assert_eq!(past.problem(409, "unfit")["field"], "effective_from");
    let dry = json!({ "effective_from": "2026-06-10", "acknowledged": true, "dry_run": true });
    let dry = person.post(&publish, &dry);
    assert_eq!(
        (&dry.fine()["outcome"]["version"], &dry.json["event"]),
        (&json!(2), &Value::Null)
    );
    let done = person.post(&publish, &ask);
    assert_eq!(
        done.fine()["outcome"],
        json!({ "version": 2, "effective_from": "2026-06-10" })
    );
    let again = person.post(&publish, &ask);
    assert_eq!(
        (&again.fine()["outcome"]["version"], &again.json["replayed"]),
        (&json!(2), &json!(true))
    );

    program
        .post("/policies/2/withdraw", json!({}))
        .problem(403, "session-only");
    person.post("/policies/2/withdraw", &json!({})).fine();
    person
        .post("/policies/2/withdraw", &json!({}))
        .problem(404, "not-found");
    person
        .post("/policies/1/withdraw", &json!({}))
        .problem(409, "refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_rules_is_said_where_it_stands() {
    let served = Served::new().await;
    let program = served.program(&["policy"]).await;
    let made = program.post("/policies/drafts", json!({ "name": "Essai", "from": 1 }));
    let path = format!("/policies/drafts/{}", made.fine()["outcome"]["draft"]);
    let read = program.get(&path);
    let (rules, tag) = (
        read.fine()["rules"].clone(),
        read.header("etag").unwrap().to_owned(),
    );
    for (at, value, field) in [
        ("/rule/0/loan_days", json!(-1), "rules.rule[0].loan_days"),
        ("/rule/0/loan_days", json!(99_999_999), "rules.rule"),
        ("/rule/0/branch", json!("\u{0}"), "rules.rule[0].branch"),
        ("/rule/0/id", json!("a\u{0}"), "rules.rule"),
        ("/rule/0/unheard_of", json!(1), "rules.rule[0]"),
        ("/limit/0/of", json!("everybody"), "rules.limit[0].of"),
        ("/currency", json!("euros"), "rules.currency"),
        ("/version", json!(3), "rules.version"),
    ] {
        let mut wrong = rules.clone();
        let (within, name) = at.rsplit_once('/').unwrap();
        wrong.pointer_mut(within).unwrap()[name] = value;
        let told = put(&program, &path, &tag, &wrong);
        // What its type forbids, and what the network does.
        let (status, kind) = match told.status {
            409 => (409, "unfit"),
            _ => (422, "invalid"),
        };
        let said = told.problem(status, kind)["field"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(said.starts_with(field), "{at}: {said}");
    }
    let json = "Content-Type: application/json\r\n";
    let body = json!({ "rules": rules }).to_string();
    program
        .ask("PUT", &path, json, body.as_bytes())
        .problem(400, "unreadable");
    for (name, from) in [("", 1), ("x", 0), ("x", -5), ("x", 77)] {
        let told = program.post("/policies/drafts", json!({ "name": name, "from": from }));
        told.problem(409, "unfit");
    }
    let tag = format!("If-Match: {tag}\r\n");
    assert_eq!(program.ask("DELETE", &path, &tag, b"").status, 200);
    program
        .ask("DELETE", &path, &tag, b"")
        .problem(404, "not-found");
}
