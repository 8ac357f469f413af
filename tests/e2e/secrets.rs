//! Nothing that is logged, counted or transcribed holds a PIN, a password, a card number or a name.

use std::{
    fs::File,
    io::{Read, Write},
    net::TcpStream,
    process::Stdio,
};

use testkit::{CLOCK, Daemon, Database, Wire, field};

const DATE: &str = "20260609    110000";
const NO_DATE: &str = "                  ";
/// Typed where it does not belong, or wrong: none of them may be seen either.
const WRONG: [&str; 3] = ["Mauvais-8642", "Perdu-9753", "Colle-1597"];

/// Everything that a kiosk and its readers type, right and wrong, whole and broken.
fn use_it_all(daemon: &Daemon) -> Vec<String> {
    let text = |path: &str| daemon.text(path).unwrap().to_owned();
    let (address, login, password) = (
        text("/sip2"),
        text("/demo/terminals/0/login"),
        text("/demo/terminals/0/password"),
    );
    let (card, pin) = (text("/demo/patrons/0/card"), text("/demo/patrons/0/pin"));
    let (other, other_pin) = (text("/demo/patrons/1/card"), text("/demo/patrons/1/pin"));
    let barcode = text("/demo/items/0/barcode");

    let mut kiosk = Wire::log_in(&address, &login, &password).unwrap();
    let known = kiosk
        .ask(&format!("63002{DATE}          AOLENS|AA{card}|AC|AD{pin}|"))
        .unwrap();
    let mut secret: Vec<String> = ["AE", "BD", "BE", "BF"]
        .iter()
        .filter_map(|id| field(&known, 61, id))
        .filter(|value| value.len() > 3)
        .map(str::to_owned)
        .collect();
    assert!(!secret.is_empty(), "a name at least: {known}");
    let no_pin = WRONG[0];
    for message in [
        format!("63002{DATE}          AOLENS|AA{card}|AC|AD{no_pin}|"),
        format!("23002{DATE}AOLENS|AA{other}|AC|AD{other_pin}|"),
        format!("11YN{DATE}{NO_DATE}AOLENS|AA{card}|AB{barcode}|AC|AD{pin}|BON|BIN|"),
        format!("11YN{DATE}{NO_DATE}AOLENS|AA{other}|AB{barcode}|AC|AD{no_pin}|BON|BIN|"),
        format!("29NN{DATE}{NO_DATE}AOLENS|AA{card}|AD{pin}|AB{barcode}|AC|BON|"),
        format!("15+{DATE}BSLENS|BY2|AOLENS|AA{other}|AB{barcode}|AC|AD{other_pin}|"),
        format!("09N{DATE}{DATE}AP|AO|AB{barcode}|AC|BIN|"),
        format!("11YY{DATE}{NO_DATE}AOLENS|AA{card}|AB{barcode}|AC|BON|BIN|"),
        format!("11YY{DATE}{NO_DATE}AOLENS|AA{card}9|AB{barcode}|AC|BON|BIN|"),
        format!("09Y{DATE}{DATE}AP|AO|AB{barcode}|AC|BIN|"),
        format!("37{DATE}0100EURBV1.00|AOLENS|AA{card}|AC|AD{pin}|BK1|"),
        format!("65{DATE}AOLENS|AA{card}|AD{pin}|AC|"),
        format!("01N{DATE}AOLENS|ALvu|AA{card}|AC|"),
        format!("25{DATE}AOLENS|AA{card}|AC|AD{pin}|"),
        format!("35{DATE}AOLENS|AA{card}|AC|AD{pin}|"),
        // Broken: a bar lost before a PIN, a part of fixed length left out, a field that nobody knows.
        format!("63002{DATE}          AOLENS|AA{card}AD{}|", WRONG[1]),
        format!("63AOLENS|AA{card}|AD{pin}|"),
        format!(
            "11YN{DATE}{NO_DATE}AOLENS|AA{card}|AB{barcode}|XX{}|AC|",
            WRONG[2]
        ),
        format!("77{DATE}AA{card}|AD{pin}|"),
    ] {
        // Some are answered by a 96, which has no number.
        kiosk
            .send(testkit::protected(&message, 1).as_bytes())
            .unwrap();
        kiosk.receive().unwrap();
    }
    for log_in in [
        format!("9300CN{}|CO{password}|CPLENS|", WRONG[1]),
        format!("9300CN{login}|CO{}|CPLENS|", WRONG[2]),
        format!("93CN{login}CO{password}|"),
        format!("CO{password}|AD{pin}"),
    ] {
        let mut line = TcpStream::connect(&address).unwrap();
        line.write_all(format!("{log_in}\r").as_bytes()).unwrap();
        line.shutdown(std::net::Shutdown::Write).unwrap();
        line.read_to_end(&mut Vec::new()).unwrap();
    }
    ask_as_partner(daemon, &card, &pin, &barcode);
    let names: Vec<String> = secret
        .iter()
        .flat_map(|name| name.split(' '))
        .filter(|part| part.len() > 4 && part.chars().all(char::is_alphabetic))
        .map(str::to_owned)
        .collect();
    secret.extend(names);
    secret.extend([card, other]);
    secret.extend(WRONG.map(str::to_owned));
    secret
}

