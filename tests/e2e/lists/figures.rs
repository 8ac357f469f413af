//! Figures, each beside a plain count that was written apart: from where things are, not from the log.

use circulation::BranchCode;
use desk::{Activity, LateAt, MovedTimes, Period};
use jiff::Timestamp;
use testkit::CoreCommand;

use super::{Branches, branch};

const BULK: &str = include_str!("bulk.sql");
const FROM: &str = "2026-05-01T00:00:00+02:00";
const UNTIL: &str = "2026-05-20T00:00:00+02:00";

fn period(of: Option<&str>) -> Period {
    Period {
        from: FROM.parse().unwrap(),
        until: UNTIL.parse().unwrap(),
        branch: of.map(branch),
    }
}

impl Branches {
    async fn filled() -> Self {
        let branches = Self::new().await;
        branches.sql(&BULK.replace(":items", "4000")).await;
        branches.sql("VACUUM ANALYZE").await;
        branches
    }

    /// Loans and returns that fit, counted from the stays.
    async fn plain(&self, lent: String, returned: String) -> MovedTimes {
        let count = async |moment: &str, which: &str| {
            let query = format!(
                "SELECT count(*) FROM custody WHERE kind = 'loan' AND NOT undone AND {which}
                    AND {moment} >= '{FROM}' AND {moment} < '{UNTIL}'"
            );
            self.count(&query).await
        };
        MovedTimes {
            loans: count("lent_at", &lent).await,
            returns: count("returned_at", &returned).await,
            renewals: 0,
        }
    }

