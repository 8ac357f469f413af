//! What a command costs the database, counted between store and server; and a commit whose answer is lost there.

use std::sync::Arc;

use store::{Locks, PoolSize, Store};
use testkit::{CoreCommand, Database, Mark, Relay, Town};

/// The most that the common case of any command may take.
const MOST: u32 = 3;
/// How often each command is asked before it is counted: statements are prepared once a connection.
const BEFORE: usize = 2;

/// A desk whose one connection goes through a relay, and one beside it that goes straight.
struct Watched {
    straight: Town,
    town: Arc<Town>,
    relay: Relay,
}

impl Watched {
    async fn new() -> Self {
        let database = Database::network().await.unwrap();
        let straight = Town::new(&database).await.unwrap();
        let relay = Relay::before(&database.url).unwrap();
        let size = PoolSize {
            connections: 1,
            ..PoolSize::default()
        };
        let store = Store::connect(relay.url(), &size).await.unwrap();
        let town = Arc::new(Town::on(store).await.unwrap());
        Self {
            straight,
            town,
            relay,
        }
    }

    async fn count(&self, query: &str) -> i64 {
        self.straight.store.count(query).await.unwrap()
    }

    /// Asks a new question; the round trips, and the commits that left something.
    async fn ask(&self, command: CoreCommand) -> (u32, i64) {
        let scene = command.prepare(&self.straight).await.unwrap();
        let mark = Mark::now(&self.straight.store).await.unwrap();
        self.relay.take();
        command.run(&self.town, &scene, None).await.unwrap();
        let seen = self.relay.take();
        let commits = mark.commits_since(&self.straight.store).await.unwrap();
        (seen.round_trips, commits)
    }

    /// Things done, as the log has them.
    async fn done(&self) -> i64 {
        self.count("SELECT count(*) FROM event WHERE outcome = 'done'")
            .await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_takes_three_round_trips_and_one_commit_at_most() {
    let watched = Watched::new().await;
    for command in CoreCommand::ALL {
        for _ in 0..BEFORE {
            watched.ask(command).await;
        }
        let (round_trips, commits) = watched.ask(command).await;
        let name = command.name();
        assert!(
            (2..=MOST).contains(&round_trips),
            "{name}: {round_trips} round trips"
        );
        assert_eq!(commits, 1, "{name}: commits");
    }
}

/// What goes another way is seen to: locks first, two writes that commit each by itself.
#[tokio::test(flavor = "multi_thread")]
async fn what_costs_more_is_seen_to_cost_more() {
    let watched = Watched::new().await;
    let locks = Locks {
        bib: Some(1),
        item: Some(1),
        household: Some(1),
    };
    for _ in 0..BEFORE {
        watched.relay.take();
        let mut session = watched.town.store.locked_session(locks).await.unwrap();
        session.last_move(1).await.unwrap();
        session.commit().await.unwrap();
    }
    assert_eq!(
        watched.relay.take().round_trips,
        4,
        "begin, locks, a look, commit"
    );
    let store = &watched.straight.store;
    let mark = Mark::now(store).await.unwrap();
    for title in ["one", "other"] {
        let add = format!("INSERT INTO bib (title) VALUES ('{title}')");
        watched.town.store.run_sql(&add).await.unwrap();
    }
    assert_eq!(mark.commits_since(store).await.unwrap(), 2);
}

/// Asks each command once and loses the answer to its commit: how many were then refused, and how often more than one
/// thing was done.
async fn lost_commits(watched: &Watched) -> (Vec<&'static str>, Vec<&'static str>) {
    let (mut refused, mut twice) = (Vec::new(), Vec::new());
    for command in CoreCommand::ALL {
        let mut round_trips = 0;
        for _ in 0..BEFORE {
            (round_trips, _) = watched.ask(command).await;
        }
        let scene = command.prepare(&watched.straight).await.unwrap();
        let before = watched.done().await;
        watched.relay.take();
        watched.relay.lose_answer_to(round_trips);
        let answer = command.run(&watched.town, &scene, None).await;
        assert!(
            watched.relay.has_lost(),
            "{}: its commit's answer was lost",
            command.name()
        );
        if answer.is_err() {
            refused.push(command.name());
        }
        let done = watched.done().await - before;
        assert!(done >= 1, "{}: it was committed", command.name());
        if done > 1 {
            twice.push(command.name());
        }
    }
    (refused, twice)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_answer_is_lost_is_done_once_and_told() {
    let watched = Watched::new().await;
    let (refused, twice) = lost_commits(&watched).await;
    assert_eq!((refused, twice), (vec![], vec![]));
}

/// Without the keys that what was done is known by.
#[tokio::test(flavor = "multi_thread")]
async fn without_keys_it_is_done_again_or_refused() {
    let watched = Watched::new().await;
    let forgetful = "
        CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.key := decode(md5(random()::text), 'hex'); RETURN NEW; END $$;
        CREATE TRIGGER forget BEFORE INSERT ON request FOR EACH ROW EXECUTE FUNCTION forget();
        CREATE FUNCTION keyless() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.request_key := NULL; RETURN NEW; END';
        CREATE TRIGGER keyless BEFORE INSERT ON payment FOR EACH ROW EXECUTE FUNCTION keyless();
        CREATE TRIGGER keyless BEFORE INSERT OR UPDATE ON custody FOR EACH ROW EXECUTE FUNCTION keyless();";
    watched.straight.store.run_sql(forgetful).await.unwrap();
    let (refused, twice) = lost_commits(&watched).await;
    let expected = [
        "card replaced",
        "hold placed",
        "hold cancelled",
        "loan undone",
        "return undone",
    ];
    for name in expected {
        assert!(refused.contains(&name), "{name} in {refused:?}");
    }
    for name in [
        "renewal",
        "hold changed",
        "payment",
        "waiver",
        "charge",
        "state declared",
    ] {
        assert!(
            twice.contains(&name) || refused.contains(&name),
            "{name} in {twice:?} {refused:?}"
        );
    }
}
