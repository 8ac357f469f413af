//! The dialogues of `protocol-fixtures/sip2/dialogues`, all of them, against the real daemon.

use std::{
    fs,
    io::Write as _,
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use desk::{Actor, ChargeAsk, CheckoutAsk, FeeKind};
use dialogue::{Dialogue, Outcome, Script, Values, play};
use testkit::{CLOCK, Daemon, Wire};
use tokio::time::Instant;

use super::Served;
use crate::{daemon::data_folder, weather::servers};

const HERE: &str = "LENS";
const ELSEWHERE: &str = "VIMY";
const PIN: &str = "246813";
/// Needs a server whose database is away: played apart.
const OUTAGE: &str = "outage";

/// Every file, with its name below the folder.
fn dialogues() -> Vec<(String, Dialogue)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("protocol-fixtures/sip2/dialogues");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .flat_map(|theme| fs::read_dir(theme.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        let dialogue = Dialogue::parse(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, dialogue)
    };
    files.into_iter().map(read).collect()
}

/// Plays one against this address.
fn played(dialogue: &Dialogue, values: Values, address: &str) -> Outcome {
    // As the daemon's clock says when it starts, in the network's zone.
    let now = jiff::civil::date(2026, 6, 9).at(11, 0, 0, 0);
    let script = Script {
        values,
        now,
        patience: Duration::from_secs(30),
    };
    play(dialogue, &script, || {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(stream)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn every_dialogue_is_as_its_file_has_it() {
    let served = Served::new().await;
    let address = served.daemon.text("/sip2").unwrap().to_owned();
    let mut stage = Stage::new(&served).await;
    let mut wrong = Vec::new();
    // One while it is being written: a part of its name.
    let only = std::env::var("RELIRE_DIALOGUE").unwrap_or_default();
    let mut count = 0;
    for (name, dialogue) in dialogues() {
        if dialogue.needs.iter().any(|need| need == OUTAGE) || !name.contains(&only) {
            continue;
        }
        count += 1;
        let values = stage.values(&dialogue.needs).await;
        let outcome = played(&dialogue, values, &address);
        match (&outcome, &dialogue.known) {
            (Outcome::Passed, None) => {}
            (Outcome::Passed, Some(known)) => {
                wrong.push(format!("{name}: passed, so that this is over: {known}"));
            }
            (Outcome::Failed(failure), Some(known)) => {
                // Said where it is read: the test's own output is captured.
                let mut terminal = std::io::stderr();
                writeln!(terminal, "known: {name}: {known}: {failure}").unwrap();
            }
            (Outcome::Failed(_) | Outcome::LeftOut(_), _) => {
                wrong.push(format!("{name}: {outcome}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(count > 0, "no dialogue is called {only:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_plays_them_and_says_where_a_server_answers_otherwise() {
    let served = Served::new().await;
    let folder = tempfile::tempdir().unwrap();
    let odd = folder.path().join("odd.dialogue");
    let text = "title: No log-in\nchoice: c\nreason: r\nneeds: login password\n\n\
                > 9300CN{login}|CO{password}|\n< 940\n";
    fs::write(&odd, text).unwrap();
    let session = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/protocol-fixtures/sip2/dialogues/session"
    );
    let relire = |paths: &[&str]| {
        let terminal = |part: &str| {
            let path = format!("/demo/terminals/0/{part}");
            format!("{part}={}", served.daemon.text(&path).unwrap())
        };
        let output = Command::new(testkit::binary().unwrap())
            .args(["dialogue", served.daemon.text("/sip2").unwrap()])
            .args(paths)
            .args(["--clock", CLOCK])
            .args(["login", "password", "branch"].map(|part| format!("--set={}", terminal(part))))
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (code, said) = relire(&[session]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("/log-in.dialogue: A terminal logs in: passed\n"),
        "{said}"
    );
    assert!(said.contains("left out: no value for card, pin"), "{said}");
    let (code, said) = relire(&[session, odd.to_str().unwrap()]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("No log-in: failed: line 7"), "{said}");
    assert!(
        said.contains("|CO***|") && said.contains("got       941"),
        "{said}"
    );
    let (code, said) = relire(&[concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/protocol-fixtures/sip2/dialogues/fee"
    )]);
    assert_eq!(code, Some(1), "nothing could be played: {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_off_line_has_no_answer_while_the_database_is_away() {
    let folder = data_folder();
    let data = folder.path().to_str().unwrap();
    let daemon = Daemon::start(&["demo", "--data", data, "--clock", CLOCK], &[]).unwrap();
    let text = |path: &str| daemon.text(path).unwrap().to_owned();
    let mut values = Values::default();
    for (name, path) in [
        ("login", "/demo/terminals/0/login"),
        ("password", "/demo/terminals/0/password"),
        ("branch", "/demo/terminals/0/branch"),
        ("card", "/demo/patrons/0/card"),
        ("rested", "/demo/items/0/barcode"),
    ] {
        values.set(name, &text(path));
    }
    values.set(OUTAGE, "yes");
    let mut kiosk = daemon.kiosk().unwrap();
    let away = Away::new(folder.path());
    let off_line = is_off_line(&mut kiosk);
    let outcomes: Vec<_> = dialogues()
        .into_iter()
        .filter(|(_, dialogue)| dialogue.needs.iter().any(|need| need == OUTAGE))
        .map(|(name, dialogue)| {
            let outcome = played(&dialogue, values.clone(), &text("/sip2"));
            (name, outcome)
        })
        .collect();
    // The daemon stops well only with its database.
    drop(away);
    assert!(off_line, "the daemon notices nothing");
    assert!(!outcomes.is_empty(), "no dialogue needs an outage");
    for (name, outcome) in outcomes {
        assert!(matches!(outcome, Outcome::Passed), "{name}: {outcome}");
    }
}

/// A database that nobody can reach: its connections are cut, and its socket is elsewhere.
struct Away {
    socket: PathBuf,
    elsewhere: PathBuf,
}

impl Away {
    fn new(folder: &Path) -> Self {
        let away = Self {
            socket: folder.join("postgres/socket"),
            elsewhere: folder.join("postgres/elsewhere"),
        };
        fs::rename(&away.socket, &away.elsewhere).unwrap();
        let all = servers(folder);
        let (_, backends) = all.split_first().unwrap();
        // Where one is killed the server ends all others by itself, some before their turn.
        let killed = Command::new("kill").arg("-KILL").args(backends).output();
        assert!(killed.is_ok(), "kill -KILL");
        away
    }
}

impl Drop for Away {
    fn drop(&mut self) {
        let _ = fs::rename(&self.elsewhere, &self.socket);
    }
}

/// Whether the library says in time that it is off line.
fn is_off_line(kiosk: &mut Wire) -> bool {
    let deadline = Instant::now() + Duration::from_secs(30);
    while Instant::now() < deadline {
        if kiosk
            .ask("9900802.00")
            .is_ok_and(|said| said.starts_with("98N"))
        {
            return true;
        }
    }
    false
}

/// Makes what dialogues need, fresh for each.
struct Stage<'a> {
    served: &'a Served,
    pin_hash: String,
}

impl<'a> Stage<'a> {
    async fn new(served: &'a Served) -> Self {
        let hash = || desk::hash_password(PIN).unwrap();
        Self {
            served,
            pin_hash: tokio::task::spawn_blocking(hash).await.unwrap(),
        }
    }

    async fn values(&mut self, needs: &[String]) -> Values {
        let mut values = Values::default();
        for name in needs {
            if values.get(name).is_none() {
                self.make(name, &mut values).await;
            }
        }
        values
    }

    /// One value, and those that belong to it.
    async fn make(&mut self, name: &str, values: &mut Values) {
        let town = &self.served.town;
        match name {
            "login" | "password" => self.terminal("", HERE, values),
            "other_login" | "other_password" => self.terminal("other_", ELSEWHERE, values),
            "branch" => values.set(name, HERE),
            "other_branch" => values.set(name, ELSEWHERE),
            "card" | "pin" => self.reader(values, "card", "pin").await,
            "card2" | "pin2" => self.reader(values, "card2", "pin2").await,
            "spare_card" | "spare_pin" => self.reader(values, "spare_card", "spare_pin").await,
            "waiting_card" => panic!("waiting_card is needed before waited_here"),
            "lost_card" => {
                let card = self.reader_with("UPDATE card SET status = 'lost' WHERE number = '%'");
                values.set(name, &card.await);
            }
            "blocked_card" => {
                let block = "INSERT INTO block (patron_id, kind, message, placed_at)
                             SELECT patron_id, 'address', '', now() FROM card WHERE number = '%'";
                values.set(name, &self.reader_with(block).await);
            }
            "unknown_card" => values.set(name, "26299999999990"),
            "unknown_item" => values.set(name, "36299999999990"),
            "item" | "item2" | "item3" | "rested" => {
                values.set(name, &town.item("LIV", HERE).await.unwrap());
            }
            "bib" => {
                let item = values
                    .get("item")
                    .expect("bib is that of the item before it");
                let number = format!("SELECT bib_id FROM item WHERE barcode = '{item}'");
                let bib = town.store.count(&number).await.unwrap();
                values.set(name, &bib.to_string());
            }
            "away" => values.set(name, &town.item("LIV", ELSEWHERE).await.unwrap()),
            "not_for_loan" => values.set(name, &town.item("USU", HERE).await.unwrap()),
            "accented" => {
                let item = town.item("LIV", HERE).await.unwrap();
                let title = format!(
                    "UPDATE bib SET title = 'Été à Liévin, cœur léger'
                      WHERE id = (SELECT bib_id FROM item WHERE barcode = '{item}')"
                );
                town.store.run_sql(&title).await.unwrap();
                values.set(name, &item);
            }
            "waited_here" => self.waited_for(values, name, HERE).await,
            "waited_there" => self.waited_for(values, name, ELSEWHERE).await,
            "ready_card" | "ready_pin" | "ready_item" => self.ready(values).await,
            "late_card" | "late_pin" | "late_item" => self.late(values).await,
            "debtor" | "debtor_pin" | "debt" | "fee" | "fee_amount" => self.debtor(values).await,
            other => panic!("nobody knows how to make {other:?}"),
        }
    }

    fn terminal(&self, prefix: &str, branch: &str, values: &mut Values) {
        let terminals = self.served.daemon.ready["demo"]["terminals"].as_array();
        let terminal = terminals
            .unwrap()
            .iter()
            .find(|terminal| terminal["branch"] == branch)
            .unwrap();
        for part in ["login", "password"] {
            values.set(&format!("{prefix}{part}"), terminal[part].as_str().unwrap());
        }
    }

    /// A reader with the PIN and an address of electronic mail.
    async fn reader(&self, values: &mut Values, card: &str, pin: &str) {
        let number = self.reader_with("").await;
        values.set(card, &number);
        values.set(pin, PIN);
    }

    /// The card of a reader of whom something else is so; `%` is the card.
    async fn reader_with(&self, what: &str) -> String {
        let town = &self.served.town;
        let card = town.reader("ADU", HERE).await.unwrap().card;
        let known = format!(
            "UPDATE patron SET pin_hash = '{}', email = 'lecteur@example.org'
              WHERE id = (SELECT patron_id FROM card WHERE number = '{card}')",
            self.pin_hash
        );
        town.store.run_sql(&known).await.unwrap();
        town.store.run_sql(&what.replace('%', &card)).await.unwrap();
        card
    }

    /// A copy on our shelf whose title somebody waits for at a branch.
    async fn waited_for(&self, values: &mut Values, name: &str, pickup: &str) {
        let town = &self.served.town;
        let waiting = town.reader("ADU", pickup).await.unwrap();
        let item = town.item("LIV", HERE).await.unwrap();
        let hold = town.place_hold(&waiting, &item, pickup).await.unwrap();
        assert!(hold.outcome.is_ok());
        values.set(name, &item);
        values.set("waiting_card", &waiting.card);
    }

    /// A reader for whom one thing is set aside here, and who waits for another.
    async fn ready(&self, values: &mut Values) {
        let town = &self.served.town;
        self.reader(values, "ready_card", "ready_pin").await;
        let reader = testkit::Reader {
            card: values.get("ready_card").unwrap().to_owned(),
            branch: HERE.parse().unwrap(),
        };
        let items = [
            town.item("LIV", HERE).await.unwrap(),
            town.item("LIV", HERE).await.unwrap(),
        ];
        for item in &items {
            let hold = town.place_hold(&reader, item, HERE).await.unwrap();
            assert!(hold.outcome.is_ok());
        }
        assert!(
            town.take_back(HERE, &items[0])
                .await
                .unwrap()
                .outcome
                .is_ok()
        );
        values.set("ready_item", &items[0]);
    }

    /// A reader with one loan that is weeks late.
    async fn late(&self, values: &mut Values) {
        let town = &self.served.town;
        self.reader(values, "late_card", "late_pin").await;
        let kiosk = town.kiosk(HERE).await.unwrap();
        let item = town.item("LIV", HERE).await.unwrap();
        let ask = CheckoutAsk {
            card: values.get("late_card").unwrap().to_owned(),
            barcode: item.clone(),
            at: town.at("2026-04-21").unwrap(),
            ..CheckoutAsk::default_for(&kiosk)
        };
        assert!(town.desk.checkout(ask).await.unwrap().outcome.is_ok());
        values.set("late_item", &item);
    }

    /// A reader who owes for two things; `fee` is the second.
    async fn debtor(&self, values: &mut Values) {
        let town = &self.served.town;
        self.reader(values, "debtor", "debtor_pin").await;
        let kiosk = town.kiosk(HERE).await.unwrap();
        let card = values.get("debtor").unwrap().to_owned();
        for (kind, cents) in [(FeeKind::Card, 200), (FeeKind::Damage, 550)] {
            let ask = ChargeAsk::of(&Actor::kiosk(&kiosk), &card, kind, cents, town.now());
            let charged = town.desk.charge(ask).await.unwrap().outcome.unwrap();
            values.set("fee", &charged.fee.to_string());
        }
        values.set("debt", "7.50");
        values.set("fee_amount", "5.50");
    }
}
