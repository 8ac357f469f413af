//! A short day with kills: what `cargo xtask soak` plays for a quarter of an hour.

use soak::{Options, Size, run};

#[test]
fn a_day_with_kills_leaves_what_was_answered_and_nothing_else() {
    let options = Options {
        seed: 20_260_610,
        kills: 26,
        steps: Some(1_000),
        size: Size {
            terminals: 40,
            readers: 150,
            titles: 300,
        },
        ..Options::default()
    };
    let summary =
        run(&options, &mut |line| eprintln!("{line}")).unwrap_or_else(|error| panic!("{error:#}"));
    eprintln!("{summary}");
    assert_eq!(summary.daemon_kills, options.kills);
    assert!(
        summary.database_kills + summary.database_stops > 0,
        "{summary}"
    );
    // What did not come about was not tried.
    for kind in [
        "checkout",
        "checkin",
        "renew",
        "hold",
        "hold_cancel",
        "payment",
        "undo_checkout",
        "undo_checkin",
    ] {
        assert!(
            summary.effects.get(kind).is_some_and(|count| *count > 0),
            "{kind}: {summary}"
        );
    }
    assert!(summary.retries > 100 && summary.refused > 20, "{summary}");
    assert!(summary.contests > 5, "{summary}");
}
