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