/// The same by NCIP: right, wrong, broken, and under a wrong path.
fn ask_as_partner(daemon: &Daemon, card: &str, pin: &str, barcode: &str) {
    let text = |path: &str| daemon.text(path).unwrap().to_owned();
    let (http, raw) = (text("/http"), text("/ncip_tcp"));
    let address = http.trim_start_matches("http://");
    let input = |kind: &str, data: &str| {
        format!(
            "<AuthenticationInput><AuthenticationInputData>{data}</AuthenticationInputData><AuthenticationInputType>{kind}\
             </AuthenticationInputType></AuthenticationInput>"
        )
    };
    let all = "<UserElementType>Name Information</UserElementType><UserElementType>User Address Information</UserElementType>";
    let header = |secret: &str| {
        format!(
            "<InitiationHeader><FromAgencyId><AgencyId>COURTIER</AgencyId></FromAgencyId><FromAgencyAuthentication>{secret}\
             </FromAgencyAuthentication></InitiationHeader>"
        )
    };
    let message = |service: &str, inner: &str| {
        format!("<NCIPMessage><{service}>{inner}</{service}></NCIPMessage>")
    };
    let both = format!("{}{}", input("Username", card), input("PIN", pin));
    let wrong = format!("{}{}", input("Username", card), input("PIN", WRONG[0]));
    let user = format!("<UserId><UserIdentifierValue>{card}</UserIdentifierValue></UserId>");
    let item = format!("<ItemId><ItemIdentifierValue>{barcode}</ItemIdentifierValue></ItemId>");
    for (path, document) in [
        (
            "/ncip/demo-portal",
            message("LookupUser", &format!("{both}{all}")),
        ),
        (
            "/ncip/demo-portal",
            message("LookupUser", &format!("{wrong}{all}")),
        ),
        (
            "/ncip/demo-broker-borrower",
            message("LookupUser", &format!("{user}{all}")),
        ),
        (
            "/ncip/demo-broker-borrower",
            message("CheckOutItem", &format!("{user}{item}")),
        ),
        ("/ncip/demo-broker-borrower", message("CheckInItem", &item)),
        (
            "/ncip",
            message("LookupUser", &format!("{}{user}", header(WRONG[1]))),
        ),
        (
            "/ncip",
            message("LookupUser", &format!("{}{user}{all}", header("demo"))),
        ),
        ("/ncip/Colle-1597", message("LookupUser", &both)),
        // Broken within the PIN, and nothing that anybody knows.
        (
            "/ncip/demo-portal",
            format!(
                "<NCIPMessage><LookupUser>{both}<AuthenticationInput><x>{}",
                WRONG[2]
            ),
        ),
        ("/ncip/demo-portal", format!("{card} {pin} {}", WRONG[2])),
        ("/ncip/demo-portal", message(WRONG[2], &user)),
    ] {
        let mut line = TcpStream::connect(address).unwrap();
        let head = format!(
            "POST {path} HTTP/1.0\r\nContent-Length: {}\r\n\r\n",
            document.len()
        );
        line.write_all(head.as_bytes()).unwrap();
        line.write_all(document.as_bytes()).unwrap();
        let mut answer = String::new();
        line.read_to_string(&mut answer).unwrap();
        assert!(answer.contains("NCIPMessage"), "{answer}");
        let mut line = TcpStream::connect(&raw).unwrap();
        line.write_all(document.as_bytes()).unwrap();
        line.shutdown(std::net::Shutdown::Write).unwrap();
        line.read_to_end(&mut Vec::new()).unwrap();
    }
}

