//! The SIP2 door of the real daemon, asked by clients that share no code with it.

mod clients;
mod dialogues;
mod holds;
mod identity;
mod lending;
mod money;
mod offline;
mod peer;
mod profiles;
mod refusals;
mod retries;
mod state;

use testkit::{Daemon, Database, Town, Wire};

/// The demonstration, served, and a town to make readers and items in.
struct Served {
    daemon: Daemon,
    town: Town,
    database: Database,
}

impl Served {
    async fn new() -> Self {
        let database = Database::demo().await.unwrap();
        let daemon = Daemon::demo(&database.url).unwrap();
        let town = Town::new(&database).await.unwrap();
        Self {
            daemon,
            town,
            database,
        }
    }

    /// A kiosk of this branch, logged in.
    fn kiosk(&self, branch: &str) -> Wire {
        let terminals = self.daemon.ready["demo"]["terminals"].as_array().unwrap();
        let terminal = terminals
            .iter()
            .find(|terminal| terminal["branch"] == branch)
            .unwrap();
        let address = self.daemon.text("/sip2").unwrap();
        Wire::log_in(
            address,
            terminal["login"].as_str().unwrap(),
            terminal["password"].as_str().unwrap(),
        )
        .unwrap()
    }

    /// What `relire why` prints about the event that an answer names.
    fn why(&self, answer: &str) -> String {
        let event = testkit::field(answer, 24, "BK")
            .unwrap_or_else(|| panic!("no event is named in {answer}"));
        self.why_event(event)
    }

    fn why_event(&self, event: &str) -> String {
        self.relire(&["why", event])
    }

    fn list(&self, what: &str, branch: &str) -> String {
        self.relire(&["list", what, "--branch", branch])
    }

    /// What a command of the program prints.
    fn relire(&self, command: &[&str]) -> String {
        let output = std::process::Command::new(testkit::binary().unwrap())
            .args(command)
            .args(["--clock", testkit::CLOCK])
            .env("RELIRE_DATABASE_URL", &self.database.url)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    /// What the clock brings by that moment. The daemon turns too, and has the lease for a moment.
    async fn turn(&self, at: &jiff::Zoned) -> desk::Turn {
        loop {
            if let Some(turn) = self.town.desk.turn(at).await.unwrap() {
                return turn;
            }
        }
    }

    /// Until when an item waits on the hold shelf.
    async fn ready_until(&self, barcode: &str) -> String {
        let days = self
            .town
            .store
            .count(&format!(
                "SELECT (ready_until - '1970-01-01'::date)::bigint FROM custody c JOIN item i ON i.id = c.item_id
                  WHERE c.until IS NULL AND i.barcode = '{barcode}'"
            ))
            .await
            .unwrap();
        let epoch = jiff::civil::date(1970, 1, 1);
        (epoch + jiff::Span::new().days(days)).to_string()
    }
}

const DATE: &str = "20260609    110000";
const NO_DATE: &str = "                  ";

pub(crate) fn checkout(card: &str, barcode: &str) -> String {
    format!("11YN{DATE}{NO_DATE}AOLENS|AA{card}|AB{barcode}|AC|BON|BIN|")
}

fn checkin(barcode: &str) -> String {
    format!("09N{DATE}{DATE}AP|AO|AB{barcode}|AC|BIN|")
}

fn renew(card: &str, barcode: &str) -> String {
    format!("29NN{DATE}{NO_DATE}AOLENS|AA{card}|AB{barcode}|AC|BON|")
}
