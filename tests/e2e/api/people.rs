//! Staff for programs, which look, and for people in a session, who change.

use serde_json::json;

use super::{Served, person::Person};

#[tokio::test(flavor = "multi_thread")]
async fn people_manage_people_and_programs_only_look() {
    let served = Served::new().await;
    let program = served.program(&["user"]).await;
    let person = Person::new(&served, &["user", "circulate", "list"]).await;
    let new = || json!({ "login": "claire", "name": "Claire Fictive", "branch": "LENS" });
    program.post("/users", new()).problem(403, "session-only");
    let made = person.post("/users", &new());
    assert_eq!(made.fine()["password"].as_str().unwrap().len(), 20);
    person.post("/users", &new()).problem(409, "refused");
    for (field, value) in [("login", "é"), ("name", "")] {
        let mut wrong = new();
        wrong["login"] = json!("autre");
        wrong[field] = json!(value);
        assert_eq!(
            person.post("/users", &wrong).problem(409, "unfit")["field"],
            field
        );
    }
    let grant = |kind: &str, name: &str, branch: Option<&str>| json!({ "kind": kind, "name": name, "branch": branch });
    let path = "/users/claire/grants";
    let given = person.post(path, &grant("right", "circulate", Some("LENS")));
    assert_eq!(
        given.fine()["rights"],
        json!([{ "name": "circulate", "branch": "LENS" }])
    );
    // What is not theirs they do not give, and a program gives nothing.
    person
        .post(path, &grant("right", "policy", None))
        .problem(409, "refused");
    program
        .post(path, grant("right", "user", None))
        .problem(403, "session-only");
    let unknown = person.post(path, &grant("role", "nul", None));
    unknown.problem(409, "unfit");
    let taken = person.post(
        "/users/claire/grants/end",
        &grant("right", "circulate", Some("LENS")),
    );
    assert_eq!(taken.fine()["rights"], json!([]));

    let patch = |body: serde_json::Value| person.ask("PATCH", "/users/claire", "", &body);
    let changed = patch(json!({ "name": "Claire F.", "language": "en" }));
    assert_eq!(
        (&changed.fine()["name"], &changed.json["language"]),
        (&json!("Claire F."), &json!("en"))
    );
    assert!(patch(json!({ "disabled": true })).fine()["disabled_at"].is_string());
    assert!(patch(json!({ "disabled": false })).fine()["disabled_at"].is_null());
    patch(json!({ "roles": [] })).problem(422, "invalid");
    // Nobody changes their own access.
    person
        .post("/users/personne/grants", &grant("right", "list", None))
        .problem(409, "refused");
    let password = person.post("/users/claire/password", &json!({}));
    assert_eq!(password.fine()["login"], "claire");

    let shown = program.get("/users/claire");
    assert_eq!(shown.fine()["name"], "Claire F.");
    assert!(!shown.body.contains("argon2"));
    program
        .get("/users/nulle-personne")
        .problem(404, "not-found");
    let elsewhere = served.program_at("VIMY", &["user"], Some("VIMY")).await;
    elsewhere.get("/users/claire").problem(403, "missing-right");
    let mut logins = Vec::new();
    let mut page = "/users?limit=2".to_owned();
    loop {
        let told = program.get(&page);
        let items = told.fine()["items"].as_array().unwrap();
        logins.extend(
            items
                .iter()
                .map(|user| user["login"].as_str().unwrap().to_owned()),
        );
        let Some(next) = told.json["next"].as_str() else {
            break;
        };
        page = format!("/users?limit=2&cursor={next}");
    }
    assert!(
        logins.is_sorted() && logins.contains(&"claire".to_owned()),
        "{logins:?}"
    );
    let roles = program.get("/roles");
    assert!(!roles.fine()["items"].as_array().unwrap().is_empty());
}
