//! Drafts of loan rules tried on real loans and a real log, by a daemon with no more than its rights.

mod large;
mod log;

use std::{collections::BTreeSet, sync::Arc};

use circulation::{ChangeKind, Moved, Side};
use desk::{LabAsk, LabFilter, LabReport, LabState, LabSubject, PolicyDraft};
use serde_json::{Value, json};
use testkit::{Database, Town};

use crate::partners::serve;

struct Lab {
    town: Town,
    served: Town,
    _database: Database,
}

impl Lab {
    async fn new() -> Self {
        let database = Database::network().await.unwrap();
        let lab = Self {
            town: Town::new(&database).await.unwrap(),
            served: serve(&database).await,
            _database: database,
        };
        lab.sql(
            "INSERT INTO staff_user (login, password_hash, name, branch, created_at)
             VALUES ('regles', '', 'Règles', 'LENS', now())",
        )
        .await;
        lab
    }

    async fn sql(&self, statements: &str) {
        self.town.store.run_sql(statements).await.unwrap();
    }

    async fn count(&self, query: &str) -> i64 {
        self.town.store.count(query).await.unwrap()
    }

    /// A draft that begins as the rules in force.
    async fn draft(&self, change: impl FnOnce(&mut Value)) -> PolicyDraft {
        let book = self.served.desk.rulebook();
        let policy = book.policy_on(self.town.today()).unwrap();
        let mut document = serde_json::to_value(policy.document()).unwrap();
        change(&mut document);
        let id = add_draft(&self.town.store, &document).await;
        self.served.desk.policy_draft(id).await.unwrap().unwrap()
    }

    async fn state(&self, draft: &PolicyDraft, branch: Option<&str>) -> LabState {
        let ask = ask(draft, branch);
        let desk = &self.served.desk;
        desk.laboratory(draft, &ask, self.town.now()).await.unwrap()
    }

