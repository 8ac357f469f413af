//! What librarians ask of the desk about readers, without a page: found, looked at, registered, changed, closed, merged.

mod change;
mod close;
mod find;
mod look;
mod merge;
mod races;
mod register;

use circulation::{CardStatus, Language, Overrides, Refusal, Right};
use desk::{
    Actor, Answer, ChangeAsk, Dossier, Enrolled, FindAsk, FoundPatrons, HouseholdMove, PatronLine,
    Pin, ReaderData, RegisterAsk,
};
use jiff::civil::Date;
use store::{DAEMON_ROLE, NewPatron, NewStaff, PoolSize, StaffUser, Store};
use testkit::{Database, Town};

/// A town, and a daemon that serves it with no more than a daemon's rights.
struct Library {
    database: Database,
    town: Town,
    served: Town,
    user: StaffUser,
    staff: Actor,
}

impl Library {
    async fn new() -> Self {
        let database = Database::network().await.unwrap();
        let town = Town::new(&database).await.unwrap();
        let branch = "LENS".parse().unwrap();
        let new = NewStaff {
            login: "lens".into(),
            password_hash: String::new(),
            name: "Claire".into(),
            branch,
            rights: Right::ALL
                .map(|right| (right.name().to_owned(), None))
                .into(),
            roles: Vec::new(),
            at: town.now().timestamp(),
        };
        town.store.add_staff(&new).await.unwrap();
        let mut session = town.store.session().await.unwrap();
        let user = session.staff_user("lens").await.unwrap().unwrap();
        Self {
            served: serve(&database).await,
            staff: Actor::staff(&user, branch, Overrides::none()).unwrap(),
            user,
            town,
            database,
        }
    }

    /// The same colleague, with a reason.
    fn overriding(&self, right: Right) -> Actor {
        let overrides = Overrides::new([right], "vu avec la direction");
        Actor::staff(&self.user, self.user.branch, overrides).unwrap()
    }

    /// A question to register an adult.
    fn register_ask(&self, card: &str, family: &str, given: &str, born: &str) -> RegisterAsk {
        RegisterAsk {
            actor: self.staff.clone(),
            card: card.into(),
            data: data("ADU", family, given, born),
            lives_with: None,
            pin: None,
            even_if_alike: false,
            key: None,
            at: self.town.now().clone(),
        }
    }

    async fn register(&self, ask: RegisterAsk) -> Answer<Enrolled> {
        self.served.desk.register(ask).await.unwrap()
    }

    /// An adult who lives alone.
    async fn adult(&self, card: &str, family: &str, given: &str) -> i64 {
        let ask = self.register_ask(card, family, given, "1980-03-09");
        self.register(ask).await.outcome.unwrap().patron
    }

    async fn dossier(&self, id: i64) -> Dossier {
        let read = self.served.desk.dossier(id, self.town.now()).await;
        read.unwrap().expect("the account is open")
    }

    /// A question that changes nothing yet, of the file as it is now.
    async fn change_ask(&self, id: i64) -> ChangeAsk {
        let dossier = self.dossier(id).await;
        ChangeAsk {
            actor: self.staff.clone(),
            patron: id,
            version: dossier.version,
            data: dossier.data,
            renewed: false,
            household: HouseholdMove::Stays,
            pin: None,
            key: None,
            at: self.town.now().clone(),
        }
    }

    async fn change(&self, ask: ChangeAsk) -> Answer<i64> {
        self.served.desk.change_patron(ask).await.unwrap()
    }

    async fn count(&self, query: &str) -> i64 {
        self.town.store.count(query).await.unwrap()
    }

    /// The number of the only reader who is found.
    async fn id(&self, words: &str) -> i64 {
        let mut lines = self.lines(words).await;
        assert_eq!(lines.len(), 1, "{words}");
        lines.remove(0).id
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

fn data(category: &str, family: &str, given: &str, born: &str) -> ReaderData {
    ReaderData {
        family_name: family.into(),
        given_name: given.into(),
        born_on: (!born.is_empty()).then(|| born.parse().unwrap()),
        category: category.parse().unwrap(),
        home_branch: "LENS".parse().unwrap(),
        guarantor: None,
        email: String::new(),
        phone: String::new(),
        address: String::new(),
        language: Language::French,
        expires_on: None,
        note: String::new(),
    }
}

fn pin(text: &str) -> Option<Pin> {
    Pin::typed(text)
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Answer<T>) -> Vec<Refusal> {
    answer.outcome.unwrap_err().all().to_vec()
}
