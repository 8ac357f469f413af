//! The public holidays that the calendar lists are those that are computed.

use circulation::{Closure, holidays};

use super::network;

#[test]
fn listed_and_computed_holidays_agree() {
    let calendar = network().calendar;
    let of_all: Vec<&Closure> = calendar
        .closures
        .iter()
        .filter(|closure| closure.branch.is_none())
        .collect();
    assert!(of_all.iter().all(|closure| closure.first == closure.last));
    let mut listed: Vec<_> = of_all.iter().map(|closure| closure.first).collect();
    listed.sort();
    let computed = [2026, 2027]
        .into_iter()
        .flat_map(holidays)
        .map(|(day, _)| day);
    assert_eq!(listed, computed.collect::<Vec<_>>());
}
