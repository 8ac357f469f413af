//! Machines and partners for programs: added, set, given a new way in, taken out of use.

use serde_json::{Value, json};
use testkit::{Wire, until};

use super::{Program, Served, Told};

const JSON: &str = "Content-Type: application/json\r\n";

impl Program {
    fn put(&self, path: &str, tag: &str, body: &Value) -> Told {
        let headers = format!("{JSON}If-Match: {tag}\r\n");
        self.ask("PUT", path, &headers, body.to_string().as_bytes())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_is_added_comes_in_and_is_shown_the_door() {
    let served = Served::new().await;
    let program = served.program(&["terminal"]).await;
    let sip2 = served.daemon.text("/sip2").unwrap().to_owned();
    let new = |login: &str| json!({ "login": login, "name": "Hall", "branch": "LENS", "profile": "self-check", "settings": { "idle": 900 } });
    let made = program.post("/terminals", new("hall-2"));
    let password = made.fine()["password"].as_str().unwrap().to_owned();
    let come_in =
        async |password: &str| until(async || Wire::log_in(&sip2, "hall-2", password).ok()).await;
    let mut inside = come_in(&password).await;
    assert!(inside.ask("9900302.00").unwrap().starts_with("98"));
    program
        .post("/terminals", new("hall-2"))
        .problem(409, "refused");
    for (field, value) in [
        ("login", json!("a b")),
        ("login", json!("new")),
        ("branch", json!("NULLE")),
        ("profile", json!("aucun")),
        ("profile", json!("ncip-broker")),
        ("messages", json!(["00"])),
        ("settings", json!({ "idle": "jamais" })),
        ("settings", json!({ "token": "00" })),
    ] {
        let mut wrong = new("hall-3");
        wrong[field] = value.clone();
        let told = program.post("/terminals", wrong);
        assert_eq!(told.problem(409, "unfit")["field"], field, "{value}");
    }

    let read = program.get("/terminals/hall-2");
    let tag = read.header("etag").unwrap().to_owned();
    assert_eq!(read.fine()["settings"], json!({ "idle": 900 }));
    assert_eq!(read.json["not_served"], json!(null));
    assert!(!read.head.contains("argon2") && !read.json.to_string().contains("argon2"));
    let set = json!({ "profile": "self-check", "messages": ["11"], "settings": {} });
    let after = program.put("/terminals/hall-2", &tag, &set);
    assert_eq!(after.fine()["messages"], json!(["11"]));
    program
        .put("/terminals/hall-2", &tag, &set)
        .problem(409, "changed");
    let tag = program
        .get("/terminals/hall-2")
        .header("etag")
        .unwrap()
        .to_owned();
    let partner = json!({ "profile": "ncip-broker" });
    let told = program.put("/terminals/hall-2", &tag, &partner);
    assert_eq!(told.problem(409, "unfit")["field"], "profile");

    let other = program.post("/terminals/hall-2/password", json!({}));
    let other = other.fine()["password"].as_str().unwrap().to_owned();
    assert_ne!(other, password);
    come_in(&other).await;
    // What is not asked for at a branch where one may is not there to be set.
    program
        .get("/partners/hall-2")
        .problem(403, "missing-right");
    let elsewhere = served.program_at("VIMY", &["terminal"], Some("VIMY")).await;
    elsewhere
        .get("/terminals/hall-2")
        .problem(403, "missing-right");
    elsewhere
        .post("/terminals", new("hall-4"))
        .problem(403, "missing-right");
    program.ask("DELETE", "/terminals/hall-2", "", b"").fine();
    program.get("/terminals/hall-2").problem(404, "not-found");
    until(async || inside.ask("9900302.00").is_err().then_some(())).await;
    let noted =
        "SELECT count(*) FROM audit WHERE action = 'terminal' AND detail ->> 'terminal' = 'hall-2'";
    assert_eq!(served.town.store.count(noted).await.unwrap(), 4);
    let leaked = format!("SELECT count(*) FROM audit WHERE detail::text LIKE '%{password}%'");
    assert_eq!(served.town.store.count(&leaked).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_has_a_path_of_its_own() {
    let served = Served::new().await;
    let program = served.program(&["partner", "terminal"]).await;
    let new = json!({ "login": "courtier", "branch": "LENS", "profile": "ncip-broker",
                      "settings": { "agencies": ["ESSAI"] } });
    program
        .post("/terminals", new.clone())
        .problem(409, "unfit");
    program.post("/partners", new).fine();
    let listed = until(async || {
        let partners = program.get("/partners");
        let all = partners.fine()["items"].as_array().unwrap().clone();
        all.into_iter()
            .find(|partner| partner["login"] == "courtier")
    })
    .await;
    assert_eq!(listed["branch"], "LENS");
    program.get("/terminals/courtier").problem(404, "not-found");
    let terminals = program.get("/terminals?limit=100");
    let terminals = terminals.fine()["items"].as_array().unwrap();
    assert!(terminals.iter().all(|one| one["login"] != "courtier"));
    assert!(!terminals.is_empty());

    let made = program.post("/partners/courtier/token", json!({}));
    let path = made.fine()["path"].as_str().unwrap().to_owned();
    let read = program.get("/partners/courtier");
    assert_eq!(read.fine()["has_token"], true);
    assert!(
        read.json["settings"].get("token").is_none() && read.json["whole"].get("token").is_none()
    );
    // The token stays when the settings are written anew.
    let tag = read.header("etag").unwrap().to_owned();
    let set = json!({ "profile": "ncip-broker", "settings": { "agencies": ["ESSAI", "AUTRE"] } });
    let after = program.put("/partners/courtier", &tag, &set);
    assert_eq!(after.fine()["has_token"], true);
    let ask = || {
        let body = br#"<NCIPMessage xmlns="http://www.niso.org/2008/ncip" version="http://www.niso.org/schemas/ncip/v2_02/ncip_v2_02.xsd"><LookupAgency><AgencyId>ESSAI</AgencyId></LookupAgency></NCIPMessage>"#;
        super::at(
            &served.address(),
            "POST",
            &path,
            "Content-Type: application/xml\r\n",
            body,
        )
        .body
    };
    // Whoever sends there is known, and told of every branch.
    until(async || ask().contains("LookupAgencyResponse").then_some(())).await;
    program.ask("DELETE", "/partners/courtier", "", b"").fine();
    until(async || ask().contains("Unknown Agency").then_some(())).await;
}
