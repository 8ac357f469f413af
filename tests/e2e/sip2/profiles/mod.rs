//! Terminals as data: what changes while they are connected, and what each is told.

mod admission;

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::Arc,
    time::{Duration, Instant},
};

use testkit::{SOON, Wire, field, until};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{DATE, Served, checkin, checkout};

fn item_information(barcode: &str) -> String {
    format!("17{DATE}AOLENS|AB{barcode}|AC|")
}

fn patron_status(card: &str, pin: &str) -> String {
    format!("23002{DATE}AOLENS|AA{card}|AC|AD{pin}|")
}

impl Served {
    fn address(&self) -> &str {
        self.daemon.text("/sip2").unwrap()
    }

    fn patron(&self) -> (String, String) {
        let text = |path: &str| self.daemon.text(path).unwrap().to_owned();
        (text("/demo/patrons/0/card"), text("/demo/patrons/0/pin"))
    }

    /// Adds a terminal of this profile, and logs in once the daemon knows it.
    async fn added(&self, login: &str, more: &[&str]) -> Wire {
        let command = [
            &[
                "terminal",
                "add",
                login,
                "--branch",
                "LENS",
                "--password",
                "sesame",
            ],
            more,
        ];
        self.relire(&command.concat());
        self.logged_in(login).await
    }

