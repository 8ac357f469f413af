//! Desks that meet over one card, one person, one file, one household.

use std::sync::Arc;

use circulation::Refusal;
use desk::{ChangeAsk, CloseAsk, HouseholdMove, RequestKey};

use super::{Library, serve};
use crate::races::{all_at_once, assert_sound};

const AT_ONCE: usize = 8;
const ROUNDS: usize = 10;

#[tokio::test(flavor = "multi_thread")]
async fn one_card_is_one_reader_s() {
    let library = Library::new().await;
    let other = serve(&library.database).await;
    for round in 0..ROUNDS {
        let card = format!("26200000001{round:02}");
        let tasks = (0..AT_ONCE).map(|at| {
            let desk = [&library.served, &other][at % 2].desk.clone();
            let ask =
                library.register_ask(&card, "Morel", &format!("Ana {round} {at}"), "1980-03-09");
            async move { desk.register(ask).await.unwrap() }
        });
        let (made, not): (Vec<_>, Vec<_>) = all_at_once(tasks)
            .await
            .into_iter()
            .partition(|answer| answer.outcome.is_ok());
        assert_eq!(made.len(), 1, "round {round}");
        for answer in not {
            assert_eq!(
                super::refused(answer),
                [Refusal::CardTaken],
                "round {round}"
            );
        }
        let readers = library.count("SELECT count(*) FROM patron").await;
        assert_eq!(readers, round as i64 + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_is_registered_once() {
    let library = Library::new().await;
    let other = serve(&library.database).await;
    for round in 0..ROUNDS {
        let tasks = (0..AT_ONCE).map(|at| {
            let desk = [&library.served, &other][at % 2].desk.clone();
            let card = format!("2620{round:04}{at:02}");
            let ask = library.register_ask(&card, "Morel", &format!("Ana {round}"), "1980-03-09");
            async move { desk.register(ask).await.unwrap() }
        });
        let made = all_at_once(tasks).await;
        let made = made.iter().filter(|answer| answer.outcome.is_ok()).count();
        assert_eq!(made, 1, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_question_is_one_reader() {
    let library = Library::new().await;
    let other = serve(&library.database).await;
    for round in 0..ROUNDS {
        let name = format!("Ana {round}");
        let mut ask =
            library.register_ask(&format!("2620{round:04}"), "Morel", &name, "1980-03-09");
        ask.key = Some(RequestKey::new(1, &["register", &name]));
        let tasks = (0..AT_ONCE).map(|at| {
            let desk = [&library.served, &other][at % 2].desk.clone();
            let ask = ask.clone();
            async move { desk.register(ask).await.unwrap() }
        });
        let answers = all_at_once(tasks).await;
        let made = answers.iter().filter(|answer| !answer.replayed).count();
        assert_eq!(made, 1, "round {round}");
        let first = answers[0].outcome.clone().unwrap();
        for answer in answers {
            assert_eq!(answer.outcome.unwrap(), first, "round {round}");
        }
    }
}

/// Of two who looked at the same file, one writes.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_writes_over_what_they_did_not_see() {
    let library = Library::new().await;
    let other = serve(&library.database).await;
    let ana = library.adult("2620000000101", "Morel", "Ana").await;
    for round in 0..ROUNDS {
        let ask = library.change_ask(ana).await;
        let tasks = (0..AT_ONCE).map(|at| {
            let desk = [&library.served, &other][at % 2].desk.clone();
            let mut ask = ask.clone();
            ask.data.note = format!("{round} {at}");
            async move { desk.change_patron(ask).await.unwrap() }
        });
        let (made, not): (Vec<_>, Vec<_>) = all_at_once(tasks)
            .await
            .into_iter()
            .partition(|answer| answer.outcome.is_ok());
        assert_eq!(made.len(), 1, "round {round}");
        for answer in not {
            assert_eq!(super::refused(answer), [Refusal::FileChanged]);
        }
    }
}

/// Two readers who move to each other, and one who borrows meanwhile: nobody waits for ever, and the household's limit
/// counts what both have.
#[tokio::test(flavor = "multi_thread")]
async fn moves_and_loans_meet() {
    let library = Library::new().await;
    let other = serve(&library.database).await;
    let ana = library.adult("2620000000101", "Morel", "Ana").await;
    let bob = library.adult("2620000000102", "Petit", "Bob").await;
    let kiosk = library.town.kiosk("LENS").await.unwrap();
    let reader = testkit::Reader {
        card: "2620000000101".into(),
        branch: "LENS".parse().unwrap(),
    };
    for round in 0..ROUNDS {
        let barcode = library.town.item("LIV", "LENS").await.unwrap();
        let mut asks = Vec::new();
        for (id, with) in [(ana, bob), (bob, ana)] {
            asks.push(ChangeAsk {
                household: [HouseholdMove::With(with), HouseholdMove::Alone][round % 2],
                ..library.change_ask(id).await
            });
        }
        let lent = library.town.checkout(&kiosk, &reader, &barcode);
        let lend = {
            let desk = library.served.desk.clone();
            async move {
                let lent = desk.checkout(lent).await.unwrap();
                lent.outcome.map(drop)
            }
        };
        let moves = asks
            .into_iter()
            .zip([&library.served, &other])
            .map(|(ask, town)| {
                let desk = town.desk.clone();
                async move {
                    desk.change_patron(ask).await.unwrap().outcome.unwrap();
                    Ok(())
                }
            });
        let tasks: Vec<std::pin::Pin<Box<dyn Future<Output = _> + Send>>> = moves
            .map(|task| Box::pin(task) as _)
            .chain([Box::pin(lend) as _])
            .collect();
        for outcome in all_at_once(tasks).await {
            assert_eq!(outcome, Ok(()), "round {round}");
        }
        library.town.take_back("LENS", &barcode).await.unwrap();
    }
    assert_sound(&library.town).await;
}

/// An account is closed, or something is lent on it: never both.
#[tokio::test(flavor = "multi_thread")]
async fn a_closed_account_has_no_loan() {
    let library = Arc::new(Library::new().await);
    let other = serve(&library.database).await;
    let kiosk = library.town.kiosk("LENS").await.unwrap();
    let (mut closed, mut lent) = (0, 0);
    for round in 0..ROUNDS * 4 {
        let card = format!("2620{round:04}");
        let id = library.adult(&card, "Morel", &format!("Ana {round}")).await;
        let barcode = library.town.item("LIV", "LENS").await.unwrap();
        let reader = testkit::Reader {
            card,
            branch: "LENS".parse().unwrap(),
        };
        let loan = library.town.checkout(&kiosk, &reader, &barcode);
        let close = CloseAsk {
            actor: library.staff.clone(),
            patron: id,
            version: library.dossier(id).await.version,
            key: None,
            at: library.town.now().clone(),
        };
        let (one, two) = (library.served.desk.clone(), other.desk.clone());
        let tasks: [std::pin::Pin<Box<dyn Future<Output = bool> + Send>>; 2] = [
            Box::pin(async move { one.checkout(loan).await.unwrap().outcome.is_ok() }),
            Box::pin(async move { two.close_patron(close).await.unwrap().outcome.is_ok() }),
        ];
        let done = all_at_once(tasks).await;
        assert_eq!(
            done.iter().filter(|done| **done).count(),
            1,
            "round {round}"
        );
        let loans =
            format!("SELECT count(*) FROM custody WHERE patron_id = {id} AND until IS NULL");
        let open = format!("SELECT count(*) FROM patron WHERE id = {id} AND closed_at IS NULL");
        let (loans, open) = (library.count(&loans).await, library.count(&open).await);
        assert_eq!(loans, open, "round {round}");
        lent += loans;
        closed += 1 - open;
    }
    eprintln!("{lent} lent, {closed} closed");
}
