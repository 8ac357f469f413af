//! Fifty partners want one item.

use std::sync::Barrier;

use desk::hash_password;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{NewTerminal, TerminalSettings};

use super::{Served, in_2_02, item, text, user};

const PARTNERS: usize = 50;

#[tokio::test(flavor = "multi_thread")]
async fn fifty_partners_and_one_item_make_one_loan() {
    let served = Served::new().await;
    let town = &served.town;
    let password_hash = hash_password("x").unwrap();
    let mut session = town.store.session().await.unwrap();
    let mut cards = Vec::new();
    for number in 0..PARTNERS {
        let token = format!("jeton-{number}");
        let hash = Sha256::digest(token.as_bytes());
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let settings = json!({ "agencies": [format!("P{number}")], "token": hex });
        let settings: TerminalSettings = settings.as_object().unwrap().clone();
        let partner = NewTerminal {
            login: format!("p{number}"),
            password_hash: password_hash.clone(),
            name: String::new(),
            branch: "LENS".parse().unwrap(),
            messages: vec!["CheckOutItem".into(), "CheckInItem".into()],
            profile: "ncip-broker".into(),
            settings,
            at: town.now().timestamp(),
        };
        session.add_terminal(&partner).await.unwrap();
        cards.push(town.reader("ADU", "LENS").await.unwrap().card);
    }
    drop(session);
    // The last one's token is known once the daemon has heard of all of them.
    let known = in_2_02("CheckInItem", &item("rien"));
    while !served
        .send("/ncip/jeton-49", "", known.as_bytes())
        .1
        .contains("Unknown Item")
    {
        tokio::task::yield_now().await;
    }
    for round in 0..5 {
        let barcode = town.item("LIV", "LENS").await.unwrap();
        let start = Barrier::new(PARTNERS);
        let answers: Vec<String> = std::thread::scope(|scope| {
            let asked = cards.iter().enumerate().map(|(number, card)| {
                let document =
                    in_2_02("CheckOutItem", &format!("{}{}", user(card), item(&barcode)));
                let (served, start) = (&served, &start);
                scope.spawn(move || {
                    start.wait();
                    served
                        .send(&format!("/ncip/jeton-{number}"), "", document.as_bytes())
                        .1
                })
            });
            let asked: Vec<_> = asked.collect();
            asked
                .into_iter()
                .map(|asked| asked.join().unwrap())
                .collect()
        });
        let lent = answers
            .iter()
            .filter(|answer| text(answer, "DateDue").is_some());
        assert_eq!(lent.count(), 1, "round {round}");
        let refused =
            |answer: &&String| text(answer, "ProblemType") == Some("Resource Cannot Be Provided");
        assert_eq!(
            answers.iter().filter(refused).count(),
            PARTNERS - 1,
            "round {round}"
        );
        for answer in &answers {
            served.judge.valid(answer);
        }
        assert!(
            town.take_back("LENS", &barcode)
                .await
                .unwrap()
                .outcome
                .is_ok()
        );
    }
}