    async fn logged_in(&self, login: &str) -> Wire {
        until(async || Wire::log_in(self.address(), login, "sesame").ok()).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_answer_is_under_the_new_settings() {
    let served = Served::new().await;
    let (card, _) = served.patron();
    let barcode = served.town.item("LIV", "LENS").await.unwrap();
    let mut kiosk = served.kiosk("LENS");
    assert!(
        kiosk
            .ask(&checkout(&card, &barcode))
            .unwrap()
            .starts_with("121")
    );
    let due = |answer: &str| field(answer, 26, "AH").unwrap().to_owned();
    assert!(due(&kiosk.ask(&item_information(&barcode)).unwrap()).ends_with("    235959"));

    served.relire(&[
        "terminal",
        "set",
        "lens-automate-1",
        "--set",
        "due_date=dd/mm/yyyy",
    ]);
    let written = until(async || {
        let due = due(&kiosk.ask(&item_information(&barcode)).unwrap());
        due.contains('/').then_some(due)
    })
    .await;
    assert_eq!(written.len(), "13/12/2026".len());

    // The same by its profile, which others follow, too; its own goes before it.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("profile.json");
    let text = r#"{"note": "sans titre", "settings": {"hidden": ["AJ"], "due_date": "iso"}}"#;
    std::fs::write(&file, text).unwrap();
    served.relire(&[
        "terminal",
        "profile",
        "set",
        "self-check",
        file.to_str().unwrap(),
    ]);
    let answer = until(async || {
        let answer = kiosk.ask(&item_information(&barcode)).unwrap();
        (field(&answer, 26, "AJ") == Some("")).then_some(answer)
    })
    .await;
    assert_eq!(due(&answer), written);
    let shown = served.relire(&["terminal", "profile", "show", "self-check"]);
    assert!(shown.contains("sans titre"), "{shown}");

    served.relire(&[
        "terminal",
        "set",
        "lens-automate-1",
        "--unset",
        "due_date",
        "--messages",
        "17",
    ]);
    until(async || {
        let answer = kiosk.ask(&item_information(&barcode)).unwrap();
        due(&answer).contains('-').then_some(())
    })
    .await;
    let refused = kiosk.ask(&checkout(&card, &barcode)).unwrap();
    assert!(refused.contains("n'est pas permise"), "{refused}");
    assert!(
        kiosk
            .ask("9900802.00")
            .unwrap()
            .contains("|BXNNNNYYYNNNYNNNNN|")
    );
    // What was changed by hand stays when the program is started again.
    let listed = served.relire(&["terminal", "profile", "list"]);
    assert!(
        listed.contains("sans titre") && listed.contains("e-resource"),
        "{listed}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_e_resource_learns_nothing_of_persons() {
    let served = Served::new().await;
    let (card, pin) = served.patron();
    let mut partner = served.added("bouquet", &["--profile", "e-resource"]).await;
    let mut answer = |pin: &str| {
        let answer = partner.ask(&patron_status(&card, pin)).unwrap();
        // All but the date.
        (answer[..19].to_owned(), answer[37..].to_owned())
    };
    let allowed = (
        "24              000".to_owned(),
        format!("AOLENS|AA{card}|AE|BLY|CQY|"),
    );
    let denied = (
        "24YYYY          000".to_owned(),
        format!("AOLENS|AA{card}|AE|BLN|CQN|"),
    );
    assert_eq!(answer(&pin), allowed);
    assert_eq!(answer("0"), denied);
    assert_eq!(answer(""), denied);

    let list = format!("63002{DATE}  Y       AOLENS|AA{card}|AC|AD{pin}|");
    let answer = partner.ask(&list).unwrap();
    let nothing = format!("{}AOLENS|AA{card}|AE|BLY|CQY|", " ".repeat(24));
    assert_eq!(&answer[37..], nothing, "{answer}");
    for message in [checkout(&card, "1"), item_information("1"), checkin("1")] {
        let refused = partner.ask(&message).unwrap();
        assert!(refused.contains("n'est pas permise"), "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sorter_is_told_what_sorters_expect() {
    let served = Served::new().await;
    let barcode = served.town.item("LIV", "LENS").await.unwrap();
    let mut sorter = served.sorter();
    let answer = sorter.ask(&checkin(&barcode)).unwrap();
    assert!(answer.starts_with("101YUN"), "it was not lent: {answer}");
    assert!(answer.contains("|CTLENS|CV00|"), "{answer}");
    served.relire(&[
        "terminal",
        "set",
        "lens-trieur",
        "--set",
        "accept_not_lent=false",
    ]);
    let rejected = until(async || {
        let answer = sorter.ask(&checkin(&barcode)).unwrap();
        answer.starts_with("100").then_some(answer)
    })
    .await;
    assert!(rejected.starts_with("100NUY"), "{rejected}");
    served.relire(&[
        "terminal",
        "set",
        "lens-trieur",
        "--set",
        "alert_only_with_cv=true",
        "always_alert_type=false",
    ]);
    until(async || {
        let answer = sorter.ask(&checkin(&barcode)).unwrap();
        answer.starts_with("100NUN").then_some(())
    })
    .await;
}

impl Served {
    fn sorter(&self) -> Wire {
        Wire::log_in(self.address(), "lens-trieur", "demo").unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn terminals_at_a_glance() {
    let served = Served::new().await;
    let mut kiosk = served.kiosk("LENS");
    assert!(kiosk.ask("9910802.00").unwrap().starts_with("98Y"));
    let table = until(async || {
        let table = served.relire(&["terminals"]);
        table.contains("OUT OF PAPER").then_some(table)
    })
    .await;
    let first = table.lines().nth(1).unwrap();
    assert!(
        first.starts_with("OUT OF PAPER") && first.contains("lens-automate-1"),
        "{table}"
    );
    assert!(
        first.contains("127.0.0.1") && first.contains(" 99 "),
        "{table}"
    );
    drop(kiosk);
    until(async || {
        let table = served.relire(&["terminals"]);
        table.contains("NOT CONNECTED").then_some(())
    })
    .await;
    let metrics = metrics(&served);
    for line in [
        "relire_sip2_terminal_printer{terminal=\"lens-automate-1\"} 1",
        "relire_sip2_terminal_messages_total{terminal=\"lens-automate-1\",code=\"99\"} 1",
        "relire_sip2_terminal_connections{terminal=\"lens-automate-1\"} 0",
    ] {
        assert!(metrics.contains(line), "{line}\n{metrics}");
    }
    assert!(!metrics.contains("terminal=\"nobody\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_not_written() {
    let served = Served::new().await;
    for (command, told) in [
        (
            &[
                "terminal",
                "set",
                "lens-automate-1",
                "--set",
                "charset=koi8",
            ][..],
            "the setting charset: ",
        ),
        (
            &["terminal", "set", "lens-automate-1", "--set", "idle=5"],
            "at least 60",
        ),
        (
            &["terminal", "set", "lens-automate-1", "--profile", "telnet"],
            "name its networks",
        ),
        (
            &["terminal", "set", "lens-automate-1", "--profile", "none"],
            "there is no profile \"none\": bibliotheca-sorter",
        ),
        (
            &["terminal", "set", "lens-automate-1", "--unset", "idle"],
            "no setting \"idle\" of its own",
        ),
        (
            &[
                "terminal",
                "set",
                "lens-automate-1",
                "--address",
                "10.0.0.1/8",
            ],
            "an address inside a network",
        ),
        (
            &[
                "terminal",
                "add",
                "x",
                "--branch",
                "LENS",
                "--charset",
                "koi8",
            ],
            "the setting charset: ",
        ),
        (
            &["terminal", "show", "nobody"],
            "no terminal \"nobody\" is in use",
        ),
    ] {
        let said = served.refused(command);
        assert!(said.contains(told), "{command:?}: {said}");
    }
    let shown = served.relire(&["terminal", "show", "lens-automate-1"]);
    assert!(shown.contains("\"own\": {}"), "{shown}");
}

impl Served {
    /// What a command says that does not succeed.
    fn refused(&self, command: &[&str]) -> String {
        let output = std::process::Command::new(testkit::binary().unwrap())
            .args(command)
            .env("RELIRE_DATABASE_URL", &self.database.url)
            .output()
            .unwrap();
        assert!(!output.status.success(), "{command:?}");
        String::from_utf8(output.stderr).unwrap()
    }
}

/// What the daemon counts.
fn metrics(served: &Served) -> String {
    let address = served
        .daemon
        .text("/ops")
        .unwrap()
        .strip_prefix("http://")
        .unwrap();
    let mut line = TcpStream::connect(address).unwrap();
    line.write_all(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut text = String::new();
    line.read_to_string(&mut text).unwrap();
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_are_heard_and_not_only_found() {
    let served = Served::new().await;
    let (desk, store) = (served.town.desk.clone(), &served.town.store);
    let shutdown = CancellationToken::new();
    let watching = tokio::spawn(desk.clone().watch_terminals(shutdown.clone()));
    let mut changes = desk.terminals_watched();
    let mut change = async || {
        let version = desk.terminals().version();
        store
            .run_sql("UPDATE terminal SET name = name || '.' WHERE login = 'lens-automate-1'")
            .await
            .unwrap();
        timeout(SOON, changes.wait_for(|held| held.version() > version))
            .await
            .unwrap()
            .unwrap();
    };
    change().await;
    // By looking alone each would take up to five seconds.
    let begun = Instant::now();
    for _ in 0..4 {
        change().await;
    }
    assert!(
        begun.elapsed() < Duration::from_secs(6),
        "{:?}",
        begun.elapsed()
    );

    // Those that listen are told what has changed, and nothing else.
    let before = desk.terminals();
    change().await;
    let after = desk.terminals();
    assert!(Arc::ptr_eq(
        before.get("lens-trieur").unwrap(),
        after.get("lens-trieur").unwrap()
    ));
    assert!(!Arc::ptr_eq(
        before.get("lens-automate-1").unwrap(),
        after.get("lens-automate-1").unwrap()
    ));
    shutdown.cancel();
    watching.await.unwrap();
}