    /// The report, waited for.
    async fn report(&self, draft: &PolicyDraft, branch: Option<&str>) -> Arc<LabReport> {
        loop {
            match self.state(draft, branch).await {
                LabState::Ready(report) => return report,
                LabState::Running(_) | LabState::Busy => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

/// Writes a draft as pages do, in the name of the first member of staff.
pub(crate) async fn add_draft(store: &store::Store, document: &Value) -> i64 {
    let text = document.to_string().replace('\'', "''");
    let made = format!(
        "INSERT INTO policy_draft (name, based_on, body, made_by, made_at, changed_by, changed_at)
         SELECT 'Essai ' || (SELECT count(*) + 1 FROM policy_draft), (SELECT max(version) FROM policy_version), '{text}',
                u.id, now(), u.id, now() FROM staff_user u ORDER BY u.id LIMIT 1"
    );
    store.run_sql(&made).await.unwrap();
    store
        .count("SELECT max(id) FROM policy_draft")
        .await
        .unwrap()
}

fn ask(draft: &PolicyDraft, branch: Option<&str>) -> LabAsk {
    LabAsk {
        draft: draft.line.id,
        version: draft.line.version,
        branch: branch.map(|code| code.parse().unwrap()),
        days: 30,
    }
}

fn add_rule(document: &mut Value, rule: Value) {
    document["rule"].as_array_mut().unwrap().push(rule);
}

pub(crate) fn shorter_films_at_lens(document: &mut Value) {
    add_rule(
        document,
        json!({ "id": "X-LENS-DVD", "branch": "LENS", "document": "DVD", "loan_days": 7, "renew_days": 14 }),
    );
}

fn loans_of(report: &LabReport, kind: ChangeKind) -> BTreeSet<i64> {
    let filter = LabFilter {
        kind: Some(kind),
        ..LabFilter::default()
    };
    let (_, cases) = report.page(&filter, 0, 1_000);
    let loans = cases
        .into_iter()
        .filter_map(|(_, case)| match case.subject {
            LabSubject::Loan { custody, .. } => Some(custody),
            _ => None,
        });
    loans.collect()
}

/// Films at Lens, and around them what must not be named: films elsewhere, books there, a film that came back.
async fn lend_all_sorts(lab: &Lab) {
    let town = &lab.town;
    for _ in 0..3 {
        let reader = town.reader("ADU", "LENS").await.unwrap();
        for barcode in town.items("DVD", "LENS", 2).await.unwrap() {
            town.lend(&reader, &barcode).await.unwrap().outcome.unwrap();
        }
        let book = town.item("LIV", "LENS").await.unwrap();
        town.lend(&reader, &book).await.unwrap().outcome.unwrap();
    }
    let elsewhere = town.reader("ADU", "VIMY").await.unwrap();
    let film = town.item("DVD", "LENS").await.unwrap();
    town.lend(&elsewhere, &film).await.unwrap().outcome.unwrap();
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let back = town.item("DVD", "LENS").await.unwrap();
    town.lend(&reader, &back).await.unwrap().outcome.unwrap();
    town.take_back("LENS", &back)
        .await
        .unwrap()
        .outcome
        .unwrap();
}

const FILMS_AT_LENS: &str =
    "FROM custody WHERE until IS NULL AND kind = 'loan' AND branch = 'LENS' AND document = 'DVD'";

#[tokio::test(flavor = "multi_thread")]
async fn shorter_films_at_a_branch_are_exactly_the_loans_that_sql_counts() {
    let lab = Lab::new().await;
    lend_all_sorts(&lab).await;
    let draft = lab.draft(shorter_films_at_lens).await;
    let report = lab.report(&draft, None).await;
    let figures = &report.figures;

    let films = lab.count(&format!("SELECT count(*) {FILMS_AT_LENS}")).await;
    let due = figures.by_kind[&ChangeKind::Due];
    assert_eq!((due.gains, i64::try_from(due.losses).unwrap()), (0, films));
    let readers = lab
        .count(&format!("SELECT count(DISTINCT patron_id) {FILMS_AT_LENS}"))
        .await;
    assert_eq!(i64::try_from(due.losing).unwrap(), readers);
    let named = loans_of(&report, ChangeKind::Due);
    assert_eq!(i64::try_from(named.len()).unwrap(), films);
    for loan in named {
        let one = format!("SELECT count(*) {FILMS_AT_LENS} AND id = {loan}");
        assert_eq!(lab.count(&one).await, 1);
    }
    let open = lab
        .count("SELECT count(*) FROM custody WHERE until IS NULL AND kind = 'loan'")
        .await;
    assert_eq!(i64::try_from(figures.loans).unwrap(), open);

    // Of the log the one that came back; the others are told as open loans, and not twice.
    let back = lab
        .count(
            "SELECT count(*) FROM event e JOIN custody u ON u.id = e.custody_id AND u.until IS NOT NULL
              WHERE e.kind = 'checkout' AND e.outcome = 'done' AND u.branch = 'LENS' AND u.document = 'DVD'",
        )
        .await;
    let answered = figures.by_kind[&ChangeKind::AnswerDue];
    assert_eq!((i64::try_from(answered.losses).unwrap(), back), (1, 1));

    assert_eq!(figures.by_rule.keys().collect::<Vec<_>>(), ["X-LENS-DVD"]);
    assert_eq!(figures.by_branch.len(), 1);
    assert_eq!(figures.not_replayed, []);
    assert_eq!(figures.total.gains, 0);
    let (count, cases) = report.page(&LabFilter::default(), 0, 1);
    assert_eq!(count as u64, figures.total.losses);
    let (before, after) = report.lines(cases[0].1, circulation::Language::French);
    assert!(before[0].contains("loan_days 14 (R-DVD)"), "{before:?}");
    assert!(after[0].contains("loan_days 7 (X-LENS-DVD"), "{after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rules_in_force_change_nothing() {
    let lab = Lab::new().await;
    lend_all_sorts(&lab).await;
    let draft = lab.draft(|_| {}).await;
    let report = lab.report(&draft, None).await;
    assert_eq!(report.figures.total, Moved::default());
    assert_eq!(report.figures.not_replayed, []);
    assert!(report.figures.loans > 0 && report.figures.events > 0);
    assert!(report.cases.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_is_told_what_changes_there() {
    let lab = Lab::new().await;
    lend_all_sorts(&lab).await;
    let draft = lab.draft(shorter_films_at_lens).await;
    let vimy = lab.report(&draft, Some("VIMY")).await;
    assert_eq!(vimy.figures.total, Moved::default());
    let lens = lab.report(&draft, Some("LENS")).await;
    let all = lab.report(&draft, None).await;
    assert_eq!(lens.figures.total, all.figures.total);
    assert!(all.figures.total.losses > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_made_once_for_a_draft_as_it_is() {
    let lab = Lab::new().await;
    lend_all_sorts(&lab).await;
    let draft = lab.draft(shorter_films_at_lens).await;
    let so_far = |draft: PolicyDraft| {
        let desk = lab.served.desk.clone();
        let now = lab.town.now().clone();
        async move {
            let ask = ask(&draft, None);
            desk.laboratory_so_far(&draft, &ask, &now).await.unwrap()
        }
    };
    assert!(matches!(so_far(draft.clone()).await, LabState::None));
    let first = lab.report(&draft, None).await;
    let again = lab.report(&draft, None).await;
    assert!(Arc::ptr_eq(&first, &again));
    assert!(matches!(so_far(draft.clone()).await, LabState::Ready(_)));
    lab.sql("UPDATE policy_draft SET version = version + 1")
        .await;
    let desk = &lab.served.desk;
    let changed = desk.policy_draft(draft.line.id).await.unwrap().unwrap();
    assert!(matches!(so_far(changed.clone()).await, LabState::None));
    let other = lab.report(&changed, None).await;
    assert!(!Arc::ptr_eq(&first, &other));
    // Another rulebook is another comparison.
    lab.sql("UPDATE network SET rulebook_version = rulebook_version + 1")
        .await;
    assert!(matches!(so_far(changed).await, LabState::None));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_sound_is_not_tried() {
    let lab = Lab::new().await;
    let draft = lab
        .draft(|document| document["roles"] = json!({ "checkout": [] }))
        .await;
    assert!(matches!(lab.state(&draft, None).await, LabState::Unsound));
}

#[tokio::test(flavor = "multi_thread")]
async fn several_who_ask_at_once_share_one_run_or_wait() {
    let lab = Lab::new().await;
    lend_all_sorts(&lab).await;
    let draft = lab.draft(shorter_films_at_lens).await;
    let other = lab.draft(|_| {}).await;
    let (one, two, three) = tokio::join!(
        lab.report(&draft, None),
        lab.report(&draft, None),
        lab.report(&other, None)
    );
    assert!(Arc::ptr_eq(&one, &two));
    assert_eq!(three.ask.draft, other.line.id);
    let sides: BTreeSet<_> = one.cases.iter().map(|case| case.change.side()).collect();
    assert_eq!(sides, [Side::Loss].into());
}
