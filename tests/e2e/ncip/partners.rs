//! Who a partner is, what it may ask and hear.

use super::{NAMESPACE, Served, V2_02, fine, in_2_02, item, problem, shown, text, user};

fn with_header(from: &str, secret: Option<&str>, service: &str, inner: &str) -> String {
    let secret = secret
        .map(|secret| format!("<FromAgencyAuthentication>{secret}</FromAgencyAuthentication>"));
    let header = format!(
        "<InitiationHeader><FromAgencyId><AgencyId>{from}</AgencyId></FromAgencyId>{}<ToAgencyId><AgencyId>LENS</AgencyId>\
         </ToAgencyId></InitiationHeader>",
        secret.unwrap_or_default()
    );
    in_2_02(service, &format!("{header}{inner}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_answered_who_is_not_known() {
    let served = Served::new().await;
    let adult = served.town.reader("ADU", "LENS").await.unwrap();
    let ask = |path: &str, document: &str| {
        let answer = served.send(path, "", document.as_bytes()).1;
        served.judge.valid(&answer);
        assert!(!answer.contains("demo"), "no secret comes back: {answer}");
        answer
    };
    let look = user(&adult.card);
    problem(
        &ask("/ncip", &in_2_02("LookupUser", &look)),
        "Unknown Agency",
    );
    problem(
        &ask("/ncip/faux", &in_2_02("LookupUser", &look)),
        "Agency Authentication Failed",
    );
    problem(
        &ask(
            "/ncip",
            &with_header("AUTRE", Some("demo"), "LookupUser", &look),
        ),
        "Unknown Agency",
    );
    problem(
        &ask("/ncip", &with_header("COURTIER", None, "LookupUser", &look)),
        "Agency Authentication Failed",
    );
    problem(
        &ask(
            "/ncip",
            &with_header("COURTIER", Some("faux"), "LookupUser", &look),
        ),
        "Agency Authentication Failed",
    );
    // A path that is right does not make up for a password that is wrong.
    let path = served.path("broker-borrower");
    problem(
        &ask(
            &path,
            &with_header("COURTIER", Some("faux"), "LookupUser", &look),
        ),
        "Agency Authentication Failed",
    );
    fine(&ask(
        "/ncip",
        &with_header("courtier", Some("demo"), "LookupUser", &look),
    ));
    fine(&ask(
        "/ncip?apikey=demo-broker-borrower",
        &in_2_02("LookupUser", &look),
    ));
    // Which password is wrong is not tried for ever; whoever has shown the right one is known by that.
    for _ in 0..12 {
        ask(
            "/ncip",
            &with_header("COURTIER", Some("deviné"), "LookupUser", &look),
        );
    }
    fine(&ask(
        "/ncip",
        &with_header("COURTIER", Some("demo"), "LookupUser", &look),
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_asks_for_its_own_services_only() {
    let served = Served::new().await;
    let book = served.town.item("LIV", "LENS").await.unwrap();
    problem(
        &served.ask("portal", "CheckInItem", &item(&book)),
        "Unauthorized Service For Agency",
    );
    problem(
        &served.ask("portal", "CreateUser", ""),
        "Unsupported Service",
    );
    problem(
        &served.ask("portal", "RecallItem", &item(&book)),
        "Unsupported Service",
    );
    let answer = served.ask("portal", "NotAService", "");
    problem(&answer, "Unknown Service");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_is_told_of_after_the_pin() {
    let served = Served::new().await;
    let patron = &served.daemon.ready["demo"]["patrons"][0];
    let (card, pin) = (
        patron["card"].as_str().unwrap(),
        patron["pin"].as_str().unwrap(),
    );
    let wants = "<UserElementType>Name Information</UserElementType><UserElementType>User Privilege</UserElementType>\
                 <UserElementType>Date Of Birth</UserElementType><LoanedItemsDesired/><UserFiscalAccountDesired/>";
    // The portal needs it.
    problem(
        &served.ask("portal", "LookupUser", &format!("{}{wants}", user(card))),
        "Needed Data Missing",
    );
    // The lender hears without it whether somebody may borrow, and no more.
    let little = served.ask(
        "broker-lender",
        "LookupUser",
        &format!("{}{wants}", user(card)),
    );
    assert_eq!(
        text(&little, "UserPrivilegeStatusType"),
        Some("Active"),
        "{little}"
    );
    for hidden in [
        "Surname",
        "DateOfBirth",
        "LoanedItemsCount",
        "UserFiscalAccount",
    ] {
        assert!(!little.contains(hidden), "{hidden} in {little}");
    }
    let both = |pin: &str| {
        format!(
            "{}{}{wants}",
            shown("Username", card),
            shown("Password", pin)
        )
    };
    let all = served.ask("portal", "LookupUser", &both(pin));
    for told in [
        "Surname",
        "DateOfBirth",
        "LoanedItemsCount",
        "UserFiscalAccount",
    ] {
        assert!(all.contains(told), "{told} not in {all}");
    }
    let wrong = served.ask("portal", "LookupUser", &both("0000x"));
    let unknown = served.ask(
        "portal",
        "LookupUser",
        &both("0000x").replace(card, "inconnue"),
    );
    assert_eq!(wrong, unknown, "nobody learns which cards there are");
    assert!(!wrong.contains("0000x") && !wrong.contains(card), "{wrong}");
    problem(&wrong, "User Authentication Failed");
    // Who shows a PIN and names somebody else is nobody.
    let other = served.town.reader("ADU", "LENS").await.unwrap();
    let mixed = format!(
        "{}{}",
        user(&other.card),
        shown("Username", card) + &shown("PIN", pin)
    );
    problem(
        &served.ask("portal", "LookupUser", &mixed),
        "User Authentication Failed",
    );
}

/// Settings are data: the next question is answered under them.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_holds_from_the_next_question_on() {
    let served = Served::new().await;
    let adult = served.town.reader("ADU", "LENS").await.unwrap();
    let relire = |command: &[&str]| {
        let output = std::process::Command::new(testkit::binary().unwrap())
            .args(command)
            .env("RELIRE_DATABASE_URL", &served._database.url)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        String::from_utf8(output.stdout).unwrap()
    };
    relire(&[
        "partner",
        "add",
        "nouveau",
        "--branch",
        "GREN",
        "--agency",
        "NOUVEAU",
        "--password",
        "secret",
    ]);
    let path = relire(&["partner", "token", "nouveau"]);
    assert!(relire(&["partner", "list"]).contains("nouveau\tGREN\tncip-broker\tNOUVEAU"));
    relire(&[
        "partner",
        "set",
        "nouveau",
        "--set",
        "prefix=ns1",
        "places=Quai 3:VILB",
        "language=en",
    ]);
    let look = in_2_02("LookupUser", &user(&adult.card));
    let answer = loop {
        let answer = served.send(path.trim(), "", look.as_bytes()).1;
        if answer.starts_with("<?xml")
            && answer.contains("<ns1:LookupUserResponse")
            && !answer.contains("Problem")
        {
            break answer;
        }
        tokio::task::yield_now().await;
    };
    served.judge.valid(&answer);
    let why = |settings: &[&str]| {
        let output = std::process::Command::new(testkit::binary().unwrap())
            .args(["partner", "set", "nouveau", "--set"])
            .args(settings)
            .env("RELIRE_DATABASE_URL", &served._database.url)
            .output()
            .unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(why(&["prefix=ns2"]).contains("prefix"));
    assert!(why(&["authentication=address"]).contains("addresses"));
    relire(&["partner", "revoke", "nouveau"]);
    loop {
        let answer = served.send(path.trim(), "", look.as_bytes()).1;
        if text(&answer, "ProblemType") == Some("Agency Authentication Failed") {
            break;
        }
        tokio::task::yield_now().await;
    }
}

/// A terminal that speaks SIP2 is no partner, and a partner no terminal.
#[tokio::test(flavor = "multi_thread")]
async fn each_at_its_own_door() {
    let served = Served::new().await;
    let partner = served.partner("broker-borrower");
    let address = served.daemon.text("/sip2").unwrap();
    let login = partner["login"].as_str().unwrap();
    assert!(testkit::Wire::log_in(address, login, "demo").is_err());
    let kiosk = served.daemon.ready["demo"]["terminals"][0]["login"]
        .as_str()
        .unwrap();
    let document = format!(
        "<NCIPMessage xmlns=\"{NAMESPACE}\" version=\"{V2_02}\"><LookupUser><InitiationHeader><FromAgencyId><AgencyId>{kiosk}\
         </AgencyId></FromAgencyId><FromAgencyAuthentication>demo</FromAgencyAuthentication></InitiationHeader></LookupUser></NCIPMessage>"
    );
    problem(
        &served.send("/ncip", "", document.as_bytes()).1,
        "Unknown Agency",
    );
}
