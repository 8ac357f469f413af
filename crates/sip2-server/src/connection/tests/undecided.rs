//! What could not be decided is no answer.

use super::*;

#[tokio::test]
async fn what_could_not_be_decided_is_asked_anew_by_the_same_bytes() {
    let mut kiosk = Kiosk::logged_in(Stub::default()).await;
    let asked =
        String::from_utf8(checked("1720261122    153030AO|ABaway|AC|", 4).to_vec()).unwrap();
    let first = kiosk.ask(&asked).await;
    assert!(first.starts_with("18"), "{first}");
    assert_eq!(kiosk.done(), 1);
    kiosk.ask(&asked).await;
    assert_eq!(kiosk.done(), 2, "the database may be back");
    assert!(
        kiosk.ask("97AZFEF5").await.starts_with("18"),
        "97 asks for the words, not for a decision"
    );
    assert_eq!(kiosk.done(), 2);

    let settled =
        String::from_utf8(checked("1720261122    153030AO|AB36200|AC|", 5).to_vec()).unwrap();
    kiosk.ask(&settled).await;
    kiosk.ask(&settled).await;
    assert_eq!(kiosk.done(), 3, "an answer is an answer");
}
