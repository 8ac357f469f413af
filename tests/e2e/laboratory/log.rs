//! What was refused and would be allowed, and the other way.

use circulation::{ChangeKind, NotKept};
use serde_json::{Value, json};

use super::{Lab, add_rule};

fn limit<'a>(document: &'a mut Value, id: &str) -> &'a mut Value {
    let limits = document["limit"].as_array_mut().unwrap();
    limits.iter_mut().find(|limit| limit["id"] == id).unwrap()
}

/// A household with the two video games that it may have, and a third that was refused.
async fn a_third_game(lab: &Lab) {
    let town = &lab.town;
    let family = town
        .household(&[("ADU", "LENS"), ("ADU", "LENS")])
        .await
        .unwrap();
    let games = town.items("JVI", "LENS", 3).await.unwrap();
    town.lend(&family[0], &games[0])
        .await
        .unwrap()
        .outcome
        .unwrap();
    town.lend(&family[1], &games[1])
        .await
        .unwrap()
        .outcome
        .unwrap();
    assert!(
        town.lend(&family[0], &games[2])
            .await
            .unwrap()
            .outcome
            .is_err()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_that_a_higher_limit_would_lift() {
    let lab = Lab::new().await;
    a_third_game(&lab).await;
    let draft = lab
        .draft(|document| limit(document, "L-JVI")["max_loans"] = json!(3))
        .await;
    let figures = lab.report(&draft, None).await.figures.clone();
    let refused = "SELECT count(*) FROM event WHERE kind = 'checkout' AND outcome = 'refused'";
    let answers = figures.by_kind[&ChangeKind::Answer];
    assert_eq!(
        i64::try_from(answers.gains).unwrap(),
        lab.count(refused).await
    );
    // Both members could borrow one more today.
    assert_eq!(figures.by_kind[&ChangeKind::Limit].gaining, 2);
    assert_eq!(figures.by_rule.keys().collect::<Vec<_>>(), ["L-JVI"]);
    assert_eq!((figures.total.losses, figures.total.gaining), (0, 2));
    assert_eq!(figures.not_replayed, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn and_a_lower_one_would_bring() {
    let lab = Lab::new().await;
    a_third_game(&lab).await;
    let draft = lab
        .draft(|document| limit(document, "L-JVI")["max_loans"] = json!(1))
        .await;
    let figures = lab.report(&draft, None).await.figures.clone();
    // The first game is lent either way, the second would not have been, the third is refused either way.
    assert_eq!(figures.by_kind[&ChangeKind::Answer].losses, 1);
    // Full today, and one too many then.
    assert_eq!(figures.by_kind[&ChangeKind::Limit].losing, 2);
    assert_eq!(figures.total.gains, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_lent_any_more() {
    let lab = Lab::new().await;
    a_third_game(&lab).await;
    let draft = lab
        .draft(|document| {
            add_rule(
                document,
                json!({ "id": "X-NO", "branch": "LENS", "category": "ADU", "document": "JVI", "loanable": false }),
            );
        })
        .await;
    let figures = lab.report(&draft, None).await.figures.clone();
    assert_eq!(figures.by_kind[&ChangeKind::Lendable].losses, 2);
    // Both loans are open, and told as such; the third was refused either way.
    assert!(!figures.by_kind.contains_key(&ChangeKind::Answer));
    assert_eq!(figures.by_rule["X-NO"].losses, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn renewals_that_were_refused() {
    let lab = Lab::new().await;
    let town = &lab.town;
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let game = town.item("JVI", "LENS").await.unwrap();
    town.lend(&reader, &game).await.unwrap().outcome.unwrap();
    let kiosk = town.kiosk("LENS").await.unwrap();
    let ask = town.renew(&kiosk, &reader, &game, None);
    assert!(town.desk.renew(ask).await.unwrap().outcome.is_err());
    let draft = lab
        .draft(|document| {
            let rules = document["rule"].as_array_mut().unwrap();
            let games = rules.iter_mut().find(|rule| rule["id"] == "R-JVI").unwrap();
            games["renewals"] = json!(1);
        })
        .await;
    let figures = lab.report(&draft, None).await.figures.clone();
    assert_eq!(figures.by_kind[&ChangeKind::Answer].gains, 1);
    assert_eq!(figures.by_kind[&ChangeKind::Renewals].gains, 1);
    assert_eq!(figures.total.gaining, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_changed_since_and_what_staff_forced_is_not_guessed() {
    let lab = Lab::new().await;
    a_third_game(&lab).await;
    lab.sql(
        "INSERT INTO event (at, kind, outcome, branch, patron_id, body)
         SELECT now() + interval '100 years', 'reader', 'done', 'LENS', patron_id, '{}' FROM event
          WHERE outcome = 'refused'",
    )
    .await;
    let draft = lab
        .draft(|document| limit(document, "L-JVI")["max_loans"] = json!(3))
        .await;
    let figures = lab.report(&draft, None).await.figures.clone();
    assert!(!figures.by_kind.contains_key(&ChangeKind::Answer));
    let [not] = figures.not_replayed.as_slice() else {
        panic!("{figures:?}")
    };
    assert_eq!((not.why, not.times), (NotKept::Category, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_before_the_period_is_left_out() {
    let lab = Lab::new().await;
    a_third_game(&lab).await;
    lab.sql("UPDATE event SET at = at - interval '31 days'")
        .await;
    let draft = lab
        .draft(|document| limit(document, "L-JVI")["max_loans"] = json!(3))
        .await;
    let figures = lab.report(&draft, None).await.figures.clone();
    assert_eq!(figures.events, 0);
    assert!(!figures.by_kind.contains_key(&ChangeKind::Answer));
}
