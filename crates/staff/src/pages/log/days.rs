//! The days that a page of a log is about.

use jiff::{Timestamp, Zoned, civil::Date};

/// From the beginning of a day to the end of another, in the network's zone; what is no day is no bound.
pub(super) fn span(now: &Zoned, from: &str, until: &str) -> (Option<Timestamp>, Option<Timestamp>) {
    let midnight = |day: Date| Some(day.to_zoned(now.time_zone().clone()).ok()?.timestamp());
    let day = |text: &str| text.trim().parse::<Date>().ok();
    let after = day(until).and_then(|day| day.tomorrow().ok());
    (day(from).and_then(midnight), after.and_then(midnight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_whole_and_of_the_network() {
        let now: Zoned = "2026-06-09T12:00:00+02:00[Europe/Paris]".parse().unwrap();
        let (from, until) = span(&now, "2026-06-08", "2026-06-08");
        assert_eq!(from.unwrap().to_string(), "2026-06-07T22:00:00Z");
        assert_eq!(until.unwrap().to_string(), "2026-06-08T22:00:00Z");
        assert_eq!(span(&now, "", "hier"), (None, None));
        assert_eq!(span(&now, "9999-12-31", "9999-12-31").1, None);
    }
}
