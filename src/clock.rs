//! The daemon's clock: the one place where the machine's time is read.

use desk::Clock;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// The machine's clock, or, started with `--clock`, one that began at that moment and runs on from there.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the place that the lint points to"
)]
pub(crate) fn clock(started_at: Option<Timestamp>, zone: TimeZone) -> Clock {
    let offset = started_at.map_or(SignedDuration::ZERO, |start| {
        start.duration_since(Timestamp::now())
    });
    // Past the end of the calendar the moment stays as it is: no command can run there.
    Clock::new(
        move || {
            let now = Timestamp::now();
            now.checked_add(offset).unwrap_or(now)
        },
        zone,
    )
}

/// The machine's own time, whatever `--clock` says: certificates are good by it, for both sides of a connection.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the place that the lint points to"
)]
pub(crate) fn machine_time() -> Timestamp {
    Timestamp::now()
}
