//! Every route takes the action that it says, where it says.

use ::desk::Action;
use serde_json::Value;

use super::{Program, Served, Told, send};

/// Every operation of the document that takes an action: method, path, action, example.
fn operations(document: &Value) -> Vec<(String, String, String, Option<String>)> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Some(action) = operation["x-relire-action"].as_str() else {
                continue;
            };
            let example = operation.pointer("/requestBody/content/application~1json/example");
            let path = path
                .replace("{branch}", "LENS")
                .replace("{bib}", "999999999")
                .replace("{closure}", "999999999")
                .replace("{hold}", "999999999")
                .replace("{draft}", "999999999")
                .replace("{event}", "999999999")
                .replace("{draft}", "999999999")
                .replace("{version}", "999999999")
                .replace("{barcode}", "nulle-part")
                .replace("{block}", "999999999")
                .replace("{inventory}", "999999999")
                .replace("{move}", "999999999")
                .replace("{doubt}", "999999999")
                .replace("{user}", "nulle-personne")
                .replace("{login}", "nulle-machine")
                .replace("{pair}", "999999999")
                .replace("{suspension}", "999999999")
                .replace("{card}", "nulle-personne");
            let example = example.map(ToString::to_string);
            found.push((method.to_uppercase(), path, action.to_owned(), example));
        }
    }
    found
}

fn asked(program: &Program, operation: &(String, String, String, Option<String>)) -> Told {
    let (method, path, _, body) = operation;
    match body {
        Some(body) => {
            // What is changed is shown as it was read: here it never was.
            let headers = "Content-Type: application/json\r\nIf-Match: \"x\"\r\n";
            program.ask(method, path, headers, body.as_bytes())
        }
        None => program.ask(method, path, "", b""),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_action_both_ways() {
    let served = Served::new().await;
    let any = served.any().await;
    let document = any.get("/openapi.json");
    let operations = operations(document.fine());
    assert!(operations.len() >= 18, "{operations:?}");
    for operation in &operations {
        let action = operation.2.as_str();
        let others: Vec<_> = Action::all()
            .map(Action::name)
            .filter(|other| *other != action)
            .collect();
        let without = served.program(&others).await;
        let no = asked(&without, operation);
        let no = no.problem(403, "missing-right");
        assert_eq!(
            (&no["action"], &no["branch"]),
            (&action.into(), &"LENS".into())
        );
        let with = served.program(&[action]).await;
        let told = asked(&with, operation);
        // What only people do is told apart from a right that is missing.
        let for_people = told.json["type"] == "/problems/session-only";
        assert!(
            [200, 404, 409].contains(&told.status) || for_people,
            "{operation:?} {told:?}"
        );
        // Of the branch that it is at, and of no other.
        let elsewhere = served.program_at("LENS", &[action], Some("VIMY")).await;
        asked(&elsewhere, operation).problem(403, "missing-right");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_one_branch_does_nothing_elsewhere() {
    let served = Served::new().await;
    let town = &served.town;
    // Its user may everywhere; the token is of LENS.
    let here = served
        .program_at("LENS", &["list", "event.read", "circulate"], None)
        .await;
    for list in ["pull-list", "shuttle", "hold-shelf"] {
        here.get(&format!("/branches/LENS/{list}")).fine();
        let no = here.get(&format!("/branches/VIMY/{list}"));
        assert_eq!(no.problem(403, "missing-right")["branch"], "VIMY");
    }
    here.get("/branches/lens/shuttle").problem(404, "not-found");
    let reader = town.reader("ADU", "VIMY").await.unwrap();
    let book = town.item("LIV", "VIMY").await.unwrap();
    let lent = town.lend(&reader, &book).await.unwrap();
    let event = format!("/events/{}", lent.event.unwrap());
    here.get(&event).problem(403, "missing-right");
    served
        .program_at("VIMY", &["event.read"], None)
        .await
        .get(&event)
        .fine();
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_nothing() {
    let served = Served::new().await;
    let address = served.address();
    let token = "e".repeat(64);
    for shown in [
        String::new(),
        format!("Authorization: Bearer {token}\r\n"),
        "Authorization: Basic YTpi\r\n".to_owned(),
        format!("Cookie: relire={token}\r\n"),
    ] {
        let no = send(&address, "GET", "/me", &shown, b"");
        no.problem(401, "sign-in");
        assert_eq!(no.header("www-authenticate"), Some("Bearer"));
        send(&address, "GET", "/patrons/1", &shown, b"").problem(401, "sign-in");
    }
    let site = "Sec-Fetch-Site: cross-site\r\n";
    let any = served.any().await;
    any.ask("POST", "/returns", site, b"{}")
        .problem(403, "other-site");
}
