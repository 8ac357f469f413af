//! A book that is asked for in Vimy, lent in Wingles, returned in Lens and collected in Vimy.

use testkit::{Reader, field};

use super::{DATE, Served, checkin, checkout, renew};

/// A minute after [`DATE`]: another question.
fn later(question: &str) -> String {
    question.replacen(DATE, "20260609    110100", 1)
}

pub(super) fn hold(mode: char, card: &str, barcode: &str, pickup: &str) -> String {
    format!("15{mode}{DATE}BS{pickup}|BY2|AOLENS|AA{card}|AB{barcode}|AC|")
}

fn patron(card: &str, summary: &str) -> String {
    format!("63002{DATE}{summary:10}AOLENS|AA{card}|AC|AD|")
}

fn status(item: &str) -> String {
    format!("17{DATE}AO|AB{item}|AC|")
}

/// The event of an answer that has no number of its own: the last of its kind about this item.
async fn last_event(served: &Served, kind: &str, barcode: &str) -> String {
    let number = served
        .town
        .store
        .count(&format!(
            "SELECT max(e.id) FROM event e JOIN item i ON i.id = e.item_id
              WHERE e.kind = '{kind}' AND i.barcode = '{barcode}'"
        ))
        .await
        .unwrap();
    served.why_event(&number.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_travels_and_is_collected_by_another_of_the_household() {
    let served = Served::new().await;
    let town = &served.town;
    let borrower = town.reader("ADU", "WING").await.unwrap();
    let next = town.reader("ADU", "LENS").await.unwrap();
    // A parent, a child that the parent answers for, and the other parent.
    let family = town
        .household(&[("ADU", "VIMY"), ("ENF", "VIMY"), ("ADU", "VIMY")])
        .await
        .unwrap();
    let [parent, child, other]: [Reader; 3] = family.try_into().unwrap();
    let book = town.youth_item("LIV", "LENS").await.unwrap();
    let (mut vimy, mut wingles) = (served.kiosk("VIMY"), served.kiosk("WING"));
    let (mut lens, mut grenay) = (served.kiosk("LENS"), served.kiosk("GREN"));

    // Lent in Wingles; asked for in Vimy by the child, then in Lens by somebody else.
    let lent = wingles.ask(&checkout(&borrower.card, &book)).unwrap();
    assert!(lent.starts_with("121"), "{lent}");
    let asked = vimy.ask(&hold('+', &child.card, &book, "VIMY")).unwrap();
    assert!(asked.starts_with("161N"), "{asked}");
    assert_eq!(field(&asked, 22, "BR"), Some("1"), "{asked}");
    assert_eq!(field(&asked, 22, "BS"), Some("VIMY"), "{asked}");
    let again = vimy.ask(&hold('+', &child.card, &book, "VIMY")).unwrap();
    assert_eq!(again[30..], asked[30..], "the same question again");
    let another = vimy.ask(&later(&hold('+', &child.card, &book, "VIMY")));
    let another = another.unwrap();
    assert!(another.starts_with("160"), "once is enough: {another}");
    let second = lens.ask(&hold('+', &next.card, &book, "LENS")).unwrap();
    assert_eq!(field(&second, 22, "BR"), Some("2"), "{second}");
    let waits = vimy.ask(&patron(&child.card, "     Y")).unwrap();
    assert_eq!(&waits[37..41], "0000", "nothing is ready yet: {waits}");
    assert_eq!(&waits[57..61], "0001", "one is waited for: {waits}");

    // Whoever has it may not keep it longer.
    let renewal = wingles.ask(&renew(&borrower.card, &book)).unwrap();
    assert!(renewal.starts_with("300"), "{renewal}");
    let why = served.why(&renewal);
    assert!(
        why.contains("règle R0") && why.contains("override.rule"),
        "{why}"
    );

    // Returned in Lens, its own branch: it goes to Vimy all the same.
    let back = lens.ask(&checkin(&book)).unwrap();
    assert!(back.starts_with("101"), "{back}");
    assert_eq!(field(&back, 24, "CT"), Some("VIMY"), "{back}");
    assert_eq!(field(&back, 24, "CV"), Some("02"), "{back}");
    assert_eq!(
        field(&back, 24, "CY"),
        Some(child.card.as_str()),
        "the slip: {back}"
    );
    let why = last_event(&served, "checkin", &book).await;
    assert!(why.contains("VIMY"), "{why}");
    let again = lens.ask(&checkin(&book)).unwrap();
    assert_eq!(
        field(&again, 24, "CT"),
        Some("VIMY"),
        "scanned again: {again}"
    );
    assert!(lens.ask(&status(&book)).unwrap().starts_with("1810"));
    let stranger = lens.ask(&checkout(&next.card, &book)).unwrap();
    assert!(stranger.starts_with("120"), "on its way: {stranger}");
    let elsewhere = grenay.ask(&checkin(&book)).unwrap();
    assert_eq!(
        field(&elsewhere, 24, "CT"),
        Some("VIMY"),
        "the wrong crate: {elsewhere}"
    );

    // Out of the crate in Vimy: onto the hold shelf.
    let arrived = vimy.ask(&checkin(&book)).unwrap();
    assert_eq!(field(&arrived, 24, "CV"), Some("01"), "{arrived}");
    assert_eq!(field(&arrived, 24, "CT"), None, "{arrived}");
    assert!(vimy.ask(&status(&book)).unwrap().starts_with("1808"));
    let ready = vimy.ask(&patron(&child.card, "Y")).unwrap();
    assert_eq!(&ready[37..41], "0001", "{ready}");
    assert_eq!(field(&ready, 61, "AS"), Some(book.as_str()), "{ready}");
    let moved = vimy.ask(&hold('*', &child.card, &book, "LENS")).unwrap();
    assert!(moved.starts_with("160"), "it is there already: {moved}");

    // The other parent has no right to it; the one who answers for the child has.
    let refused = vimy.ask(&checkout(&other.card, &book)).unwrap();
    assert!(refused.starts_with("120"), "{refused}");
    let why = served.why(&refused);
    assert!(
        why.contains("held_for_another") || why.contains("réserv"),
        "{why}"
    );
    let collected = vimy.ask(&checkout(&parent.card, &book)).unwrap();
    assert!(collected.starts_with("121"), "{collected}");
    let done = vimy.ask(&patron(&child.card, "Y")).unwrap();
    assert_eq!((&done[37..41], &done[57..61]), ("0000", "0000"), "{done}");

    // The next one waits: no renewal.
    let renewal = vimy.ask(&renew(&parent.card, &book)).unwrap();
    assert!(renewal.starts_with("300"), "{renewal}");
    // The next one gives up: the renewal goes through.
    let given_up = lens.ask(&hold('-', &next.card, &book, "LENS")).unwrap();
    assert!(given_up.starts_with("161"), "{given_up}");
    let renewal = vimy.ask(&renew(&parent.card, &book)).unwrap();
    assert!(renewal.starts_with("301"), "{renewal}");
    let again = lens.ask(&hold('-', &next.card, &book, "LENS")).unwrap();
    assert!(again.starts_with("161"), "the same question again: {again}");
    let nothing = lens.ask(&later(&hold('-', &next.card, &book, "LENS")));
    let nothing = nothing.unwrap();
    assert!(nothing.starts_with("160"), "{nothing}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_collects_and_a_hold_moves_and_ends() {
    let served = Served::new().await;
    let town = &served.town;
    let (reader, friend) = (
        town.reader("ADU", "LENS").await.unwrap(),
        town.reader("ADU", "LENS").await.unwrap(),
    );
    town.name_proxy(&reader, &friend).await.unwrap();
    let book = town.item("LIV", "LENS").await.unwrap();
    let (mut lens, mut vimy) = (served.kiosk("LENS"), served.kiosk("VIMY"));

    // On the shelf: it can be fetched at once, and a scan at its branch sets it aside.
    let asked = lens.ask(&hold('+', &reader.card, &book, "LENS")).unwrap();
    assert!(asked.starts_with("161Y"), "{asked}");
    let moved = lens.ask(&hold('*', &reader.card, &book, "VIMY")).unwrap();
    assert_eq!(field(&moved, 22, "BS"), Some("VIMY"), "{moved}");
    let nowhere = lens.ask(&hold('*', &reader.card, &book, "NULL")).unwrap();
    assert!(nowhere.starts_with("160"), "{nowhere}");
    let pull = served.list("pull", "LENS");
    assert!(
        pull.contains(&book) && pull.contains(r#""pickup":"VIMY""#),
        "{pull}"
    );
    assert!(!served.list("pull", "VIMY").contains(&book));
    let sent = lens.ask(&checkin(&book)).unwrap();
    assert_eq!(field(&sent, 24, "CT"), Some("VIMY"), "{sent}");
    assert!(!served.list("pull", "LENS").contains(&book));
    for branch in ["LENS", "VIMY"] {
        let shuttle = served.list("shuttle", branch);
        assert!(shuttle.contains(&book), "{branch}: {shuttle}");
    }
    let arrived = vimy.ask(&checkin(&book)).unwrap();
    assert_eq!(field(&arrived, 24, "CV"), Some("01"), "{arrived}");
    let shelf = served.list("shelf", "VIMY");
    assert!(
        shelf.contains(&book) && shelf.contains(&reader.card),
        "{shelf}"
    );
    let collected = vimy.ask(&checkout(&friend.card, &book)).unwrap();
    assert!(
        collected.starts_with("121"),
        "named by the reader: {collected}"
    );

    // A kiosk that could not secure it undoes the loan: it waits for its reader again.
    let undo = checkin(&book).replace("BIN", "BIY");
    let undone = vimy.ask(&undo).unwrap();
    assert!(undone.starts_with("101"), "{undone}");
    assert!(vimy.ask(&status(&book)).unwrap().starts_with("1808"));
    let again = vimy.ask(&undo).unwrap();
    assert!(again.starts_with("101"), "the same question again: {again}");
    assert!(vimy.ask(&status(&book)).unwrap().starts_with("1808"));
    let nothing = vimy.ask(&later(&undo)).unwrap();
    assert!(nothing.starts_with("100"), "once: {nothing}");
    let collected = vimy.ask(&checkout(&reader.card, &book)).unwrap();
    assert!(collected.starts_with("121"), "{collected}");
    // The undoing comes once more, late: it was of the loan before.
    assert!(vimy.ask(&undo).unwrap().starts_with("101"));
    assert!(vimy.ask(&status(&book)).unwrap().starts_with("1804"));

    // A return that could not be finished is undone: the loan goes on, with its due date.
    let due = field(&collected, 24, "AH").unwrap().to_owned();
    assert!(vimy.ask(&checkin(&book)).unwrap().starts_with("101"));
    let undone = vimy
        .ask(&checkout(&reader.card, &book).replace("BIN", "BIY"))
        .unwrap();
    assert!(undone.starts_with("121"), "{undone}");
    assert_eq!(field(&undone, 24, "AH"), Some(due.as_str()), "{undone}");
    assert!(vimy.ask(&status(&book)).unwrap().starts_with("1804"));
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_renewed_at_once_but_what_cannot_be() {
    let served = Served::new().await;
    let town = &served.town;
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let mut lens = served.kiosk("LENS");
    let books = town.items("LIV", "LENS", 3).await.unwrap();
    let magazine = town.item("REV", "LENS").await.unwrap();
    for barcode in books.iter().chain([&magazine]) {
        let lent = lens.ask(&checkout(&reader.card, barcode)).unwrap();
        assert!(lent.starts_with("121"), "{lent}");
    }
    let all = format!("65{DATE}AOLENS|AA{}|AC|", reader.card);
    let renewed = lens.ask(&all).unwrap();
    assert!(renewed.starts_with("6610003"), "{renewed}");
    assert_eq!(&renewed[7..11], "0001", "{renewed}");
    assert_eq!(renewed.matches("|BM").count(), 3, "{renewed}");
    assert_eq!(
        field(&renewed, 29, "BN"),
        Some(magazine.as_str()),
        "{renewed}"
    );
    let unknown = lens.ask(&format!("65{DATE}AOLENS|AA999|AC|")).unwrap();
    assert!(unknown.starts_with("660"), "{unknown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_collects_goes_to_the_next_and_what_nobody_serves_lapses() {
    let served = Served::new().await;
    let town = &served.town;
    let (first, second) = (
        town.reader("ADU", "LENS").await.unwrap(),
        town.reader("ADU", "GREN").await.unwrap(),
    );
    let book = town.item("LIV", "LENS").await.unwrap();
    let mut lens = served.kiosk("LENS");
    assert!(
        lens.ask(&hold('+', &first.card, &book, "LENS"))
            .unwrap()
            .starts_with("161")
    );
    assert!(
        lens.ask(&hold('+', &second.card, &book, "GREN"))
            .unwrap()
            .starts_with("161")
    );
    let ready = lens.ask(&checkin(&book)).unwrap();
    assert_eq!(field(&ready, 24, "CV"), Some("01"), "{ready}");

    // Ten open days of Lens after 9 June: still there on the last, over on the day after.
    let until = served.ready_until(&book).await;
    let turn = served.turn(&town.at(&until).unwrap()).await;
    assert_eq!(turn.not_collected, 0);
    let day_after = town.at(&until).unwrap().tomorrow().unwrap();
    let turn = served.turn(&day_after).await;
    assert_eq!((turn.not_collected, turn.lapsed), (1, 0));
    assert!(
        lens.ask(&status(&book)).unwrap().starts_with("1809"),
        "to be cleared"
    );
    let cleared = lens.ask(&checkin(&book)).unwrap();
    assert_eq!(
        field(&cleared, 24, "CT"),
        Some("GREN"),
        "the next one: {cleared}"
    );

    // A year later the clock has ended what nobody served.
    let other = town.item("LIV", "LENS").await.unwrap();
    assert!(
        lens.ask(&hold('+', &first.card, &other, "LENS"))
            .unwrap()
            .starts_with("161")
    );
    let turn = served.turn(&town.at("2027-06-10").unwrap()).await;
    // The demonstration's own readers wait no longer either.
    assert!(turn.lapsed >= 1, "{turn:?}");
    let told = lens.ask(&patron(&first.card, "     Y")).unwrap();
    assert_eq!(&told[57..61], "0000", "{told}");
}
