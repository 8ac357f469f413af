//! Readers for programs: registered, found, blocked.

use serde_json::json;

use super::Served;

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_is_registered_once_found_and_blocked() {
    let served = Served::new().await;
    let program = served
        .program(&["patron.edit", "patron.read", "circulate"])
        .await;
    let new = || {
        json!({ "card": "2620099000031", "family_name": "Zwölfer", "given_name": "Essai", "born_on": "1990-05-04",
                "category": "ADU", "pin": "4711" })
    };
    let made = program.keyed("/patrons", new(), "inscription-1");
    let patron = made.fine()["outcome"]["patron"].clone();
    assert!(patron.is_i64(), "{made:?}");
    let again = program.keyed("/patrons", new(), "inscription-1");
    assert_eq!(again.fine()["outcome"]["patron"], patron);
    assert_eq!(again.json["replayed"], true);
    program.post("/patrons", new()).problem(409, "refused");
    for (field, value) in [
        ("category", "NULLE"),
        ("home_branch", "NULLE"),
        ("guarantor", "0"),
    ] {
        let mut wrong = new();
        wrong["card"] = json!("2620099000048");
        wrong[field] = json!(value);
        let told = program.post("/patrons", wrong);
        assert_eq!(told.problem(409, "unfit")["field"], field);
    }
    // Nothing is settable beyond what the document says.
    for field in ["patron", "expires_on", "household", "source", "version"] {
        let mut more = new();
        more[field] = json!(1);
        program.post("/patrons", more).problem(422, "invalid");
    }

    let found = program.get("/patrons?words=zwolfer");
    assert_eq!(found.fine()["items"][0]["patron"], patron);
    let mut noted = served
        .town
        .store
        .count("SELECT count(*) FROM audit WHERE action = 'patron.read' AND detail ->> 'by' = 'search'")
        .await
        .unwrap();
    assert_eq!(noted, 1);
    assert_eq!(program.get("/patrons").fine()["items"], json!([]));
    noted = served
        .town
        .store
        .count("SELECT count(*) FROM audit WHERE detail::text LIKE '%4711%' OR detail::text ILIKE '%zw%lfer%'")
        .await
        .unwrap();
    assert_eq!(noted, 0);

    let block = json!({ "message": "Passez à la banque de prêt." });
    program
        .post("/patrons/2620099000031/blocks", block.clone())
        .fine();
    let book = served.town.item("LIV", "LENS").await.unwrap();
    let loan = json!({ "card": "2620099000031", "barcode": book });
    program.post("/loans", loan).problem(409, "refused");
    program
        .post("/patrons/nulle-personne/blocks", block)
        .problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn records_go_by_pages_and_know_their_branch() {
    let served = Served::new().await;
    let program = served
        .program(&["event.read", "audit.read", "list", "terminal"])
        .await;
    let mut path = "/events?limit=7".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = program.get(&path);
        let items = page.fine()["items"].as_array().unwrap().clone();
        assert!(
            items.iter().all(|line| line["branch"] == "LENS"),
            "{items:?}"
        );
        seen.extend(items.iter().map(|line| line["event"].as_i64().unwrap()));
        let Some(next) = page.json["next"].as_str() else {
            break;
        };
        path = format!("/events?limit=7&cursor={next}");
    }
    let all = "SELECT count(*) FROM event WHERE branch = 'LENS'";
    let all = served.town.store.count(all).await.unwrap();
    assert_eq!(i64::try_from(seen.len()).unwrap(), all);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(i64::try_from(seen.len()).unwrap(), all);
    program
        .get("/events?branch=VIMY")
        .problem(403, "missing-right");
    program.get("/events?from=hier").problem(409, "unfit");
    program
        .get("/events?cursor=audit.00")
        .problem(409, "cursor");
    let audit = program.get("/audit");
    assert_eq!(audit.fine()["items"][0]["action"], "audit.read");
    // Who looks for what was done with a reader's file has looked at that reader.
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let trail = program.get(&format!("/audit?card={}", reader.card));
    let trail = trail.fine()["items"].as_array().unwrap();
    assert!(trail[0]["patron"].is_i64(), "{trail:?}");
    assert_eq!(trail.len(), 1);
    program.get("/branches/LENS/overdue").fine();
    let machines = program.get("/terminals");
    let machines = machines.fine()["items"].as_array().unwrap();
    assert!(machines.iter().all(|one| one["branch"] == "LENS"));
    assert!(!machines.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_changed_as_it_was_read_and_closed_when_nothing_is_left() {
    let served = Served::new().await;
    let program = served
        .program(&["patron.edit", "patron.read", "money"])
        .await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let file = format!("/patrons/{}/file", reader.card);
    let read = || {
        let told = program.get(&file);
        let tag = told.header("etag").unwrap().to_owned();
        (told.fine().clone(), tag)
    };
    let change = |method: &str, tag: &str, key: &str, body: serde_json::Value| {
        let headers = format!(
            "Content-Type: application/json\r\nIf-Match: {tag}\r\nIdempotency-Key: {key}\r\n"
        );
        program.ask(method, &file, &headers, body.to_string().as_bytes())
    };
    let (before, tag) = read();
    assert_eq!(before["cards"][0]["number"], reader.card.as_str());
    let phone = || json!({ "phone": "03 21 99 80 01", "note": "Essai" });
    let told = change("PATCH", &tag, "a", phone());
    assert!(told.fine()["event"].is_i64(), "{told:?}");
    assert_eq!(change("PATCH", &tag, "a", phone()).fine()["replayed"], true);
    change("PATCH", &tag, "b", phone()).problem(409, "changed");
    let (after, tag) = read();
    assert_eq!(after["phone"], "03 21 99 80 01");
    assert_eq!(after["family_name"], before["family_name"]);
    assert_ne!(after, before);
    // What cannot be is told where it stands, or by the rule that is against it; nothing else is settable.
    let unfit = change("PATCH", &tag, "c", json!({ "category": "NULLE" }));
    assert_eq!(unfit.problem(409, "unfit")["field"], "category");
    let unfit = change("PATCH", &tag, "d", json!({ "guarantor": "0" }));
    assert_eq!(unfit.problem(409, "unfit")["field"], "guarantor");
    change("PATCH", &tag, "e", json!({ "phone": "appeler" })).problem(409, "refused");
    for field in ["patron", "expires_on", "household", "version", "has_pin"] {
        change("PATCH", &tag, "f", json!({ field: 1 })).problem(422, "invalid");
    }
    program
        .ask("PATCH", &file, "Content-Type: application/json\r\n", b"{}")
        .problem(400, "unreadable");

    // They move in with somebody, and out again.
    let other = served.town.reader("ADU", "LENS").await.unwrap();
    change("PATCH", &tag, "g", json!({ "lives_with": other.card })).fine();
    let household = program.get(&format!("/patrons/{}/household", other.card));
    assert_eq!(household.fine()["members"].as_array().unwrap().len(), 2);
    change("PATCH", &read().1, "h", json!({ "lives_with": null })).fine();
    let household = program.get(&format!("/patrons/{}/household", other.card));
    assert_eq!(household.fine()["members"].as_array().unwrap().len(), 1);

    // Whoever owes something is not let go; the account says what for, and what is left.
    let fee = json!({ "card": reader.card, "kind": "damage", "cents": 350, "note": "couverture" });
    program.post("/charges", fee).fine();
    let no = change("DELETE", &read().1, "i", json!({}));
    assert_eq!(
        no.problem(409, "refused")["refusals"][0]["name"],
        "account_in_use"
    );
    let half = json!({ "card": reader.card, "cents": 150 });
    program.post("/payments", half).fine();
    let waived = json!({ "card": reader.card, "cents": 200, "how": "waived" });
    program.post("/payments", waived).fine();
    let account = program.get(&format!("/patrons/{}/account?limit=2", reader.card));
    let lines = account.fine();
    let told = |line: usize| {
        let line = &lines["items"][line];
        (
            line["kind"].as_str().unwrap(),
            line["cents"].as_i64().unwrap(),
            line["balance"].as_i64().unwrap(),
        )
    };
    assert_eq!(
        (told(0), told(1)),
        (("waiver", -200, 0), ("payment", -150, 200))
    );
    let next = lines["next"].as_str().unwrap();
    let rest = program.get(&format!("/patrons/{}/account?cursor={next}", reader.card));
    let rest = rest.fine()["items"].as_array().unwrap();
    assert_eq!((rest.len(), &rest[0]["kind"]), (1, &json!("damage")));
    assert_eq!(lines["items"][0]["of_fee"], rest[0]["line"]);

    change("DELETE", &read().1, "j", json!({})).fine();
    program.get(&file).problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_replaced_and_what_stands_against_its_reader_is_lifted() {
    let served = Served::new().await;
    let program = served.program(&["patron.edit", "patron.read"]).await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let cards = format!("/patrons/{}/cards", reader.card);
    let new = || json!({ "number": "2620099000055", "former": "lost" });
    program.keyed(&cards, new(), "carte-1").fine();
    assert_eq!(
        program.keyed(&cards, new(), "carte-1").json["replayed"],
        true
    );
    let file = program.get("/patrons/2620099000055/file");
    let states: Vec<_> = file.fine()["cards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|card| {
            (
                card["number"].as_str().unwrap(),
                card["state"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        states,
        [("2620099000055", "active"), (reader.card.as_str(), "lost")]
    );
    // The number of somebody's card, and one that is none.
    let other = served.town.reader("ADU", "LENS").await.unwrap();
    for number in ["2620099000055", &other.card, "a b"] {
        let new = json!({ "number": number, "former": "replaced" });
        program
            .post("/patrons/2620099000055/cards", new)
            .problem(409, "refused");
    }

    let block = json!({ "message": "Passez nous voir." });
    program.post("/patrons/2620099000055/blocks", block).fine();
    let file = program.get("/patrons/2620099000055/file");
    let number = &file.fine()["blocks"][0]["block"];
    let lift = |card: &str| {
        let path = format!("/patrons/{card}/blocks/{number}");
        program.ask("DELETE", &path, "", b"")
    };
    // Another reader's block is not theirs to be lifted.
    assert_eq!(lift(&other.card).fine()["event"], json!(null));
    assert!(lift("2620099000055").fine()["event"].is_i64());
    assert_eq!(lift("2620099000055").fine()["event"], json!(null));
    let file = program.get("/patrons/2620099000055/file");
    assert_eq!(file.fine()["blocks"], json!([]));
    program
        .ask("DELETE", "/patrons/2620099000055/suspensions/x", "", b"")
        .problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_files_become_one_and_pairs_are_kept_apart() {
    let served = Served::new().await;
    let program = served
        .program(&["patron.edit", "patron.read", "patron.merge"])
        .await;
    let mut patrons = Vec::new();
    for (card, given) in [
        ("2620099000062", "Essai"),
        ("2620099000079", "Essaï"),
        ("2620099000086", "Essay"),
    ] {
        let new = json!({ "card": card, "family_name": "Zwölfer", "given_name": given, "born_on": "1990-05-04",
                          "category": "ADU", "even_if_alike": true });
        patrons.push(
            program.post("/patrons", new).fine()["outcome"]["patron"]
                .as_i64()
                .unwrap(),
        );
    }
    let doubt = |one: usize, other: usize| store::NewDoubt {
        one: patrons[one],
        other: patrons[other],
        score: 90,
        why: vec!["close_name".into()],
    };
    let at = served.town.now().timestamp();
    let pairs = [doubt(0, 1), doubt(1, 2)];
    served.town.store.propose_doubts(&pairs, at).await.unwrap();
    let first = program.get("/work-lists/patrons?limit=1&branch=LENS");
    assert_eq!(first.fine()["items"][0]["one"], patrons[0]);
    let next = first.json["next"].as_str().unwrap();
    let second = program.get(&format!("/work-lists/patrons?cursor={next}"));
    let pair = &second.fine()["items"][0];
    assert_eq!(
        (&pair["one"], &pair["other"]),
        (&json!(patrons[1]), &json!(patrons[2]))
    );
    let apart = format!("/work-lists/patrons/{}/apart", pair["pair"]);
    program.keyed(&apart, json!({}), "apart-1").fine();
    assert_eq!(
        program.keyed(&apart, json!({}), "apart-1").json["replayed"],
        true
    );
    program.post(&apart, json!({})).problem(404, "not-found");

    let from = |card: &str| json!({ "from": card });
    let merge = "/patrons/2620099000062/merge";
    let unfit = program.post(merge, from("nulle-personne"));
    assert_eq!(unfit.problem(409, "unfit")["field"], "from");
    let same = program.post(merge, from("2620099000062"));
    assert_eq!(
        same.problem(409, "refused")["refusals"][0]["name"],
        "same_reader"
    );
    program
        .keyed(merge, from("2620099000079"), "merge-1")
        .fine();
    assert_eq!(
        program.keyed(merge, from("2620099000079"), "merge-1").json["replayed"],
        true
    );
    let file = program.get("/patrons/2620099000079/file");
    assert_eq!(file.fine()["patron"], patrons[0]);
    assert_eq!(
        program.get("/work-lists/patrons").fine()["items"],
        json!([])
    );
}
