//! Loan rules as staff work on them: drafts, their check, publication and withdrawal.

mod drafts;
mod publish;
mod races;

use circulation::{PolicyDocument, Rule};
use desk::{DraftRefused, Member, PolicyDraft, PolicyPublished, PublishAsk, Secret};
use jiff::{SignedDuration, civil::Date};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::{DAEMON_ROLE, NewStaff, NewStaffSession, PoolSize, Store};
use testkit::{Database, Town};

/// A town, a daemon with no more than a daemon's rights, and who changes the rules of the network.
struct Library {
    database: Database,
    town: Town,
    served: Town,
    network: Member,
}

impl Library {
    async fn new() -> Self {
        let database = Database::network().await.unwrap();
        let town = Town::new(&database).await.unwrap();
        let served = serve(&database).await;
        let network = member(&town, "reseau", &[("policy", None)]).await;
        Self {
            database,
            town,
            served,
            network,
        }
    }

    /// Somebody at LENS who changes rules there.
    async fn branch(&self) -> Member {
        member(&self.town, "lens", &[("policy", Some("LENS"))]).await
    }

    async fn make(&self, name: &str) -> PolicyDraft {
        self.tried_to_make(&self.network, name, 1).await.unwrap()
    }

    async fn tried_to_make(
        &self,
        who: &Member,
        name: &str,
        from: i32,
    ) -> Result<PolicyDraft, DraftRefused> {
        let desk = &self.served.desk;
        let made = desk.make_policy_draft(who, name, from, self.town.now());
        made.await.unwrap()
    }

    /// Writes a draft anew, with a change to its rules.
    async fn change(
        &self,
        who: &Member,
        draft: &PolicyDraft,
        change: impl FnOnce(&mut PolicyDocument),
    ) -> Result<PolicyDraft, DraftRefused> {
        let mut document = draft.document.clone();
        change(&mut document);
        let (id, version) = (draft.line.id, draft.line.version);
        let desk = &self.served.desk;
        let changed = desk.change_policy_draft(who, id, version, document, self.town.now());
        changed.await.unwrap()
    }

    /// A draft that lends DVDs at LENS for a week.
    async fn dvds(&self, name: &str, days: u32) -> PolicyDraft {
        let draft = self.make(name).await;
        let rule =
            json!({ "id": "X-LENS-DVD", "branch": "LENS", "document": "DVD", "loan_days": days });
        let changed = self.change(&self.network, &draft, |document| {
            document.rules.push(self::rule(rule))
        });
        changed.await.unwrap()
    }

    fn publish_ask(&self, draft: &PolicyDraft, from: &str) -> PublishAsk {
        PublishAsk {
            draft: draft.line.id,
            version: draft.line.version,
            from: day(from),
            acknowledged: true,
            dry: false,
            at: self.town.now().clone(),
        }
    }

    async fn publish(
        &self,
        draft: &PolicyDraft,
        from: &str,
    ) -> Result<PolicyPublished, DraftRefused> {
        self.asked(&self.network, &self.publish_ask(draft, from))
            .await
    }

    async fn asked(&self, who: &Member, ask: &PublishAsk) -> Result<PolicyPublished, DraftRefused> {
        self.served
            .desk
            .publish_policy_draft(who, ask)
            .await
            .unwrap()
    }

    async fn withdraw(&self, who: &Member, version: i32) -> Result<(), DraftRefused> {
        let desk = &self.served.desk;
        let withdrawn = desk.withdraw_policy_version(who, version, self.town.now());
        withdrawn.await.unwrap()
    }

    async fn read(&self, id: i64) -> PolicyDraft {
        let read = self.served.desk.policy_draft(id).await.unwrap();
        read.expect("the draft is there")
    }

    async fn count(&self, query: &str) -> i64 {
        self.town.store.count(query).await.unwrap()
    }

    /// How often something was done to rules, as the audit has it.
    async fn noted(&self, did: &str) -> i64 {
        let query = format!(
            "SELECT count(*) FROM audit WHERE action = 'policy' AND detail ->> 'did' = '{did}'"
        );
        self.count(&query).await
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

/// Somebody at LENS with these actions, who has come in.
pub(crate) async fn member(town: &Town, login: &str, actions: &[(&str, Option<&str>)]) -> Member {
    let at = town.now().timestamp();
    let branch = "LENS".parse().unwrap();
    let right = |(action, at): &(&str, Option<&str>)| {
        ((*action).to_owned(), at.map(|code| code.parse().unwrap()))
    };
    let new = NewStaff {
        login: login.into(),
        password_hash: String::new(),
        name: login.into(),
        branch,
        rights: actions.iter().map(right).collect(),
        roles: Vec::new(),
        at,
    };
    let user_id = town.store.add_staff(&new).await.unwrap();
    let secret = Secret::shown(&format!("{user_id:064x}")).unwrap();
    let opened = NewStaffSession {
        digest: Sha256::digest(secret.reveal().as_bytes()).into(),
        user_id,
        branch,
        at,
        ends_at: at + SignedDuration::from_hours(8),
    };
    let mut session = town.store.session().await.unwrap();
    session.open_staff_session(&opened).await.unwrap();
    let member = town.desk.staff_at(&secret, at).await.unwrap();
    member.expect("they are in")
}

fn rule(rule: Value) -> Rule {
    serde_json::from_value(rule).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}
