//! A closure is looked at, announced and taken back.

use desk::{CalendarRefused, ClosureEnded, MovedDays, WeekAsk};

use super::{Network, branch, day};
use crate::rules::member;

#[tokio::test(flavor = "multi_thread")]
async fn a_closure_moves_what_it_said_that_it_would() {
    let network = Network::new().await;
    let (town, desk) = (&network.town, &network.served.desk);
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let (within, before, kept) = (
        town.item("LIV", "LENS").await.unwrap(),
        town.item("LIV", "LENS").await.unwrap(),
        town.item("LIV", "LENS").await.unwrap(),
    );
    for barcode in [&within, &before, &kept] {
        let lent = town.lend(&reader, barcode).await.unwrap();
        lent.outcome.unwrap();
    }
    // 2 July 2026 is a Thursday; LENS opens again on Tuesday 7.
    network.due_on(&within, "2026-07-02").await;
    network.due_on(&before, "2026-06-30").await;
    network.due_on(&kept, "2026-07-02").await;
    let borrowed = format!("UPDATE item SET return_by = '2026-07-02' WHERE barcode = '{kept}'");
    town.store.run_sql(&borrowed).await.unwrap();

    let ask = network.ask(Some("LENS"), "2026-07-01", "2026-07-04");
    let preview = network.preview(&ask).await;
    let moved = MovedDays {
        from: day("2026-07-02"),
        to: day("2026-07-07"),
        count: 1,
    };
    assert_eq!(preview.due, [moved]);
    assert_eq!((preview.readers, preview.stay), (1, 1));
    assert!(
        network.is_due(&within, "2026-07-02").await,
        "nothing has moved"
    );

    let done = network.announce(&network.everywhere, &ask).await.unwrap();
    assert!(done.event.is_some());
    assert!(network.is_due(&within, "2026-07-07").await);
    assert!(network.is_due(&before, "2026-06-30").await);
    assert!(network.is_due(&kept, "2026-07-02").await);
    let line = desk.closure(done.closure).await.unwrap().unwrap();
    assert_eq!((line.loans, line.shelves), (1, 0));
    assert_eq!(line.announced.unwrap().0, "reseau");
    let logged = "SELECT count(*) FROM event WHERE kind = 'due_moved' AND outcome = 'done'";
    assert_eq!(network.count(logged).await, 1);
    let event = "SELECT max(id) FROM event WHERE kind = 'due_moved'";
    let why = desk
        .why(network.count(event).await, circulation::Language::French)
        .await
        .unwrap()
        .unwrap();
    assert!(
        why.lines.iter().any(|line| line.contains("inondation")),
        "{:?}",
        why.lines
    );

    // The same once more does nothing, whatever was seen.
    let again = network.announce(&network.everywhere, &ask).await.unwrap();
    assert_eq!((again.closure, again.event), (done.closure, None));
    let other = network.ask(Some("LENS"), "2026-07-04", "2026-07-05");
    assert!(matches!(
        network.announce(&network.everywhere, &other).await,
        Err(CalendarRefused::Overlaps(_))
    ));

    // A loan of today knows the closure.
    let later = town.item("DVD", "LENS").await.unwrap();
    let lent = town.lend(&reader, &later).await.unwrap();
    assert_eq!(lent.outcome.unwrap().due, day("2026-06-23"));

    // Taken back, it is gone; what readers were told stays.
    let ended = desk
        .end_closure(&network.everywhere, done.closure, town.now())
        .await
        .unwrap();
    assert_eq!(ended, Ok(ClosureEnded::Gone));
    assert!(network.is_due(&within, "2026-07-07").await);
    let gone = desk
        .end_closure(&network.everywhere, done.closure, town.now())
        .await
        .unwrap();
    assert_eq!(gone, Err(CalendarRefused::NoClosure));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_on_a_hold_shelf_waits_longer() {
    let network = Network::new().await;
    let town = &network.town;
    let (reader, other) = (
        town.reader("ADU", "LENS").await.unwrap(),
        town.reader("ADU", "LENS").await.unwrap(),
    );
    let barcode = town.item("LIV", "LENS").await.unwrap();
    town.lend(&other, &barcode).await.unwrap().outcome.unwrap();
    let held = town.place_hold(&reader, &barcode, "LENS").await.unwrap();
    held.outcome.unwrap();
    town.take_back("LENS", &barcode)
        .await
        .unwrap()
        .outcome
        .unwrap();
    let until = "SELECT (max(ready_until) - '2026-01-01')::bigint FROM custody WHERE kind = 'hold_shelf' AND until IS NULL";
    let before = network.count(until).await;

    let ask = network.ask(None, "2026-06-10", "2026-06-13");
    let preview = network.preview(&ask).await;
    assert_eq!(preview.waiting(), 1);
    network.announce(&network.everywhere, &ask).await.unwrap();
    let after = network.count(until).await;
    assert!(after > before);
    // A second turn moves nothing further.
    network.turn(town.now()).await;
    assert_eq!(network.count(until).await, after);
    let logged = "SELECT count(*) FROM event WHERE kind = 'ready_moved'";
    assert_eq!(network.count(logged).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_summer_takes_its_public_holidays_along() {
    let network = Network::new().await;
    let summer = network.ask(None, "2026-07-10", "2026-08-20");
    network.preview(&summer).await;
    let done = network.announce(&network.everywhere, &summer).await;
    let done = done.unwrap();
    let within = "SELECT count(*) FROM closure WHERE branch IS NULL AND first_day BETWEEN '2026-07-10' AND '2026-08-20'";
    assert_eq!(network.count(within).await, 1);
    let again = network.announce(&network.everywhere, &summer).await;
    assert_eq!(again.unwrap().closure, done.closure);
    let town = &network.town;
    let ended = network
        .served
        .desk
        .end_closure(&network.everywhere, done.closure, town.now());
    assert_eq!(ended.await.unwrap(), Ok(ClosureEnded::Gone));
    // Closed all the same.
    let book = network.served.desk.rulebook_of_now().await.unwrap();
    let closed = book
        .calendar
        .why_closed(branch("LENS"), day("2026-07-14"), &book.policies[0]);
    assert!(closed.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_changes_its_own_calendar_and_nobody_else_s() {
    let network = Network::new().await;
    let lens = member(&network.town, "lens", &[("calendar", Some("LENS"))]).await;
    let nobody = member(&network.town, "personne", &[("circulate", None)]).await;
    let (here, there, everywhere) = (
        network.ask(Some("LENS"), "2026-07-01", "2026-07-04"),
        network.ask(Some("VIMY"), "2026-07-01", "2026-07-04"),
        network.ask(None, "2026-07-01", "2026-07-04"),
    );
    for ask in [&here, &there, &everywhere] {
        let refused = network.announce(&nobody, ask).await.unwrap_err();
        assert!(
            matches!(
                refused,
                CalendarRefused::Right(_) | CalendarRefused::Network
            ),
            "{refused}"
        );
    }
    assert!(network.announce(&lens, &here).await.is_ok());
    assert!(matches!(
        network.announce(&lens, &there).await,
        Err(CalendarRefused::Right(_))
    ));
    assert_eq!(
        network.announce(&lens, &everywhere).await,
        Err(CalendarRefused::Network)
    );
    let all = network.announce(&network.everywhere, &everywhere).await;
    let ended = network
        .served
        .desk
        .end_closure(&lens, all.unwrap().closure, network.town.now());
    assert_eq!(ended.await.unwrap(), Err(CalendarRefused::Network));
    let noted =
        "SELECT count(*) FROM audit WHERE action = 'calendar' AND detail ->> 'did' = 'announce'";
    assert_eq!(network.count(noted).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_hours_move_what_is_due_when_it_does_not_open_any_more() {
    let network = Network::new().await;
    let (town, desk) = (&network.town, &network.served.desk);
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let barcode = town.item("LIV", "LENS").await.unwrap();
    town.lend(&reader, &barcode).await.unwrap().outcome.unwrap();
    // A Thursday.
    network.due_on(&barcode, "2026-07-02").await;
    let book = desk.rulebook_of_now().await.unwrap();
    let mut week = book.calendar.openings[&branch("LENS")].clone();
    week.retain(|opening| opening.weekday != 4);
    let ask = WeekAsk {
        branch: branch("LENS"),
        week,
        seen: Some(book.calendar.version),
        at: town.now().clone(),
    };
    let preview = desk.preview_week(&network.everywhere, &ask).await.unwrap();
    assert_eq!(preview.unwrap().loans(), 1);
    let done = desk.change_week(&network.everywhere, &ask).await.unwrap();
    assert!(done.unwrap().is_some());
    assert!(network.is_due(&barcode, "2026-07-03").await);
    let again = desk.change_week(&network.everywhere, &ask).await.unwrap();
    assert_eq!(again, Ok(None));
    let stale = WeekAsk {
        week: Vec::new(),
        ..ask
    };
    let stale = desk.change_week(&network.everywhere, &stale).await.unwrap();
    assert!(
        matches!(stale, Err(CalendarRefused::Changed(_))),
        "{stale:?}"
    );
    // The network's files, read again, leave it alone, and say so.
    let files = concat!(env!("CARGO_MANIFEST_DIR"), "/network");
    let read = network::Network::read(files.as_ref()).unwrap();
    let imported = network
        .town
        .store
        .import_network(&read, "essai", town.now().timestamp(), false)
        .await
        .unwrap();
    assert_eq!(
        (imported.calendar_changed, imported.calendars_kept),
        (false, 1)
    );
}
