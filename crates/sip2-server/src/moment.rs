//! Dates, from the desk's to SIP2's.

use jiff::{Zoned, civil::Date};
use sip2::value::{SipDate, Zone};

/// A moment in the network's own time, as the standard prefers it.
pub(crate) fn moment(at: &Zoned) -> SipDate {
    // Every part is in its range, which the narrower types hold.
    let narrow = |part: i8| u8::try_from(part).unwrap_or_default();
    SipDate {
        year: u16::try_from(at.year()).unwrap_or_default(),
        month: narrow(at.month()),
        day: narrow(at.day()),
        hour: narrow(at.hour()),
        minute: narrow(at.minute()),
        second: narrow(at.second()),
        zone: Zone::Local,
    }
}

/// A due date as AH has it: the last second of that day.
///
/// *3M SIP2 2.00, "due date"*: any form will do; the 18 characters are what most terminals expect.
pub(crate) fn end_of(day: Date) -> String {
    night_of(day).to_string()
}

/// The last second of a day.
pub(crate) fn night_of(day: Date) -> SipDate {
    let narrow = |part: i8| u8::try_from(part).unwrap_or_default();
    SipDate {
        year: u16::try_from(day.year()).unwrap_or_default(),
        month: narrow(day.month()),
        day: narrow(day.day()),
        hour: 23,
        minute: 59,
        second: 59,
        zone: Zone::Local,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn eighteen_characters() {
        assert_eq!(end_of(date(2026, 12, 13)), "20261213    235959");
        let at: Zoned = "2026-11-22T15:30:12+01:00[Europe/Paris]".parse().unwrap();
        assert_eq!(moment(&at).to_string(), "20261122    153012");
    }
}
