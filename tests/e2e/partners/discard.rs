//! A temporary item ends, and nothing else does.

use circulation::Refusal;
use desk::{Actor, RequestState};

use super::{Partner, refused};
use crate::races::all_at_once;

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_once_its_hold_with_it_and_its_barcode_is_free() {
    let partner = Partner::new().await;
    let made = partner.accept(partner.bring("R-1", &["PEB1"])).await;
    let made = made.outcome.unwrap();
    let done = partner.discard(" PEB1 ").await;
    assert!(done.outcome.is_ok() && done.event.is_some() && !done.replayed);
    assert_eq!(partner.state("R-1").await, RequestState::Ended);
    let gone = format!(
        "SELECT count(*) FROM item i WHERE id = {0} AND condition = 'withdrawn' AND barcode = 'PEB1~{0}'
            AND NOT EXISTS (SELECT FROM custody WHERE item_id = i.id AND until IS NULL)",
        made.item
    );
    assert_eq!(partner.count(&gone).await, 1);
    let active = "SELECT count(*) FROM hold WHERE closed_at IS NULL";
    assert_eq!(partner.count(active).await, 0);

    let again = partner.discard("PEB1").await;
    assert!(again.outcome.is_ok() && again.replayed);

    // The old number keeps its answer, and the barcode comes with the next item.
    let rows = partner.rows().await;
    let known = partner.accept(partner.bring("R-1", &["PEB1"])).await;
    assert!(known.replayed);
    assert_eq!(known.outcome.unwrap(), made);
    assert_eq!(partner.rows().await, rows);
    let next = partner.accept(partner.bring("R-2", &["PEB1"])).await;
    let next = next.outcome.unwrap();
    assert_eq!(next.barcode, "PEB1");
    assert_ne!(next.item, made.item);
    assert!(matches!(partner.state("R-2").await, RequestState::Ready(_)));
    let second = partner.discard("PEB1").await;
    assert!(second.outcome.is_ok() && !second.replayed);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_ours_or_another_partner_s_stays() {
    let partner = Partner::new().await;
    let ours = partner.town.item("LIV", "LENS").await.unwrap();
    assert_eq!(
        refused(partner.discard(&ours).await),
        [Refusal::NotTemporary]
    );
    assert_eq!(
        refused(partner.discard("nothing").await),
        [Refusal::ItemUnknown]
    );
    partner.accept(partner.bring("R-1", &["PEB1"])).await;
    let other = Actor::partner(&partner.town.kiosk("LENS").await.unwrap());
    let at = partner.town.now();
    let no = partner.served.desk.discard(&other, "PEB1", at).await;
    assert_eq!(refused(no.unwrap()), [Refusal::NotTemporary]);
    let withdrawn = "SELECT count(*) FROM item WHERE condition = 'withdrawn'";
    assert_eq!(partner.count(withdrawn).await, 0);
    assert!(matches!(partner.state("R-1").await, RequestState::Ready(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_it_is_lent_it_does_not_end() {
    let partner = Partner::new().await;
    partner.accept(partner.bring("R-1", &["PEB1"])).await;
    let lent = partner.town.lend(&partner.reader, "PEB1").await.unwrap();
    lent.outcome.unwrap();
    assert_eq!(
        refused(partner.discard("PEB1").await),
        [Refusal::LentToAnother]
    );
    partner.town.take_back("LENS", "PEB1").await.unwrap();
    assert!(partner.discard("PEB1").await.outcome.is_ok());
    assert_eq!(partner.state("R-1").await, RequestState::Collected);
}

/// Staff withdrew it by hand: its partner still ends it, and the barcode is free.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_already_gives_its_barcode_free() {
    let partner = Partner::new().await;
    partner.accept(partner.bring("R-1", &["PEB1"])).await;
    let declared = partner.town.desk.declare(desk::DeclareAsk {
        actor: Actor::kiosk(&partner.terminal),
        barcode: "PEB1".into(),
        condition: circulation::Condition::Withdrawn,
        at: partner.town.now().clone(),
    });
    declared.await.unwrap().outcome.unwrap();
    let done = partner.discard("PEB1").await;
    assert!(done.outcome.is_ok() && !done.replayed);
    assert!(partner.discard("PEB1").await.replayed);
    assert_eq!(partner.state("R-1").await, RequestState::Ended);
}

#[tokio::test(flavor = "multi_thread")]
async fn ended_at_once_by_many_it_ends_once() {
    let partner = Partner::new().await;
    let other = super::serve(&partner.database).await;
    for round in 0..20 {
        let barcode = format!("PEB{round}");
        partner
            .accept(partner.bring(&format!("R-{round}"), &[&barcode]))
            .await
            .outcome
            .unwrap();
        let tasks = (0..8).map(|number| {
            let desk = [&partner.served, &other][number % 2].desk.clone();
            let actor = Actor::partner(&partner.terminal);
            let (at, barcode) = (partner.town.now().clone(), barcode.clone());
            async move { desk.discard(&actor, &barcode, &at).await.unwrap() }
        });
        let answers = all_at_once(tasks).await;
        assert!(answers.iter().all(|answer| answer.outcome.is_ok()));
        let made = answers.iter().filter(|answer| !answer.replayed).count();
        assert_eq!(made, 1, "round {round}");
    }
}
