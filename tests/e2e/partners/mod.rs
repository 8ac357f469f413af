//! What partner systems ask of the desk, without their protocol: items that they bring, requests by their own numbers.

mod accept;
mod discard;
mod races;
mod requests;

use std::sync::Arc;

use circulation::Refusal;
use desk::{
    AcceptAsk, Accepted, Actor, Answer, Brought, HeldThing, HoldAsk, HoldDone, HoldWish,
    PartnerRequest, RequestState, RequestView, Terminal, Visit,
};
use store::{DAEMON_ROLE, PoolSize, Store};
use testkit::{Database, Reader, Town};

/// A partner of LENS. What is needed is made by the database's owner, what is asked has no more than a daemon's rights.
struct Partner {
    database: Database,
    town: Town,
    served: Town,
    terminal: Terminal,
    reader: Reader,
}

impl Partner {
    async fn new() -> Self {
        let database = Database::network().await.unwrap();
        let town = Town::new(&database).await.unwrap();
        Self {
            served: serve(&database).await,
            terminal: town.kiosk("LENS").await.unwrap(),
            reader: town.reader("ADU", "LENS").await.unwrap(),
            town,
            database,
        }
    }

    /// A question to take in an item for the partner's reader.
    fn bring(&self, number: &str, barcodes: &[&str]) -> AcceptAsk {
        bring(&self.town, &self.terminal, &self.reader, number, barcodes)
    }

    async fn accept(&self, ask: AcceptAsk) -> Answer<Accepted> {
        self.served.desk.accept(ask).await.unwrap()
    }

    async fn discard(&self, barcode: &str) -> Answer<()> {
        let actor = Actor::partner(&self.terminal);
        let at = self.town.now();
        self.served.desk.discard(&actor, barcode, at).await.unwrap()
    }

    /// A question of a partner about a hold of its reader.
    fn ask(&self, wish: HoldWish, what: HeldThing, number: Option<&str>) -> HoldAsk {
        HoldAsk {
            actor: Actor::partner(&self.terminal),
            wish,
            card: self.reader.card.clone(),
            pin: None,
            visit: Arc::new(Visit::new()),
            what,
            pickup: None,
            needed_until: None,
            at: self.town.now().clone(),
            key: None,
            request: number.map(request),
            dry: false,
        }
    }

    /// An institution, which may hold a title again; somebody answers for it.
    async fn institution(&self) -> Reader {
        let members = [("ADU", "LENS"), ("PEB", "LENS")];
        self.town.household(&members).await.unwrap().remove(1)
    }

    async fn hold(&self, ask: HoldAsk) -> Answer<HoldDone> {
        self.served.desk.hold(ask).await.unwrap()
    }

    async fn view(&self, number: &str) -> RequestView {
        let (desk, request) = (&self.served.desk, request(number));
        let view = desk.partner_request(self.terminal.id, &request);
        view.await.unwrap().expect("the number is known")
    }

    async fn state(&self, number: &str) -> RequestState {
        self.view(number).await.state
    }

    async fn count(&self, query: &str) -> i64 {
        self.town.store.count(query).await.unwrap()
    }

    /// Titles, items, holds and numbers, all that there are.
    async fn rows(&self) -> [i64; 4] {
        let mut rows = [0; 4];
        for (count, table) in rows
            .iter_mut()
            .zip(["bib", "item", "hold", "partner_request"])
        {
            *count = self.count(&format!("SELECT count(*) FROM {table}")).await;
        }
        rows
    }
}

/// A daemon's desk, with a daemon's rights.
pub(crate) async fn serve(database: &Database) -> Town {
    let size = PoolSize {
        role: Some(DAEMON_ROLE.into()),
        ..PoolSize::default()
    };
    let store = Store::connect(&database.url, &size).await.unwrap();
    Town::on(store).await.unwrap()
}

/// A question to take in an item for a reader.
pub(crate) fn bring(
    town: &Town,
    terminal: &Terminal,
    reader: &Reader,
    number: &str,
    barcodes: &[&str],
) -> AcceptAsk {
    AcceptAsk {
        actor: Actor::partner(terminal),
        request: request(number),
        card: reader.card.clone(),
        brought: Brought {
            title: "Germinal".into(),
            author: "Zola, Émile".into(),
            call_number: "R ZOL".into(),
            document: "LIV".parse().unwrap(),
            barcodes: barcodes.iter().map(ToString::to_string).collect(),
            return_by: None,
        },
        pickup: None,
        needed_until: None,
        capture: true,
        at: town.now().clone(),
    }
}

fn request(number: &str) -> PartnerRequest {
    PartnerRequest {
        agency: "FR-751131015".into(),
        number: number.into(),
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Answer<T>) -> Vec<Refusal> {
    answer.outcome.unwrap_err().all().to_vec()
}
