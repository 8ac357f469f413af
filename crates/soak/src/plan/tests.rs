use jiff::civil::date;
use testkit::Strike;

use super::*;
use crate::{
    ask::Ask,
    step::{Stage, Victim},
    world::tests::small,
};

/// Two parts of a day.
fn parts(seed: u64, offline: bool) -> [Vec<Move>; 2] {
    let mut planner = Planner::new(seed, Arc::new(small()), offline);
    let kill = Accident {
        victim: Victim::Daemon,
        after: 0,
    };
    let database = Accident {
        victim: Victim::Database(Strike::Kill),
        after: 100,
    };
    let begins = |hour| date(2026, 6, 10).at(hour, 0, 0, 0);
    let first = planner.part(begins(8), 1500, &[kill, kill, database]);
    [first, planner.part(begins(9), 1500, &[kill])]
}

fn part(seed: u64, offline: bool) -> Vec<Move> {
    parts(seed, offline).concat()
}

fn steps(moves: &[Move]) -> Vec<&crate::step::Step> {
    let stages = moves.iter().flat_map(|planned| &planned.stages);
    stages.flat_map(Stage::steps).collect()
}

#[test]
fn a_seed_is_a_plan() {
    assert_eq!(part(3, true), part(3, true));
    assert_ne!(part(3, true), part(4, true));
}

#[test]
fn every_kind_of_thing_is_in_it_and_accidents_fall_where_they_are_told() {
    let moves = part(3, true);
    let all = steps(&moves);
    for (number, step) in all.iter().enumerate() {
        assert_eq!(step.number, number, "numbered as planned");
    }
    let some = |is: &dyn Fn(&Ask) -> bool| all.iter().filter(|step| is(&step.ask)).count();
    assert!(some(&|ask| matches!(ask, Ask::Lend { .. })) > 300);
    assert!(some(&|ask| matches!(ask, Ask::TakeBack { .. })) > 300);
    assert!(some(&|ask| matches!(ask, Ask::Renew { .. })) > 20);
    assert!(some(&|ask| matches!(ask, Ask::Place { .. })) > 100);
    assert!(some(&|ask| matches!(ask, Ask::GiveUp { .. })) > 20);
    assert!(some(&|ask| matches!(ask, Ask::UndoLoan { .. })) > 20);
    assert!(some(&|ask| matches!(ask, Ask::UndoReturn { .. })) > 20);
    assert!(some(&|ask| matches!(ask, Ask::Pay { .. })) > 20);
    assert!(some(&|ask| matches!(ask, Ask::LateLend { .. })) > 10);
    assert!(some(&|ask| matches!(ask, Ask::LateTakeBack { .. })) > 10);
    let contests = |stage: &&Stage| matches!(stage, Stage::AtOnce { .. });
    let stages = || moves.iter().flat_map(|planned| &planned.stages);
    assert!(stages().filter(contests).count() > 20);
    assert!(stages().any(|stage| matches!(stage, Stage::Again { .. })));
    assert_eq!(all.iter().filter(|step| step.accident.is_some()).count(), 4);
    let faults = all.iter().filter(|step| step.fault.is_some()).count();
    assert!((100..400).contains(&faults), "{faults}");
}

#[test]
fn items_go_round() {
    let world = Arc::new(small());
    let mut planner = Planner::new(2, world, false);
    for hour in 8..16 {
        planner.part(date(2026, 6, 10).at(hour, 0, 0, 0), 1000, &[]);
    }
    let lines = planner.library.place_lines();
    let share = |kind: &str| {
        let all = lines.iter();
        100 * all
            .filter(|line| line.split(' ').nth(1) == Some(kind))
            .count()
            / lines.len()
    };
    let shares = ["shelf", "loan", "transit"].map(share);
    assert!(
        shares.iter().all(|share| (12..70).contains(share)),
        "{shares:?}"
    );
}

#[test]
fn without_the_switch_nobody_goes_on_alone() {
    let moves = part(3, false);
    assert!(!steps(&moves).iter().any(|step| step.ask.is_late()));
}

#[test]
fn what_a_contest_leaves_open_is_settled_before_its_move_ends() {
    let world = Arc::new(small());
    let moves = part(5, false);
    let play = |backwards: bool| {
        let mut library = Library::new(world.clone());
        for stage in moves.iter().flat_map(|planned| &planned.stages) {
            let mut steps: Vec<_> = stage.steps().iter().collect();
            if backwards {
                steps.reverse();
            }
            for step in steps {
                library.play(step.terminal, &step.ask);
            }
        }
        [
            library.place_lines(),
            library.queue_lines(),
            library.money_lines(),
        ]
    };
    // Whoever wins.
    assert!(play(false) == play(true));
}

#[test]
fn whoever_touches_a_thing_keeps_it() {
    let world = Arc::new(small());
    let mut library = Library::new(world.clone());
    for (number, moves) in parts(6, true).into_iter().enumerate() {
        if number > 0 {
            library.go_on();
        }
        for planned in moves {
            for step in planned.stages.iter().flat_map(Stage::steps) {
                for thing in step.ask.touches(&world, &library) {
                    assert!(planned.keeps.contains(&thing), "{step:?}");
                }
            }
            for stage in &planned.stages {
                if !matches!(stage, Stage::Again { .. }) {
                    for step in stage.steps() {
                        library.play(step.terminal, &step.ask);
                    }
                }
            }
        }
    }
}
