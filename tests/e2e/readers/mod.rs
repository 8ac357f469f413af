//! What librarians ask of the desk about readers, without a page: found, looked at, registered, changed, closed.

mod find;

use circulation::{CardStatus, Language};
use desk::{FindAsk, FoundPatrons, PatronLine};
use jiff::civil::Date;
use store::{DAEMON_ROLE, NewPatron, PoolSize, Store};
use testkit::{Database, Town};

/// A town, and a daemon that serves it with no more than a daemon's rights.
struct Library {
    database: Database,
    town: Town,
    served: Town,
}

impl Library {
    async fn new() -> Self {
        let database = Database::network().await.unwrap();
        Self {
            town: Town::new(&database).await.unwrap(),
            served: serve(&database).await,
            database,
        }
    }

    /// Readers of LENS who live alone, as (card, family name, given name, birth date).
    async fn people(&self, people: &[(&str, &str, &str, &str)]) {
        let new: Vec<NewPatron> = people
            .iter()
            .map(|(card, family, given, born)| person(card, family, given, born))
            .collect();
        self.add(&new).await;
    }

    async fn add(&self, people: &[NewPatron]) {
        let at = self.town.now().timestamp();
        self.served.store.add_patrons(people, at).await.unwrap();
    }

    fn find_ask(&self, words: &str) -> FindAsk {
        FindAsk {
            words: words.into(),
            after: None,
            most: 50,
            at: self.town.now().clone(),
        }
    }

    async fn page(&self, ask: &FindAsk) -> FoundPatrons {
        self.served.desk.find_patrons(ask).await.unwrap()
    }

    async fn lines(&self, words: &str) -> Vec<PatronLine> {
        self.page(&self.find_ask(words)).await.lines
    }

    /// The given names of who is found, in their order.
    async fn found(&self, words: &str) -> Vec<String> {
        let lines = self.lines(words).await;
        lines.into_iter().map(|line| line.given_name).collect()
    }
}

/// A daemon's desk, with a daemon's rights.
async fn serve(database: &Database) -> Town {
    let size = PoolSize {
        role: Some(DAEMON_ROLE.into()),
        ..PoolSize::default()
    };
    let store = Store::connect(&database.url, &size).await.unwrap();
    Town::on(store).await.unwrap()
}

fn person(card: &str, family: &str, given: &str, born: &str) -> NewPatron {
    NewPatron {
        card: card.into(),
        card_status: CardStatus::Active,
        branch: "LENS".parse().unwrap(),
        category: "ADU".parse().unwrap(),
        household: None,
        guarantor: None,
        family_name: family.into(),
        given_name: given.into(),
        born_on: (!born.is_empty()).then(|| born.parse::<Date>().unwrap()),
        email: String::new(),
        phone: String::new(),
        address: String::new(),
        language: Language::French,
        pin_hash: None,
        expires_on: None,
        block: None,
        suspension: None,
    }
}
