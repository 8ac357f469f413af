//! The library's time, as a terminal keeps it.

use std::time::Instant;

use sip2::value::SipDate;

use crate::calendar;

/// The time that the library told, going on by our own count of seconds.
///
/// *3M SIP2 2.00, "ACS Status"*: terminals set their clocks by the date of a 98. So this one needs
/// no time zone and is never ahead of its library.
#[derive(Debug, Clone, Copy)]
pub(super) struct LibraryClock {
    told: SipDate,
    heard: Instant,
}

impl LibraryClock {
    /// It is `told`, now.
    pub(super) fn set(told: SipDate) -> Self {
        LibraryClock {
            told,
            heard: Instant::now(),
        }
    }

    /// What time it is there.
    pub(super) fn now(&self) -> SipDate {
        calendar::later(self.told, self.heard.elapsed().as_secs())
    }
}
