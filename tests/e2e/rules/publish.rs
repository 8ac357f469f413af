//! A draft becomes a version: once, from a day on, and every daemon decides by it.

use circulation::Severity;
use desk::DraftRefused;

use super::{Library, day};

#[tokio::test(flavor = "multi_thread")]
async fn a_loan_of_the_first_day_is_made_under_the_new_rules_by_every_daemon() {
    let library = Library::new().await;
    let draft = library.dvds("DVD", 7).await;
    let published = library.publish(&draft, "2026-06-10").await.unwrap();
    assert_eq!((published.version, published.from), (2, day("2026-06-10")));
    let event = published.event.unwrap();
    let query = format!(
        "SELECT count(*) FROM event WHERE id = {event} AND kind = 'policy' AND staff_id IS NOT NULL"
    );
    assert_eq!(library.count(&query).await, 1);

    // The other daemon has read nothing anew; its next loans are made as the rules of their day have it.
    let town = &library.town;
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let kiosk = town.kiosk("LENS").await.unwrap();
    for (on, due) in [("2026-06-09", "2026-06-23"), ("2026-06-10", "2026-06-17")] {
        let mut ask = town.checkout(&kiosk, &reader, &town.item("DVD", "LENS").await.unwrap());
        ask.at = town.at(on).unwrap();
        let lent = town.desk.checkout(ask).await.unwrap().outcome.unwrap();
        assert_eq!(lent.due, day(due), "{on}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_publication_once_more_does_nothing() {
    let library = Library::new().await;
    let draft = library.dvds("DVD", 7).await;
    let first = library.publish(&draft, "2026-06-10").await.unwrap();
    let again = library.publish(&draft, "2026-06-10").await.unwrap();
    assert_eq!(
        (again.version, again.again, again.event),
        (first.version, true, None)
    );
    // From another day it is another publication.
    let other = library.publish(&draft, "2026-06-11").await;
    assert_eq!(other.unwrap_err(), DraftRefused::Published(2));
    assert_eq!(
        library.count("SELECT count(*) FROM policy_version").await,
        2
    );
    assert_eq!(library.noted("publish").await, 1);
    // What is published is neither changed nor thrown away.
    let late = library.change(&library.network, &draft, |document| document.limits.clear());
    assert_eq!(late.await.unwrap_err(), DraftRefused::Published(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_are_over_or_taken_are_refused() {
    let library = Library::new().await;
    let (one, two) = (library.dvds("un", 7).await, library.dvds("deux", 8).await);
    let refused = async |draft, from: &str| library.publish(draft, from).await.unwrap_err();
    let today = library.town.today();
    assert_eq!(
        refused(&one, "2026-06-08").await,
        DraftRefused::DayPast(today)
    );
    assert_eq!(
        refused(&one, "9999-12-31").await,
        DraftRefused::DayPast(today)
    );
    library.publish(&one, "2026-06-09").await.unwrap();
    let taken = DraftRefused::DayTaken(2, day("2026-06-09"));
    assert_eq!(refused(&two, "2026-06-09").await, taken);
    assert_eq!(
        library.publish(&two, "2026-06-10").await.unwrap().version,
        3
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_are_put_right_and_warnings_are_read_first() {
    let library = Library::new().await;
    let draft = library.make("Sans règle générale").await;
    let rootless = library
        .change(&library.network, &draft, |document| document.rules.clear())
        .await
        .unwrap();
    let refused = library.publish(&rootless, "2026-06-10").await.unwrap_err();
    assert!(matches!(refused, DraftRefused::Unsound(_)), "{refused}");

    // The network's rules have warnings as they are.
    let draft = library.dvds("DVD", 7).await;
    let mut ask = library.publish_ask(&draft, "2026-06-10");
    ask.acknowledged = false;
    let refused = library.asked(&library.network, &ask).await.unwrap_err();
    let DraftRefused::Unread { warnings, behind } = refused else {
        panic!("{refused}");
    };
    assert!(!warnings.is_empty() && behind.is_none());
    assert!(
        warnings
            .iter()
            .all(|one| one.severity() == Severity::Warning)
    );
    ask.acknowledged = true;
    ask.dry = true;
    let dry = library.asked(&library.network, &ask).await.unwrap();
    assert_eq!((dry.version, dry.event), (2, None));
    assert_eq!(
        library.count("SELECT count(*) FROM policy_version").await,
        1
    );
    assert_eq!(library.noted("publish").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_would_take_back_a_later_version_says_so() {
    let library = Library::new().await;
    let (one, two) = (library.dvds("un", 7).await, library.dvds("deux", 8).await);
    library.publish(&one, "2026-06-10").await.unwrap();
    let mut ask = library.publish_ask(&two, "2026-06-11");
    ask.acknowledged = false;
    let refused = library.asked(&library.network, &ask).await.unwrap_err();
    assert!(
        matches!(
            refused,
            DraftRefused::Unread {
                behind: Some(2),
                ..
            }
        ),
        "{refused}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_withdrawn_until_its_first_day() {
    let library = Library::new().await;
    let draft = library.dvds("DVD", 7).await;
    library.publish(&draft, "2026-06-10").await.unwrap();
    assert_eq!(library.withdraw(&library.network, 2).await, Ok(()));
    let again = library.withdraw(&library.network, 2).await;
    assert_eq!(again, Err(DraftRefused::NoVersion(2)));
    assert_eq!(library.noted("withdraw").await, 1);

    // Nothing is decided under it, and its day is free; its number is not given again.
    let town = &library.town;
    let book = town.desk.rulebook_of_now().await.unwrap();
    assert_eq!(book.policy_on(day("2026-06-10")).unwrap().version, 1);
    let draft = library.read(draft.line.id).await;
    assert_eq!(draft.line.published, None);
    let published = library.publish(&draft, "2026-06-10").await.unwrap();
    assert_eq!(published.version, 3);
    let versions = library.served.desk.policy_versions().await.unwrap();
    let told: Vec<_> = versions
        .iter()
        .map(|version| (version.version, version.withdrawn.is_some()))
        .collect();
    assert_eq!(told, [(3, false), (2, true), (1, false)]);

    let begun = library.withdraw(&library.network, 1).await;
    assert!(matches!(begun, Err(DraftRefused::Begun(1, _))), "{begun:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daemon_changes_nothing_that_is_published() {
    let library = Library::new().await;
    for statement in [
        "UPDATE policy_rule SET body = '{}'",
        "UPDATE policy_limit SET body = '{}'",
        "UPDATE policy_version SET effective_from = effective_from + 1",
        "DELETE FROM policy_rule",
        "UPDATE policy_draft SET based_on = 1",
    ] {
        let done = library.served.store.run_sql(statement).await;
        let error = done.unwrap_err().to_string();
        assert!(error.contains("permission denied"), "{statement}: {error}");
    }
}
