//! What holds for the whole demonstration, under the network's real files.

mod loans;
mod people;
mod stock;

use std::path::Path;
use std::sync::LazyLock;

use circulation::Rulebook;
use jiff::civil::{Date, date};
use network::{Network, Size};

use crate::library::{self, LIBRARIES};
use crate::{Demo, TerminalKind, demo};

fn network() -> Network {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../network");
    Network::read(&dir).unwrap()
}

fn book() -> Rulebook {
    network().rulebook()
}

/// Days on which everything must hold: in term, after a long summer closure, at New Year, on a
/// leap day, and when the rules are a year old.
const DAYS: [Date; 6] = [
    date(2026, 4, 15),
    date(2026, 6, 3),
    date(2026, 9, 5),
    date(2026, 11, 22),
    date(2027, 1, 2),
    date(2028, 2, 29),
];

/// The demonstration on each of them: made once, looked at by many tests.
static DEMOS: LazyLock<Vec<Demo>> = LazyLock::new(|| {
    let book = book();
    DAYS.iter().map(|day| demo(*day, &book)).collect()
});

fn each_day(check: impl Fn(Date, &Rulebook, &Demo)) {
    let book = book();
    for (day, demo) in DAYS.into_iter().zip(DEMOS.iter()) {
        check(day, &book, demo);
    }
}

/// The demonstration on the first of these days, for what is the same on all.
fn one_day() -> &'static Demo {
    &DEMOS[0]
}

#[test]
fn the_same_day_gives_the_same_demonstration() {
    let (one, other) = (one_day(), demo(DAYS[0], &book()));
    assert_eq!(one.items, other.items);
    assert_eq!(one.patrons, other.patrons);
    assert_eq!(one.loans, other.loans);
    assert_eq!(one.source_records, other.source_records);
}

/// So that a demonstration begun yesterday can be topped up today.
#[test]
fn only_dates_and_loans_move_from_day_to_day() {
    let (one, other) = (one_day(), &DEMOS[3]);
    assert_eq!(one.source_records, other.source_records);
    let items = |demo: &Demo| -> Vec<_> {
        let items = demo.items.iter();
        items
            .map(|item| (item.branch, item.barcode.clone(), item.work, item.condition))
            .collect()
    };
    assert_eq!(items(one), items(other));
    let patrons = |demo: &Demo| -> Vec<_> {
        let patrons = demo.patrons.iter();
        patrons
            .map(|one| (one.branch, one.card.clone(), one.pin.clone(), one.category))
            .collect()
    };
    assert_eq!(patrons(one), patrons(other));
}

#[test]
fn the_table_of_branches_agrees_with_the_network() {
    let network = network();
    assert_eq!(network.sizes.len(), LIBRARIES.len());
    for known in &network.sizes {
        let library = LIBRARIES
            .iter()
            .find(|library| library.branch() == known.code)
            .unwrap();
        let size = match known.size {
            Size::Large => library::Size::Large,
            Size::Medium => library::Size::Medium,
            Size::Small => library::Size::Small,
        };
        assert_eq!(library.size, size, "{}", known.code);
        assert_eq!(
            u16::from(library.self_checks),
            known.self_checks,
            "{}",
            known.code
        );
    }
}

#[test]
fn every_branch_has_its_machines_and_its_staff() {
    let demo = one_day();
    for library in &LIBRARIES {
        let branch = library.branch();
        let at = |kind| {
            let here = demo
                .terminals
                .iter()
                .filter(|terminal| terminal.branch == branch);
            here.filter(|terminal| terminal.kind == kind).count()
        };
        assert_eq!(
            at(TerminalKind::SelfCheck),
            usize::from(library.self_checks)
        );
        assert_eq!(at(TerminalKind::Desk), 1);
        assert!(demo.staff.iter().any(|staff| staff.branch == branch));
    }
    let terminals = demo.terminals.iter().map(|terminal| &terminal.login);
    let staff = demo.staff.iter().map(|staff| &staff.login);
    let mut logins: Vec<_> = terminals.chain(staff).collect();
    let all = logins.len();
    logins.sort();
    logins.dedup();
    assert_eq!(logins.len(), all);
}
