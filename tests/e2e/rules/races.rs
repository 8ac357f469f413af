//! Two librarians at once, at two daemons.

use desk::DraftRefused;

use super::{Library, day, member, serve};

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_publish_for_one_day_one_does() {
    let library = Library::new().await;
    let other = serve(&library.database).await;
    let colleague = member(&library.town, "autre", &[("policy", None)]).await;
    for round in 0..5 {
        let from = format!("2026-07-{:02}", round + 1);
        let one = library.dvds(&format!("un {round}"), 7).await;
        let two = library.dvds(&format!("deux {round}"), 8).await;
        let (one, two) = (
            library.publish_ask(&one, &from),
            library.publish_ask(&two, &from),
        );
        let (first, second) = tokio::join!(
            library
                .served
                .desk
                .publish_policy_draft(&library.network, &one),
            other.desk.publish_policy_draft(&colleague, &two),
        );
        let both = [first.unwrap(), second.unwrap()];
        let version = round + 2;
        let done = both.iter().flatten().filter(|done| done.version == version);
        assert_eq!(done.count(), 1, "{both:?}");
        let taken = DraftRefused::DayTaken(version, day(&from));
        assert!(both.contains(&Err(taken)), "{both:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_two_publish_at_once_is_published_once() {
    let library = Library::new().await;
    let other = serve(&library.database).await;
    let draft = library.dvds("DVD", 7).await;
    let ask = library.publish_ask(&draft, "2026-06-10");
    let (first, second) = tokio::join!(
        library
            .served
            .desk
            .publish_policy_draft(&library.network, &ask),
        other.desk.publish_policy_draft(&library.network, &ask),
    );
    let both = [first.unwrap().unwrap(), second.unwrap().unwrap()];
    assert_eq!(both.iter().filter(|done| done.again).count(), 1, "{both:?}");
    assert!(both.iter().all(|done| done.version == 2));
    let versions = "SELECT count(*) FROM policy_version";
    assert_eq!(library.count(versions).await, 2);
    let events = "SELECT count(*) FROM event WHERE kind = 'policy' AND staff_id IS NOT NULL";
    assert_eq!(library.count(events).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_change_one_draft_at_once_one_does() {
    let library = Library::new().await;
    let draft = library.make("DVD").await;
    let change = async |days: u32| {
        let network = &library.network;
        let change = library.change(network, &draft, |document| {
            document.rules[0].set.loan_days = Some(days);
        });
        change.await
    };
    let (first, second) = tokio::join!(change(21), change(35));
    let late = [&first, &second]
        .into_iter()
        .filter(|done| matches!(done, Err(DraftRefused::Changed(2))));
    assert_eq!(late.count(), 1, "{first:?} {second:?}");
    assert_eq!(library.read(draft.line.id).await.line.version, 2);
}
