//! Branches and calendars for programs.

use serde_json::json;

use super::Served;

#[tokio::test(flavor = "multi_thread")]
async fn a_closure_is_looked_at_announced_and_taken_back() {
    let served = Served::new().await;
    let program = served.program(&["calendar"]).await;
    let closure = |dry: bool| json!({ "branch": "LENS", "first": "2026-06-16", "last": "2026-06-27", "reason": "Inondation", "dry_run": dry });
    let looked = program.post("/closures", closure(true));
    let looked = looked.fine();
    assert_eq!(looked["outcome"]["closure"], json!(null), "{looked}");
    let done = program.post("/closures", closure(false));
    let done = done.fine();
    assert_eq!(done["outcome"]["moves"], looked["outcome"]["moves"]);
    assert!(done["event"].is_i64(), "{done}");
    let number = done["outcome"]["closure"].as_i64().unwrap();
    let again = program.post("/closures", closure(false));
    assert_eq!(again.fine()["outcome"]["closure"], number);
    assert_eq!(again.json["event"], json!(null));

    let calendar = program.get("/branches/LENS/calendar");
    let listed = calendar.fine()["closures"].as_array().unwrap();
    assert!(
        listed.iter().any(|line| line["closure"] == number),
        "{calendar:?}"
    );
    let one = program.get(&format!("/closures/{number}"));
    assert_eq!(one.fine()["announced_by"], "Programme");

    // It works at LENS: neither there nor everywhere else.
    for (branch, kind) in [
        (json!("VIMY"), "missing-right"),
        (json!(null), "session-only"),
    ] {
        let elsewhere =
            json!({ "branch": branch, "first": "2026-06-16", "last": "2026-06-16", "reason": "x" });
        program.post("/closures", elsewhere).problem(403, kind);
    }
    for (first, last, field) in [
        ("2026-06-16", "2026-06-15", "last"),
        ("2026-01-01", "2026-06-15", "first"),
        ("2026-06-16", "2028-06-15", "last"),
    ] {
        let wrong = json!({ "branch": "LENS", "first": first, "last": last, "reason": "x" });
        let told = program.post("/closures", wrong);
        assert_eq!(told.problem(409, "unfit")["field"], field);
    }
    let more = json!({ "branch": "LENS", "first": "2026-06-16", "last": "2026-06-16", "reason": "x", "id": 1 });
    program.post("/closures", more).problem(422, "invalid");

    let path = format!("/closures/{number}");
    let ended = program.ask("DELETE", &path, "", b"");
    assert_eq!(ended.fine()["outcome"]["ended_on"], json!(null));
    program
        .ask("DELETE", &path, "", b"")
        .problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn hours_and_branches_are_written_by_who_may() {
    let served = Served::new().await;
    let program = served.program(&["calendar", "branch"]).await;
    let json_body = "Content-Type: application/json\r\n";
    let week = json!({ "week": [{ "weekday": 2, "opens": "10:00", "closes": "12:00" }] });
    let put = |path: &str, more: &str, body: &serde_json::Value| {
        let headers = format!("{json_body}{more}");
        program.ask("PUT", path, &headers, body.to_string().as_bytes())
    };
    put("/branches/LENS/hours", "", &week).fine();
    let calendar = program.get("/branches/LENS/calendar");
    assert_eq!(calendar.fine()["week"], week["week"]);
    put("/branches/VIMY/hours", "", &week).problem(403, "missing-right");
    let crossed = json!({ "week": [{ "weekday": 2, "opens": "12:00", "closes": "10:00" }] });
    put("/branches/LENS/hours", "", &crossed).problem(409, "unfit");

    let read = program.get("/branches/LENS");
    let tag = format!("If-Match: {}\r\n", read.header("etag").unwrap());
    let mut branch = read.fine().clone();
    branch.as_object_mut().unwrap().remove("code");
    branch["note"] = json!("Entrée par la cour.");
    put("/branches/LENS", "", &branch).problem(400, "unreadable");
    put("/branches/LENS", "If-Match: \"x\"\r\n", &branch).problem(409, "changed");
    put("/branches/LENS", &tag, &branch).fine();
    put("/branches/LENS", &tag, &branch).problem(409, "changed");
    assert_eq!(
        program.get("/branches/LENS").fine()["note"],
        "Entrée par la cour."
    );
    branch["code"] = json!("LENZ");
    put("/branches/LENS", &tag, &branch).problem(422, "invalid");
}