fn metrics(daemon: &Daemon) -> String {
    let address = daemon
        .text("/ops")
        .unwrap()
        .trim_start_matches("http://")
        .to_owned();
    let mut line = TcpStream::connect(address).unwrap();
    line.write_all(b"GET /metrics HTTP/1.0\r\n\r\n").unwrap();
    let mut page = String::new();
    line.read_to_string(&mut page).unwrap();
    assert!(page.contains("relire_sip2"), "{page}");
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_kept_of_a_day_names_anybody() {
    let database = Database::demo().await.unwrap();
    let mut log = tempfile::tempfile().unwrap();
    let writer = File::try_clone(&log).unwrap();
    let mut daemon = Daemon::start_logging(
        &["demo", "--clock", CLOCK],
        &[
            ("RELIRE_DATABASE_URL", &database.url),
            ("RELIRE_LOG", "trace"),
            ("RUST_BACKTRACE", "1"),
        ],
        Stdio::from(writer),
    )
    .unwrap();
    let secret = use_it_all(&daemon);
    let pins = ["/demo/patrons/0/pin", "/demo/patrons/1/pin"]
        .map(|path| daemon.text(path).unwrap().to_owned());
    let counted = metrics(&daemon);
    assert!(daemon.stop().unwrap());

    let mut said = String::new();
    std::io::Seek::rewind(&mut log).unwrap();
    log.read_to_string(&mut said).unwrap();
    let transcript = said
        .lines()
        .filter(|line| line.contains("sip2::transcript"))
        .count();
    assert!(transcript > 40, "the transcript is on: {transcript} lines");
    for word in &secret {
        for (place, text) in [("the log", &said), ("the metrics", &counted)] {
            let seen = text.lines().find(|line| line.contains(word.as_str()));
            assert_eq!(seen, None, "{word:?} is in {place}");
        }
    }
    // Four digits are found in many a number: looked for where a PIN would stand.
    for pin in &pins {
        for spelled in [
            format!("AD{pin}"),
            format!("\"{pin}\""),
            format!("pin={pin}"),
            format!(">{pin}<"),
            format!("InputData={pin}"),
        ] {
            assert!(!said.contains(&spelled), "{spelled} is in the log");
        }
    }
    let exchanged = said
        .lines()
        .filter(|line| line.contains("ncip::transcript"));
    assert!(exchanged.count() > 20, "NCIP's transcript is on");
    for token in ["demo-portal", "demo-broker", "Authentication=demo"] {
        assert!(!said.contains(token), "{token} is in the log");
    }
    assert!(
        !said.contains("COdemo"),
        "the terminal's password is in the log"
    );
    let events = database.store().await.unwrap();
    for word in &secret {
        let found = events
            .count(&format!(
                "SELECT count(*) FROM event WHERE body::text LIKE '%{}%'",
                word.replace('\'', "''")
            ))
            .await
            .unwrap();
        assert_eq!(found, 0, "{word:?} is in an event");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_transcript_of_one_terminal_can_be_asked_for() {
    let database = Database::demo().await.unwrap();
    let log = tempfile::NamedTempFile::new().unwrap();
    let writer = File::options().append(true).open(log.path()).unwrap();
    let mut daemon = Daemon::start_logging(
        &["demo", "--clock", CLOCK],
        &[
            ("RELIRE_DATABASE_URL", &database.url),
            ("RELIRE_LOG", "info"),
        ],
        Stdio::from(writer),
    )
    .unwrap();
    let login = |number: usize| {
        let path = format!("/demo/terminals/{number}/login");
        daemon.text(&path).unwrap().to_owned()
    };
    let (watched, other) = (login(0), login(1));
    let set = std::process::Command::new(testkit::binary().unwrap())
        .args(["terminal", "set", &watched, "--set", "transcript=true"])
        .env("RELIRE_DATABASE_URL", &database.url)
        .status()
        .unwrap();
    assert!(set.success());
    for terminal in [&watched, &other] {
        // Logged in after the change, so that nothing has to be waited for but its news.
        let mut kiosk = Wire::log_in(daemon.text("/sip2").unwrap(), terminal, "demo").unwrap();
        kiosk.ask("9900802.00").unwrap();
    }
    // A log-in may come before the news; the line that is looked for comes with a later one then.
    let mut kiosk = Wire::log_in(daemon.text("/sip2").unwrap(), &watched, "demo").unwrap();
    let said = || std::fs::read_to_string(log.path()).unwrap();
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while !said().contains("sip2::transcript") {
        assert!(std::time::Instant::now() < deadline, "no transcript came");
        kiosk.ask("9900802.00").unwrap();
    }
    assert!(daemon.stop().unwrap());
    let text = said();
    let lines = || {
        text.lines()
            .filter(|line| line.contains("sip2::transcript"))
    };
    assert!(lines().all(|line| line.contains(&watched)), "{text}");
    assert_eq!(lines().filter(|line| line.contains(&other)).count(), 0);
}
