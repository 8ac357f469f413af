//! Dates, from the desk's to SIP2's.

use jiff::{Zoned, civil::Date};
use sip2::value::{SipDate, Zone};

use crate::manners::DueDate;

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

/// A due date as AH has it; in the standard's own form it is the last second of that day.
///
/// *3M SIP2 2.00, "due date"*: any form will do; the 18 characters are what most terminals expect.
pub(crate) fn due(day: Date, form: DueDate) -> String {
    match form {
        DueDate::Sip => night_of(day).to_string(),
        DueDate::DayMonthYear => day.strftime("%d/%m/%Y").to_string(),
        DueDate::Iso => day.to_string(),
        DueDate::Digits => day.strftime("%Y%m%d").to_string(),
    }
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
    fn eighteen_characters_or_what_a_kiosk_prints() {
        for (form, written) in [
            (DueDate::Sip, "20261213    235959"),
            (DueDate::DayMonthYear, "13/12/2026"),
            (DueDate::Iso, "2026-12-13"),
            (DueDate::Digits, "20261213"),
        ] {
            assert_eq!(due(date(2026, 12, 13), form), written);
        }
        let at: Zoned = "2026-11-22T15:30:12+01:00[Europe/Paris]".parse().unwrap();
        assert_eq!(moment(&at).to_string(), "20261122    153012");
    }
}
