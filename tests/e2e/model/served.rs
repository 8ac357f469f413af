//! The same network, served by a desk on a real database.

use circulation::Overrides;
use desk::{Actor, Terminal};
use jiff::civil::Date;
use store::NewStaff;
use testkit::{Database, Reader, Town};

use super::{
    command::{BRANCHES, HOUSEHOLDS, OWNERS, READERS, TITLES},
    policy::policy,
};

/// The town, for as many cases as are played: readers and titles of its own cost a case less than a tenth of what a
/// database of its own would.
pub(super) struct Served {
    pub(super) town: Town,
    pub(super) kiosks: Vec<Terminal>,
    /// Staff, at each branch.
    pub(super) staff: Vec<Actor>,
    _database: Database,
}

/// One case: readers and titles of its own.
pub(super) struct Table<'s> {
    pub(super) served: &'s Served,
    /// With their newest cards.
    pub(super) readers: Vec<Reader>,
    /// The cards of each before, the oldest first.
    pub(super) former_cards: [Vec<String>; READERS],
    pub(super) items: Vec<String>,
    /// The database's number of each hold of the model.
    pub(super) holds: Vec<i64>,
    pub(super) today: Date,
}

impl Served {
    pub(super) async fn new() -> Self {
        let database = Database::network().await.unwrap();
        let town = Town::new(&database).await.unwrap();
        // A branch without hours counts as open every day.
        let always_open = "DELETE FROM opening; DELETE FROM closure";
        town.store.run_sql(always_open).await.unwrap();
        let at = town.now().timestamp();
        let published = town.store.publish_policy(&policy(), "test", at).await;
        assert!(published.unwrap());
        let (mut kiosks, mut staff) = (Vec::new(), Vec::new());
        for branch in BRANCHES {
            kiosks.push(town.kiosk(branch).await.unwrap());
            staff.push(librarian(&town, branch).await);
        }
        Self {
            town,
            kiosks,
            staff,
            _database: database,
        }
    }

    pub(super) async fn table(&self) -> Table<'_> {
        let town = &self.town;
        // The clock begins anew, and the turn shall find nothing of the case before.
        let clear =
            "UPDATE hold SET closed_at = now(), outcome = 'cancelled' WHERE closed_at IS NULL";
        town.store.run_sql(clear).await.unwrap();
        let (mut readers, mut items) = (Vec::new(), Vec::new());
        for household in 0..=HOUSEHOLDS[READERS - 1] {
            let members = HOUSEHOLDS.iter().filter(|of| **of == household).count();
            let members = vec![("ADU", BRANCHES[household % 3]); members];
            readers.extend(town.household(&members).await.unwrap());
        }
        for title in 0..TITLES {
            let owners = [2 * title, 2 * title + 1].map(|item| BRANCHES[OWNERS[item]]);
            items.extend(town.copies("LIV", &owners).await.unwrap());
        }
        Table {
            served: self,
            readers,
            former_cards: Default::default(),
            items,
            holds: Vec::new(),
            today: town.today(),
        }
    }
}

async fn librarian(town: &Town, branch: &str) -> Actor {
    let new = NewStaff {
        login: branch.to_lowercase(),
        password_hash: String::new(),
        name: "Fictif".into(),
        branch: branch.parse().unwrap(),
        rights: Vec::new(),
        roles: Vec::new(),
        at: town.now().timestamp(),
    };
    town.store.add_staff(&new).await.unwrap();
    let mut session = town.store.session().await.unwrap();
    let user = session.staff_user(&new.login).await.unwrap().unwrap();
    Actor::staff(&user, new.branch, Overrides::none()).unwrap()
}
