//! Who asks, and the tokens that people give to programs.

use ::desk::Secret;
use serde_json::{Value, json};

use super::{Program, Served, Told, at, send};

/// A person at a browser: the cookie of their session, and their form key.
struct Person {
    address: String,
    cookie: String,
    key: String,
}

impl Person {
    fn sign_in(served: &Served) -> Self {
        let staff = &served.daemon.ready["demo"]["staff"][0];
        let (login, password) = (staff["login"].as_str(), staff["password"].as_str());
        let form = format!("login={}&password={}", login.unwrap(), password.unwrap());
        let address = served.address();
        let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
        let told = at(&address, "POST", "/staff/sign-in", kind, form.as_bytes());
        let cookie = told.header("set-cookie").unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let secret = Secret::shown(cookie.split_once('=').unwrap().1).unwrap();
        Self {
            address,
            cookie,
            key: secret.form_key(),
        }
    }

    fn ask(&self, method: &str, path: &str, headers: &str, body: Value) -> Told {
        let headers = format!(
            "Cookie: {}\r\nContent-Type: application/json\r\n{headers}",
            self.cookie
        );
        send(
            &self.address,
            method,
            path,
            &headers,
            body.to_string().as_bytes(),
        )
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_make_tokens_and_programs_do_not() {
    let served = Served::new().await;
    let person = Person::sign_in(&served);
    let me = person.ask("GET", "/me", "", Value::Null);
    let branch = me.fine()["branch"].clone();
    assert!(me.json["token"].is_null());

    let new = json!({ "name": "Tableau de bord", "actions": ["list", "circulate"], "days": 30 });
    // The cookie comes by itself; the key of a page does not.
    person
        .ask("POST", "/tokens", "", new.clone())
        .problem(403, "form-key");
    let wrong = format!("X-Relire-Form: {}\r\n", "0".repeat(64));
    person
        .ask("POST", "/tokens", &wrong, new.clone())
        .problem(403, "form-key");
    let key = format!("X-Relire-Form: {}\r\n", person.key);
    let made = person.ask("POST", "/tokens", &key, new.clone());
    assert_eq!(made.status, 201, "{made:?}");
    let program = Program {
        address: served.address(),
        token: made.json["secret"].as_str().unwrap().to_owned(),
        id: made.json["number"].as_i64().unwrap(),
    };
    let me = program.get("/me");
    assert_eq!(me.fine()["actions"], json!(["circulate", "list"]));
    assert_eq!(
        (&me.json["branch"], &me.json["token"]),
        (&branch, &program.id.into())
    );
    program
        .post("/tokens", new.clone())
        .problem(403, "session-only");

    let invalid = (422, "invalid");
    for (field, wrong, (status, kind)) in [
        ("actions", json!([]), (409, "unfit")),
        ("actions", json!(["dance"]), (409, "unfit")),
        ("days", json!(0), invalid),
        ("days", json!(401), invalid),
        ("days", json!(i64::MAX), invalid),
        ("name", json!(" "), invalid),
    ] {
        let mut new = new.clone();
        new[field] = wrong;
        let told = person.ask("POST", "/tokens", &key, new);
        assert_eq!(told.problem(status, kind)["field"], field);
    }
    // Nobody gives what they have not.
    let mut more = new;
    more["actions"] = json!(["user"]);
    person
        .ask("POST", "/tokens", &key, more)
        .problem(403, "missing-right");

    let other = served.any().await;
    let path = format!("/tokens/{}", program.id);
    other
        .ask("DELETE", &path, "", b"")
        .problem(403, "session-only");
    program.ask("DELETE", &path, "", b"").fine();
    program.get("/me").problem(401, "sign-in");
    person
        .ask("DELETE", &path, &key, json!({}))
        .problem(404, "not-found");
}
