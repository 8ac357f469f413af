//! Bad weather: the database is killed, or hangs, or the line is cut, while a kiosk stays connected.

use std::{fs, path::Path, process::Command, time::Duration};

use testkit::{CLOCK, Daemon, Wire, field};
use tokio::time::Instant;

use crate::{daemon::data_folder, sip2::checkout};

/// The demonstration on a private database of its own, which can be hurt.
struct Weather {
    daemon: Daemon,
    folder: tempfile::TempDir,
    card: String,
    books: Vec<String>,
}

impl Weather {
    fn fair() -> Self {
        let folder = data_folder();
        let data = folder.path().to_str().unwrap();
        let daemon = Daemon::start(&["demo", "--data", data, "--clock", CLOCK], &[]).unwrap();
        let card = daemon.text("/demo/patrons/0/card").unwrap().to_owned();
        let books = (0..4)
            .map(|n| {
                daemon
                    .text(&format!("/demo/items/{n}/barcode"))
                    .unwrap()
                    .to_owned()
            })
            .collect();
        Self {
            daemon,
            folder,
            card,
            books,
        }
    }

    /// Sends a signal to every process of the database server.
    fn signal(&self, signal: &str) {
        let pids = servers(self.folder.path());
        assert!(
            !pids.is_empty(),
            "no server runs in {:?}",
            self.folder.path()
        );
        let sent = Command::new("sh")
            .args(["-c", &format!("kill -{signal} {}", pids.join(" "))])
            .status()
            .unwrap();
        // Some may have ended with the first.
        assert!(sent.success() || signal == "KILL", "kill -{signal}");
    }

    /// Asks until the answer begins so; it is an error if it never does.
    fn until(&self, kiosk: &mut Wire, message: &str, answer: &str) -> String {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let said = kiosk.ask(message).unwrap();
            if said.starts_with(answer) {
                return said;
            }
            assert!(
                Instant::now() < deadline,
                "{message} never got {answer}, but {said}"
            );
        }
    }
}

/// The server's own process and all its backends.
pub(crate) fn servers(folder: &Path) -> Vec<String> {
    let file = folder.join("postgres/data/postmaster.pid");
    let Ok(text) = fs::read_to_string(&file) else {
        return Vec::new();
    };
    let postmaster = text.lines().next().unwrap_or_default().to_owned();
    let children = fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter_map(|entry| {
            let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
            // «pid (name) state parent …»
            let parent = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?;
            (parent == postmaster).then(|| entry.file_name().into_string().ok())?
        });
    let mut all: Vec<String> = children.collect();
    all.insert(0, postmaster.clone());
    all
}

const STATUS: &str = "9900802.00";

fn item(barcode: &str) -> String {
    format!("1720260609    110000AO|AB{barcode}|AC|")
}

#[test]
fn a_killed_database_comes_back_to_the_same_connection() {
    let weather = Weather::fair();
    let mut kiosk = weather.daemon.kiosk().unwrap();
    let lent = kiosk
        .ask(&checkout(&weather.card, &weather.books[0]))
        .unwrap();
    assert!(lent.starts_with("121"), "{lent}");

    weather.signal("KILL");
    let away = weather.until(&mut kiosk, STATUS, "98N");
    assert_eq!(
        &away[..8],
        "98NNNNNY",
        "off line, and that is allowed: {away}"
    );
    // Asked while it is away: answered once it is back, or told that nothing was done; never half.
    let meanwhile = kiosk
        .ask(&checkout(&weather.card, &weather.books[1]))
        .unwrap();
    let back = weather.until(&mut kiosk, STATUS, "98Y");
    assert_eq!(&back[..8], "98YYYYYY", "{back}");
    let first = kiosk.ask(&item(&weather.books[0])).unwrap();
    assert!(
        first.starts_with("1804"),
        "what was answered is kept: {first}"
    );
    let second = kiosk.ask(&item(&weather.books[1])).unwrap();
    assert_eq!(
        meanwhile.starts_with("121"),
        second.starts_with("1804"),
        "{meanwhile} and {second}"
    );
}

#[test]
fn a_database_that_hangs_gives_plain_answers_and_keeps_what_has_happened() {
    let weather = Weather::fair();
    let mut kiosk = weather.daemon.kiosk().unwrap();
    let mut second = weather.daemon.kiosk().unwrap();
    weather.signal("STOP");
    let away = weather.until(&mut kiosk, STATUS, "98N");
    assert_eq!(&away[..8], "98NNNNNY", "{away}");
    let asked = kiosk
        .ask(&checkout(&weather.card, &weather.books[0]))
        .unwrap();
    assert!(asked.starts_with("120N"), "{asked}");
    assert!(
        field(&asked, 24, "AF")
            .unwrap()
            .contains("rien n'a été enregistré"),
        "{asked}"
    );
    let who = kiosk
        .ask(&format!(
            "6300220260609    110000          AOLENS|AA{}|AC|AD|",
            weather.card
        ))
        .unwrap();
    assert!(who.starts_with("64"), "{who}");
    // It has happened: no answer is better than a no. The kiosk keeps it and sends it again.
    let offline = format!(
        "11YY20260609    090000                  AOLENS|AA{}|AB{}|AC|BON|BIN|",
        weather.card, weather.books[1]
    );
    assert!(
        second.ask(&offline).is_err(),
        "no answer to what has happened"
    );

    weather.signal("CONT");
    weather.until(&mut kiosk, STATUS, "98Y");
    let nothing = kiosk.ask(&item(&weather.books[0])).unwrap();
    assert!(
        nothing.starts_with("1803"),
        "said to be nothing, and is: {nothing}"
    );
    let mut again = weather.daemon.kiosk().unwrap();
    let taken = again.ask(&offline).unwrap();
    assert!(taken.starts_with("121"), "{taken}");
}

#[test]
fn a_line_that_is_cut_inside_a_message_does_nothing() {
    let weather = Weather::fair();
    let mut kiosk = weather.daemon.kiosk().unwrap();
    let whole = testkit::protected(&checkout(&weather.card, &weather.books[0]), 1);
    for cut in [2, 20, 60, whole.len() - 1] {
        let mut half = weather.daemon.kiosk().unwrap();
        half.send(&whole.as_bytes()[..cut]).unwrap();
        drop(half);
        let still = kiosk.ask(&item(&weather.books[0])).unwrap();
        assert!(still.starts_with("1803"), "cut after {cut}: {still}");
    }
}