    async fn activity(&self, of: Option<&str>) -> Activity {
        let activity = self.served.desk.activity(&period(of)).await;
        activity.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_moved_is_what_a_plain_count_says() {
    let branches = Branches::filled().await;
    for of in [None, Some("LENS")] {
        let activity = branches.activity(of).await;
        let (lent_here, back_here) = of.map_or_else(
            || ("true".to_owned(), "true".to_owned()),
            |of| (format!("branch = '{of}'"), format!("returned_to = '{of}'")),
        );
        let local = |moment| format!("extract(hour FROM {moment} AT TIME ZONE 'Europe/Paris')");
        for hour in 0..24 {
            let told = activity.by_hour.iter().find(|(told, _)| *told == hour);
            let plain = branches.plain(
                format!("{lent_here} AND {} = {hour}", local("lent_at")),
                format!("{back_here} AND {} = {hour}", local("returned_at")),
            );
            let told = told.map_or_else(MovedTimes::default, |(_, moved)| *moved);
            assert_eq!(told, plain.await, "{of:?} at {hour}");
        }
        for (at, moved) in &activity.by_branch {
            let plain = branches.plain(format!("branch = '{at}'"), format!("returned_to = '{at}'"));
            assert_eq!(*moved, plain.await, "{of:?} {at}");
        }
        for (document, moved) in &activity.by_document {
            let this = format!("document = '{document}'");
            let plain = branches.plain(
                format!("{lent_here} AND {this}"),
                format!("{back_here} AND {this}"),
            );
            assert_eq!(*moved, plain.await, "{of:?} {document}");
        }
        let all = branches.plain(lent_here, back_here).await;
        assert!(all.loans > 50 && all.returns > 50, "{all:?}");
        let sums = [
            activity
                .by_hour
                .iter()
                .map(|(_, moved)| moved.loans)
                .sum::<i64>(),
            activity
                .by_branch
                .iter()
                .map(|(_, moved)| moved.loans)
                .sum(),
            activity
                .by_document
                .iter()
                .map(|(_, moved)| moved.loans)
                .sum(),
        ];
        assert_eq!(sums, [all.loans; 3], "{of:?}: each way adds up to all");
        let branches_told = activity.by_branch.len();
        assert_eq!(branches_told, if of.is_some() { 1 } else { 27 });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_and_how_things_stand_are_what_plain_counts_say() {
    let branches = Branches::filled().await;
    let (desk, town) = (&branches.served.desk, &branches.town);
    for of in [None, Some("LENS")] {
        let refusals = desk.refusals(&period(of)).await.unwrap();
        let here = of.map_or_else(|| "true".into(), |of| format!("branch = '{of}'"));
        let names: Vec<_> = refusals
            .iter()
            .map(|refused| (refused.code.as_str(), refused.rule.as_deref()))
            .collect();
        assert_eq!(names.len(), 3, "{names:?}");
        for refused in &refusals {
            let like = match (refused.code.as_str(), refused.rule.as_deref()) {
                ("limit", Some("L-JVI")) => "%L-JVI%",
                ("recall_blocked", Some("R0")) => "%recall_blocked%",
                ("card_unknown", None) => "%card_unknown%",
                other => panic!("{other:?}"),
            };
            let plain = format!(
                "SELECT count(*) FROM event WHERE outcome = 'refused' AND {here} AND body::text LIKE '{like}'
                    AND at >= '{FROM}' AND at < '{UNTIL}'"
            );
            assert_eq!(refused.times, branches.count(&plain).await);
            assert_eq!(refused.kind, "checkout");
        }
        assert!(refusals.is_sorted_by(|one, other| one.times >= other.times));

        let holds = desk.holds_by_branch(of.map(branch)).await.unwrap();
        assert_eq!(holds.len(), if of.is_some() { 1 } else { 27 });
        for at in holds {
            let of_kind = async |which: &str| {
                let query = format!(
                    "SELECT count(*) FROM hold WHERE closed_at IS NULL AND pickup = '{}' AND {which}",
                    at.branch
                );
                branches.count(&query).await
            };
            let stands = |kind| {
                format!(
                    "id IN (SELECT hold_id FROM custody WHERE until IS NULL AND kind = '{kind}')"
                )
            };
            assert_eq!(at.ready, of_kind(&stands("hold_shelf")).await);
            assert_eq!(at.on_their_way, of_kind(&stands("transit")).await);
            let all = of_kind("true").await;
            assert_eq!(at.waiting, all - at.ready - at.on_their_way);
        }

        // Recalls after 14, 28 and 42 days: the network's own rules.
        for (at, here) in [
            (LateAt::Lent as fn(BranchCode) -> LateAt, "branch"),
            (
                LateAt::Owned,
                "(SELECT owner_branch FROM item WHERE id = item_id)",
            ),
        ] {
            let levels = desk.overdue_by_level(of.map(|of| at(branch(of))), town.now());
            let levels = levels.await.unwrap();
            for (level, days) in [
                (0, "1 AND 13"),
                (1, "14 AND 27"),
                (2, "28 AND 41"),
                (3, "42 AND 999"),
            ] {
                let plain = format!(
                    "SELECT count(*) FROM custody WHERE kind = 'loan' AND until IS NULL AND {}
                        AND date '2026-06-09' - due BETWEEN {days}",
                    of.map_or_else(|| "true".into(), |of| format!("{here} = '{of}'"))
                );
                let plain = branches.count(&plain).await;
                assert_eq!(
                    levels.get(&level).copied().unwrap_or(0),
                    plain,
                    "{of:?} {here} {level}"
                );
                assert!(plain > 0 || of.is_some(), "nothing is at level {level}");
            }
        }
    }
    let under_way = desk
        .under_way(desk::Between::Any, desk::Sent::Ever)
        .await
        .unwrap();
    let sums = under_way.iter().fold((0, 0), |(items, holds), crates| {
        (items + crates.items, holds + crates.for_holds)
    });
    let transits = "SELECT count(*) FROM custody WHERE kind = 'transit' AND until IS NULL";
    let for_holds = format!("{transits} AND hold_id IS NOT NULL");
    assert_eq!(
        sums,
        (
            branches.count(transits).await,
            branches.count(&for_holds).await
        )
    );
    assert!(sums.1 > 0);
}

/// The desk's own commands are what is counted, and what is undone counts off.
#[tokio::test(flavor = "multi_thread")]
async fn the_desk_s_commands_are_counted() {
    let branches = Branches::new().await;
    let town = &branches.town;
    let day = |hour: &str| -> Timestamp { format!("2026-06-09T{hour}+02:00").parse().unwrap() };
    let figures = async || {
        let period = Period {
            from: day("00:00:00"),
            until: day("23:59:59"),
            branch: None,
        };
        branches.served.desk.activity(&period).await.unwrap()
    };
    let all = async || figures().await.by_document.first().map(|(_, moved)| *moved);
    let moved = |loans, returns, renewals| {
        Some(MovedTimes {
            loans,
            returns,
            renewals,
        })
    };
    // Each makes its own loan first, where it needs one.
    for (command, expected) in [
        (CoreCommand::Checkout, moved(1, 0, 0)),
        (CoreCommand::Renew, moved(2, 0, 1)),
        (CoreCommand::Checkin, moved(3, 1, 1)),
        (CoreCommand::CheckinCaptures, moved(4, 2, 1)),
        (CoreCommand::UndoCheckout, moved(4, 2, 1)),
        (CoreCommand::UndoCheckin, moved(5, 2, 1)),
    ] {
        let scene = command.prepare(town).await.unwrap();
        command.run(town, &scene, None).await.unwrap();
        assert_eq!(all().await, expected, "{}", command.name());
    }
    // An item that was not lent is seen, and nothing is counted.
    let seen = town.item("LIV", "VIMY").await.unwrap();
    branches.take_back("LENS", &seen).await;
    let figures = figures().await;
    assert_eq!(figures.by_hour, [(11, moved(5, 2, 1).unwrap())]);
    assert_eq!(
        figures.by_branch,
        [(branch("LENS"), moved(5, 2, 1).unwrap())]
    );
    assert_eq!(figures.by_document[0].0.as_str(), "LIV");
}

/// Plans as the daemon's connections make them: no figure of a period and no page reads the log or all stays.
#[tokio::test(flavor = "multi_thread")]
async fn no_page_and_no_figure_reads_a_whole_table() {
    let branches = Branches::filled().await;
    let months = "'2026-05-01', '2026-05-20', NULL";
    for (query, asked) in [
        (
            include_str!("../../../crates/store/queries/activity.sql"),
            months,
        ),
        (
            include_str!("../../../crates/store/queries/refusals.sql"),
            months,
        ),
        (
            include_str!("../../../crates/store/queries/late_loans.sql"),
            "'LENS', false, '0001-01-01', '2026-06-08', '0001-01-01', 0, 51",
        ),
        (
            include_str!("../../../crates/store/queries/late_cases.sql"),
            "'LENS', false, '0001-01-01', '2026-06-08'",
        ),
        (
            include_str!("../../../crates/store/queries/log.sql"),
            "NULL, NULL, NULL, 'renew', NULL, NULL, NULL, '0001-01-01', '2027-01-01', 0, 20000, 51",
        ),
        (
            include_str!("../../../crates/store/queries/log.sql"),
            "NULL, NULL, NULL, 'renew', false, NULL, NULL, '0001-01-01', '2027-01-01', 0, 20000, 51",
        ),
        (
            include_str!("../../../crates/store/queries/travelling.sql"),
            "'LENS', NULL, NULL, true, NULL, '', '', '0001-01-01', 0, 51",
        ),
        (
            include_str!("../../../crates/store/queries/stays.sql"),
            "1, '2027-01-01', 51",
        ),
        (
            include_str!("../../../crates/store/queries/wanted.sql"),
            "'LENS', '{}', 0",
        ),
    ] {
        branches
            .sql(&format!(
                "SET plan_cache_mode = force_generic_plan; SET enable_bitmapscan = off;
                 PREPARE asked AS {query};
                 DO $do$ DECLARE line text; BEGIN
                     FOR line IN EXECUTE 'EXPLAIN EXECUTE asked ({})' LOOP
                         ASSERT line !~ 'Seq Scan on (event|custody)', line;
                     END LOOP;
                 END $do$;
                 DEALLOCATE asked; RESET plan_cache_mode; RESET enable_bitmapscan",
                asked.replace('\'', "''")
            ))
            .await;
    }
}
